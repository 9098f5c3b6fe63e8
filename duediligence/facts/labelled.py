"""Training data behind a label, or named alone under their heading."""

import re
from collections.abc import Iterator

from duediligence.facts.common_words import PLAIN_WORDS, STRONG_DATA_NOUNS
from duediligence.facts.data_lists import (
    EVALUATION_TITLE,
    TRAINING_TITLE,
    is_alone,
    is_data,
    is_linked,
    is_surely_data,
)
from duediligence.facts.found import Found, few, found
from duediligence.facts.license_names import hub_license
from duediligence.facts.markup import Visible, visible
from duediligence.facts.naming import Named, named
from duediligence.facts.passage import Passage
from duediligence.facts.registry import find_dataset
from duediligence.facts.statement import is_placeholder
from duediligence.facts.telling import TRAINED, TRAINED_CUES
from duediligence.facts.titles import titles

_ID = re.compile(r"[\w.-]{2,60}/[\w.-]{2,90}")
_LONGEST_NAME = 6
"""Spaces in a line that is a name alone."""

_MIXED = re.compile(r"[a-z][A-Z]|\d")
_SETTING = re.compile(r"\de-?\d|=|^(?:LR|BS|Epochs?|Batch|Seed|Rank)\b|\b(?:SFT|Q?LoRA|DPO|RLHF|PEFT)$")
_ASIDES = re.compile(r"\([^()]{0,200}\)")
_FILE = re.compile(r"\.[a-z]\w{1,4}$")
_BESIDE_NAMES = re.compile(
    r"\b(?:and|the|datasets?|corpus|corpora|data|as well as|plus|see|we|uses?|used)\b|[\s,.:&+]", re.I
)
_ORIGIN = re.compile(r"\b(?:from|of|on|with|including|such as|like|and)\s+")
STAGE_LABEL = titles(
    r"^(?:(?:supervised|instruction|preference|continued)[ -])?(?:pre-?|post-?|fine-?)?(?:tuning|training)$"
    r"|^(?:sft|dpo|rlhf|orpo|kto)(?: (?:stage|phase|step))?$"
    r"|^train(?:ing)? (?:sentences|texts?|images|audio|speech|pairs|examples|samples|documents|recordings)$",
    "supervised instruction preference continued pretrain pretun posttrain posttun finetrain finetun tun"
    " train sft dpo rlhf orpo kto",
)
CONTENT_LABEL = titles(
    r"^(?:stage|phase|step|part|round)\b|^(?:data )?(?:sources?|origin)$"
    r"|^(?:(?:synthetic|web|filtered|public|multilingual|curated|instruction|chat|scientific|legal|medical"
    r"|news|general|open)\s+){0,2}(?:web|pages|documents|textbooks|books|papers|articles|code|math|conversations"
    r"|dialogues?|instructions?|images|captions|speech|audio|texts?|news|chat|wikis?|forums|reviews"
    r"|videos|recordings|preferences?|pairs|questions)$",
    "stage phase step part round data source origin web pages document textbook book paper article code math"
    " conversation dialogue instruction image caption speech audio text news chat wiki forum review video"
    " recording preference pairs question",
)


def is_label(passage: Passage, start: int) -> bool:
    """Whether what stands from *start* is named by its label as training data, without a verb of its own."""
    if passage.labelled & EVALUATION_TITLE or not passage.labelled & (TRAINING_TITLE | STAGE_LABEL):
        return False
    return not (passage.cues & TRAINED_CUES and TRAINED.search(passage.seen.lower, start))


def labelled(seen: Visible, start: int, *, stage: bool) -> Iterator[Found]:
    """*Training data: SQuAD 2.0*; behind the name of a *stage* alone stand settings as well."""
    if is_placeholder(seen.words[start:][:200]):
        return
    direct = named(seen, start)
    if stage:
        for one in direct:
            elsewhere = one.target is not None and not is_linked(one)
            setting = _SETTING.search(one.name) is not None
            if is_surely_data(one) or (one.strong and is_data(one) and not elsewhere and not setting):
                yield found(one, "trained_on")
        return
    if direct and (direct[0].strong or find_dataset(direct[0].name)):
        for one in direct:
            names_data = is_data(one) and (one.strong or find_dataset(one.name))
            if names_data and not (hub_license(one.name) and not find_dataset(one.name)):
                yield found(one, "trained_on")
        return
    only = re.fullmatch(r"\s*([\w./+-]{2,60}?)\.?\s*", seen.words[start:])
    if only and only[1].lower() not in PLAIN_WORDS and not only[1].replace(",", "").isdigit():
        yield Found(only[1], only[1], None, "trained_on", False)
        return
    for origin in few(_ORIGIN.finditer(seen.lower, start)):
        for one in named(seen, origin.end()):
            if is_data(one) and (one.strong or is_alone(one)):
                yield found(one, "trained_on")


def names_alone(raw: str, seen: Visible) -> Iterator[Found]:
    """The names of a passage that is nothing else, one beside or below the other."""
    if is_placeholder(seen.words[:200]):
        return
    lines = raw.split("\n") if len(seen.words) < 2000 else []
    if len(lines) == 1:
        yield from _only_names(seen)
        return
    each: list[Found] = []
    for line in lines if all(line.count(" ") <= _LONGEST_NAME for line in lines) else ():
        names = [_id_alone(line)] if _ID.fullmatch(line.strip()) else list(_only_names(visible(line)))
        if not names:
            return
        each += names
    yield from each


def _id_alone(line: str) -> Found:
    return Found(line.strip(), line.strip(), None, "trained_on", False)


def _only_names(seen: Visible) -> Iterator[Found]:
    """*SQuAD and the [TriviaQA](…) dataset.*, which says under its heading all there is to say."""
    if len(seen.words) > 200:
        return
    names = [one for one in named(seen, 0) if is_data(one)]
    rest = seen.words
    for one in names:
        rest = rest.replace(one.name, "", 1)
    rest = _ASIDES.sub("", rest)
    if not _BESIDE_NAMES.sub("", rest):
        listed = len(names) > 1 and any(_MIXED.search(one.name) for one in names)
        yield from (
            found(one, "trained_on") for one in names if _stands_for_data(one) or (listed and one.strong)
        )


def _stands_for_data(one: Named) -> bool:
    """Whether a name alone is that of data: one word such as no title has, a data set's link, or known."""
    one_word = one.strong and " " not in one.name and not _FILE.search(one.name) and one.name[0] != "#"
    return one_word or is_linked(one) or one.noun in STRONG_DATA_NOUNS or find_dataset(one.name) is not None

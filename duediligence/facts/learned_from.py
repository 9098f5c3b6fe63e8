"""What stands behind a verb of training: data, a machine, a place or a tool, told apart by grammar."""

import re
from collections.abc import Iterator

from duediligence.facts.common_words import (
    DATA_NOUNS,
    MACHINES,
    METHODS,
    PLATFORMS,
    SOFTWARE,
    STRONG_DATA_NOUNS,
    WORKS,
    words_of,
)
from duediligence.facts.data_lists import is_alone, is_data, is_surely_data
from duediligence.facts.found import Found, few, found
from duediligence.facts.markup import Visible
from duediligence.facts.naming import Named, named
from duediligence.facts.telling import EVALUATED

_PREPOSITION = re.compile(r"\b(on|over|with|using|from|against|w/):?\s+")
_OTHER_VERB = re.compile(
    rf"\b(?:{EVALUATED.pattern}|(?:is|are|was|were|has|have|had|can|will|would|should|may|does|do)\b|by\s+\d)"
)
_CLAUSE_END = re.compile(r"[.;!?](?=\s|$)")
_TAKEN = re.compile(
    r"\b(?:collected|sourced|gathered|scraped|crawled|drawn|taken|obtained|extracted|derived|sampled)\s+from\s+$",
)
THINGS_FROM = re.compile(
    r"\b(?:articles|texts|books|novels|sentences|tweets|posts|reviews|comments|pages|documents|files|images"
    r"|photos|pictures|questions|conversations|dialogues|recordings|transcripts|abstracts|papers|captions"
    r"|subtitles|stories|poems|messages|pairs|samples|examples|instructions|prompts|scans|frames|clips|videos"
    r"|tracks|songs|utterances|reports|letters|threads|commits|repositories)\s+from\s+$"
)
"""Things that were taken from what follows: *articles from X*."""

_HAPPENED = re.compile(r"\s+(?:was|were|is|has been)\s")
_PLACE = re.compile(r"\b(?:happened|took|done|ran|run|performed|conducted|carried)\b")
_PART_OF = re.compile(r"\b(?:splits?|sets?|parts?|portions?|half) of(?: the)?$")
_BEFORE_PREPOSITION = re.compile(r",\s|\s(?:with|using|via|by)\s")
_APPOSITION = re.compile(r",\s+(?:a|an|the|our)\s[^.,;]{0,80}\b(?:dataset|corpus)\b")
_TOOLS = MACHINES | METHODS | words_of("library framework toolkit trainer scripts script code codebase")


def learned_from(seen: Visible, start: int, about_training: bool, *, built: bool) -> Iterator[Found]:
    """The data sets behind the prepositions that follow a verb of training."""
    words, lower = seen.words, seen.lower
    end = _CLAUSE_END.search(words, start)
    limit = min(end.start() if end else len(words), start + 400)
    happened = _HAPPENED.match(words, start)
    start = happened.end() if happened else start
    other = _OTHER_VERB.search(lower, start, limit)
    limit = other.start() if other else limit
    for preposition in few(_PREPOSITION.finditer(lower, start, limit)):
        behind = words[preposition.end() : preposition.end() + 60]
        if behind.startswith("top of"):
            continue
        # "On Leonardo with 8 GPUs" tells a place, "on SQuAD2 with 8 GPUs" what is learned from.
        beside_machines = _names_machines(behind)
        if beside_machines and _names_machines(_BEFORE_PREPOSITION.split(behind)[0]):
            return
        # "Training happened on Leonardo" tells a place, unless the noun says that it is data.
        direct = preposition[1] in ("on", "over") and not _PLACE.search(lower, start, preposition.start())
        direct = direct or bool(preposition[1] == "from" and _TAKEN.search(lower, start, preposition.end()))
        # "Trained based on X" tells a model or a way to train.
        direct = direct and not lower.endswith("based ", start, preposition.start())
        things = preposition[1] == "from" and THINGS_FROM.search(lower, start, preposition.end())
        loose = about_training and preposition[1] == "with"
        listed = [one for one in named(seen, preposition.end()) if is_data(one)]
        if beside_machines:
            listed = [one for one in listed if one.strong or one.noun in STRONG_DATA_NOUNS]
        objects = [
            one
            for one in listed
            if (things and one.strong) or _is_object(words, one, direct=direct, loose=loose, built=built)
        ]
        # "With MNLI, FEVER and ANLI": what one of them is, the others of the list are too.
        # Unless it lists tools as well: "with MNLI, PyTorch and X".
        same = objects and not _names_tools(words[preposition.end() : limit])
        yield from (found(one, "trained_on") for one in listed if one in objects or (same and one.strong))


def _names_machines(words: str) -> bool:
    """Whether the next words are about machines: *8 A100-80GBs*."""
    near = words.lower().split()[:6]
    return any(
        (word in MACHINES and word not in SOFTWARE)
        or (word[1:3].isdigit() and word.partition("-")[0] in MACHINES)
        for word in near
    )


def _names_tools(words: str) -> bool:
    """Whether software stands among the next words."""
    return any(word.strip(",.;:()") in _TOOLS for word in words.lower().split())


def _is_object(words: str, one: Named, *, direct: bool, loose: bool, built: bool) -> bool:
    noun = (
        one.noun in STRONG_DATA_NOUNS
        or one.noun == "benchmark"
        or set(one.before.split()) & STRONG_DATA_NOUNS
        or _PART_OF.search(one.before)
    )
    if built and not noun:
        return bool(_APPOSITION.match(words, words.find(one.name) + len(one.name)))
    if noun or is_surely_data(one) or (direct and one.noun in DATA_NOUNS):
        return True
    if one.name.lower() in PLATFORMS and one.noun in WORKS:
        return True
    return (direct or loose) and (one.strong or is_alone(one))

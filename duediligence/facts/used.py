"""Data that a card says were used to train: *X was used for training*, *we used X as training data*."""

import re
from collections.abc import Iterator

from duediligence.facts.common_words import (
    STRONG_DATA_NOUNS,
)
from duediligence.facts.cues import cues
from duediligence.facts.data_lists import is_data, is_surely_data, sure_names
from duediligence.facts.found import Found, few, found
from duediligence.facts.markup import Visible
from duediligence.facts.naming import named
from duediligence.facts.stages import STAGE, STAGE_CUES
from duediligence.facts.telling import NOT_DONE, TRAINED_CUES

_NONE_OF = re.compile(r"\b(?:neither|nor|none\s+of|no\s+(?:\w+\s+){1,2}(?:of|from))\b")
_FOR_ELSE = re.compile(
    r"\b(?:to|for)\s+(?:annotat|label|filter|clean|tokeni|dedup|detect|remov|translat|generat|caption|transcri"
    r"|convert|evaluat|test|measur)"
)
_MIXED_WITH = re.compile(r"\s[^.;:]{2,80}?\s(?:together\s+)?with\s+")
_USED_FOR = re.compile(
    r"\b(?:was|were|is|are|been)\s+(?:also\s+)?(?:used|employed|utili[sz]ed|leveraged)\s+(?:to|for|as|in)\s+(?:the\s+|our\s+)?"
    rf"(?:pre-?train\w*|train\w*|fine-?tun\w*|instruction|training data|{STAGE}\b)"
    r"|\bserv(?:e|es|ed)\s+as\s+(?:the\s+|our\s+)?(?:pre-?training|training|fine-?tuning)\s+(?:data|set|corpus)\b",
)
_USES_AS_DATA = re.compile(
    r"\b(?:uses|utili[sz]es|employs|leverages|takes|used)\s+"
    r"(?=[^.;:]{2,160}?\bas\s+(?:the\s+|its\s+|our\s+|a\s+)?(?:pre-?|fine-?)?training\s+(?:data|set|corpus)\b)"
)
_USED = re.compile(
    r"\b(?:we|i)\s+(?:also\s+|then\s+|only\s+)?(?:used?|utili[sz]ed?|leveraged?|employ(?:ed)?|combined?|mix(?:ed)?|sampled?|collected|merged|took|take|chose)\s+",
)
_FOR_TRAINING = re.compile(
    rf"\b(?:to|for)\s+(?:the\s+)?(?:pre-?train|train|fine-?tun|instruction|{STAGE}\b)"
    r"|\bas\s+(?:the\s+|our\s+)?(?:pre-?)?training\s+(?:data|set|corpus)\b"
)
_FOR_OUR_TRAINING = (
    rf"\b(?:as|for)\s+(?:the\s+|our\s+)?(?:supervised\s+|instruction\s+)?(?:(?:pre-?)?training|fine-?tuning|{STAGE})"
    r"(?:\s+(?:data|set|corpus))?,?\s*"
)
_AS_TRAINING_DATA = re.compile(rf"{_FOR_OUR_TRAINING}$")
_TAKEN_AS_DATA = re.compile(
    rf"{_FOR_OUR_TRAINING}(?=[^.;:]{{2,120}}\b(?:was|were|is|are)\s+(?:used|taken|employed|chosen)\b)"
)
_ANOTHER_MODEL = re.compile(r"\s+(?:on\s+)?(?:[A-Z][\w-]*\d|[A-Z]{2,})")
_TRAINING_USED = re.compile(
    r"\btraining\s+(?:data\s+)?(?:used|uses|drew on|draws on|relied on|relies on|made use of|makes use of)\s+"
    r"|\bwe\s+used?\s+the\s+train(?:ing)?\s+(?:set|split|part|portion)s?\s+of\s+"
    r"|\bthe\s+train(?:ing)?\s+(?:set|split|part|portion)s?\s+of\s+(?=[^.;:]{2,80}\b(?:was|were)\s+used\b)"
)
TRAINING_USED_CUES = cues("use", "drew", "draws", "relied", "relies", "made use", "makes use")
"""One of them stands in what `training_used` reads."""

USE_CUES = cues(
    "use",
    "utili",
    "leverag",
    "employ",
    "combine",
    "mix",
    "sample",
    "collected",
    "merged",
    "took",
    "take",
    "chose",
    "serv",
)
"""One of them stands in what `used_to_train` reads."""

PURPOSE_CUES = TRAINED_CUES | STAGE_CUES
"""One of them tells what something was used for."""


def training_used(seen: Visible) -> Iterator[Found]:
    """*Training used X and Y*; *we used the training split of X*."""
    for used in few(_TRAINING_USED.finditer(seen.lower)):
        if not NOT_DONE.search(seen.lower, 0, used.start()):
            yield from sure_names(seen, used.end())


def used_to_train(seen: Visible, about_training: bool) -> Iterator[Found]:
    """*The X dataset was used to train this model*; *we used X for training*, or under a heading on it."""
    words = seen.lower
    for used in few(_USED_FOR.finditer(words)):
        first = max(words.rfind(mark, 0, used.start()) + 1 for mark in ("; ", ": "))
        another = _ANOTHER_MODEL.match(seen.words, used.end())
        aside = NOT_DONE.search(words, first, used.start()) or _NONE_OF.search(words, first, used.start())
        if not another and not aside:
            yield from sure_names(seen, first)
    for used in few(_USED.finditer(words)):
        announced = _AS_TRAINING_DATA.search(words, 0, used.start())
        purpose = _FOR_TRAINING.search(words, used.end(), used.end() + 300)
        told = announced or purpose
        as_data = told is not None and told.group().lstrip().startswith("as")
        as_data = as_data or (about_training and not _FOR_ELSE.search(words, used.end()))
        for one in named(seen, used.end()) if told or as_data else ():
            if is_surely_data(one) or (as_data and one.strong and is_data(one)):
                yield found(one, "trained_on")
        mixed = _MIXED_WITH.match(words, used.end() - 1) if as_data else None
        if mixed:
            yield from sure_names(seen, mixed.end())
    for uses in few(_USES_AS_DATA.finditer(words)):
        if not NOT_DONE.search(words, 0, uses.start()):
            yield from sure_names(seen, uses.end())
    for taken in few(_TAKEN_AS_DATA.finditer(words)):
        for one in named(seen, taken.end()):
            if is_data(one) and one.strong and one.noun in STRONG_DATA_NOUNS:
                yield found(one, "trained_on")

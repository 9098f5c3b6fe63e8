"""What training data are made of: *data such as A and B*, *the corpus consists of A*, *A includes B*."""

import re
from collections.abc import Collection, Iterator

from duediligence.facts.common_words import PLATFORMS
from duediligence.facts.cues import cues
from duediligence.facts.data_lists import is_alone, is_data, is_surely_data
from duediligence.facts.found import Found, few, found
from duediligence.facts.markup import Visible
from duediligence.facts.naming import named
from duediligence.facts.registry import same_name
from duediligence.facts.telling import EVALUATED, NOT_DONE

_DATA = (
    r"(?:pre-?)?training mix(?:ture)?|datasets?|data ?sets?|training sets?|corpora|corpus"
    r"|data sources?|sources|data"
)
_SOURCE = re.compile(
    rf"\b(?:{_DATA})\b[^.;:]{{0,60}}?"
    r"\b(?:such as|including|(?<!-)like|include[sd]?|consist(?:s|ed|ing)? of|compris\w+(?: of)?"
    r"|contain(?:s|ed)?|blends?|pools|draws? (?:up)?on|composed of|made up of|combin\w+|namely|from"
    r"|mix(?:ture)? of"
    r"|,\s+which\s+(?:is|are)(?!\s+an?\s))\s+"
    rf"|\b(?:{_DATA})(?:\s+mix(?:ture)?)?\s+(?:is|was|are|were)\s*:\s+"
    rf"|\b(?:{_DATA})\s+(?:that\s+(?:is|was|were)\s+)?used\s+(?:for|to|in)\s+(?:the\s+)?(?:pre-?|fine-?)?(?:train|tun)"
    r"\w*(?:\s+(?:the|this|our)\s+\w+)?\s+(?:is|was|are|were)\s+"
    r"(?!\w+ed\b|available|public\w*|open|here|not\b|on\b|at\b|from\b|in\b)"
    r"|\b(?:datasets|sources|corpora)\b(?:(?!\buses?\b|\b(?:approach|techni|method|task|objecti|model))[^.;:])"
    r"{0,60}:\s+"
    r"|\bsame\s+(?:data|datasets?|corpus|corpora)\s+as\s+[^.;:]{2,40}:\s+"
    r"|\b(?:following|these|two|three|four|five|\d+)\s+[^.;:]{0,40}?\b(?:datasets?|sources|corpora)\s*:\s+"
    r"|\b(?:datasets?|corpus|mixture|data)\s*,?\s*\(?\s*(?:called|named|dubbed|known as)\s+"
    r"|\b(?:pre-?)?training\s+(?:data|corpus|corpora|set)\b[^.;:(]{0,100}?"
    r"\b(?:texts?|data|corpora|sources|websites)\s*\(\s*"
    r"|\b(?:datasets?|corpus|corpora|mixture|prompts|collection|sources)\s*\(\s*"
    r"(?![\w.-]+(?:\s(?:et al\.?|and|&)(?:\s[\w.-]+)?)?,?\s(?:19|20)\d\d[a-z]?\))"
    r"(?:(?:i\.e\.|e\.g\.|namely),?\s+)?"
    r"(?=[\w.+-]+(?:\s[\w.+-]+){0,3}(?:(?:,|,?\s+and|\s*&)\s+[\w.+-]+(?:\s[\w.+-]+){0,3})*\s*\))"
    r"|\btraining\s+(?:data|corpus|set)\s+(?:was|were|is|are)\s+(?=[\w.-]*[\d_-][\w.-]*\s+(?:from|at)\s)",
)
# "The X dataset from Y": whose it is.
_OWNER = re.compile(r"(?-i:[A-Z])\S*\s+(?:dataset|corpus)\s+from\s+$")
_OF_TRAINING = re.compile(
    r"\b(?:train|(?:instruction|sft|dpo|preference|fine-?tuning)\s+(?:data|corpus|mix|set))"
)
_FOR_THE_MODEL = re.compile(r"\bdata\s+(?:for|of)\s+(?:the|this|our)\s+(?:[\w-]+\s+){0,3}model\b")
_OUT = r"(?:removed?|excluded?|discarded?|dropped|deleted?|left out)"
_TAKEN_OUT = re.compile(rf"\b{_OUT}\b[^.,;:]{{0,60}}$")
_LEFT_OUT = re.compile(rf"[^.,;:]{{0,60}}?\b(?:was|were|been|is|are)\s+(?:\w+ly\s+|then\s+|also\s+)?{_OUT}\b")
_PARTS = re.compile(
    r"\s*(?:the\s+)?([\w.+-]+(?:\s[\w.+-]+){0,3}?)\s+(?:dataset\s+|corpus\s+)?(?:includes?|consists? of"
    r"|comprises?|contains?|combines?|is (?:a|the) (?:mix|mixture|combination|union) of)\s+",
    re.I,
)
SOURCE_CUES = cues("data", "training set", "corpora", "corpus", "source", "mix")
"""One of them stands in what `composed_of` reads."""

SOURCE_VERB_CUES = cues(
    *("such as", "includ", "like", "consist", "compris", "contain", "composed", "made up", "combin"),
    *("namely", "from", "mix", "which is", "which are", "used", "called", "named", "dubbed", "known as"),
    *("blend", "pools", "draw"),
)
"""One of these too, or a colon or bracket."""

FOR_THE_MODEL_CUES = cues(*(f"data {of} {the}" for of in ("for", "of") for the in ("the", "this", "our")))
"""They tell that data are the model's where nothing else speaks of training."""

PARTS_CUES = cues("includ", "consist", "compris", "contain", "combine", "is a", "is the")
"""One of them stands in what `parts_of` reads."""


def composed_of(seen: Visible, told: bool) -> Iterator[Found]:
    """*Data sources such as A and B*, *the training data consists of A*; *told*: training is spoken of."""
    words = seen.lower
    for source in few(_SOURCE.finditer(words)):
        near = _OF_TRAINING.search(words, max(0, source.start() - 16), source.end())
        if not (told or near or _FOR_THE_MODEL.match(words, source.start())):
            continue
        if NOT_DONE.search(words, 0, source.start()) or EVALUATED.search(source.group()):
            continue
        if was_taken_out(words, source) or _OWNER.search(seen.words, 0, source.end()):
            continue
        loose = source.group().strip().endswith(("such as", "including", "like"))
        for one in named(seen, source.end()):
            sure = is_surely_data(one) or one.name.lower() in PLATFORMS
            if sure or (is_data(one) and (one.strong or loose or is_alone(one))):
                yield found(one, "trained_on")


def was_taken_out(words: str, source: re.Match[str]) -> bool:
    """*We removed the data from X*, *data from X was left out*."""
    return bool(_TAKEN_OUT.search(words, 0, source.start()) or _LEFT_OUT.match(words, source.end()))


def parts_of(seen: Visible, known: Collection[str]) -> Iterator[Found]:
    """*Cosmo-Corpus includes A and B*, once Cosmo-Corpus is known to be what the model was trained on."""
    parts = _PARTS.match(seen.words)
    if parts and same_name(parts[1]) in known:
        yield from (found(one, "trained_on") for one in named(seen, parts.end()) if is_data(one))

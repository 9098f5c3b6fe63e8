"""What a card says the work is meant for, and what it is not meant for."""

import re

from duediligence.facts.prose import Passage, titles
from duediligence.facts.statement import Statement, statement

_INTENDED_TITLE = titles(
    r"\bintended\b|\bdirect use\b|\bdownstream use\b|\bprimary use|^uses?(?:\s*(?:&|and).*)?$|\buse cases?\b"
    r"|\brecommended use|\bsuitable for\b",
)
_OUT_TITLE = titles(
    r"\bout[- ]of[- ]scope\b|\bmisuse\b|\bmalicious\b|\bprohibited\b|\bexcluded use|\bnot intended\b"
    r"|\bunsuitable\b"
    r"|\brestricted use|\buse restrictions\b|\bunintended\b",
)
_INTENDED = re.compile(
    r"\b(?:model|models|dataset|data|they|it|suite|collection|release|weights)\b[^.;]{0,60}?\b(?:is|are|was"
    r"|were)\s+"
    r"(?:primarily |mainly |mostly |only |solely )?(?:intended|meant|designed|provided|released)\s+"
    r"(?:to be used |for use |for |as |only )",
)
_OUT = re.compile(
    r"\bout[- ]of[- ]scope\b|\b(?:not|n['\u2019]t|never)\s+(?:be\s+)?(?:\**)?(?:intended|meant|designed"
    r"|suitable|to be used|used)\b"
    r"|\b(?:must|may|should) \**not\** be used\b|\buse (?:is|in|for)\b[^.]{0,60}\b(?:prohibited|forbidden)\b",
)
_HOW_TO = titles(
    r"\bhow to\b|\busage\b|\bexamples?\b|\bquick\s?start|\bget(?:ting)? started\b|\binference\b|\bglossary\b"
    r"|\binstall|\bprompt|\btroubleshooting\b|\bcitation|\bbibtex\b",
)
# "Possible uses include", "This includes, but is not limited to:" announce what follows and name no use;
# a note on where a section was taken from names none either.
_LEADS_IN = re.compile(
    r"(?:\b(?:includ(?:es?|ing)|following|such as|limited to)\W*|:\s*)$|^\W*note\b.{0,40}\bsection is "
    r"taken\b",
)
_SUBJECT = re.compile(r"\b(?:models?|datasets?|weights|checkpoints?|suite|release|use)\b")
_USE = re.compile(r"\b(?:use[ds]?|deploy\w*|intended|scope)\b")
_LEADING_STEMS = ("includ", "following", "such as", "limited to", "section is taken")
_USE_STEMS = (
    "intended",
    "scope",
    "meant ",
    "designed",
    "suitable",
    "prohibited",
    "forbidden",
    "not be used",
    "released ",
)


def use(passage: Passage) -> Statement | None:
    """What the work is meant for, or not meant for: by heading, by label, or in clear words elsewhere."""
    if passage.citation or passage.kind == "row" or _leads_in(passage):
        return None
    titles = (passage.label, *reversed(passage.sections[-2:]))
    for title in titles:
        if not title:
            continue
        if _HOW_TO(title):
            return _stated(passage)
        if _OUT_TITLE(title):
            return statement("out_of_scope_use", passage)
        if _INTENDED_TITLE(title):
            return statement("out_of_scope_use" if _OUT.search(passage.lower) else "intended_use", passage)
        if title != passage.label:
            break
    return _stated(passage)


def _leads_in(passage: Passage) -> bool:
    # It ends that way, but for the note on a section.
    return passage.words.endswith(":") or (
        passage.has(_LEADING_STEMS) and _LEADS_IN.search(passage.lower) is not None
    )


def _stated(passage: Passage) -> Statement | None:
    if not passage.has(_USE_STEMS):
        return None
    lower = passage.lower
    subject = _SUBJECT.search(lower)
    if subject and _OUT.search(lower) and _USE.search(lower):
        return statement("out_of_scope_use", passage)
    return statement("intended_use", passage) if subject and _INTENDED.search(lower) else None

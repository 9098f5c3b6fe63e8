"""Words for persons, and the places they are from: neither is a name of data."""

import re

_PERSONS = (
    r"(?:people|persons?|individuals|users|speakers|annotators|volunteers|labell?ers|raters|contributors"
    r"|participants|patients|students|pupils|workers|crowd-?workers|employees|residents|citizens|inhabitants"
    r"|authors|artists|photographers|writers|children|adults|women|men|experts|translators|linguists"
    r"|doctors|physicians|radiologists|clinicians|engineers|researchers|reviewers|evaluators|donors"
    r"|customers|members|visitors|passers-by|celebrities|subjects|colleagues|freelancers|teachers)"
)
_FROM = (
    r"(?:\s+(?:who|that))?(?:\s+(?:(?:live|work|are|were)|living|working|recruited|hired|employed|based|located"
    r"|born|coming|mostly|mainly))*"
    r"\s+(?:from|in|at|across|around|near|outside)(?:\s+(?:the|all over|all of|of))*"
)
_BEHIND = re.compile(rf"\b{_PERSONS}{_FROM}\s*$")
_HOME = re.compile(rf"\b{_PERSONS}{_FROM}\s+(?=[A-Z\ue000\ue001])")
_REACH = 70
"""Characters in front of a name that can say whose home it is."""


def are_persons_from(lower: str, end: int) -> bool:
    """Whether the words *lower* before *end* are of persons *from* what follows: a place or an employer."""
    return lower.endswith(_ENDS, max(0, end - 12), end) and bool(
        _BEHIND.search(lower, max(0, end - _REACH), end)
    )


def speaks_of_home(words: str) -> bool:
    """Whether *words* name where persons are from: *photos of patients at Charlton Hospital*."""
    return any(map(words.__contains__, _BEFORE_HOME)) and _HOME.search(words) is not None


_BEFORE_HOME = (" from ", " in ", " at ", " across ", " around ", " near ", " outside ")
_ENDS = tuple(
    f"{word}{space}"
    for word in ("from", "in", "at", "across", "around", "near", "outside", "the", "over", "of")
    for space in ("", " ")
)

"""Words by which a card or a license file keeps the European Union out of those it is given to."""

import re
from collections.abc import Iterator

from duediligence.facts.cues import cues
from duediligence.facts.passage import Passage
from duediligence.facts.sentences import sentences
from duediligence.facts.statement import Statement, statement

EU = "EU"
"""The value of such a fact: the words themselves are its quote."""

# A law, a court or a fund of the Union is no place.
_PLACE = (
    r"(?:(?:the )?(?:territory|member states?|countries) of )?(?:the )?"
    r"(?:european union|european economic area|\beu\b|\beea\b|\beurope\b)"
    r"(?! ?['\u2019]s\b)(?!(?: ai)? (?:acts?|laws?|legislation|regulations?|directives?|rules?|copyright"
    r"|commission|parliament|courts?|fund\w*|projects?|horizon|languages?|member state laws?)\b)"
)
_IN = r"\b(?:in|within|into|to|from|inside|throughout|across|for),?\s+"
# What is said of it goes on: "not licensed, and was released in Europe" is another matter.
_ON = r"(?:(?! but | and (?:is|was|are|were|has|have) )[^.;])"
_GIVEN = (
    r"(?:us(?:e[ds]?|age|ing)|access\w*|download\w*|grant\w*|licen[sc]\w*|available|offer\w*|extend\w*"
    r"|appl(?:y|ies)|permitted|allowed|authori[sz]ed|intended|deploy\w*|distribut\w*|provided|suppl\w+"
    r"|market\w*|sold|released)"
)
_PEOPLE = (
    r"(?:persons?|people|residents?|citizens?|users?|individuals?|entit(?:y|ies)|compan(?:y|ies)|anyone"
    r"|those|nationals|organi[sz]ations?|licensees?)"
)
_REFUSED = (
    r"(?:(?:may|must|shall|can|do|does|are|is) ?not\b|cannot\b|\b(?:are|is) (?:excluded|prohibited|barred"
    r"|not)\b|have no (?:rights?|licen[sc]e)\b|no rights? (?:are|is) granted)"
)
_SAID = re.compile(
    "|".join(
        (
            rf"\b(?:not|never|no|nor)\b{_ON}{{0,80}}\b{_GIVEN}\b{_ON}{{0,80}}{_IN}{_PLACE}",
            rf"\b(?:not|never|no|nor)\b{_ON}{{0,80}}\b{_GIVEN}\b{_ON}{{0,60}}\b"
            rf"(?:eu|eea|european) {_PEOPLE}\b",
            rf"\b{_PEOPLE}\b[^.;]{{0,60}}\b(?:in|of|from|within)\s+{_PLACE}[^.;]{{0,80}}{_REFUSED}",
            rf"\b(?:eu|eea|european) {_PEOPLE}\b[^.;]{{0,40}}{_REFUSED}",
            rf"{_REFUSED}[^.;]{{0,80}}\b(?:domiciled|resident|located|based|established|living|live)\b"
            rf"[^.;]{{0,90}}\bin,?\s+{_PLACE}",
            rf"\b(?:us(?:e[ds]?|ing)|access|deployment|distribution)\b[^.;]{{0,20}}{_IN}{_PLACE}[^.;]{{0,30}}"
            r"\b(?:prohibited|forbidden|excluded|not (?:permitted|allowed|licensed|granted))\b",
            r"\b(?:territory|world-?wide|licen[sc]e[ds]?|rights?|use[ds]?|available)\b[^.;]{0,100}"
            rf"\b(?:excluding|except(?:ing)?(?: for| in)?|outside(?: of)?|other than)\s+(?:in )?{_PLACE}",
            r"(?<!that )(?<!which )\b(?:is|are|be|use) (?:strictly )?(?:prohibited|forbidden|unavailable"
            rf"|barred|banned|excluded)\b[^.;]{{0,60}}{_IN}{_PLACE}",
        )
    )
)
CUES = cues("european", "europe", "eu", "eea")


def excluded(passage: Passage) -> Statement | None:
    """The statement that the Union is left out, with the value `EU`; ``None`` where none is made."""
    return statement("excluded_places", passage, EU) if _SAID.search(passage.lower) else None


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a license *text* stand that leave the Union out."""
    lower = text.lower()
    if len(lower) != len(text) or ("europe" not in lower and not re.search(r"\be(?:u|ea)\b", lower)):
        return
    at = 0
    for block in re.split(r"(\n[ \t\r]*\n)", text):
        for start, end, _ in sentences(block):
            words = block[start:end]
            if _SAID.search(" ".join(words.lower().split())):
                # The last sentence of a block goes on to the end of its line.
                yield at + start + len(words) - len(words.lstrip()), at + start + len(words.rstrip())
        at += len(block)

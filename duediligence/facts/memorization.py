"""What a card says about works kept in the model: memorization, copies given back, duplicates in the data."""

import re

from duediligence.facts.cues import cues
from duediligence.facts.passage import Passage
from duediligence.facts.statement import Statement, statement
from duediligence.facts.titles import titles

_KEPT = re.compile(
    r"\bmemori[sz](?:e[sd]?|ing|ation)\b|\bregurgitat\w+"
    r"|\b(?:reproduc|generat|output|repeat|emit|return|give|copie|copy)\w*\b[^.;]{0,80}?\bverbatim\b"
    r"|\bverbatim\b[^.;]{0,60}?\b(?:cop(?:y|ies)|reproduc\w+|outputs?|training (?:data|set|text|examples?))\b"
)
_DUPLICATES = re.compile(
    r"\b(?:de-?duplicat\w+|duplicat(?:e[sd]?|ions?))\b[^.;]{0,80}?\b(?:data(?:sets?)?|corpus|corpora|images?|documents?|samples|texts?"
    r"|training|examples|captions|pages)\b"
    r"|\b(?:data(?:sets?)?|corpus|corpora|images?|documents?|samples|texts?|examples|captions|pages)\b[^.;]{0,80}?"
    r"\b(?:near-?)?(?:de-?duplicat\w+|duplicat(?:e[sd]?|ions?))\b"
)
_HOW_TO = titles(
    r"\bhow to\b|\busage\b|\bquick\s?start|\bget(?:ting)? started\b|\binstall|\bprompt|\bglossary\b",
    "how usage quick get install prompt glossary",
)
_OTHERWISE = re.compile(
    r"\bbenchmarks?\b|\b(?:licen[sc]e|copyright) (?:notice|text|file)\b"
    r"|\b(?:you (?:can|should|must|may)|memori[sz]e (?:your|the user|previous|conversation))"
)
CUES = cues("memori", "regurgitat", "verbatim", "duplicat", "deduplicat", "de-duplicat", "near-duplicat")


def memorization(passage: Passage) -> Statement | None:
    """A statement that the model keeps or gives back what it saw, or on duplicates in what it saw."""
    lower = passage.lower
    if not (_KEPT.search(lower) or _DUPLICATES.search(lower)):
        return None
    if passage.under & _HOW_TO or _OTHERWISE.search(lower):
        return None
    return statement("memorization", passage)

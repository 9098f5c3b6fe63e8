"""Who a card, or its terms, says provides the work."""

import re
from collections.abc import Iterator

from duediligence.facts.cues import cues
from duediligence.facts.passage import Passage
from duediligence.facts.statement import Statement, is_placeholder, statement
from duediligence.facts.telling import TRAINED_CUES
from duediligence.facts.titles import HOW_TO, titles

LABEL = titles(
    r"^(?:(?:model |dataset )?(?:developed|created|published|released|provided|shared|maintained|funded) "
    r"by(?: \[optional\])?"
    r"|(?:model |dataset )?(?:developers?|publishers?|creators?|providers?|maintainers?|curated by|owner"
    r"|organi[sz]ation))\b",
    "developed created published released provided shared maintained funded developer publisher creator"
    " provider maintainer curated owner organi",
)
_PROVIDER = re.compile(
    r"\b(?:model|models|it|dataset|data|suite|collection|corpus|family|[A-Z][\w.-]+)\b[^.;:]{0,60}?\b(?:was"
    r"|were|is|are|been)\s+"
    r"(?:\w+ly\s+)?(?:developed|created|built|released|published|maintained|curated|trained and "
    r"released)\s+(?:and\s+\w+\s+)?by\s+"
    r"(?=(?:the |a |an |researchers|our |team|[A-Z]))"
    r"|\b[Mm]odel was (?:trained|authored)\s+by\s+(?=(?:the\s+)?(?:[A-Z]|team\b|researchers\b)"
    r"(?![^.;]{0,40}\b(?:loss|learning|modell?ing|optimi\w+|training|tuning|objectives?|procedure)\b))"
    r"|\b(?:model|models|dataset|corpus)\b[^.;:]{0,40}?\b(?:built|developed|created|released|published) "
    r"by\s+(?=[A-Z])"
    r"|^(?:Developed|Created|Built|Released|Published|Maintained|Provided) by\s+(?=the [A-Z]|[A-Z])"
    r"|^[A-Z][\w&. -]{1,60}? (?:is|acts as) the (?:provider|developer|publisher|maker|creator) of\b"
    r"|^(?!We |I |They )[A-Z][\w&. -]{1,60}? (?:developed and (?:publicly )?released|developed|has released"
    r"|released|trained|built|created) (?:the|this model)\b",
)
_SEAT = re.compile(
    r"\b(?:company|non-?profit|organi[sz]ation|institute|association|university|foundation|corporation"
    r"|start-?up|verein"
    r"|(?-i:[A-Z]\w+,? (?:GmbH|e\.\s?V\.|Ltd|Limited|Inc)))\b[^.;]{0,60}?\b(?:based|registered"
    r"|headquartered|located|established|incorporated"
    r"|domiciled)\s+in\s+(?=(?-i:[A-Z]))|\bthis work is published from:?\s+(?=(?-i:[A-Z]))"
    r"|\bmeans\s+(?-i:[A-Z][\w.,& ]{1,60}?\b(?:Limited|Ltd|Inc|GmbH|LLC|S\.?A\.?S?|B\.?V|AG|Corporation"
    r"|plc)\b)",
    re.I,
)
_PARTY = re.compile(
    r"[\"\u201c](?:[A-Z][\w .]{0,40}|we|us"
    r"|licensor)[\"\u201d][^.\"\u201c\n]{0,30}(?:[\"\u201c]\w+[\"\u201d]\s+)?means\s"
    r"[^\"\u201c]{5,600}?\.(?=\s*(?:\n\s*\n|\n\s*[\"\u201c]|\Z))",
    re.I,
)
_COMPANY = re.compile(r"\b(?:Limited|Ltd|Inc|GmbH|LLC|S\.A\.S?|B\.V|AG|Corporation|plc|Co)\b")
# Who made another work this one comes from.
_PARENT = re.compile(
    r"\b(?:underlying|base|original|parent|upstream|teacher)\s+(?:[\w.-]+\s+)?(?:model|data|corpus|checkpoint)",
    re.I,
)
_SUPPORT = re.compile(
    r"\b(?:comput(?:e|ing)|cluster|supercomputer|hardware|sponsor\w*|funded|funding|award\w*|thank\w*"
    r"|support\w*|gpus?)\b",
)
_SEAT_CUES = cues(
    *("based", "registered", "headquartered", "located", "established", "incorporated", "domiciled"),
    *("this work is published from", "means"),
)
_MADE_CUES = cues(
    "developed", "created", "built", "released", "published", "maintained", "curated", "trained"
)
_IT = re.compile(r"it\b", re.I)
_TRAINING_DATA = re.compile(
    r"\W*(?:the\s+|our\s+|its\s+)?(?:pre-?|fine-?)?(?:training|tuning)\s+(?:data|corpus|corpora|sets?)"
)
_ON_DATA = titles(r"\btrain|\bdata", "train data")
_IS_CUES = cues("provider of", "developer of", "publisher of", "maker of", "creator of")
_BY_CUES = _IS_CUES | cues("by", "released the", "developed the", "developed this", "trained this")
_MADE_OR_IS_CUES = _MADE_CUES | _IS_CUES
CUES = _SEAT_CUES | _MADE_OR_IS_CUES


def provider(passage: Passage) -> Statement | None:
    """Who is said to develop or publish the work, and where; never who lends the machines."""
    if passage.heading & HOW_TO:
        return None
    if passage.labelled & LABEL:
        if passage.label.lower().startswith("funded"):
            return None
        value = passage.told.strip(" ;.")
        return statement("provider", passage, value) if value and not is_placeholder(value) else None
    words = passage.words
    if not passage.cues & CUES:
        return None
    about_data = (_IT.match(words) and passage.heading & _ON_DATA) or _TRAINING_DATA.match(passage.lower)
    found = _SEAT.search(words) if passage.cues & _SEAT_CUES else None
    if not found and passage.cues & _MADE_OR_IS_CUES and passage.cues & _BY_CUES and not about_data:
        found = _PROVIDER.search(words)
        # "Trained on X, a dataset created by Y" says who made the data.
        if found and found.group().startswith(("dataset", "corpus")) and passage.cues & TRAINED_CUES:
            return None
    if found and _PARENT.search(found.group()):
        return None
    # Whoever lends the machines does not publish the model.
    return statement("provider", passage) if found and not _SUPPORT.search(passage.lower) else None


def parties(terms: str) -> Iterator[tuple[int, int]]:
    """Where terms of use say who offers them: *"Meta" or "we" means Meta Platforms Ireland Limited …*."""
    for found in _PARTY.finditer(terms):
        if _COMPANY.search(found.group()):
            yield found.start(), found.end()

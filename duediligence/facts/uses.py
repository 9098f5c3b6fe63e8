"""What a card says the work is meant for, and what it is not meant for."""

import re

from duediligence.facts import duties
from duediligence.facts.cues import cues
from duediligence.facts.passage import Passage
from duediligence.facts.statement import Statement, statement
from duediligence.facts.telling import TRAINED_CUES
from duediligence.facts.titles import HOW_TO, titles

_INTENDED_TITLE = titles(
    r"\bintended\b|\bdirect use\b|\bdownstream use\b|\bprimary use|^uses?(?:\s*(?:&|and).*)?$|\buse cases?\b"
    r"|\brecommended use|\bsuitable for\b",
    "intended direct downstream primary use recommended suitable",
)
_OUT_TITLE = titles(
    r"\bout[- ]of[- ]scope\b|\bmisuse\b|\bmalicious\b|\bprohibited\b|\bexcluded use|\bnot intended\b"
    r"|\bunsuitable\b"
    r"|\brestricted use|\buse restrictions\b|\bunintended\b",
    "out misuse malicious prohibited excluded not unsuitable restricted use unintended",
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
    r"|\b(?:do(?<!\bwe do)|must|may|should|shall) \**not\** use\b|\bdon['\u2019]t use\b|\bnever use\b"
    r"|\b(?:must|may|should) \**not\** be used\b|\buse (?:is|in|for)\b[^.]{0,60}\b(?:prohibited|forbidden)\b",
)
_ADVISED = re.compile(
    r"\b(?:advis\w+|recommend\w*|caution\w*|warn\w*)\s+(?:\w+\s+)?against\b"
    r"|\b(?:not|never|n['\u2019]t)\s+(?:recommend|advise)\w*\b",
)
_FOR_USE = re.compile(r"\b(?:us(?:e|es|ing|ed|age)|build\w*|deploy\w*|products?|production|applications?)\b")
# "For research only; do not use commercially": a purpose that is taken out, in as many words.
_TAKEN_OUT = re.compile(
    r"\bcannot\s+be\s+used\s+commercially\b"
    r"|\bnon-?commercial(?:\s+(?:research|academic|use|uses|purposes?|and|or|only))*\s+only\b"
    r"|\bonly\s+(?:be\s+used\s+)?for\s+(?:non-?commercial|(?:academic\s+)?research)\b"
    r"|\bfor\s+(?:academic\s+|non-?commercial\s+)?research(?:\s+(?:use|purposes?))?\s+only\b"
    r"|\b(?:not|n['\u2019]t|never|no)\s+(?:be\s+used\s+|use\s+(?:it\s+"
    r"|this\s+\w+\s+)?)?(?:for\s+)?(?:any\s+)?commercial(?:ly)?\b"
    r"|\bcommercial\s+(?:use|usage|purposes?|applications?)\s+(?:is|are)(?:\s+strictly)?"
    r"(?:(?:\s+not|n['\u2019]t)\s+(?:permitted|allowed)|\s+(?:prohibited|forbidden|excluded))\b",
)
# "Possible uses include", "This includes, but is not limited to:" announce what follows and name no use;
# a note on where a section was taken from names none either.
_LEADS_IN = re.compile(
    r"(?:\b(?:includ(?:es?|ing)|following|such as|limited to)\W*|:\s*)$|^\W*note\b.{0,40}\bsection is "
    r"taken\b",
)
# How it was trained says nothing about its use, wherever it stands; "trained to answer" says what for.
_WAS_TRAINED = re.compile(
    r"\b(?:was|were|is|are|been|we|i)\s+(?:(?:\w+ly|first|then|further|also)\s+){0,3}"
    r"(?:(?:pre|post|fine|instruction)[- ]?)?(?:trained|tuned|aligned|distilled)\b(?!\s+(?:to|for)\b)"
    r"[^.;]{0,120}?\s(?:on|with|using|over|from)\s"
    r"|\b(?:data|datasets?|corpus|corpora)\s+(?:(?:that|which)\s+(?:was|were)\s+)?used\s+(?:for|in|to"
    r"|during)\s+"
    r"(?:the\s+)?(?:pre-?|fine-?)?(?:train|tun)\w*"
)
_TELLS_USE = re.compile(
    r"\b(?:may|might|could|should|must|can(?!\s+(?:find|see|be (?:found|seen)))|suit\w*|intended|meant"
    r"|designed|useful"
    r"|ideal\w*|best|aimed|(?:to|be) used?|use[sd]?\s+(?:it|as|cases?))\b"
)
_RESULTS = re.compile(
    r"\b(?:(?:was|were|been)\s+(?:tested|evaluated)|achiev\w+|outperform\w*|state-of-the-art|showed|accuracy)\b"
)
_NOT_MADE = re.compile(r"\bnot\s+(?:been\s+)?(?:trained|tested|evaluated|optimi[sz]ed)\s+(?:to|for|on)\b")
_SUBJECT = re.compile(r"\b(?:models?|datasets?|weights|checkpoints?|suite|release|use)\b")
# "Zorban should not be used for …"
_NAME_NOT_USED = re.compile(r"\W*(?:The\s+)?[A-Z]\S+\s+(?:should|must|may|shall|can)\s?not be used\b")
_USE = re.compile(r"\b(?:use[ds]?|deploy\w*|intended|scope)\b")
_OUT_CUES = cues("out", "not", "never", "prohibited", "forbidden")
_TAKEN_OUT_CUES = cues("commercial", "noncommercial", "research")
_ADVISED_CUES = cues("advis", "recommend", "caution", "warn")
_LEADING_CUES = cues(
    *(
        "includ",
        "following",
        "such as",
        "limited to",
        "section is taken",
        "below",
        "above",
        "see the",
        "see our",
    ),
    *("check", "refer", "visit"),
)
_POINTS = re.compile(
    r"\bsee\s+(?:also\s+)?(?:below|above|the sections? (?:below|above))\W*$"
    r"|^\W*(?:please\s+)?(?:(?:see|check(?: out)?|visit)\s+(?:the|our|this)|refer to|review the)\b"
    r"|\b(?:we|please)\s+refer\s+(?:you\s+)?to\b"
)
_LIMITS = re.compile(r"\brestrict|\blicen[sc]e|\bterms\b|\bpolic(?:y|ies)\b|\bprohibit")
_PERMITTED = re.compile(
    r"\b(?:is|are)\s+(?:\w+ly\s+|also\s+|very\s+|most\s+)?"
    r"(?:welcome|allowed|permitted|encouraged|within scope|in scope)\b"
    r"|\b(?:you\s+(?:may|can)|(?:users|anyone|everyone)\s+may|(?:are|is)\s+(?:free|welcome|allowed)\s+to)\s+"
    r"(?:\w+ly\s+|also\s+)?(?:use|deploy|fine-?tune|modify|share|distribute|sell|build|run|adapt)\b"
)
_LIMITED = re.compile(
    r"\b(?:not|no|nor|neither|never|none|only|unless|except\w*|without|cannot|but|however|prohibited|forbidden"
    r"|if|as long as|provided that)\b|n['\u2019]t\b"
)
TITLES = _OUT_TITLE | _INTENDED_TITLE
PURPOSES = (
    cues(
        *("intended", "unintended", "scope", "meant", "designed", "suitable", "unsuitable", "prohibited"),
        *("forbidden", "not be used", "released", "against", "recommend", "advise", "research"),
        *("commercial", "noncommercial"),
    )
    | duties.CUES
)
"""One of these tells that a passage speaks of a purpose: "not used" alone says too little."""


def use(passage: Passage) -> Statement | None:
    """What the work is meant for, or not meant for: by heading, by label, or in clear words elsewhere."""
    if _leads_in(passage):
        return None
    for kinds in (passage.labelled or passage.behind, passage.heading):
        if kinds & HOW_TO:
            return _stated(passage)
        if kinds & _OUT_TITLE:
            return statement("intended_use" if _permits(passage.lower) else "out_of_scope_use", passage)
        if kinds & _INTENDED_TITLE:
            if _tells_training(passage) or _tells_results(passage) or _NOT_MADE.search(passage.lower):
                return _stated(passage)
            return statement(
                "out_of_scope_use"
                if _takes_out(passage) or _forbids(passage) or duties.forbids(passage)
                else "intended_use",
                passage,
            )
    return _stated(passage)


def _tells_training(passage: Passage) -> bool:
    """Whether it tells how the work was trained, or where the data are, and of no use."""
    trained = passage.cues & TRAINED_CUES and _WAS_TRAINED.search(passage.lower)
    return bool(trained) and not _TELLS_USE.search(passage.lower)


def _tells_results(passage: Passage) -> bool:
    """Whether it tells how well the work did, and of no use."""
    return _RESULTS.search(passage.lower) is not None and not _TELLS_USE.search(passage.lower)


def _forbids(passage: Passage) -> bool:
    """Whether a purpose is taken out; "intended for research only" says for what it is meant."""
    taken_out = passage.cues & _TAKEN_OUT_CUES and _TAKEN_OUT.search(passage.lower)
    return bool(taken_out) and _INTENDED.search(passage.lower) is None


def _takes_out(passage: Passage) -> bool:
    """Whether it says that something is no use meant, in whatever words."""
    lower = passage.lower
    negates = passage.cues & _OUT_CUES or "n't" in lower or "n\u2019t" in lower
    return bool(negates) and _OUT.search(lower) is not None


def _permits(lower: str) -> bool:
    """Whether a use is allowed without any limit: *commercial use is welcome*."""
    return _PERMITTED.search(lower) is not None and _LIMITED.search(lower) is None


def _leads_in(passage: Passage) -> bool:
    """Whether it only announces, points elsewhere or breaks off: *as per the models above,*."""
    if passage.words.endswith((":", "?")) or (passage.words.endswith(",") and passage.kind != "item"):
        return True
    if not passage.cues & _LEADING_CUES:
        return False
    # It ends that way, but for the note on a section.
    if _LEADS_IN.search(passage.lower):
        return True
    points = _POINTS.search(passage.lower) is not None and not _takes_out(passage)
    return points and not _LIMITS.search(passage.lower)


def _stated(passage: Passage) -> Statement | None:
    if not passage.cues & PURPOSES:
        return None
    lower = passage.lower
    advised = passage.cues & _ADVISED_CUES and _ADVISED.search(lower) and _FOR_USE.search(lower)
    if advised or _forbids(passage) or duties.forbids(passage):
        return statement("out_of_scope_use", passage)
    subject = _SUBJECT.search(lower) or _NAME_NOT_USED.match(passage.words)
    if subject and _takes_out(passage) and _USE.search(lower):
        return statement("out_of_scope_use", passage)
    return statement("intended_use", passage) if subject and _INTENDED.search(lower) else None

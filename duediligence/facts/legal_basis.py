"""Legal bases that somebody claims, told apart from questions and bare mentions."""

import re

from duediligence.facts.cues import cues
from duediligence.facts.passage import Passage
from duediligence.facts.statement import Statement, statement

_BASIS = re.compile(
    r"(?<!\w)(?:art(?:icle|\.)?\s*(?:3|4)\b[^.;]{0,40}?\b(?:dsm|cdsm|copyright|2019/790)"
    r"|directive \(?(?:eu\)? ?)?2019/790|(?:\u00a7+|section|sec\.)\s*(?:60d|44b)\b|(?:60d|44b)\s+urhg"
    r"|art(?:icle|\.)?\s*(?:6|9)\s*\(?\s*\d\b[^.;]{0,30}?\b(?:gdpr|dsgvo|regulation)|art(?:icle"
    r"|\.)?\s*6\b[^.;]{0,20}\bgdpr"
    r"|legitimate interests?|fair use|fair dealing|(?:tdm|text[- ]and[- ]data[- ]mining)(?: \(?tdm\)?)? "
    r"(?:exception|exemption|limitation|right)s?"
    r"|(?:text[- ]and[- ]data[- ]mining|research|scientific research) (?:exception|exemption)s?"
    r"|section\s+(?:29a|107)\b|article\s+30-4|berechtigte\w* interesse\w*|informed consent|explicit consent)",
)
_CLAIM = re.compile(
    r"\b(?:on the basis of|rests? (?:up)?on|basis (?:is|was|for|of)|legal basis|based (?:up)?on"
    r"|rel(?:y|ies|ied|ying) (?:up)?on|pursuant to"
    r"|covered by|permitted (?:by|under)|allowed (?:by|under)|lawful under|protected by|falls? (?:within"
    r"|under)|fell under"
    r"|under(?: the)?|in accordance with|constitut\w+|qualif\w+ as|consider\w*|processed (?:under"
    r"|with)"
    r"|invok\w+|benefit\w* from|make use of|made use of|made under|auf grundlage|gest\u00fctzt auf|gave"
    r"|given|obtained|with)\b",
)
_ACT = re.compile(
    r"\b(?:collect\w*|gather\w*|crawl\w*|scrap\w+|download\w*|copy|copies|copied|cop(?:y|ying)|reproduc\w+"
    r"|train\w*|process\w*"
    r"|publish\w*|publication|releas\w+|distribut\w+|mining|mined|data(?:set)?s?|images?|texts?|works?"
    r"|corpus|use of|created?|compil\w+)\b",
)
_NOT_CLAIMED = re.compile(
    r"\b(?:whether|if|unless|may|might|could|would|should|unclear|not|no|never|cannot|question\w*|ask\w*"
    r"|wonder\w*|suppos\w+"
    r"|allegedly|claim(?:s|ed)? that|argu\w+|ensure|must|please|you|your|court|paper|check)\b|n['\u2019]t\b"
    r"|\?",
)
CUES = cues(
    *("dsm", "cdsm", "copyright", "2019/790", "60d", "44b", "gdpr", "dsgvo", "regulation", "29a", "107"),
    *("30-4", "legitimate", "fair", "exception", "exemption", "tdm", "mining", "berechtigte", "consent"),
)


def legal_basis(passage: Passage) -> Statement | None:
    """A legal basis that the passage claims for collecting, training or publishing."""
    return statement("legal_basis", passage) if claims_basis(passage.words) else None


def claims_basis(words: str) -> bool:
    """Whether a sentence claims a legal basis: no question, no condition, no bare mention."""
    words = words.lower()
    basis = _BASIS.search(words)
    if basis is None or "?" in words:
        return False
    around = words[max(0, basis.start() - 120) : basis.end() + 120]
    if _NOT_CLAIMED.search(words[max(0, basis.start() - 80) : basis.start()]):
        return False
    return bool(_CLAIM.search(around) and _ACT.search(words))

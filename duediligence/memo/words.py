"""How the memo words what the program keeps as short codes: states, relations, law, days, places."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from duediligence.knowledge.vocabulary import CONFIRMED
from duediligence.repo import shown

STATES = {
    "present": "received",
    "empty": "received, empty",
    "not_found": "not there, or private: the Hub does not say which",
    "gated": "behind access terms; not read",
    "disabled": "disabled by the Hub",
    "renamed": "renamed",
    "unreachable": "could not be reached",
    "unreadable": "received, cannot be read",
}
STANDING = {
    "established": "established on the text",
    "supported": "supported, not established",
    "contested": "disputed",
    "gap": "open",
    "not_applicable": "does not apply",
}
"""How a finding stands, in short."""

RELATIONS = {
    "trained_on": "trained on",
    "finetuned_from": "fine-tuned from",
    "adapter_of": "adapter of",
    "merged_from": "merged from",
    "quantized_from": "quantized from",
    "distilled_from": "distilled from",
    "initialized_from": "initialized from",
    "derived_from": "derived from",
    "evaluated_on": "evaluated on",
}
REGIMES = {
    "contract": "License and contract",
    "copyright": "Copyright",
    "database": "Database right",
    "personality": "Personality and image rights",
    "data_protection": "Data protection",
    "ai_act": "AI Act",
    "trade_secret": "Trade secrets",
}
"""In the order in which the memo treats them."""

PLACES = {
    "EU": "European Union",
    "DE": "Germany",
    "DE-HH": "Germany, Hamburg",
    "UK": "United Kingdom",
    "GB": "United Kingdom",
    "US": "United States",
    "US-CA": "United States, California",
    "US-IL": "United States, Illinois",
    "JP": "Japan",
    "SG": "Singapore",
    "CH": "Switzerland",
    "FR": "France",
    "DK": "Denmark",
    "NL": "Netherlands",
    "AT": "Austria",
    "IN": "India",
    "INT": "international",
    "ANY": "any jurisdiction",
}
KINDS = {
    "permission": "Permission",
    "duty": "Duty",
    "constraint": "Constraint",
    "risk": "Risk",
    "right": "Right of others",
    "fact": "Fact",
}
LAW = {
    "settled": "settled",
    "non_final": "decided, and the decision may still be overturned",
    "disputed": "legal sources disagree",
    "untested": "only guidance or writing supports it; no decision on file",
}
FACTS = {
    "documented": "documented",
    "stated": "in part as somebody says",
    "missing": "something is missing",
}
TYPES = {
    "statute": "statute",
    "decision": "decision",
    "guidance": "guidance",
    "license_text": "license text",
    "contract": "contract",
    "paper": "paper",
    "record": "record",
    "practice": "practice",
}
WHO = {
    "you": "us",
    "engineer": "engineer",
    "counsel": "counsel",
    "provider": "provider",
    "colleague": "colleague",
    "rightsholder": "rightsholder",
    "data_subject": "the person concerned",
}
HAS = {
    "you": "We",
    "engineer": "Our engineers",
    "counsel": "In-house counsel, or who knows in the company",
    "provider": "The provider",
    "colleague": "A colleague",
    "rightsholder": "The rightsholder",
    "data_subject": "The person concerned",
}
ROLES = {
    "user": "who plans to use it",
    "rightsholder": "whose work may be in it",
    "data_subject": "whose data may be in it",
    "counsel": "who advises someone on it",
    "releaser": "who publishes it",
}
"""Behind "one"."""

PARTS = {
    "user": "plans to use the {what}",
    "rightsholder": "has works that may be in it",
    "data_subject": "is somebody whose data may be in it",
    "counsel": "advises on it",
    "releaser": "publishes it",
}
"""Behind the name of who asks."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def known(confirmed: str, read: str = "") -> str:
    """How a legal source is known: ``read in the original (the headnotes only)``."""
    said = CONFIRMED.get(confirmed, plain(confirmed))
    return f"{said} ({read})" if read else said


_MARK = re.compile(r"\(([PSRK])(?:/([PSRK]))?(; [^()]*)?\)")
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b", re.ASCII)


def plain(code: str) -> str:
    """A code nobody has worded, with spaces for underscores."""
    return code.replace("_", " ")


def place(code: str) -> str:
    """The name of a place or jurisdiction; a code without a name here stays as it is."""
    return PLACES.get(code.upper(), code)


def day(text: str) -> str:
    """``2026-11-22``, ``2026-11`` or ``2026`` as people write it; other words stay as they are."""
    parts = text.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3 or len(parts[0]) != 4:
        return text
    numbers = [int(part) for part in parts]
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return text
    out = [str(numbers[0]), *(_MONTHS[month - 1] for month in numbers[1:2]), *(str(n) for n in numbers[2:])]
    return " ".join(reversed(out))


def dated(text: str) -> str:
    """*text* with every whole day in it as people write it."""
    return _DAY.sub(lambda found: day(found[0]), text)


def spelled(text: str) -> str:
    """*text* of a law file with days and the marks of how something is known in words."""
    return _MARK.sub(_marked, dated(text))


def _marked(found: re.Match[str]) -> str:
    """``(S/R; digest)`` in words."""
    known = [CONFIRMED[code] for code in found.groups()[:2] if code]
    return f"({' or '.join(known)}{found[3] or ''})"


def zone(named: str) -> tuple[tzinfo, str]:
    """The time zone of the case and the name to print; one this machine does not know is shown as UTC."""
    try:
        return ZoneInfo(named), named
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC, "UTC"


def moment(stamp: str, shown_in: tzinfo, *, time: bool = True) -> str:
    """A kept time as a day, or as day and minute, in *shown_in*; what is no time stays as it is."""
    try:
        at = datetime.fromisoformat(stamp)
        # A time without a zone would be read in that of the machine.
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(shown_in)
    except (ValueError, OverflowError):
        return stamp
    return day(at.date().isoformat()) + (f", {at:%H:%M}" if time else "")


def on_day(as_of: date) -> str:
    """A day as people write it."""
    return day(as_of.isoformat())


def joined(items: Sequence[str], last: str = " and ") -> str:
    """``a, b and c``."""
    return ", ".join(items) if len(items) < 2 else ", ".join(items[:-1]) + last + items[-1]


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 answer``, ``3 answers``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}".replace(",", " ")


def cut(text: str, limit: int) -> str:
    """*text* of at most *limit* characters, cut between words where it can be, and before an open bracket."""
    if len(text) <= limit:
        return text
    kept = text[:limit].rsplit(" ", 1)[0] or text[:limit]
    if kept.count("(") > kept.count(")"):
        kept = kept[: kept.rindex("(")].rstrip() or kept
    return kept.rstrip(",;:") + " …"


def opened(text: str) -> str:
    """*text* as a sentence begins; an id, an address or a name that is spelled small stays as it is."""
    first = text.partition(" ")[0]
    return text if any(sign in first for sign in "/._:") else text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """*text* with an end mark."""
    text = text.strip()
    return text if not text or text[-1] in ".?!…:”" else text + "."


def taken_for(upstream: str) -> str:
    """Why a name in a text is given this id, where the text itself gives none."""
    return f"taken for {shown(upstream)}: it is what the list of well-known data sets calls by that name"

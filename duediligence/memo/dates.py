"""Dates that cannot be moved: periods and days the law files watch for; and, apart, days people set."""

import re
from dataclasses import dataclass, replace
from datetime import date

from duediligence.analysis.keydate import MOVABLE, KeyDate
from duediligence.history import Answer
from duediligence.memo.exhibits import ON_FILE, Exhibits
from duediligence.memo.statement import Statement, say
from duediligence.memo.words import day, known, sentence, spelled

MOST = 6
_BRACKET = re.compile(r" \([^()]*[a-z]{4}[^()]*\)")
NONE = "No such date found; the date of first knowledge is not on file."


@dataclass(frozen=True, kw_only=True)
class Fixed:
    """One row: a day, why it matters, how it was counted, and the proof on file."""

    on: str
    why: Statement
    counted: str
    proof: str
    """What is on file: an answer's number, or the title of a legal source."""


@dataclass(frozen=True, kw_only=True)
class Dates:
    """The table of dates, and what is to be said below it."""

    rows: tuple[Fixed, ...]
    none: str
    """The sentence that stands instead of the table when there is no date."""

    knowledge: Statement | None
    """Whether the date of first knowledge is on file: time limits run from it."""

    left_out: int
    days_set: Statement | None
    """Days people set themselves, such as the planned start: they can be moved."""

    def without_last(self) -> "Dates":
        """One row less, and counted as left out."""
        return replace(self, rows=self.rows[:-1], left_out=self.left_out + 1)


def dates(ex: Exhibits) -> Dates:
    """At most six dates in their order: periods always, the next ones before those that have passed."""
    found = [one for one in ex.inputs.findings.dates if not one.movable]
    ahead = [one for one in found if one.kind == "period" or not _is_past(ex, one)]
    kept = [*ahead, *reversed([one for one in found if one not in ahead])][:MOST]
    known = [
        a for a in ex.inputs.record.answers.get(("matter.known-since", None), ()) if a.value != "unknown"
    ]
    none = "No such date found." if known else NONE
    return Dates(
        rows=tuple(_row(ex, one) for one in sorted(kept, key=lambda one: one.last or date.min)),
        none="" if found else none,
        knowledge=_knowledge(ex, known) if found or known else None,
        left_out=len(found) - len(kept),
        days_set=_days_set(ex, [one for one in ex.inputs.findings.dates if one.movable]),
    )


def _days_set(ex: Exhibits, days: list[KeyDate]) -> Statement | None:
    said = [f"{one.title}: {_on(one)}{_after(ex, one)}" for one in days]
    events = [str(item["event"]) for one in days for item in one.rests_on if "event" in item]
    support = tuple(ref for event in events for ref in ex.answer_ref(event)) or (ON_FILE,)
    return say(f"{MOVABLE}: {'; '.join(said)}.", support=support) if said else None


def _knowledge(ex: Exhibits, known: list[Answer]) -> Statement:
    if not known:
        return say("The date of first knowledge is not on file.", support=(ON_FILE,))
    first = min(str(answer.value) for answer in known)
    return say(
        f"First known on {day(first)}; what runs from that day is counted above, for counsel to check.",
        support=tuple(ref for answer in known for ref in ex.answer_ref(answer.event)),
    )


def _row(ex: Exhibits, one: KeyDate) -> Fixed:
    """One date as a row: what ends, how it was counted, what is on file."""
    if one.kind == "watched":
        text = sentence(spelled(one.title).rstrip(".") + _after(ex, one))
        why = say(text, support=ex.source_ref(one.id))
        return Fixed(on=_on(one), why=why, counted=one.counted + _known(ex, one), proof=_proof(why))
    # The answer it is counted from comes last among what it rests on, and first here.
    events = [str(item["event"]) for item in reversed(one.rests_on) if "event" in item]
    answers = [ref for event in events for ref in ex.answer_ref(event)]
    sources = [ref for item in one.authorities for ref in ex.source_ref(str(item["id"]))]
    support = tuple(dict.fromkeys([*answers, *sources])) or (ON_FILE,)
    why = say(one.title, _after(ex, one), ".", support=support)
    counted = one.counted or "; ".join(one.missing)
    return Fixed(on=_on(one), why=why, counted=counted, proof=_proof(why))


def _known(ex: Exhibits, one: KeyDate) -> str:
    """How the source of the day is known."""
    source = ex.inputs.law.authorities[one.id]
    return f"; {known(source.confirmed, source.read)}"


def _on(one: KeyDate) -> str:
    if one.kind == "period" or one.first == one.last or one.first is None:
        return one.on or "no date"
    # A month or a year somebody named is printed as named.
    whole = one.last is not None and one.first.month == one.last.month
    return day(one.first.isoformat()[: 7 if whole else 4])


def _after(ex: Exhibits, one: KeyDate) -> str:
    if _is_past(ex, one):
        return "; this date has passed; counsel" if one.kind == "period" else "; this day has passed"
    if one.state == "met":
        return "; an answer is on file"
    return "; before the planned start" if one.launch == "before" and not one.movable else ""


def _is_past(ex: Exhibits, one: KeyDate) -> bool:
    return one.state != "met" and one.last is not None and one.last < ex.inputs.as_of


def _proof(why: Statement) -> str:
    """The label of what comes first; of a legal source without its bracket, which names what it is about."""
    return _BRACKET.sub("", why.support[0].label) if why.support else ""

"""Dates that cannot be moved: days the law files watch for the findings, and days people named."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from duediligence.history import Answer
from duediligence.memo.exhibits import ON_FILE, Exhibits
from duediligence.memo.statement import Statement, say
from duediligence.memo.words import KNOWN, cut, day, plain, sentence, spelled

MOST = 6
NONE = "No such date found; the date of first knowledge is not on file."
_NAMED = {
    "use.asked-until": "Answer asked for by this day",
    "use.start": "Planned start of use",
    "letter.extended-until": "Reply announced for this day",
}
_LONG = 150


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

    def without_last(self) -> "Dates":
        """One row less, and counted as left out."""
        return replace(self, rows=self.rows[:-1], left_out=self.left_out + 1)


def dates(ex: Exhibits) -> Dates:
    """At most six dates in their order; the next ones go before those that have passed."""
    found = dict(sorted((*_watched(ex), *_named(ex)), key=lambda row: row[0]))
    today = ex.inputs.as_of.isoformat()
    ahead = [key for key in found if not _is_past(key[0], today)]
    kept = sorted([*ahead, *reversed([key for key in found if key not in ahead])][:MOST])
    known = [
        a for a in ex.inputs.record.answers.get(("matter.known-since", None), ()) if a.value != "unknown"
    ]
    none = "No such date found." if known else NONE
    return Dates(
        rows=tuple(found[key] for key in kept),
        none="" if found else none,
        knowledge=_knowledge(ex, known) if found or known else None,
        left_out=len(found) - len(kept),
    )


def _knowledge(ex: Exhibits, known: list[Answer]) -> Statement:
    if not known:
        return say("The date of first knowledge is not on file.", support=(ON_FILE,))
    first = min(str(answer.value) for answer in known)
    return say(
        f"First known on {day(first)}; the periods that run from that day are counted by counsel.",
        support=tuple(ref for answer in known for ref in ex.answer_ref(answer.event)),
    )


def _named(ex: Exhibits) -> Iterable[tuple[tuple[str, str], Fixed]]:
    for (question, about), answers in ex.inputs.record.answers.items():
        for answer in answers if question in _NAMED else ():
            if isinstance(answer.value, str) and answer.value[:1].isdigit():
                why = say(
                    _NAMED[question], _passed(ex, answer.value), ".", support=ex.answer_ref(answer.event)
                )
                key = (answer.value, f"{question}@{about}@{answer.event}")
                yield key, Fixed(on=day(answer.value), why=why, counted="as answered", proof=_proof(why))


def _watched(ex: Exhibits) -> Iterable[tuple[tuple[str, str], Fixed]]:
    cited = {
        str(item["id"])
        for finding in ex.inputs.findings.findings
        if finding.status != "not_applicable"
        for item in finding.authorities
    }
    for source in sorted(cited & set(ex.inputs.law.authorities)):
        authority = ex.inputs.law.authorities[source]
        for on, event in authority.watch:
            if on[:1].isdigit():
                text = cut(spelled(event), _LONG)
                why = say(sentence(text.rstrip(".") + _passed(ex, on)), support=ex.source_ref(source))
                known = KNOWN.get(authority.confirmed, plain(authority.confirmed))
                yield (
                    (on, event),
                    Fixed(on=day(on), why=why, counted=f"announced or set; {known}", proof=_proof(why)),
                )


def _proof(why: Statement) -> str:
    return cut(why.support[0].label, 60) if why.support else ""


def _passed(ex: Exhibits, on: str) -> str:
    return "; this day has passed" if _is_past(on, ex.inputs.as_of.isoformat()) else ""


def _is_past(on: str, today: str) -> bool:
    # A month or a year has passed when its last day has.
    return on + {4: "-12-31", 7: "-31"}.get(len(on), "") < today

"""Who prepared, reviewed and released an issued memo, and who took that back; told beside the memo."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duediligence.history import Record
from duediligence.ledger import ON_MEMOS
from duediligence.steps import steps
from duediligence.visible import visible_line

STEPS = ("prepared", "reviewed", "released")
"""What somebody can sign a memo as, in the order in which it is done."""


@dataclass(frozen=True, kw_only=True)
class TakenBack:
    """Who took a sign-off back, when and why."""

    says: str
    by: str
    at: str
    reason: str

    def to_json(self) -> dict[str, Any]:
        """The object under ``taken_back``."""
        return {"says": self.says, "by": self.by, "at": self.at, "reason": self.reason}


@dataclass(frozen=True, kw_only=True)
class Signature:
    """One sign-off."""

    step: str
    """One of `STEPS`."""

    says: str
    """Who prepared, reviewed or released it."""

    by: str
    """Who typed it."""

    at: str
    """When it was typed, UTC."""

    reason: str | None
    event: str
    """First eight digits of the event's digest."""

    taken_back: TakenBack | None = None

    def to_json(self) -> dict[str, Any]:
        """One row of ``signatures``."""
        told = {"as": self.step, "says": self.says, "by": self.by, "at": self.at, "reason": self.reason}
        return told | {"taken_back": self.taken_back.to_json() if self.taken_back else None}


def signatures(record: Record, memo: str) -> tuple[Signature, ...]:
    """Every sign-off of *memo*, step by step, then in the order of the record; unknown steps last."""
    back = {str(event["signed"]): event for event in record.unsigned if event["memo"] == memo}
    found = [
        Signature(
            step=str(event["as"]),
            says=_says(event),
            by=str(event["by"]),
            at=str(event["at"]),
            reason=event.get("reason"),
            event=str(event["sha256"])[:8],
            taken_back=_taken_back(back.get(str(event["sha256"])[:8])),
        )
        for event in record.signed
        if event["memo"] == memo
    ]
    return tuple(sorted(found, key=lambda one: STEPS.index(one.step) if one.step in STEPS else len(STEPS)))


def _says(event: Mapping[str, Any]) -> str:
    return str(event.get("says") or event["by"])


def _taken_back(event: Mapping[str, Any] | None) -> TakenBack | None:
    if event is None:
        return None
    by, at, reason = (str(event[key]) for key in ("by", "at", "reason"))
    return TakenBack(says=_says(event), by=by, at=at, reason=reason)


def standing(signed: Iterable[Signature]) -> tuple[Signature, ...]:
    """Those of *signed* that nobody took back."""
    return tuple(one for one in signed if one.taken_back is None)


def later_entries(events: Sequence[Mapping[str, Any]], memo: str) -> int:
    """How many of *events*, a record, *memo* does not know; memos and sign-offs are not counted."""
    seen = {str(one.get("sha256")): one.get("seen", ()) for one in events}
    known: set[str] = set()
    todo = [str(one["sha256"]) for one in events if (one.get("event"), one.get("memo")) == ("issued", memo)]
    while todo:
        digest = todo.pop()
        if digest not in known:
            known.add(digest)
            todo += [one for one in seen.get(digest, ()) if one in seen]
    rest = steps([one for one in events if str(one.get("sha256")) not in known], events)
    return sum(one.get("event") not in (*ON_MEMOS, "unsigned") for one in rest)


@dataclass(frozen=True, kw_only=True)
class SignedMemo:
    """An issued memo with its sign-offs."""

    memo: str
    signatures: tuple[Signature, ...]
    later: int
    """How many entries came to the record since the memo."""


def last_memo(record: Record) -> SignedMemo | None:
    """The memo that was issued last; ``None`` before the first."""
    if not record.issued:
        return None
    memo = str(record.issued[-1]["memo"])
    later = later_entries(record.chronology, memo)
    return SignedMemo(memo=memo, signatures=signatures(record, memo), later=later)


def told(signed: Sequence[Signature], day: Callable[[str], str]) -> Iterator[str]:
    """One line for each step: who, and when; a step nobody has taken says so. Then what was taken back.

    *day* words the day of a time, as people read it.
    """
    for step in STEPS:
        own = [one for one in signed if one.step == step]
        who = [_who(one, day) for one in standing(own)]
        nobody = f"{step}: by nobody {'any more' if own else 'yet'}"
        yield f"{step} by {'; '.join(who)}" if who else nobody
        for one in own:
            if one.taken_back is not None:
                reason = visible_line(one.taken_back.reason, 200)
                back = _who(one.taken_back, day)
                yield f"taken back by {back}: {step} by {_who(one, day)}. Reason: {reason}"


def _who(one: Signature | TakenBack, day: Callable[[str], str]) -> str:
    typed = f" (typed by {visible_line(one.by, 60)})" * (one.by != one.says)
    return f"{visible_line(one.says, 60)}, {day(one.at)}{typed}"


def last_signed(record: Record) -> str:
    """How far the last memo is signed, to put behind the number of memos; empty before anybody has signed."""
    last = last_memo(record)
    if last is None or not last.signatures:
        return ""
    signed = last.signatures
    names = {one.step: visible_line(one.says, 60) for one in standing(signed)}
    done = [f"{step} by {names[step]}" for step in STEPS if step in names]
    done += ["not released"] if "released" not in names else []
    back = {one.step for one in signed if one.taken_back and one.step not in names}
    done += [f"sign-off as {step} taken back" for step in STEPS if step in back]
    later = f"; {counted_later(last.later)}" if last.later else ""
    return f"; the last {', '.join(done)}{later}"


def counted_later(number: int) -> str:
    """``2 entries have come since``."""
    return f"{number} {'entry has' if number == 1 else 'entries have'} come since"

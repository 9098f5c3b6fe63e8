"""Who prepared, reviewed and released an issued memo: events of the record, told beside the memo."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from duediligence.errors import BadInputError
from duediligence.folder import CaseFolder
from duediligence.history import Record
from duediligence.visible import visible_line

STEPS = ("prepared", "reviewed", "released")
"""What somebody can sign a memo as, in the order in which it is done."""

_FILES = {"html": "memo.html", "json": "memo.json"}


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

    def to_json(self) -> dict[str, Any]:
        """One row of ``signatures``."""
        return {"as": self.step, "says": self.says, "by": self.by, "at": self.at, "reason": self.reason}


def fields(
    files: CaseFolder,
    record: Record,
    issued: Mapping[str, Any],
    step: str,
    *,
    says: str,
    by: str,
    reason: str | None,
) -> dict[str, Any]:
    """The fields of the event that signs the memo of the event *issued*.

    Raises:
        BadInputError: no such step, the same person has signed it as that, or its files are not as issued.
    """
    if step not in STEPS:
        raise BadInputError(f"A memo is signed as one of: {', '.join(STEPS)}. {step!r} is none of them.")
    memo = str(issued["memo"])
    if any(one.step == step and one.says == says for one in signatures(record, memo)):
        raise BadInputError(f"{says} has signed {memo} as {step} already.")
    for form, digest in issued["files"].items():
        path = files.memos / memo / _FILES.get(form, f"memo.{form}")
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise BadInputError(f"{path} is not as it was issued. It was NOT signed; restore it from a copy.")
    event = {"event": "signed", "memo": memo, "as": step, "files": dict(issued["files"])}
    return event | {"reason": reason, "says": says, "by": by}


def signatures(record: Record, memo: str) -> tuple[Signature, ...]:
    """Everybody who signed *memo*, step by step, then in the order of the record; unknown steps last."""
    found = [
        Signature(
            step=str(event["as"]),
            says=str(event.get("says") or event["by"]),
            by=str(event["by"]),
            at=str(event["at"]),
            reason=event.get("reason"),
        )
        for event in record.signed
        if event["memo"] == memo
    ]
    return tuple(sorted(found, key=lambda one: STEPS.index(one.step) if one.step in STEPS else len(STEPS)))


def told(signed: tuple[Signature, ...]) -> Iterator[str]:
    """One line for each step: who, and when; a step nobody has taken says so."""
    for step in STEPS:
        who = [
            f"{visible_line(one.says, 60)}, {one.at[:10]}"
            + (f" (typed by {visible_line(one.by, 60)})") * (one.by != one.says)
            for one in signed
            if one.step == step
        ]
        yield f"{step} by {'; '.join(who)}" if who else f"{step}: by nobody yet"


def last_signed(record: Record) -> str:
    """How far the last memo is signed, to put behind the number of memos; empty before anybody has signed."""
    if not record.issued:
        return ""
    signed = signatures(record, str(record.issued[-1]["memo"]))
    if not signed:
        return ""
    names = {one.step: visible_line(one.says, 60) for one in signed}
    done = [f"{step} by {names[step]}" for step in STEPS if step in names]
    return f"; the last {', '.join(done)}" + ("" if "released" in names else ", not released")

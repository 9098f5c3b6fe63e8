"""How a sign-off, and its taking back, come into the record."""

import hashlib
from collections.abc import Mapping
from typing import Any

from duediligence.errors import BadInputError
from duediligence.folder import CaseFolder
from duediligence.history import Record
from duediligence.signatures import STEPS, signatures, standing
from duediligence.visible import visible_line

_FILES = {"html": "memo.html", "json": "memo.json"}


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
    if any(one.step == step and one.says == says for one in standing(signatures(record, memo))):
        raise BadInputError(f"{says} has signed {memo} as {step} already.")
    for form, digest in issued["files"].items():
        path = files.memos / memo / _FILES.get(form, f"memo.{form}")
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise BadInputError(f"{path} is not as it was issued. It was NOT signed; restore it from a copy.")
    event = {"event": "signed", "memo": memo, "as": step, "files": dict(issued["files"])}
    return event | {"reason": reason, "says": says, "by": by}


def taking_back(
    record: Record,
    issued: Mapping[str, Any],
    step: str,
    *,
    whose: str | None,
    says: str,
    by: str,
    reason: str,
) -> dict[str, Any]:
    """The fields of the event that takes back a sign-off of a memo: that of *whose*, else of *says*.

    Raises:
        BadInputError: no such sign-off stands, or no reason is given.
    """
    memo = str(issued["memo"])
    if not reason.strip():
        raise BadInputError("Taking a sign-off back needs a reason: it stays in the record beside it.")
    there = [one for one in standing(signatures(record, memo)) if one.step == step]
    found = [one for one in there if one.says == (whose or says)]
    if not found:
        named = ", ".join(visible_line(one.says, 60) for one in there) or "nobody"
        raise BadInputError(
            f"{whose or says} has not signed {memo} as {step}; signed so by: {named}. Name whose sign-off "
            "is taken back: --of NAME"
        )
    event = {"event": "unsigned", "memo": memo, "as": step, "signed": found[0].event}
    return event | {"reason": reason, "says": says, "by": by}

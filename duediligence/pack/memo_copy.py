"""The memo in a pack: the files that were issued, or the memo made again without names and own words."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from duediligence.errors import BadInputError
from duediligence.folder import CaseFolder
from duediligence.memo.statement import each_text
from duediligence.pack.material import Material, read
from duediligence.surroundings import command


def issued_files(files: CaseFolder, issued: Mapping[str, Any]) -> dict[str, bytes]:
    """Name to bytes of every file of the memo in the event *issued*, exactly as it was issued.

    Raises:
        BadInputError: one is missing, or not as it was issued.
    """
    folder = files.memos / str(issued["memo"])
    found = {path.name: read(path) for path in sorted(folder.glob("memo.*")) if path.is_file()}
    known = {hashlib.sha256(data).hexdigest(): name for name, data in found.items()}
    if missing := [form for form, digest in issued["files"].items() if digest not in known]:
        raise BadInputError(
            f"{folder} does not hold the memo as it was issued ({missing[0]}). No pack was made; "
            f"see: {command()} verify {files.path}"
        )
    return {known[digest]: found[known[digest]] for digest in issued["files"].values()}


def without_people(made: Material) -> dict[str, bytes]:
    """The memo and its twin, made again from what the copy may show; it says that it is such a copy."""
    # The templates' language is slow to load and only needed here.
    from duediligence.memo import page, twin, view

    memo = each_text(view.build(made.shown), made.people.swept)
    memo = replace(memo, status=f"Copy without names of memo {made.issued.content['memo']}")
    told = _each(twin.twin(made.shown), made) | {"copy": "without names and words of people"}
    text = json.dumps(told, ensure_ascii=True, indent=1, allow_nan=False) + "\n"
    return {"memo.html": page.to_html(memo).encode(), "memo.json": text.encode()}


def _each(value: Any, made: Material) -> Any:
    if isinstance(value, str):
        return made.people.swept(value)
    if isinstance(value, Mapping):
        return {key: _each(one, made) for key, one in value.items()}
    return [_each(one, made) for one in value] if isinstance(value, tuple | list) else value

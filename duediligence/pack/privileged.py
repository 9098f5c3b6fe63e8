"""The second set of a file that a lawyer directs: what is kept for counsel, in a pack of its own."""

import json
from pathlib import Path

from duediligence.errors import BadInputError
from duediligence.folder import CaseFolder
from duediligence.memo import contents
from duediligence.memo.contents import Contents, Part
from duediligence.pack.each_file import each_file
from duediligence.pack.exhibits import slug
from duediligence.pack.material import read
from duediligence.pack.zipped import with_sums
from duediligence.surroundings import command

_NOT_OURS_TO_SAY = (
    "Whether anything here is protected is for that lawyer to say; no heading makes it so. Nothing of it "
    "is in the record of the case, in a memo, or in the set of facts."
)


def pack(files: CaseFolder, counsel: str | None) -> dict[str, bytes]:
    """Path to bytes of everything kept for *counsel* in the case.

    Raises:
        BadInputError: no lawyer directs the case, or nothing is kept for one.
    """
    if counsel is None:
        raise BadInputError(
            f"No lawyer directs {files.path}, so it has no set of privileged material. Open a case that one "
            f"directs: {command()} new CASE REPO --counsel NAME"
        )
    kept = [path for path in sorted(files.privileged.rglob("*")) if path.is_file() or path.is_symlink()]
    if not kept:
        raise BadInputError(f"{files.privileged} holds nothing; no set of privileged material was made.")
    notes = {_name(i, path, files.privileged): read(path) for i, path in enumerate(kept, 1)}
    page = _page(counsel, {name: path for name, path in zip(notes, kept, strict=True)})
    told = {"schema": 1, "set": "privileged", "files": sorted(notes)}
    out = {f"notes/{name}": data for name, data in notes.items()}
    out["contents.html"] = contents.to_html(page).encode()
    out["contents.txt"] = contents.to_text(page).encode()
    out["contents.json"] = (json.dumps(told, ensure_ascii=True, indent=1) + "\n").encode()
    return with_sums(out)


def _name(number: int, path: Path, folder: Path) -> str:
    return f"P{number}-{slug(path.relative_to(folder).as_posix())}"


def _page(counsel: str, notes: dict[str, Path]) -> Contents:
    kept = tuple(Part(path=f"notes/{name}", what=f"kept as {path.name}") for name, path in notes.items())
    return Contents(
        title="For counsel",
        about=f"For {counsel}, who directs the file.",
        lines=(_NOT_OURS_TO_SAY,),
        parts=(*kept, *each_file((), (), {})),
        checks=("sha256sum -c SHA256SUMS",),
    )

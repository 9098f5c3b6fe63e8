"""What becomes of a file that is there already: the one place that decides it, on hold and otherwise."""

from pathlib import Path

from duediligence import ledger
from duediligence.errors import BadInputError, NotSavedError
from duediligence.history import Record, fold
from duediligence.written_in import written_in

_RECORD = ("ledger", "captures", "memos", "law", "attachments", "privileged")
"""Folders of a case that hold its record; nothing a person names goes there."""

_KEPT = "kept"


def write(path: Path, data: bytes, *, held: bool = False) -> str:
    """Put *data* at *path*, a file somebody named or a preview; gives the sentence to say, mostly none.

    What only this program writes is made anew over what was there. A file that people write in, a form or a
    Word file, is replaced only as long as nobody has. While everything is to be kept (*held*, or the case
    that *path* lies in is on hold), what was there is put aside first, and the sentence says where it is.

    Raises:
        BadInputError: *path* lies in the record of a case, or somebody has written in it.
        NotSavedError: the disk refused; what was there is there.
    """
    place = path.resolve()
    record = _refuse_in_record(path, place)
    if place.is_file() and place.read_bytes() == data:
        return ""
    if place.is_file() and written_in(place.read_bytes()):
        raise BadInputError(
            f"{path} is there, and somebody has written in it since it was made. It was left as it is and "
            "nothing was written; name another file, or move that one."
        )
    aside = put_aside(place) if held or (record and record.held) else None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists() and not place.is_file() and not place.is_dir():
            # A pipe or a terminal is written to, not replaced.
            place.write_bytes(data)
        else:
            ledger.write_whole(place, data)
    except OSError as error:
        raise NotSavedError(f"{path} cannot be written ({error.strerror}). Name another file.") from error
    return f"{path} was there and the case is on hold: what it held is kept as {aside}." if aside else ""


def drop(path: Path, *, held: bool) -> None:
    """Delete *path*, if it is there; put it aside while everything is to be kept.

    Raises:
        NotSavedError: the disk refused; it is where it was.
    """
    if held:
        put_aside(path)
    else:
        path.unlink(missing_ok=True)


def put_aside(path: Path) -> Path | None:
    """Move the file *path*, if it is there, into ``kept/`` beside it, under a name nothing there has.

    Gives where it is now.

    Raises:
        NotSavedError: the disk refused; it is where it was.
    """
    if not path.is_file():
        return None
    kept = path.parent / _KEPT
    try:
        kept.mkdir(exist_ok=True)
        number = 1 + sum(1 for _ in kept.iterdir())
        while (aside := kept / f"{number:06}-{path.name}").exists():
            number += 1
        path.rename(aside)
    except OSError as error:
        raise NotSavedError(
            f"{path} could not be put aside ({error.strerror}). It is where it was."
        ) from error
    return aside


def _refuse_in_record(path: Path, place: Path) -> Record | None:
    """The record of the case that *place* lies in, if it lies in one."""
    for folder in place.parents:
        if not (folder / "ledger").is_dir():
            continue
        record = fold(ledger.read(folder / "ledger"))
        if not record.opened:
            continue
        if place.relative_to(folder).parts[0] in _RECORD:
            raise BadInputError(
                f"{path} lies in the record of the case in {folder}, where nothing is overwritten. "
                "Nothing was written; name a file elsewhere."
            )
        return record
    return None

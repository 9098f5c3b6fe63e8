"""Files that answers rest on: in a copy only when somebody chose it, else told by their digests."""

import hashlib
from dataclasses import dataclass

from duediligence.errors import BadInputError
from duediligence.folder import CaseFolder
from duediligence.history import Record, attached_to
from duediligence.pack.choice import Choice
from duediligence.pack.exhibits import slug
from duediligence.pack.material import read
from duediligence.pack.zipped import is_safe
from duediligence.surroundings import command

FOLDER = "record/attachments"


@dataclass(frozen=True, kw_only=True)
class Attached:
    """One file that answers rest on."""

    begins: str
    """First eight digits of its SHA-256, as its name in the case has them."""

    file: str = ""
    """Path in the copy; empty when it is left out."""

    data: bytes = b""

    @property
    def sha256(self) -> str | None:
        """Its whole digest; ``None`` when it is left out."""
        return hashlib.sha256(self.data).hexdigest() if self.file else None


def attached(files: CaseFolder, record: Record, choice: Choice) -> tuple[Attached, ...]:
    """Every file that an answer of *record* rests on, whether it still stands or not.

    Raises:
        BadInputError: one that goes along is missing or altered; no pack is made.
    """
    return tuple(_one(files, name, choice) for name in attached_to(record.chronology))


def _one(files: CaseFolder, name: str, choice: Choice) -> Attached:
    own = name.partition("/")[2]
    begins, _, given = own.partition("-")
    if not choice.attachments:
        return Attached(begins=begins)
    path = files.attachments / own
    data = read(path)
    if not hashlib.sha256(data).hexdigest().startswith(begins):
        raise BadInputError(
            f"{path} is not what was attached. No pack was made; see: {command()} verify {files.path}"
        )
    # A name may be a person's words, or in letters that not every system takes.
    plain = f"{begins}-{slug(given) if choice.names else 'attachment'}"
    kept = own if choice.names and is_safe(f"{FOLDER}/{own}") else plain
    return Attached(begins=begins, file=f"{FOLDER}/{kept}", data=data)

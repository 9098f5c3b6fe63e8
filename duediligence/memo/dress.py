"""A firm's own template and letterhead: what the page of a memo wears, and nothing of what it says."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duediligence.errors import BadInputError

_LARGEST = 2 << 20
_IMAGES = {
    ".png": ("image/png", b"\x89PNG"),
    ".jpg": ("image/jpeg", b"\xff\xd8"),
    ".jpeg": ("image/jpeg", b"\xff\xd8"),
}


@dataclass(frozen=True, kw_only=True)
class Dress:
    """How a copy of the memo is dressed; it is trusted, for it comes from the firm that sends the memo."""

    template: Path | None = None
    """A folder of nbconvert that overrides or extends ours."""

    letterhead: Mapping[str, Any] | None = None
    """``image``, an address with the data in it, or ``lines`` of text."""

    @property
    def resources(self) -> Mapping[str, Any]:
        """What a template is given beside the memo."""
        return {"letterhead": self.letterhead} if self.letterhead else {}


def read_dress(template: Path | None, letterhead: Path | None) -> Dress | None:
    """The dress of a template folder and a letterhead, a PNG, a JPEG or a text; ``None`` without either.

    Raises:
        BadInputError: the folder is none, or the letterhead cannot be used.
    """
    if template is None and letterhead is None:
        return None
    if template is not None and not template.is_dir():
        raise BadInputError(f"{template} is no folder. Name the folder that holds the firm's template.")
    return Dress(
        template=template.absolute() if template else None,
        letterhead=_letterhead(letterhead) if letterhead else None,
    )


def _letterhead(path: Path) -> Mapping[str, Any]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > _LARGEST:
        raise BadInputError(f"{path} is larger than 2 MB; make the letterhead smaller.")
    kind, begins = _IMAGES.get(path.suffix.lower(), ("", b""))
    if kind:
        if not data.startswith(begins):
            raise BadInputError(f"{path} is no {path.suffix.lower()[1:].upper()} image.")
        return {"image": f"data:{kind};base64,{base64.b64encode(data).decode()}"}
    try:
        return {"lines": [line.strip() for line in data.decode("utf-8-sig").strip().splitlines()]}
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path} is neither a PNG, a JPEG nor a text in UTF-8.") from error


__all__ = ["Dress", "read_dress"]

"""Whether somebody has written in a file since this program made it: such a file is not made anew over it."""

import hashlib
import io
import re
import zipfile

_FORM = re.compile(rb"^for:", re.MULTILINE)
_MARK = "# As it was written: "
_TIMES = re.compile(rb"<dcterms:(created|modified)\b[^>]*>([^<]*)<")


def marked(form: str) -> str:
    """*form*, the text of a form to fill in, with a last line by which a change in it is known."""
    return f"{form}{_MARK}{_digits(form.encode())}\n"


def written_in(data: bytes) -> bool:
    """Whether *data* is a form or a Word file that is not as this program made it.

    A form without the line of `marked` counts as written in: an answer is worth more than a free name.
    """
    if data.startswith(b"PK"):
        return _edited(data)
    form, _, mark = data.rpartition(_MARK.encode())
    return bool(_FORM.search(data)) and mark.decode("latin-1") != f"{_digits(form)}\n"


def _digits(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _edited(data: bytes) -> bool:
    """Whether a Word file was saved by another program: each puts the time of saving into it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if "word/document.xml" not in packed.namelist():
                return False
            times = dict(_TIMES.findall(packed.read("docProps/core.xml")))
    except (zipfile.BadZipFile, KeyError, OSError):
        # No whole Word file: nobody can have written in it since.
        return False
    return times.get(b"created") != times.get(b"modified")

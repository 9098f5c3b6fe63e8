"""The memo for Word and LibreOffice: headings, tables, footnotes, pictures and fields to be edited."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from duediligence.errors import BadInputError, how_to_install
from duediligence.memo.blocks import Block, Paragraph
from duediligence.memo.word_body import Body
from duediligence.memo.word_notes import Notes, notes_part
from duediligence.memo.word_styles import set_styles

if TYPE_CHECKING:
    from docx.document import Document

MISSING = f"A memo for Word needs python-docx. {how_to_install('docx')}"
_NOT_OURS = ("thumbnail", "stylesWithEffects", "customXml")
"""Parts of the library's empty document that say nothing of a memo."""


@dataclass(frozen=True, kw_only=True)
class Head:
    """What stands on every page, and in the properties of the file."""

    title: str
    status: str
    """``Draft`` until it is issued."""

    law: str
    at: datetime
    """The time the file gives as its own: the day of the law, not that of a clock."""


def to_docx(blocks: Iterable[Block], head: Head) -> bytes:
    """The file; equal blocks and heads give equal bytes.

    Raises:
        BadInputError: python-docx is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise BadInputError(MISSING) from error
    document = docx.Document()
    set_styles(document)
    listed = tuple(blocks)
    notes = Notes(one for one in listed if isinstance(one, Paragraph))
    Body(document, notes).write(listed)
    notes_part(document, notes)
    _sheet(document, head)
    _properties(document, head)
    return _packed(document)


def _sheet(document: "Document", head: Head) -> None:
    """A4, the running head but on the first page, and the number of each page."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(21), Mm(19)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    mark = f"{head.status} · " if head.status else ""
    _line(section.header.paragraphs[0], f"{mark}{head.title}", head.law)
    _line(section.first_page_header.paragraphs[0], "", head.status)
    for footer in (section.footer, section.first_page_footer):
        _line(footer.paragraphs[0], "", "Page ", "PAGE", " of ", "NUMPAGES")


def _line(paragraph: Any, left: str, *right: str) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    paragraph.paragraph_format.tab_stops.clear_all()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{left}\t")
    for part in right:
        if part.isupper() and part.isalpha():
            _field(paragraph, part)
        else:
            paragraph.add_run(part)


def _field(paragraph: Any, name: str) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    field.append(run._r)
    paragraph._p.append(field)


def _properties(document: "Document", head: Head) -> None:
    about = document.core_properties
    about.title, about.author, about.last_modified_by, about.comments = head.title, "", "", ""
    about.created = about.modified = datetime.combine(head.at.date(), time())
    about.revision, about.language = 1, "en-GB"


def _packed(document: "Document") -> bytes:
    """The parts in a fixed order, without a time, and not compressed: the same on every computer."""
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, one in rels.items() if one.reltype.rpartition("/")[2] in _NOT_OURS]:
            rels.pop(key)
    written = io.BytesIO()
    document.save(written)
    out = io.BytesIO()
    with zipfile.ZipFile(written) as made, zipfile.ZipFile(out, "w") as kept:
        for name in sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            kept.writestr(zipfile.ZipInfo(name), made.read(name))
    return out.getvalue()


__all__ = ["Head", "to_docx"]

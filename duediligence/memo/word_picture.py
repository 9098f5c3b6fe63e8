"""Pictures of the Word memo: drawn ones as metafiles, images as they are, each also told in words."""

import base64
import re
from typing import TYPE_CHECKING, Any

from duediligence.errors import BadInputError
from duediligence.memo.blocks import Picture
from duediligence.memo.emf import to_emf
from duediligence.memo.word_xml import WIDE

if TYPE_CHECKING:
    from docx.document import Document

_TALL = 225
"""Millimetres of height a picture may have."""

_EMU = 36_000
"""Of a millimetre."""


def picture_element(document: "Document", one: Picture, number: int) -> Any:
    """The drawing of *one*, the *number*-th of *document*, with its data as a part of the file.

    Raises:
        BadInputError: it is an image that does not stand in the page, as a template may bring.
    """
    if one.drawn is not None:
        data, kind, ending = to_emf(one.drawn), "image/x-emf", "emf"
        sizes = [float(part) * 25.4 / 96 for part in one.drawn.attributes["viewbox"].split()[2:]]
    else:
        data, kind, ending, sizes = _image(one.image)
    scale = min(1.0, WIDE / sizes[0], _TALL / sizes[1])
    across, down = (round(size * scale * _EMU) for size in sizes)
    return _drawing(_part(document, data, kind, f"picture{number}.{ending}"), number, one.title, across, down)


def _part(document: "Document", data: bytes, kind: str, name: str) -> str:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    part = Part(PackURI(f"/word/media/{name}"), kind, data, document.part.package)
    return str(document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE))


def _image(address: str) -> tuple[bytes, str, str, list[float]]:
    """The data, kind, ending and size in millimetres of an image that stands in the page."""
    from docx.image.image import Image

    found = re.fullmatch(r"data:(image/(png|jpeg));base64,([A-Za-z0-9+/=]+)", address)
    if not found:
        raise BadInputError("A template holds an image that Word cannot take: give it as PNG or JPEG data.")
    data = base64.b64decode(found[3])
    image = Image.from_blob(data)
    return data, found[1], found[2], [image.width.mm, image.height.mm]


def _drawing(id: str, number: int, title: str, across: int, down: int) -> Any:
    """A picture in the line, with words for who cannot see it."""
    from docx.oxml.parser import parse_xml

    made = parse_xml(_DRAWING)
    for extent in made.xpath(".//wp:extent | .//a:ext"):
        extent.set("cx", str(across))
        extent.set("cy", str(down))
    for named in made.xpath(".//wp:docPr | .//pic:cNvPr"):
        named.set("id", str(number))
        named.set("name", f"Picture {number}")
        named.set("descr", title)
    from docx.oxml.ns import qn

    made.xpath(".//a:blip")[0].set(qn("r:embed"), id)
    return made


_DRAWING = """\
<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
><wp:inline><wp:extent cx="0" cy="0"/><wp:docPr id="0" name=""/><a:graphic
><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"
><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name=""/><pic:cNvPicPr/></pic:nvPicPr
><pic:blipFill><a:blip/><a:stretch><a:fillRect/></a:stretch></pic:blipFill
><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm
><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline
></w:drawing>"""


__all__ = ["picture_element"]

"""How the memo looks in Word: its built-in styles, dark on white, and a few of its own."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

FACE = "Times New Roman"
"""A face of one width on every system: its free stand-ins take the same room."""

CODE = "Courier New"
SOFT = "55555C"

# Name, size in points, bold, space before and after in points.
_HEADINGS = (
    ("Title", 17, True, 0, 4),
    ("Heading 1", 14, True, 18, 6),
    ("Heading 2", 11.5, True, 12, 4),
    ("Heading 3", 10.5, True, 9, 3),
    ("Heading 4", 10, True, 7, 2),
    ("Heading 5", 10, True, 6, 2),
)
SMALL = "Memo Small"
TERM = "Memo Description"
STATUS = "Memo Status"
CELL = "Memo Cell"


def set_styles(document: "Document") -> None:
    """Set the styles of *document*; every paragraph and run takes its look from one of them."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt, RGBColor

    styles = document.styles
    for one in [one for one in styles if one.type == WD_STYLE_TYPE.TABLE and one.name != "Normal Table"]:
        one.delete()
    normal = styles["Normal"]
    _face(normal, FACE, 10)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(4), 1.08
    normal.paragraph_format.widow_control = True
    for name, size, bold, before, after in _HEADINGS:
        style = styles[name]
        _face(style, FACE, size)
        style.font.bold, style.font.italic = bold, False
        style.font.color.rgb = RGBColor(0x16, 0x16, 0x1A)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
        _no_rule(style)
    for name in ("List Bullet", "List Number", "Caption", "Header", "Footer"):
        _face(styles[name], FACE, 10 if name.startswith("List") else 8.5)
    styles["Caption"].font.bold, styles["Caption"].font.color.rgb = True, RGBColor(0x16, 0x16, 0x1A)
    styles["Caption"].paragraph_format.keep_with_next = True
    for name in ("Header", "Footer"):
        styles[name].paragraph_format.tab_stops.clear_all()
        styles[name].font.color.rgb = RGBColor.from_string(SOFT)
    for name in ("List Bullet", "List Number"):
        styles[name].paragraph_format.space_after = Pt(2)
    made = {
        name: styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        for name in (SMALL, TERM, STATUS, CELL, "footnote text")
    }
    for style in made.values():
        style.base_style = normal
    for name in (SMALL, "footnote text"):
        made[name].font.size = Pt(8.5)
        made[name].paragraph_format.space_after = Pt(2)
    made[SMALL].font.color.rgb = RGBColor.from_string(SOFT)
    made[CELL].font.size, made[CELL].paragraph_format.space_after = Pt(9), Pt(1)
    term = made[TERM].paragraph_format
    term.left_indent, term.first_line_indent, term.space_after = Mm(36), Mm(-36), Pt(2)
    term.tab_stops.add_tab_stop(Mm(36))
    made[STATUS].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made[STATUS].font.bold = True
    mark = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.font.superscript = True


def _face(style: Any, face: str, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = face, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)
    for key in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{key}"), face)


def _no_rule(style: Any) -> None:
    """Word's own title has a line below it."""
    from docx.oxml.ns import qn

    for rule in style.element.findall(f".//{qn('w:pBdr')}"):
        rule.getparent().remove(rule)


__all__ = ["set_styles"]

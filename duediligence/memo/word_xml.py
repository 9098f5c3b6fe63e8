"""Small pieces of WordprocessingML: an element, a run of text, a link; the library escapes every text."""

from collections.abc import Mapping
from typing import Any

WIDE = 170
"""Millimetres of text between the margins."""


def element(name: str, attributes: Mapping[str, str], *children: Any) -> Any:
    """An element such as ``w:p`` with attributes such as ``w:val``; a list stands for its items."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key) if ":" in key else key, value)
    for child in children:
        made.extend(child) if isinstance(child, list) else made.append(child)
    return made


def text_run(text: str, *properties: Any) -> Any:
    """A run of *text*; a line feed in it is a new line."""
    run = element("w:r", {}, *([element("w:rPr", {}, *properties)] if properties else []))
    for i, line in enumerate(text.split("\n")):
        if i:
            run.append(element("w:br", {}))
        words = element("w:t", {"xml:space": "preserve"})
        words.text = line
        run.append(words)
    return run


def hyperlink(run: Any, anchor: str) -> Any:
    """*run* as a link to a place of the document."""
    return element("w:hyperlink", {"w:anchor": bookmark(anchor), "w:history": "1"}, run)


def bookmark(anchor: str) -> str:
    """An anchor of the page as a name of a bookmark."""
    # A name of a bookmark begins with a letter, holds no hyphen, and has at most 40 signs.
    return "to_" + "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in anchor)[:37]


__all__ = ["WIDE", "bookmark", "element", "hyperlink", "text_run"]

"""What the templates of a memo are written with: escaping always on, and filters of ours."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from duediligence.memo.picture import to_svg
from duediligence.memo.timeline_svg import timeline_svg

TEMPLATES = Path(__file__).parent / "templates"
KEY = "counsel_memo"
"""The folder of the memo's own template, and where a notebook carries the view of a memo in its metadata."""

_PRINTED = ("finding", "evidence", "answer", "searched")
"""Kinds of references to what is on file."""

INDEX = "index.html.j2"
"""The template of a page."""


def equipped(environment: Environment) -> Environment:
    """*environment* with what the memo's templates rest on; every text of others arrives as text."""
    environment.autoescape = True
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters["web"] = web_address
    environment.filters["css_text"] = css_text
    environment.filters["on_file"] = on_file
    environment.filters["svg"] = to_svg
    environment.filters["timeline_svg"] = timeline_svg
    return environment


def on_file(support: Iterable[Any]) -> list[Any]:
    """Those of the references in *support* that are printed behind a sentence; legal sources stand in it."""
    return [ref for ref in support if ref.label and ref.kind in _PRINTED]


def web_address(address: object) -> str:
    """*address* when it is one of the web, else nothing: no other scheme becomes a link."""
    text = str(address)
    plain = text.isascii() and text.isprintable() and " " not in text
    return text if plain and text.startswith(("https://", "http://")) else ""


def css_text(text: object) -> Markup:
    """*text* for a string in the style sheet: all but ASCII letters and digits as escapes."""
    escaped = "".join(
        sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} " for sign in str(text)
    )
    return Markup(escaped)  # nothing but letters, digits, spaces and backslashes is left

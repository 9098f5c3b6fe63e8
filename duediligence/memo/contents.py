"""What somebody reads first who opens a pack: what is in it, what is not, who signed, how to check it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from duediligence.memo.statement import each_text
from duediligence.visible import visible_line

_TEMPLATES = Path(__file__).parent / "templates" / "contents"
_WIDTH = 1000


@dataclass(frozen=True, kw_only=True)
class Part:
    """One file or folder of the pack."""

    path: str
    what: str
    opens: bool = True
    """Whether a reader opens it with a click."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One exhibit."""

    number: str
    what: str
    file: str
    """Its path in the pack; empty when it is left out."""

    why: str
    """Why it is left out."""

    address: str
    revision: str
    received: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Contents:
    """Everything on the contents page."""

    title: str
    about: str
    """What the pack is about: the repository, as people write it."""

    lines: tuple[str, ...]
    """Which memo, issued when, law as of when; what a reader must know before anything else."""

    signed: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    exhibits: tuple[Listed, ...] = ()
    left_out: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    """Commands to type in the folder."""

    every: tuple[Part, ...] = ()
    """Every file of the pack."""


def to_html(contents: Contents) -> str:
    """*contents* as a page without script that loads nothing; every text of others arrives as text."""
    # The template's language is slow to load and only needed here.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template("contents.html.j2").render(page=_printed(contents))


def to_text(contents: Contents) -> str:
    """*contents* as plain text."""
    return "\n".join(_lines(_printed(contents))) + "\n"


def _printed(contents: Contents) -> Contents:
    printed: Contents = each_text(contents, lambda text: visible_line(text, _WIDTH))
    return printed


def _lines(page: Contents) -> Iterator[str]:
    yield from (page.title, page.about, "", *page.lines)
    if page.signed:
        yield from ("", "Signed", *(f"  {line}" for line in page.signed))
    yield from ("", "In this pack", *(f"  {part.path}: {part.what}" for part in page.parts))
    if page.left_out:
        yield from ("", "Left out of this copy", *(f"  {line}" for line in page.left_out))
    if page.exhibits:
        yield from ("", "Exhibits")
    for one in page.exhibits:
        yield f"  {one.number}  {one.what}"
        yield f"      {one.file or f'left out: {one.why}'}"
        yield f"      {one.address}"
        yield f"      revision {one.revision}, received {one.received}"
        yield f"      SHA-256 {one.sha256}"
    yield from ("", "Check it in this folder", *(f"  {line}" for line in page.checks))
    if page.every:
        yield from ("", "Every file", *(f"  {part.path}: {part.what}" for part in page.every))

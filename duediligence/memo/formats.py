"""Which forms a memo can take, and how each is made from its page."""

from datetime import datetime, time

from duediligence.memo.blocks import Block, blocks
from duediligence.memo.elements import read_page
from duediligence.memo.inputs import MemoInputs
from duediligence.memo.words import on_day
from duediligence.repo import shown
from duediligence.visible import visible_line

FORMS = ("html", "json", "docx", "pdf", "md")
"""The page, its machine-readable twin, and what is made from the page."""


def from_page(form: str, html: str, inputs: MemoInputs) -> bytes:
    """The page as ``docx``, ``pdf`` or ``md``: whatever stands in it stands in them.

    Raises:
        BadInputError: what makes that form is not installed.
        NotSavedError: the browser printed nothing.
    """
    if form == "pdf":
        from duediligence.memo.printed import to_pdf

        return to_pdf(html, inputs.as_of)
    if form == "md":
        from duediligence.memo.markdown import to_markdown

        return to_markdown(_blocks(html)).encode()
    from duediligence.memo.word import Head, to_docx

    head = Head(
        title=f"Memo for counsel · {visible_line(shown(inputs.repo), 90)}",
        status="Draft" if inputs.draft else "",
        law=f"Law as of {on_day(inputs.as_of)}",
        at=datetime.combine(inputs.as_of, time()),
    )
    return to_docx(_blocks(html), head)


def _blocks(html: str) -> tuple[Block, ...]:
    return blocks(read_page(html))


__all__ = ["FORMS", "from_page"]

"""The memo as one HTML page: no script, nothing loaded, every text of others arriving as text."""

from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError
from markupsafe import Markup
from nbconvert.exporters.html import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from nbformat.v4 import nbformat, nbformat_minor
from traitlets import default
from traitlets.config import Config

from duediligence.errors import BadInputError
from duediligence.memo.dress import Dress
from duediligence.memo.picture import to_svg
from duediligence.memo.timeline_svg import timeline_svg
from duediligence.memo.view import Memo

_TEMPLATES = Path(__file__).parent / "templates"
_KEY = "counsel_memo"
"""Where a notebook carries the view of a memo, in its metadata."""

_NOTE = (
    "This notebook carries a memo for counsel in its metadata. "
    "Turn it into a page with: jupyter nbconvert --to counsel-memo FILE"
)


class MemoExporter(HTMLExporter):
    """Turns a notebook that carries a memo into its page; any other notebook is shown as plain text.

    Only the template, the style sheet and the view make the page: no preprocessor, no Markdown, no HTML of
    a cell or an output, and nothing nbconvert would load from elsewhere.
    """

    export_from_notebook = "Counsel memo"

    @default("template_name")
    def _default_template_name(self) -> str:
        return _KEY

    @default("template_file")
    def _default_template_file(self) -> str:
        return "index.html.j2"

    @default("extra_template_basedirs")
    def _default_template_folders(self) -> list[str]:
        return [str(_TEMPLATES)]

    @default("extra_template_paths")
    def _default_template_paths(self) -> list[str]:
        # What a firm's own template leaves out is ours, and it can extend `counsel_memo/index.html.j2`.
        return [str(_TEMPLATES / _KEY), str(_TEMPLATES)]

    @default("default_preprocessors")
    def _no_preprocessors(self) -> list[str]:
        return []

    @property
    def default_config(self) -> Config:
        """Nothing: the preprocessors nbconvert switches on are not there."""
        return Config()

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.autoescape = True
        environment.trim_blocks = environment.lstrip_blocks = True
        environment.filters["web"] = web_address
        environment.filters["css_text"] = css_text
        environment.filters["svg"] = to_svg
        environment.filters["timeline_svg"] = timeline_svg
        return environment

    def from_notebook_node(  # type: ignore[override]  # as HTMLExporter's: text instead of a notebook
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page for *nb*, and nbconvert's resources."""
        # Not HTMLExporter's own: it parses the finished page and writes it anew.
        page, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        return page, resources


def to_html(memo: Memo, dress: Dress | None = None) -> str:
    """The page of *memo*, in a firm's own *dress* if it has one; equal memos and dresses give the same text.

    Raises:
        BadInputError: the firm's template cannot be used; says why.
    """
    dress = dress or Dress()
    letterhead = {"letterhead": dress.letterhead} if dress.letterhead else {}
    try:
        page, _ = _exporter(dress.template).from_notebook_node(_held(memo), resources=dict(letterhead))
    except TemplateError as error:
        if dress.template is None:
            raise
        line = getattr(error, "lineno", None)
        where = f", line {line}" if line else ""
        raise BadInputError(f"The template in {dress.template} cannot be used: {error}{where}.") from error
    return str(page)


@cache
def _exporter(template: Path | None = None) -> MemoExporter:
    # Its templates are compiled once; nothing of a memo stays in it.
    if template is None:
        return MemoExporter()  # type: ignore[no-untyped-call]
    folders = [str(template.parent), str(_TEMPLATES)]
    made: MemoExporter = MemoExporter(  # type: ignore[no-untyped-call]
        template_name=template.name, extra_template_basedirs=folders
    )
    return made


def as_notebook(memo: Memo) -> NotebookNode:
    """A notebook without code that carries *memo*; no kernel is needed to read it."""
    return _carrying(_plain(memo))


def _held(memo: Memo) -> NotebookNode:
    """The same for a page made at once: the view as it is, not written out."""
    parts = {field.name: getattr(memo, field.name) for field in fields(memo)}
    return _carrying(_View(parts))  # type: ignore[no-untyped-call]


def _carrying(view: Any) -> NotebookNode:
    # Put together by hand: nbformat's own functions would give the cell an id by chance.
    cell = _node(cell_type="markdown", id="memo", metadata=_node(), source=_NOTE)
    return _node(
        nbformat=nbformat,
        nbformat_minor=nbformat_minor,
        metadata=_node(**{_KEY: view}),
        cells=[cell],
    )


def _node(**fields: Any) -> NotebookNode:
    node: NotebookNode = NotebookNode(fields)  # type: ignore[no-untyped-call]
    return node


class _View(NotebookNode):
    """The view in a notebook; nbconvert copies what it is given twice, and nothing changes this."""

    def __deepcopy__(self, memo: object) -> "_View":
        return self


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _node(**{field.name: _plain(getattr(value, field.name)) for field in fields(value)})
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


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


__all__ = ["MemoExporter", "as_notebook", "to_html"]

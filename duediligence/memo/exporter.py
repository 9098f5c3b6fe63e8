"""The door for nbconvert: a notebook that carries a memo becomes its page, also in a firm's own template."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError
from nbconvert.exporters.html import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from nbformat.v4 import nbformat, nbformat_minor
from traitlets import default
from traitlets.config import Config

from duediligence.errors import BadInputError
from duediligence.memo.environment import INDEX, KEY, TEMPLATES, equipped
from duediligence.memo.view import Memo

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
        return KEY

    @default("template_file")
    def _default_template_file(self) -> str:
        return INDEX

    @default("extra_template_basedirs")
    def _default_template_folders(self) -> list[str]:
        return [str(TEMPLATES)]

    @default("extra_template_paths")
    def _default_template_paths(self) -> list[str]:
        # What a firm's own template leaves out is ours, and it can extend `counsel_memo/index.html.j2`.
        return [str(TEMPLATES / KEY), str(TEMPLATES)]

    @default("default_preprocessors")
    def _no_preprocessors(self) -> list[str]:
        return []

    @property
    def default_config(self) -> Config:
        """Nothing: the preprocessors nbconvert switches on are not there."""
        return Config()

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        return equipped(environment)

    def from_notebook_node(  # type: ignore[override]  # as HTMLExporter's: text instead of a notebook
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page for *nb*, and nbconvert's resources."""
        # Not HTMLExporter's own: it parses the finished page and writes it anew.
        page, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        return page, resources


def in_template(memo: Memo, template: Path, resources: Mapping[str, Any]) -> str:
    """The page of *memo* in a firm's own template, a folder in nbconvert's way.

    Raises:
        BadInputError: the template cannot be used; says why.
    """
    try:
        page, _ = _exporter(template).from_notebook_node(_held(memo), resources=dict(resources))
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f", line {line}" if line else ""
        raise BadInputError(f"The template in {template} cannot be used: {error}{where}.") from error
    return str(page)


@cache
def _exporter(template: Path) -> MemoExporter:
    # Its templates are compiled once; nothing of a memo stays in it.
    folders = [str(template.parent), str(TEMPLATES)]
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
        metadata=_node(**{KEY: view}),
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

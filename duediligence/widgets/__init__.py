"""What a notebook shows: each value of a case as a screen, while a kernel runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duediligence.widgets.screen import Part

_PLAIN = "{name}: shown when this cell runs in JupyterLab; elsewhere print it."


def install() -> None:
    """Let IPython show the values of a case as screens; does nothing outside a kernel."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is None or shell.display_formatter is None:
        return
    bundles = shell.display_formatter.mimebundle_formatter
    for kind, part in _parts().items():
        bundles.for_type(kind, _shown_as(part))


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A function that shows one line below the cell, rewritten with each step and gone at the end."""
    from IPython.display import display

    from duediligence.visible import visible_line

    line: Any = display({"text/plain": "Looking at the Hub …"}, raw=True, display_id=True)  # type: ignore[no-untyped-call]
    try:
        yield lambda text: line.update({"text/plain": visible_line(text, 110)}, raw=True)
    finally:
        line.update({"text/plain": ""}, raw=True)


def _parts() -> dict[type, "Callable[[Any], Part]"]:
    from duediligence import reports
    from duediligence.case import Case
    from duediligence.widgets import disputes, matrix, timeline
    from duediligence.widgets.evidence import Sources
    from duediligence.widgets.findings import FindingsView
    from duediligence.widgets.following import Following
    from duediligence.widgets.interview import Interview
    from duediligence.widgets.lineage import TreeView
    from duediligence.widgets.looking import Looking
    from duediligence.widgets.memo import MemoView
    from duediligence.widgets.news import NewsView
    from duediligence.widgets.status import Said, StatusCard

    return {
        Case: StatusCard,
        reports.Status: lambda status: StatusCard(None, status),
        reports.CaptureReport: Looking,
        reports.Effect: lambda effect: Said(effect.text),
        reports.Issued: lambda issued: Said(f"{'Issued' if issued.new else 'Issued before'}: {issued.path}"),
        reports.Evidence: Sources,
        reports.Tree: TreeView,
        reports.Questionnaire: lambda questionnaire: Interview(questionnaire.case),
        reports.Found: lambda found: FindingsView(found, found.case),
        reports.Senses: lambda made: Following(
            "Is the model a derivative?", made, made.case, Case.derivative, disputes.page
        ),
        reports.Grid: lambda made: Following(
            "Legal basis by actor and act", made, made.case, Case.matrix, matrix.page
        ),
        reports.Chronicle: lambda made: Following(
            "The case over time", made, made.case, Case.timeline, timeline.page
        ),
        reports.News: NewsView,
        reports.MemoPreview: MemoView,
    }


def _shown_as(part: "Callable[[Any], Part]") -> Callable[..., dict[str, Any]]:
    def bundle(value: Any, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        from duediligence.widgets.screen import Screen

        made = part(value)
        # The text that a notebook keeps says what stood there, not what it said.
        view = {"version_major": 2, "version_minor": 0, "model_id": Screen(made).model_id}
        return {"text/plain": _PLAIN.format(name=made.name), "application/vnd.jupyter.widget-view+json": view}

    return bundle

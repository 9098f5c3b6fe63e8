"""What a notebook shows: each value of a case as a screen, while a kernel runs."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duediligence.opened import Listener
    from duediligence.widgets.screen import Part, Screen

_WATCHED = "_duediligence_says_what_stays"
"""Set on the shell once it watches what cells print; a shell outlives many opened cases."""


def install() -> None:
    """Let IPython show the values of a case as screens; does nothing outside a kernel."""
    from IPython.core.getipython import get_ipython

    from duediligence.widgets.outputs import said_after

    shell = get_ipython()
    if shell is None or shell.display_formatter is None:
        return
    bundles = shell.display_formatter.mimebundle_formatter
    parts = _parts()
    for kind, part in parts.items():
        bundles.for_type(kind, _shown_as(part))
    if not getattr(shell, _WATCHED, False):
        setattr(shell, _WATCHED, True)
        shell.events.register(
            "post_run_cell", said_after(tuple(parts), lambda line: print(line, file=sys.stderr))
        )


@contextmanager
def progress() -> Iterator["Listener"]:
    """Shows below the cell what a look does, with a way to stop it; gone at the end."""
    from IPython.display import display

    from duediligence.errors import StoppedError
    from duediligence.opened import Listener
    from duediligence.widgets.looking import Running
    from duediligence.widgets.screen import Screen

    running = Running()
    screen = Screen(running)
    shown: Any = display(_view(screen), raw=True, display_id=True)  # type: ignore[no-untyped-call]
    try:
        yield Listener(tell=lambda line: screen.tell(running.heard(line)), stop=running.stop)
    except KeyboardInterrupt:
        running.stop.set()
        raise StoppedError("Stopped. Nothing was written.") from None
    finally:
        shown.update({"text/plain": ""}, raw=True)
        screen.close()


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

        return _view(Screen(part(value)))

    return bundle


def _view(screen: "Screen") -> dict[str, Any]:
    """What a notebook keeps of a screen: which one stood there, not what it said."""
    from duediligence.widgets.outputs import PLAIN

    view = {"version_major": 2, "version_minor": 0, "model_id": screen.model_id}
    return {
        "text/plain": PLAIN.format(name=screen.part.name),
        "application/vnd.jupyter.widget-view+json": view,
    }

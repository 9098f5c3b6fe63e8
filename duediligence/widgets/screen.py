"""The one widget: it draws what a part of the flow shows and brings back what a person does there."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from weakref import WeakSet

import anywidget

from duediligence.errors import DueDiligenceError
from duediligence.widgets.tree import Node

_HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a part answers to a message: fields left out leave that part of the screen as it is."""

    page: Node | None = None
    focus: str | None = None
    """Id of the element the keyboard goes to."""

    line: str | None = None
    """Said once at the foot of the screen, also to a screen reader."""

    draft: str | None = None
    """Said beside the field: what happened to what is being typed."""

    problem: str | None = None
    """Said at once and loudly; an empty text takes the last one back."""

    changed: bool = False
    """The case is another now: other screens of it draw themselves again."""

    def to_json(self) -> dict[str, Any]:
        names = ("page", "focus", "line", "draft", "problem")
        told = {name: getattr(self, name) for name in names}
        return {key: value for key, value in told.items() if value is not None}


Tell = Callable[[Reply], None]


class Part(Protocol):
    """One part of the flow as the screen needs it; knows nothing of browsers."""

    @property
    def case(self) -> object:
        """Whose part it is: screens of one case follow one another."""
        ...

    @property
    def name(self) -> str:
        """What it shows, in words."""
        ...

    def show(self) -> Reply:
        """The whole page as it is now."""
        ...

    def handle(self, action: str, given: Mapping[str, Any], tell: Tell) -> Reply:
        """Do what a person asked for. *tell* reaches the screen later, from any thread."""
        ...

    def follow(self) -> Reply:
        """The case has changed elsewhere."""
        ...


_shown: "WeakSet[Screen]" = WeakSet()
_showing = threading.Lock()
"""Messages come in threads of their own."""


class Screen(anywidget.AnyWidget):
    """One part of the flow in a notebook.

    Pages travel as messages and are no state of the widget: a notebook that keeps the state of its
    widgets keeps no answer and no finding.
    """

    _esm = _HERE / "screen.js"
    _css = _HERE / "screen.css"

    def __init__(self, part: Part) -> None:
        super().__init__()
        self.part = part
        self._one_at_a_time = threading.RLock()
        self.on_msg(lambda _, content, buffers: self.receive(content, buffers))

    def receive(self, message: Mapping[str, Any], buffers: Sequence[Any] = ()) -> None:
        """What the browser sent: ``{"action", "values", …}``, with the bytes of files where there are any."""
        action = str(message.get("action", ""))
        if buffers:
            message = {**message, "bytes": [bytes(one) for one in buffers]}
        if action == "gone":
            with _showing:
                _shown.discard(self)
            return
        with self._one_at_a_time:
            reply = self._reply(action, message)
        if action == "show":
            self.send({"name": self.part.name})
        self.tell(reply)

    def tell(self, reply: Reply) -> None:
        """Show *reply*; when the case has changed, let its other screens follow."""
        self.send(reply.to_json())
        case = self.part.case
        if reply.changed and case is not None:
            with _showing:
                others = [one for one in _shown if one is not self and one.part.case is case]
            for other in others:
                other.follow()

    def follow(self) -> None:
        """Draw again what may have changed."""
        with self._one_at_a_time:
            reply = _spoken(self.part.follow)
        self.send(reply.to_json())

    def _reply(self, action: str, message: Mapping[str, Any]) -> Reply:
        if action == "show":
            with _showing:
                _shown.add(self)
            return _spoken(self.part.show)
        return _spoken(lambda: self.part.handle(action, message, self.tell))


def _spoken(step: Callable[[], Reply]) -> Reply:
    """The reply of *step*, or what went wrong: nobody reads the log of a kernel."""
    try:
        return step()
    except DueDiligenceError as error:
        return Reply(problem=str(error))
    except Exception as error:
        # Whatever it is, the person at the screen must not believe that something was saved.
        return Reply(
            problem=f"This was NOT done: {type(error).__name__}: {error}. What you typed is still here."
        )

"""A page of something computed from the answers: it is computed anew when they change."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from duediligence.case import Case
from duediligence.widgets.screen import Reply, Tell
from duediligence.widgets.tree import Node

Made = TypeVar("Made")


class Following(Generic[Made]):
    """What was computed, how to compute it again, and how to draw it.

    Args:
        name: what it shows, in words.
        made: the value as it is now.
        case: whose it is.
        anew: computes it from the case as it is then.
        page: draws it.
    """

    def __init__(
        self, name: str, made: Made, case: Case, anew: Callable[[Case], Made], page: Callable[[Made], Node]
    ) -> None:
        self.name = name
        self.case = case
        self._made = made
        self._anew = anew
        self._page = page

    def show(self) -> Reply:
        return Reply(page=self._page(self._made))

    def follow(self) -> Reply:
        made, self._made = self._made, self._anew(self.case)
        return Reply() if made == self._made else self.show()

    def handle(self, action: str, given: Mapping[str, Any], tell: Tell) -> Reply:
        return Reply()

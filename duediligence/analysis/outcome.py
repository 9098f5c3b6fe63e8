"""What testing a condition gives: its value, the leaves that make it so, and why it is open."""

from dataclasses import dataclass
from functools import cached_property

from duediligence.analysis.comparison import all_of, any_of
from duediligence.analysis.situation import Asked
from duediligence.facts.fact import Fact
from duediligence.knowledge.law import Condition


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One comparison of a condition and its result."""

    value: bool | None
    condition: Condition
    why: str = ""
    """Why it is open: ``unanswered``, ``not_asked``, ``unknown``, ``needs_another_look``, ``two_answers``,
    ``absent``, ``unreadable``, ``not_reached``, ``differ`` or ``inexact``."""

    about: str | None = None
    """The repo a fact is of, the thing an answer is about."""

    asked: Asked | None = None
    facts: tuple[Fact, ...] = ()
    """The facts it looked at; when it is decided, those that decide it."""

    waits_for: tuple[str, ...] = ()
    """Addresses of the unanswered questions that keep it open."""

    computed_from: "tuple[Leaf, ...]" = ()
    """The answers a value was computed from."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a condition comes to, and the leaves that make it so."""

    value: bool | None
    leaves: tuple[Leaf, ...]
    """When decided, the leaves that decide it; when open, those that are open and those already met."""

    @cached_property
    def open(self) -> tuple[Leaf, ...]:
        """The leaves that keep it open."""
        return tuple(leaf for leaf in self.leaves if leaf.value is None) if self.value is None else ()

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The unanswered questions it is open for, when nothing else keeps it open."""
        if any(leaf.why not in ("unanswered", "not_asked") for leaf in self.open):
            return ()
        return tuple(dict.fromkeys(address for leaf in self.open for address in leaf.waits_for))

    @property
    def does_not_arise(self) -> bool:
        """Whether it is open only through questions that are not asked in this case."""
        return bool(self.open) and all(leaf.why == "not_asked" for leaf in self.open)


ALWAYS = Outcome(value=True, leaves=())
"""A condition left out."""


def joined(below: list[Outcome], all_: bool) -> Outcome:
    """``all`` (*all_* true) or ``any`` of outcomes: the deciding ones, else the open ones and those met."""
    values = [outcome.value for outcome in below]
    value = all_of(values) if all_ else any_of(values)
    if value is None:
        # Of an open "any" the parts that failed say nothing; of an open "all" the parts that are met count.
        kept = [outcome for outcome in below if outcome.value is None or (all_ and outcome.value)]
    else:
        kept = [outcome for outcome in below if outcome.value is value]
    return Outcome(value=value, leaves=tuple(leaf for outcome in kept for leaf in outcome.leaves))

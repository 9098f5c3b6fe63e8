"""Which questions wait for the person at the screen, in which order, and where one stands among them."""

from collections.abc import Sequence

from duediligence.analysis.situation import Asked
from duediligence.widgets.words import TOPICS

_OPEN = ("needs_another_look", "two_answers", "unanswered")
"""States that ask for a person, in the order in which they come."""


def queue(asked: Sequence[Asked]) -> list[Asked]:
    """The questions that wait for somebody here: what needs another look first, then in the order they come.

    What names the provider first is on the provider's list, unless the person at the screen is the provider.
    """
    ours = _is_provider(asked)
    waiting = [
        one
        for one in asked
        if one.asked
        and one.state in _OPEN
        and (ours or one.state != "unanswered" or one.question.who[:1] != ("provider",))
    ]
    return sorted(waiting, key=lambda one: _OPEN.index(one.state))


def place_in(one: Asked, asked: Sequence[Asked]) -> str:
    """``Your plans · 6 of the first 13``, or how many of its section are still open."""
    topic = TOPICS.get(one.question.topic, one.question.topic)
    firsts = [other for other in asked if other.question.first is not None]
    if one in firsts:
        # Until the role is known nobody can say which of them will be asked.
        counted = [other for other in firsts if other.asked] if firsts[0].answer else firsts
        return f"{topic} · {counted.index(one) + 1 if one in counted else 1} of the first {len(counted)}"
    open_ = sum(other.question.topic == one.question.topic for other in queue(asked))
    return f"{topic} · {open_} left in this section" if open_ else topic


def _is_provider(asked: Sequence[Asked]) -> bool:
    roles = [one.answer.value for one in asked if one.question.id == "use.role" and one.answer]
    return any("releaser" in value for value in roles)

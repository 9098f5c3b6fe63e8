"""What an earlier look read of a license that nobody can read any more: told, and never taken to hold."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from duediligence.evidence.manifest import Entry
from duediligence.facts.fact import Fact
from duediligence.facts.reading import read_facts
from duediligence.facts.vanished import Look

_LOST = ("not_reached", "unreadable")


def with_recalled(
    facts: Sequence[Fact], looks: Sequence[Look], body: Callable[[Entry], bytes]
) -> tuple[Fact, ...]:
    """*facts*, where the reason of a license that could not be read also gives what was read of it before.

    *looks* are oldest first and the last of them led to *facts*. State and id of the fact stay as they are:
    what was said then is no statement of today.

    Raises:
        BadInputError: *body* found a body altered.
    """
    return tuple(
        replace(fact, reason=" ".join(filter(None, (fact.reason, _before(fact.repo, looks, body)))))
        if fact.key == "license" and fact.state in _LOST
        else fact
        for fact in facts
    )


def _before(repo: str, looks: Sequence[Look], body: Callable[[Entry], bytes]) -> str:
    """Day, values and evidence of the last look that found a license stated; empty when none did."""
    for day, entries in _reached(repo, looks[:-1]):
        said: dict[str, list[str]] = {}
        for fact in read_facts(entries, body):
            if fact.key == "license" and fact.state == "stated":
                said.setdefault(fact.value or "", []).append(fact.evidence or "")
        if said:
            each = ", ".join(
                f"{' '.join(value.split())[:60]} ({', '.join(dict.fromkeys(numbers))})"
                for value, numbers in said.items()
            )
            when = f"{day.day} {day:%B %Y}"
            return f"On {when} it said {each}; whether that still holds is not known."
    return ""


def _reached(repo: str, looks: Sequence[Look]) -> Iterator[Look]:
    """The looks that reached the repo, newest first, each with what it found of it."""
    for day, known in reversed(looks):
        entries = [entry for entry in known if entry.repo == repo]
        if any(entry.resource == "info" and entry.state == "present" for entry in entries):
            yield day, entries

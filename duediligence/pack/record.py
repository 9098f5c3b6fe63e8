"""The record in a copy: every event under its name, with its content or its digest alone."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from duediligence.ledger import Event, Graph
from duediligence.pack.choice import LATER, WORDS, Choice

_NAMELESS = ("captured",)
"""Kinds of events that hold no name and no word of a person."""


def event_of(graph: Graph, content: Mapping[str, Any]) -> Event:
    """The event of *graph* with this content."""
    return next(event for event in graph.events if event.content == content)


def copied(graph: Graph, issued: Event, choice: Choice) -> tuple[tuple[Event, str], ...]:
    """The events of a copy about the memo of *issued*, each with why its content is left out, or nothing.

    They are those the memo has seen, who signed it or took that back, and, without their content, what came
    in between.
    """
    memo = str(issued.content["memo"])
    on_it = [one for one in graph.events if one.kind in ("signed", "unsigned")]
    signed = [one for one in on_it if one.content["memo"] == memo]
    own = {one.sha256 for one in graph.up_to([issued.sha256]).events} | {one.sha256 for one in signed}
    wanted = graph.up_to([issued.sha256, *(one.sha256 for one in signed)]).events
    return tuple((event, _why(event, own, choice)) for event in wanted)


def _why(event: Event, own: set[str], choice: Choice) -> str:
    if event.sha256 not in own:
        return LATER
    return "" if choice.names or event.kind in _NAMELESS else WORDS


def files_of(
    events: Iterable[tuple[Event, str]], read: Callable[[str], bytes]
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each event's file in a copy; *read* gives the file of that name in the case."""
    for event, why in events:
        yield event.name, redacted(event, why) if why else read(event.name)


def redacted(event: Event, why: str) -> bytes:
    """What stands in a copy in place of *event*: links to it still verify."""
    content = {"redacted": why, "sha256": event.sha256}
    return json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"

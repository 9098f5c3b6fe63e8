"""The last step of a person taken back: new events that restore what stood before it; nothing is deleted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from duediligence.errors import BadInputError
from duediligence.facts.lineage import RELATIONS
from duediligence.history import Answer, Record, fold
from duediligence.ledger import Event, Graph, understood
from duediligence.repo import shown
from duediligence.steps import UNDOES, WHY_UNDONE
from duediligence.visible import visible_line

_ANSWERS = ("answered", "kept", "withdrawn")
_DECISIONS = ("accepted", "rejected")
_STEPS = (*_ANSWERS, *_DECISIONS, "noted")


@dataclass(frozen=True, kw_only=True)
class Step:
    """What somebody did last and what takes it back."""

    words: str
    """``your answer to “…”``."""

    events: tuple[Mapping[str, Any], ...]
    """What is to be written: each as if the others were not there, so that two answers stay two."""

    withdraws: bool
    """Whether something is withdrawn and nothing stands in its place."""


def last_step(graph: Graph, who: str, why: str | None = None) -> Step | None:
    """The last answer, decision or note *who* typed that still stands; ``None`` when there is none.

    *why* is what whoever takes it back says on it.

    Raises:
        BadInputError: somebody else has gone on from it since.
    """
    undone = {str(event.content[UNDOES]) for event in graph.events if UNDOES in event.content}
    mine = [event for event in graph.events if _is_step(event, undone) and event.content["by"] == who]
    if not mine:
        return None
    last = mine[-1]
    _refuse_when_others_went_on(graph, last, undone)
    before = fold(graph.up_to(last.seen))
    told = {UNDOES: last.sha256[:8], WHY_UNDONE: why, "reason": None, "says": who, "by": who}
    events = tuple({**event, **told, **_words_of(event)} for event in _before(last, before))
    kinds = {str(event["event"]) for event in events}
    withdraws = kinds in ({"withdrawn"}, {"noted"}, {*_DECISIONS})
    return Step(words=f"your {_what(last)}", events=events, withdraws=withdraws)


def _is_step(event: Event, undone: set[str]) -> bool:
    return (
        understood(event)
        and event.kind in _STEPS
        and UNDOES not in event.content
        and event.sha256[:8] not in undone
    )


def _refuse_when_others_went_on(graph: Graph, last: Event, undone: set[str]) -> None:
    """What was built on a step is not pulled away from under whoever built on it."""
    if last.kind == "noted":
        return
    known = {event.sha256 for event in graph.up_to([last.sha256]).events}
    later = [
        event
        for event in graph.events
        if event.sha256 not in known and _is_step(event, undone) and _place(event) == _place(last)
    ]
    if later:
        who = visible_line(str(later[-1].content["by"]), 60)
        raise BadInputError(
            f"Nothing was undone: after your {_what(last)} came another entry there, by {who}. "
            "Answer or decide anew instead."
        )


def _place(event: Event) -> tuple[object, ...]:
    if event.kind in _ANSWERS:
        return event.content["question"], event.content.get("about")
    return (event.content.get("mention"),)


def _before(last: Event, record: Record) -> Iterator[Mapping[str, Any]]:
    """The events that restore what *record*, the state before *last*, holds in its place."""
    content = last.content
    if last.kind == "noted":
        yield {"event": "noted", "text": f"Taken back: {_what(last)}."}
    elif last.kind in _DECISIONS:
        decided = record.decisions.get(content["mention"])
        kinds = {True: _DECISIONS[:1], False: _DECISIONS[1:]}.get(decided, _DECISIONS)  # type: ignore[arg-type]
        # Both beside each other are no decision: to every version of this program, and to a reader.
        yield from ({"event": kind, "mention": content["mention"]} for kind in kinds)
    else:
        place = {"question": content["question"], "about": content.get("about")}
        answers = record.answers.get((place["question"], place["about"]), ())
        yield from ({"event": "answered", **place, **_answer(one)} for one in answers)
        if not answers:
            yield {"event": "withdrawn", **place}


def _answer(answer: Answer) -> dict[str, Any]:
    """An answer as it was given, with what it was shown then: what has changed since still shows."""
    value = answer.value if isinstance(answer.value, str) else list(answer.value)
    given: dict[str, Any] = {"value": value, "reason": answer.reason, "says": answer.says}
    given |= {"ask": answer.ask} if answer.ask else {}
    given |= {"files": list(answer.files)} if answer.files else {}
    return given | {"shown": answer.shown.to_json()}


def _words_of(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """The words of an answer that stands again are those of whoever gave it."""
    return {key: event[key] for key in ("reason", "says") if key in event}


def _what(event: Event) -> str:
    content = event.content
    if event.kind == "noted":
        return f"note “{visible_line(content['text'], 80)}”"
    if event.kind in _DECISIONS:
        return f"decision on {_edge(content['mention'])}"
    done = {"answered": "answer to", "kept": "keeping of the answer to", "withdrawn": "withdrawal of"}
    asked = content.get("shown", {}).get("text") or content["question"]
    return f"{done[event.kind]} “{visible_line(asked, 120)}”"


def _edge(edge: str) -> str:
    for relation in RELATIONS:
        _, found, upstream = edge.partition(f":{relation}:")
        if found:
            return f"“{visible_line(shown(upstream), 80)}”"
    return visible_line(edge, 120)

"""What the events of a case add up to: answers, decisions, captures, memos. A fold, nothing stored."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from duediligence.facts.fact import Fact
from duediligence.ledger import Event, Graph, understood
from duediligence.repo import shown

Address = tuple[str, str | None]
"""Question id and what it is about."""

ATTACHED = re.compile(r"attachments/([0-9a-f]{8})-([^/]+)", re.ASCII)
"""Name of a copy that goes with an answer: the beginning of its SHA-256, and the name it came with."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a person saw when answering: the question's words and every fact beside it."""

    text: str
    choices: tuple[str, ...]
    facts: tuple[Fact, ...]

    def to_json(self) -> dict[str, Any]:
        """The object kept in an event."""
        return {
            "text": self.text,
            "choices": list(self.choices),
            "facts": [fact.to_json() for fact in self.facts],
        }


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer as a person gave it."""

    question: str
    about: str | None
    value: str | tuple[str, ...]
    """A text, a slug, or a tuple of slugs; ``unknown`` for every type."""

    reason: str | None
    says: str
    by: str
    at: str
    event: str
    """First eight digits of the event's digest."""

    shown: Shown
    """What it rests on: at the time of the answer, or when somebody last kept it."""

    ask: str | None = None
    """Who can say: a name, or ``provider``."""

    files: tuple[str, ...] = ()
    kept_by: str | None = None
    """Who last kept it after what it rested on had changed."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """The state of a case: the fold over its graph of events."""

    opened: Mapping[str, Any]
    heads: tuple[str, ...]
    answers: Mapping[Address, tuple[Answer, ...]]
    """Two or more at one address: answers that did not know each other."""

    decisions: Mapping[str, bool]
    """Edge id to accepted or rejected; two that did not know each other and differ are no decision."""

    captures: tuple[Mapping[str, Any], ...]
    """The ``captured`` events, oldest first."""

    gathered: tuple[Mapping[str, Any], ...] = ()
    """Every event that put evidence on file, captures and pages a person added, oldest first."""

    issued: tuple[Mapping[str, Any], ...] = ()
    signed: tuple[Mapping[str, Any], ...] = ()
    """The ``signed`` events: who prepared, reviewed or released which memo."""

    unsigned: tuple[Mapping[str, Any], ...] = ()
    """The ``unsigned`` events: who took which sign-off back, and why."""

    overridden: tuple[Mapping[str, Any], ...] = ()
    """The ``overridden`` events: memos may be issued although these decisions were due."""

    held: Mapping[str, Any] | None = None
    """The ``held`` event in force: nothing is withdrawn or deleted until it is released."""

    chronology: tuple[Mapping[str, Any], ...] = ()
    """Every readable event in the graph's order, each with its ``name`` and ``sha256``."""


def fold(graph: Graph) -> Record:
    """The state the events of *graph* add up to; an empty graph gives an empty ``opened``."""
    events = [event for event in graph.events if understood(event)]
    by_kind: dict[str, list[Event]] = {}
    for event in events:
        by_kind.setdefault(event.kind, []).append(event)
    return Record(
        opened=by_kind["opened"][0].content if "opened" in by_kind else {},
        heads=graph.heads(),
        answers=_answers(graph, by_kind),
        decisions=_decisions(graph, by_kind),
        captures=tuple(event.content for event in by_kind.get("captured", ())),
        gathered=tuple(event.content for event in events if event.kind in ("captured", "attached")),
        issued=tuple(event.content for event in by_kind.get("issued", ())),
        signed=tuple({**event.content, "sha256": event.sha256} for event in by_kind.get("signed", ())),
        unsigned=tuple(event.content for event in by_kind.get("unsigned", ())),
        overridden=tuple(event.content for event in by_kind.get("overridden", ())),
        held=_held(graph, by_kind),
        chronology=tuple({**event.content, "name": event.name, "sha256": event.sha256} for event in events),
    )


def by_new_name(record: Record, old: str, new: str) -> Record:
    """*record* with the answers about *old* as answers about *new*, its name of today.

    Where somebody has answered about *new* since, that stands. The events keep what they say.
    """
    moved: dict[Address, tuple[Answer, ...]] = {
        (question, new): tuple(_by_new_name(answer, old, new) for answer in given)
        for (question, about), given in record.answers.items()
        if about == old
    }
    if not moved:
        return record
    rest = {at: given for at, given in record.answers.items() if at[1] != old}
    return replace(record, answers={**moved, **rest})


def _by_new_name(answer: Answer, old: str, new: str) -> Answer:
    # The same question, though it names the repo otherwise now.
    text = answer.shown.text.replace(shown(old), shown(new))
    return replace(answer, about=new, shown=replace(answer.shown, text=text))


def _latest(events: list[Event], ancestors: Mapping[str, int], place: Mapping[str, int]) -> list[Event]:
    """Those of *events* that no other of them has seen."""
    known = 0
    for event in events:
        known |= ancestors[event.sha256]
    return [event for event in events if not known >> place[event.sha256] & 1]


def _held(graph: Graph, by_kind: Mapping[str, list[Event]]) -> Mapping[str, Any] | None:
    """The latest hold that no release has seen: a hold and a release that did not know each other hold."""
    place = {event.sha256: i for i, event in enumerate(graph.events)}
    switched = [*by_kind.get("held", ()), *by_kind.get("released", ())]
    last = [one for one in _latest(switched, graph.ancestors(), place) if one.kind == "held"]
    return max(last, key=lambda one: place[one.sha256]).content if last else None


def _answers(graph: Graph, by_kind: Mapping[str, list[Event]]) -> dict[Address, tuple[Answer, ...]]:
    """The answers that stand at each address: given or kept, and seen by nothing later there.

    Who keeps an answer speaks for it anew: a newer answer that has not seen this does not take its place.
    """
    ancestors = graph.ancestors()
    place = {event.sha256: i for i, event in enumerate(graph.events)}
    given: dict[Address, list[Event]] = {}
    for event in by_kind.get("answered", ()):
        given.setdefault(_address(event), []).append(event)
    kept = {
        event.sha256: answered
        for event in by_kind.get("kept", ())
        if (answered := _kept(event, given.get(_address(event), ()), ancestors[event.sha256], place))
    }
    at: dict[Address, list[Event]] = {}
    for kind in ("answered", "withdrawn", "kept"):
        for event in by_kind.get(kind, ()):
            if kind != "kept" or event.sha256 in kept:
                at.setdefault(_address(event), []).append(event)
    out = {}
    for address, events in at.items():
        standing: dict[str, Answer] = {}
        for event in sorted(_latest(events, ancestors, place), key=lambda event: place[event.sha256]):
            if event.kind != "withdrawn":
                answered = kept.get(event.sha256, event)
                standing[answered.sha256] = _as_kept(_answer(answered), event)
        if standing:
            out[address] = tuple(standing[one] for one in sorted(standing, key=place.__getitem__))
    return out


def _kept(event: Event, given: Sequence[Event], seen: int, place: Mapping[str, int]) -> Event | None:
    """The one of the answers *given* there that *event* keeps: the one it names, else the last it saw."""
    named = event.content.get("answer")
    known = [one for one in given if seen >> place[one.sha256] & 1]
    return next((one for one in known if one.sha256[:8] == named), known[-1] if known else None)


def _as_kept(answer: Answer, event: Event) -> Answer:
    if event.kind != "kept":
        return answer
    return replace(answer, shown=_shown(event.content["shown"]), kept_by=event.content.get("by"))


def _decisions(graph: Graph, by_kind: Mapping[str, list[Event]]) -> dict[str, bool]:
    ancestors = graph.ancestors()
    place = {event.sha256: i for i, event in enumerate(graph.events)}
    at: dict[str, list[Event]] = {}
    for event in (*by_kind.get("accepted", ()), *by_kind.get("rejected", ())):
        at.setdefault(event.content["mention"], []).append(event)
    out = {}
    for mention, events in at.items():
        said = {event.kind == "accepted" for event in _latest(events, ancestors, place)}
        if len(said) == 1:
            out[mention] = said.pop()
    return out


def _address(event: Event) -> Address:
    return event.content["question"], event.content.get("about")


def _answer(event: Event) -> Answer:
    content = event.content
    value = content["value"]
    return Answer(
        question=content["question"],
        about=content.get("about"),
        value=tuple(value) if isinstance(value, list) else value,
        reason=content.get("reason"),
        says=content["says"],
        by=content["by"],
        at=content["at"],
        event=event.sha256[:8],
        shown=_shown(content["shown"]),
        ask=content.get("ask"),
        files=tuple(content.get("files", ())),
    )


def _shown(content: Mapping[str, Any]) -> Shown:
    return Shown(
        text=content["text"],
        choices=tuple(content["choices"]),
        facts=tuple(Fact.from_json(fact) for fact in content["facts"]),
    )


def attached_to(chronology: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Names in the case of the files that answers of *chronology* rest on, sorted, each once."""
    given = (event for event in chronology if event.get("event") == "answered")
    names = {str(name) for event in given for name in event.get("files", ())}
    return tuple(sorted(name for name in names if ATTACHED.fullmatch(name)))

"""What differs between two moments of a case: facts, findings, law, and what people did; each kind apart."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from duediligence.analysis.look import READ_DIFFERENTLY, SOURCE_CHANGED, paired, same
from duediligence.analysis.situation import Situation
from duediligence.facts.fact import Fact
from duediligence.facts.lineage import Edge
from duediligence.repo import shown, today
from duediligence.visible import visible_line

LAW_CHANGED = "the law files changed"
ANSWERED = "people answered"

Place = tuple[str, str | None]
"""A rule and what it is about."""

Stands = Mapping[Place, Mapping[str, Any]]
"""Findings in their JSON form, by rule and about."""


_SEARCHED = re.compile(r"\(searched: [^)]*\)")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One fact that differs between two moments."""

    repo: str
    key: str
    source: str | None
    before: Fact | None
    after: Fact | None
    cause: str = SOURCE_CHANGED

    def __str__(self) -> str:
        why = "" if self.cause == SOURCE_CHANGED else f" ({self.cause})"
        old, new = _value(self.before), _value(self.after)
        if self.below:
            return (
                f"{shown(self.repo)}: {self.key}: the words of {self.below} have changed below “{new}”{why}"
            )
        return f"{shown(self.repo)}: {self.key} was {old}, is {new}{why}"

    @property
    def below(self) -> str:
        """The document whose words differ below a line that stays as it was; empty for every other change."""
        old, new = self.before, self.after
        if old is None or new is None or (old.value, old.quote) != (new.value, new.quote):
            return ""
        return visible_line(new.file or "", 80) if old.words != new.words else ""

    def to_json(self) -> dict[str, Any]:
        """A row of ``changes --json``."""
        return {
            "repo": self.repo,
            "key": self.key,
            "source": self.source,
            "before": self.before.to_json() if self.before else None,
            "after": self.after.to_json() if self.after else None,
            "cause": self.cause,
        }


def _value(fact: Fact | None) -> str:
    if fact is None or fact.state == "absent":
        return "not stated"
    return visible_line(fact.value, 80) if fact.value is not None else fact.state.replace("_", " ")


@dataclass(frozen=True, kw_only=True)
class ChangedEdge:
    """A relation of the chain that is stated now and was not, or was and is not any more."""

    edge: Edge
    new: bool

    def __str__(self) -> str:
        relation = self.edge.relation.replace("_", " ")
        what = f"{shown(self.edge.downstream)} {relation} {shown(self.edge.upstream)}"
        return f"{'new' if self.new else 'gone'}: {visible_line(what, 300)}"

    def to_json(self) -> dict[str, Any]:
        """A row of ``changes --json``: one of the two is null."""
        found = self.edge.to_json()
        return {
            "id": self.edge.id,
            "before": None if self.new else found,
            "after": found if self.new else None,
        }


@dataclass(frozen=True, kw_only=True)
class ChangedState:
    """A repo of the chain that the Hub answers otherwise: gone, gated, renamed, there again."""

    repo: str
    before: str
    after: str

    def __str__(self) -> str:
        words = [state.replace("_", " ") for state in (self.before, self.after)]
        return f"{shown(self.repo)}: {words[0]}, now {words[1]}"

    def to_json(self) -> dict[str, Any]:
        """A row of ``changes --json``."""
        return {"repo": self.repo, "before": self.before, "after": self.after}


@dataclass(frozen=True, kw_only=True)
class ChangedFinding:
    """A finding that stands differently, or is new, or is there no more."""

    id: str
    ref: str | None
    about: str | None
    proposition: str
    before: str | None
    """Status; ``None`` when there was no such finding."""

    after: str | None
    facts: tuple[tuple[str, str], ...] = ()
    """Repo and key of the changed facts it rests on."""

    answers: tuple[Place, ...] = ()
    """The answers given, taken back or kept since that it rests on: question and about."""

    letters: tuple[str, ...] = ()
    """Ids of the letters its next step offered, or offers."""

    causes: tuple[str, ...] = (SOURCE_CHANGED,)
    """Which kinds of change moved it, in the order in which they are told apart."""

    @property
    def because(self) -> tuple[str, ...]:
        """What moved it: ``REPO: KEY`` for a fact, the address for an answer."""
        return (
            *(f"{shown(repo)}: {key}" for repo, key in self.facts),
            *(f"{id}@{about}" if about else id for id, about in self.answers),
        )

    def to_json(self) -> dict[str, Any]:
        """A row of ``changes --json``."""
        return {
            "id": self.id,
            "ref": self.ref,
            "about": self.about,
            "before": self.before,
            "after": self.after,
            "because": list(self.because),
            "causes": list(self.causes),
            "letters": list(self.letters),
        }


@dataclass(frozen=True, kw_only=True)
class LawChange:
    """A legal source, a rule or a question that the two editions of the law do not hold alike."""

    kind: str
    """``legal source``, ``rule`` or ``question``."""

    id: str
    title: str
    before: str | None
    """Its state, or its words; ``None`` when it was not there."""

    after: str | None

    def __str__(self) -> str:
        if self.before is None or self.after is None:
            word = "new" if self.before is None else "gone"
            return f"{self.kind} {word}: {visible_line(self.title, 140)}"
        return f"{self.kind}: {visible_line(self.title, 140)}: {self.before} -> {self.after}"

    def to_json(self) -> dict[str, Any]:
        """A row of ``changes --json``."""
        return {"kind": self.kind, "id": self.id, "before": self.before, "after": self.after}


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two moments of one case, compared."""

    since: str
    """Name of the earlier capture or memo; empty when there is nothing to compare with yet."""

    until: str
    """Name of the later one."""

    captures: tuple[str, str]
    """The newest capture at either moment."""

    facts: tuple[Change, ...]
    needs_another_look: tuple[str, ...]
    """Addresses of answers."""

    changed_findings: tuple[ChangedFinding, ...]
    edges: tuple[ChangedEdge, ...] = ()
    states: tuple[ChangedState, ...] = ()
    law: tuple[LawChange, ...] = ()
    people: tuple[Mapping[str, Any], ...] = ()
    """Events by which people added to the record in between, in its order."""

    memo: Mapping[str, Any] = field(default_factory=dict)
    """The ``issued`` event of the earlier memo; empty when two captures are compared."""

    moved: frozenset[Place] = frozenset()
    """Findings of which anything reads differently: standing, words, or what they rest on."""

    known: frozenset[Place] = frozenset()
    """Findings that were there at the earlier moment."""

    problems: tuple[str, ...] = ()
    """What could not be compared, and why."""

    @property
    def letters(self) -> tuple[str, ...]:
        """Ids of the letters that findings offered or offer which stand differently."""
        return tuple(sorted({letter for one in self.changed_findings for letter in one.letters}))

    @property
    def nothing(self) -> bool:
        """Whether nothing differs."""
        return not (
            self.edges
            or self.states
            or self.facts
            or self.changed_findings
            or self.law
            or self.people
            or self.moved
        )

    def __str__(self) -> str:
        if not self.since:
            return "There is nothing to compare with yet: one capture, and no memo."
        if self.nothing:
            return "\n".join([f"Nothing changed between {self.since} and {self.until}.", *self.problems])
        lines = [f"Between {self.since} and {self.until}:"]
        for title, rows in self._by_kind():
            lines += [title, *(f"  {row}" for row in rows)] if rows else []
        return "\n".join([*lines, *self.problems])

    def _by_kind(self) -> Iterable[tuple[str, list[str]]]:
        yield "The sources changed:", [str(one) for one in self.facts if one.cause == SOURCE_CHANGED]
        yield "The chain changed:", [str(one) for one in (*self.edges, *self.states)]
        read = [str(one) for one in self.facts if one.cause != SOURCE_CHANGED]
        yield "This program, the law or the wording changed:", [*read, *(str(one) for one in self.law)]
        yield "People added:", [event_line(one) for one in self.people]
        yield "Need another look:", list(self.needs_another_look)
        yield "Findings that stand differently:", [_finding_line(one) for one in self.changed_findings]
        yield "Letters to look at again before they are sent:", list(self.letters)

    def to_json(self) -> dict[str, Any]:
        """The object behind ``changes --json``."""
        return {
            "captures": list(self.captures),
            "since": self.since,
            "until": self.until,
            "facts": [one.to_json() for one in self.facts],
            "edges": [one.to_json() for one in self.edges],
            "states": [one.to_json() for one in self.states],
            "needs_another_look": list(self.needs_another_look),
            "changed_findings": [one.to_json() for one in self.changed_findings],
            "law": [one.to_json() for one in self.law],
            "people": [_event_json(one) for one in self.people],
            "problems": list(self.problems),
        }


def _finding_line(one: ChangedFinding) -> str:
    words = visible_line(one.proposition, 140)
    return f"{one.before or 'not there'} -> {one.after or 'not there'}: {words} ({'; '.join(one.causes)})"


def event_line(event: Mapping[str, Any]) -> str:
    """One event in a line: what, about what, by whom."""
    about = next((str(event[key]) for key in EVENT_NAMES if event.get(key)), "")
    if event.get("question") and event.get("about"):
        about += f"@{event['about']}"
    who = visible_line(str(event.get("by") or ""), 60)
    return f"{event['event']:<10} {visible_line(about, 120)}  {who}".rstrip()


EVENT_NAMES = ("question", "mention", "source", "capture", "memo", "text", "scope", "reason")
"""What an event is about: the first of these that it has."""


def _event_json(event: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("event", "at", "question", "about", "mention", "value", "reason", "says", "by", "source", "text")
    return {key: event[key] for key in kept if event.get(key) is not None}


def changes_between(before: Situation, after: Situation) -> tuple[Change, ...]:
    """What the sources say differently at two moments; one value replaced by one other shares a row.

    A repo that was renamed is one row, under the key ``id``; what it says is compared under its new id.
    """
    renamed = new_names(after)
    rows = (*_renamed(before, after, renamed), *facts_between(before.facts, after.facts, renamed=renamed))
    return tuple(sorted(rows, key=lambda row: (row.repo, row.key)))


def facts_between(
    before: Iterable[Fact],
    after: Iterable[Fact],
    cause: str = SOURCE_CHANGED,
    renamed: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Change, ...]:
    """What differs between two readings, sorted by repo and key.

    Compared as an answer compares what it was shown: by source, state, value, and the words where the
    source is quoted. Revision, place in the file and order are no change; what is computed is left out.
    """
    old, new = _by_key(before, renamed), _by_key(after, renamed)
    rows = []
    for place in sorted(set(old) | set(new)):
        gone = [fact for name, fact in old.get(place, {}).items() if name not in new.get(place, {})]
        came = [fact for name, fact in new.get(place, {}).items() if name not in old.get(place, {})]
        for was, is_ in paired(gone, came):
            if all(fact is None or fact.state != "stated" for fact in (was, is_)) and None in (was, is_):
                continue  # a repo joined or left the chain; what it did not say is no news
            source = next((fact.source for fact in (is_, was) if fact and fact.source), None)
            rows.append(
                Change(repo=place[0], key=place[1], source=source, before=was, after=is_, cause=cause)
            )
    return tuple(rows)


def new_names(situation: Situation) -> dict[str, str]:
    """Old id to new id of every repo of the chain that was renamed."""
    return {node.id: node.now for node in situation.lineage.repos if node.now}


def edges_between(before: Situation, after: Situation) -> tuple[ChangedEdge, ...]:
    """The edges that came and went, sorted; a repo that was renamed is the same one."""
    names = new_names(after)
    old, new = _edges(before, names), _edges(after, names)
    gone = [ChangedEdge(edge=edge, new=False) for at, edge in old.items() if at not in new]
    came = [ChangedEdge(edge=edge, new=True) for at, edge in new.items() if at not in old]
    return tuple(sorted((*gone, *came), key=lambda one: (one.edge.id, one.new)))


def _edges(situation: Situation, names: Mapping[str, str]) -> dict[tuple[str, str, str], Edge]:
    return {
        (today(edge.downstream, names), edge.relation, today(edge.upstream, names)): edge
        for edge in situation.lineage.edges
    }


def states_between(before: Situation, after: Situation) -> tuple[ChangedState, ...]:
    """The repos asked for at both moments whose state differs, sorted."""
    old = {node.id: node.state for node in before.lineage.repos if node.state}
    new = {node.id: node.state for node in after.lineage.repos if node.state}
    return tuple(
        ChangedState(repo=repo, before=old[repo], after=new[repo])
        for repo in sorted(old.keys() & new.keys())
        if old[repo] != new[repo]
    )


def _renamed(before: Situation, after: Situation, renamed: Mapping[str, str]) -> Iterator[Change]:
    known = {node.id for node in before.lineage.repos if node.state and not node.now}
    for repo in sorted(known & set(renamed)):
        was, is_ = _named(before, repo), _named(after, today(repo, renamed))
        yield Change(repo=is_.repo, key="id", source="api", before=was, after=is_)


def _named(situation: Situation, repo: str) -> Fact:
    """The id of *repo*, as the answer of the Hub gives it from which its other facts are."""
    beside = (fact for fact in situation.facts if fact.repo == repo and fact.source == "api")
    blank = Fact(repo=repo, key="id", value=None, state="stated", source="api", file="info")
    return replace(next(beside, blank), key="id", value=shown(repo), pointer="/id")


def _by_key(
    facts: Iterable[Fact], renamed: Mapping[str, str]
) -> dict[tuple[str, str], dict[tuple[str | None, ...], Fact]]:
    out: dict[tuple[str, str], dict[tuple[str | None, ...], Fact]] = {}
    for fact in facts:
        if fact.source != "computed":
            out.setdefault((today(fact.repo, renamed), fact.key), {})[same(fact)] = fact
    return out


@dataclass(frozen=True, kw_only=True)
class Step:
    """One kind of change by itself: the findings before it and after it, all else being equal."""

    cause: str
    before: Stands
    after: Stands


def stands(
    findings: Iterable[Mapping[str, Any]], renamed: Mapping[str, str] = MappingProxyType({})
) -> Stands:
    """Findings in their JSON form by rule and about; what was renamed goes by its new id."""
    found: dict[Place, Mapping[str, Any]] = {}
    for one in findings:
        about = one.get("about")
        found[str(one["id"]), today(about, renamed) if about else None] = one
    return found


def changed_findings(
    steps: Sequence[Step], changes: Sequence[Change], people: Sequence[Mapping[str, Any]]
) -> tuple[ChangedFinding, ...]:
    """The findings that stand differently after the last of *steps* than before the first, with the causes.

    *steps* follow on one another: each begins where the one before ended.
    """
    first, last = steps[0].before, steps[-1].after
    facts = {fact.id: (one.repo, one.key) for one in changes for fact in (one.before, one.after) if fact}
    given = {(str(event["question"]), event.get("about")) for event in people if event.get("question")}
    rows = []
    for at in sorted(first.keys() | last.keys(), key=lambda at: (at[0], at[1] or "")):
        before, after = _status(first.get(at)), _status(last.get(at))
        if before == after:
            continue
        said = last.get(at) or first[at]
        causes = [step.cause for step in steps if _status(step.before.get(at)) != _status(step.after.get(at))]
        rests = [ref for one in (first.get(at), last.get(at)) if one for ref in one.get("rests_on", ())]
        rows.append(
            ChangedFinding(
                id=at[0],
                ref=said.get("ref"),
                about=at[1],
                proposition=str(said.get("proposition", "")),
                before=before,
                after=after,
                facts=tuple(sorted({facts[ref["fact"]] for ref in rests if ref.get("fact") in facts})),
                answers=tuple(dict.fromkeys(at for ref in rests if (at := _answer(ref)) in given)),
                letters=tuple(sorted({*_letter(first.get(at)), *_letter(last.get(at))})),
                causes=tuple(dict.fromkeys(causes)),
            )
        )
    return tuple(rows)


def moved(before: Stands, after: Stands) -> frozenset[Place]:
    """The findings of which anything reads differently; numbers of evidence and of events are no words."""
    return frozenset(
        at for at in before.keys() | after.keys() if _read(before.get(at)) != _read(after.get(at))
    )


def _read(one: Mapping[str, Any] | None) -> Any:
    """A finding without the numbers that only say where its support lies: a new capture gives new ones."""
    if one is None:
        return None
    rests = [{key: value for key, value in ref.items() if key != "evidence"} for ref in one["rests_on"]]
    said = {key: [_SEARCHED.sub("", text) for text in one.get(key, ())] for key in ("missing", "failed")}
    return {**one, **said, "rests_on": rests}


def _status(one: Mapping[str, Any] | None) -> str | None:
    return str(one["status"]) if one else None


def _letter(one: Mapping[str, Any] | None) -> tuple[str, ...]:
    letter = one["next_step"].get("letter") if one else None
    return (str(letter),) if letter else ()


def _answer(ref: Mapping[str, Any]) -> Place:
    return str(ref.get("answer", "")), ref.get("about")


__all__ = [
    "ANSWERED",
    "LAW_CHANGED",
    "READ_DIFFERENTLY",
    "SOURCE_CHANGED",
    "Change",
    "ChangedEdge",
    "ChangedFinding",
    "ChangedState",
    "Comparison",
    "LawChange",
    "Step",
    "changed_findings",
    "changes_between",
    "edges_between",
    "facts_between",
    "moved",
    "new_names",
    "stands",
    "states_between",
]

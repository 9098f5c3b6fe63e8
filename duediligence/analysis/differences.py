"""What differs between two moments of a case: facts, edges, states and findings, each kind by itself."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from duediligence.analysis.changes import (
    ANSWERED,
    Change,
    ChangedDate,
    ChangedEdge,
    ChangedFinding,
    ChangedState,
    Look,
    Place,
)
from duediligence.analysis.keydate import KeyDate
from duediligence.analysis.look import SOURCE_CHANGED, paired, same
from duediligence.analysis.situation import Asked, Situation
from duediligence.facts.fact import Fact
from duediligence.facts.lineage import Edge
from duediligence.repo import shown, today

Stands = Mapping[Place, Mapping[str, Any]]
"""Findings in their JSON form, by rule and about."""

_SEARCHED = re.compile(r"\(searched: [^)]*\)")


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
    states = {node.id: node.state for node in after.lineage.repos}
    gone = [
        ChangedEdge(edge=edge, new=False, unread=states.get(at[0]) not in _READ)
        for at, edge in old.items()
        if at not in new
    ]
    came = [ChangedEdge(edge=edge, new=True) for at, edge in new.items() if at not in old]
    return tuple(sorted((*gone, *came), key=lambda one: (one.edge.id, one.new)))


_READ = ("present", "empty", None)
"""States in which a repo says what it says; one that left the chain is in none."""


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


def dates_between(before: Iterable[KeyDate], after: Iterable[KeyDate]) -> tuple[ChangedDate, ...]:
    """The dates to watch that came, went, moved to another day, or passed; in the order of their ids."""
    old, new = ({(one.id, one.about or "", one.title): one for one in dates} for dates in (before, after))
    return tuple(
        ChangedDate(before=old.get(at), after=new.get(at))
        for at in sorted(old.keys() | new.keys())
        if _when(old.get(at)) != _when(new.get(at))
    )


def _when(one: KeyDate | None) -> tuple[Any, ...] | None:
    return (one.state, one.first, one.last) if one else None


def looks(asked: Iterable[Asked]) -> tuple[Look, ...]:
    """The answers that are open for the rules, sorted by question and about, each with what changed."""
    open_ = [one for one in asked if one.state in ("needs_another_look", "two_answers")]
    return tuple(
        Look(question=one.question.id, about=one.about, state=one.state, because=tuple(_because(one)))
        for one in sorted(open_, key=lambda one: (one.question.id, one.about or ""))
    )


def _because(one: Asked) -> Iterator[Change]:
    for cause, before, after in one.changes:
        fact = after or before
        if fact is not None:
            yield Change(
                repo=fact.repo, key=fact.key, source=fact.source, before=before, after=after, cause=cause
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


_SILENT = {None, "not_applicable"}


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
    steps: Sequence[Step],
    changes: Sequence[Change],
    people: Sequence[Mapping[str, Any]],
    open_: Sequence[Look] = (),
    waiting: Collection[str] = (),
) -> tuple[ChangedFinding, ...]:
    """The findings that stand differently after the last of *steps* than before the first, with the causes.

    *steps* follow on one another: each begins where the one before ended. A finding names the answers it
    rests on that *people* gave, and those that are *open_* again; *waiting* are the rules that have none
    because they wait for answers.
    Left out is what did not apply at either moment, there or not, unless an answer settled that: another
    finding may speak in its place.
    """
    first, last = steps[0].before, steps[-1].after
    facts = {fact.id: (one.repo, one.key) for one in changes for fact in (one.before, one.after) if fact}
    given = {(str(event["question"]), event.get("about")) for event in people if event.get("question")}
    opened = {(one.question, one.about) for one in open_}
    rows = []
    for at in sorted(first.keys() | last.keys(), key=lambda at: (at[0], at[1] or "")):
        before, after = _status(first.get(at)), _status(last.get(at))
        if before == after:
            continue
        said = last.get(at) or first[at]
        causes = [step.cause for step in steps if _status(step.before.get(at)) != _status(step.after.get(at))]
        if {before, after} <= _SILENT and ANSWERED not in causes:
            continue
        # What people did moves nothing that stood so before they did it.
        by_people = given if ANSWERED in causes else set()
        by_others = opened if set(causes) - {ANSWERED} else set()
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
                answers=(told := _answers(rests, by_people | by_others)),
                opened=tuple(one for one in told if one not in by_people),
                letters=tuple(sorted({*_letter(first.get(at)), *_letter(last.get(at))})),
                causes=tuple(dict.fromkeys(causes)),
                in_question=bool(last.get(at, {}).get("in_question")),
                waiting=after is None and at[0] in waiting,
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


def _answers(rests: Sequence[Mapping[str, Any]], among: Collection[Place]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(at for ref in rests if (at := _answer(ref)) in among))


def _answer(ref: Mapping[str, Any]) -> Place:
    return str(ref.get("answer", "")), ref.get("about")

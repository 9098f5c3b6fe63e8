"""Findings that stand differently since the last memo, those together that moved for one reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from duediligence.analysis.changes import ChangedFinding, Comparison, opened_by_loss
from duediligence.memo.exhibits import RECORD, Exhibits, order
from duediligence.memo.keys import is_term, key_words
from duediligence.memo.standing import worded
from duediligence.memo.statement import Span, Statement, name, say, words
from duediligence.memo.words import STANDING, joined, sentence
from duediligence.repo import shown

_IDLE = {None, "not_applicable"}
"""Standings between which a move is of no effect; it is counted, and not told in full."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """Findings of one rule that stand differently, in the same way."""

    numbers: tuple[tuple[str, str], ...]
    """Number and anchor of each finding the line tells; no anchor for one that is there no more."""

    proposition: Statement
    before: str
    now: str
    why: Statement


@dataclass(frozen=True, kw_only=True)
class Because:
    """Everything one cause moved: it is told once."""

    why: Statement
    moved: tuple[Moved, ...]
    opened: tuple[tuple[str, str], ...]
    """Of those that are open because a repository can no longer be read: one loss, told once."""

    idle: tuple[tuple[str, str], ...]
    """Number and anchor of those that did not apply, or were not there, and do not apply now, or are gone."""


def by_cause(ex: Exhibits, found: Comparison) -> Iterator[Because]:
    """Findings that moved for one reason under that reason, what moves most first."""
    rows = found.changed_findings
    opened, _ = opened_by_loss(rows, found.facts)
    together: dict[Any, list[ChangedFinding]] = {}
    for one in rows:
        together.setdefault((one.causes, _reason(one), one.answers), []).append(one)
    for same in sorted(together.values(), key=lambda same: -len(same)):
        idle = [one for one in same if {one.before, one.after} <= _IDLE]
        lost = [one for one in same if one in opened and one not in idle]
        yield Because(
            why=_why(ex, same),
            moved=tuple(_moved(ex, [one for one in same if one not in idle and one not in lost])),
            opened=_links(ex, lost),
            idle=_links(ex, idle),
        )


def _links(ex: Exhibits, rows: Iterable[ChangedFinding]) -> tuple[tuple[str, str], ...]:
    """Number and anchor of each, in the order of the numbers."""
    there = {(finding.id, finding.about) for finding in ex.inputs.findings.findings}
    return tuple(sorted((_link(ex, one, (one.id, one.about) in there) for one in rows), key=_by_number))


def _by_number(link: tuple[str, str]) -> tuple[int, str]:
    return order(link[0])


def _reason(one: ChangedFinding) -> tuple[tuple[str, str], ...]:
    """What changed, without the terms that follow from the license it names."""
    keys = dict.fromkeys((repo, "license" if is_term(key) else key) for repo, key in one.facts)
    return tuple(keys)


def _moved(ex: Exhibits, rows: Iterable[ChangedFinding]) -> Iterator[Moved]:
    """One line for what one rule finds about several things, where all of it moved alike."""
    together: dict[Any, list[ChangedFinding]] = {}
    for one in rows:
        together.setdefault((one.id, one.before, one.after, one.causes), []).append(one)
    now = {(finding.id, finding.about): finding for finding in ex.inputs.findings.findings}
    for same in together.values():
        first = now.get((same[0].id, same[0].about))
        others = [span for one in same[1:] for span in (*words(", "), *ex.about(one.about))][1:]
        more = words(" The same for ", tuple(others), ".") if others else ()
        gone = "Waits for answers" if same[0].waiting else "No longer found"
        text = worded(first) if first else f"{gone}: {sentence(same[0].proposition)}"
        before, after = stands_then_and_now(same[0])
        yield Moved(
            numbers=tuple(_link(ex, one, (one.id, one.about) in now) for one in same),
            proposition=say(text, more, support=ex.finding_refs(first) if first else (RECORD,)),
            before=before,
            now=after,
            why=_why(ex, same),
        )


def stands_then_and_now(one: ChangedFinding) -> tuple[str, str]:
    """How a finding stood and how it stands, in words."""
    gone = "waits for answers" if one.waiting else "not there any more"
    return STANDING.get(one.before or "", "not there"), STANDING.get(one.after or "", gone)


def _link(ex: Exhibits, one: ChangedFinding, there: bool) -> tuple[str, str]:
    number = ex.numbers.get((one.id, one.about), "")
    return number, f"finding-{number}" if there else ""


def _why(ex: Exhibits, same: list[ChangedFinding]) -> Statement:
    parts: list[Span | str] = [joined(list(same[0].causes))]
    facts = dict.fromkeys(at for one in same for at in _reason(one))
    asked = dict.fromkeys(ex.asked[at].text for one in same for at in one.answers if at in ex.asked)
    said: list[tuple[Span, ...]] = []
    for repo in dict.fromkeys(repo for repo, _ in facts):
        keys = joined([key_words(key) for at, key in facts if at == repo])
        said.append(words(keys, *(() if repo == ex.inputs.repo else (" of ", name(shown(repo))))))
    said += [words(f"“{text}”") for text in asked]
    for i, part in enumerate(said):
        parts += [": " if i == 0 else "; ", *part]
    return say(*parts, ".", support=(RECORD,))

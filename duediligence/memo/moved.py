"""Findings that stand differently since the last memo, those together that moved for one reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from duediligence.analysis.changes import ChangedFinding, Comparison, opened_by_loss
from duediligence.memo.chronology import who
from duediligence.memo.exhibits import RECORD, Exhibits, order
from duediligence.memo.keys import is_term, key_words
from duediligence.memo.standing import worded
from duediligence.memo.statement import Span, Statement, listed, name, say, words
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
    """What changed, and whose answer: nobody is to take a person's answer for the words of a source."""
    said = [*_of_sources(ex, same), *_opened(ex, same), *_given(ex, same)]
    parts: list[Span | str] = [joined(list(same[0].causes))]
    for i, part in enumerate(said):
        parts += [": " if i == 0 else "; ", *part]
    return say(*parts, ".", support=(RECORD,))


def _of_sources(ex: Exhibits, same: list[ChangedFinding]) -> Iterator[tuple[Span, ...]]:
    facts = dict.fromkeys(at for one in same for at in _reason(one))
    shown_to = [at for one in same for at in one.opened]
    looks = ex.inputs.since.looks if ex.inputs.since else ()
    behind = [one for look in looks if (look.question, look.about) in shown_to for one in look.because]
    facts |= dict.fromkeys((one.repo, one.key) for one in behind)
    for repo in dict.fromkeys(repo for repo, _ in facts):
        keys = joined([key_words(key) for at, key in facts if at == repo])
        yield words(keys, *(() if repo == ex.inputs.repo else (" of ", name(shown(repo)))))


def _opened(ex: Exhibits, same: list[ChangedFinding]) -> Iterator[tuple[Span, ...]]:
    """The answers that need another look for it, with who gave them."""
    for at in dict.fromkeys(at for one in same for at in one.opened if at in ex.asked):
        given = ex.inputs.record.answers.get(at, ())
        people = listed([name(one, 60) for one in dict.fromkeys(one.says for one in given)])
        yield words(
            "the answer",
            *((" of ", people) if people else ()),
            f" to “{ex.asked[at].text}” needs another look",
        )


def _given(ex: Exhibits, same: list[ChangedFinding]) -> Iterator[tuple[Span, ...]]:
    """The answers people gave, kept or took back, with who did."""
    events = ex.inputs.since.people if ex.inputs.since else ()
    for at in dict.fromkeys(at for one in same for at in one.answers if at not in one.opened):
        mine = [one for one in events if (one.get("question"), one.get("about")) == at]
        people = listed([name(one, 120) for one in dict.fromkeys(who(one) for one in mine)])
        if at in ex.asked:
            yield words(f"“{ex.asked[at].text}”", *((" (", people, ")") if people else ()))

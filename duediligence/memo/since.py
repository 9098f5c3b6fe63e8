"""Since the last memo: what the sources, the law and this program changed, what people did, what follows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from duediligence.analysis.changes import (
    Change,
    ChangedFinding,
    Comparison,
    lost,
)
from duediligence.analysis.look import READ_DIFFERENTLY, SOURCE_CHANGED
from duediligence.facts.fact import QUOTED_SOURCES, Fact
from duediligence.memo.chronology import event_words, who
from duediligence.memo.exhibits import COVERAGE, RECORD, Exhibits
from duediligence.memo.keys import key_words
from duediligence.memo.origin import says
from duediligence.memo.standing import worded
from duediligence.memo.statement import Span, Statement, name, quote, say, words
from duediligence.memo.words import RELATIONS, STANDING, STATES, counted, joined, on_day, plain, sentence
from duediligence.repo import shown

_QUOTE = 300


@dataclass(frozen=True, kw_only=True)
class Altered:
    """One thing that a source says differently: before and now."""

    what: tuple[Span, ...]
    before: Statement
    now: Statement


@dataclass(frozen=True, kw_only=True)
class AlteredRepo:
    """Everything that is different about one repository."""

    title: str
    rows: tuple[Altered, ...]
    notes: tuple[Statement, ...]
    """What is told once for many facts: a repository that came, went, or can no longer be read."""


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
class Since:
    """What is different from the last memo."""

    title: str
    lead: Statement
    sources: tuple[AlteredRepo, ...]
    chain: tuple[Statement, ...]
    """Relations that came and went, and repositories the Hub answers otherwise."""

    read: tuple[AlteredRepo, ...]
    """The same bytes, read differently by this version of the program."""

    law: tuple[Statement, ...]
    people: tuple[Statement, ...]
    findings: tuple[Moved, ...]
    letters: tuple[str, ...]
    """Titles of the letters these findings offered, or offer."""

    marked: str
    """What the marks in the margin mean, and how many other findings carry one."""

    problems: tuple[str, ...]


def since(ex: Exhibits) -> Since | None:
    """The section; ``None`` for a memo that follows on no other."""
    found = ex.inputs.since
    if found is None:
        return None
    changed = {(one.id, one.about) for one in found.changed_findings}
    return Since(
        title=f"Since the memo of {on_day(_day(found))}",
        lead=_lead(ex, found),
        sources=tuple(_repos(ex, found.facts, SOURCE_CHANGED)),
        chain=tuple(_chain(ex, found)),
        read=tuple(_repos(ex, found.facts, READ_DIFFERENTLY)),
        law=tuple(_law(ex, found)),
        people=tuple(_people(ex, found)),
        findings=tuple(_moved(ex, found.changed_findings)),
        letters=tuple(_letter(ex, id) for id in found.letters),
        marked=_marked(len(found.moved - changed)),
        problems=tuple(ex.inputs.problems),
    )


def first_line(ex: Exhibits) -> Statement | None:
    """The same in one sentence, for page 1."""
    found = ex.inputs.since
    if found is None:
        return None
    return say(f"Since the memo of {on_day(_day(found))}: {_counts(found)}.", support=(RECORD,))


def _day(found: Comparison) -> date:
    return date.fromisoformat(str(found.memo["as_of"]))


def _lead(ex: Exhibits, found: Comparison) -> Statement:
    issued = ex.moment(str(found.memo.get("at", "")))
    return say(
        "Compared with memo ",
        name(found.since),
        f", issued {issued}: {_counts(found)}.",
        support=(RECORD,),
    )


def _counts(found: Comparison) -> str:
    source = sum(one.cause == SOURCE_CHANGED for one in found.facts)
    answers = sum(one["event"] in ("answered", "withdrawn") for one in found.people)
    kept = sum(one["event"] == "kept" for one in found.people)
    parts = [
        f"{counted(source, 'fact')} changed",
        f"{counted(len(found.changed_findings), 'finding')} {_stand(found)} differently",
        f"{counted(answers, 'answer')} given or taken back",
        f"{kept} kept",
    ]
    law = len(found.law)
    return joined(parts) + (f"; {counted(law, 'change')} in the law files" if law else "")


def _stand(found: Comparison) -> str:
    return "stands" if len(found.changed_findings) == 1 else "stand"


def _marked(others: int) -> str:
    said = "What is new or changed since then is marked in the margin."
    stands = "stands" if others == 1 else "stand"
    more = f" {counted(others, 'other finding')} {stands} as before, in other words or on other support."
    return said + (more if others else "")


# What the sources say.


def _repos(ex: Exhibits, changes: Iterable[Change], cause: str) -> Iterator[AlteredRepo]:
    ours = sorted((one for one in changes if one.cause == cause), key=lambda one: _first(ex, one.repo))
    for repo, group in groupby(ours, key=lambda one: one.repo):
        rows = list(group)
        now = [fact for fact in ex.inputs.facts if fact.repo == repo and fact.source != "computed"]
        yield _repo(ex, repo, rows, now)


def _first(ex: Exhibits, repo: str) -> tuple[bool, str]:
    return repo != ex.inputs.repo, repo


def _repo(ex: Exhibits, repo: str, rows: list[Change], now: list[Fact]) -> AlteredRepo:
    came = {one.after.id for one in rows if one.after} if all(one.before is None for one in rows) else set()
    if now and came == {fact.id for fact in now}:
        many = counted(sum(fact.state == "stated" for fact in now), "fact")
        note = say(f"New in the chain: {many}, in annex G.", support=ex.refs(now))
        return AlteredRepo(title=shown(repo), rows=(), notes=(note,))
    if not now:
        gone = [one.before for one in rows if one.before]
        note = say("No longer in the chain.", support=ex.refs(gone) or (COVERAGE,))
        return AlteredRepo(title=shown(repo), rows=(), notes=(note,))
    told = lost(rows).get(repo, [])
    return AlteredRepo(
        title=shown(repo),
        rows=tuple(_altered(ex, [one for one in rows if one not in told])),
        notes=(_lost(ex, repo, told),) if told else (),
    )


def _lost(ex: Exhibits, repo: str, rows: list[Change]) -> Statement:
    # Of the repo, not of its entry: that is shown also where the card is behind access terms.
    states = {node.id: node.state for node in ex.inputs.lineage.repos}
    known = states.get(repo)
    state = STATES.get(known, plain(known)) if known else "not asked for"
    stated = [one for one in rows if one.before and one.before.state == "stated"]
    keys = list(dict.fromkeys(key_words(one.key) for one in stated))
    said = f" What it said before can no longer be read there: {joined(keys)}." if keys else ""
    return say(f"Now {state}.{said}", support=ex.refs([one.before for one in stated if one.before]))


def _altered(ex: Exhibits, rows: list[Change]) -> Iterator[Altered]:
    """One row for what several places say in the same words, before and now."""
    together: dict[Any, list[Change]] = {}
    for one in rows:
        together.setdefault((one.key, _said(one.before), _said(one.after)), []).append(one)
    for (key, _, _), same in together.items():
        yield Altered(
            what=words(key_words(key)),
            before=_side(ex, [one.before for one in same if one.before], same[0], old=True),
            now=_side(ex, [one.after for one in same if one.after], same[0]),
        )


def _said(fact: Fact | None) -> tuple[str | None, str | None] | None:
    return (fact.state, fact.quote if fact.source in QUOTED_SOURCES else fact.value) if fact else None


def _side(ex: Exhibits, facts: list[Fact], change: Change, *, old: bool = False) -> Statement:
    """What some facts that say the same say, before or after *change*."""
    if not facts:
        return say("not there", support=(COVERAGE,))
    who_says = " · ".join(dict.fromkeys(says(fact) for fact in facts))
    if facts[0].state != "stated":
        return say(who_says, support=ex.refs(facts))
    theirs = facts[0].quote if facts[0].source in QUOTED_SOURCES else facts[0].value
    passage = change.passages[0 if old else 1] if change.passages else ""
    below = words("; below it: ", quote(passage, _QUOTE)) if passage else ()
    others = below or ("; the words below this line are others" if change.below and not old else "")
    return say(f"{who_says}: ", quote(theirs or facts[0].value or "", _QUOTE), others, support=ex.refs(facts))


def _chain(ex: Exhibits, found: Comparison) -> Iterator[Statement]:
    for one in found.edges:
        edge = one.edge
        relation = RELATIONS.get(edge.relation, plain(edge.relation))
        what = (name(shown(edge.downstream)), f" {relation} ", name(shown(edge.upstream)))
        gone = "Can no longer be read: " if one.unread else "No longer stated: "
        how = "Stated since: " if one.new else gone
        yield say(how, *what, ".", support=ex.ref(edge.evidence) or (COVERAGE,))
    for state in found.states:
        then, now = (STATES.get(one, plain(one)) for one in (state.before, state.after))
        info = next((e for e in ex.inputs.entries if (e.repo, e.resource) == (state.repo, "info")), None)
        support = ex.ref(info.evidence if info else None) or (COVERAGE,)
        yield say(name(shown(state.repo)), f": then {then}; now {now}.", support=support)


# The law, people, and what follows.


def _law(ex: Exhibits, found: Comparison) -> Iterator[Statement]:
    then, now = str(found.memo["law_digest"]), ex.inputs.law.digest
    if then != now:
        said = f"The law files are of another edition: {then[:12]} then, {now[:12]} now."
        yield say(said, support=(RECORD,))
    for one in found.law:
        support = ex.source_ref(one.id) or (RECORD,)
        what = f"{one.kind.capitalize()}: {sentence(one.title)}"
        if one.before is None or one.after is None:
            word = "Not in force then." if one.before is None else "Not in force any more."
        elif one.kind == "legal source":
            word = f"Then {one.before}; now {one.after}."
        else:
            word = f"It is {one.after} since."
        yield say(f"{what} {word}", support=support)


def _people(ex: Exhibits, found: Comparison) -> Iterator[Statement]:
    """Changed answers one by one, those to new questions in one line, then what else people did."""
    answered = [event for event in found.people if event["event"] == "answered"]
    given = (one for one in ex.inputs.record.chronology if one["event"] == "answered")
    before = {_address(event) for event in given if event not in answered}
    again = [event for event in answered if _address(event) in before]
    first = [ex.answer_numbers[event["sha256"][:8]] for event in answered if event not in again]
    for event in again:
        ref = ex.answer_ref(event["sha256"])
        yield say("Answered anew: “", str(event["shown"]["text"]), "”", _by(event), support=ref)
    if first:
        span = first[0] if len(first) == 1 else f"{first[0]} to {first[-1]}"
        yield say(f"{counted(len(first), 'question')} answered ({span}, annex D).", support=(RECORD,))
    for event in found.people:
        if event["event"] != "answered":
            yield say(*event_words(ex, event), _by(event), support=(RECORD,))


def _address(event: Mapping[str, Any]) -> tuple[str, Any]:
    return str(event["question"]), event.get("about")


def _by(event: Mapping[str, Any]) -> tuple[Span, ...]:
    return words(" – ", name(who(event), 120))


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
        text = worded(first) if first else sentence(same[0].proposition)
        yield Moved(
            numbers=tuple(_link(ex, one, (one.id, one.about) in now) for one in same),
            proposition=say(text, more, support=ex.finding_refs(first) if first else (RECORD,)),
            before=STANDING.get(same[0].before or "", "not there"),
            now=STANDING.get(same[0].after or "", "not there any more"),
            why=_why(ex, same),
        )


def _letter(ex: Exhibits, id: str) -> str:
    letters = ex.inputs.law.letters
    return letters[id].title if id in letters else plain(id)


def _link(ex: Exhibits, one: ChangedFinding, there: bool) -> tuple[str, str]:
    number = ex.numbers.get((one.id, one.about), "")
    return number, f"finding-{number}" if there else ""


def _why(ex: Exhibits, same: list[ChangedFinding]) -> Statement:
    parts: list[Span | str] = [joined(list(same[0].causes))]
    facts = dict.fromkeys(at for one in same for at in one.facts)
    asked = dict.fromkeys(ex.asked[at].text for one in same for at in one.answers if at in ex.asked)
    said: list[tuple[Span, ...]] = []
    for repo in dict.fromkeys(repo for repo, _ in facts):
        keys = joined([key_words(key) for at, key in facts if at == repo])
        said.append(words(keys, *(() if repo == ex.inputs.repo else (" of ", name(shown(repo))))))
    said += [words(f"“{text}”") for text in asked]
    for i, part in enumerate(said):
        parts += [": " if i == 0 else "; ", *part]
    return say(*parts, ".", support=(RECORD,))

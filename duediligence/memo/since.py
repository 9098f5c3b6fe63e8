"""Since the last memo: what the sources, the law and this program changed, what people did, what follows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from duediligence.analysis.changes import Comparison, alike
from duediligence.analysis.keydate import KeyDate
from duediligence.analysis.look import READ_DIFFERENTLY, SOURCE_CHANGED
from duediligence.memo.altered import AlteredRepo, altered_repos, other_words
from duediligence.memo.chronology import event_words, who
from duediligence.memo.exhibits import COVERAGE, RECORD, Exhibits
from duediligence.memo.moved import Because, Moved, by_cause
from duediligence.memo.statement import Span, Statement, listed, name, say, words
from duediligence.memo.words import (
    RELATIONS,
    STATES,
    counted,
    day,
    joined,
    on_day,
    opened,
    plain,
    sentence,
    spelled,
)
from duediligence.repo import shown
from duediligence.steps import UNDONE

_GIVEN = ("answered", "withdrawn")

_STATE = {"contested": "disputed", "pending": "pending before a court or authority"}
"""States of a legal source that are not said by their own word."""


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
    dates: tuple[Statement, ...]
    """Dates to watch that came, went, moved or passed."""

    by_cause: tuple[Because, ...]
    """The findings that stand differently, those together that moved for one reason."""

    letters: tuple[str, ...]
    """Titles of the letters these findings offered, or offer."""

    marked: str
    """What the marks in the margin mean, and how many other findings carry one."""

    problems: tuple[str, ...]

    @property
    def findings(self) -> tuple[Moved, ...]:
        """Every finding that stands differently, whatever moved it."""
        return tuple(one for cause in self.by_cause for one in cause.moved)


def since(ex: Exhibits) -> Since | None:
    """The section; ``None`` for a memo that follows on no other."""
    found = ex.inputs.since
    if found is None:
        return None
    changed = {(one.id, one.about) for one in found.changed_findings}
    return Since(
        title=f"Since the memo of {on_day(_day(found))}",
        lead=_lead(ex, found),
        sources=(*altered_repos(ex, found.facts, SOURCE_CHANGED), *other_words(ex, found)),
        chain=tuple(_chain(ex, found)),
        read=tuple(altered_repos(ex, found.facts, READ_DIFFERENTLY)),
        law=tuple(_law(ex, found)),
        people=tuple(_people(ex, found)),
        dates=tuple(_dates(ex, found)),
        by_cause=tuple(by_cause(ex, found)),
        letters=tuple(_letter(ex, id) for id in found.letters),
        marked=_marked(len(found.moved - changed)),
        problems=tuple(ex.inputs.problems),
    )


def first_line(ex: Exhibits) -> Statement | None:
    """The same in one sentence, for page 1."""
    found = ex.inputs.since
    if found is None:
        return None
    head = f"Since the memo of {on_day(_day(found))}: {_counts(found)}"
    return say(head, *_relicensed(ex, found), ".", support=(RECORD,))


def _relicensed(ex: Exhibits, found: Comparison) -> tuple[Span, ...]:
    """The license of the repository itself, before and now, when it changed: that is told first of all."""
    for one in found.facts:
        old, new = (fact.value if fact else None for fact in (one.before, one.after))
        ours = (one.repo, one.key, one.cause) == (ex.inputs.repo, "license", SOURCE_CHANGED)
        if ours and old and new and old != new:
            return words("; its license was ", name(old, 60), ", and is now stated as ", name(new, 60))
    return ()


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
    source = len(alike(one for one in found.facts if one.cause == SOURCE_CHANGED))
    answers = sum(one["event"] in (*_GIVEN, UNDONE) and "question" in one for one in found.people)
    kept = sum(one["event"] == "kept" for one in found.people)
    law = len(found.law)
    parts = [f"{counted(source, 'fact')} changed"] * bool(source)
    parts += [f"{counted(len(found.changed_findings), 'finding')} {_stand(found)} differently"] * bool(
        found.changed_findings
    )
    parts += [f"{counted(answers, 'answer')} given or taken back"] * bool(answers)
    parts += [f"{counted(kept, 'answer')} kept"] * bool(kept)
    parts += [f"{counted(law, 'change')} in the law files"] * bool(law)
    return joined(parts) or "no fact, finding, answer or law changed"


def _stand(found: Comparison) -> str:
    return "stands" if len(found.changed_findings) == 1 else "stand"


def _marked(others: int) -> str:
    said = "What is new or changed since then is marked in the margin."
    stands = "stands" if others == 1 else "stand"
    more = f" {counted(others, 'other finding')} {stands} as before, in other words or on other support."
    return said + (more if others else "")


def _dates(ex: Exhibits, found: Comparison) -> Iterator[Statement]:
    for one in found.dates:
        there = one.after or one.before
        if there is None:
            continue
        passed = " This day has passed." if one.after and one.after.state == "passed" else ""
        moved = _day_moved(one.before, one.after)
        events = [str(item["event"]) for item in there.rests_on if "event" in item]
        support = tuple(ref for event in events for ref in ex.answer_ref(event)) or (RECORD,)
        yield say(f"{sentence(spelled(there.title))} {moved}{passed}", support=support)


def _day_moved(before: KeyDate | None, now: KeyDate | None) -> str:
    if before is None or now is None:
        return f"New: {_on(now)}." if now else f"No longer watched; it was {_on(before)}." if before else ""
    then, there = _on(before), _on(now)
    return f"Then {then}; now {there}." if then != there else f"{opened(there)}."


def _on(one: KeyDate) -> str:
    return day(one.last.isoformat()) if one.last else one.on or "no date"


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
            word = f"Then {_STATE.get(one.before, one.before)}; now {_STATE.get(one.after, one.after)}."
        else:
            word = f"It is {one.after} since."
        yield say(f"{what} {word}", support=support)


def _people(ex: Exhibits, found: Comparison) -> Iterator[Statement]:
    """Changed answers one by one, those to new questions in one line, then what else people did."""
    answered = [event for event in found.people if event["event"] == "answered"]
    since = {event["sha256"][:8] for event in answered}.union(*(one.get("again", ()) for one in found.people))
    given = (one for one in ex.inputs.record.chronology if one["event"] == "answered")
    before = {_address(event) for event in given if event["sha256"][:8] not in since}
    again = [event for event in answered if _address(event) in before]
    first = [ex.answer_numbers[event["sha256"][:8]] for event in answered if event not in again]
    for event in again:
        old = [one for one in found_before(ex, event) if one not in answered]
        ref = ex.answer_ref(event["sha256"]) + (ex.answer_ref(old[-1]["sha256"]) if old else ())
        then = words(" Then ", _value(ex, old[-1]), "; now ", _value(ex, event), ".") if old else ()
        yield say("Answered anew: “", str(event["shown"]["text"]), "”", then, _by(event), support=ref)
    if first:
        span = first[0] if len(first) == 1 else f"{first[0]} to {first[-1]}"
        yield say(f"{counted(len(first), 'question')} answered ({span}, annex D).", support=(RECORD,))
    for event in found.people:
        if event["event"] != "answered":
            yield say(*event_words(ex, event), _by(event), support=(RECORD,))


def found_before(ex: Exhibits, event: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The answers given to the same question before *event*, the earliest first."""
    given = [one for one in ex.inputs.record.chronology if one["event"] == "answered"]
    place = next((i for i, one in enumerate(given) if one["sha256"] == event["sha256"]), len(given))
    return [one for one in given[:place] if _address(one) == _address(event)]


def _value(ex: Exhibits, event: Mapping[str, Any]) -> tuple[Span, ...]:
    given = event["value"]
    values = [given] if isinstance(given, str) else list(given)
    if values == ["unknown"]:
        return words("not known")
    return listed([ex.spoken(str(one), str(event["question"])) for one in values], ", ")


def _address(event: Mapping[str, Any]) -> tuple[str, Any]:
    return str(event["question"]), event.get("about")


def _by(event: Mapping[str, Any]) -> tuple[Span, ...]:
    return words(" – ", name(who(event), 120))


def _letter(ex: Exhibits, id: str) -> str:
    letters = ex.inputs.law.letters
    return letters[id].title if id in letters else plain(id)

"""What changed, in lines: for the command line, for a look at the Hub, and for Python at a prompt."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from duediligence.analysis.abouts import address
from duediligence.analysis.changes import (
    Change,
    ChangedDate,
    ChangedFinding,
    Comparison,
    Look,
    OtherWords,
    Place,
    alike,
    lost,
    opened_by_loss,
    theirs,
)
from duediligence.analysis.look import SOURCE_CHANGED
from duediligence.facts.fact import Fact
from duediligence.facts.paragraphs import apart
from duediligence.memo.moved import stands_then_and_now
from duediligence.repo import shown
from duediligence.steps import UNDONE, undone_words
from duediligence.surroundings import command
from duediligence.visible import visible_line

_QUOTE = 240
_AROUND = 6
"""Words shown on either side of those that differ."""

_SOURCES = {
    "api": "API",
    "front_matter": "metadata",
    "license_file": "file",
    "prose": "text",
    "discussion": "thread",
    "page": "page",
}

_TERMS = ("license", "gated", "extra_gated", "excluded_places")
"""What the keys begin with under which the terms of a repository stand."""


def fact_lines(changes: Sequence[Change]) -> list[str]:
    """*changes* in lines: one for what several places changed alike, one for a repo no longer read.

    What changed of a license or of access stands first.
    """
    terms, gone, rest = _apart_by_weight(changes)
    lost_ones = [lost_line(repo, rows) for repo, rows in gone.items()]
    return [*map(_fact_line, terms), *lost_ones, *map(_fact_line, rest)]


def headlines(changes: Sequence[Change]) -> tuple[list[str], int]:
    """The lines told where there is room for few, and how many others there are.

    What changed of a license or of access is never among the others.
    """
    lines, terms = fact_lines(changes), _apart_by_weight(changes)[0]
    told = lines[: max(len(terms), 1)]
    return told, len(lines) - len(told)


def terms_lines(changes: Sequence[Change]) -> list[str]:
    """The lines on what changed of a license or of access."""
    return [_fact_line(same) for same in _apart_by_weight(changes)[0]]


_Rows = list[list[Change]]


def _apart_by_weight(changes: Sequence[Change]) -> tuple[_Rows, Mapping[str, list[Change]], _Rows]:
    """What changed of licenses and access, repos that can no longer be read, and the rest."""
    gone = lost(changes)
    unread = {id(one) for rows in gone.values() for one in rows}
    rows = alike(one for one in changes if id(one) not in unread)
    terms = [same for same in rows if same[0].key.startswith(_TERMS)]
    return terms, gone, [same for same in rows if same not in terms]


def lost_line(repo: str, rows: Iterable[Change]) -> str:
    """What can no longer be read, in one line."""
    stated = [one.before for one in rows if one.before is not None and one.before.state == "stated"]
    licenses = sorted({fact.value or "" for fact in stated if fact.key == "license"})
    keys = sorted({fact.key for fact in stated} - {"license"})
    parts = [f"license {visible_line(', '.join(licenses), 120)}"] if licenses else []
    said = "; ".join([*parts, *([f"something on {', '.join(keys)}"] if keys else [])])
    return f"{shown(repo)}: can no longer be read there{f'; it said before: {said}' if said else ''}"


def _fact_line(same: Sequence[Change]) -> str:
    one = same[0]
    why = "" if one.cause == SOURCE_CHANGED else f" ({one.cause})"
    return f"{shown(one.repo)}: {one.key} {_went_and_came(one)}{_places(same)}{why}"


def _went_and_came(one: Change) -> str:
    old, new = one.before, one.after
    passages = _pair(*one.passages) if one.passages else ""
    if one.below:
        return f"stays {_value(new)}, with other words below it{f': {passages}' if passages else ''}"
    if old is None or new is None:
        fact = new or old
        quote = theirs(fact)
        # A title in a thread is quoted with the marks it has in its file.
        more = fact is not None and quote.strip('"') != fact.value
        said = f": “{visible_line(quote, _QUOTE)}”" if quote and more else ""
        return f"{'has gone' if new is None else 'is new'}: {_value(fact)}{said}"
    quotes = _pair(theirs(old), theirs(new)) if theirs(old) != theirs(new) else ""
    if old.state == new.state == "stated" and old.value == new.value and quotes:
        return f"{_value(new)} has other words: {quotes}"
    said = f": {passages or quotes}" if passages or quotes else ""
    return f"was {_value(old)}, is {_value(new)}{said}"


def _value(fact: Fact | None) -> str:
    if fact is None:
        return "nothing"
    if fact.state == "absent":
        return "not stated"
    return visible_line(fact.value, 80) if fact.value is not None else fact.state.replace("_", " ")


def _pair(old: str, new: str) -> str:
    """Both texts, cut to the words that differ and some around them."""
    was, is_ = (f"“{visible_line(one, _QUOTE)}”" if one else "" for one in apart(old, new, _AROUND))
    if not was or not is_:
        return f"gone: {was}" if was else f"new: {is_}"
    return f"{was} -> {is_}"


def _places(same: Sequence[Change]) -> str:
    facts = [fact for one in same for fact in (one.after or one.before,) if fact and fact.source]
    places = dict.fromkeys(_place(fact) for fact in facts)
    return f" [{', '.join(places)}]" if places else ""


def _place(fact: Fact) -> str:
    kind = _SOURCES.get(fact.source or "", fact.source or "")
    return kind if fact.source in ("api", "front_matter") else f"{kind} {visible_line(fact.file or '', 80)}"


def comparison_text(found: Comparison) -> str:
    """Everything that differs, each kind of change under its own heading."""
    if not found.since:
        both = [f"Two answers, one to be chosen: {at}" for at in found.two_answers]
        return "\n".join(["There is nothing to compare with yet: one capture, and no memo.", *both])
    head = f"Between {found.since} and {found.until}:"
    if found.nothing:
        nothing = "Nothing that is read here" if found.other_words else "Nothing"
        head = f"{nothing} changed between {found.since} and {found.until}."
    lines = [head]
    for title, rows in _by_kind(found):
        lines += [title, *(f"  {row}" for row in rows)] if rows else []
    return "\n".join([*lines, *found.problems])


def _by_kind(found: Comparison) -> Iterator[tuple[str, list[str]]]:
    yield "The sources changed:", fact_lines([one for one in found.facts if one.cause == SOURCE_CHANGED])
    yield "The chain changed:", [str(one) for one in (*found.edges, *found.states)]
    yield "Other words, of which nothing is read here:", [_other(one) for one in found.other_words]
    read = fact_lines([one for one in found.facts if one.cause != SOURCE_CHANGED])
    yield "This program, the law or the wording changed:", [*read, *(str(one) for one in found.law)]
    yield "People added:", [event_line(one) for one in found.people]
    yield "Need another look:", [_look(one) for one in found.looks if one.state == "needs_another_look"]
    yield "Two answers, one to be chosen:", list(found.two_answers)
    opened, moved = opened_by_loss(found.changed_findings, found.facts)
    yield "Findings that stand differently:", [*opened_lines(opened), *_findings(moved, found.people)]
    yield "Dates to watch:", [date_line(one) for one in found.dates]
    yield "Letters to look at again before they are sent:", [_letter(id) for id in found.letters]


def _letter(id: str) -> str:
    return f"{id}; its words: {command()} letter CASE {id}"


def _other(one: OtherWords) -> str:
    return f"{shown(one.repo)}, {visible_line(one.file, 80)}: {_pair(*one.passages)}"


def _look(one: Look) -> str:
    """The address, and which of the facts it was shown are others now."""
    keys = dict.fromkeys(f"{change.key} of {shown(change.repo)}" for change in one.because)
    causes = dict.fromkeys(change.cause for change in one.because)
    why = f"{'; '.join(causes)}: {', '.join(keys)}" if keys else "the question changed"
    return f"{address(one.question, one.about)} ({why})"


def opened_lines(rows: Iterable[ChangedFinding]) -> Iterator[str]:
    """The findings that wait for what a repo said that can no longer be read, in one line a repo."""
    by_repo: dict[str, list[ChangedFinding]] = {}
    for one in rows:
        by_repo.setdefault(", ".join(dict.fromkeys(shown(repo) for repo, _ in one.facts)), []).append(one)
    for repo, same in by_repo.items():
        rest = "1 finding that rests" if len(same) == 1 else f"{len(same)} findings that rest"
        yield f"open now: {rest} on what {repo} said, which can no longer be read there"


def _findings(changed: Iterable[ChangedFinding], people: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What moved them once, then the findings it moved."""
    rows = sorted(changed, key=lambda one: (one.causes, one.because, one.opened))
    for (causes, because), same in groupby(rows, key=lambda one: (one.causes, moved_by(one, people))):
        what = f": {', '.join(because)}" if because else ""
        yield f"{'; '.join(causes)}{what}"
        yield from (f"  {_finding(one)}" for one in same)


def moved_by(one: ChangedFinding, people: Sequence[Mapping[str, Any]] = ()) -> tuple[str, ...]:
    """What moved it: keys of repos, answers that need another look, and answers people gave, with who."""
    return (
        *(f"{shown(repo)}: {key}" for repo, key in one.facts),
        *(f"the answer {address(*at)} needs another look" for at in one.opened),
        *(_with_who(at, people) for at in one.answers if at not in one.opened),
    )


def _with_who(at: Place, people: Sequence[Mapping[str, Any]]) -> str:
    mine = [one for one in people if (one.get("question"), one.get("about")) == at]
    names = dict.fromkeys(visible_line(str(one.get("says") or one.get("by") or ""), 60) for one in mine)
    return address(*at) + (f" ({', '.join(names)})" if names else "")


def _finding(one: ChangedFinding) -> str:
    before, after = stands_then_and_now(one)
    whether = "whether this holds: " if one.in_question else ""
    return f"{before} -> {after}: {whether}{visible_line(one.proposition, 200)}"


def date_line(one: ChangedDate) -> str:
    """A date to watch that came, went, moved or passed."""
    if one.after is None:
        return f"no longer watched: {one.before}"
    if one.before is None:
        return f"new: {one.after}"
    if one.after.state == "passed" and one.before.state != "passed":
        return f"passed since: {one.after}"
    return f"{one.after}; before: {one.before.on or 'no date'}"


def event_line(event: Mapping[str, Any]) -> str:
    """One event in a line: what, about what, by whom."""
    about = next((str(event[key]) for key in EVENT_NAMES if event.get(key)), "")
    if event.get("question") and event.get("about"):
        about += f"@{event['about']}"
    if event["event"] in ("signed", "unsigned"):
        about += f" as {event['as']}"
    about = visible_line(about, 120)
    if event["event"] == UNDONE:
        what, since = undone_words(event)
        why = f"; reason: {visible_line(event['reason'], 120)}" if event.get("reason") else ""
        about = f"{what} {about} ({since}{why})"
    who = visible_line(str(event.get("by") or ""), 60)
    return f"{event['event']:<10} {about}  {who}".rstrip()


EVENT_NAMES = ("question", "mention", "source", "capture", "memo", "text", "scope", "reason")
"""What an event is about: the first of these that it has."""

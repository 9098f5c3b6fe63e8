"""Where a case stands, in words: the status card, and what happened since somebody was last here."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from duediligence.analysis.abouts import address
from duediligence.analysis.against import against
from duediligence.analysis.changes import Change, alike
from duediligence.analysis.keydate import KeyDate
from duediligence.analysis.situation import Asked, Findings, Situation
from duediligence.cautions import DIRECTED
from duediligence.changes_text import terms_lines
from duediligence.evidence.manifest import Entry
from duediligence.facts.fact import Fact
from duediligence.folder import local_date
from duediligence.history import Record
from duediligence.knowledge.law import overdue
from duediligence.ledger import Graph
from duediligence.memo.words import STANDING, counted, joined, on_day
from duediligence.not_there import instead, not_there
from duediligence.repo import shown
from duediligence.reports import Row, Status
from duediligence.signatures import last_signed
from duediligence.steps import UNDONE, steps
from duediligence.surroundings import command
from duediligence.visible import visible_line

_MOST_DATES = 6
_MOST_MENTIONS = 3
_MOST_AGAINST = 4
_NOTHING_READ = "nothing of the repository was read, so none of them is about it"

OWNERS = {"you": "for you", "provider": "for the provider", "counsel": "for counsel"}


def status_of(
    folder: Path,
    graph: Graph,
    record: Record,
    entries: Sequence[Entry],
    situation: Situation,
    asked: Sequence[Asked],
    found: Findings | None,
) -> Status:
    """The status card of a case."""
    problems = [*graph.problems]
    if graph.read_only:
        problems.append(f"This case can only be read here: {graph.read_only}.")
    return Status(
        title=shown(situation.repo),
        looked=looked(record, entries, situation.repo),
        rows=_rows(folder, record, situation, asked, found),
        next=_next(folder, record, entries, situation.repo, asked),
        problems=tuple(visible_line(problem) for problem in problems),
        dates=_dates(found, movable=False),
        days_set=_dates(found, movable=True),
        against=tuple(_against(found, situation)),
        notices=tuple(_notices(record, situation)),
        sample=bool(record.opened.get("sample")),
    )


def _notices(record: Record, situation: Situation) -> Iterator[str]:
    """What holds for the whole file: a hold, a lawyer who directs it, law that is due for review."""
    if record.held:
        keeper = f" Kept by {record.held['custodian']}." if record.held.get("custodian") else ""
        yield visible_line(
            f"On hold since {record.held['at'][:10]}: nothing is withdrawn or deleted. "
            f"To be kept: {record.held['scope']}.{keeper}",
            300,
        )
    if record.opened.get("counsel"):
        yield visible_line(f"Directed by {record.opened['counsel']}: {DIRECTED}", 300)
    late = overdue(situation.law)
    if late:
        first = min(one.review_by for one in late)
        yield (
            f"{len(late)} of {len(situation.law.authorities)} legal sources are past the day they were to be "
            f"looked at again, the first since {first}. See: {command()} check-legal --html FILE"
        )


def _dates(found: Findings | None, *, movable: bool) -> tuple[str, ...]:
    if found is None:
        return ()
    days = [one for one in open_dates(found) if one.movable is movable]
    return tuple(visible_line(str(one), 300) for one in days[:_MOST_DATES])


def _against(found: Findings | None, situation: Situation) -> Iterator[str]:
    """What limits the plan and stands on words of a source; the memo tells which words."""
    if found is None or not found.for_user:
        return
    limiting = against(found.findings, {one.id: one for one in situation.facts}, situation.repo)
    for one in limiting[:_MOST_AGAINST]:
        proposition = visible_line(one.proposition, 300)
        if one.status == "gap":
            yield f"Open, for the sources differ: {proposition}"
        else:
            yield f"{proposition} ({STANDING.get(one.status, one.status)})"
    if (more := len(limiting) - _MOST_AGAINST) > 0:
        yield f"And {counted(more, 'more finding')} of this kind."


def open_dates(found: Findings) -> list[KeyDate]:
    """The dates that wait for somebody: every period that is not met, and what has yet to come."""
    ahead = [one for one in found.dates if one.kind == "period" or one.state == "running"]
    return [one for one in ahead if one.state != "met"]


def is_open(one: Asked) -> bool:
    """Whether a question waits for somebody: to answer it, to look again, or to choose."""
    return one.asked and one.state in ("unanswered", "needs_another_look", "two_answers")


def looked(record: Record, entries: Sequence[Entry], repo: str) -> str:
    """Which revision of *repo* was read and when, in a sentence."""
    if not record.captures:
        return "Nobody has looked at the Hub yet."
    info = next((entry for entry in entries if entry.repo == repo and entry.resource == "info"), None)
    at = record.captures[-1]["at"][:16].replace("T", " ") + " UTC"
    if info is not None and info.state == "not_found":
        said = not_there(repo)
        return f"{said[:1].upper()}{said[1:]}. Looked {at}."
    if info is None or info.revision is None:
        return f"Looked {at}; the Hub gave no revision."
    return f"Read at revision {info.revision[:12]}, looked {at}."


def _rows(
    folder: Path, record: Record, situation: Situation, asked: Sequence[Asked], found: Findings | None
) -> tuple[Row, ...]:
    open_ = [one for one in asked if is_open(one)]
    ours = [one for one in open_ if "provider" not in one.question.who[:1]]
    passed = [one for one in asked if one.asked and one.state == "unknown" and one.answer and one.answer.ask]
    theirs = [*passed, *(one for one in open_ if "provider" in one.question.who[:1])]
    given = sum(one.state in ("answered", "unknown") for one in asked)
    stated = [fact for fact in situation.facts if fact.state == "stated" and fact.source != "computed"]
    states = Counter(one.state for one in asked)
    again, twice = states["needs_another_look"], states["two_answers"]
    look = f"; {again} {'needs' if again == 1 else 'need'} another look" if again else ""
    look += f"; {counted(twice, 'question')} with two answers" if twice else ""
    return (
        Row(
            title="About you",
            says=f"{given} answered{look}",
            verb=f"answer {len(ours)} more" if ours else None,
        ),
        Row(
            title="What the sources say",
            says=_from_documents(stated) + _undecided(situation),
            verb=None if record.captures else "look at the Hub",
        ),
        Row(
            title="Questions others must answer",
            says=f"{len(theirs)} open" + (f"; the list: {_to_send(folder)}" if theirs else ""),
            verb="send them" if theirs else None,
        ),
        Row(title="Findings", says=_counted(found) if _read(situation) else _NOTHING_READ, verb=None),
        Row(
            title="Memo",
            says=f"{len(record.issued)} issued{last_signed(record)}",
            verb="preview" if found and _read(situation) else None,
        ),
    )


def _read(situation: Situation) -> bool:
    """Whether anything of the repo was ever read."""
    ours = [fact for fact in situation.facts if fact.repo == situation.repo and fact.source != "computed"]
    return not ours or any(fact.state == "stated" or fact.searched for fact in ours)


def _from_documents(stated: Sequence[Fact]) -> str:
    documents = len({fact.evidence for fact in stated})
    return f"{len(stated)} facts from {'1 document' if documents == 1 else f'{documents} documents'}"


def _undecided(situation: Situation) -> str:
    """What only the text names and nobody has decided on, by the names to type."""
    open_ = [edge.short for edge in situation.lineage.edges if edge.undecided]
    if not open_:
        return ""
    more = f" and {len(open_) - _MOST_MENTIONS} more" if len(open_) > _MOST_MENTIONS else ""
    listed = f"{', '.join(open_[:_MOST_MENTIONS])}{more}"
    return f"; {counted(len(open_), 'name', 'names')} only in the text, to accept or reject: {listed}"


def _counted(found: Findings | None) -> str:
    if found is None:
        return "none before the first look at the Hub"
    owners = Counter(one.owner for one in found.findings if one.status != "not_applicable")
    parts = [f"{owners[owner]} {words}" for owner, words in OWNERS.items() if owners[owner]]
    return ", ".join(parts) or "none"


def _next(folder: Path, record: Record, entries: Sequence[Entry], repo: str, asked: Sequence[Asked]) -> str:
    if not record.captures:
        return f"look at the Hub: {command()} capture {folder}"
    info = next((entry for entry in entries if entry.repo == repo and entry.resource == "info"), None)
    if info is not None and info.state == "not_found":
        return f"check the address. {instead(repo)}"
    again = next((one for one in asked if one.state in ("needs_another_look", "two_answers")), None)
    if again:
        choose = again.state == "two_answers"
        return f"choose one of the answers to “{again.text}”" if choose else f"look again at “{again.text}”"
    waiting = [one for one in asked if one.asked and one.state == "unanswered"]
    ours = [one for one in waiting if "provider" not in one.question.who[:1] or _publishes(asked)]
    if ours:
        first = sum(one.question.first is not None for one in ours)
        rest = f" ({first} of the first questions {'is' if first == 1 else 'are'} open)" if first else ""
        typed = f"{command()} answer {folder} {address(ours[0].question.id, ours[0].about)} VALUE"
        return f"answer “{ours[0].text}”{rest}, about 1 minute: {typed}"
    if waiting:
        return f"send the questions to the provider: {_to_send(folder)}"
    return f"read the memo: {command()} memo {folder}"


def _publishes(asked: Sequence[Asked]) -> bool:
    """Whether the provider's questions are for whoever asks."""
    roles = [one.answer.value for one in asked if one.question.id == "use.role" and one.answer]
    return any("releaser" in value for value in roles)


def _to_send(folder: Path) -> str:
    return f"{command()} questions {folder} --for provider"


def since_last_entry(
    record: Record, who: str, changed: Mapping[str, tuple[Sequence[Change], int]], zone: str
) -> str:
    """What happened after the last entry of *who*, in a sentence; empty when nothing did.

    Args:
        record: the state of the case.
        who: the name of whoever looks, as it stands in the record.
        changed: name of each capture to what it found changed, and how many repos it found renamed.
        zone: time zone of the case.
    """
    mine, after = _after_last_entry(record, who)
    if mine is None:
        return ""
    looks = sum(event["event"] == "captured" for event in after)
    found_in = [changed.get(str(event.get("capture")), ((), 0)) for event in after]
    facts = sum(len(alike(changes)) + moves for changes, moves in found_in)
    terms = "; ".join(line for changes, _ in found_in for line in terms_lines(changes))
    parts = []
    if looks:
        found = f"{counted(facts, 'fact')} changed" if facts else "nothing changed"
        found += f" ({visible_line(terms, 300)})" if terms else ""
        parts.append(f"{counted(looks, 'look')} at the Hub, {found}")
    by_person: dict[str, Counter[str]] = {}
    for event in steps(after, record.chronology):
        if event["event"] in _DONE:
            by_person.setdefault(str(event.get("by") or "somebody"), Counter())[str(event["event"])] += 1
    for name, done in by_person.items():
        said = [f"{_DONE[kind][0]} {counted(number, _DONE[kind][1])}" for kind, number in done.items()]
        parts.append(f"{visible_line(name, 60)} {joined(said)}")
    day = local_date(datetime.fromisoformat(mine["at"]), zone)
    return f"Since your last entry, {on_day(day)}: {'; '.join(parts)}." if parts else ""


_DONE = {
    "answered": ("gave", "answer"),
    "kept": ("kept", "answer"),
    "withdrawn": ("took back", "answer"),
    "accepted": ("accepted", "mention"),
    "rejected": ("rejected", "mention"),
    UNDONE: ("took back", "step"),
    "noted": ("wrote", "note"),
    "attached": ("added", "page"),
    "issued": ("issued", "memo"),
    "signed": ("signed", "memo"),
    "unsigned": ("took back", "sign-off"),
    "held": ("set", "hold"),
    "released": ("lifted", "hold"),
}
"""What somebody did, and with what."""


def later_looks(record: Record, who: str) -> bool:
    """Whether anybody looked at the Hub after the last entry of *who*."""
    return any(event["event"] == "captured" for event in _after_last_entry(record, who)[1])


def _after_last_entry(
    record: Record, who: str
) -> tuple[Mapping[str, Any] | None, Sequence[Mapping[str, Any]]]:
    events = record.chronology
    last = max((i for i, event in enumerate(events) if event.get("by") == who), default=None)
    return (None, ()) if last is None else (events[last], events[last + 1 :])

"""Where a case stands, in words: the status card, what an answer changed, what a capture changed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from duediligence.analysis import questionnaire
from duediligence.analysis.findings import apply_rules
from duediligence.analysis.look import paired, same
from duediligence.analysis.situation import Asked, Finding, Findings, Situation
from duediligence.cautions import DIRECTED
from duediligence.evidence.manifest import Entry
from duediligence.facts.fact import Fact
from duediligence.history import Record
from duediligence.knowledge.law import overdue
from duediligence.ledger import Graph
from duediligence.repo import shown, today
from duediligence.reports import Change, Row, Status
from duediligence.surroundings import command
from duediligence.visible import visible_line

_MOST_DATES = 6

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
        looked=_looked(record, entries, situation.repo),
        rows=_rows(record, situation, asked, found),
        next=_next(folder, record, entries, situation.repo, asked),
        problems=tuple(visible_line(problem) for problem in problems),
        dates=_dates(found),
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


def _dates(found: Findings | None) -> tuple[str, ...]:
    if found is None:
        return ()
    ahead = [one for one in found.dates if one.kind == "period" or one.state == "running"]
    open_ = [one for one in ahead if one.state != "met"]
    return tuple(visible_line(str(one), 300) for one in open_[:_MOST_DATES])


def _looked(record: Record, entries: Sequence[Entry], repo: str) -> str:
    if not record.captures:
        return "Nobody has looked at the Hub yet."
    info = next((entry for entry in entries if entry.repo == repo and entry.resource == "info"), None)
    at = record.captures[-1]["at"][:16].replace("T", " ") + " UTC"
    if info is None or info.revision is None:
        return f"Looked {at}; the Hub gave no revision."
    return f"Read at revision {info.revision[:12]}, looked {at}."


def _rows(
    record: Record, situation: Situation, asked: Sequence[Asked], found: Findings | None
) -> tuple[Row, ...]:
    open_ = [
        one for one in asked if one.asked and one.state in ("unanswered", "needs_another_look", "two_answers")
    ]
    ours = [one for one in open_ if "provider" not in one.question.who[:1]]
    passed = [one for one in asked if one.asked and one.state == "unknown" and one.answer and one.answer.ask]
    theirs = [*passed, *(one for one in open_ if "provider" in one.question.who[:1])]
    given = sum(one.state in ("answered", "unknown") for one in asked)
    stated = [fact for fact in situation.facts if fact.state == "stated" and fact.source != "computed"]
    again = sum(one.state in ("needs_another_look", "two_answers") for one in asked)
    look = f"; {again} need another look" if again else ""
    return (
        Row(
            title="About you",
            says=f"{given} answered{look}",
            verb=f"answer {len(ours)} more" if ours else None,
        ),
        Row(
            title="What the sources say",
            says=_from_documents(stated),
            verb=None if record.captures else "look at the Hub",
        ),
        Row(
            title="Questions others must answer",
            says=f"{len(theirs)} open",
            verb="send them" if theirs else None,
        ),
        Row(title="Findings", says=_counted(found), verb=None),
        Row(title="Memo", says=f"{len(record.issued)} issued", verb="preview" if found else None),
    )


def _from_documents(stated: Sequence[Fact]) -> str:
    documents = len({fact.evidence for fact in stated})
    return f"{len(stated)} facts from {'1 document' if documents == 1 else f'{documents} documents'}"


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
        return f"check the address: the Hub shows no {shown(repo)}, or it is private; it does not say which"
    again = next((one for one in asked if one.state in ("needs_another_look", "two_answers")), None)
    if again:
        return f"look again at “{again.text}”"
    waiting = [one for one in asked if one.asked and one.state == "unanswered"]
    if waiting:
        first = sum(one.question.first is not None for one in waiting)
        rest = f" ({first} of the first questions {'is' if first == 1 else 'are'} open)" if first else ""
        return f"answer “{waiting[0].text}”{rest}, about 1 minute"
    return f"read the memo: {command()} memo {folder}"


def changes_between(before: Situation, after: Situation) -> tuple[Change, ...]:
    """What differs between the facts of two captures; one value replaced by one other shares a row.

    A repo that was renamed is one row, under the key ``id``; what it says is compared under its new id.

    Compared as an answer compares what it was shown: by source, state, value, and the words where the
    source is quoted. Revision, place in the file and order are no change.
    """
    renamed = {node.id: node.now for node in after.lineage.repos if node.now}
    old, new = _by_place(before.facts, renamed), _by_place(after.facts, renamed)
    rows = list(_renamed(before, after, renamed))
    for place in sorted(set(old) | set(new)):
        gone = [fact for name, fact in old.get(place, {}).items() if name not in new.get(place, {})]
        came = [fact for name, fact in new.get(place, {}).items() if name not in old.get(place, {})]
        for was, is_ in paired(gone, came):
            if all(fact is None or fact.state != "stated" for fact in (was, is_)) and None in (was, is_):
                continue  # a repo joined or left the chain; what it did not say is no news
            source = next((fact.source for fact in (is_, was) if fact and fact.source), None)
            rows.append(Change(repo=place[0], key=place[1], source=source, before=was, after=is_))
    return tuple(sorted(rows, key=lambda row: (row.repo, row.key)))


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


def _by_place(
    facts: Sequence[Fact], renamed: Mapping[str, str]
) -> dict[tuple[str, str], dict[tuple[str | None, ...], Fact]]:
    out: dict[tuple[str, str], dict[tuple[str | None, ...], Fact]] = {}
    for fact in facts:
        if fact.source != "computed":
            out.setdefault((today(fact.repo, renamed), fact.key), {})[same(fact)] = fact
    return out


def effect_text(before: Situation, after: Situation) -> str:
    """One line on what changed between two states of a case."""
    old, new = questionnaire.ask(before), questionnaire.ask(after)
    opened = _newly_asked(old, new)
    more = f"{opened} more question{'s' if opened != 1 else ''}." if opened > 0 else ""
    if not any(fact.state == "stated" for fact in after.facts):
        return f"Recorded. {more}".strip()
    was = {(one.id, one.about): one for one in apply_rules(before, old).findings}
    came = apply_rules(after, new).findings
    changed = [
        one for one in came if (one.id, one.about) not in was or was[one.id, one.about].status != one.status
    ]
    now = {(one.id, one.about) for one in changed} | {(one.id, one.about) for one in came}
    gone = [one for at, one in was.items() if at not in now and one.status != "not_applicable"]
    return " ".join(part for part in ("Recorded.", _changed([*changed, *gone], len(gone)), more) if part)


def _newly_asked(old: Sequence[Asked], new: Sequence[Asked]) -> int:
    known = {(one.question.id, one.about) for one in old if one.asked}
    return sum(one.asked and (one.question.id, one.about) not in known for one in new)


def _changed(changed: Sequence[Finding], gone: int) -> str:
    """*changed* ends with those that are there no more, *gone* of them."""
    if not changed:
        return "No finding changed."
    # What applies now is news; what does not apply any more comes after it.
    left = changed[len(changed) - gone :]
    lead = min(changed, key=lambda one: (one in left, one.status == "not_applicable"))
    first = visible_line(lead.proposition, 160)
    words = {"gap": "missing", "not_applicable": "does not apply"}.get(lead.status, lead.status)
    words = "waits for an answer now" if lead in left else words
    others = f" And {len(changed) - 1} more." if len(changed) > 1 else ""
    counted = "1 finding" if len(changed) == 1 else f"{len(changed)} findings"
    return f"{counted} changed: “{first}” ({words}).{others}"

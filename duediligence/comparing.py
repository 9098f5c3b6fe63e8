"""A case at two moments, two captures or a memo and today, and what differs between them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from duediligence import snapshot
from duediligence.analysis import questionnaire
from duediligence.analysis.changes import (
    ANSWERED,
    LAW_CHANGED,
    Change,
    Comparison,
    OtherWords,
)
from duediligence.analysis.differences import (
    Stands,
    Step,
    changed_findings,
    changes_between,
    dates_between,
    edges_between,
    facts_between,
    looks,
    moved,
    new_names,
    stands,
    states_between,
)
from duediligence.analysis.findings import apply_rules
from duediligence.analysis.law_changes import law_changes
from duediligence.analysis.look import READ_DIFFERENTLY, SOURCE_CHANGED
from duediligence.analysis.situation import Asked, Findings, Situation
from duediligence.errors import BadInputError, LawError
from duediligence.evidence import archive
from duediligence.evidence.manifest import PAGES, Entry, before_newest
from duediligence.facts.fact import QUOTED_SOURCES, Fact, collapse
from duediligence.facts.paragraphs import differing, each_sentence, only_in_one, paragraphs
from duediligence.folder import CaseFolder
from duediligence.history import Record, fold
from duediligence.ledger import ON_MEMOS
from duediligence.repo import today
from duediligence.snapshot import Snapshot
from duediligence.steps import steps

_NO_PEOPLE = ("opened", "captured", *ON_MEMOS)


def differences(
    files: CaseFolder, now: Snapshot, asked: Sequence[Asked], since: str | None, until: str | None
) -> Comparison:
    """What differs between two moments named as in `Case.changes`.

    Raises:
        BadInputError: there is no such capture or memo, or nothing to compare with.
    """
    memos = {str(event["memo"]): event for event in now.record.issued}
    captures = [manifest.capture for manifest in now.manifests]
    if since is None:
        if not memos and len(captures) < 2:
            return _nothing(captures[-1], asked)
        since = "memo" if memos else "capture"
    if until is not None:
        now, asked = _later(files, now, until, memos, captures)
        captures = [manifest.capture for manifest in now.manifests]
    name = until or ("today" if since in memos or since == "memo" else captures[-1])
    if since == "memo" and memos:
        since = list(memos)[-1]
    if since in memos:
        return since_memo(files, memos[since], now, asked, apply_rules(now.situation, asked), name)
    if since == "capture" and len(captures) < 2:
        raise BadInputError(f"{files.path} holds one capture; there is nothing to compare it with yet.")
    # A page outside the Hub that a look found changed belongs to that look.
    before = captures[before_newest(now.manifests)] if since == "capture" else since
    if before not in captures[:-1]:
        known = ", ".join((*captures[:-1], *memos)) or "none"
        raise BadInputError(f"{since} is no earlier capture or memo. Earlier ones: {known}.")
    old = snapshot.earlier(files, now, captures.index(before) + 1)
    return between_captures(files, old, now, asked, (before, name))


def _later(
    files: CaseFolder,
    now: Snapshot,
    until: str,
    memos: Mapping[str, Mapping[str, Any]],
    captures: Sequence[str],
) -> tuple[Snapshot, tuple[Asked, ...]]:
    if until in memos:
        then = snapshot.at_memo(files, now.graph, memos[until])
    elif until in captures:
        then = snapshot.earlier(files, now, captures.index(until) + 1)
    else:
        known = ", ".join((*captures, *memos))
        raise BadInputError(f"{until} is no capture or memo of {files.path}. It has: {known}.")
    return then, questionnaire.ask(then.situation)


def _nothing(capture: str, asked: Sequence[Asked]) -> Comparison:
    return Comparison(
        since="",
        until=capture,
        captures=(capture, capture),
        facts=(),
        looks=looks(asked),
        changed_findings=(),
    )


def issued_as(now: Snapshot, memo: str) -> Mapping[str, Any]:
    """The ``issued`` event of the memo of that name, or of the last one for ``last``.

    Raises:
        BadInputError: no such memo was issued.
    """
    named = {str(event["memo"]): event for event in now.record.issued}
    wanted = list(named)[-1] if memo == "last" and named else memo
    if not named:
        raise BadInputError("No memo was issued yet. Issue one with: duediligence memo CASE --issue")
    if wanted not in named:
        raise BadInputError(f"No memo {memo} was issued. Issued: {', '.join(named)}.")
    return named[wanted]


def between_captures(
    files: CaseFolder, old: Snapshot, now: Snapshot, asked: Sequence[Asked], names: tuple[str, str]
) -> Comparison:
    """What differs between two captures, under one law and with the same answers.

    *asked* is how the questions of *now* stand.
    """
    facts = with_passages(files, now, changes_between(old.situation, now.situation))
    stood, found = _apply(old.situation), apply_rules(now.situation, asked)
    again = looks(asked)
    names_now = new_names(now.situation)
    step = Step(cause=SOURCE_CHANGED, before=_stands(stood, names_now), after=_stands(found))
    return Comparison(
        since=names[0],
        until=names[1],
        captures=names,
        facts=facts,
        looks=again,
        changed_findings=changed_findings([step], facts, (), again, _waiting(found)),
        edges=edges_between(old.situation, now.situation),
        states=states_between(old.situation, now.situation),
        dates=dates_between(stood.dates, found.dates),
        other_words=other_words(files, old, now, facts),
        moved=moved(step.before, step.after),
        known=frozenset(step.before),
    )


def since_memo(
    files: CaseFolder,
    issued: Mapping[str, Any],
    now: Snapshot,
    asked: Sequence[Asked],
    found: Findings,
    until: str,
) -> Comparison:
    """What differs between a memo and *now*: the sources, how they are read, the law, what people did.

    Each kind is found by changing it alone: the memo as it was printed, its sources as this program reads
    them, under the law of now, with what the sources say now, with the answers of now.

    Args:
        files: the case folder.
        issued: the ``issued`` event of the memo.
        now: the later moment.
        asked: how its questions stand.
        found: what the rules say about it.
        until: its name.
    """
    problems: list[str] = []
    law = now.situation.law
    then = _or_none(partial(snapshot.at_memo, files, now.graph, issued), problems)
    twin = _or_none(partial(files.read_twin, issued), problems)
    old = then or snapshot.take(files, now.graph.up_to(issued["made_from"]), law)
    names = new_names(now.situation)
    stood, again = _apply(old.situation), looks(asked)
    # Applying the rules takes longest: where one kind did not change, they say what they said before it.
    same_law = (old.situation.law.digest, old.situation.law.as_of) == (law.digest, law.as_of)
    under_law = stood if same_law else _apply(snapshot.under(files, old, law).situation)
    judged = _stands(under_law, names)
    # Where the edition of then cannot be used, what it gave and how it was read cannot be told apart.
    printed = stands(twin["findings"], names) if twin else None
    read = _stands(stood, names) if then else printed or judged
    printed = printed or read
    last = _stands(found)
    same_people = (old.record.answers, old.record.decisions) == (now.record.answers, now.record.decisions)
    captured = (
        last if same_people else _stands(_apply(snapshot.as_answered(files, now, old.record).situation))
    )
    steps = (
        Step(cause=READ_DIFFERENTLY, before=printed, after=read),
        Step(cause=LAW_CHANGED, before=read, after=judged),
        Step(cause=SOURCE_CHANGED, before=judged, after=captured),
        Step(cause=ANSWERED, before=captured, after=last),
    )
    changes = with_passages(files, now, changes_between(old.situation, now.situation))
    facts = (*_read_differently(twin, old), *changes)
    people = _people(old.record, now.record)
    return Comparison(
        since=str(issued["memo"]),
        until=until,
        captures=(_capture(old.record), _capture(now.record)),
        facts=facts,
        looks=again,
        changed_findings=changed_findings(steps, facts, people, again, _waiting(found)),
        edges=edges_between(old.situation, now.situation),
        states=states_between(old.situation, now.situation),
        dates=dates_between(stood.dates, found.dates),
        other_words=other_words(files, old, now, changes),
        law=law_changes(old.situation.law, law, printed, last, {at[0] for at in now.record.answers}),
        people=people,
        memo=issued,
        moved=moved(printed, last),
        known=frozenset(printed),
        problems=tuple(problems),
    )


def with_passages(files: CaseFolder, now: Snapshot, changes: Iterable[Change]) -> tuple[Change, ...]:
    """*changes*, those of a document edited below its title with the paragraphs that differ."""
    entries = {entry.evidence: entry for one in now.manifests for entry in one.entries if entry.evidence}

    def told(one: Change) -> Change:
        kept = [entries.get(fact.evidence or "") for fact in (one.before, one.after) if fact and one.edited]
        if len(kept) != 2 or None in kept:
            return one
        old, new = (_paragraphs(files, e) for e in kept if e is not None)
        if not one.below and not set(old) & set(new):
            return one  # another text altogether: its title and value say so
        return replace(one, passages=differing(old, new))

    return tuple(told(one) for one in changes)


def _paragraphs(files: CaseFolder, entry: Entry) -> list[str]:
    return paragraphs(entry, archive.read_body(files.captures, entry))


def other_words(
    files: CaseFolder, old: Snapshot, now: Snapshot, changes: Iterable[Change]
) -> tuple[OtherWords, ...]:
    """Cards and pages with other sentences than before, as far as no changed fact quotes them, sorted."""
    names = new_names(now.situation)
    quoted: dict[tuple[str, str | None], list[str]] = {}
    for fact in (fact for one in changes for fact in (one.before, one.after) if fact and fact.quote):
        if fact.source not in QUOTED_SOURCES:
            continue  # A value of the metadata, "mit", stands in many a sentence.
        quoted.setdefault((today(fact.repo, names), fact.file), []).append(collapse(fact.quote or ""))
    before = {(today(entry.repo, names), entry.resource): entry for entry in old.entries}
    found = []
    for entry in now.entries:
        was = before.get((entry.repo, entry.resource))
        if was is None or not _reworded(was, entry):
            continue
        quotes = quoted.get((entry.repo, entry.resource), [])
        said, says = (each_sentence(one, archive.read_body(files.captures, one)) for one in (was, entry))
        told = ([one for one in side if not _is_quoted(one, quotes)] for side in only_in_one(said, says))
        went, came = differing(*told)
        if went or came:
            found.append(OtherWords(repo=entry.repo, file=entry.resource, passages=(went, came)))
    return tuple(sorted(found, key=lambda one: (one.repo, one.file)))


def _is_quoted(sentence: str, quotes: Iterable[str]) -> bool:
    """Whether one of *quotes* is most of *sentence*, or the other way round."""
    for quote in quotes:
        short, long = sorted((sentence, quote), key=len)
        if short in long and 2 * len(short) >= len(long):
            return True
    return False


def _reworded(was: Entry, entry: Entry) -> bool:
    """Whether both are documents of words, received, and not byte for byte the same."""
    words = entry.resource == "README.md" or entry.resource.startswith(PAGES)
    return words and was.state == entry.state == "present" and was.sha256 != entry.sha256


def _or_none(made: Callable[[], Any], problems: list[str]) -> Any:
    """What *made* gives; ``None``, and the reason in *problems*, where something of it is not there."""
    try:
        return made()
    except (BadInputError, LawError) as error:
        problems.append(f"Not everything can be compared: {error}")
        return None


def _apply(situation: Situation) -> Findings:
    return apply_rules(situation, questionnaire.ask(situation))


def _stands(found: Findings, renamed: Mapping[str, str] | None = None) -> Stands:
    return stands((finding.to_json() for finding in found.findings), renamed or {})


def _waiting(found: Findings) -> set[str]:
    return {rule for rule, _ in found.waiting}


def _read_differently(twin: Mapping[str, Any] | None, old: Snapshot) -> tuple[Change, ...]:
    if twin is None:
        return ()
    return facts_between(map(Fact.from_json, twin["facts"]), old.facts, READ_DIFFERENTLY)


def _people(before: Record, now: Record) -> tuple[Mapping[str, Any], ...]:
    """The steps by which people added to the record after *before*."""
    known = {event["sha256"] for event in before.chronology}
    added = [event for event in now.chronology if event["sha256"] not in known]
    return tuple(one for one in steps(added, now.chronology) if one["event"] not in _NO_PEOPLE)


def _capture(record: Record) -> str:
    return str(record.captures[-1]["capture"]) if record.captures else ""


def seen_memos(now: Snapshot) -> tuple[Mapping[str, Any], ...]:
    """The memos that what *now* is made from had seen, oldest first.

    A memo issued from the very same record is not among them: issuing it again gives the same memo.
    """
    return fold(now.graph.up_to(now.made_from)).issued


def last_seen(now: Snapshot) -> Mapping[str, Any] | None:
    """The last of them; ``None`` without one."""
    memos = seen_memos(now)
    return memos[-1] if memos else None


def numbers(files: CaseFolder, now: Snapshot, problems: list[str]) -> Mapping[tuple[str, str | None], str]:
    """The number each finding had in the memos *now* has seen: it keeps it for the life of the case."""
    out: dict[tuple[str, str | None], str] = {}
    taken: set[str] = set()
    names = new_names(now.situation)
    for issued in seen_memos(now):
        twin = _or_none(partial(files.read_twin, issued), problems)
        for one in (twin or {}).get("numbers", ()):
            place = (str(one["id"]), today(str(one["about"]), names) if one.get("about") else None)
            if place not in out:
                # Two memos that did not know each other may have given one number twice.
                out[place] = one["number"] if one["number"] not in taken else f"{one['number']}b"
                taken.add(out[place])
    return out

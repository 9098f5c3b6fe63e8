"""What the sources say differently since the last memo: before and now, side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from duediligence.analysis.changes import Change, Comparison, alike, lost
from duediligence.facts.fact import Fact
from duediligence.facts.paragraphs import apart
from duediligence.memo.exhibits import COVERAGE, Exhibits
from duediligence.memo.keys import key_words
from duediligence.memo.origin import says
from duediligence.memo.quoting import read_plainly, theirs, unmarked
from duediligence.memo.statement import Span, Statement, listed, name, quote, say, words
from duediligence.memo.words import STATES, counted, joined, plain
from duediligence.repo import shown

_QUOTE = 300
_AROUND = 12


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


def altered_repos(ex: Exhibits, changes: Iterable[Change], cause: str) -> Iterator[AlteredRepo]:
    """Every repository of which something changed for *cause*, that of the case first."""
    ours = sorted((one for one in changes if one.cause == cause), key=lambda one: _first(ex, one.repo))
    for repo, group in groupby(ours, key=lambda one: one.repo):
        rows = list(group)
        now = [fact for fact in ex.facts_of.get(repo, ()) if fact.source != "computed"]
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
    facts = [one.before for one in stated if one.before]
    licenses = dict.fromkeys(fact.value or "" for fact in facts if fact.key == "license")
    stated_as = listed([quote(one, 120) for one in licenses])
    recalled = words(" Its license was stated as ", stated_as, ".") if stated_as else ()
    return say(f"Now {state}.{said}", recalled, support=ex.refs(facts))


def _altered(ex: Exhibits, rows: list[Change]) -> Iterator[Altered]:
    """One row for what several places say in the same words, before and now."""
    for same in alike(rows):
        yield Altered(
            what=words(key_words(same[0].key)),
            before=_side(ex, [one.before for one in same if one.before], same[0], old=True),
            now=_side(ex, [one.after for one in same if one.after], same[0]),
        )


def _side(ex: Exhibits, facts: list[Fact], change: Change, *, old: bool = False) -> Statement:
    """What some facts that say the same say, before or after *change*."""
    if not facts:
        return say("not there", support=(COVERAGE,))
    who_says = " · ".join(dict.fromkeys(says(fact) for fact in facts))
    if facts[0].state != "stated":
        return say(who_says, support=ex.refs(facts))
    passage = change.passages[0 if old else 1] if change.passages else ""
    below = words("; below it: ", quote(passage, _QUOTE)) if passage else ()
    said = _words(facts[0], change)
    others = below or ("; the words below this line are others" if change.below and not old else "")
    return say(f"{who_says}: ", said, others, support=ex.refs(facts))


def _words(fact: Fact, change: Change) -> tuple[Span, ...]:
    """What *fact* says, without the signs a card is marked up with; unless these are all that changed."""
    sides = [one for one in (change.before, change.after) if one and one.source == "prose" and one.quote]
    plainly = {unmarked(one.quote or "") for one in sides}
    apart = len(plainly) == len(sides) and fact in sides
    return read_plainly(fact, _QUOTE) if apart else theirs(fact, _QUOTE)


def other_words(ex: Exhibits, found: Comparison) -> Iterator[AlteredRepo]:
    """Documents that say something else where nothing is read from them."""
    for one in found.other_words:
        entry = next((e for e in ex.inputs.entries if (e.repo, e.resource) == (one.repo, one.file)), None)
        support = ex.ref(entry.evidence if entry else None) or (COVERAGE,)
        before, now = (
            say(quote(text, _QUOTE) if text else "no such sentence", support=support)
            for text in apart(*one.passages, _AROUND)
        )
        row = Altered(what=words("other words of ", name(one.file, 80)), before=before, now=now)
        yield AlteredRepo(title=shown(one.repo), rows=(row,), notes=())

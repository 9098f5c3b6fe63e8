"""What differs between two moments of a case: facts, findings, law, and what people did; each kind apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from duediligence.analysis.abouts import address
from duediligence.analysis.keydate import KeyDate
from duediligence.analysis.look import SOURCE_CHANGED
from duediligence.facts.fact import QUOTED_SOURCES, Fact, collapse
from duediligence.facts.lineage import Edge
from duediligence.repo import shown
from duediligence.steps import UNDOES, UNDONE
from duediligence.visible import visible_line

LAW_CHANGED = "the law files changed"
ANSWERED = "people answered"

Place = tuple[str, str | None]
"""A rule and what it is about."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One fact that differs between two moments."""

    repo: str
    key: str
    source: str | None
    before: Fact | None
    after: Fact | None
    cause: str = SOURCE_CHANGED
    passages: tuple[str, str] | None = None
    """Where other words of a document differ than those quoted: the paragraphs that went, and that came."""

    @property
    def below(self) -> str:
        """The document whose words differ below a line that stays as it was; empty for every other change."""
        old, new = self.before, self.after
        if old is None or new is None or (old.value, old.quote) != (new.value, new.quote):
            return ""
        return self.edited

    @property
    def edited(self) -> str:
        """The license file or thread of which other words than those quoted differ; empty for none."""
        old, new = self.before, self.after
        if old is None or new is None or (old.source, old.file) != (new.source, new.file):
            return ""
        return visible_line(new.file or "", 80) if new.words and old.words and old.words != new.words else ""

    def to_json(self) -> dict[str, Any]:
        """A row of ``changes --json``."""
        return {
            "repo": self.repo,
            "key": self.key,
            "source": self.source,
            "before": self.before.to_json() if self.before else None,
            "after": self.after.to_json() if self.after else None,
            "cause": self.cause,
            **({"passages": list(self.passages)} if self.passages else {}),
        }


def alike(changes: Iterable[Change]) -> list[list[Change]]:
    """*changes* in their order, those together that several places of one repo made in the same words."""
    together: dict[tuple[Any, ...], list[Change]] = {}
    for one in changes:
        name = (one.repo, one.key, one.cause, one.edited, _said(one.before), _said(one.after))
        together.setdefault(name, []).append(one)
    return list(together.values())


def _said(fact: Fact | None) -> tuple[str, str | None, str] | None:
    return (fact.state, fact.value, theirs(fact)) if fact else None


def theirs(fact: Fact | None) -> str:
    """The words a fact is, where words are its source, on one line; empty for every other fact."""
    if fact is None or fact.state != "stated" or fact.source not in QUOTED_SOURCES:
        return ""
    return collapse(fact.quote or "")


def lost(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """Repo to the changes that only say that it can no longer be read; each is no news of its own."""
    by_repo: dict[str, list[Change]] = {}
    for one in changes:
        if one.after is None or one.after.state == "not_reached":
            by_repo.setdefault(one.repo, []).append(one)
    return {
        repo: rows
        for repo, rows in by_repo.items()
        if len(rows) > 1 and any(one.after is not None for one in rows)
    }


@dataclass(frozen=True, kw_only=True)
class OtherWords:
    """A document whose words differ where nothing is read from them: told, and no change of any fact."""

    repo: str
    file: str
    passages: tuple[str, str]
    """The sentences that went, and those that came."""

    def to_json(self) -> dict[str, Any]:
        """A row of ``changes --json``."""
        return {"repo": self.repo, "file": self.file, "passages": list(self.passages)}


@dataclass(frozen=True, kw_only=True)
class Look:
    """An answer that is open for the rules: what it was shown has changed, or another stands beside it."""

    question: str
    about: str | None
    state: str
    """``needs_another_look`` or ``two_answers``."""

    because: tuple[Change, ...] = ()
    """What was shown, and what is there now; empty where the question's own words changed."""

    def to_json(self) -> dict[str, Any]:
        """A row of ``changes --json``."""
        because = [one.to_json() for one in self.because]
        return {"question": self.question, "about": self.about, "state": self.state, "because": because}


@dataclass(frozen=True, kw_only=True)
class ChangedDate:
    """A date to watch that came, went, moved or passed."""

    before: KeyDate | None
    after: KeyDate | None

    def to_json(self) -> dict[str, Any]:
        """A row of ``changes --json``."""
        return {
            "before": self.before.to_json() if self.before else None,
            "after": self.after.to_json() if self.after else None,
        }


@dataclass(frozen=True, kw_only=True)
class ChangedEdge:
    """A relation of the chain that is stated now and was not, or was and is not any more."""

    edge: Edge
    new: bool
    unread: bool = False
    """Whether it is gone because what stated it can no longer be read: then nobody took it back."""

    def __str__(self) -> str:
        relation = self.edge.relation.replace("_", " ")
        what = f"{shown(self.edge.downstream)} {relation} {shown(self.edge.upstream)}"
        how = "new" if self.new else "can no longer be read" if self.unread else "gone"
        return f"{how}: {visible_line(what, 300)}"

    def to_json(self) -> dict[str, Any]:
        """A row of ``changes --json``: one of the two is null."""
        found = self.edge.to_json()
        return {
            "id": self.edge.id,
            "before": None if self.new else found,
            "after": found if self.new else None,
        }


@dataclass(frozen=True, kw_only=True)
class ChangedState:
    """A repo of the chain that the Hub answers otherwise: gone, gated, renamed, there again."""

    repo: str
    before: str
    after: str

    def __str__(self) -> str:
        words = [state.replace("_", " ") for state in (self.before, self.after)]
        return f"{shown(self.repo)}: {words[0]}, now {words[1]}"

    def to_json(self) -> dict[str, Any]:
        """A row of ``changes --json``."""
        return {"repo": self.repo, "before": self.before, "after": self.after}


@dataclass(frozen=True, kw_only=True)
class ChangedFinding:
    """A finding that stands differently, or is new, or is there no more."""

    id: str
    ref: str | None
    about: str | None
    proposition: str
    before: str | None
    """Status; ``None`` when there was no such finding."""

    after: str | None
    facts: tuple[tuple[str, str], ...] = ()
    """Repo and key of the changed facts it rests on."""

    answers: tuple[Place, ...] = ()
    """Answers it rests on, question and about, that moved it: given, taken back, kept, or open again."""

    opened: tuple[Place, ...] = ()
    """Of these, the ones nobody touched: what they were shown has changed."""

    letters: tuple[str, ...] = ()
    """Ids of the letters its next step offered, or offers."""

    causes: tuple[str, ...] = (SOURCE_CHANGED,)
    """Which kinds of change moved it, in the order in which they are told apart."""

    in_question: bool = False
    """Whether it is open now whether its words hold."""

    waiting: bool = False
    """Whether there is none now because its rule waits for answers."""

    @property
    def because(self) -> tuple[str, ...]:
        """What moved it: ``REPO: KEY`` for a fact, the address for an answer."""
        return (
            *(f"{shown(repo)}: {key}" for repo, key in self.facts),
            *(f"{id}@{about}" if about else id for id, about in self.answers),
        )

    def to_json(self) -> dict[str, Any]:
        """A row of ``changes --json``."""
        return {
            "id": self.id,
            "ref": self.ref,
            "about": self.about,
            "before": self.before,
            "after": self.after,
            "because": list(self.because),
            "causes": list(self.causes),
            "letters": list(self.letters),
        }


def opened_by_loss(
    changed: Iterable[ChangedFinding], changes: Iterable[Change]
) -> tuple[list[ChangedFinding], list[ChangedFinding]]:
    """The findings that are open only because a repo can no longer be read, and the others, in their order.

    Each is one more question about what that repo said; what happened is one thing.
    """
    gone = lost(changes).keys()
    opened: list[ChangedFinding] = []
    rest: list[ChangedFinding] = []
    for one in changed:
        by_loss = one.after == "gap" and one.facts and {repo for repo, _ in one.facts} <= gone
        (opened if by_loss else rest).append(one)
    return opened, rest


@dataclass(frozen=True, kw_only=True)
class LawChange:
    """A legal source, a rule or a question that the two editions of the law do not hold alike."""

    kind: str
    """``legal source``, ``rule`` or ``question``."""

    id: str
    title: str
    before: str | None
    """State of a legal source; ``as it was`` for a rule or question; ``None`` when it was not there."""

    after: str | None
    """State of a legal source; ``changed`` or ``reworded``; ``None`` when it is not there any more."""

    def __str__(self) -> str:
        if self.before is None or self.after is None:
            word = "new" if self.before is None else "gone"
            return f"{self.kind} {word}: {visible_line(self.title, 140)}"
        return f"{self.kind}: {visible_line(self.title, 140)}: {self.before} -> {self.after}"

    def to_json(self) -> dict[str, Any]:
        """A row of ``changes --json``."""
        return {"kind": self.kind, "id": self.id, "before": self.before, "after": self.after}


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two moments of one case, compared."""

    since: str
    """Name of the earlier capture or memo; empty when there is nothing to compare with yet."""

    until: str
    """Name of the later one."""

    captures: tuple[str, str]
    """The newest capture at either moment."""

    facts: tuple[Change, ...]
    looks: tuple[Look, ...]
    """Answers that are open for the rules, and why."""

    changed_findings: tuple[ChangedFinding, ...]
    dates: tuple[ChangedDate, ...] = ()
    other_words: tuple[OtherWords, ...] = ()
    edges: tuple[ChangedEdge, ...] = ()
    states: tuple[ChangedState, ...] = ()
    law: tuple[LawChange, ...] = ()
    people: tuple[Mapping[str, Any], ...] = ()
    """Steps by which people added to the record in between, in its order; see `steps`."""

    memo: Mapping[str, Any] = field(default_factory=dict)
    """The ``issued`` event of the earlier memo; empty when two captures are compared."""

    moved: frozenset[Place] = frozenset()
    """Findings of which anything reads differently: standing, words, or what they rest on."""

    known: frozenset[Place] = frozenset()
    """Findings that were there at the earlier moment."""

    problems: tuple[str, ...] = ()
    """What could not be compared, and why."""

    @property
    def needs_another_look(self) -> tuple[str, ...]:
        """Addresses of the answers that were shown something which has changed."""
        return self._addresses("needs_another_look")

    @property
    def two_answers(self) -> tuple[str, ...]:
        """Addresses of the questions with answers that did not know of each other."""
        return self._addresses("two_answers")

    def _addresses(self, state: str) -> tuple[str, ...]:
        return tuple(sorted(address(one.question, one.about) for one in self.looks if one.state == state))

    @property
    def letters(self) -> tuple[str, ...]:
        """Ids of the letters that findings offered or offer which stand differently."""
        return tuple(sorted({letter for one in self.changed_findings for letter in one.letters}))

    @property
    def nothing(self) -> bool:
        """Whether nothing differs that anything here rests on."""
        return not (
            self.edges
            or self.states
            or self.facts
            or self.changed_findings
            or self.dates
            or self.law
            or self.people
            or self.moved
        )

    def to_json(self) -> dict[str, Any]:
        """The object behind ``changes --json``."""
        return {
            "captures": list(self.captures),
            "since": self.since,
            "until": self.until,
            "facts": [one.to_json() for one in self.facts],
            "edges": [one.to_json() for one in self.edges],
            "states": [one.to_json() for one in self.states],
            "needs_another_look": list(self.needs_another_look),
            "two_answers": list(self.two_answers),
            "looks": [one.to_json() for one in self.looks],
            "changed_findings": [one.to_json() for one in self.changed_findings],
            "dates": [one.to_json() for one in self.dates],
            "other_words": [one.to_json() for one in self.other_words],
            "law": [one.to_json() for one in self.law],
            "people": [_event_json(one) for one in self.people],
            "problems": list(self.problems),
        }


def _event_json(event: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("event", "at", "question", "about", "mention", "value", "reason", "says", "by", "source", "text")
    return {key: event[key] for key in (*kept, UNDOES, UNDONE) if event.get(key) is not None}

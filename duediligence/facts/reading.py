"""From what was received to facts: what each source of a repo says, and what was looked for in vain."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from duediligence.errors import UnreadableError
from duediligence.evidence.capture import Upstream
from duediligence.evidence.manifest import PAGES, Entry
from duediligence.facts.card import Card, split_card
from duediligence.facts.declared import api_facts, front_matter_facts
from duediligence.facts.fact import Fact
from duediligence.facts.json_text import read_json
from duediligence.facts.places import CARD, Places
from duediligence.facts.prose_facts import mention_facts
from duediligence.facts.upstream import declared_edges
from duediligence.repo import NAMED, kind_of, today

Body = Callable[[Entry], bytes]


@dataclass(frozen=True)
class CardReading:
    """One card read by itself."""

    state: str
    """``present``, ``empty`` or ``unreadable``."""

    facts: tuple[Fact, ...]
    mentions: tuple[Fact, ...]
    """Those of the facts that name something upstream, each with ``upstream`` and ``relation``."""

    error: str | None
    """Why it, or its metadata block, cannot be read."""


def read_facts(entries: Sequence[Entry], body: Body, *, prose: bool = True) -> tuple[Fact, ...]:
    """Every fact that *entries* state or leave open, sorted by repo, key, source and value.

    For every repo, every key of the contract has at least one fact: what nobody states has exactly one,
    ``absent``, or ``unreadable`` or ``not_reached`` with the reason, and the evidence looked through. An
    id that was renamed is a pointer and has none. *body* gives the bytes of an entry; without *prose*
    only what is declared is read.

    Raises:
        BadInputError: *body* found a body altered.
    """
    now = {one.repo: one.now for one in entries if one.state == "renamed" and one.now}
    by_repo: dict[str, list[Entry]] = {}
    for entry in entries:
        # A page a person added about it speaks of the repo, whatever its name is today.
        if entry.repo in now and entry.resource.startswith(PAGES):
            entry = replace(entry, repo=today(entry.repo, now))
        by_repo.setdefault(entry.repo, []).append(entry)
    out: list[Fact] = []
    for repo, own in by_repo.items():
        if not any(entry.resource == "info" and entry.state == "renamed" for entry in own):
            out += Places(repo, own, body, prose=prose).facts()
    return _in_order(out)


def read_card(body: bytes, repo: str) -> CardReading:
    """What one card says, without the Hub: the facts of metadata and prose, and the keys it leaves open."""
    entry = Entry(
        repo=repo,
        resource=CARD,
        url="",
        state="present" if body.strip() else "empty",
        revision=None,
        received_at="",
        sha256=hashlib.sha256(body).hexdigest(),
        length=len(body),
        evidence=None,
        record=None,
    )
    places = Places(repo, [entry], lambda _: body, prose=True, card_only=True)
    facts = _in_order(places.facts())
    error = places.problem
    return CardReading(
        state="unreadable" if error else entry.state,
        facts=facts,
        mentions=tuple(fact for fact in facts if fact.upstream),
        error=error,
    )


def read_upstream(
    repo: str, bodies: Mapping[str, bytes], accepted: Collection[str] = (), rejected: Collection[str] = ()
) -> tuple[Upstream, ...]:
    """What *repo* is made from, as far as its info and card say, in order, each once.

    What is declared, or named in prose and accepted by a person, is to be followed; what only prose names
    is not, and what a person rejected is left out. *accepted* and *rejected* are ids of edges. Data sets a
    model was only measured on are no upstream, nor is a name without a Hub id.
    """
    declared, named = _stated(repo, bodies)
    follow: dict[str, bool] = {}
    for relation, upstream in declared:
        edge = f"{repo}:{relation}:{upstream}"
        follow[upstream] = follow.get(upstream, False) or edge not in rejected
    for relation, upstream in named:
        edge = f"{repo}:{relation}:{upstream}"
        if edge not in rejected and relation != "evaluated_on":
            follow[upstream] = follow.get(upstream, False) or edge in accepted
    return tuple(
        Upstream(upstream, follows)
        for upstream, follows in follow.items()
        if not upstream.startswith(NAMED) and upstream != repo and kind_of(upstream)
    )


def _stated(repo: str, bodies: Mapping[str, bytes]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Relation and upstream of what is declared, and of what only the prose names.

    A card or an answer that cannot be read leads nowhere here; that it cannot is a fact of its own.
    """
    facts: list[Fact] = []
    card: Card | None = None
    entry = Entry(
        repo=repo,
        resource=CARD,
        url="",
        state="present",
        revision=None,
        received_at="",
        sha256=None,
        length=None,
        evidence=None,
        record=None,
    )
    try:
        card = split_card(bodies[CARD]) if CARD in bodies else None
        if card is not None:
            facts += front_matter_facts(entry, card)
    except UnreadableError:
        card = None
    try:
        info = read_json(bodies["info"])[1] if "info" in bodies else None
        if isinstance(info, dict):
            facts += api_facts(entry, info)
    except UnreadableError:
        info = None
    declared = [(relation, upstream) for _, relation, upstream in declared_edges(facts)]
    if card is None:
        return declared, []
    found = mention_facts(entry, card, [upstream for _, upstream in declared])
    return declared, [(fact.relation or "", fact.upstream or "") for fact in found]


def _in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """*facts* by repo, key, source, value and place."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        groups.setdefault((fact.repo, fact.key), []).append(fact)
    out: list[Fact] = []
    for group in sorted(groups):
        # Most keys have one fact.
        out += sorted(groups[group], key=_place) if len(groups[group]) > 1 else groups[group]
    return tuple(out)


def _place(fact: Fact) -> tuple[str, str, str, tuple[int, int]]:
    return (fact.source or "", fact.value or "", fact.file or "", fact.bytes or (0, 0))

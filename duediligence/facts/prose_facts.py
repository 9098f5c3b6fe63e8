"""Facts that stand only in the prose of a card."""

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from duediligence.evidence.manifest import Entry
from duediligence.facts.card import Card
from duediligence.facts.fact import Fact
from duediligence.facts.generated import generators
from duediligence.facts.mentions import Mention, read_mentions
from duediligence.facts.origin import from_card
from duediligence.facts.passage import Passage
from duediligence.facts.prose import MOST, passages
from duediligence.facts.statements import statements
from duediligence.facts.undisclosed import leaves_unnamed
from duediligence.repo import kind_of


class _Said(NamedTuple):
    """One thing a card says, wherever and whenever that card was received."""

    key: str
    value: str
    start: int
    """First character of the passage in the card's text."""

    end: int
    mention: Mention | None = None
    """What the passage names upstream."""


def prose_facts(entry: Entry, card: Card, declared: Collection[str]) -> tuple[list[Fact], str | None]:
    """Every fact the prose of *card* states, and why some of it was not read.

    *declared* are the upstream ids its metadata states.
    """
    said, cut = _said(card.text, card.prose_start, entry.repo, tuple(dict.fromkeys(declared)))
    reason = f"Its prose is cut: only the first {MOST} sentences were read." if cut else None
    return [_fact(entry, card, one) for one in said], reason


def mention_facts(entry: Entry, card: Card, declared: Collection[str]) -> list[Fact]:
    """The facts that name something upstream, each with its ``upstream`` and ``relation``."""
    said, _ = _said(card.text, card.prose_start, entry.repo, tuple(dict.fromkeys(declared)))
    return [_fact(entry, card, one) for one in said if one.mention is not None]


# The same card is read again for every later look at it, first of all for its facts, when a capture has just
# read what is upstream of it.
@lru_cache(maxsize=128)
def _said(text: str, start: int, repo: str, declared: tuple[str, ...]) -> tuple[tuple[_Said, ...], bool]:
    """Everything the prose from *start* says of *repo*, and whether it was cut."""
    found = passages(text, start)
    said = list(_mentioned(found, repo, declared))
    if kind_of(repo) == "models":
        named = any(one.key == "training_data" for one in said)
        named = named or any(upstream.startswith("datasets/") for upstream in declared)
        said += [
            _Said("undisclosed_data", passage.words, passage.start, passage.end)
            for passage in found
            if leaves_unnamed(passage, named_elsewhere=named)
        ]
    said += [
        _Said(one.key, one.value, one.start, one.end)
        for one in (*statements(found, repo), *generators(found, repo))
    ]
    return tuple(said), len(found) >= MOST


def _mentioned(found: tuple[Passage, ...], repo: str, declared: Collection[str]) -> Iterator[_Said]:
    for one in read_mentions(found, repo, declared):
        yield _Said(_key(repo, one.relation), one.name, one.start, one.end, one)


def _fact(entry: Entry, card: Card, one: _Said) -> Fact:
    if one.mention is None:
        return from_card(entry, card, one.key, one.value, "prose", one.start, one.end)
    return from_card(
        entry,
        card,
        one.key,
        one.value,
        "prose",
        one.start,
        one.end,
        upstream=one.mention.upstream,
        relation=one.mention.relation,
        by_list=one.mention.by_list,
    )


def _key(repo: str, relation: str) -> str:
    if relation == "trained_on":
        return "training_data"
    if relation == "evaluated_on":
        return "evaluation_data"
    return "source_datasets" if kind_of(repo) == "datasets" else "base_model"

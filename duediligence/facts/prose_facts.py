"""Facts that stand only in the prose of a card."""

from collections.abc import Collection, Sequence

from duediligence.evidence.manifest import Entry
from duediligence.facts.card import Card
from duediligence.facts.fact import Fact
from duediligence.facts.generated import generators
from duediligence.facts.mentions import read_mentions
from duediligence.facts.origin import from_card
from duediligence.facts.prose import MOST, Passage, passages
from duediligence.facts.statements import statements
from duediligence.facts.undisclosed import leaves_unnamed
from duediligence.repo import kind_of


def prose_facts(entry: Entry, card: Card, declared: Collection[str]) -> tuple[list[Fact], str | None]:
    """Every fact the prose of *card* states, and why some of it was not read.

    *declared* are the upstream ids its metadata states.
    """
    found = passages(card)
    facts = _mentioned(entry, card, found, declared)
    if kind_of(entry.repo) == "models":
        named = any(fact.key == "training_data" for fact in facts)
        named = named or any(upstream.startswith("datasets/") for upstream in declared)
        facts += [
            from_card(entry, card, "undisclosed_data", passage.words, "prose", passage.start, passage.end)
            for passage in found
            if leaves_unnamed(passage, named_elsewhere=named)
        ]
    facts += [
        from_card(entry, card, one.key, one.value, "prose", one.start, one.end)
        for one in (*statements(found), *generators(found, entry.repo))
    ]
    cut = len(found) >= MOST and f"Its prose is cut: only the first {MOST} sentences were read."
    return facts, cut or None


def mention_facts(entry: Entry, card: Card, declared: Collection[str]) -> list[Fact]:
    """The facts that name something upstream, each with its ``upstream`` and ``relation``."""
    return _mentioned(entry, card, passages(card), declared)


def _mentioned(entry: Entry, card: Card, found: Sequence[Passage], declared: Collection[str]) -> list[Fact]:
    return [
        from_card(
            entry,
            card,
            _key(entry.repo, one.relation),
            one.name,
            "prose",
            one.start,
            one.end,
            upstream=one.upstream,
            relation=one.relation,
            by_list=one.by_list,
        )
        for one in read_mentions(card, found, entry.repo, declared)
    ]


def _key(repo: str, relation: str) -> str:
    if relation == "trained_on":
        return "training_data"
    if relation == "evaluated_on":
        return "evaluation_data"
    return "source_datasets" if kind_of(repo) == "datasets" else "base_model"

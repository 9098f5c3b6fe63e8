"""What else the prose of a card states: provider, contact, use, legal basis, personal data, license."""

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from typing import NamedTuple

from duediligence.facts import (
    compute,
    contact,
    excluded,
    legal_basis,
    memorization,
    personal_data,
    provider,
    uses,
)
from duediligence.facts.cues import Cues
from duediligence.facts.data_lists import TRAINING_TITLE
from duediligence.facts.license_names import named_license
from duediligence.facts.passage import Passage
from duediligence.facts.statement import PLACEHOLDER_CUES, Statement, is_placeholder, statement
from duediligence.facts.titles import Kinds
from duediligence.repo import kind_of


class _Reader(NamedTuple):
    """One reader, and the passages it can find something in."""

    read: Callable[[Passage], Statement | None]
    cues: Cues
    """What stands in them, unless a heading or label is enough."""

    titles: Kinds = 0
    """Headings under which it reads everything."""

    labels: Kinds = 0
    """Labels behind which it reads everything."""


_READERS = (
    _Reader(uses.use, uses.PURPOSES, uses.TITLES, uses.TITLES),
    _Reader(personal_data.personal_data, personal_data.CUES, personal_data.TITLE),
    _Reader(legal_basis.legal_basis, legal_basis.CUES),
    _Reader(provider.provider, provider.CUES, labels=provider.LABEL),
    _Reader(contact.contact, 0, contact.TITLE, contact.LABEL),
    _Reader(excluded.excluded, excluded.CUES),
    _Reader(memorization.memorization, memorization.CUES),
    _Reader(compute.compute, 0, labels=compute.LABEL),
)


_CUES = reduce(operator.or_, (reader.cues for reader in _READERS))
_TITLES = reduce(operator.or_, (reader.titles for reader in _READERS))
_LABELS = reduce(operator.or_, (reader.labels for reader in _READERS))


def statements(passages: Iterable[Passage], repo: str) -> Iterator[Statement]:
    """Everything *passages* state of *repo* under the keys read here, in order, each key once a passage."""
    of_model = kind_of(repo) == "models"
    for passage in passages:
        if passage.citation or passage.kind in ("row", "heading"):
            continue
        wanted = _wanted(passage)
        # Under a heading on training data stands the license of these.
        of_data = of_model and passage.heading & TRAINING_TITLE
        licenses = () if of_data else named_license(passage)
        if (wanted or licenses) and _says_something(passage):
            for read in wanted:
                stated = read(passage)
                if stated is not None:
                    yield stated
            for name in licenses:
                yield statement("license", passage, name)


def _wanted(passage: Passage) -> Sequence[Callable[[Passage], Statement | None]]:
    """The readers that could find something in *passage*."""
    cues, heading, label = (
        passage.cues & _CUES,
        passage.heading & _TITLES,
        (passage.labelled | passage.behind) & _LABELS,
    )
    addressed = "@" in passage.raw
    if not (cues or heading or label or addressed):
        return ()
    return [
        reader.read
        for reader in _READERS
        if cues & reader.cues
        or heading & reader.titles
        or label & reader.labels
        or (addressed and reader.read is contact.contact)
    ]


def _says_something(passage: Passage) -> bool:
    words = passage.words
    placeholder = passage.cues & PLACEHOLDER_CUES and is_placeholder(words[:200])
    return not placeholder and any(map(str.isalpha, words))

"""What else the prose of a card states: provider, contact, use, legal basis, personal data, license."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
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
from duediligence.facts.license_names import named_license
from duediligence.facts.prose import Passage
from duediligence.facts.statement import PLACEHOLDER_CUES, Statement, is_placeholder, statement


class _Reader(NamedTuple):
    """One reader, and the passages it can find something in."""

    read: Callable[[Passage], Statement | None]
    cues: Cues
    """What stands in them, unless they stand under one of the headings."""

    titles: tuple[Callable[[str], bool], ...] = ()
    """Headings under which it reads everything."""

    labelled: bool = False
    """Whether a label, or the sign of an address, is enough."""


_READERS = (
    _Reader(uses.use, uses.PURPOSES, uses.TITLES, labelled=True),
    _Reader(personal_data.personal_data, personal_data.CUES, (personal_data.TITLE,)),
    _Reader(legal_basis.legal_basis, legal_basis.CUES),
    _Reader(provider.provider, provider.CUES, labelled=True),
    _Reader(contact.contact, 0, (contact.TITLE,), labelled=True),
    _Reader(excluded.excluded, excluded.CUES),
    _Reader(memorization.memorization, memorization.CUES),
    _Reader(compute.compute, 0, labelled=True),
)


def statements(passages: Iterable[Passage]) -> Iterator[Statement]:
    """Everything *passages* state under the keys read here, in order, each key once a passage."""
    for passage in passages:
        if passage.citation or passage.kind == "row":
            continue
        under = _reading_under(passage.sections[-2:])
        labelled = bool(passage.label) or "@" in passage.raw
        wanted = [
            reader
            for reader in _READERS
            if passage.cues & reader.cues or reader in under or (labelled and reader.labelled)
        ]
        licenses = named_license(passage)
        if (wanted or licenses) and _says_something(passage):
            for reader in wanted:
                stated = reader.read(passage)
                if stated is not None:
                    yield stated
            for name in licenses:
                yield statement("license", passage, name)


@lru_cache(maxsize=1024)
def _reading_under(sections: tuple[str, ...]) -> tuple[_Reader, ...]:
    """The readers that read everything under the headings *sections*."""
    return tuple(
        reader for reader in _READERS if any(is_one(t) for is_one in reader.titles for t in sections)
    )


def _says_something(passage: Passage) -> bool:
    words = passage.words
    placeholder = passage.has(PLACEHOLDER_CUES) and is_placeholder(words[:200])
    return not placeholder and any(map(str.isalpha, words))

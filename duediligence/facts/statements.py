"""What else the prose of a card states: provider, contact, use, legal basis, personal data, license."""

from collections.abc import Callable, Iterable, Iterator

from duediligence.facts.contact import contact
from duediligence.facts.excluded import excluded
from duediligence.facts.legal_basis import legal_basis
from duediligence.facts.license_names import named_license
from duediligence.facts.personal_data import personal_data
from duediligence.facts.prose import Passage
from duediligence.facts.provider import provider
from duediligence.facts.statement import PLACEHOLDER_CUES, Statement, is_placeholder, statement
from duediligence.facts.uses import use

_READERS: tuple[Callable[[Passage], Statement | None], ...] = (
    use,
    personal_data,
    legal_basis,
    provider,
    contact,
    excluded,
)


def statements(passages: Iterable[Passage]) -> Iterator[Statement]:
    """Everything *passages* state under the keys read here, in order, each key once a passage."""
    for passage in passages:
        if passage.citation or passage.kind == "row":
            continue
        words = passage.words
        if not any(map(str.isalpha, words)) or (
            passage.has(PLACEHOLDER_CUES) and is_placeholder(words[:200])
        ):
            continue
        for read in _READERS:
            stated = read(passage)
            if stated is not None:
                yield stated
        for name in named_license(passage):
            yield statement("license", passage, name)

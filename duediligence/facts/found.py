"""What the grammar of one passage yields, before it is known what the name stands for."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from duediligence.facts.naming import Named

_FEW = 8


def few(matches: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The first of *matches*: a sentence that repeats a pattern more often than this is no sentence."""
    return islice(matches, _FEW)


class Found(NamedTuple):
    """A name and the relation stated for it."""

    name: str
    phrase: str
    target: str | None
    relation: str
    is_model: bool


def found(one: Named, relation: str, *, is_model: bool = False) -> Found:
    """*one* as something the repo stands in *relation* to."""
    return Found(one.name, one.phrase, one.target, relation, is_model)

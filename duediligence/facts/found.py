"""What the grammar of one passage yields, before it is known what the name stands for."""

from dataclasses import dataclass

from duediligence.facts.naming import Named


@dataclass(frozen=True)
class Found:
    """A name and the relation stated for it."""

    name: str
    phrase: str
    target: str | None
    relation: str
    is_model: bool


def found(one: Named, relation: str, *, is_model: bool = False) -> Found:
    """*one* as something the repo stands in *relation* to."""
    return Found(one.name, one.phrase, one.target, relation, is_model)

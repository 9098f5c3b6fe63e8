"""What one page of the questionnaire is drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from duediligence.about_us import Earlier
from duediligence.analysis.abouts import address
from duediligence.analysis.situation import Asked
from duediligence.knowledge.law import Law
from duediligence.widgets import field as fields


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything one page of the questionnaire is drawn from."""

    asked: Asked
    where: str
    """Section and place in it: ``Your plans · 6 of the first 13``."""

    author: str
    repo: str
    law: Law
    places: Mapping[str, str]
    """Country codes to names."""

    groups: fields.Groups = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    """What fills the form: a draft, or the answer that is being changed; empty at first."""

    earlier: Sequence[Earlier] = ()
    """What cases beside this one were told on the same question."""

    by_list: bool = False
    """Whether what it is about has its id from the list of well-known data sets, not from the text."""

    problem: str | None = None
    back: bool = False
    warn: bool = False
    undo: str | None = None
    """The last own step that can be taken back, in words."""

    same: int = 0
    """How many things this question is still open about, this one with them; 0 where it is about none."""

    form: bool = True
    """False while an answer that needs another look can still simply be kept."""


def address_of(asked: Asked) -> str:
    """``QUESTION`` or ``QUESTION@ABOUT``."""
    return address(asked.question.id, asked.about)

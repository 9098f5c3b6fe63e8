"""The law as values: legal sources, licenses, questions and rules of one edition, as of one day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from duediligence.knowledge.vocabulary import ACT_WORDS

Condition = Mapping[str, Any]
"""A checked condition tree: ``all``, ``any``, ``not`` over leaves, every scalar a text."""


@dataclass(frozen=True, kw_only=True)
class Authority:
    """One legal source."""

    id: str
    title: str
    jurisdiction: str
    type: str
    """``statute``, ``decision``, ``guidance``, ``license_text``, ``contract``, ``paper``, ``record`` or
    ``practice``."""

    date: str
    """As known: a day, a year, or words such as ``consolidated``."""

    effect: str
    """What it says, in a plain sentence."""

    state: str
    """``settled``, ``contested`` or ``pending``, on the day asked for."""

    final: bool
    """False for a decision that may still be overturned."""

    confirmed: str
    """``P`` read in the original, ``S`` in a secondary source, ``R`` only cited, ``K`` not checked."""

    address: str | None
    as_of: str
    review_by: str
    read: str = ""
    """What of it was read, where not the whole; empty otherwise."""

    watch: tuple[tuple[str, str], ...] = ()
    """Dates to watch: day and what is expected."""

    notes: tuple[str, ...] = ()
    texts_of_licenses: bool = False
    """Whether it stands for the texts of licenses: then the very text a finding is about is cited."""


@dataclass(frozen=True, kw_only=True)
class License:
    """One license or one family id of the Hub, with the terms a rule needs."""

    id: str
    names: tuple[str, ...]
    """Values of ``license_name`` behind ``other`` that mean this one."""

    title: str
    spdx: str | None
    family: str
    ambiguous: bool
    """True for ids that name no text: ``cc``, ``gpl``, ``other``, ``unknown``."""

    terms: Mapping[str, str]
    """Term to value, both from the vocabulary: ``commercial_use: no``."""

    address: str | None
    confirmed: str
    note: str | None = None
    hub: bool = True
    """False for a text that hides behind ``other`` and has no id of its own on the Hub."""

    models: tuple[str, ...] = ()
    """Models it applies to whatever their tag says; a name may end in ``*``."""

    as_of: str = ""
    review_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something only a person can answer."""

    id: str
    ref: str | None
    topic: str
    each: str | None
    """``dataset``, ``parent``, ``licensed``, ``act``, ``letter``, or ``None``: once for the case."""

    text: str
    """At most 15 words; may hold ``{about}``."""

    provider_text: str | None
    """The same, worded for a letter to the provider."""

    matters: str
    type: str
    choices: Mapping[str, str]
    """Slug to words."""

    when: Condition | None
    shows: tuple[str, ...]
    """Keys of facts shown beside it."""

    prefill: str | None
    """Key of the fact that may prefill it."""

    prefill_values: Mapping[str, str]
    """How a fact's value becomes a slug; empty: as written."""

    who: tuple[str, ...]
    effort: str
    """``head``, ``look_up``, ``colleague`` or ``write``: cheapest first."""

    example: str | None
    hint: str | None
    authorities: tuple[str, ...]
    first: int | None = None
    """Place among the first questions, 1 to 13; ``None`` for the rest."""

    foremost: tuple[str, ...] = ()
    """Roles to which it matters most: for them it comes right behind the first questions."""

    when_known: bool = False
    """Whether it is left out while what it hangs on was answered with ``unknown``."""

    claims: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Slug that names a legal basis to the regimes it can be one under, each with the places of the matrix
    whose law it belongs to; no place: a law of none of them."""

    of_dataset: Mapping[str, Any] = field(default_factory=dict)
    """Fields worded for a case about a dataset; empty where the words fit both."""


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A legal source as one rule uses it."""

    id: str
    uncontested: str | None = None
    """The undisputed point a pending source is cited for; then its pending state does not cap."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One proposition and the condition under which it is a finding."""

    id: str
    ref: str | None
    each: str | None
    regime: str
    jurisdiction: str
    actor: str
    act: str
    polarity: str
    proposition: str
    applies: Condition | None
    when: Condition
    status: str
    when_false: Mapping[str, str] | None
    """``status`` and ``proposition`` that hold when the condition is false."""

    authorities: tuple[Citation, ...]
    law: str | None
    """Overrides the computed axis: ``settled``, ``non_final``, ``disputed`` or ``untested``."""

    burden: str | None
    bound_by: str | None
    """``license.accepted-how`` where the finding holds only for who accepted the terms."""

    bound_at: str | None = None
    """``parents``: acceptance counts of the repos upstream whose terms the finding rests on."""

    next_step: str
    letter: str | None
    owner: str
    """``you``, ``provider`` or ``counsel``."""

    step_for: tuple[str, ...] = ()
    """Roles whose step it is; for others the finding has none. Empty: everybody's."""

    of_role: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Role to the ``next_step`` and ``letter`` worded for it, where they are others."""

    known_by: str | None = None
    """Who can say what a gap lacks, where that is not the owner."""

    against: tuple[str, ...] = ()
    """Sources or arguments on the other side, for the memo; names the court or author."""

    instead_of: tuple[str, ...] = ()
    words_absence: str = ""
    """``yes`` where it only words what is not on file, also where something could not be looked at;
    ``when`` where that is so once it is known to apply; else empty."""

    of_dataset: Mapping[str, Any] = field(default_factory=dict)
    """Fields worded for a case about a dataset; empty where the words fit both."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """A time that runs from a day somebody answers, and how its end is counted."""

    id: str
    ref: str | None
    each: str | None
    title: str
    """What ends with it; may hold ``{about}``."""

    applies: Condition | None
    starts: str | None
    """The question whose answer is the day it begins."""

    after: str | None
    """Instead of *starts*: the period at whose end it begins."""

    start_words: str
    counted: str
    """``years_from_year_end``, ``years``, ``months`` or ``days``."""

    length: int
    working_days_of: str | None
    """The question on the place whose weekends and holidays move the end."""

    extended_by: str | None
    """The question whose answer, a day, takes the place of the end."""

    extended_told: str | None
    """The question on the day the extension was told; told after the end, it moves nothing."""

    extended_at_most: int | None
    """The longest the period can be when extended, counted like *length*."""

    met: Condition | None
    about: bool
    """Whether the length itself is only about so long."""

    note: str
    authorities: tuple[str, ...]
    next_step: str
    owner: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter a next step may name, and when it is not offered."""

    id: str
    title: str
    to: str
    public: bool
    caution: str
    """What is risky about it; it stands before the text."""

    withheld: tuple["Withheld", ...]
    authorities: tuple[str, ...]
    of_dataset: Mapping[str, Any] = field(default_factory=dict)
    """Its words in a case about a dataset, where they differ."""

    of: tuple[str, ...] = ()
    """Roles whose letter it is; empty: everybody's."""

    text: str = ""
    """Its words; what only the sender knows stands in square brackets. Empty in editions from before."""


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """Why a letter is not offered while a condition holds."""

    when: Condition
    because: str
    instead: str | None
    """The letter that takes its place."""


@dataclass(frozen=True, kw_only=True)
class Position:
    """What a court or an author says on a disputed question."""

    side: str
    """``yes``, ``no``, ``open``, ``rule`` (general, on something else) or ``text`` (of some licenses)."""

    says: str
    reach: str
    """What it was about, and what it did not decide."""

    authority: str
    by: str | None = None
    """The court or author in short, where the title of the source does not tell."""


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """One disputed question: positions, what would decide it, and what follows for whom."""

    id: str
    each: str | None
    """``dataset``: once for each; ``None``: once for the case."""

    title: str
    regime: str
    positions: tuple[Position, ...]
    none_found: str
    """What was looked for and not found."""

    answers_nothing: tuple[tuple[str, str], ...]
    """Sources that are cited for it and do not answer it, each with why."""

    evidence: tuple[Mapping[str, str], ...]
    """What would decide it: ``{"text", "question"}`` or ``{"text", "fact"}``."""

    follows: Mapping[str, str]
    """Role to what follows for it."""

    rules: tuple[str, ...]
    authorities: tuple[str, ...]
    of_dataset: Mapping[str, Any] = field(default_factory=dict)
    """Its words in a case about a dataset, where they differ."""


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """One actor and act of the legal-basis matrix in one place, and what could carry it."""

    id: str
    place: str
    actor: str
    act: str
    row: str | None
    """What tells it from other rows of the same actor and act."""

    rules: tuple[str, ...]
    """Rules whose findings stand here and in no other row of this place, beside those of actor and act."""

    could: Mapping[str, str]
    """Regime to what could apply: a menu to be tested, never a conclusion."""

    evidence: str
    burden: str
    authorities: tuple[str, ...]
    of_models: bool = False
    """Whether the act is done to a model; a case about a dataset has no such row."""


@dataclass(frozen=True, kw_only=True)
class Law:
    """One edition of the law files, as of one day."""

    digest: str
    """SHA-256 over the law files, as the contract defines it."""

    as_of: date
    authorities: Mapping[str, Authority]
    licenses: Mapping[str, License]
    """By id in lower case, and by every name behind ``other``, in lower case, as ``other:NAME``."""

    terms: Mapping[str, Mapping[str, Any]]
    """Vocabulary of license terms: sentence and allowed values."""

    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    periods: tuple[Period, ...]
    matrix: tuple[MatrixRow, ...]
    disputes: tuple[Dispute, ...]
    letters: Mapping[str, Letter]
    """By id."""

    groups: Mapping[str, frozenset[str]]
    """Named groups of places: ``EU`` to its ISO 3166-1 codes."""

    places: Mapping[str, str]
    """Every ISO 3166-1 alpha-2 code in use, with the name of the country."""

    acts: Mapping[str, str] = field(default_factory=lambda: ACT_WORDS)
    """How a sentence names each act."""


def overdue(law: Law) -> tuple[Authority, ...]:
    """The legal sources that were to be looked at again before the day of *law*; sorted by that day."""
    late = (one for one in law.authorities.values() if one.review_by < law.as_of.isoformat())
    return tuple(sorted(late, key=lambda one: (one.review_by, one.id)))

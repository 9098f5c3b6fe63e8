"""A case as questions and rules see it: facts, lineage, answers and the law of one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from duediligence.analysis.keydate import KeyDate
from duediligence.facts.fact import Fact
from duediligence.facts.lineage import Lineage
from duediligence.history import Address, Answer
from duediligence.knowledge.law import Law, Question

if TYPE_CHECKING:
    import pandas


NOT_YOURS = "No step of yours: this one is taken by whoever uses or publishes the work."
"""What a finding says, for a machine, where its step is another role's; people are shown none."""


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Everything questions and findings are computed from; the same values give the same results."""

    repo: str
    facts: tuple[Fact, ...]
    """Read and computed facts of every repo of the chain."""

    lineage: Lineage
    answers: Mapping[Address, tuple[Answer, ...]]
    law: Law

    @cached_property
    def by_place(self) -> Mapping[tuple[str, str], tuple[Fact, ...]]:
        """The facts by repo and key."""
        found: dict[tuple[str, str], list[Fact]] = {}
        for fact in self.facts:
            found.setdefault((fact.repo, fact.key), []).append(fact)
        return {place: tuple(some) for place, some in found.items()}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question about one thing, and how it stands."""

    question: Question
    about: str | None
    text: str
    """With ``{about}`` filled in."""

    asked: bool
    because: str
    """``asked because …`` in words, without rule codes; says why not when it is not asked."""

    state: str
    """``unanswered``, ``answered``, ``unknown``, ``needs_another_look`` or ``two_answers``."""

    shows: tuple[Fact, ...]
    """The facts beside it: every fact under its keys, of the repo it is about."""

    prefill_value: str | tuple[str, ...] | None
    prefill_facts: tuple[str, ...]
    answer: Answer | None
    """The current answer; with two answers the later one in the graph's order."""

    others: tuple[Answer, ...] = ()
    """The other answers at this address."""

    changes: tuple[tuple[str, Fact | None, Fact | None], ...] = ()
    """For one that needs another look: cause, fact before, fact now (``None``: not there)."""

    waits_for: tuple[str, ...] = ()
    """Addresses of the questions to be answered before it is known whether this one is asked."""

    to_provider: str = ""
    """The same, worded for the provider."""

    @property
    def given(self) -> tuple[Answer, ...]:
        """Every answer that stands here, in the order of the record."""
        return (*self.others, self.answer) if self.answer else ()

    def to_json(self) -> dict[str, Any]:
        """The object of the contract; with every answer where two stand beside each other."""
        answer = self.answer
        return {
            "id": self.question.id,
            "ref": self.question.ref,
            "about": self.about,
            "topic": self.question.topic,
            "text": self.text,
            "type": self.question.type,
            "choices": [{"value": slug, "text": text} for slug, text in self.question.choices.items()],
            "asked": self.asked,
            "because": self.because,
            "why": self.question.matters,
            "state": self.state,
            "prefill": None
            if self.prefill_value is None
            else {"value": _listed(self.prefill_value), "facts": list(self.prefill_facts)},
            "answer": _answer_json(answer) if answer else None,
        } | ({"answers": [_answer_json(one) for one in self.given]} if self.others else {})


def _answer_json(answer: Answer) -> dict[str, Any]:
    out: dict[str, Any] = {
        "value": _listed(answer.value),
        "says": answer.says,
        "by": answer.by,
        "at": answer.at,
        "reason": answer.reason,
        "event": answer.event,
    }
    return out | ({"kept_by": answer.kept_by} if answer.kept_by else {})


def _listed(value: str | tuple[str, ...]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one rule says about one thing in this case."""

    id: str
    ref: str | None
    about: str | None
    regime: str
    jurisdiction: str
    actor: str
    act: str
    proposition: str
    polarity: str
    status: str
    law: str
    facts: str
    burden: str | None
    rests_on: tuple[Mapping[str, Any], ...]
    """``{"fact","evidence"}`` or ``{"answer","about","event"}``."""

    missing: tuple[str, ...]
    """Each in words: what is not known, and which question would tell."""

    failed: tuple[str, ...]
    capped: tuple[Mapping[str, Any], ...]
    authorities: tuple[Mapping[str, Any], ...]
    """``{"id","state","confirmed"}``."""

    next_step: str
    letter: str | None
    owner: str
    in_question: bool = False
    """Whether it is a gap because its condition is open: then nobody knows whether its words hold. A gap
    that was found words itself what is missing."""

    unread: tuple[str, ...] = ()
    """Repos whose sources could not be read, or that nobody looked at, where that keeps it open: nobody
    stated what the rule speaks of."""

    letter_withheld: str | None = None
    """Why the letter the rule names is not offered here."""

    against: tuple[str, ...] = ()
    decision_due: tuple[Mapping[str, Any], ...] = ()
    """Legal sources whose decision was due by the day of the law: ``{"authority","date","event"}``."""

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is missing beside the finding's own words."""
        return tuple(text for text in self.missing if text != self.proposition.rstrip("."))

    def to_json(self) -> dict[str, Any]:
        """The object of the contract; empty optional fields are left out."""
        out: dict[str, Any] = {
            "id": self.id,
            "ref": self.ref,
            "about": self.about,
            "regime": self.regime,
            "jurisdiction": self.jurisdiction,
            "actor": self.actor,
            "act": self.act,
            "proposition": self.proposition,
            "polarity": self.polarity,
            "status": self.status,
            "law": self.law,
            "facts": self.facts,
        }
        if self.burden:
            out["burden"] = self.burden
        if self.capped:
            out["capped"] = [dict(item) for item in self.capped]
        if self.failed:
            out["failed"] = list(self.failed)
        if self.in_question:
            out["in_question"] = True
        if self.unread:
            out["unread"] = list(self.unread)
        if self.decision_due:
            out["decision_due"] = [dict(item) for item in self.decision_due]
        return out | {
            "rests_on": [dict(item) for item in self.rests_on],
            "missing": list(self.missing),
            "authorities": [dict(item) for item in self.authorities],
            "next_step": {"text": self.next_step or NOT_YOURS, "letter": self.letter}
            | ({"letter_withheld": self.letter_withheld} if self.letter_withheld else {}),
            "owner": self.owner,
        }


@dataclass(frozen=True, kw_only=True)
class Findings:
    """All findings of a case, and the rules that wait for an answer."""

    findings: tuple[Finding, ...]
    """Sorted by id and about."""

    waiting: tuple[tuple[str, tuple[str, ...]], ...]
    """Rule id and the addresses of the questions it waits for."""

    as_of: str
    law_digest: str
    dates: tuple[KeyDate, ...] = ()
    """Dates that can end or change the matter; they stand before every finding."""

    for_user: bool = False
    """Whether somebody who plans to use the model asks: then knowing can be part of liability."""

    def table(self) -> "pandas.DataFrame":
        """The findings as a pandas frame, one row each; columns are the names of the JSON form."""
        import pandas

        return pandas.DataFrame([finding.to_json() for finding in self.findings])

    def to_json(self) -> dict[str, Any]:
        """The object of the contract."""
        return {
            "schema": 1,
            "dates": [one.to_json() for one in self.dates],
            "findings": [finding.to_json() for finding in self.findings],
            "waiting": [{"rule": rule, "questions": list(asked)} for rule, asked in self.waiting],
            "as_of": self.as_of,
            "law_digest": self.law_digest,
        }

"""“Is the model a derivative of the dataset?” as three questions: who says what, and what would decide."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from duediligence.analysis.abouts import expand, filled
from duediligence.analysis.situation import Asked, Findings, Situation
from duediligence.analysis.wording import value_words
from duediligence.facts.fact import Fact
from duediligence.knowledge.law import Dispute, Law

if TYPE_CHECKING:
    import pandas

_ROLE = ("use.role", None)
SENTENCE = "One word, three questions: what is known on one of them is no answer to another."


@dataclass(frozen=True, kw_only=True)
class Deciding:
    """One thing that would decide, and how it stands in this case."""

    text: str
    stands: str
    known: bool
    rests_on: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class Disputed:
    """One of the questions, about one thing of this case."""

    id: str
    about: str | None
    title: str
    regime: str
    positions: tuple[Mapping[str, Any], ...]
    """``{"side","by","says","reach","authority": {"id","title","state","confirmed"}}``."""

    none_found: str
    answers_nothing: tuple[Mapping[str, Any], ...]
    """Sources that are cited for it and answer it not: ``{"authority": {…}, "because"}``."""

    evidence: tuple[Deciding, ...]
    follows: Mapping[str, str]
    """Role to what follows for it; the roles of this case, or all while nobody said who asks."""

    findings: tuple[tuple[str, str | None, str], ...]
    """Id, about and status of the findings on it that apply."""

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "about": self.about,
            "title": self.title,
            "regime": self.regime,
            "positions": [dict(one) for one in self.positions],
            "none_found": self.none_found,
            "answers_nothing": [dict(one) for one in self.answers_nothing],
            "evidence": [
                {
                    "text": one.text,
                    "stands": one.stands,
                    "known": one.known,
                    "rests_on": [dict(ref) for ref in one.rests_on],
                }
                for one in self.evidence
            ],
            "follows": dict(self.follows),
            "findings": [{"id": id, "about": about, "status": is_} for id, about, is_ in self.findings],
        }


@dataclass(frozen=True, kw_only=True)
class Derivative:
    """The three questions of a case. None is answered here: courts and authors stand with what they said."""

    sentence: str
    questions: tuple[Disputed, ...]
    as_of: str
    law_digest: str

    def table(self) -> "pandas.DataFrame":
        """One row a position: the question, who says what, and how far it reaches."""
        import pandas

        rows = [
            {
                "question": one.title,
                "side": position["side"],
                "who": position["by"],
                "says": position["says"],
                "reach": position["reach"],
            }
            for one in self.questions
            for position in one.positions
        ]
        return pandas.DataFrame(rows)

    def to_json(self) -> dict[str, Any]:
        """The object behind ``derivative --json``: questions sorted by id and what they are about."""
        listed = sorted(self.questions, key=lambda one: (one.id, one.about or ""))
        return {
            "schema": 1,
            "sentence": self.sentence,
            "questions": [one.to_json() for one in listed],
            "as_of": self.as_of,
            "law_digest": self.law_digest,
        }


def derivative(situation: Situation, asked: Sequence[Asked], found: Findings) -> Derivative:
    """The three questions for a case, each with how its evidence stands.

    Args:
        situation: facts, lineage, answers and law.
        asked: how its questions stand.
        found: what the rules say.
    """
    at = {(one.question.id, one.about): one for one in asked}
    abouts = expand(situation)
    return Derivative(
        sentence=SENTENCE,
        questions=tuple(
            _disputed(dispute, about, situation, at, found)
            for dispute in situation.law.disputes
            for about in abouts[dispute.each]
        ),
        as_of=found.as_of,
        law_digest=found.law_digest,
    )


def _disputed(
    dispute: Dispute,
    about: str | None,
    situation: Situation,
    at: Mapping[tuple[str, str | None], Asked],
    found: Findings,
) -> Disputed:
    law = situation.law
    return Disputed(
        id=dispute.id,
        about=about,
        title=filled(dispute.title, about, law.acts),
        regime=dispute.regime,
        # A source that is not in force on the day of the law says nothing on that day.
        positions=tuple(
            {
                "side": one.side,
                "by": one.by or law.authorities[one.authority].title,
                "says": one.says,
                "reach": one.reach,
                "authority": _source(law, one.authority),
            }
            for one in dispute.positions
            if one.authority in law.authorities
        ),
        none_found=dispute.none_found,
        answers_nothing=tuple(
            {"authority": _source(law, id), "because": because}
            for id, because in dispute.answers_nothing
            if id in law.authorities
        ),
        evidence=tuple(_deciding(one, about, situation, at) for one in dispute.evidence),
        follows={role: text for role, text in dispute.follows.items() if role in _roles(situation, dispute)},
        findings=tuple(
            (one.id, one.about, one.status)
            for one in found.findings
            if one.id in dispute.rules and one.about in (None, about) and one.status != "not_applicable"
        ),
    )


def _roles(situation: Situation, dispute: Dispute) -> set[str]:
    said = {role for answer in situation.answers.get(_ROLE, ()) for role in answer.value}
    return said & set(dispute.follows) or set(dispute.follows)


def _source(law: Law, id: str) -> dict[str, Any]:
    one = law.authorities[id]
    return {"id": one.id, "title": one.title, "state": one.state, "confirmed": one.confirmed}


def _deciding(
    given: Mapping[str, str],
    about: str | None,
    situation: Situation,
    at: Mapping[tuple[str, str | None], Asked],
) -> Deciding:
    if "question" in given:
        stands, known, rests = _answered(
            at.get((given["question"], about)) or at.get((given["question"], None)), situation.law
        )
    else:
        facts = situation.by_place.get((about or situation.repo, given["fact"]), ())
        stands, known, rests = _stated(facts)
    return Deciding(text=given["text"], stands=stands, known=known, rests_on=tuple(rests))


_Stands = tuple[str, bool, list[Mapping[str, Any]]]


def _answered(one: Asked | None, law: Law) -> _Stands:
    if one is None or (not one.asked and one.answer is None):
        return "not asked in this case", False, []
    answer = one.answer
    if answer is None:
        return "not answered", False, []
    ref = {"answer": answer.question, "about": answer.about, "event": answer.event}
    if one.state == "unknown":
        to_ask = {"provider": "the provider"}.get(answer.ask or "", answer.ask)
        return f"not known{f'; to ask: {to_ask}' if to_ask else ''}", False, [ref]
    if one.state != "answered":
        return "an answer needs another look, or two stand beside each other", False, [ref]
    return f"{value_words(one.question, answer.value, law)}, as {answer.says} says", True, [ref]


def _stated(facts: Sequence[Fact]) -> _Stands:
    stated = [one for one in facts if one.state == "stated"]
    refs: list[Mapping[str, Any]] = [{"fact": one.id, "evidence": one.evidence} for one in stated or facts]
    if stated:
        return "; ".join(dict.fromkeys(_said(one) for one in stated)), True, refs
    lost = [one for one in facts if one.state != "absent"]
    if lost or not facts:
        return "not known: the sources could not be read", False, refs
    return f"not stated{_searched(facts)}", False, refs


def _said(fact: Fact) -> str:
    return f"“{fact.value or fact.quote}”"


def _searched(facts: Sequence[Fact]) -> str:
    numbers = list(_once(number for one in facts for number in one.searched))
    return f"; searched: {', '.join(numbers)}" if numbers else ""


def _once(numbers: Iterator[str]) -> Iterator[str]:
    yield from dict.fromkeys(numbers)

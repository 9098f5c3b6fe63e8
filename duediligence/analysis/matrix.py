"""The legal-basis matrix: for each actor and act, what is claimed under which regime, on what evidence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from duediligence.analysis.abouts import address
from duediligence.analysis.situation import Asked, Finding, Findings, Situation
from duediligence.analysis.wording import value_words
from duediligence.facts.fact import Fact
from duediligence.knowledge.law import MatrixRow
from duediligence.knowledge.vocabulary import ACT_WORDS, MATRIX_REGIMES

if TYPE_CHECKING:
    import pandas

_COUNTED = {"eu": ("eu", "de", "at", "any"), "uk": ("uk", "any"), "us": ("us", "any")}
"""Place of the matrix to the jurisdictions of the findings that stand in it."""

_INSIDE = {"eu": ("EEA",), "uk": ("GB",), "us": ("US",)}
_OF_OTHERS = ("compiler", "trainer", "releaser")
"""Whose basis is asked for; the others are the user's own side or the host."""

_CLAIMS = {
    "copyright": (("provider.legal-basis", ("legitimate_interests", "consent")), ("copyright.exception", ())),
    "data_protection": (("data.legal-basis", ()),),
}
"""Regime to the questions that hold a claim, each with the slugs that belong to another regime."""

_DATA_BASES = ("legitimate_interests", "consent")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What the record holds on one act under one regime."""

    regime: str
    state: str
    """``claimed``, ``claimed_generally`` (without naming the act), ``nothing_stated``, ``not_known``,
    ``could_not_look``, ``findings`` or ``not_asked``; ``unsure`` for an answer that needs another look or
    stands beside another."""

    disputed: bool
    words: tuple[str, ...]
    could_apply: str
    """A menu from the law files, to be tested; never a conclusion."""

    findings: tuple[tuple[str, str | None], ...]
    rests_on: tuple[Mapping[str, Any], ...]
    searched: tuple[str, ...] = ()
    """Evidence that was looked through in vain."""

    def to_json(self) -> dict[str, Any]:
        return {
            "regime": self.regime,
            "state": self.state,
            "disputed": self.disputed,
            "words": list(self.words),
            "could_apply": self.could_apply or None,
            "findings": [{"id": id, "about": about} for id, about in self.findings],
            "rests_on": [dict(one) for one in self.rests_on],
            "searched": list(self.searched),
        }


@dataclass(frozen=True, kw_only=True)
class Line:
    """One actor and act in one place."""

    id: str
    actor: str
    act: str
    title: str
    """The act in words; where rows share it, what tells them apart."""

    cells: tuple[Cell, ...]
    evidence: str
    """What the file must hold before anything can rise above a gap."""

    burden: str
    """Who must prove."""

    authorities: tuple[Mapping[str, Any], ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "actor": self.actor,
            "act": self.act,
            "title": self.title,
            "cells": [cell.to_json() for cell in self.cells],
            "evidence": self.evidence,
            "burden": self.burden,
            "authorities": [dict(one) for one in self.authorities],
        }


@dataclass(frozen=True, kw_only=True)
class Place:
    """The rows of one place, and whether anything in the record lies there."""

    place: str
    in_play: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Who relies on what for which act: in words, each with what it rests on."""

    sentence: str
    places: tuple[Place, ...]
    as_of: str
    law_digest: str

    def table(self) -> "pandas.DataFrame":
        """One row a place, actor and act; a column a regime, its words joined, and who must prove."""
        import pandas

        rows = [
            {"place": place.place, "actor": line.actor, "act": line.title}
            | {cell.regime: " ".join(cell.words) for cell in line.cells}
            | {"burden": line.burden}
            for place in self.places
            for line in place.lines
        ]
        return pandas.DataFrame(rows)

    def to_json(self) -> dict[str, Any]:
        """The rows by place, in the order of the law files."""
        return {
            "schema": 1,
            "sentence": self.sentence,
            "places": [
                {"place": one.place, "in_play": one.in_play, "rows": [line.to_json() for line in one.lines]}
                for one in self.places
            ],
            "as_of": self.as_of,
            "law_digest": self.law_digest,
        }


def matrix(situation: Situation, asked: Sequence[Asked], found: Findings) -> Matrix:
    """The matrix of a case, from its facts, answers and findings.

    Args:
        situation: facts, lineage, answers and law.
        asked: how its questions stand.
        found: what the rules say.
    """
    at = {(one.question.id, one.about): one for one in asked}
    rows = situation.law.matrix
    places = tuple(
        Place(
            place=place,
            in_play=place == "eu" or _lies_in(situation, place),
            lines=tuple(_line(row, rows, situation, at, found) for row in rows if row.place == place),
        )
        for place in dict.fromkeys(row.place for row in rows)
    )
    return Matrix(
        sentence=_sentence(places),
        places=places,
        as_of=found.as_of,
        law_digest=found.law_digest,
    )


def _sentence(places: Sequence[Place]) -> str:
    eu: tuple[Line, ...] = next((one.lines for one in places if one.place == "eu"), ())
    lines = [line for line in eu if line.actor in _OF_OTHERS]
    acts = {line.act for line in lines}
    stated = {
        line.act
        for line in lines
        for cell in line.cells
        if cell.regime in _CLAIMS and cell.state in ("claimed", "unsure")
    }
    none = len(acts - stated)
    who = "compiler, trainer and releaser"
    return f"Nobody is recorded to have named a basis for {none} of {len(acts)} acts of {who}."


def _lies_in(situation: Situation, place: str) -> bool:
    groups, kinds = situation.law.groups, {one.id: one.type for one in situation.law.questions}
    inside = {code for name in _INSIDE[place] for code in groups.get(name, (name,))}
    said = (
        value
        for (id, _), answers in situation.answers.items()
        if kinds.get(id) in ("place", "places")
        for answer in answers
        for value in ((answer.value,) if isinstance(answer.value, str) else answer.value)
    )
    return any(value.partition("-")[0] in inside for value in said)


def _line(
    row: MatrixRow,
    rows: Sequence[MatrixRow],
    situation: Situation,
    at: Mapping[tuple[str, str | None], Asked],
    found: Findings,
) -> Line:
    law = situation.law
    sources = [law.authorities[id] for id in row.authorities if id in law.authorities]
    # Findings name no row: where rows share actor and act, the first of them carries these.
    first = next(one for one in rows if (one.place, one.actor, one.act) == (row.place, row.actor, row.act))
    ours = [
        one
        for one in found.findings
        if row is first
        and (one.actor, one.act) == (row.actor, row.act)
        and one.jurisdiction in _COUNTED[row.place]
        and one.status != "not_applicable"
    ]
    return Line(
        id=row.id,
        actor=row.actor,
        act=row.act,
        title=f"{ACT_WORDS[row.act]}: {row.row}" if row.row else ACT_WORDS[row.act],
        cells=tuple(_cell(row, row is first, regime, situation, at, ours) for regime in MATRIX_REGIMES),
        evidence=row.evidence,
        burden=row.burden,
        authorities=tuple({"id": one.id, "state": one.state, "confirmed": one.confirmed} for one in sources),
    )


def _cell(
    row: MatrixRow,
    first: bool,
    regime: str,
    situation: Situation,
    at: Mapping[tuple[str, str | None], Asked],
    ours: Sequence[Finding],
) -> Cell:
    mine = [one for one in ours if one.regime in MATRIX_REGIMES[regime]]
    said = _said(row, regime, situation, at) if first and row.actor in _OF_OTHERS else None
    state, words, rests, searched = said or ("findings" if mine else "not_asked", [], [], ())
    counted = [one for one in mine if one.status == "contested"]
    disputed = [f"Disputed: {one.proposition}{_against(one)}" for one in counted]
    words = [*words, *disputed, *_others(mine, counted)] or ["Not asked."]
    refs = [*rests, *(ref for one in mine for ref in one.rests_on)]
    return Cell(
        regime=regime,
        state=state,
        disputed=bool(counted),
        words=tuple(words),
        could_apply=row.could.get(regime, ""),
        findings=tuple((one.id, one.about) for one in mine),
        rests_on=tuple({tuple(sorted(ref.items(), key=str)): ref for ref in refs}.values()),
        searched=tuple(searched),
    )


def _against(one: Finding) -> str:
    return f" Against: {' '.join(one.against)}" if one.against else ""


def _others(mine: Sequence[Finding], counted: Sequence[Finding]) -> list[str]:
    rest = [one for one in mine if one not in counted]
    kinds = [one for one in rest if one.status == "gap"], [one for one in rest if one.status != "gap"]
    named = [(kinds[0], "open"), (kinds[1], "supported on this record")]
    said = [f"{len(some)} finding{'' if len(some) == 1 else 's'} {word}" for some, word in named if some]
    return [f"{', '.join(said)}."] if said else []


_Said = tuple[str, list[str], list[Mapping[str, Any]], tuple[str, ...]]


def _said(
    row: MatrixRow, regime: str, situation: Situation, at: Mapping[tuple[str, str | None], Asked]
) -> _Said | None:
    """What is claimed for an act: by answers, which name it; else by the sources, which may not."""
    if regime not in _CLAIMS:
        return None
    answers = [one for one in _answers(row.act, regime, at) if one[0].answer is not None]
    claims = [(one, values) for one, values in answers if values and one.state == "answered"]
    rests = [_ref(one) for one, _ in answers]
    if any(one.state in ("needs_another_look", "two_answers") for one, _ in answers):
        return "unsure", ["An answer needs another look, or two stand beside each other."], rests, ()
    if claims:
        return "claimed", [_claim(one, values) for one, values in claims], rests, ()
    if any(one.state == "unknown" for one, _ in answers):
        who = next((one.answer.ask for one, _ in answers if one.answer and one.answer.ask), None)
        to_ask = f" To ask: {'the provider' if who == 'provider' else who}." if who else ""
        return "not_known", [f"Not known.{to_ask}"], rests, _searched(_facts(row, situation))
    return _from_sources(row, regime, situation, rests)


def _from_sources(row: MatrixRow, regime: str, situation: Situation, rests: list[Mapping[str, Any]]) -> _Said:
    facts = _facts(row, situation)
    stated = [one for one in facts if one.state == "stated"]
    if stated:
        quotes = [f"“{one.quote or one.value}” ({one.evidence})" for one in stated]
        refs = [{"fact": one.id, "evidence": one.evidence} for one in stated]
        said = f"Said without an answer on which act it covers: {'; '.join(quotes)}."
        return "claimed_generally", [said], [*rests, *refs], ()
    lost = [one for one in facts if one.state != "absent"]
    if lost or not facts:
        why = next((f" ({one.reason.rstrip('.')})" for one in lost if one.reason), "")
        return "could_not_look", [f"Not known: the sources could not be read{why}."], rests, ()
    searched = _searched(facts)
    where = f" Searched: {', '.join(searched)}." if searched else ""
    looked = [{"fact": one.id, "evidence": one.evidence} for one in facts]
    return "nothing_stated", [f"Nothing stated in what was read.{where}"], [*rests, *looked], searched


def _facts(row: MatrixRow, situation: Situation) -> list[Fact]:
    # What a compiler relies on stands with its dataset, as far as one is in the chain.
    datasets = {one.id for one in situation.lineage.repos if one.id.startswith("datasets/")}
    repos = datasets or {situation.repo} if row.actor == "compiler" else {situation.repo}
    return [one for one in situation.facts if one.key == "legal_basis" and one.repo in repos]


def _searched(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(number for one in facts for number in one.searched))


def _answers(
    act: str, regime: str, at: Mapping[tuple[str, str | None], Asked]
) -> Iterator[tuple[Asked, tuple[str, ...]]]:
    """The questions on a basis for *act*, each with the values that count under *regime*."""
    asked = list(_CLAIMS[regime])
    if regime == "data_protection":
        asked.append(("provider.legal-basis", ()))
    for question, of_others in asked:
        one = at.get((question, act))
        if one is None or one.answer is None:
            continue
        values = (one.answer.value,) if isinstance(one.answer.value, str) else one.answer.value
        mine = [v for v in values if v not in (*of_others, "none", "unknown")]
        if regime == "data_protection" and question == "provider.legal-basis":
            mine = [v for v in mine if v in _DATA_BASES]
            if not mine:
                continue
        yield one, tuple(mine)


def _claim(one: Asked, values: tuple[str, ...]) -> str:
    answer = one.answer
    reason = f" ({answer.reason})" if answer and answer.reason else ""
    says = answer.says if answer else ""
    return f"Claimed: {value_words(one.question, values)}; so {says} says{reason}."


def _ref(one: Asked) -> Mapping[str, Any]:
    answer = one.answer
    assert answer is not None, address(one.question.id, one.about)
    return {"answer": answer.question, "about": answer.about, "event": answer.event}

"""The legal-basis matrix: for each actor and act, what is claimed under which regime, on what evidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from duediligence.analysis.abouts import address, expand
from duediligence.analysis.situation import Asked, Finding, Findings, Situation
from duediligence.analysis.wording import value_words
from duediligence.facts.fact import Fact
from duediligence.knowledge.law import Law, MatrixRow
from duediligence.knowledge.vocabulary import MATRIX_REGIMES
from duediligence.repo import shown

if TYPE_CHECKING:
    import pandas

_COUNTED = {"eu": ("eu", "de", "at", "any"), "uk": ("uk", "any"), "us": ("us", "any")}
"""Place of the matrix to the jurisdictions of the findings that stand in it."""

_INSIDE = {"eu": ("EEA",), "uk": ("GB",), "us": ("US",)}
_OF_OTHERS = ("compiler", "trainer", "releaser")
"""Whose basis is asked for; the others are the user's own side or the host."""

_UPSTREAM = {"compiler": "dataset", "trainer": "parent"}
"""Actor to the repos that may speak of what it relies on, beside the one the case is about."""

_NAMED = ("claimed", "claimed_elsewhere")


_NAMES = 3
"""Repos that were not read, as many as a cell names."""

NOT_READ = "Not read, though it may say one"
"""How the sentence on repositories nobody could read begins."""

ELSEWHERE = "That is the law of another place."
"""What a claim ends with where it cannot carry the act."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What the record holds on one act under one regime."""

    regime: str
    state: str
    """``claimed``, ``claimed_elsewhere`` (under the law of another place), ``claimed_generally`` (without
    naming the act), ``nothing_stated``, ``not_known``, ``could_not_look``, ``findings``, ``does_not_apply``
    or ``not_asked``; ``unsure`` for an answer that needs another look or stands beside another."""

    disputed: bool
    words: tuple[str, ...]
    """What is claimed or searched, and what is disputed."""

    standing: str
    """How many findings are open or supported; empty when none is."""

    could_apply: str
    """A menu from the law files, to be tested; never a conclusion."""

    findings: tuple[tuple[str, str | None], ...]
    rests_on: tuple[Mapping[str, Any], ...]
    searched: tuple[str, ...] = ()
    """Evidence that was looked through in vain."""

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " ".join([*self.words, self.standing]).strip()

    def to_json(self) -> dict[str, Any]:
        return {
            "regime": self.regime,
            "state": self.state,
            "disputed": self.disputed,
            "words": [*self.words, *([self.standing] if self.standing else [])],
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
class Quoted:
    """A sentence on a legal basis, as it stands in a source."""

    words: str
    repo: str
    rests_on: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        return {"words": self.words, "repo": self.repo, "rests_on": dict(self.rests_on)}


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Who relies on what for which act: in words, each with what it rests on."""

    sentence: str
    quoted: tuple[Quoted, ...]
    """What the sources say of a legal basis without an answer on which act it covers."""

    places: tuple[Place, ...]
    as_of: str
    law_digest: str

    def table(self) -> "pandas.DataFrame":
        """One row a place, actor and act; a column a regime, its words joined, and who must prove."""
        import pandas

        rows = [
            {"place": place.place, "actor": line.actor, "act": line.title}
            | {cell.regime: cell.text for cell in line.cells}
            | {"burden": line.burden}
            for place in self.places
            for line in place.lines
        ]
        return pandas.DataFrame(rows)

    def to_json(self) -> dict[str, Any]:
        """The object behind ``matrix --json``: places and rows sorted by name."""
        return {
            "schema": 1,
            "sentence": self.sentence,
            "quoted": [one.to_json() for one in self.quoted],
            "places": [
                {
                    "place": one.place,
                    "in_play": one.in_play,
                    "rows": [line.to_json() for line in sorted(one.lines, key=lambda line: line.id)],
                }
                for one in sorted(self.places, key=lambda one: one.place)
            ],
            "as_of": self.as_of,
            "law_digest": self.law_digest,
        }


def quotation(one: Quoted) -> str:
    """A quoted sentence with where it stands."""
    return f"“{one.words}” ({one.repo}, {one.rests_on['evidence']})"


def matrix(situation: Situation, asked: Sequence[Asked], found: Findings) -> Matrix:
    """The matrix of a case, from its facts, answers and findings.

    Args:
        situation: facts, lineage, answers and law.
        asked: how its questions stand.
        found: what the rules say.
    """
    rows = situation.law.matrix
    quoted = _quoted(situation)
    claims = [one for one in asked if one.question.claims]
    ours = _by_row(rows, found.findings)
    places = tuple(
        Place(
            place=place,
            in_play=place == "eu" or _lies_in(situation, asked, place),
            lines=tuple(
                _line(row, _first(row, rows), situation, claims, ours.get(row.id, ()))
                for row in rows
                if row.place == place
            ),
        )
        for place in dict.fromkeys(row.place for row in rows)
    )
    return Matrix(
        sentence=_sentence(places, quoted),
        quoted=quoted,
        places=places,
        as_of=found.as_of,
        law_digest=found.law_digest,
    )


def _quoted(situation: Situation) -> tuple[Quoted, ...]:
    return tuple(
        Quoted(
            words=str(one.quote or one.value),
            repo=one.repo,
            rests_on=_fact_ref(one),
        )
        for one in situation.facts
        if one.key == "legal_basis" and one.state == "stated"
    )


def _sentence(places: Sequence[Place], quoted: Sequence[Quoted]) -> str:
    """How many acts of others nobody is recorded to have named a basis for: acts, not regimes or places."""
    states: dict[str, set[str]] = {}
    for place in places:
        for line in place.lines:
            if line.actor in _OF_OTHERS:
                states.setdefault(line.act, set()).update(cell.state for cell in line.cells)
    named = {act for act, found in states.items() if found & set(_NAMED)}
    unsure = {act for act, found in states.items() if "unsure" in found} - named
    none = len(states) - len(named) - len(unsure)
    said = [
        f"Nobody is recorded to have named a basis for {none} of {len(states)} acts of compiler, trainer and"
        " releaser."
    ]
    if unsure:
        said.append(f"For {len(unsure)} an answer needs another look, or two stand beside each other.")
    if quoted:
        said.append(
            "What the sources themselves say of a basis is quoted below; which act it covers, an answer must"
            " say."
        )
    return " ".join(said)


def _lies_in(situation: Situation, asked: Sequence[Asked], place: str) -> bool:
    groups = situation.law.groups
    inside = {code for name in _INSIDE[place] for code in groups.get(name, (name,))}
    said = (
        value
        for one in asked
        if one.asked and one.question.type in ("place", "places")
        for answer in (one.answer, *one.others)
        if answer is not None
        for value in ((answer.value,) if isinstance(answer.value, str) else answer.value)
    )
    return any(value.partition("-")[0] in inside for value in said)


def _line(
    row: MatrixRow,
    first: bool,
    situation: Situation,
    claims: Sequence[Asked],
    ours: Sequence[Finding],
) -> Line:
    law = situation.law
    sources = [law.authorities[id] for id in row.authorities if id in law.authorities]
    return Line(
        id=row.id,
        actor=row.actor,
        act=row.act,
        title=f"{situation.law.acts[row.act]}: {row.row}" if row.row else situation.law.acts[row.act],
        cells=tuple(_cell(row, first, regime, situation, claims, ours) for regime in MATRIX_REGIMES),
        evidence=row.evidence,
        burden=row.burden,
        authorities=tuple({"id": one.id, "state": one.state, "confirmed": one.confirmed} for one in sources),
    )


def _first(row: MatrixRow, rows: Sequence[MatrixRow]) -> bool:
    """Claims and most findings name an act and no row: the first row of actor and act carries them."""
    return row is next(
        one for one in rows if (one.place, one.actor, one.act) == (row.place, row.actor, row.act)
    )


def _by_row(rows: Sequence[MatrixRow], findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """Id of a row to the findings that stand in it: in the row that names the rule, else by actor and act."""
    named: dict[tuple[str, str], MatrixRow] = {}
    first: dict[tuple[str, str, str], MatrixRow] = {}
    for row in rows:
        first.setdefault((row.place, row.actor, row.act), row)
        for rule in row.rules:
            named.setdefault((row.place, rule), row)
    found: dict[str, list[Finding]] = {}
    for one in findings:
        for place in dict.fromkeys(row.place for row in rows):
            home = named.get((place, one.id)) or first.get((place, one.actor, one.act))
            if home is not None and one.jurisdiction in _COUNTED[place]:
                found.setdefault(home.id, []).append(one)
    return found


def _cell(
    row: MatrixRow,
    first: bool,
    regime: str,
    situation: Situation,
    claims: Sequence[Asked],
    ours: Sequence[Finding],
) -> Cell:
    considered = [one for one in ours if one.regime in MATRIX_REGIMES[regime]]
    mine = [one for one in considered if one.status != "not_applicable"]
    said = _said(row, regime, situation, claims) if first and row.actor in _OF_OTHERS else None
    state, words, rests, searched = said or (_without_claims(considered, mine), [], [], ())
    counted = [one for one in mine if one.status == "contested"]
    disputed = [f"Disputed: {one.proposition}{_against(one)}" for one in counted]
    return Cell(
        regime=regime,
        state=state,
        disputed=bool(counted),
        words=tuple([*words, *disputed] or ([_NOTHING[state]] if state in _NOTHING else [])),
        standing=_standing(mine, counted),
        could_apply=row.could.get(regime, ""),
        findings=tuple((one.id, one.about) for one in mine),
        rests_on=_once([*rests, *(ref for one in mine for ref in one.rests_on)]),
        searched=tuple(searched),
    )


_NOTHING = {
    "does_not_apply": "No rule on this act applies to what is recorded.",
    "not_asked": "Not asked.",
}


def _without_claims(considered: Sequence[Finding], mine: Sequence[Finding]) -> str:
    return "findings" if mine else "does_not_apply" if considered else "not_asked"


def _once(refs: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    return tuple({tuple(sorted(ref.items(), key=str)): ref for ref in refs}.values())


def _against(one: Finding) -> str:
    return f" Against: {' '.join(one.against)}" if one.against else ""


def _standing(mine: Sequence[Finding], counted: Sequence[Finding]) -> str:
    rest = [one for one in mine if one not in counted]
    kinds = [one for one in rest if one.status == "gap"], [one for one in rest if one.status != "gap"]
    named = [(kinds[0], "open"), (kinds[1], "supported on this record")]
    said = [f"{len(some)} finding{'' if len(some) == 1 else 's'} {word}" for some, word in named if some]
    return f"{', '.join(said)}." if said else ""


_Said = tuple[str, list[str], list[Mapping[str, Any]], tuple[str, ...]]


def _said(row: MatrixRow, regime: str, situation: Situation, claims: Sequence[Asked]) -> _Said | None:
    """What is claimed for an act: by answers, which name it; else by the sources, which may not."""
    questions = [one for one in claims if any(regime in held for held in one.question.claims.values())]
    if not questions:
        return None
    answers = [one for one in questions if one.about == row.act and one.asked and one.answer is not None]
    rests = [_ref(one) for one in answers]
    if any(one.state in ("needs_another_look", "two_answers") for one in answers):
        return "unsure", ["An answer needs another look, or two stand beside each other."], rests, ()
    known = [one for one in answers if one.state == "answered"]
    here = [
        _claim(one, values, situation.law)
        for one in known
        if (values := _values(one, regime, row.place, True))
    ]
    abroad = [
        _claim(one, values, situation.law)
        for one in known
        if (values := _values(one, regime, row.place, False))
    ]
    elsewhere = [f"{one} {ELSEWHERE}" for one in abroad]
    if here:
        return "claimed", [*here, *elsewhere], rests, ()
    if elsewhere:
        return "claimed_elsewhere", elsewhere, rests, ()
    facts = _facts(row, situation)
    denied = [one for one in known if _words(one) == ("none",)]
    if denied:
        said = [f"None is named; so {one.answer.says} says{_reason(one)}." for one in denied if one.answer]
        return "nothing_stated", [*said, *_where(facts)], rests, _searched(facts)
    if any(one.state == "unknown" for one in answers):
        who = next((one.answer.ask for one in answers if one.answer and one.answer.ask), None)
        to_ask = f" To ask: {'the provider' if who == 'provider' else who}." if who else ""
        return "not_known", [f"Not known.{to_ask}"], rests, _searched(facts)
    # An answer under the other regime alone says nothing here, and is no ground of this cell.
    return _from_sources(facts)


def _from_sources(facts: Sequence[Fact]) -> _Said:
    stated = [one for one in facts if one.state == "stated"]
    if stated:
        refs = [_fact_ref(one) for one in stated]
        numbers = ", ".join(dict.fromkeys(one.evidence for one in stated if one.evidence))
        said = f"A basis is spoken of ({numbers}), without an answer on which act it covers."
        return "claimed_generally", [said], refs, ()
    lost = [one for one in facts if one.state != "absent"]
    read = [one for one in facts if one.state == "absent"]
    rests = [_fact_ref(one) for one in read]
    if lost or not facts:
        of = _few(list(dict.fromkeys(shown(one.repo) for one in read)))
        said = (
            f"Nothing stated in what was read of {of}."
            if of
            else "Not known: nothing that may say it was read."
        )
        return "could_not_look", [" ".join([said, *_where(read)]), *_not_read(lost)], rests, _searched(read)
    return (
        "nothing_stated",
        [" ".join(["Nothing stated in what was read.", *_where(read)])],
        rests,
        _searched(read),
    )


def _not_read(lost: Sequence[Fact]) -> list[str]:
    """Which repos were not read and why, those for one reason together."""
    by_reason: dict[str, list[str]] = {}
    for one in lost:
        names = by_reason.setdefault((one.reason or "it could not be read").rstrip("."), [])
        names += [] if shown(one.repo) in names else [shown(one.repo)]
    each = [f"{_few(names)} ({reason[:1].lower()}{reason[1:]})" for reason, names in by_reason.items()]
    return [f"{NOT_READ}: {'; '.join(each)}."] if each else []


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more


def _fact_ref(one: Fact) -> Mapping[str, Any]:
    return {"fact": one.id, "evidence": one.evidence}


def _where(facts: Sequence[Fact]) -> list[str]:
    searched = _searched(facts)
    return [f"Searched: {', '.join(searched)}."] if searched else []


def _facts(row: MatrixRow, situation: Situation) -> list[Fact]:
    """What was read of a basis in the repos of whoever acts: datasets, base models, and the model itself."""
    upstream = expand(situation)[_UPSTREAM[row.actor]] if row.actor in _UPSTREAM else ()
    repos = (situation.repo, *upstream)
    facts = (situation.by_place.get((repo, "legal_basis"), ()) for repo in dict.fromkeys(repos) if repo)
    return sorted((fact for some in facts for fact in some), key=lambda fact: fact.repo)


def _searched(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(number for one in facts for number in one.searched))


def _words(one: Asked) -> tuple[str, ...]:
    assert one.answer is not None, address(one.question.id, one.about)
    return (one.answer.value,) if isinstance(one.answer.value, str) else one.answer.value


def _values(one: Asked, regime: str, place: str, here: bool) -> tuple[str, ...]:
    """The slugs of an answer that claim a basis under *regime*: by the law of *place*, or by another's."""
    claims = one.question.claims
    return tuple(
        slug
        for slug in _words(one)
        if regime in claims.get(slug, {}) and (place in claims[slug][regime]) is here
    )


def _claim(one: Asked, values: tuple[str, ...], law: Law) -> str:
    says = one.answer.says if one.answer else ""
    return f"Claimed: {value_words(one.question, values, law)}; so {says} says{_reason(one)}."


def _reason(one: Asked) -> str:
    return f" ({one.answer.reason})" if one.answer and one.answer.reason else ""


def _ref(one: Asked) -> Mapping[str, Any]:
    answer = one.answer
    assert answer is not None, address(one.question.id, one.about)
    return {"answer": answer.question, "about": answer.about, "event": answer.event}

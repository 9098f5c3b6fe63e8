"""Section 2 of the memo, first part: who relies on what, act by act, in the places in play."""

from dataclasses import dataclass

from duediligence.analysis.matrix import Cell, Line, matrix
from duediligence.analysis.situation import Situation
from duediligence.knowledge.vocabulary import ACTOR_WORDS
from duediligence.memo.basis import item_refs
from duediligence.memo.exhibits import COVERAGE, ON_FILE, Exhibits
from duediligence.memo.statement import Statement, say
from duediligence.memo.words import cut, place

_LONG = 230
_SHOWN = ("copyright", "data_protection")
"""The regimes a basis is asked for; the others stand with the findings."""


@dataclass(frozen=True, kw_only=True)
class BasisRow:
    """One actor and act: what the record holds under each regime, and who must prove."""

    who: str
    cells: tuple[Statement, ...]
    burden: str


@dataclass(frozen=True, kw_only=True)
class BasisTable:
    """The rows of one place."""

    title: str
    rows: tuple[BasisRow, ...]


@dataclass(frozen=True, kw_only=True)
class LegalBasis:
    """The matrix as far as it fits the body: acts somebody is recorded on, or that findings speak of."""

    sentence: Statement
    quoted: tuple[Statement, ...]
    tables: tuple[BasisTable, ...]
    others: str
    """Places nothing in the record lies in."""


def legal_basis(ex: Exhibits) -> LegalBasis:
    """The matrix of the case; places not in play are named and left out."""
    given = ex.inputs
    situation = Situation(
        repo=given.repo,
        facts=tuple(given.facts),
        lineage=given.lineage,
        answers=given.record.answers,
        law=given.law,
    )
    made = matrix(situation, given.asked, given.findings)
    played = [one for one in made.places if one.in_play]
    rest = [place(one.place) for one in made.places if not one.in_play]
    return LegalBasis(
        sentence=say(made.sentence, support=(ON_FILE,)),
        quoted=tuple(
            say(cut(f"“{one.words}”", _LONG), support=tuple(item_refs(ex, one.rests_on)))
            for one in made.quoted
        ),
        tables=tuple(
            BasisTable(
                title="European Union and Germany" if one.place == "eu" else place(one.place),
                rows=tuple(_row(ex, line) for line in one.lines if _says(line)),
            )
            for one in played
        ),
        others=f"No place in the answers lies in: {', '.join(rest)}." if rest else "",
    )


def _says(line: Line) -> bool:
    return any(
        cell.state not in ("not_asked", "does_not_apply") for cell in line.cells if cell.regime in _SHOWN
    )


def _row(ex: Exhibits, line: Line) -> BasisRow:
    return BasisRow(
        who=f"{ACTOR_WORDS[line.actor].capitalize()}: {line.title}",
        cells=tuple(_cell(ex, cell) for cell in line.cells if cell.regime in _SHOWN),
        burden=line.burden,
    )


def _cell(ex: Exhibits, cell: Cell) -> Statement:
    refs = [ref for item in cell.rests_on for ref in item_refs(ex, item)]
    refs += [ref for number in cell.searched for ref in ex.ref(number)]
    lost = cell.state == "could_not_look"
    said = " ".join(cut(one, _LONG) for one in cell.words[:2])
    more = len(cell.words) - 2
    return say(
        said,
        f" {more} more below." if more > 0 else "",
        support=tuple(dict.fromkeys(refs)) or ((COVERAGE,) if lost else (ON_FILE,)),
    )

"""Section 2 of the memo, first part: who relies on what, act by act, in the places in play."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from duediligence.analysis.matrix import ELSEWHERE, NOT_READ, Cell, Line, Place
from duediligence.knowledge.vocabulary import ACTOR_WORDS
from duediligence.memo.exhibits import COVERAGE, ON_FILE, Exhibits
from duediligence.memo.statement import Statement, say
from duediligence.memo.words import cut, joined, place

_LONG = 230
_ELSEWHERE = "Claimed under the law of another place alone."
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
    further: tuple[BasisTable, ...]
    """Tables of places in which nobody claims anything, for annex G."""

    unread: tuple[Statement, ...]
    """What could not be read and may state a basis, for each who acts: told once, below the tables."""

    others: str
    """Places nothing in the record lies in."""


def legal_basis(ex: Exhibits) -> LegalBasis:
    """The matrix of the case; places not in play are named and left out."""
    made = ex.matrix
    played = [one for one in made.places if one.in_play]
    rest = [place(one.place) for one in made.places if not one.in_play]
    tables = {
        one.place: BasisTable(
            title="European Union and Germany" if one.place == "eu" else place(one.place),
            rows=tuple(_rows(ex, [line for line in one.lines if _says(line)])),
        )
        for one in played
    }
    # Where nobody claims anything, one place says what the others say, but for who must prove it.
    first = next(iter(tables), None)
    body = [one.place for one in played if one.place == first or _claims(one)]
    return LegalBasis(
        sentence=say(made.sentence, support=(ON_FILE,)),
        quoted=tuple(
            say(cut(f"“{one.words}”", _LONG), support=tuple(ex.item_refs(one.rests_on)))
            for one in made.quoted
        ),
        tables=tuple(tables[id] for id in body),
        further=tuple(table for id, table in tables.items() if id not in body and table.rows),
        unread=tuple(_unread(ex, [line for one in played for line in one.lines])),
        others=f"No place in the answers lies in: {', '.join(rest)}." if rest else "",
    )


def _claims(one: Place) -> bool:
    return any(cell.state.startswith("claimed") for line in one.lines for cell in line.cells)


def _unread(ex: Exhibits, lines: Sequence[Line]) -> Iterator[Statement]:
    by_words: dict[str, list[str]] = {}
    for line in lines:
        for words in (one for cell in line.cells for one in cell.words if one.startswith(NOT_READ)):
            actors = by_words.setdefault(words, [])
            actors += [] if line.actor in actors else [line.actor]
    for words, actors in by_words.items():
        names = joined([ACTOR_WORDS[one] for one in actors])
        yield say(f"{names.capitalize()}: {_lower(cut(words, 2 * _LONG))}", support=(COVERAGE,))


def _says(line: Line) -> bool:
    return any(
        cell.state not in ("not_asked", "does_not_apply") for cell in line.cells if cell.regime in _SHOWN
    )


def _rows(ex: Exhibits, lines: Sequence[Line]) -> Iterator[BasisRow]:
    """One row for acts of one actor, one after the other, of which the same is known."""
    for (actor, _), same in groupby(lines, key=lambda line: (line.actor, _known(line))):
        listed = list(same)
        acts = "; ".join(line.title for line in listed)
        yield BasisRow(
            who=f"{ACTOR_WORDS[actor].capitalize()}: {acts}",
            cells=tuple(
                _cell(ex, [cell for line in listed for cell in line.cells if cell.regime == regime])
                for regime in _SHOWN
            ),
            burden=_burden(listed),
        )


def _burden(lines: Sequence[Line]) -> str:
    """Who must prove; act by act where they differ."""
    said = {line.burden for line in lines}
    if len(said) == 1:
        return said.pop()
    return " ".join(f"{_upper(line.title)}: {_lower(line.burden)}" for line in lines)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _known(line: Line) -> tuple[str, ...]:
    return tuple(_text(cell) for cell in line.cells if cell.regime in _SHOWN)


def _text(cell: Cell) -> str:
    """What is claimed and disputed; findings that are merely open or supported stand below in the memo."""
    where = f" Searched: {', '.join(cell.searched)}."
    return " ".join(cut(one.replace(where, ""), _LONG) for one in _told(cell)[:2]) or cell.standing


def _told(cell: Cell) -> Sequence[str]:
    """What the cell holds; claims under the law of another place, told there in full, as one."""
    said = tuple(one for one in cell.words if not one.startswith(NOT_READ))
    if cell.state != "claimed_elsewhere":
        return said
    return (_ELSEWHERE, *(one for one in said if not one.endswith(ELSEWHERE)))


def _cell(ex: Exhibits, cells: Sequence[Cell]) -> Statement:
    refs = [ref for cell in cells for item in cell.rests_on for ref in ex.item_refs(item)]
    refs += [ref for cell in cells for number in cell.searched for ref in ex.ref(number)]
    lost = cells[0].state == "could_not_look"
    more = max(len(_told(cell)) for cell in cells) - 2
    return say(
        _text(cells[0]),
        f" {more} more below." if more > 0 else "",
        support=tuple(dict.fromkeys(refs)) or ((COVERAGE,) if lost else (ON_FILE,)),
    )

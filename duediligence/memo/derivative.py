"""“Is the model a derivative?” in the memo: three rows in the body, each question in full in annex C."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from duediligence.analysis.disputes import Deciding, Disputed
from duediligence.memo.basis import Cited, cited, item_refs
from duediligence.memo.exhibits import ON_FILE, Exhibits
from duediligence.memo.statement import Statement, say
from duediligence.memo.words import ROLES, plain

_SIDES = {"yes": "Yes", "no": "No", "open": "Left open"}


@dataclass(frozen=True, kw_only=True)
class Side:
    """What a court or an author says, and how far it reaches."""

    side: str
    says: str
    reach: str
    source: Cited


@dataclass(frozen=True, kw_only=True)
class Sense:
    """One of the three questions, about one thing."""

    anchor: str
    title: str
    sides: tuple[Side, ...]
    none_found: str
    answers_nothing: tuple[tuple[Cited, str], ...]
    evidence: tuple[Statement, ...]
    follows: tuple[tuple[str, str], ...]
    """Who asks, in words, and what follows."""


@dataclass(frozen=True, kw_only=True)
class SenseRow:
    """One of the three questions in the body: who says what, and what would decide it."""

    title: str
    anchor: str
    sides: tuple[tuple[str, tuple[Cited, ...]], ...]
    open: Statement
    more: str
    """Where it is asked about more than one thing: the others stand in the annex."""


@dataclass(frozen=True, kw_only=True)
class Senses:
    """The three questions."""

    sentence: str
    rows: tuple[SenseRow, ...]
    full: tuple[Sense, ...]


def senses(ex: Exhibits) -> Senses:
    """The three questions of the case, short and in full."""
    made = ex.derivative
    first: dict[str, list[tuple[int, Disputed]]] = {}
    for number, one in enumerate(made.questions, 1):
        first.setdefault(one.id, []).append((number, one))
    return Senses(
        sentence=made.sentence,
        rows=tuple(_row(ex, listed) for listed in first.values()),
        full=tuple(_sense(ex, number, one) for number, one in enumerate(made.questions, 1)),
    )


def _row(ex: Exhibits, listed: Sequence[tuple[int, Disputed]]) -> SenseRow:
    number, one = listed[0]
    by_side: dict[str, list[Cited]] = {}
    for position in one.positions:
        source = replace(cited(ex, position["authority"]), title=position["by"])
        by_side.setdefault(_SIDES[position["side"]], []).append(source)
    missing = [each for each in one.evidence if not each.known]
    known = len(one.evidence) - len(missing)
    said = f"{known} of {len(one.evidence)} things that would decide it are on file."
    said += f" Missing: {'; '.join(each.text for each in missing)}." if missing else ""
    return SenseRow(
        title=one.title,
        anchor=f"sense-{number}",
        sides=tuple((side, tuple(sources)) for side, sources in by_side.items()),
        open=say(said, support=_refs(ex, one.evidence) or (ON_FILE,)),
        more=f"The same for {len(listed) - 1} more." if len(listed) > 1 else "",
    )


def _refs(ex: Exhibits, evidence: Sequence[Deciding]) -> tuple:  # type: ignore[type-arg]
    return tuple(
        dict.fromkeys(ref for one in evidence for item in one.rests_on for ref in item_refs(ex, item))
    )


def _sense(ex: Exhibits, number: int, one: Disputed) -> Sense:
    return Sense(
        anchor=f"sense-{number}",
        title=one.title,
        sides=tuple(
            Side(
                side=_SIDES[position["side"]],
                says=position["says"],
                reach=position["reach"],
                source=cited(ex, position["authority"]),
            )
            for position in one.positions
        ),
        none_found=one.none_found,
        answers_nothing=tuple(
            (cited(ex, item["authority"]), item["because"]) for item in one.answers_nothing
        ),
        evidence=tuple(
            say(
                f"{each.text[:1].upper()}{each.text[1:]}: {each.stands}.",
                support=_refs(ex, [each]) or (ON_FILE,),
            )
            for each in one.evidence
        ),
        follows=tuple((ROLES.get(role, plain(role)), text) for role, text in one.follows.items()),
    )

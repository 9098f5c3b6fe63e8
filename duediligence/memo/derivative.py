"""“Is the model a derivative?” in the memo: three rows in the body, each question in full in annex C."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from duediligence.analysis.disputes import Deciding, Disputed
from duediligence.knowledge.vocabulary import SIDES
from duediligence.memo.basis import Cited, cited
from duediligence.memo.exhibits import ON_FILE, Exhibits
from duediligence.memo.statement import Span, Statement, say
from duediligence.memo.words import ROLES, plain

_SIDES = {side: words.capitalize() for side, words in SIDES.items()}


@dataclass(frozen=True, kw_only=True)
class Side:
    """What a court or an author says, and how far it reaches."""

    side: str
    says: str
    reach: str
    source: Cited


@dataclass(frozen=True, kw_only=True)
class Sense:
    """One of the three questions, with everything it is asked about."""

    anchor: str
    title: str
    sides: tuple[Side, ...]
    none_found: str
    answers_nothing: tuple[tuple[Cited, str], ...]
    evidence: tuple[tuple[tuple[Span, ...], tuple[Statement, ...]], ...]
    """What it is about, where there is more than one, and how the evidence stands."""

    follows: tuple[tuple[str, str], ...]
    """Who asks, in words, and what follows."""


@dataclass(frozen=True, kw_only=True)
class SenseRow:
    """One of the three questions in the body: who says what, and what would decide it."""

    title: str
    anchor: str
    sides: tuple[tuple[str, tuple[Cited, ...]], ...]
    open: Statement


@dataclass(frozen=True, kw_only=True)
class Senses:
    """The three questions."""

    title: str
    sentence: str
    rows: tuple[SenseRow, ...]
    full: tuple[Sense, ...]


def senses(ex: Exhibits) -> Senses:
    """The three questions of the case, short and in full."""
    made = ex.derivative
    by_id: dict[str, list[Disputed]] = {}
    for one in made.questions:
        by_id.setdefault(one.id, []).append(one)
    listed = list(enumerate(by_id.values(), 1))
    return Senses(
        title=f"Is {'a model trained on it' if ex.what == 'dataset' else 'the model'} a derivative?",
        sentence=made.sentence,
        rows=tuple(_row(ex, number, same) for number, same in listed),
        full=tuple(_sense(ex, number, same) for number, same in listed),
    )


def _title(ex: Exhibits, same: Sequence[Disputed]) -> str:
    if len(same) == 1:
        return same[0].title
    titles = {one.id: one.title for one in ex.inputs.law.disputes}
    return titles[same[0].id].replace("{about}", f"each of {len(same)} datasets")


def _row(ex: Exhibits, number: int, same: Sequence[Disputed]) -> SenseRow:
    one = same[0]
    by_side: dict[str, list[Cited]] = {}
    for position in one.positions:
        source = replace(cited(ex, position["authority"]), title=position["by"])
        by_side.setdefault(_SIDES[position["side"]], []).append(source)
    evidence = [each for about in same for each in about.evidence]
    missing = list({each.text: each for each in evidence if not each.known}.values())
    known = sum(each.known for each in evidence)
    said = f"{known} of {len(evidence)} things that would decide it are on file."
    said += f" Missing: {'; '.join(each.text for each in missing)}." if missing else ""
    return SenseRow(
        title=_title(ex, same),
        anchor=f"sense-{number}",
        sides=tuple((side, tuple(sources)) for side, sources in by_side.items()),
        open=say(said, support=_refs(ex, evidence) or (ON_FILE,)),
    )


def _refs(ex: Exhibits, evidence: Sequence[Deciding]) -> tuple:  # type: ignore[type-arg]
    return tuple(
        dict.fromkeys(ref for one in evidence for item in one.rests_on for ref in ex.item_refs(item))
    )


def _sense(ex: Exhibits, number: int, same: Sequence[Disputed]) -> Sense:
    one = same[0]
    return Sense(
        anchor=f"sense-{number}",
        title=_title(ex, same),
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
        evidence=tuple((ex.about(each.about) if len(same) > 1 else (), _evidence(ex, each)) for each in same),
        follows=tuple((ROLES.get(role, plain(role)), text) for role, text in one.follows.items()),
    )


def _evidence(ex: Exhibits, one: Disputed) -> tuple[Statement, ...]:
    return tuple(
        say(
            f"{each.text[:1].upper()}{each.text[1:]}: {each.stands}.", support=_refs(ex, [each]) or (ON_FILE,)
        )
        for each in one.evidence
    )

"""Annex B of the memo: the legal sources the findings cite, and how each is known."""

from dataclasses import dataclass

from duediligence.memo.exhibits import Exhibits
from duediligence.memo.license_texts import texts_on_file
from duediligence.memo.statement import Ref
from duediligence.memo.words import TYPES, dated, day, known, place, plain, sentence, spelled


@dataclass(frozen=True, kw_only=True)
class Source:
    """One legal source the findings cite."""

    anchor: str
    title: str
    kind: str
    """Type, place and day."""

    known: str
    effect: str = ""
    state: str = ""
    as_of: str = ""
    review_by: str = ""
    address: str = ""
    notes: tuple[str, ...] = ()
    watch: tuple[str, ...] = ()
    """Days on which it may change, and what is expected then."""

    used_by: tuple[Ref, ...] = ()
    """The findings that cite it."""

    idle: bool = False
    """Whether only findings that do not apply cite it: then it is named, and not told in full."""


def sources(ex: Exhibits) -> tuple[Source, ...]:
    """Every legal source a finding cites, also one that does not apply."""
    return tuple(_source(ex, source, i) for i, source in enumerate(ex.used_sources, 1))


def _source(ex: Exhibits, source: str, number: int) -> Source:
    authority = ex.inputs.law.authorities.get(source)
    if authority is None:
        return Source(
            anchor=f"source-{number}", title=source, kind="not in the law files", known="not checked"
        )
    due = authority.review_by < ex.inputs.as_of.isoformat()
    return Source(
        anchor=f"source-{number}",
        title=authority.title,
        used_by=ex.used_by.get(f"source-{number}", ()),
        idle=source not in _needed(ex),
        kind=", ".join(
            (
                TYPES.get(authority.type, plain(authority.type)),
                place(authority.jurisdiction),
                dated(authority.date),
            )
        ),
        effect=sentence(spelled(authority.effect)),
        state=authority.state + ("" if authority.final else "; may still be overturned"),
        known=known(authority.confirmed, authority.read),
        as_of=day(authority.as_of),
        review_by=day(authority.review_by) + (" (this day has passed)" if due else ""),
        address=authority.address or "",
        watch=tuple(sentence(f"{_open(on)}: {spelled(event)}") for on, event in authority.watch),
        # What an entry said before it was corrected is for whoever edits the law files.
        notes=(
            *(one.told for one in (texts_on_file(ex) if authority.texts_of_licenses else ())),
            *(sentence(spelled(n)) for n in authority.notes if not n.startswith("Replaced statement")),
        ),
    )


def _needed(ex: Exhibits) -> frozenset[str]:
    """Ids of the sources that a finding which applies cites, a date, or one of the three questions."""
    idle = [one for one in ex.inputs.findings.findings if one.status == "not_applicable"]
    cited = {str(item["id"]) for one in idle for item in one.authorities}
    applying = (one for one in ex.inputs.findings.findings if one.status != "not_applicable")
    cited -= {str(item["id"]) for one in applying for item in one.authorities}
    cited -= {str(item["id"]) for one in ex.inputs.findings.dates for item in one.authorities}
    for one in ex.derivative.questions:
        cited -= {str(item["authority"]["id"]) for item in (*one.positions, *one.answers_nothing)}
    return frozenset(ex.used_sources) - cited


def _open(on: str) -> str:
    return "No day known yet" if on == "open" else day(on)

"""Reads the law files into values, as of one day."""

from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from duediligence.errors import LawError
from duediligence.knowledge.check import problems_of
from duediligence.knowledge.edition import edition_digest, edition_files
from duediligence.knowledge.entries import Entries, Entry, read_entries
from duediligence.knowledge.law import (
    Authority,
    Citation,
    Dispute,
    Law,
    Letter,
    License,
    MatrixRow,
    Period,
    Position,
    Question,
    Rule,
    Withheld,
)
from duediligence.knowledge.vocabulary import MATRIX_REGIMES

# An edition never changes, so reading it once in a process is enough; kept by digest, and by day.
_checked: dict[str, Entries] = {}
_laws: dict[tuple[str, date], Law] = {}


def load_law(as_of: date, folder: Path | Traversable | None = None) -> Law:
    """The law of *folder* as of one day; without *folder*, the law that came with this program.

    Raises:
        LawError: a file cannot be used; every problem is named, as by `check_law`.
    """
    return load_law_from(edition_files(folder), as_of)


def load_law_from(files: Mapping[str, str], as_of: date) -> Law:
    """The law of a kept edition (path to text) as of one day.

    Raises:
        LawError: a file cannot be used; every problem is named.
    """
    digest = edition_digest(files)
    if (digest, as_of) not in _laws:
        if digest not in _checked:
            entries, problems = read_entries(files)
            problems += problems_of(entries)
            if problems:
                raise LawError(problems)
            _checked[digest] = entries
        _laws[digest, as_of] = _law(_checked[digest], digest, as_of)
    return _laws[digest, as_of]


def _law(entries: Entries, digest: str, as_of: date) -> Law:
    day = as_of.isoformat()
    licenses: dict[str, License] = {}
    for entry in entries.usable("licenses"):
        license = _license(entry.content)
        licenses[license.id.lower()] = license
        for name in license.names:
            licenses[f"other:{name.lower()}"] = license
    authorities = {one["id"]: _authority(one, day) for one in _in_force(entries.usable("authorities"), day)}
    rules = (_rule(one, authorities) for one in _in_force(entries.usable("rules"), day))
    return Law(
        digest=digest,
        as_of=as_of,
        authorities=authorities,
        licenses=licenses,
        terms=entries.terms,
        questions=tuple(_question(one) for one in _in_force(entries.usable("questions"), day)),
        # A rule without any legal source in force on that day says nothing about it.
        rules=tuple(rule for rule in rules if rule.authorities),
        periods=tuple(_period(one) for one in _in_force(entries.usable("periods"), day)),
        matrix=tuple(_matrix_row(one) for one in _in_force(entries.usable("matrix"), day)),
        disputes=tuple(_dispute(one) for one in _in_force(entries.usable("disputes"), day)),
        letters={one["id"]: _letter(one) for one in _in_force(entries.usable("letters"), day)},
        groups={name: frozenset(places) for name, places in entries.groups.items()},
        places={str(code): str(name) for code, name in entries.places.items()},
    )


def _in_force(entries: Iterator[Entry], day: str) -> Iterator[Mapping[str, Any]]:
    """The entries valid on *day*; ``until`` is the last day."""
    for entry in entries:
        if entry.content.get("from", "") <= day <= entry.content.get("until", "9999"):
            yield entry.content


def _state_on(given: Mapping[str, Any], day: str) -> str:
    states = given.get("states")
    if not states:
        return str(given["state"])
    begun = [state for state in states if state["from"] <= day]
    # Before the first date that is written down, the first state is the best that is known.
    return str((begun[-1] if begun else states[0])["state"])


def _authority(given: Mapping[str, Any], day: str) -> Authority:
    return Authority(
        id=given["id"],
        title=given["title"],
        jurisdiction=given["jurisdiction"],
        type=given["type"],
        date=given["date"],
        effect=given["effect"],
        state=_state_on(given, day),
        final=given.get("final", "yes") == "yes",
        confirmed=given["confirmed"],
        read=given.get("read", ""),
        address=given.get("address"),
        as_of=given["as_of"],
        review_by=given["review_by"],
        watch=tuple((watch["date"], watch["event"]) for watch in given.get("watch", ())),
        notes=tuple(given.get("notes", ())),
        texts_of_licenses="texts_of_licenses" in given,
    )


def _license(given: Mapping[str, Any]) -> License:
    return License(
        id=given["id"],
        names=tuple(given.get("names", ())),
        title=given["title"],
        spdx=given.get("spdx"),
        family=given["family"],
        ambiguous=given.get("ambiguous") == "yes",
        terms=given.get("terms", {}),
        address=given.get("address"),
        confirmed=given["confirmed"],
        note=given.get("note"),
        hub=given.get("hub", "yes") == "yes",
        models=tuple(given.get("models", ())),
        as_of=given["as_of"],
        review_by=given["review_by"],
    )


def _question(given: Mapping[str, Any]) -> Question:
    return Question(
        id=given["id"],
        ref=given.get("ref"),
        topic=given["topic"],
        each=given.get("each"),
        text=given["text"],
        provider_text=given.get("provider_text"),
        matters=given["matters"],
        type=given["type"],
        choices=given.get("choices", {}),
        when=given.get("when"),
        shows=tuple(given.get("shows", ())),
        prefill=given.get("prefill"),
        prefill_values=given.get("prefill_values", {}),
        who=tuple(given["who"]),
        effort=given.get("effort", "look_up"),
        example=given.get("example"),
        hint=given.get("hint"),
        authorities=tuple(given.get("authorities", ())),
        first=int(given["first"]) if "first" in given else None,
        foremost=tuple(given.get("foremost", ())),
        when_known="when_known" in given,
        claims={
            slug: {regime: tuple(places) for regime, places in regimes.items()}
            for slug, regimes in given.get("claims", {}).items()
        },
        of_dataset=given.get("of_dataset", {}),
    )


def _period(given: Mapping[str, Any]) -> Period:
    return Period(
        id=given["id"],
        ref=given.get("ref"),
        each=given.get("each"),
        title=given["title"],
        applies=given.get("applies"),
        starts=given.get("starts"),
        after=given.get("after"),
        start_words=given["start_words"],
        counted=given["counted"],
        length=int(given["length"]),
        working_days_of=given.get("working_days_of"),
        extended_by=given.get("extended_by"),
        extended_told=given.get("extended_told"),
        extended_at_most=int(given["extended_at_most"]) if "extended_at_most" in given else None,
        met=given.get("met"),
        about=given.get("about") == "yes",
        note=given["note"],
        authorities=tuple(given["authorities"]),
        next_step=given["next_step"],
        owner=given["owner"],
    )


def _matrix_row(given: Mapping[str, Any]) -> MatrixRow:
    return MatrixRow(
        id=given["id"],
        place=given["place"],
        actor=given["actor"],
        act=given["act"],
        row=given.get("row"),
        rules=tuple(given.get("rules", ())),
        could={regime: given[regime] for regime in MATRIX_REGIMES if regime in given},
        evidence=given["evidence"],
        burden=given["burden"],
        authorities=tuple(given["authorities"]),
        of_models="of_models" in given,
    )


def _dispute(given: Mapping[str, Any]) -> Dispute:
    return Dispute(
        id=given["id"],
        each=given.get("each"),
        title=given["title"],
        regime=given["regime"],
        positions=tuple(Position(**one) for one in given["positions"]),
        none_found=given["none_found"],
        answers_nothing=tuple((one["authority"], one["because"]) for one in given.get("answers_nothing", ())),
        evidence=tuple(given["evidence"]),
        follows=given["follows"],
        rules=tuple(given.get("rules", ())),
        authorities=tuple(given["authorities"]),
        of_dataset=given.get("of_dataset", {}),
    )


def _letter(given: Mapping[str, Any]) -> Letter:
    return Letter(
        id=given["id"],
        title=given["title"],
        to=given["to"],
        public=given["public"] == "yes",
        caution=given["caution"],
        of=tuple(given.get("of", ())),
        text=given.get("text", ""),
        withheld=tuple(
            Withheld(when=one["when"], because=one["because"], instead=one.get("instead"))
            for one in given.get("withheld", ())
        ),
        authorities=tuple(given["authorities"]),
        of_dataset=given.get("of_dataset", {}),
    )


def _rule(given: Mapping[str, Any], authorities: Mapping[str, Authority]) -> Rule:
    cited = (Citation(id=one) if isinstance(one, str) else Citation(**one) for one in given["authorities"])
    return Rule(
        id=given["id"],
        ref=given.get("ref"),
        each=given.get("each"),
        regime=given["regime"],
        jurisdiction=given["jurisdiction"],
        actor=given["actor"],
        act=given["act"],
        polarity=given["polarity"],
        proposition=given["proposition"],
        applies=given.get("applies"),
        when=given["when"],
        status=given["status"],
        when_false=given.get("when_false"),
        authorities=tuple(one for one in cited if one.id in authorities),
        law=given.get("law"),
        burden=given.get("burden"),
        bound_by=given.get("bound_by"),
        bound_at=given.get("bound_at"),
        next_step=given["next_step"],
        letter=given.get("letter"),
        step_for=tuple(given.get("step_for", ())),
        of_role=given.get("of_role", {}),
        known_by=given.get("known_by"),
        owner=given["owner"],
        against=tuple(given.get("against", ())),
        instead_of=tuple(given.get("instead_of", ())),
        words_absence=given.get("words_absence", ""),
        of_dataset=given.get("of_dataset", {}),
    )

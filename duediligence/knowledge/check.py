"""Checks the law files: every field known, every reference leading somewhere, every date a date."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from duediligence.errors import LawError
from duediligence.knowledge.conditions import Names, questions_named
from duediligence.knowledge.edition import edition_digest, edition_files
from duediligence.knowledge.entries import GROUPS, PLACES, TERMS, Entries, Entry, read_entries
from duediligence.knowledge.forms import FORMS, TERM, problems_in
from duediligence.knowledge.references import (
    authority_problems,
    dispute_problems,
    letter_problems,
    license_problems,
    matrix_problems,
    overlap,
    period_problems,
    question_problems,
    rule_problems,
)
from duediligence.knowledge.values import place_problem
from duediligence.knowledge.vocabulary import LETTERS


def check_law(folder: Path | Traversable | None = None) -> list[str]:
    """Every problem in the law files of *folder*, each naming file, entry, field and what is allowed.

    Empty when there is none. Without *folder*: the law that came with this program.
    """
    return examine(folder).problems


@dataclass(frozen=True, kw_only=True)
class Examined:
    """Law files as they were read, and what is wrong with them."""

    entries: Entries
    problems: list[str]
    digest: str


def examine(folder: Path | Traversable | None = None) -> Examined:
    """Read and check the law files of *folder*; faulty ones too. See `check_law`."""
    try:
        files = edition_files(folder)
    except LawError as error:
        return Examined(entries=read_entries({})[0], problems=error.problems, digest=edition_digest({}))
    entries, problems = read_entries(files)
    if not files:
        problems.append(f"{folder}: holds no law files. Name the folder that holds rules/ and questions/.")
    return Examined(entries=entries, problems=problems + problems_of(entries), digest=edition_digest(files))


def problems_of(entries: Entries) -> list[str]:
    """Every problem in *entries*: first their form, then what the well-formed ones refer to."""
    found = list(_vocabulary_problems(entries))
    sound: dict[str, list[Entry]] = {}
    for kind, form in FORMS.items():
        sound[kind] = []
        for entry in entries.kinds[kind]:
            wrong = problems_in(entry.content, form)
            found += [f"{entry.name}: {one}" for one in wrong]
            sound[kind] += [] if wrong else [entry]
        found += _repeated(sound[kind])
    names = _names(entries)
    for entry in sound["authorities"]:
        found += [f"{entry.name}: {wrong}" for wrong in authority_problems(entry.content)]
    found += license_problems(sound["licenses"], names)
    for entry in sound["questions"]:
        found += [f"{entry.name}: {wrong}" for wrong in question_problems(entry.content, names)]
    found += _circles(sound["questions"], "when")
    for entry in sound["rules"]:
        found += [f"{entry.name}: {wrong}" for wrong in rule_problems(entry.content, names)]
    found += _circles(sound["rules"], "instead_of")
    for entry in sound["matrix"]:
        found += [f"{entry.name}: {wrong}" for wrong in matrix_problems(entry.content, names)]
    for entry in sound["disputes"]:
        found += [f"{entry.name}: {wrong}" for wrong in dispute_problems(entry.content, names)]
    for entry in sound["letters"]:
        found += [f"{entry.name}: {wrong}" for wrong in letter_problems(entry.content, names)]
    periods = {entry.id: entry.content for entry in entries.usable("periods")}
    for entry in sound["periods"]:
        found += [f"{entry.name}: {wrong}" for wrong in period_problems(entry.content, periods, names)]
    return found


def _names(entries: Entries) -> Names:
    terms = {}
    for name, term in entries.terms.items():
        values = term.get("values") if isinstance(term, dict) else None
        terms[name] = tuple(values) if isinstance(values, dict) else ()
    sources: dict[str, list[Mapping[str, Any]]] = {}
    for entry in entries.usable("authorities"):
        sources.setdefault(entry.id, []).append(entry.content)
    return Names(
        questions={entry.id: entry.content for entry in entries.usable("questions")},
        terms=terms,
        licenses={entry.id.lower() for entry in entries.usable("licenses")},
        groups=entries.groups,
        places=entries.places,
        sources=sources,
        rules={entry.id: entry.content for entry in entries.usable("rules")},
        letters=sorted(entry.id for entry in entries.usable("letters")) or LETTERS,
    )


def _vocabulary_problems(entries: Entries) -> Iterator[str]:
    for name, term in entries.terms.items():
        yield from (f"{TERMS}: {name}: {wrong}" for wrong in problems_in(term, TERM))
    for name, places in entries.groups.items():
        if not isinstance(places, list):
            yield f"{GROUPS}: {name}: must be a list of places, such as [DE, FR]"
            continue
        for place in places:
            wrong = place_problem(place, entries.places) if isinstance(place, str) else "must be a text"
            if wrong:
                yield f"{GROUPS}: {name}: {wrong}"
    for code, name in entries.places.items():
        if not re.fullmatch("[A-Z]{2}", code) or not isinstance(name, str):
            yield f"{PLACES}: {code!r}: must be two capital letters with the country's name"


def _repeated(entries: Sequence[Entry]) -> Iterator[str]:
    """Entries that have an id another has at the same time; one that ended may have a successor."""
    before: dict[str, list[Entry]] = {}
    for entry in entries:
        for other in before.get(entry.id, []):
            if overlap(entry.content, other.content):
                yield f"{entry.name}: id: stands in {other.path} too; end one with until, or take another id"
        if entry.id:
            before.setdefault(entry.id, []).append(entry)


def _circles(entries: Sequence[Entry], field: str) -> Iterator[str]:
    """Entries that depend on themselves through *field*."""
    leads: dict[str, set[str]] = {}
    for entry in entries:
        value = entry.content.get(field)
        leads.setdefault(entry.id, set()).update(value if isinstance(value, list) else questions_named(value))
    for entry in entries:
        seen: set[str] = set()
        ahead = list(leads[entry.id])
        while ahead:
            id = ahead.pop()
            if id not in seen:
                seen.add(id)
                ahead += leads.get(id, ())
        if entry.id in seen:
            yield f"{entry.name}: {field}: leads back to itself"

"""Licenses of a component: those the sources declare, and apart from them the one a person concluded."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from duediligence.analysis.situation import Asked
from duediligence.bom.words import filled, plain, property_of, where
from duediligence.facts.fact import Fact
from duediligence.knowledge.law import License

CONCLUDED = "license.exact"
"""The question by which a person says which license it is."""


def declared(facts: Iterable[Fact], known: Mapping[str, License]) -> list[dict[str, Any]]:
    """Each license that *facts*, those of one repo, state: once, with every place that states it."""
    places: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.key == "license" and fact.state == "stated" and fact.value:
            places.setdefault(fact.value, []).append(fact)
    return [_declared(value, places[value], known) for value in sorted(places)]


def _declared(value: str, facts: Sequence[Fact], known: Mapping[str, License]) -> dict[str, Any]:
    said = sorted({f"{fact.source}: {where(fact.evidence, fact.file)}" for fact in facts})
    properties = [property_of("as_written", value), *(property_of("stated_in", one) for one in said)]
    return {
        "license": {**_named(value, known), "acknowledgement": "declared", "properties": properties},
    }


def concluded(asked: Iterable[Asked], known: Mapping[str, License]) -> list[dict[str, Any]]:
    """The license a person answered for the repo of the case; none while nobody has, or it is open."""
    for one in asked:
        if one.question.id == CONCLUDED and one.asked and one.state == "answered" and one.answer is not None:
            value = one.answer.value if isinstance(one.answer.value, str) else ", ".join(one.answer.value)
            answered = property_of("answered", f"event {one.answer.event}, {one.answer.at}")
            named = _named(value, known)
            return [{"license": {**named, "acknowledgement": "concluded", "properties": [answered]}}]
    return []


def _named(value: str, known: Mapping[str, License]) -> dict[str, str]:
    """By its SPDX id where the law files know one, else by the name as written."""
    spdx = {one.spdx.lower(): one.spdx for one in known.values() if one.spdx}
    found = known[value].spdx if value in known else spdx.get(value.lower())
    # A reference of somebody's own is no id of the list.
    listed = found is not None and not found.startswith("LicenseRef-") and " " not in found
    return filled(id=found) if listed else {"name": plain(value)}

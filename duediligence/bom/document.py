"""The whole bill: components, what each was made from, and how far that is known."""

import json
import uuid
from collections.abc import Sequence
from typing import Any

from duediligence.bom.component import Materials, component
from duediligence.bom.words import filled, plain, property_of
from duediligence.facts.lineage import Node

SPEC = "1.6"
_MEASURED = "evaluated_on"
_RECEIVED = {True: "everything that was asked for", False: "not everything that was asked for"}
_NAMES = uuid.UUID("6a1f3d52-9f6c-5e0e-8a35-5b1f0f6f7c11")
"""Where the serial numbers of our bills come from: a name space of our own."""


def to_json(made: Materials, *, made_from: Sequence[str], program: str, sample: bool = False) -> str:
    """*made* as CycloneDX JSON: ASCII, no time of day; the same case gives the same bytes.

    *made_from* are the heads of the record, *program* is our version.
    """
    bill = _bill(made, made_from, program, sample)
    serial = uuid.uuid5(_NAMES, json.dumps(bill, ensure_ascii=True, sort_keys=True))
    head = {"bomFormat": "CycloneDX", "specVersion": SPEC, "serialNumber": f"urn:uuid:{serial}", "version": 1}
    return json.dumps(head | bill, ensure_ascii=True, indent=1, allow_nan=False) + "\n"


def _bill(made: Materials, made_from: Sequence[str], program: str, sample: bool) -> dict[str, Any]:
    lineage = made.situation.lineage
    nodes = {node.id: node for node in lineage.repos}
    each = {id: component(made, nodes.get(id) or _bare(id)) for id in sorted(made.names())}
    every = sorted(map(plain, each))
    return {
        "metadata": {
            "tools": {"components": [{"type": "application", "name": "duediligence", "version": program}]},
            "component": each.pop(lineage.repo),
            "properties": [
                *(property_of("made_from", head) for head in sorted(made_from)),
                property_of("received", _RECEIVED[lineage.complete]),
                *(property_of("limit", limit) for limit in lineage.limits),
                *([property_of("sample", "a recorded sample, not the real repositories")] if sample else []),
            ],
        },
        **filled(components=list(each.values()), dependencies=_dependencies(made)),
        # A card may leave out what it likes: nobody can say that what it names is all there is.
        "compositions": [{"aggregate": "incomplete", "dependencies": every}],
    }


def _bare(id: str) -> Node:
    """A name the Hub was not asked about."""
    return Node(id=id, state=None, now=None, revision=None, license=())


def _dependencies(made: Materials) -> list[dict[str, Any]]:
    """What each was made from, as far as it is stated and nobody rejected it; measuring is no making."""
    below: dict[str, set[str]] = {}
    names = made.names()
    for edge in made.edges():
        if edge.downstream in names and edge.relation != _MEASURED:
            below.setdefault(plain(edge.downstream), set()).add(plain(edge.upstream))
    for node in made.situation.lineage.repos:
        if node.now and node.id in names:
            below.setdefault(plain(node.id), set()).add(plain(node.now))
    return [{"ref": id, "dependsOn": sorted(below[id])} for id in sorted(below)]

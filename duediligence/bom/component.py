"""One repository, or one bare name, of the chain as a component: what the evidence says of it, and where."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from duediligence.analysis.situation import Asked, Situation
from duediligence.bom.licenses import concluded, declared
from duediligence.bom.words import address, filled, listed, plain, property_of, where
from duediligence.evidence.manifest import PAGES, Entry
from duediligence.facts.fact import Fact
from duediligence.facts.lineage import Edge, Node
from duediligence.repo import kind_of, shown

_DATA = ("trained_on", "evaluated_on")
_TOLD = (
    "license_name",
    "license_link",
    "gated",
    "language",
    "legal_basis",
    "personal_data",
    "undisclosed_data",
)
"""Keys that CycloneDX has no field for and a reader of licenses and data asks about."""

_LOOKED_FOR = ("license", *_TOLD)
_HUB = "https://huggingface.co/"
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, kw_only=True)
class Materials:
    """What a bill is made from: the case as rules see it, how its questions stand, and what was received."""

    situation: Situation
    asked: Sequence[Asked]
    entries: Sequence[Entry]

    def names(self) -> set[str]:
        """The repo and what it was made from, near or far; nothing that only a rejected mention names."""
        below: dict[str, set[str]] = {}
        for edge in self.edges():
            below.setdefault(edge.downstream, set()).add(edge.upstream)
        for node in self.situation.lineage.repos:
            below.setdefault(node.id, set()).update({node.now} if node.now else ())
        found: set[str] = set()
        todo = [self.situation.lineage.repo]
        while todo:
            if (one := todo.pop()) not in found:
                found.add(one)
                todo += below.get(one, ())
        return found

    def edges(self) -> Iterator[Edge]:
        """Every relation of the chain that nobody rejected."""
        return (edge for edge in self.situation.lineage.edges if edge.accepted is not False)


def component(made: Materials, node: Node) -> dict[str, Any]:
    """*node* as a component of CycloneDX; nothing in it that the evidence or a person does not say."""
    facts = [fact for fact in made.situation.facts if fact.repo == node.id and fact.source != "computed"]
    entries = [entry for entry in made.entries if entry.repo == node.id]
    is_data = _is_data(made, node.id)
    owner, _, name = shown(node.id).rpartition("/") if kind_of(node.id) else ("", "", shown(node.id))
    known = made.situation.law.licenses
    given = concluded(made.asked, known) if node.id == made.situation.repo else []
    return filled(
        type="data" if is_data else "machine-learning-model",
        bom_ref=plain(node.id),
        group=plain(owner),
        name=plain(name) or plain(node.id),
        version=plain(node.revision or ""),
        licenses=[*declared(facts, known), *given],
        purl=_purl(node, entries),
        externalReferences=[ref for entry in entries for ref in _reference(entry, is_data)],
        modelCard=None if is_data else _model_card(made, node.id, facts),
        data=[{"type": "dataset", "name": plain(name) or plain(node.id)}] if is_data else None,
        properties=[*_state(node, entries), *_relations(made, node.id), *_told(facts), *_not_said(facts)],
    )


def _is_data(made: Materials, id: str) -> bool:
    """By its kind on the Hub; a bare name by the relation that names it."""
    if kind_of(id):
        return kind_of(id) == "datasets"
    return any(
        edge.relation in _DATA or kind_of(edge.downstream) == "datasets"
        for edge in made.situation.lineage.edges
        if edge.upstream == id
    )


def _purl(node: Node, entries: Sequence[Entry]) -> str:
    """Only for a model received from the Hub itself: the scheme knows no data sets and no other host."""
    ours = any(entry.resource == "info" and entry.url.startswith(_HUB) for entry in entries)
    if kind_of(node.id) != "models" or not ours or not node.revision or not _COMMIT.fullmatch(node.revision):
        return ""
    return f"pkg:huggingface/{quote(shown(node.id))}@{node.revision}"


def _reference(entry: Entry, is_data: bool) -> Iterator[dict[str, Any]]:
    """The body of *entry*, by address and digest; a file somebody handed over has no address to give."""
    if entry.sha256 is None or (entry.resource.startswith(PAGES) and entry.url.startswith("file:")):
        return
    kind = "evidence"
    if entry.resource == "README.md" and not is_data:
        kind = "model-card"
    elif entry.resource.upper().rpartition("/")[2].startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE")):
        kind = "license"
    revision = f", revision {entry.revision}" if entry.revision else ""
    yield {
        "type": kind,
        "url": address(entry.url),
        "comment": plain(f"{where(entry.evidence, entry.resource)}{revision}, received {entry.received_at}"),
        "hashes": [{"alg": "SHA-256", "content": entry.sha256}],
    }


def _model_card(made: Materials, id: str, facts: Sequence[Fact]) -> dict[str, Any]:
    tasks = sorted({fact.value for fact in facts if fact.key == "pipeline_tag" and fact.value})
    data = sorted({e.upstream for e in made.edges() if e.downstream == id and e.relation == "trained_on"})
    uses = dict.fromkeys(fact.value for fact in facts if _states(fact, "intended_use"))
    parameters = filled(
        task=plain(tasks[0]) if len(tasks) == 1 else "", datasets=[{"ref": plain(one)} for one in data]
    )
    out_of_scope = [
        property_of("out_of_scope_use", _said(f)) for f in facts if _states(f, "out_of_scope_use")
    ]
    return filled(
        modelParameters=parameters,
        considerations=filled(useCases=[plain(str(one)) for one in uses]),
        properties=out_of_scope,
    )


def _state(node: Node, entries: Sequence[Entry]) -> Iterator[dict[str, str]]:
    """How the Hub answered for the repository, and for each of its files that was not received."""
    yield property_of("state", node.state or "not_asked")
    if node.now:
        yield property_of("now", node.now)
    for entry in entries:
        if entry.resource != "info" and entry.state != "present" and not entry.resource.startswith(PAGES):
            yield property_of(f"state:{entry.state}", entry.resource)
        if entry.resource.startswith(PAGES) and entry.sha256 and entry.url.startswith("file:"):
            yield property_of("attached", f"{entry.evidence}, SHA-256 {entry.sha256}")


def _relations(made: Materials, id: str) -> Iterator[dict[str, str]]:
    """Every relation to what lies upstream, how it is known, and what people decided; rejected ones too."""
    for edge in made.situation.lineage.edges:
        if edge.downstream == id:
            decided = {True: "accepted", False: "rejected", None: "nobody decided"}[edge.accepted]
            known = "declared" if edge.stated_in == "declared" else f"{edge.stated_in}, {decided}"
            at = f", {edge.evidence}" if edge.evidence else ""
            yield property_of(f"relation:{edge.relation}", f"{edge.upstream} ({known}{at})")


def _told(facts: Sequence[Fact]) -> Iterator[dict[str, str]]:
    for fact in sorted(facts, key=lambda one: (one.key, one.value or "", one.id)):
        if fact.key in _TOLD and _states(fact, fact.key):
            yield property_of(f"fact:{fact.key}", _said(fact))


def _not_said(facts: Sequence[Fact]) -> Iterator[dict[str, str]]:
    """What was looked for and not found, and where; what could not be read is told apart."""
    for fact in sorted(facts, key=lambda one: one.key):
        if fact.key in _LOOKED_FOR and fact.state != "stated":
            searched = f"searched {listed(fact.searched)}" if fact.searched else fact.reason or ""
            yield property_of(f"{fact.state}:{fact.key}", searched)


def _states(fact: Fact, key: str) -> bool:
    return fact.key == key and fact.state == "stated" and fact.value is not None


def _said(fact: Fact) -> str:
    return f"{fact.value} ({where(fact.evidence, fact.file) or fact.source})"

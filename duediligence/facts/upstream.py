"""Declared upstream: which repository a declared value means, and in which relation."""

import json
from collections.abc import Iterable, Mapping

from duediligence.errors import BadInputError
from duediligence.facts.fact import Fact
from duediligence.facts.markup import hub_id
from duediligence.repo import NAMED, kind_of, parse_repo, typed

_RELATIONS: Mapping[str, str] = {
    "finetune": "finetuned_from",
    "adapter": "adapter_of",
    "merge": "merged_from",
    "quantized": "quantized_from",
}
"""What the Hub writes under ``base_model_relation``; anything else, and nothing, is ``derived_from``."""

DECLARING = ("front_matter", "api")
_LONGEST = 300


def declared_edges(facts: Iterable[Fact]) -> list[tuple[Fact, str, str]]:
    """Fact, relation and upstream for each declared data set or base model among *facts* of one repo."""
    declared = [fact for fact in facts if fact.source in DECLARING and fact.value is not None]
    stated = next((fact.value for fact in declared if fact.key == "base_model_relation"), None)
    out = []
    for fact in declared:
        upstream = upstream_of(fact)
        if upstream is None:
            continue
        relation = "derived_from"
        if fact.key == "base_model":
            relation = _RELATIONS.get(stated or "", relation)
        elif fact.key == "datasets" and kind_of(fact.repo) == "models":
            relation = "trained_on"
        out.append((fact, relation, upstream))
    return out


def upstream_of(fact: Fact) -> str | None:
    """Typed id, or ``name:…``, of what a fact about something declared upstream means; else ``None``."""
    if fact.value is None:
        return None
    if fact.key == "base_model":
        return meant("models", fact.value)
    if fact.key == "datasets":
        return meant("datasets", fact.value)
    return _source(fact.value) if fact.key == "source_datasets" else None


def meant(kind: str, value: str) -> str:
    """Typed id of what a declared *value* means, as written; ``name:…`` when it can be no id on the Hub."""
    value = value.strip()
    if value.startswith("{"):
        value = _named_in(value)
    if "://" in value or value.startswith(("huggingface.co/", "hf.co/", "www.")):
        return hub_id(value) or NAMED + value[:_LONGEST]
    plain = value.partition("@")[0]
    first = plain.partition("/")[0]
    if plain.count("/") == 2 and first in ("models", "datasets"):
        try:
            return parse_repo(plain).repo
        except BadInputError:
            return NAMED + " ".join(value.split())[:_LONGEST]
    return typed(kind, plain)[: len(NAMED) + _LONGEST]


def _source(value: str) -> str | None:
    """What ``source_datasets`` means: ``original`` nothing, ``extended|x`` the data set *x*."""
    how, bar, name = value.partition("|")
    name = name.strip() if bar else how.strip()
    if name.lower() in ("original", "extended", "other", ""):
        return None
    if bar and name.startswith("other-"):
        # The Hub's way to name a source that is not on the Hub.
        return NAMED + name.removeprefix("other-")
    return meant("datasets", name)


def _named_in(value: str) -> str:
    try:
        found = json.loads(value)
    except ValueError:
        return value
    for key in ("id", "name", "repo", "model", "dataset", "path"):
        if isinstance(found, dict) and isinstance(found.get(key), str) and found[key]:
            return str(found[key])
    return value

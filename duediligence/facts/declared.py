"""What is declared: the keys of a card's metadata block, and the fields of the Hub's answer about a repo."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from duediligence.evidence.manifest import Entry
from duediligence.facts.card import Card
from duediligence.facts.fact import Fact
from duediligence.facts.json_text import as_text, pointer_to
from duediligence.facts.origin import from_card, from_json_body
from duediligence.plain_yaml import Located, plain

DECLARED = (
    "license",
    "license_name",
    "license_link",
    "datasets",
    "source_datasets",
    "base_model",
    "base_model_relation",
    "language",
    "pipeline_tag",
    "extra_gated_prompt",
    "extra_gated_eu_disallowed",
)
"""Keys of the metadata block that become facts, besides every other ``extra_gated_…``."""

TASKS = ("task_categories", "task_ids")
"""Keys under which a data set declares its task, as a model does under ``pipeline_tag``."""

_LEGAL_FILE = re.compile(
    r"(?:licen[cs]e|copying|notice|use[-_ ]?policy)|.*[-_ .]licen[cs]e(?:[-_ .]|$)", re.I
)
_NO_TEXT = re.compile(
    r"\.(?:py|ipynb|js|ts|css|sh|c|h|cpp|java|rs|go|json|jsonl|ya?ml|toml|csv|tsv|parquet|arrow|png|jpe?g|gif|svg|webp"
    r"|mp[34]|wav|safetensors|bin|pt|pth|onnx|gguf|zip|tar|gz|7z)$",
    re.I,
)
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))


def front_matter_facts(entry: Entry, card: Card) -> Iterator[Fact]:
    """One fact for each value under the keys read, with the bytes it stands in.

    A scalar is quoted with its key, a list item alone, a mapping as a whole with its key; an empty value
    states nothing.
    """
    if card.metadata is None or not isinstance(card.metadata.value, dict):
        return
    for key, node in card.metadata.value.items():
        if not is_declared_key(key):
            continue
        if isinstance(node.value, list):
            for item in node.value:
                if not _says_nothing(item):
                    yield _quoted(entry, card, key, item, item.start)
        elif not _says_nothing(node):
            yield _quoted(entry, card, key, node, node.key_start)


def api_facts(entry: Entry, info: Mapping[str, Any]) -> Iterator[Fact]:
    """One fact for each value of the Hub's answer that is read, with its JSON pointer."""
    for key in ("gated", "pipeline_tag"):
        yield from _values(entry, key, info.get(key), [key])
    data = info.get("cardData")
    if isinstance(data, dict):
        for key, value in data.items():
            if is_declared_key(key):
                yield from _values(entry, key, value, ["cardData", key])
    siblings = info.get("siblings")
    for index, row in enumerate(siblings if isinstance(siblings, list) else ()):
        name = row.get("rfilename") if isinstance(row, dict) else None
        if isinstance(name, str) and is_legal_file(name):
            pointer = pointer_to(["siblings", index, "rfilename"])
            yield from_json_body(entry, "files", name, "api", pointer)


def is_declared_key(key: str) -> bool:
    """Whether a key of the metadata block becomes a fact."""
    return key in DECLARED or key in TASKS or key.startswith("extra_gated_")


def is_legal_file(path: str) -> bool:
    """Whether *path* is a license, notice or use policy."""
    return bool(_LEGAL_FILE.match(path.rpartition("/")[2])) and not _NO_TEXT.search(path)


def _says_nothing(node: Located) -> bool:
    return node.plain and isinstance(node.value, str) and node.value in _NOTHING


def _quoted(entry: Entry, card: Card, key: str, node: Located, start: int) -> Fact:
    first = card.metadata_start + start
    last = card.metadata_start + node.end
    while last > first and card.text[last - 1].isspace():
        last -= 1
    value = node.value if isinstance(node.value, str) else as_text(plain(node))
    return from_card(entry, card, key, value, "front_matter", first, last)


def _values(entry: Entry, key: str, value: Any, path: list[str | int]) -> Iterator[Fact]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            if item not in (None, ""):
                yield from_json_body(entry, key, as_text(item), "api", pointer_to([*path, index]))
    elif value not in (None, ""):
        yield from_json_body(entry, key, as_text(value), "api", pointer_to(path))

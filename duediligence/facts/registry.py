"""Well-known data sets: how they are called, where they are, who publishes them; data in ``legal/``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from duediligence import plain_yaml
from duediligence.errors import LawError

_FIELDS = ("id", "name", "aliases", "hub", "publisher", "country", "content", "withdrawn", "confirmed")
_MORE = ("source", "note")
_CONTENT = ("content", "links_captions", "embeddings", "synthetic")
_CONFIRMED = ("P", "S", "R", "K")


@dataclass(frozen=True, kw_only=True)
class KnownDataset:
    """One data set people name without an id; what is ``None`` is not known."""

    id: str
    name: str
    aliases: tuple[str, ...]
    hub: tuple[str, ...]
    """Typed ids: the one meant first, then copies and former ids. Empty: the Hub has none that is meant."""

    publisher: str | None
    country: str | None
    """ISO 3166-1 code of the publisher's seat."""

    content: str | None
    """``content``, ``links_captions``, ``embeddings`` or ``synthetic``."""

    withdrawn: Mapping[str, str] | None
    """``since``, ``until``, ``why``, ``source``."""

    confirmed: str
    """``P`` read in the original, ``S`` in a secondary source, ``R`` only cited, ``K`` not checked."""

    source: str | None
    note: str | None

    @property
    def upstream(self) -> str | None:
        """Typed id to link the name to."""
        return self.hub[0] if self.hub else None


@lru_cache(maxsize=8192)
def same_name(name: str) -> str:
    """*name* as names are compared: letters and digits alone, without *the* and *dataset*."""
    words = name.lower().split()
    while len(words) > 1 and words[0] == "the":
        words.pop(0)
    while len(words) > 1 and words[-1] in ("dataset", "datasets", "corpus", "data", "database"):
        words.pop()
    return "".join(filter(str.isalnum, "".join(words)))


def find_dataset(name: str) -> KnownDataset | None:
    """The data set that *name*, or a Hub id as typed, stands for; ``None`` when the registry knows none."""
    return _by_name().get(same_name(name))


def registry() -> tuple[KnownDataset, ...]:
    """Every data set of the registry, by id.

    Raises:
        LawError: a file of the registry cannot be used: which entry, which field.
    """
    return _read()


@cache
def _by_name() -> Mapping[str, KnownDataset]:
    out: dict[str, KnownDataset] = {}
    for known in _read():
        hub = [shown.partition("/")[2] for shown in known.hub]
        for name in (known.name, *known.aliases, *hub):
            out.setdefault(same_name(name), known)
    return out


@cache
def _read() -> tuple[KnownDataset, ...]:
    out: list[KnownDataset] = []
    problems: list[str] = []
    folder = files("duediligence").joinpath("legal", "datasets")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".yaml"):
            continue
        where = f"legal/datasets/{file.name}"
        rows = plain_yaml.load(file.read_text("utf-8"))
        for row in rows if isinstance(rows, list) else [rows]:
            entry = f"{where}: {row.get('id') if isinstance(row, dict) else row}"
            found = _problems(row)
            problems += [f"{entry}: {problem}" for problem in found]
            if not found:
                out.append(_known(row))
    if problems:
        raise LawError(problems)
    return tuple(sorted(out, key=lambda known: known.id))


def _problems(row: Any) -> list[str]:
    if not isinstance(row, dict):
        return ["an entry is a mapping"]
    unknown = sorted(set(row) - {*_FIELDS, *_MORE})
    found = [f"{field} is no field; allowed: {', '.join((*_FIELDS, *_MORE))}" for field in unknown]
    found += [f"{field} is missing" for field in ("id", "name", "confirmed") if not row.get(field)]
    if row.get("confirmed") not in _CONFIRMED:
        found.append(f"confirmed must be one of {', '.join(_CONFIRMED)}")
    if row.get("content", _CONTENT[0]) not in _CONTENT:
        found.append(f"content must be one of {', '.join(_CONTENT)}")
    for name in row.get("hub", []):
        if not name.startswith("datasets/"):
            found.append(f"hub: {name} is no data set's typed id; write datasets/owner/name")
    return found


def _known(row: Mapping[str, Any]) -> KnownDataset:
    return KnownDataset(
        id=row["id"],
        name=row["name"],
        aliases=tuple(row.get("aliases", ())),
        hub=tuple(row.get("hub", ())),
        publisher=row.get("publisher"),
        country=row.get("country"),
        content=row.get("content"),
        withdrawn=row.get("withdrawn"),
        confirmed=row["confirmed"],
        source=row.get("source"),
        note=row.get("note"),
    )

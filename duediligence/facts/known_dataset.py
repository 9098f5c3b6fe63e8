"""One well-known data set: what is known of it, and what an entry of the registry may say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

CONTENT = ("content", "links_captions", "embeddings", "synthetic")
COLLECTED = (
    "crawled",
    "licensed",
    "contributed",
    "public_records",
    "generated",
    "compiled_from_others",
    "recorded",
)
"""How the material came in; the README of the law says what each word means."""

LICENSED = ("data", "metadata", "annotations", "software")
CONFIRMED = ("P", "S", "R", "K")

_REQUIRED = ("id", "name", "source", "confirmed")
_LISTS = ("aliases", "hub", "collected", "parents")
_MAPPINGS = {
    "license": (("license", "of"), ()),
    "criticized": (("what", "source"), ()),
    "withdrawn": (("why", "source"), ("since", "until")),
}
"""Which keys a mapping must and which it may have."""

_TEXTS = ("publisher", "country", "content", "personal_data", "note")
_FIELDS = (*_REQUIRED, *_TEXTS, *_LISTS, *_MAPPINGS)


@dataclass(frozen=True, kw_only=True)
class KnownDataset:
    """One data set people name without an id; what is ``None`` or empty is not known."""

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

    collected: tuple[str, ...]
    """How the material came in, in the words of `COLLECTED`."""

    personal_data: bool | None
    """Whether it holds data about people; why is in `note`."""

    license: Mapping[str, str] | None
    """``license``: a Hub id or plain words; ``of``: the part it is for, one of `LICENSED`."""

    criticized: Mapping[str, str] | None
    """``what`` was found wrong with it, and the ``source`` that says so."""

    parents: tuple[str, ...]
    """Ids of entries it is made from, as far as the registry holds them."""

    withdrawn: Mapping[str, str] | None
    """``why`` and ``source``; ``since`` and ``until`` when known."""

    confirmed: str
    """``P`` read in the original, ``S`` in a copy or elsewhere, ``R`` only cited, ``K`` not checked."""

    source: str
    """An address, or where it was described in plain words."""

    note: str | None

    @property
    def upstream(self) -> str | None:
        """Typed id to link the name to."""
        return self.hub[0] if self.hub else None


def problems(row: Any) -> list[str]:
    """What is wrong with one entry as read from its file: which field, and what it may say."""
    if not isinstance(row, dict):
        return ["an entry is a mapping"]
    unknown = sorted(set(row) - set(_FIELDS))
    found = [f"{field} is no field; allowed: {', '.join(_FIELDS)}" for field in unknown]
    found += [f"{field} is missing" for field in _REQUIRED if not row.get(field)]
    shapes = list(_wrong_shapes(row))
    return found + (shapes or list(_wrong_values(row)))


def known_dataset(row: Mapping[str, Any]) -> KnownDataset:
    """The data set that an entry without `problems` describes."""
    said = row.get("personal_data")
    return KnownDataset(
        id=row["id"],
        name=row["name"],
        aliases=tuple(row.get("aliases", ())),
        hub=tuple(row.get("hub", ())),
        publisher=row.get("publisher"),
        country=row.get("country"),
        content=row.get("content"),
        collected=tuple(row.get("collected", ())),
        personal_data=None if said is None else said == "yes",
        license=row.get("license"),
        criticized=row.get("criticized"),
        parents=tuple(row.get("parents", ())),
        withdrawn=row.get("withdrawn"),
        confirmed=row["confirmed"],
        source=row["source"],
        note=row.get("note"),
    )


def _wrong_shapes(row: Mapping[str, Any]) -> Iterator[str]:
    for field in (*_REQUIRED, *_TEXTS):
        if not isinstance(row.get(field, ""), str):
            yield f"{field} must be a text"
    for field in _LISTS:
        value = row.get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            yield f"{field} must be a list of texts"
    for field, (must, may) in _MAPPINGS.items():
        if field not in row:
            continue
        value = row[field]
        if not isinstance(value, dict):
            yield f"{field} must be a mapping"
            continue
        for key in sorted(set(value) - {*must, *may}):
            yield f"{field}: {key} is no field; allowed: {', '.join((*must, *may))}"
        for key in (*must, *may):
            if not isinstance(value.get(key, ""), str) or not value.get(key, key in may):
                yield f"{field}: {key} must be a text"


def _wrong_values(row: Mapping[str, Any]) -> Iterator[str]:
    for where, value, allowed in (
        ("confirmed", row.get("confirmed"), CONFIRMED),
        ("content", row.get("content", CONTENT[0]), CONTENT),
        ("personal_data", row.get("personal_data", "no"), ("yes", "no")),
        ("license: of", row.get("license", {"of": LICENSED[0]})["of"], LICENSED),
        *(("collected", way, COLLECTED) for way in row.get("collected", ())),
    ):
        if value not in allowed:
            yield f"{where} must be one of {', '.join(allowed)}"
    if "personal_data" in row and not row.get("note"):
        yield "personal_data needs a note that says why"
    if row.get("confirmed") in ("P", "S") and "://" not in row.get("source", ""):
        yield "source must be the address that was read, or confirmed must be R or K"
    for name in row.get("hub", ()):
        if not name.startswith("datasets/"):
            yield f"hub: {name} is no data set's typed id; write datasets/owner/name"

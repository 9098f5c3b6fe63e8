"""The entries of the law files as they are written, before anything is selected by date."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from duediligence import plain_yaml
from duediligence.errors import UnreadableError
from duediligence.knowledge.forms import FORMS

TERMS, GROUPS, PLACES = "licenses/terms.yaml", "jurisdictions/groups.yaml", "jurisdictions/places.yaml"


class Entry(NamedTuple):
    """One entry and the file it stands in."""

    path: str
    place: int
    """Counted from 1 in its file."""

    content: Any

    @property
    def name(self) -> str:
        """What messages call it: file and id, or file and place."""
        return f"{self.path}: {self.id or f'entry {self.place}'}"

    @property
    def id(self) -> str:
        """Its id; empty when it has none."""
        id = self.content.get("id") if isinstance(self.content, dict) else None
        return id if isinstance(id, str) else ""


@dataclass(frozen=True, kw_only=True)
class Entries:
    """Everything the law files hold, sorted into kinds."""

    kinds: Mapping[str, tuple[Entry, ...]]
    """Folder to its entries, in the order of the files."""

    terms: Mapping[str, Any]
    groups: Mapping[str, Any]
    places: Mapping[str, Any]

    def usable(self, kind: str) -> Iterator[Entry]:
        """The entries of one kind that have fields and an id."""
        return (entry for entry in self.kinds[kind] if entry.id)


def read_entries(files: Mapping[str, str]) -> tuple[Entries, list[str]]:
    """The entries of *files*, and a sentence for each file that cannot be taken apart."""
    kinds: dict[str, list[Entry]] = {kind: [] for kind in FORMS}
    single: dict[str, Mapping[str, Any]] = {TERMS: {}, GROUPS: {}, PLACES: {}}
    problems: list[str] = []
    for path, text in files.items():
        try:
            content = plain_yaml.load(text)
        except UnreadableError as error:
            problems.append(f"{path}: {error}")
            continue
        kind = path.partition("/")[0]
        if path in single:
            if isinstance(content, dict):
                single[path] = content
            else:
                problems.append(f"{path}: must hold names with their values")
        elif "/" not in path or kind not in kinds:
            allowed = ", ".join(f"{kind}/" for kind in (*kinds, "jurisdictions", "datasets"))
            problems.append(f"{path}: no place for a law file; allowed: {allowed}")
        elif not isinstance(content, list):
            problems.append(f"{path}: must be a list of entries, each beginning with '- id:'")
        else:
            kinds[kind] += [Entry(path, i, one) for i, one in enumerate(content, 1)]
    if set(single[TERMS]) - {"terms"}:
        problems.append(f"{TERMS}: {min(set(single[TERMS]) - {'terms'})}: no such field; allowed: terms")
    terms = single[TERMS].get("terms", {})
    if not isinstance(terms, dict):
        problems.append(f"{TERMS}: terms: must hold the terms by name")
        terms = {}
    entries = Entries(
        kinds={kind: tuple(kinds[kind]) for kind in FORMS},
        terms=terms,
        groups=single[GROUPS],
        places=single[PLACES],
    )
    return entries, problems

"""Well-known data sets: how they are called, where they are, who publishes them; data in ``legal/``."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from duediligence import plain_yaml
from duediligence.errors import LawError
from duediligence.facts.known_dataset import KnownDataset, known_dataset, problems

# Words that mean something else without a capital.
_ORDINARY = frozenset(
    ("glue", "pile", "stack", "roots", "alpaca", "dolma", "coco", "oscar", "places", "stories")
) | {"tiny images", "natural questions"}


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


@cache
def lower_names() -> Mapping[str, frozenset[str]]:
    """The names of one or two words that people write without capitals, by the first: *common crawl*."""
    out: dict[str, set[str]] = {}
    for known in _read():
        for name in {name.lower() for name in (known.name, *known.aliases)} - _ORDINARY:
            if len(name) > 3 and name.count(" ") < 2 and name[0].isalpha():
                out.setdefault(name.partition(" ")[0], set()).add(name)
    return {first: frozenset(names) for first, names in out.items()}


def registry() -> tuple[KnownDataset, ...]:
    """Every data set of the registry, by id.

    Raises:
        LawError: a file of the registry cannot be used: which entry, which field.
    """
    return _read()


def read_entries(texts: Mapping[str, str]) -> tuple[KnownDataset, ...]:
    """The data sets that *texts* describe, by id; a text is the content of the file it is filed under.

    Raises:
        LawError: an entry says what none may say, two share an id or a name, or a parent is no entry.
    """
    out: list[KnownDataset] = []
    found: list[str] = []
    for where, text in texts.items():
        rows = plain_yaml.load(text)
        for row in rows if isinstance(rows, list) else [rows]:
            entry = f"{where}: {row.get('id') if isinstance(row, dict) else row}"
            wrong = problems(row)
            found += [f"{entry}: {problem}" for problem in wrong]
            if not wrong:
                out.append(known_dataset(row))
    if found or (found := [*_shared(out), *_strayed(out)]):
        raise LawError(found)
    return tuple(sorted(out, key=lambda known: known.id))


@cache
def _by_name() -> Mapping[str, KnownDataset]:
    return {name: known for known in _read() for name in _names(known)}


@cache
def _read() -> tuple[KnownDataset, ...]:
    folder = files("duediligence").joinpath("legal", "datasets")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".yaml"))
    return read_entries(
        {f"legal/datasets/{name}": folder.joinpath(name).read_text("utf-8") for name in names}
    )


def _names(known: KnownDataset) -> set[str]:
    hub = [shown.partition("/")[2] for shown in known.hub]
    return {same_name(name) for name in (known.name, *known.aliases, *hub)}


def _shared(entries: Sequence[KnownDataset]) -> Iterator[str]:
    """Ids and names that more than one entry has."""
    ids: set[str] = set()
    owner: dict[str, str] = {}
    for known in entries:
        if known.id in ids:
            yield f"{known.id}: the id is given twice"
        ids.add(known.id)
        for name in sorted(_names(known)):
            if owner.setdefault(name, known.id) != known.id:
                yield f"{known.id}: the name {name} is one of {owner[name]}"


def _strayed(entries: Sequence[KnownDataset]) -> Iterator[str]:
    """Parents that are no entry, and data sets that would be made from themselves."""
    parents = {known.id: known.parents for known in entries}
    for known in entries:
        for parent in known.parents:
            if parent not in parents:
                yield f"{known.id}: parents: {parent} is no entry of the registry"
        seen: set[str] = set()
        ahead = list(known.parents)
        while ahead:
            one = ahead.pop()
            if one not in seen:
                seen.add(one)
                ahead += parents.get(one, ())
        if known.id in seen:
            yield f"{known.id}: parents: it would be made from itself"

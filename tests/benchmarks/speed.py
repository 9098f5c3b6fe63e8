"""How long a card takes to read, beside huggingface_hub's own class on the same card in the same run.

`python -m tests.benchmarks.speed FOLDER` prints ratios, so that the machine does not matter.
"""

import argparse
import importlib
import pkgutil
import statistics
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from huggingface_hub import DatasetCard, ModelCard

import duediligence.facts
from duediligence.errors import UnreadableError
from duediligence.facts.card import split_card
from duediligence.facts.reading import read_facts
from tests.benchmarks.reading import entry

ROUNDS = 7
"""Times each card is read by each; the fastest counts."""

TOGETHER = 10
"""Cards put together into one long card."""

# Tables built once a process from the package's own data, like the tables of the other side's YAML library.
_KEPT = ("_by_name", "_read", "lower_names", "registry", "_table")


@dataclass(frozen=True)
class Ratios:
    """How many times as long one way of reading takes as another, for each card or group of cards."""

    name: str
    goal: str
    each: tuple[float, ...]

    def line(self) -> str:
        """Median and range."""
        middle, low, high = statistics.median(self.each), min(self.each), max(self.each)
        figures = f"{middle:.2f} in the median, {low:.2f} to {high:.2f} over {len(self.each)}"
        return f"{self.name}: {figures}; goal {self.goal}"


def compare(folder: Path) -> tuple[Ratios, ...]:
    """Ratios of the time for each card of *folder* that the other side can read, and for long cards."""
    fast: list[float] = []
    slow: list[float] = []
    once_more: list[float] = []
    cards = dict(_cards(folder))
    for repo, body in cards.items():
        theirs, ours, prose = _fastest(
            partial(_load, repo, body), _reading(repo, body, prose=False), _reading(repo, body)
        )
        fast.append(ours / theirs)
        slow.append(prose / theirs)
        theirs, prose = _fastest(partial(_load, repo, body), _reading(repo, body), again=True)
        once_more.append(prose / theirs)
    long: list[float] = []
    repos = sorted(cards)
    for first in range(0, len(repos) - TOGETHER + 1, TOGETHER):
        group = [_prose(cards[repo]) for repo in repos[first : first + TOGETHER]]
        (whole,) = _fastest(_reading(repos[first], "\n\n".join(group).encode()))
        long.append(whole / sum(_fastest(*(_reading(repos[first], one.encode()) for one in group))))
    return (
        Ratios("Without prose, beside ModelCard", "at most 0.3", tuple(fast)),
        Ratios("With prose, beside ModelCard", "at most 3", tuple(slow)),
        Ratios("With prose, the same card once more", "at most 3", tuple(once_more)),
        Ratios(f"{TOGETHER} cards in one, beside the same cards apart", "about 1", tuple(long)),
    )


def _cards(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Id and body of every card that both sides can read and that says something."""
    for path in sorted(folder.glob("*/*/*/README.md")):
        repo = path.parent.relative_to(folder).as_posix()
        body = path.read_bytes()
        try:
            _load(repo, body)
        except Exception:  # whatever the other side raises: then there is nothing to compare
            continue
        if body.strip():
            yield repo, body


def _load(repo: str, body: bytes) -> object:
    return (DatasetCard if repo.startswith("datasets/") else ModelCard)(body.decode())


def _reading(repo: str, body: bytes, *, prose: bool = True) -> Callable[[], object]:
    # A capture made the entry, with the digest of the body, long before anybody reads the card.
    received = [entry(repo, "README.md", body, 1)]
    return lambda: read_facts(received, lambda _: body, prose=prose)


def _prose(body: bytes) -> str:
    try:
        card = split_card(body)
    except UnreadableError:
        return ""
    return card.text[card.prose_start :]


def _fastest(*reads: Callable[[], object], again: bool = False) -> list[float]:
    """Seconds of the fastest of several rounds for each of *reads*, taken in turn.

    Each reads as if nothing had been read before, or *again*, with all that is remembered of the last round.
    Counted is the work of this process alone: a busy machine would make the longer ones look longer still.
    """
    taken = [float("inf")] * len(reads)
    for _ in range(ROUNDS):
        for number, read in enumerate(reads):
            if not again:
                _forget()
            begun = time.process_time()
            read()
            taken[number] = min(taken[number], time.process_time() - begun)
    return taken


def _forget() -> None:
    """Empty what the readers remember of cards, so that no round profits from the one before."""
    for remembering in _REMEMBERING:
        remembering.cache_clear()


def _remembering() -> list[Callable[..., object]]:
    modules = [
        importlib.import_module(f"{duediligence.facts.__name__}.{found.name}")
        for found in pkgutil.iter_modules(duediligence.facts.__path__)
    ]
    values = {
        id(value): value
        for module in modules
        for name, value in vars(module).items()
        if hasattr(value, "cache_clear") and name not in _KEPT
    }
    return list(values.values())


_REMEMBERING = _remembering()


def main() -> None:
    """Compare on a folder of cards and print the ratios."""
    parser = argparse.ArgumentParser(description="Time the reading of cards beside huggingface_hub.")
    parser.add_argument("folder", type=Path, help="models/ and datasets/ with README.md files")
    warnings.simplefilter("ignore")
    for ratios in compare(parser.parse_args().folder):
        print(ratios.line())


if __name__ == "__main__":
    main()

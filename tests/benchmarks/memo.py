"""How long a memo takes beside `jupyter nbconvert --to html` of a notebook of the same length, in one run.

`python -m tests.benchmarks.memo` needs no network: a case of sixty repositories is captured from loopback.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

from duediligence.case import Case
from tests.fake_hub import FakeHub

PARENTS, DATASETS = 9, 50
"""Repositories the model of the case is made from; with it they are sixty."""

KERNEL = (
    "the first memo",
    "each later one (goal 0.1)",
    "after another answer",
)
"""What `in_kernel` times, in its order."""

ROUNDS = 3
"""Times each is run; the fastest counts."""

ANSWERS = {
    "use.role": ["user"],
    "use.acts": ["product"],
    "use.commercial": "paid_product",
    "use.offer-places": ["DE", "FR", "GB"],
    "output.kind": "embeddings",
    "data.personal": "unknown",
}
_TEXT = (Path(__file__).parents[1] / "cards" / "model.md").read_text("utf-8").partition("\n---\n")[2]


def fill(hub: FakeHub) -> None:
    """Sixty repositories, each with a card of ordinary length."""
    parents = [f"example/parent-{i}" for i in range(PARENTS)]
    datasets = [f"example/data-{i}" for i in range(DATASETS)]
    hub.add("models/example/child", card=_card("cc-by-4.0", base_model=parents, datasets=datasets[:2]))
    for i, parent in enumerate(parents):
        hub.add(f"models/{parent}", card=_card("apache-2.0", datasets=datasets[2 + i :: PARENTS]))
    for name in datasets:
        hub.add(f"datasets/{name}", card=_card("cc-by-nc-4.0"))


def _card(license: str, **lists: list[str]) -> str:
    named = "".join(f"{key}:\n" + "".join(f"- {one}\n" for one in listed) for key, listed in lists.items())
    return f"---\nlicense: {license}\n{named}---\n{_TEXT}"


def opened(folder: Path) -> Case:
    """The case, captured and answered."""
    with FakeHub(None).running() as hub:
        os.environ["HF_ENDPOINT"] = hub.endpoint
        fill(hub)
        case = Case.new(folder, "example/child", by="A. Example")
        case.capture(progress=lambda line: None)
    for address, value in ANSWERS.items():
        case.answer(address, value, by="A. Example")
    return case


def as_cells(markdown: str, path: Path) -> None:
    """A notebook with the text of the memo, a cell for each heading."""
    parts = markdown.replace("\n#", "\n\0#").split("\0")
    nbformat.write(new_notebook(cells=[new_markdown_cell(part) for part in parts]), path)


class Took(NamedTuple):
    """Seconds a step took: on the processor, other programs left out, and on the clock."""

    processor: float
    clock: float

    def beside(self, other: "Took") -> str:
        """Both in times what *other* took."""
        on_clock = self.clock / other.clock
        return f"{self.processor / other.processor:.3f} times as long ({on_clock:.3f} on the clock)"


def timed(step: Callable[[], object]) -> Took:
    """How long one run of *step* takes, with the processes it waits for."""
    used, start = os.times(), time.perf_counter()
    step()
    then, clock = os.times(), time.perf_counter() - start
    return Took(sum(then[:4]) - sum(used[:4]), clock)


def fastest(step: Callable[[], object]) -> Took:
    """The fastest of several runs."""
    took = [timed(step) for _ in range(ROUNDS)]
    return Took(min(one.processor for one in took), min(one.clock for one in took))


def in_kernel(folder: str) -> None:
    """Print how long memos take in a process that has made none, as a kernel makes them: see `KERNEL`."""
    case = Case(folder)
    first, later = timed(case.memo), fastest(case.memo)
    case.answer("use.commercial", "internal_business", by="A. Example")
    for took in (first, later, timed(case.memo)):
        print(json.dumps([took.processor, took.clock]))


def in_kernels(folder: Path) -> list[Took]:
    """What `in_kernel` prints, the fastest of several processes for each, every one on its own copy."""
    program = "import sys; from tests.benchmarks.memo import in_kernel; in_kernel(sys.argv[1])"
    runs = []
    for i in range(ROUNDS):
        copied = shutil.copytree(folder, folder.with_name(f"copy-{i}"))
        words = [sys.executable, "-c", program, str(copied)]
        done = subprocess.run(words, check=True, capture_output=True, text=True)
        runs.append([Took(*json.loads(line)) for line in done.stdout.splitlines()])
    return [Took(min(p for p, _ in same), min(c for _, c in same)) for same in zip(*runs, strict=True)]


def command(*arguments: object) -> Callable[[], object]:
    """A step that runs a program of this installation to its end."""
    words = [sys.executable, "-m", *map(str, arguments)]
    return partial(subprocess.run, words, check=True, capture_output=True)


def main() -> None:
    """Print the case, its memo and the ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        case = opened(folder / "case")
        text, notebook = folder / "memo.md", folder / "memo.ipynb"
        as_cells(case.preview("md", output=text).read_text("utf-8"), notebook)
        theirs = fastest(command("jupyter", "nbconvert", "--to", "html", notebook))
        print(f"{len(case.lineage().repos)} repositories, a memo of {text.stat().st_size:,} characters")
        print(f"jupyter nbconvert --to html: {theirs.processor:.2f} s ({theirs.clock:.2f} on the clock)")
        for form, goal in (("html", "; goal 1"), ("json", ""), ("md", ""), ("docx", ""), ("pdf", "")):
            out = folder / f"memo.{form}"
            ours = fastest(command("duediligence", "memo", case.folder, "--format", form, "--output", out))
            print(f"memo --format {form}: {ours.beside(theirs)}{goal}")
        for said, took in zip(KERNEL, in_kernels(case.folder), strict=True):
            print(f"inside a running kernel, {said}: {took.beside(theirs)}")


if __name__ == "__main__":
    main()

"""How long the screen takes to say what an answer changed, beside an empty ipywidgets callback.

`python -m tests.benchmarks.answering` starts a JupyterLab and Chromium, answers a case of the sample, and
prints the medians in the same browser and their ratio.
"""

import os
import statistics
import sys
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

import nbformat

ROUNDS = 15
GOAL = 5

_CELLS = (
    "import duediligence as dd\ncase = dd.open_case('case')\ncase.questionnaire()",
    "import ipywidgets\n"
    "button, said, pressed = ipywidgets.Button(description='Empty'), ipywidgets.Label('0'), []\n"
    "def heard(_):\n"
    "    pressed.append(1)\n"
    "    said.value = str(len(pressed))\n"
    "button.on_click(heard)\n"
    "said.add_class('empty-said')\n"
    "ipywidgets.VBox([button, said])",
)
_EMPTY = """() => new Promise((done) => {
  const said = document.querySelector(".empty-said"), begun = performance.now();
  new MutationObserver((_, seen) => { seen.disconnect(); done(performance.now() - begun); })
    .observe(said, { childList: true, characterData: true, subtree: true });
  [...document.querySelectorAll("button")].find((one) => one.textContent === "Empty").click();
})"""
_ANSWER = """() => new Promise((done) => {
  const screen = document.querySelector(".duediligence"), begun = performance.now();
  const line = screen.querySelector(".line");
  line.textContent = "";
  new MutationObserver((_, seen) => {
    if (line.textContent) { seen.disconnect(); done(performance.now() - begun); }
  }).observe(screen, { childList: true, characterData: true, subtree: true });
  screen.querySelector("button[type=submit]").click();
})"""


def measure(page: Any) -> tuple[float, float]:
    """Medians in milliseconds: an empty round trip, and from *Continue* to its one line."""
    empty, answered = [], []
    for _ in range(ROUNDS):
        screen = page.locator(".duediligence")
        rest = screen.get_by_role("button", name="Go on with the rest")
        way = screen.get_by_label("I do not know")
        way.or_(rest).first.wait_for()
        if rest.count():
            rest.click()
        way.check()
        page.wait_for_timeout(700)  # the draft is kept before the clock starts
        answered.append(page.evaluate(_ANSWER))
        way.wait_for()
        empty.append(page.evaluate(_EMPTY))
    return statistics.median(empty), statistics.median(answered)


def main() -> None:
    """Print the medians and their ratio."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from playwright.sync_api import sync_playwright
    from test_workbook import _RUN_ALL, _environment, _serving

    from duediligence.answering import read_answers
    from duediligence.case import SAMPLE, Case
    from tests.browser import ARGUMENTS, chromium

    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as work:
        case = Case.new(Path(work) / "case", SAMPLE, by="A. Example")
        case.capture()
        given = resources.files("duediligence.sample").joinpath("answers.yaml").read_text("utf-8")
        case.answer_all(read_answers(given, "the sample's answers"))
        case.keep_typist("A. Example")
        cells = [nbformat.v4.new_code_cell(cell) for cell in _CELLS]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), Path(work) / "speed.ipynb")
        environment = os.environ | _environment(Path(home))
        with _serving(Path(work), environment) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
            page = browser.new_page(viewport={"width": 1280, "height": 1600})
            page.goto(f"{address}/lab/tree/speed.ipynb?reset&token=secret")
            page.locator(".jp-Notebook").wait_for(timeout=60_000)
            page.evaluate(_RUN_ALL)
            page.get_by_role("button", name="Empty").wait_for(timeout=60_000)
            empty, answered = measure(page)
    print(f"An empty callback: {empty:.0f} ms; from Continue to its line: {answered:.0f} ms, in the median")
    print(f"of {ROUNDS}. That is {answered / empty:.1f} round trips; goal at most {GOAL}.")


if __name__ == "__main__":
    main()

"""The pictures of the README, made from the recorded sample: `make pictures`."""

import os
import sys
import tempfile
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from test_workbook import _RUN_ALL, WORKBOOK, _environment, _serving  # noqa: E402

from duediligence.answering import read_answers  # noqa: E402
from duediligence.case import SAMPLE, Case  # noqa: E402
from tests.browser import ARGUMENTS, chromium  # noqa: E402

DOCS = HERE.parent / "docs"
_NOBODY = "A. Example"


def main() -> None:
    """Write ``docs/workbook.png`` and ``docs/memo.png``."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as work:
        case = _case(Path(work) / "case")
        text = WORKBOOK.read_text("utf-8").replace("cases/sample", "case")
        (Path(work) / "workbook.ipynb").write_text(text, "utf-8")
        environment = os.environ | _environment(Path(home))
        with _serving(Path(work), environment) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
            _workbook(browser, address)
            _memo(browser, case)


def _case(folder: Path) -> Case:
    case = Case.new(folder, SAMPLE, by=_NOBODY)
    case.capture()
    given = resources.files("duediligence.sample").joinpath("answers.yaml").read_text("utf-8")
    answers = {one.address: one for one in read_answers(given, "the sample's answers")}
    case.keep_typist(_NOBODY)
    firsts = [one.question.id for one in case.questions() if one.question.first is not None]
    for address in firsts[: firsts.index("use.passes-on")]:
        if address in answers:
            case.answer(address, answers[address].value, by=_NOBODY)
    return case


def _workbook(browser: Any, address: str) -> None:
    """One question as it stands in JupyterLab, with what the sources say beside it."""
    page = browser.new_page(viewport={"width": 1100, "height": 820})
    page.goto(f"{address}/lab/tree/workbook.ipynb?reset&token=secret")
    page.locator(".jp-Notebook").wait_for(timeout=60_000)
    page.evaluate(_RUN_ALL)
    page.evaluate("() => window.jupyterapp.commands.execute('application:toggle-left-area')")
    questions = page.get_by_role("region", name="Questions", exact=True)
    questions.locator("form").first.wait_for(timeout=60_000)
    questions.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(500)
    page.screenshot(path=DOCS / "workbook.png")
    page.close()


def _memo(browser: Any, case: Case) -> None:
    """Page 1 of the memo after all of the sample's answers."""
    given = resources.files("duediligence.sample").joinpath("answers.yaml").read_text("utf-8")
    case.answer_all([replace(one, by=_NOBODY) for one in read_answers(given, "the sample's answers")])
    page = browser.new_page(viewport={"width": 900, "height": 1632})
    page.set_content(case.memo().html)
    page.screenshot(path=DOCS / "memo.png")
    page.close()


if __name__ == "__main__":
    main()

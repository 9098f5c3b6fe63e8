"""The workbook: as it is committed, executed in a real kernel, and used in a real JupyterLab."""

import hashlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
from cases import CARD, REPO
from fake_hub import FakeHub

from duediligence.case import Case

ROOT = Path(__file__).parents[1]
WORKBOOK = ROOT / "notebooks" / "workbook.ipynb"


def _notebook() -> Any:
    return nbformat.read(WORKBOOK, as_version=4)


def _code() -> list[Any]:
    return [cell for cell in _notebook().cells if cell.cell_type == "code"]


# As it is committed.


def test_it_is_committed_without_outputs() -> None:
    """Outputs leak, and a reviewer could not read them."""
    for cell in _code():
        assert cell.outputs == []
        assert cell.execution_count is None
    assert set(_notebook().metadata) == {"kernelspec", "language_info"}


def test_a_cell_is_a_sentence() -> None:
    """At most five lines, nothing defined or installed, no path of anybody's; words before each."""
    cells = _notebook().cells
    for before, cell in zip([None, *cells], cells, strict=False):
        if cell.cell_type != "code":
            continue
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert 1 <= len(lines) <= 5
        assert not [line for line in lines if line.lstrip().startswith(("def ", "class ", "!", "%"))]
        assert "/home" not in cell.source and "/Users" not in cell.source
        assert before is not None and (before.cell_type == "markdown" or "import" in before.source)


def test_one_cell_holds_the_parameters() -> None:
    """`lab CASE` and papermill fill the same cell; it begins on the sample."""
    (cell,) = [cell for cell in _code() if "parameters" in cell.metadata.get("tags", ())]
    given: dict[str, Any] = {}
    exec(cell.source, {"dd": __import__("duediligence")}, given)
    assert given == {"folder": "cases/sample", "repo": "sample"}


# In a real kernel.


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".preview" not in path.parts
    }


def _environment(home: Path) -> dict[str, str]:
    """Nobody's settings, and a Hub that is not there: the sample needs none."""
    own = {
        name: str(home / name.lower())
        for name in (
            *("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "HF_HOME"),
            *("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"),
        )
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "JUPYTER"))}
    path = os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH")) if part)
    return kept | own | {"HF_ENDPOINT": "http://127.0.0.1:9", "PYTHONPATH": path}


@pytest.fixture
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of kernels and servers that a test starts, set here as well."""
    environment = _environment(tmp_path / "home")
    (tmp_path / "home").mkdir()
    for name in set(os.environ) - set(environment):
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return environment


_WATCH = """
import socket as _socket
_connect = _socket.socket.connect
def _watched(self, address):
    if isinstance(address, tuple):
        open("connections.txt", "a").write(f"{address[0]}\\\\n")
    return _connect(self, address)
_socket.socket.connect = _watched
"""


def _run_all(folder: Path) -> Any:
    """Execute the workbook in *folder* in a kernel of its own; connections are written down."""
    from nbclient import NotebookClient

    notebook = _notebook()
    notebook.cells.insert(0, nbformat.v4.new_code_cell(_WATCH.replace("\\\\n", "\\n")))
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    return notebook


@pytest.mark.filterwarnings("default")  # those of the kernel's client are not ours
def test_running_it_twice_sends_nothing_and_changes_nothing(
    tmp_path: Path, surroundings: dict[str, str]
) -> None:
    """The first run makes a case from the sample; the second makes no request, no capture, no memo."""
    folder = tmp_path / "work"
    folder.mkdir()
    first = _run_all(folder)
    connections = folder / "connections.txt"
    assert set(connections.read_text().split()) == {"127.0.0.1"}, "the sample is on this machine"
    case = Case(folder / "cases" / "sample")
    assert [event["event"] for event in case.chronology()] == ["opened", "captured"]
    before = _digests(folder / "cases")
    connections.unlink()

    _run_all(folder)
    assert _digests(folder / "cases") == before
    assert not connections.exists(), "the second run asked somebody"
    _says_nothing_of_the_case(first)


def _says_nothing_of_the_case(notebook: Any) -> None:
    """What a notebook keeps of a run: which screen stood where, and nothing of what it said."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            assert output.output_type != "error"
            if output.output_type == "stream":
                continue
            assert set(output.data) <= {"text/plain", "application/vnd.jupyter.widget-view+json"}
            assert "laion" not in json.dumps(output.data).lower()
    screens = [
        cell for cell in notebook.cells if "vnd.jupyter.widget-view" in json.dumps(cell.get("outputs", ""))
    ]
    assert len(screens) == 11
    assert "Why are you looking" not in json.dumps(notebook.metadata)


# In a real JupyterLab.


@contextmanager
def _lab(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """A JupyterLab over *folder* with settings of its own; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    _ask_for_no_news(Path(environment["JUPYTERLAB_SETTINGS_DIR"]))
    log = (folder / "lab.log").open("w")
    server = subprocess.Popen(
        [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
            f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=secret",
            f"--ServerApp.root_dir={folder}",
            "--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        ],
        env=environment, cwd=folder, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _until_it_answers(f"{address}/api/status?token=secret", server)
        yield address
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _ask_for_no_news(settings: Path) -> None:
    """JupyterLab asks once whether it may fetch news; the question lies over the page."""
    folder = settings / "@jupyterlab" / "apputils-extension"
    folder.mkdir(parents=True)
    (folder / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')


def _until_it_answers(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("JupyterLab did not start; see lab.log")


_RUN_ALL = """async () => {
  const app = window.jupyterapp; await app.restored;
  const panel = app.shell.currentWidget; await panel.context.ready; await panel.sessionContext.ready;
  await app.commands.execute('runmenu:run-all');
}"""
_RESTART = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel.sessionContext.session.kernel.restart();
}"""


@pytest.mark.browser
@pytest.mark.filterwarnings("default")
def test_a_person_answers_by_mouse_and_by_keyboard_and_finds_the_answers_again(
    tmp_path: Path, surroundings: dict[str, str]
) -> None:
    """Run all, two answers, restart, run all: both are in the record and on the screen; nobody else asked."""
    from playwright.sync_api import expect, sync_playwright

    from tests.browser import ARGUMENTS, chromium

    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "workbook.ipynb").write_bytes(WORKBOOK.read_bytes())
    elsewhere: list[str] = []
    errors: list[str] = []
    path = chromium()
    with _lab(folder, surroundings) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.on(
            "request", lambda request: elsewhere.append(request.url) if _is_elsewhere(request.url) else None
        )
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}/lab/tree/workbook.ipynb?reset&token=secret")
        page.locator(".jp-Notebook").wait_for(timeout=60_000)
        page.evaluate(_RUN_ALL)

        page.get_by_label("Your name, as it shall stand beside your answers").fill(
            "B. Example", timeout=60_000
        )
        page.get_by_role("button", name="Continue").click()
        first = page.get_by_role("group", name="Why are you looking at this model?")
        first.get_by_label("To use it").check()
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("status").filter(has_text="Recorded.")).to_be_visible()

        heading = page.get_by_role("heading", name="What will you do with it?")
        expect(heading).to_be_focused()
        cells = page.locator(".jp-Notebook .jp-Cell").count()
        _by_keyboard_alone(page)
        expect(page.get_by_role("heading", name="When do you plan to start?")).to_be_focused()
        assert page.locator(".jp-Notebook .jp-Cell").count() == cells, "a key reached JupyterLab"

        page.get_by_label("How do you know?").fill("half a sen")
        expect(page.get_by_text("Draft kept")).to_be_visible()

        page.evaluate(_RESTART)
        page.evaluate(_RUN_ALL)
        expect(page.get_by_label("How do you know?")).to_have_value("half a sen", timeout=60_000)
        page.get_by_role("button", name="Check your answers").click()
        expect(page.get_by_text("In-house only, x marks it")).to_be_visible()
        expect(page.get_by_text("To use it", exact=True).first).to_be_visible()

    answered = [e for e in Case(folder / "cases" / "sample").chronology() if e["event"] == "answered"]
    assert [(e["question"], e["value"], e["by"]) for e in answered] == [
        ("use.role", ["user"], "B. Example"),
        ("use.acts", ["evaluate", "internal"], "B. Example"),
    ]
    assert answered[1]["reason"] == "In-house only, x marks it"
    assert elsewhere == []
    assert [error for error in errors if "duediligence" in error.lower() or "drawn here" in error] == []


@pytest.mark.browser
@pytest.mark.filterwarnings("default")
def test_a_changed_card_is_shown_once_the_hub_is_asked(
    tmp_path: Path, surroundings: dict[str, str], fake_hub: FakeHub
) -> None:
    """Run all does not look; the button does: old and new, exactly the answers they touch, and Keep."""
    from playwright.sync_api import expect, sync_playwright

    from tests.browser import ARGUMENTS, chromium

    folder = tmp_path / "work"
    folder.mkdir()
    fake_hub.add(REPO, card=CARD)
    case = Case.new(folder / "case", "example/encoder", by="A. Example")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_ENDPOINT", fake_hub.endpoint)
        case.capture()
    case.answer("use.role", ("user",), by="A. Example")
    case.answer("provider.legal-basis@publish", ("none",), by="A. Example")
    case.issue(by="A. Example")
    notebook = WORKBOOK.read_text("utf-8").replace('folder = \\"cases/sample\\"', 'folder = \\"case\\"')
    (folder / "workbook.ipynb").write_text(notebook.replace("repo = dd.SAMPLE", "repo = None"), "utf-8")
    basis = "We rely on legitimate interests for publishing the model."
    fake_hub.publish(REPO, card=f"{CARD}\n{basis}\n")
    asked = len(fake_hub.requests)
    there = {**surroundings, "HF_ENDPOINT": fake_hub.endpoint}
    with _lab(folder, there) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}/lab/tree/workbook.ipynb?reset&token=secret")
        page.locator(".jp-Notebook").wait_for(timeout=60_000)
        page.evaluate(_RUN_ALL)
        expect(page.get_by_text("Nothing has changed.")).to_be_visible(timeout=60_000)
        assert len(fake_hub.requests) == asked

        page.get_by_role("button", name="Check the Hub now").click()
        expect(page.get_by_role("heading", name="Answers that need another look")).to_be_visible()
        expect(page.locator("ins", has_text=basis).first).to_be_visible()
        look = page.get_by_role("button", name="Keep, change or ask: ")
        expect(look).to_have_count(1)
        look.click()
        kept = page.locator("form", has_text="Why does it still hold?").first
        kept.get_by_role("textbox").fill("That names no act.")
        kept.get_by_role("button", name="Keep").click()
        expect(page.get_by_role("heading", name="Answers that need another look")).to_have_count(0)

    kept_event = case.chronology()[-1]
    assert (kept_event["event"], kept_event["reason"]) == ("kept", "That names no act.")
    assert case.changes().needs_another_look == ()


def _by_keyboard_alone(page: Any) -> None:
    """From the heading: two boxes, the reason with letters JupyterLab has commands for, Continue."""
    tab, press = lambda: page.keyboard.press("Tab"), page.keyboard.press
    for command in ("x", "d", "d", "ArrowDown"):
        press(command)
    _tab_to(page, "evaluate")
    press("Space")
    tab()
    press("Space")
    _tab_to(page, "reason")
    page.keyboard.type("In-house only, x marks it")
    _tab_to(page, "Continue")
    press("Enter")


def _tab_to(page: Any, what: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "() => { const e = document.activeElement; return [e.value, e.name, e.textContent] }"
        )
        if any(isinstance(part, str) and (part == what or part.endswith(f"-{what}")) for part in here):
            return
    raise AssertionError(f"the Tab key does not reach {what}")


def _is_elsewhere(address: str) -> bool:
    return address.startswith("http") and not address.startswith("http://127.0.0.1:")

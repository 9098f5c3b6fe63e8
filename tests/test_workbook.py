"""The workbook: as it is committed, executed in a real kernel, and used in a real JupyterLab."""

import hashlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from cases import CARD, REPO
from fake_hub import FakeHub

from duediligence.case import SAMPLE, Case
from duediligence.pack.checking import verify as verify_pack

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


_RUN_ALL = """async () => {
  const app = window.jupyterapp; await app.restored;
  const panel = app.shell.currentWidget; await panel.context.ready; await panel.sessionContext.ready;
  await app.commands.execute('runmenu:run-all');
}"""
_BEGIN_TO_RUN_ALL = _RUN_ALL.replace("await app.commands", "app.commands")
"""Without waiting for the end."""


@dataclass(frozen=True)
class Lab:
    """One JupyterLab for the module: where it is, over which folder, and the Hub its kernels ask."""

    address: str
    folder: Path
    hub: FakeHub


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab with settings of its own; every test has a folder of its own in it."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("work")
    with FakeHub().running() as hub:
        environment = _environment(home) | {"HF_ENDPOINT": hub.endpoint}
        with _serving(folder, environment) as address:
            yield Lab(address, folder, hub)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for the module."""
    from playwright.sync_api import expect, sync_playwright

    from tests.browser import ARGUMENTS, chromium

    path = chromium()
    expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))


@dataclass
class Sitting:
    """A person with the workbook open."""

    page: Any
    folder: Path
    elsewhere: list[str]
    """Requests that went anywhere but to JupyterLab itself."""

    errors: list[str]
    """What the browser's console says went wrong."""


@pytest.fixture
def sit(lab: Lab, browser: Any, tmp_path: Path) -> Iterator[Callable[..., Sitting]]:
    """Open the workbook in a folder of its own; at the end nothing was sent elsewhere, nothing went wrong."""
    opened: list[Sitting] = []

    def open_(
        place: str, folder: str = "cases/sample", repo: str = "dd.SAMPLE", run: str = _RUN_ALL
    ) -> Sitting:
        there = lab.folder / place
        there.mkdir(exist_ok=True)
        text = WORKBOOK.read_text("utf-8").replace('folder = \\"cases/sample\\"', f'folder = \\"{folder}\\"')
        (there / "workbook.ipynb").write_text(text.replace("repo = dd.SAMPLE", f"repo = {repo}"), "utf-8")
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        sitting = Sitting(page, there, [], [])
        opened.append(sitting)
        page.on("request", lambda one: _is_elsewhere(one.url) and sitting.elsewhere.append(one.url))
        page.on("console", lambda said: said.type == "error" and sitting.errors.append(said.text))
        page.on("pageerror", lambda error: sitting.errors.append(str(error)))
        page.goto(f"{lab.address}/lab/tree/{place}/workbook.ipynb?reset&token=secret")
        page.locator(".jp-Notebook").wait_for(timeout=60_000)
        page.evaluate(run)
        return sitting

    yield open_
    for sitting in opened:
        assert sitting.elsewhere == []
        assert sitting.errors == []
        sitting.page.close()


@contextmanager
def _serving(folder: Path, environment: dict[str, str]) -> Iterator[str]:
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


_RESTART = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel.sessionContext.session.kernel.restart();
}"""


@pytest.mark.browser
@pytest.mark.filterwarnings("default")
def test_a_person_answers_by_mouse_and_by_keyboard_and_finds_the_answers_again(lab: Lab, sit: Any) -> None:
    """Run all, two answers, restart, run all: both are in the record and on the screen; nobody else asked."""
    from playwright.sync_api import expect

    asked = len(lab.hub.requests)
    sitting = sit("sample")
    page = sitting.page
    page.get_by_label("Your name, as it shall stand beside your answers").fill("B. Example", timeout=60_000)
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

    page.get_by_label("How do you know?").press("End")
    page.keyboard.type("tence")
    page.wait_for_timeout(1500)
    page.goto("about:blank")  # the tab is closed in the middle of a sentence, two seconds after the last key
    case = Case(sitting.folder / "cases" / "sample")
    _until(lambda: case.drafts().get("use.start", {}).get("reason") == "half a sentence")

    answered = [event for event in case.chronology() if event["event"] == "answered"]
    assert [(event["question"], event["value"], event["by"]) for event in answered] == [
        ("use.role", ["user"], "B. Example"),
        ("use.acts", ["evaluate", "internal"], "B. Example"),
    ]
    assert answered[1]["reason"] == "In-house only, x marks it"
    assert len(lab.hub.requests) == asked


@pytest.mark.browser
@pytest.mark.filterwarnings("default")
def test_answers_are_changed_where_they_stand_and_taken_back(lab: Lab, sit: Any) -> None:
    """Check your answers, Change, Undo; the status card follows; axe finds nothing, in either theme."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import expect

    there = lab.folder / "answered"
    there.mkdir()
    case = Case.new(there / "case", SAMPLE, by="B. Example")
    case.capture()
    case.keep_typist("B. Example")
    case.answer("use.role", ("user",), by="B. Example")
    case.answer("use.commercial", "none", by="B. Example")
    page = sit("answered", folder="case").page
    questions = page.get_by_role("region", name="Questions", exact=True)
    questions.get_by_role("button", name="Check your answers").click(timeout=60_000)
    change = questions.get_by_role("button", name="Change: Will anyone pay for what you build?")
    change.click()
    questions.get_by_label("As part of a paid").or_(questions.get_by_label("Yes")).first.check()
    questions.get_by_role("button", name="Continue").click()
    expect(change).to_be_focused()
    questions.get_by_role("button", name="Undo: your answer to").click()
    expect(questions.get_by_role("status").filter(has_text="Taken back")).to_be_visible()
    assert [event["event"] for event in case.chronology()][-2:] == ["answered", "answered"]
    assert case.chronology()[-1]["value"] == "none"

    page.get_by_role("button", name="For you (").first.click()
    expect(page.get_by_role("status").filter(has_text="Shown: for you")).to_be_visible()
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        page.evaluate("(theme) => jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
        page.wait_for_function("(name) => document.body.dataset.jpThemeName === name", arg=theme)
        options = {"resultTypes": ["violations"]}
        found = Axe().run(
            page, context={"include": [".duediligence"], "exclude": ["iframe"]}, options=options
        )
        assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == [], theme


@pytest.mark.browser
@pytest.mark.filterwarnings("default")
def test_a_changed_card_is_shown_once_the_hub_is_asked(lab: Lab, sit: Any) -> None:
    """Run all does not look, the button does: old and new, exactly the answers they touch, Keep, a memo."""
    from playwright.sync_api import expect

    hub, there = lab.hub, lab.folder / "changed"
    there.mkdir()
    hub.add(REPO, card=CARD)
    case = Case.new(there / "case", "example/encoder", by="A. Example")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_ENDPOINT", hub.endpoint)
        case.capture()
    case.answer("use.role", ("user",), by="A. Example")
    case.answer("provider.legal-basis@publish", ("none",), by="A. Example")
    case.issue(by="A. Example")
    basis = "We rely on legitimate interests for publishing the model."
    hub.publish(REPO, card=f"{CARD}\n{basis}\n")
    asked = len(hub.requests)
    page = sit("changed", folder="case", repo="None").page
    expect(page.get_by_text("Nothing has changed.")).to_be_visible(timeout=60_000)
    assert len(hub.requests) == asked

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

    memo = page.get_by_role("region", name="Memo", exact=True)
    memo.get_by_role("button", name="Issue").click()
    expect(memo.get_by_role("status").filter(has_text="Issued: ")).to_be_visible()
    issued = case.chronology()[-1]
    assert issued["event"] == "issued"
    assert (case.folder / "memos" / issued["memo"] / "memo.html").is_file()


@pytest.mark.browser
@pytest.mark.filterwarnings("default")
def test_an_issued_memo_is_signed_packed_and_taken_back_by_keyboard(lab: Lab, sit: Any) -> None:
    """Issue, sign, pack, take back with a reason: all on record, and the pack verifies."""
    from playwright.sync_api import expect

    there = lab.folder / "leaving"
    there.mkdir()
    case = Case.new(there / "case", SAMPLE, by="B. Example")
    case.capture()
    case.keep_typist("B. Example")
    page = sit("leaving", folder="case").page
    memo = page.get_by_role("region", name="Memo", exact=True)
    status = memo.get_by_role("status")
    memo.get_by_role("button", name="Issue").press("Enter", timeout=60_000)
    expect(status.filter(has_text="Issued: ")).to_be_visible()
    expect(memo.get_by_text("released: by nobody yet")).to_be_visible()

    memo.get_by_text("Sign it", exact=True).press("Enter")
    memo.get_by_label("released", exact=True).press("Space")
    memo.get_by_label("Who did it?").fill("C. Chief")
    expect(memo.get_by_role("status").filter(has_text="Draft kept")).to_be_visible()
    page.evaluate(_RESTART)
    page.evaluate(_RUN_ALL)
    expect(memo.get_by_label("Who did it?")).to_have_value("C. Chief", timeout=60_000)
    expect(memo.get_by_label("released", exact=True)).to_be_checked()
    memo.get_by_role("button", name="Sign", exact=True).press("Enter")
    expect(status.filter(has_text="released by C. Chief")).to_be_visible()
    expect(memo.get_by_role("heading", name="The issued memo")).to_be_focused()

    memo.get_by_text("Pack it to send").press("Enter")
    memo.get_by_role("button", name="Write the pack").press("Enter")
    expect(status.filter(has_text="The pack is written.")).to_be_visible(timeout=60_000)
    (path,) = (case.folder / "packs").glob("*.zip")
    expect(memo.get_by_text(hashlib.sha256(path.read_bytes()).hexdigest())).to_be_visible()
    assert verify_pack(path).problems == ()

    memo.get_by_text("Take back: released by C. Chief").first.press("Enter")
    memo.get_by_label("Why?").fill("A term is wrong, x marks it")
    memo.get_by_role("button", name="Take back: released by C. Chief").press("Enter")
    expect(status.filter(has_text="It is a draft again.")).to_be_visible()
    signed, back = case.chronology()[-2:]
    assert (signed["event"], signed["says"], signed["by"]) == ("signed", "C. Chief", "B. Example")
    assert (back["event"], back["reason"]) == ("unsigned", "A term is wrong, x marks it")


@pytest.mark.browser
@pytest.mark.filterwarnings("default")
def test_a_first_look_can_be_stopped_from_the_page(lab: Lab, sit: Any) -> None:
    """While the cell still runs: JupyterLab's own ■ ends the look, says so, and nothing is written."""
    from playwright.sync_api import expect

    lab.hub.add("models/example/slow", card=CARD)
    lab.hub.wait(seconds=4, match="slow")
    sitting = sit("slow", folder="case", repo=repr("example/slow"), run=_BEGIN_TO_RUN_ALL)
    expect(sitting.page.get_by_text("To stop: ■")).to_be_visible(timeout=60_000)
    sitting.page.evaluate("() => jupyterapp.commands.execute('notebook:interrupt-kernel')")
    expect(sitting.page.get_by_text("Stopped. Nothing was written.").first).to_be_visible(timeout=30_000)
    assert [event["event"] for event in Case(sitting.folder / "case").chronology()] == ["opened"]
    lab.hub.clear()


def _until(true: Callable[[], bool]) -> None:
    """Come back once it is *true*; a message on its way takes a moment."""
    until = time.monotonic() + 20
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


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

"""The script of the screens in a real browser, on a bare page that hands its messages to Python."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import memo_inputs as by_hand
import pytest

from duediligence.widgets import question, quotes, screen
from duediligence.widgets.screen import Reply
from duediligence.widgets.sheet import Sheet
from duediligence.widgets.tree import Node, box
from tests.browser import ARGUMENTS, chromium

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

_HERE = Path(screen.__file__).parent
_HOST = """
window.sent = [];
window.model = { heard: [], on: (_, f) => model.heard.push(f), off: () => {}, send: (m) => sent.push(m) };
window.hear = (message) => model.heard.forEach((f) => f(message));
window.stop = render({ model, el: document.getElementById("here") });
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for the module."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page with one empty screen; any fault in the script fails the test."""
    page = browser.new_page(viewport={"width": 800, "height": 700})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    style, script = (_HERE / "screen.css").read_text("utf-8"), (_HERE / "screen.js").read_text("utf-8")
    page.set_content(f"<!doctype html><style>{style}</style><div id=here></div>")
    page.add_script_tag(content=script.replace("export default { render };", _HOST))
    yield page
    assert faults == []
    page.close()


@pytest.fixture
def show(page: Any) -> Callable[[Reply], None]:
    """Let the screen hear a reply."""
    return lambda reply: page.evaluate("(message) => hear(message)", reply.to_json())


def _page(**more: Any) -> Node:
    """The page of a question with boxes to tick."""
    asked = by_hand.asked("use.acts")
    law = by_hand.inputs().law
    return question.page(
        Sheet(
            asked=asked,
            where="Your plans",
            author="B. Example",
            repo=by_hand.REPO,
            law=law,
            places={},
            **more,
        )
    )


def _sent(page: Any, action: str) -> list[Any]:
    return [message for message in page.evaluate("sent") if message["action"] == action]


def test_markup_in_a_quotation_is_letters(page: Any, show: Any) -> None:
    """Nothing of it runs, loads or becomes an element."""
    hostile = '<img src="x" onerror="window.ran = 1"><script>window.ran = 1</script><h3>Approved</h3>'
    show(Reply(page=box(quotes.fact_line(by_hand.fact("training_data", "x", "prose", "E2", quote=hostile)))))
    assert hostile in page.inner_text("#here")
    assert page.locator("#here img, #here script, #here h3").count() == 0
    assert page.evaluate("window.ran") is None


def test_an_element_that_is_not_on_the_list_is_not_drawn(page: Any) -> None:
    """Even if Python asked for it: the script draws what it knows and nothing else."""
    for node in (["script", {}, "1"], ["img", {"src": "x"}], ["p", {"onclick": "1"}], ["p", {"style": "x"}]):
        message = page.evaluate(
            "(node) => { try { hear({ page: node }); return 'drawn' } catch (e) { return e.message } }", node
        )
        assert "here" in message


def test_the_memo_is_in_a_frame_that_may_do_nothing(page: Any, show: Any) -> None:
    """No script, no form, no address of its own."""
    show(Reply(page=["iframe", {"document": "<script>parent.ran = 1</script>", "title": "Memo"}]))
    frame = page.locator("iframe")
    assert frame.get_attribute("sandbox") == ""
    assert page.evaluate("window.ran") is None


def test_continue_sends_what_stands_in_the_form(page: Any, show: Any) -> None:
    """Ticked boxes as a list, texts as written."""
    show(Reply(page=_page(), focus="question"))
    page.get_by_label("Try it").check()
    page.get_by_label("How do you know?").fill("tried")
    page.get_by_role("button", name="Continue").click()
    (message,) = _sent(page, "answer")
    assert message["address"] == "use.acts"
    assert message["values"] == {"value": ["evaluate"], "way": None, "who": "", "reason": "tried", "says": ""}


def test_a_way_out_and_an_answer_exclude_each_other(page: Any, show: Any) -> None:
    """The later choice counts and the screen shows it; a name chooses its own way out."""
    show(Reply(page=_page()))
    page.get_by_label("Try it").check()
    page.get_by_label("I do not know").check()
    assert not page.get_by_label("Try it").is_checked()
    page.get_by_label("Try it").check()
    assert not page.get_by_label("I do not know").is_checked()
    page.get_by_label("Who can say").fill("D. Example")
    assert page.get_by_label("Someone else can say").is_checked()
    assert not page.get_by_label("Try it").is_checked()


def test_what_is_typed_is_sent_as_a_draft_within_two_seconds(page: Any, show: Any) -> None:
    """Without any key but those of the text."""
    show(Reply(page=_page()))
    page.get_by_label("How do you know?").press_sequentially("half", delay=10)
    page.wait_for_function(
        "() => sent.some((m) => m.action === 'draft' && m.values.reason === 'half')", timeout=2000
    )


def test_what_was_just_typed_is_kept_before_the_page_is_left(page: Any, show: Any) -> None:
    """Check your answers right after the last key: the draft goes first."""
    show(Reply(page=_page()))
    page.get_by_label("How do you know?").fill("half")
    page.get_by_role("button", name="Check your answers").click()
    assert [message["action"] for message in page.evaluate("sent")] == ["show", "draft", "review"]


def test_a_silent_kernel_is_said_beside_the_field(page: Any, show: Any) -> None:
    """Nobody believes that a draft is kept while the kernel does not answer."""
    show(Reply(page=_page()))
    page.get_by_label("How do you know?").fill("half")
    page.get_by_text("Not kept yet").wait_for(timeout=8000)


def test_the_keyboard_goes_where_the_reply_says(page: Any, show: Any) -> None:
    """To the question, to the box with the problem, and from there to the field."""
    show(Reply(page=_page(), focus="question"))
    assert page.evaluate("document.activeElement.textContent") == by_hand.asked("use.acts").text
    show(Reply(page=_page(problem="There is no answer yet."), focus="problem"))
    assert "There is a problem" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") in ("H3", "INPUT")


def test_every_control_keeps_its_keys_from_jupyterlab(page: Any, show: Any) -> None:
    """The mark is on everything that can have the focus, a heading too: `x` would cut the cell."""
    show(Reply(page=_page()))
    controls = page.locator("#here :is(button, input, select, textarea, summary, [tabindex])")
    assert controls.count() > 10
    assert controls.count() == page.locator("#here [data-lm-suppress-shortcuts=true]").count()


@pytest.mark.parametrize("width", [360, 700, 1280])
def test_nothing_is_cut_on_a_narrow_screen(page: Any, show: Any, width: int) -> None:
    """No part is wider than the window."""
    page.set_viewport_size({"width": width, "height": 700})
    show(Reply(page=_page(problem="There is no answer yet. " + "x" * 200), line="Recorded. " + "y" * 300))
    assert page.evaluate("document.documentElement.scrollWidth") <= width

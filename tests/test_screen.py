"""The script of the screens in a real browser, on a bare page that hands its messages to Python."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import memo_inputs as by_hand
import pytest
from axe_playwright_python.sync_playwright import Axe
from screens import every_screen

from duediligence.case import Case
from duediligence.widgets import evidence, question, quotes, screen
from duediligence.widgets.interview import Interview
from duediligence.widgets.screen import Reply
from duediligence.widgets.sheet import Sheet
from duediligence.widgets.tree import Node, box, to_screen
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
    return [message for message in page.evaluate("sent") if message.get("action") == action]


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


def test_silence_after_continue_is_said_and_the_text_stays(page: Any, show: Any) -> None:
    """A kernel that is busy or gone: nobody believes that the answer was saved."""
    show(Reply(page=_page()))
    page.get_by_label("How do you know?").fill("half")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("alert").filter(has_text="NOT done yet").wait_for(timeout=8000)
    assert page.get_by_label("How do you know?").input_value() == "half"
    show(Reply(line="Recorded."))
    assert page.get_by_role("alert").count() == 0


def test_what_could_not_be_saved_is_kept_as_a_draft_if_that_works(page: Any, show: Any) -> None:
    """After a failed save the text stays in the form and goes out once more, as a draft."""
    show(Reply(page=_page()))
    page.get_by_label("How do you know?").fill("half")
    page.get_by_role("button", name="Continue").click()
    before = len(_sent(page, "draft"))
    show(Reply(problem="This answer is NOT saved."))
    assert page.get_by_role("alert").inner_text() == "This answer is NOT saved."
    page.wait_for_function("(n) => sent.filter((m) => m.action === 'draft').length > n", arg=before)
    assert _sent(page, "draft")[-1]["values"]["reason"] == "half"


def test_the_keyboard_stays_where_it_is_when_a_page_is_drawn_again(page: Any, show: Any) -> None:
    """Another screen changed the case: whoever stands on a control stands there still."""
    show(Reply(page=_page()))
    page.get_by_label("Who can say").focus()
    show(Reply(page=_page()))
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Who can say: a name"
    page.get_by_text("Why we ask").focus()
    show(Reply(page=_page()))
    assert page.evaluate("document.activeElement.textContent") == "Why we ask"


def test_saving_the_notebook_is_the_one_key_that_reaches_jupyterlab(page: Any, show: Any) -> None:
    """Every other key is the field's; Control-S would else save the page as a file."""
    show(Reply(page=_page()))
    page.evaluate(
        """() => { window.passed = []; document.addEventListener("keydown", (event) => {
             if (!event.target.closest("[data-lm-suppress-shortcuts]")) passed.push(event.key);
           }, true); }"""
    )
    page.get_by_label("How do you know?").focus()
    for key in ("x", "Control+a", "Escape", "Control+s"):
        page.keyboard.press(key)
    # The field keeps its keys again as soon as that one has passed.
    page.wait_for_function("document.activeElement.dataset.lmSuppressShortcuts === 'true'")
    page.keyboard.press("d")
    assert page.evaluate("passed") == ["s"]


def test_files_are_sent_with_their_bytes(page: Any, show: Any) -> None:
    """Name and content, beside what stands in the form; nothing is read before it is chosen."""
    page.evaluate(
        "model.send = (m, _, bytes) => sent.push({ ...m, size: (bytes ?? []).map((b) => b.byteLength) })"
    )
    show(Reply(page=_page()))
    page.get_by_text("Files it rests on").click()
    page.get_by_label("Add files").set_input_files(
        [{"name": "mail.txt", "mimeType": "text/plain", "buffer": b"hello"}]
    )
    page.wait_for_function("sent.some((m) => m.action === 'attach')")
    (message,) = _sent(page, "attach")
    assert (message["names"], message["size"], message["address"]) == (["mail.txt"], [5], "use.acts")


def test_an_evidence_number_leads_to_its_place(page: Any, show: Any) -> None:
    """One click: folded parts open, the keyboard is on the passage."""
    fact = by_hand.fact("training_data", "x", "prose", "E2", quote="Trained on x.")
    show(Reply(page=box(evidence.page([fact], by_hand.REPO), quotes.fact_line(fact))))
    page.evaluate("hear({ name: 'What the sources say' })")
    page.get_by_role("button", name="show it among what the sources say").click()
    assert "Trained on x." in page.evaluate("document.activeElement.textContent")
    assert page.evaluate("document.activeElement.parentElement.open")


def test_a_screen_that_is_not_there_is_named(page: Any, show: Any) -> None:
    """A cell that was not run yet: one sentence instead of nothing."""
    show(Reply(page=box(to_screen("preview", "Memo"))))
    page.get_by_role("button", name="preview").click()
    assert "Run its cell" in page.get_by_role("status").first.inner_text()


@pytest.fixture(scope="module")
def screens(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, Mapping[str, Node]]:
    """Every screen of an answered case."""
    return every_screen(tmp_path_factory.mktemp("screens"))


def test_no_screen_breaks_a_rule_of_accessibility(browser: Any, page: Any, show: Any, screens: Any) -> None:
    """axe-core on every page with everything unfolded: names, roles, headings, contrast, light and dark."""
    for name, drawn in screens[1].items():
        show(Reply(page=drawn, line="Recorded."))
        _unfold(page)
        assert _broken(page, "#here") == [], name
        if name in ("status", "question", "answers", "lineage"):  # what colors they have all have
            page.evaluate("document.documentElement.style.colorScheme = 'dark'")
            assert _broken(page, "#here", runOnly=["color-contrast"]) == [], f"{name}, dark"
            page.evaluate("document.documentElement.style.colorScheme = 'light'")


@pytest.mark.parametrize("width", [320, 640])
def test_every_screen_fits_a_phone_and_a_page_twice_as_large(
    page: Any, show: Any, screens: Any, width: int
) -> None:
    """1280 pixels at 200 and at 400 per cent: what is wider scrolls in a frame of its own."""
    page.set_viewport_size({"width": width, "height": 800})
    for name, drawn in screens[1].items():
        show(Reply(page=drawn, line="Recorded."))
        _unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_the_memo_breaks_no_rule_of_accessibility(browser: Any, screens: Any) -> None:
    """axe-core on the whole memo; and what *Open in a tab of its own* opens may run nothing."""
    page = browser.new_page()
    page.set_content(screens[0].memo().html)
    assert _broken(page, None) == []
    page.close()


def _broken(page: Any, where: str | None, **options: Any) -> list[tuple[str, str]]:
    """Rule and first place of each violation that axe-core finds."""
    wanted = {"resultTypes": ["violations"], **options}
    found = Axe().run(page, context=where, options=wanted).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]


def test_the_memo_opens_in_a_tab_of_its_own(page: Any, show: Any, screens: Any) -> None:
    """The same page whole, without a request."""
    show(Reply(page=screens[1]["memo"]))
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Open in a tab of its own").click()
    opened.value.wait_for_load_state()
    assert opened.value.url.startswith("blob:")
    assert opened.value.locator("h1").count() == 1
    opened.value.close()


def test_an_answer_written_from_right_to_left_reads_so(page: Any, show: Any, screens: Any) -> None:
    """Fields and quotations take the direction of what stands in them."""
    show(Reply(page=_page(values={"reason": "לפי החוזה", "says": ""})))
    assert page.get_by_label("How do you know?").evaluate("(e) => getComputedStyle(e).direction") == "rtl"
    case = screens[0]
    case.answer("use.entity", "חברה לדוגמה", reason="לפי החוזה")
    show(Reply(page=Interview(case).handle("review", {}, print).page))
    for words in ("חברה לדוגמה", "לפי החוזה"):
        said = page.get_by_text(words).first
        assert said.evaluate("(e) => getComputedStyle(e).direction") == "rtl"


def _unfold(page: Any) -> None:
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => (one.open = true))")


@pytest.mark.parametrize("width", [360, 700, 1280])
def test_nothing_is_cut_on_a_narrow_screen(page: Any, show: Any, width: int) -> None:
    """No part is wider than the window."""
    page.set_viewport_size({"width": width, "height": 700})
    show(Reply(page=_page(problem="There is no answer yet. " + "x" * 200), line="Recorded. " + "y" * 300))
    assert page.evaluate("document.documentElement.scrollWidth") <= width

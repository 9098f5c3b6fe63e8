"""What changed, on screen: old and new, the answers they touch with their three ways, and the way back."""

from pathlib import Path
from typing import Any

import pytest
from cases import CARD, REPO, Desk
from fake_hub import FakeHub
from hypothesis import given
from hypothesis import strategies as st

from duediligence.case import Case
from duediligence.widgets.altered import words
from duediligence.widgets.news import NewsView
from duediligence.widgets.tree import texts

BASIS = "\nWe rely on legitimate interests for publishing the model.\n"
ADDRESS = "provider.legal-basis@publish"


def _silent(reply: Any) -> None:
    """Nobody listens."""


@pytest.fixture
def case(fake_hub: FakeHub, desk: Desk, tmp_path: Path) -> Case:
    """A case with a memo, whose card speaks of a legal basis since."""
    fake_hub.add(REPO, card=CARD)
    opened = desk.new(tmp_path / "case")
    opened.capture()
    opened.answer("use.commercial", "paid_product", by="A. Example")
    opened.answer(ADDRESS, ("none",), by="A. Example")
    opened.issue(by="A. Example")
    desk.later(days=2)
    fake_hub.publish(REPO, card=CARD.replace("license: mit", "license: cc-by-nc-4.0") + BASIS)
    opened.capture(force=True)
    opened.keep_typist("B. Example")
    return opened


def _view(case: Case) -> NewsView:
    return NewsView(case.changes())


def test_a_case_looked_at_once_has_no_news(fake_hub: FakeHub, desk: Desk, tmp_path: Path) -> None:
    """The cell shows a sentence, not an error."""
    fake_hub.add(REPO, card=CARD)
    opened = desk.new(tmp_path / "case")
    opened.capture()
    assert "Nothing to compare with yet" in texts(_view(opened).show().page)


def test_changes_answers_and_findings_stand_on_one_page(case: Case) -> None:
    """In that order; each answer opens with the ways it can go."""
    said = texts(_view(case).show().page)

    parts = ("Since the memo of 22 November 2026", "The sources changed", "Answers that need another look",
             "Findings that stand differently")  # fmt: skip
    assert sorted(parts, key=said.index) == list(parts)
    assert "We rely on legitimate interests" in said and "license, 2 places alike" in said


def test_keeping_leads_back_with_the_rest(case: Case) -> None:
    """The reason is asked, the answer stays its author's, and the screen says what it changed."""
    view = _view(case)
    opened = view.handle("look-at", {"address": ADDRESS}, _silent)
    assert "When it was answered" in texts(opened.page) and "Ask a colleague" in texts(opened.page)
    kept = view.handle("keep", {"address": ADDRESS, "values": {"reason": "That names no act."}}, _silent)

    assert kept.changed and kept.line and "Recorded" in kept.line
    assert "When it was answered" not in texts(kept.page)
    event = case.chronology()[-1]
    assert (event["event"], event["by"], event["reason"]) == ("kept", "B. Example", "That names no act.")


def test_a_colleague_can_be_asked(case: Case) -> None:
    """A name is needed; then the answer is not known, and that person can say."""
    view = _view(case)
    view.handle("look-at", {"address": ADDRESS}, _silent)
    nobody = view.handle("ask", {"address": ADDRESS, "values": {"who": " "}}, _silent)
    assert "Write the name" in texts(nobody.page) and not nobody.changed
    asked = view.handle("ask", {"address": ADDRESS, "values": {"who": "C. Example"}}, _silent)

    assert asked.changed
    event = case.chronology()[-1]
    assert (event["value"], event["ask"], event["by"]) == ("unknown", "C. Example", "B. Example")


def test_back_leads_back_and_writes_nothing(case: Case) -> None:
    """Looking is no entry."""
    view, before = _view(case), len(case.chronology())
    view.handle("look-at", {"address": ADDRESS}, _silent)
    there = view.handle("back", {}, _silent)

    assert "The sources changed" in texts(there.page) and len(case.chronology()) == before


def test_only_the_words_that_differ_are_marked() -> None:
    """The words between stay plain, so that a reader sees the change at once."""
    old, new = words("It was trained on A and B.", "It was trained on A and C, in 2024.")

    assert [part for part in old[2:] if not isinstance(part, str)] == [["del", {}, "B."]]
    assert [part for part in new[2:] if not isinstance(part, str)] == [["ins", {}, "C, in 2024."]]


_WRITTEN = st.text(alphabet="ab c.\n\t“<&", max_size=80)


@given(_WRITTEN, _WRITTEN)
def test_no_word_is_lost_in_the_diff(old: str, new: str) -> None:
    """Each side holds its own words, in their order."""

    def plain(node: Any) -> list[str]:
        return "".join(part if isinstance(part, str) else part[2] for part in node[2:]).split()

    before, after = words(old, new)
    assert (plain(before), plain(after)) == (old.split(), new.split())


def test_status_says_what_others_did_since(case: Case, desk: Desk) -> None:
    """Since my own last entry: the look with what it found, and who did what; else nothing."""
    case.answer("use.role", ("user",), by="B. Example")
    assert case.status().since == ""
    case.keep(ADDRESS, by="A. Example")
    case.note("To be discussed.", by="C. Example")
    case.note("And this.", by="C. Example")
    desk.later(days=1)
    case.capture(force=True)

    assert case.status().since == (
        "Since your last entry, 24 November 2026: 1 look at the Hub, nothing changed; "
        "A. Example kept 1 answer; C. Example wrote 2 notes."
    )
    case.keep_typist("A. Example")
    assert "A. Example" not in case.status().since and "C. Example wrote 2 notes" in case.status().since
    case.keep_typist("D. Example")
    assert case.status().since == "", "who has entered nothing has no last entry"

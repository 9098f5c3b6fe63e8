"""What is said at once of an answer: what it changed, the nearest first, and where it can be more exact."""

from pathlib import Path

import pytest
from cases import CARD, REPO, Desk
from fake_hub import FakeHub
from test_cli import one_sentence, run

from duediligence.case import Case


@pytest.fixture
def case(fake_hub: FakeHub, tmp_path: Path) -> Case:
    """A captured case about one small model."""
    fake_hub.add(REPO, card=CARD)
    case = Desk().new(tmp_path / "case")
    case.capture()
    return case


def _standing(case: Case) -> dict[tuple[str, str | None], str]:
    found = case.findings().findings
    return {(one.id, one.about): one.status for one in found if one.status != "not_applicable"}


def test_an_answer_tells_the_findings_it_brought_and_none_besides(case: Case) -> None:
    """New ones are counted and the nearest quoted; rules known not to apply are no findings."""
    before = _standing(case)
    said = case.answer("provider.place", "US", by="A. Example").text
    after = _standing(case)
    new = [at for at in after if at not in before]
    assert new and f"Findings: {len(new)} new. “" in said
    nearest = {one.proposition: one for one in case.findings().findings if (one.id, one.about) in new}
    quoted = said.split("“")[1].split("”")[0]
    rests = [ref["answer"] for ref in nearest[quoted].rests_on if "answer" in ref]
    assert rests == ["provider.place"] and f"“{quoted}” (new: contested)" in said
    assert "not apply" in said


def test_an_answer_tells_what_went_because_of_it(case: Case) -> None:
    """A finding that fell is told as one, with the words it had."""
    case.answer("provider.place", "US", by="A. Example")
    before = _standing(case)
    said = case.answer("provider.place", "DE", by="A. Example").text
    gone = before.keys() - _standing(case).keys()
    assert gone and f"{len(gone)} gone." in said


def test_an_answer_that_changes_nothing_says_so(case: Case) -> None:
    """Not the first finding that comes to mind."""
    said = case.answer("use.commercial", "paid_product", by="A. Example").text
    assert said.startswith("Recorded. No finding changed.") and "“" not in said


@pytest.mark.parametrize(
    ("at", "value", "says"),
    [
        (
            "provider.place",
            "US",
            "US is not exact enough for rules on US-CA: answer with the state (such as US-CA)",
        ),
        ("provider.place", "US-NY", None),
        ("provider.place", "FR", None),
        ("use.start", "2026", "2026 is not exact enough for rules on 2026-"),
        ("use.start", "2026-12-24", None),
        ("use.revision", "main", "main is no commit, and a branch moves"),
        ("use.revision", "none yet", None),
        ("use.revision", "1c2b849", None),
        ("use.revision", "unknown", None),
    ],
)
def test_what_is_not_exact_enough_is_said_at_once(case: Case, at: str, value: str, says: str | None) -> None:
    """By what the law compares the answer with; the answer is taken all the same."""
    case.answer("use.role", "user", by="A. Example")
    said = case.answer(at, value, by="A. Example").text
    assert case.chronology()[-1]["value"] == value
    assert says in said if says else "not exact enough" not in said and "moves" not in said


def test_a_branch_is_answered_with_the_commit_that_was_captured(case: Case) -> None:
    """It is offered, and not put in the place of the answer."""
    revision = next(one.revision for one in case._reading().entries if one.resource == "info")
    said = case.answer("use.revision", "main", by="A. Example").text
    assert f"The commit that was captured is {revision};" in said


def test_several_values_without_commas_are_told_how_to_write_them(case: Case) -> None:
    """Not that the program knows no such argument."""
    said = one_sentence(run("answer", case.folder, "use.offer-places", "DE", "FR"), 2)
    assert "put commas between several (DE,FR)" in said

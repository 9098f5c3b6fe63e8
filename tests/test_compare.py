"""Several candidates side by side: what each states, what nobody states, and no verdict."""

import json
from pathlib import Path
from typing import Any

import pytest
from cases import CARD, REPO, Desk
from fake_hub import FakeHub

from duediligence.case import Case
from duediligence.cli import main
from duediligence.cli.side_by_side import WIDTH

OPEN_CARD = CARD.replace("license: mit", "license: apache-2.0")


@pytest.fixture
def encoder(fake_hub: FakeHub, desk: Desk, tmp_path: Path) -> Case:
    """A captured case about a model under MIT."""
    fake_hub.add(REPO, card=CARD)
    case = desk.new(tmp_path / "encoder")
    case.capture()
    return case


@pytest.fixture
def gated(fake_hub: FakeHub, desk: Desk, tmp_path: Path) -> Case:
    """A captured case about a model whose card is behind access terms."""
    card = "---\nlicense: cc-by-nc-4.0\nextra_gated_prompt: Say who you are.\n---\n# X\n"
    fake_hub.add("models/example/gated", card=card)
    fake_hub.gate("models/example/gated")
    case = desk.new(tmp_path / "gated", "example/gated")
    case.capture()
    return case


def compare(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """The exit code and what is printed."""
    capsys.readouterr()
    # The day of the desk's clock: the law of another day may find other things.
    code = main(["compare", *map(str, arguments), "--as-of", "2026-11-22"])
    return code, capsys.readouterr().out


def block(printed: str, title: str) -> str:
    """What stands below one title."""
    return printed.partition(f"\n{title}\n")[2].partition("\n\n")[0]


def rows(capsys: pytest.CaptureFixture[str], *cases: object) -> list[dict[str, Any]]:
    code, out = compare(capsys, *cases, "--json")
    assert code == 0
    content = json.loads(out)
    assert content["schema"] == 1 and content["not_read"] == []
    found: list[dict[str, Any]] = content["cases"]
    return found


def test_each_license_stands_with_its_case_and_its_place(
    encoder: Case, gated: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the order in which the cases were named; where the card is closed, the API alone says it."""
    code, printed = compare(capsys, gated.folder, encoder.folder)

    said = " ".join(block(printed, "License").split())
    assert code == 0
    assert said.index("cc-by-nc-4.0 (by the Hub's API)") < said.index("mit (by the Hub's API and in the card")


def test_what_nobody_states_comes_with_where_it_was_looked_for(
    encoder: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    """Silence is told apart from a license or a basis somebody states."""
    _, printed = compare(capsys, encoder.folder)

    assert "not found: legal basis; looked in: card" in block(printed, "Legal basis")
    assert "not found" not in block(printed, "License")


def test_a_card_behind_access_terms_is_not_reached_and_no_silence(
    gated: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody looked into it, so nothing is said not to be there; and nobody is told to accept terms."""
    _, printed = compare(capsys, gated.folder)

    assert "not reached: legal basis" in block(printed, "Legal basis")
    assert "not found" not in block(printed, "Legal basis")
    assert "access terms: asked for" in block(printed, "Access")
    assert "“Say who you are.” (by the Hub's API)" in block(printed, "Access")
    assert "accept" not in printed.lower()


def test_what_a_model_is_made_from_says_how_that_is_known(
    encoder: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    """What only the text names is called so, and counts no more once a person has rejected it."""
    _, before = compare(capsys, encoder.folder)
    edge = next(edge for edge in encoder.lineage().edges if edge.relation == "trained_on")
    encoder.reject(edge.id)
    _, after = compare(capsys, encoder.folder)

    assert "only named in the text" in block(before, "Made from")
    assert "rejected and not counted" in " ".join(block(after, "Made from").split())


def test_cases_that_say_the_same_stand_together(
    encoder: Case, fake_hub: FakeHub, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two cards that differ in the license alone share every other entry on the sources."""
    fake_hub.add("models/example/other", card=OPEN_CARD)
    other = desk.new(tmp_path / "other", "example/other")
    other.capture()
    _, printed = compare(capsys, encoder.folder, other.folder)

    assert block(printed, "Legal basis").count("not found") == 1
    assert "mit (" in block(printed, "License") and "apache-2.0 (" in block(printed, "License")


def test_findings_and_questions_are_counted_as_the_case_has_them(
    encoder: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every finding is counted once; an answer leaves one question less, or opens others the case names."""
    encoder.answer("use.role", "user", by="A. Example")
    found, asked = encoder.findings(), encoder.questions()
    (row,) = rows(capsys, encoder.folder)
    _, printed = compare(capsys, encoder.folder)

    assert sum(row["findings"]["status"].values()) == len(found.findings)
    assert row["findings"]["waiting"] == len(found.waiting)
    open_ = sum(one.in_question for one in found.findings)
    said = " ".join(block(printed, "Findings so far").split())
    assert open_ and f"open, not known whether it holds: {open_}" in said
    unanswered = sum(one.asked and one.state == "unanswered" for one in asked)
    assert row["open_questions"] == {"count": unanswered, "unanswered": unanswered}
    assert f"{unanswered} open" in block(printed, "Questions")


def test_a_period_that_runs_stands_under_dates_ahead(
    encoder: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its day and how it was counted, the very sentence the status card has."""
    encoder.answer("use.role", "rightsholder", by="A. Example")
    encoder.answer("use.asked-until", "2026-12-01", by="A. Example")
    dates = encoder.status().dates
    _, printed = compare(capsys, encoder.folder)

    assert dates
    assert all(" ".join(one.split()) in " ".join(block(printed, "Dates ahead").split()) for one in dates)


def test_a_case_nobody_has_captured_says_so(
    encoder: Case, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It has no sources to show and no findings, which is not the same as none."""
    fresh = desk.new(tmp_path / "fresh", "example/fresh")
    code, printed = compare(capsys, encoder.folder, fresh.folder)
    _, row = rows(capsys, encoder.folder, fresh.folder)

    assert code == 0 and "Nobody has looked at the Hub yet." in printed
    assert str(fresh.folder) not in block(printed, "License") + block(printed, "Findings so far")
    assert row["captured"] is False and row["topics"] is row["findings"] is row["made_from"] is None


def test_a_case_that_cannot_be_read_stops_no_other(
    encoder: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is named with the reason, the other is shown all the same, and the exit code is 3."""
    missing = tmp_path / "missing"
    code, printed = compare(capsys, missing, encoder.folder)
    again, out = compare(capsys, missing, encoder.folder, "--json")

    assert code == again == 3
    assert f"{missing} does not exist." in " ".join(printed.split())
    assert "mit (" in block(printed, "License")
    content = json.loads(out)
    assert [one["case"] for one in content["not_read"]] == [str(missing)]
    assert [one["repo"] for one in content["cases"]] == [REPO]


def test_nothing_is_asked_and_nothing_is_written(
    encoder: Case, fake_hub: FakeHub, capsys: pytest.CaptureFixture[str]
) -> None:
    """Looking at cases side by side leaves the Hub and the folder alone."""
    asked = len(fake_hub.requests)
    before = {path: path.stat().st_mtime_ns for path in encoder.folder.rglob("*")}
    compare(capsys, encoder.folder)

    assert len(fake_hub.requests) == asked
    assert {path: path.stat().st_mtime_ns for path in encoder.folder.rglob("*")} == before


def test_long_and_hostile_words_fit_100_columns_and_steer_nothing(
    fake_hub: FakeHub, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A card's words are cut with how much was, wrapped, and shown without signs a terminal obeys."""
    license = "x" * 300
    card = f"---\nlicense: {license}\n---\nUse in a deployed system \x1b[2J is out of scope. " + "Long " * 90
    fake_hub.add(REPO, card=card)
    case = desk.new(tmp_path / ("folder" * 12))
    case.capture()
    _, printed = compare(capsys, case.folder)

    # A folder's own name may be longer than a line; it stays whole to be copied.
    assert str(case.folder) in printed
    assert all(len(line) <= WIDTH for line in printed.splitlines() if str(case.folder) not in line)
    assert "\x1b" not in printed and "more characters" in block(printed, "License")

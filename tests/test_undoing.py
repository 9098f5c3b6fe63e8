"""Undo: what stood before stands again, the record keeps both steps."""

import json
import re
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from cases import CARD, REPO, Desk
from fake_hub import FakeHub
from test_cli import one_sentence, run

from duediligence import ledger
from duediligence.case import Case
from duediligence.errors import BadInputError
from duediligence.verifying import verify
from duediligence.widgets import lineage as lineage_screen

ME, OTHER = "A. Example", "B. Example"
EDGE = f"{REPO}:trained_on:datasets/laion/laion2B-en"


@pytest.fixture
def case(fake_hub: FakeHub, tmp_path: Path) -> Case:
    """A captured case about one small model."""
    fake_hub.add(REPO, card=CARD)
    case = Desk().new(tmp_path / "case")
    case.capture()
    return case


def _answer(case: Case, id: str) -> object:
    (one,) = [one for one in case.questions() if one.question.id == id]
    return one.answer.value if one.answer else None


def test_an_answer_taken_back_was_never_given_and_stays_in_the_record(case: Case) -> None:
    """The question is open again; both steps stand, in order, and the later one names the earlier."""
    case.answer("use.role", ["user"], by=ME)
    said = case.undo(by=ME)
    assert said.text.startswith("Taken back: your answer to “Why are you looking at this model?”.")
    assert _answer(case, "use.role") is None
    given, back = case.chronology()[-2:]
    assert (given["event"], back["event"]) == ("answered", "withdrawn")
    assert back["undoes"] == given["sha256"][:8]
    assert verify(case.folder) == []


def test_undo_after_undo_goes_one_step_further_back(case: Case) -> None:
    """Never back and forth; at the end one sentence says that nothing is left."""
    for value in ("none", "free_product", "paid_product"):
        case.answer("use.commercial", value, by=ME, says="C. Example", reason=f"I was told {value}")
    for value in ("free_product", "none", None):
        case.undo(by=ME)
        assert _answer(case, "use.commercial") == value
    with pytest.raises(BadInputError, match=r"no answer, decision or note of A\. Example"):
        case.undo(by=ME)


def test_what_stands_again_keeps_its_words_and_whose_they_are(case: Case) -> None:
    """Reason and speaker are those of the answer, not of the undo."""
    case.answer("use.commercial", "none", by=ME, says="C. Example", reason="I was told", ask=None)
    case.answer("use.commercial", "unknown", by=ME, ask="provider")
    case.undo(by=ME)
    (one,) = [one for one in case.questions() if one.question.id == "use.commercial"]
    assert one.answer is not None
    assert (one.answer.says, one.answer.reason, one.answer.ask) == ("C. Example", "I was told", None)


@pytest.mark.parametrize("before", [None, "accept", "reject"])
@pytest.mark.parametrize("step", ["accept", "reject"])
def test_a_decision_taken_back_stands_as_it_stood(case: Case, before: str | None, step: str) -> None:
    """Undecided again where nothing was decided; else as it was decided before."""
    if before:
        getattr(case, before)(EDGE, by=ME)
    getattr(case, step)(EDGE, by=ME)
    case.undo(by=ME)
    (edge,) = [edge for edge in case.lineage().edges if edge.id == EDGE]
    assert edge.accepted is {None: None, "accept": True, "reject": False}[before]


def test_a_kept_answer_taken_back_needs_another_look_again(case: Case, fake_hub: FakeHub) -> None:
    """It comes back with what it was shown when it was given."""
    case.answer("use.role", ["user"], by=ME)
    case.answer("use.passes-on", ["none"], by=ME)
    fake_hub.add(REPO, card=CARD.replace("license: mit", "license: cc-by-nc-4.0"))
    case.capture(force=True)
    case.keep("use.passes-on", by=ME)
    assert not [one for one in case.questions() if one.state == "needs_another_look"]
    case.undo(by=ME)
    (again,) = [one for one in case.questions() if one.state == "needs_another_look"]
    assert again.question.id == "use.passes-on"


def test_two_answers_are_two_again_after_the_choice_is_taken_back(case: Case, tmp_path: Path) -> None:
    """Whoever chose between two people's answers can take the choice back; none of the two is lost."""
    theirs = tmp_path / "theirs"
    shutil.copytree(case.folder, theirs)
    case.answer("use.commercial", "none", by=ME)
    Case(theirs).answer("use.commercial", "paid_product", by=OTHER)
    shutil.copytree(theirs / "ledger", case.folder / "ledger", dirs_exist_ok=True)
    case.answer("use.commercial", "free_product", by=ME)
    case.undo(by=ME)
    (one,) = [one for one in case.questions() if one.question.id == "use.commercial"]
    assert one.state == "two_answers"
    assert {(answer.value, answer.says) for answer in one.given} == {("none", ME), ("paid_product", OTHER)}


def test_only_ones_own_steps_are_taken_back(case: Case) -> None:
    """What somebody else did later stays; what they built on mine is not pulled away."""
    case.answer("use.commercial", "none", by=ME)
    case.answer("use.role", ["user"], by=OTHER)
    case.undo(by=ME)
    assert _answer(case, "use.role") == ("user",)

    case.answer("use.commercial", "none", by=ME)
    case.answer("use.commercial", "free_product", by=OTHER)
    assert case.last_step(by=ME) is None
    with pytest.raises(BadInputError, match=r"another entry there, by B\. Example"):
        case.undo(by=ME)
    assert _answer(case, "use.commercial") == "free_product"


def test_a_note_taken_back_says_so(case: Case) -> None:
    """The note stays, and beside it that it was taken back."""
    case.note("Asked the provider.", by=ME)
    assert case.undo(by=ME).text == "Taken back: your note “Asked the provider.”. No finding changed."
    note, back = case.chronology()[-2:]
    assert (note["text"], back["text"]) == (
        "Asked the provider.",
        "Taken back: note “Asked the provider.”.",
    )


def test_a_hold_keeps_what_would_be_withdrawn(case: Case) -> None:
    """An earlier answer may stand again; nothing goes without another in its place."""
    case.answer("use.commercial", "none", by=ME)
    case.answer("use.commercial", "free_product", by=ME)
    case.accept(EDGE, by=ME)
    case.hold(by=ME)
    before = len(case.chronology())
    with pytest.raises(BadInputError, match="on hold since"):
        case.undo(by=ME)
    assert len(case.chronology()) == before
    case.answer("use.commercial", "paid_product", by=ME)
    case.undo(by=ME)
    assert _answer(case, "use.commercial") == "free_product"


@pytest.mark.parametrize("decided", ["accept", "reject"])
def test_a_decision_taken_back_is_told_as_taken_back(case: Case, decided: str) -> None:
    """By whom, when and why; nowhere as a decision either way, and once: an undo is one step."""
    case.issue(by=ME)
    getattr(case, decided)(EDGE, by=ME, says="C. Example")
    case.undo(by=ME, reason="I read the wrong card.")
    what = {"accept": "acceptance", "reject": "rejection"}[decided]
    other = {"accept": "rejected", "reject": "accepted"}[decided]

    listed = run("chronology", case.folder).stdout
    assert (
        f"undone     the {what} of {EDGE} (undecided again; reason: I read the wrong card.)  {ME}" in listed
    )
    assert other not in listed
    changed = run("changes", case.folder, "--since", "memo").stdout
    assert listed.splitlines()[-1].partition("UTC  ")[2] in changed and other not in changed
    told = case.changes("memo").to_json()["people"][-1]
    assert (told["event"], told["undone"], told["by"]) == ("undone", f"{decided}ed", ME)

    page = re.sub(r"<[^>]+>", "", case.memo().html)
    assert f"Taken back: the {what} of" in page and "undecided again" in page
    assert f"Mention {other}" not in page and "I read the wrong card." in page
    # The line says who took it back, not whose words the decision was.
    (row,) = [row for row in case.timeline().rows if row.what.text.startswith("Taken back")]
    assert row.who == ME
    assert "took back 1 step" in str(_seen_by(case, OTHER))
    assert verify(case.folder) == []


def test_an_undo_is_told_where_what_it_took_back_cannot_be_read(case: Case) -> None:
    """Whether that was accepted or rejected is not guessed."""
    case.reject(EDGE, by=ME)
    lost = case.folder / "ledger" / case.chronology()[-1]["name"]
    case.undo(by=ME)
    lost.unlink()
    listed = run("chronology", Case(case.folder).folder).stdout
    assert f"undone     what was done on {EDGE} (undecided again)" in listed
    assert "accept" not in listed and "reject" not in listed


def test_why_something_was_taken_back_does_not_leave_the_house_with_a_pack(case: Case) -> None:
    """It is in somebody's own words, like every reason."""
    case.accept(EDGE, by=ME)
    case.undo(by=ME, reason="I read the wrong card.")
    case.issue(by=ME)
    (made,) = case.pack(case.folder / "packs" / "pack.zip")
    with zipfile.ZipFile(made.path) as packed:
        texts = [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    assert any("Taken back: the acceptance of" in re.sub(r"<[^>]+>", "", text) for text in texts)
    assert not any("wrong card" in text for text in texts)


def _seen_by(case: Case, name: str) -> object:
    """The status card for somebody whose last entry lies before everything but the opening."""
    case.keep_typist(name)
    first = case.chronology()[1]["sha256"]
    ledger.append(
        case.folder / "ledger",
        {"event": "noted", "text": "Read.", "by": name},
        seen=[first],
        clock=lambda: datetime.fromisoformat(case.chronology()[1]["at"]),
        randomness=lambda n: bytes(n),
    )
    return case.status()


def test_an_answer_taken_back_is_no_answer_given(case: Case) -> None:
    """Record and memo say that it was taken back, and which answer stands again."""
    case.answer("use.commercial", "none", by=ME)
    case.issue(by=ME)
    case.answer("use.commercial", "free_product", by=ME, says="C. Example")
    case.undo(by=ME)
    listed = [one for one in run("chronology", case.folder).stdout.splitlines() if "use.commercial" in one]
    assert "undone     the answer to use.commercial (what stood before stands again)" in listed[-1]
    page = re.sub(r"<[^>]+>", "", case.memo().html)
    assert "what stood before stands again (A3)" in page and "taken back; A3 stands" in page
    assert page.count("Answered anew") == 1


def test_undo_on_the_command_line(case: Case) -> None:
    """One sentence says what was taken back, or that there is nothing."""
    assert run("answer", case.folder, "use.commercial", "none", "--by", ME).returncode == 0
    done = run("undo", case.folder, "--by", ME)
    assert done.returncode == 0
    assert done.stdout.startswith("Taken back: your answer to “")
    assert "to take back" in one_sentence(run("undo", case.folder, "--by", ME), 3)


def test_a_mention_is_decided_by_the_short_id_that_every_door_shows(case: Case) -> None:
    """List, status, notebook and memo show it while it is undecided; the record holds the long one."""
    (edge,) = [edge for edge in case.lineage().edges if edge.id == EDGE]
    page = json.dumps(lineage_screen.page(case.lineage()))
    shown = [run(one, case.folder).stdout for one in ("lineage", "status")]
    for said in (*shown, page, re.sub(r"<[^>]+>", "", case.memo().html)):
        assert edge.short in said
    assert run("accept", case.folder, edge.short, "--by", ME).returncode == 0
    assert case.chronology()[-1]["mention"] == EDGE
    assert edge.short not in run("status", case.folder).stdout
    assert EDGE in one_sentence(run("accept", case.folder, "m-nothing"), 3)

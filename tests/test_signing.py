"""Who prepared, reviewed and released a memo: on record, and no part of what the next memo is made from."""

import pytest
from cases import CARD, REPO
from test_cli import one_sentence, run

from duediligence.case import Case
from duediligence.errors import BadInputError
from duediligence.verifying import verify


@pytest.fixture
def case(desk, fake_hub, tmp_path) -> Case:
    """A case with one issued memo."""
    fake_hub.add(REPO, card=CARD)
    opened = desk.new(tmp_path / "case")
    opened.capture()
    opened.issue(by="A. Example")
    return opened


def test_signing_changes_no_memo(case):
    """The memo that was signed is the memo of this record still, byte for byte."""
    before = case.issue().path.read_bytes()
    made_from = case._reading().made_from
    case.sign("prepared", by="A. Example")
    case.sign("reviewed", by="A. Example", says="B. Partner", reason="dates and quotes")

    again = case.issue()
    assert not again.new and again.path.read_bytes() == before
    assert case._reading().made_from == made_from
    assert case.reissue("last").same
    assert verify(case.folder) == []


def test_the_next_memo_tells_who_signed_the_one_before(case):
    """Chronology and status say who, as what; a memo issued after further work has it in its record."""
    case.sign("reviewed", by="A. Example", says="B. Partner")
    row = next(row for row in case.status().rows if row.title == "Memo")
    assert row.says == "1 issued; the last reviewed by B. Partner, not released"
    case.sign("released", by="B. Partner")
    assert "not released" not in str(case.status())

    case.note("A letter came.", by="A. Example")
    memo = case.issue().path.read_text("utf-8")
    assert "signed as reviewed" in memo and "signed as released" in memo
    assert "B. Partner (typed by A. Example)" in memo


def test_what_cannot_be_signed_is_refused(case):
    """No memo of that name, no such step, twice by one person, or a file that is not as it was issued."""
    with pytest.raises(BadInputError, match="No memo 2020"):
        case.sign("prepared", "2020-01-01-00000000", by="A. Example")
    with pytest.raises(BadInputError, match="one of: prepared, reviewed, released"):
        case.sign("approved", by="A. Example")
    case.sign("prepared", by="A. Example")
    with pytest.raises(BadInputError, match="as prepared already"):
        case.sign("prepared", by="A. Example")
    path = case.issue().path
    path.write_text(path.read_text("utf-8") + " ", "utf-8")
    count = len(case.chronology())
    with pytest.raises(BadInputError, match="not as it was issued"):
        case.sign("reviewed", by="A. Example")
    assert len(case.chronology()) == count


def test_a_case_without_a_memo_has_nothing_to_sign(desk, tmp_path):
    """A preview is a draft: it is in no record, and nobody can release it."""
    case = desk.new(tmp_path / "case")
    with pytest.raises(BadInputError, match="Issued: none"):
        case.sign("released", by="A. Example")


def test_the_command(case):
    """As a person types it; the chronology shows what was signed."""
    done = run("sign", case.folder, "--as", "released", "--by", "B. Partner")
    assert done.returncode == 0, done.stderr
    assert "released by B. Partner" in done.stdout
    assert " as released" in run("chronology", case.folder).stdout
    assert "already" in one_sentence(run("sign", case.folder, "--as", "released", "--by", "B. Partner"), 3)
    assert run("sign", case.folder).returncode == 2

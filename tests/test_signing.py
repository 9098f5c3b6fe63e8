"""Who prepared, reviewed and released a memo: on record, and no part of what the next memo is made from."""

import json
import re
import zipfile

import pytest
from cases import CARD, REPO
from test_cli import one_sentence, run

from duediligence.case import Case
from duediligence.errors import BadInputError
from duediligence.pack.checking import verify as verify_pack
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


def _line(case: Case, *, issue: bool = False) -> str:
    """The words above page 1 of the memo as of now."""
    page = case.issue(by="A. Example").path.read_text("utf-8") if issue else case.memo().html
    head = page.split('<p class="line">')[1].split("</p>")[0]
    return " ".join(re.sub(r"<[^>]+>", "", head).split())


def test_a_sign_off_speaks_of_the_record_it_was_given_on(case):
    """What came since is counted: in the next memo, in the status, and to whoever signs an earlier memo."""
    case.sign("reviewed", by="B. Partner")
    assert "reviewed by" not in _line(case), "nothing has come since: it is the memo that was signed"
    assert "come since" not in str(case.status())
    memo = case.chronology()[-1]["memo"]
    case.note("A letter came.", by="A. Example")
    case.note("And another.", by="A. Example")

    said = f"Memo {memo} was reviewed by B. Partner, on the record as it was then; 2 entries have come since."
    for issue in (False, True):
        assert f"{said} That does not speak for this memo." in _line(case, issue=issue)
    effect = case.sign("released", memo, by="C. Chief")
    assert "says nothing on the 2 entries made since" in str(effect)
    assert case.reissue("last").same


def test_a_sign_off_is_taken_back_and_both_stay(case):
    """Who, when and why are told by status, chronology and the next memo, which says it is a draft again."""
    case.sign("reviewed", by="B. Partner")
    case.sign("released", by="C. Chief")
    memo = case.issue().path
    before = memo.read_bytes()
    count = len(case.chronology())
    effect = case.take_back("released", reason="The term is wrong.", of="C. Chief", by="A. Example")

    assert "It is a draft again." in str(effect)
    assert len(case.chronology()) == count + 1
    assert memo.read_bytes() == before and case.reissue("last").same and verify(case.folder) == []
    assert "the last reviewed by B. Partner, not released, sign-off as released taken back" in str(
        case.status()
    )
    name = memo.parent.name
    for issue in (False, True):
        line = _line(case, issue=issue)
        assert f"Memo {name} was reviewed by B. Partner, on the record as it was then. That" in line
        assert f"by A. Example: that memo {name} was released by C. Chief. Reason: The term is wrong" in line
        assert f"Memo {name} is a draft again." in line
    page = case.issue().path.read_text("utf-8")
    assert "sign-off as released by" in page and "taken back. Reason:" in page
    assert case.reissue("last").same and case.reissue(name).same


def test_what_was_taken_back_can_be_signed_anew(case):
    """Another time, by the same person; only the sign-off that was named is gone."""
    for who in ("B. Partner", "C. Chief"):
        case.sign("released", by=who)
    case.take_back("released", reason="Too early.", by="B. Partner")
    assert "not released" not in str(case.status()), "the other one stands"
    case.sign("released", by="B. Partner")
    with pytest.raises(BadInputError, match="as released already"):
        case.sign("released", by="B. Partner")


def test_what_cannot_be_taken_back_is_refused(case):
    """Without a reason, what somebody else signed without naming them, and what is taken back already."""
    case.sign("released", by="C. Chief")
    count = len(case.chronology())
    with pytest.raises(BadInputError, match="needs a reason"):
        case.take_back("released", reason=" ", by="C. Chief")
    with pytest.raises(BadInputError, match=r"signed so by: C\. Chief"):
        case.take_back("released", reason="wrong", by="A. Example")
    with pytest.raises(BadInputError, match=r"has not signed .* as prepared; signed so by: nobody"):
        case.take_back("prepared", reason="wrong", by="C. Chief")
    assert len(case.chronology()) == count
    case.take_back("released", reason="wrong", by="C. Chief")
    with pytest.raises(BadInputError, match="signed so by: nobody"):
        case.take_back("released", reason="wrong", by="C. Chief")


@pytest.mark.parametrize("names", [False, True])
def test_a_pack_tells_that_a_release_was_taken_back(case, tmp_path, names):
    """The contents page says that it is a draft again; the name and the words go along only when chosen."""
    case.sign("released", by="C. Chief")
    case.take_back("released", reason="Kim was not asked yet.", by="C. Chief")
    case.pack(tmp_path / "pack.zip", names=names)
    assert verify_pack(tmp_path / "pack.zip").problems == ()
    with zipfile.ZipFile(tmp_path / "pack.zip") as pack:
        text = pack.read("contents.txt").decode()
        told = json.loads(pack.read("contents.json"))["signatures"]
    assert "Its release was taken back: this memo is a draft again." in text
    assert "released: by nobody any more" in text and "taken back by" in text
    assert ("Kim was not asked yet." in text and "C. Chief" in text) == names
    assert [one["taken_back"] is not None for one in told] == [True]


def test_a_copy_without_names_tells_no_name_of_who_signed_before(case, tmp_path):
    """Page 1 of the next memo names who signed the one before; in the copy they are persons with a number."""
    case.sign("reviewed", by="Bea Partner-Signer")
    case.sign("released", by="Cara Chief-Signer")
    case.take_back("released", reason="Kim was not asked yet, she said.", by="Cara Chief-Signer")
    case.note("A letter came.", by="A. Example")
    case.issue(by="A. Example")
    assert "Bea Partner-Signer" in _line(case)
    case.pack(tmp_path / "pack.zip")
    assert verify_pack(tmp_path / "pack.zip").problems == ()
    with zipfile.ZipFile(tmp_path / "pack.zip") as pack:
        held = b"".join(pack.read(name) for name in pack.namelist() if not name.startswith("law/"))
        page = pack.read("page-1.html").decode()
    for text in ("Partner-Signer", "Chief-Signer", "Kim was not asked"):
        assert text.encode() not in held, text
    assert "is a draft again" in page and "person " in page


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
    with pytest.raises(BadInputError, match="No memo was issued yet"):
        case.sign("released", by="A. Example")


def test_the_command(case):
    """As a person types it; the chronology shows what was signed."""
    done = run("sign", case.folder, "--as", "released", "--by", "B. Partner")
    assert done.returncode == 0, done.stderr
    assert "released by B. Partner" in done.stdout
    assert " as released" in run("chronology", case.folder).stdout
    assert "already" in one_sentence(run("sign", case.folder, "--as", "released", "--by", "B. Partner"), 3)
    assert run("sign", case.folder).returncode == 2
    back = ("sign", case.folder, "--as", "released", "--take-back", "--by", "B. Partner")
    assert "needs a reason" in one_sentence(run(*back), 3)
    done = run(*back, "--reason", "a slip in it")
    assert done.returncode == 0 and "It is a draft again." in done.stdout
    assert "unsigned" in run("chronology", case.folder).stdout
    assert run("sign", case.folder, "--as", "released", "--of", "B. Partner").returncode == 2

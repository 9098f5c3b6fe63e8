"""Hold, the file a lawyer directs, and what exists where: nothing that must be kept goes."""

import json
import re
import shutil
from datetime import datetime

import pytest
from cases import Desk
from test_cli import one_sentence, run

from duediligence.case import SAMPLE, Case
from duediligence.errors import BadInputError
from duediligence.history import fold
from duediligence.verifying import verify


@pytest.fixture
def case(tmp_path):
    """A case with one answer and no capture."""
    opened = Desk().new(tmp_path / "case", SAMPLE)
    opened.answer("use.commercial", "none", by="A. Example")
    return opened


def test_a_hold_refuses_to_withdraw_and_loses_nothing(case):
    """The answer stays; a new answer beside it is what remains open."""
    case.hold(
        scope="everything on the model", custodian="B. Keeper", reason="letter of counsel", by="A. Example"
    )
    before = len(case.chronology())

    with pytest.raises(BadInputError, match=r"on hold since 20\d\d-\d\d-\d\d: nothing is withdrawn"):
        case.withdraw("use.commercial")
    assert len(case.chronology()) == before
    case.answer("use.commercial", "paid_product", by="A. Example")
    assert verify(case.folder) == []


def test_a_hold_says_who_keeps_what_and_is_lifted_with_a_reason(case):
    """Status, record and chronology show it; lifting it needs a reason, and is no second state."""
    case.hold(scope="everything on the model", custodian="B. Keeper", by="A. Example")

    (notice,) = case.status().notices
    assert "everything on the model" in notice and "B. Keeper" in notice
    with pytest.raises(BadInputError, match="on hold already"):
        case.hold()
    with pytest.raises(BadInputError, match="needs a reason"):
        case.release(reason=" ")
    case.release(reason="counsel said so", by="A. Example")
    assert case.status().notices == ()
    case.withdraw("use.commercial", by="A. Example")
    with pytest.raises(BadInputError, match="is not on hold"):
        case.release(reason="again")


def test_a_hold_and_a_release_that_did_not_know_each_other_hold(case, tmp_path):
    """Two people: what one puts on hold the other has not lifted."""
    other = tmp_path / "other"
    case.hold(by="A. Example")
    _copy(case.folder, other)
    case.release(reason="done", by="A. Example")
    Case(other).release(reason="done too", by="B. Example")
    Case(other).hold(by="B. Example")
    _copy(other / "ledger", case.folder / "ledger")

    assert fold(Case(case.folder)._files.graph()).held["by"] == "B. Example"


def _copy(source, target):
    for path in source.rglob("*"):
        if path.is_file():
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(path.read_bytes())


def test_drafts_and_previews_are_put_aside_while_on_hold(case):
    """Answering drops the draft, a preview replaces the one before: both stay while everything is kept."""
    case.capture()
    case.preview()
    case.hold(by="A. Example")
    case.keep_draft("use.commercial", {"text": "half a thought"})
    case.answer("use.commercial", "paid_product", by="A. Example")
    case.preview()

    assert case.drafts() == {}
    (draft,) = (case.folder / ".drafts" / "kept").iterdir()
    assert "half a thought" in draft.read_text()
    assert len(list((case.folder / ".preview" / "kept").iterdir())) == 1


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    """The folder of a case with an issued memo, from which each test takes its own copy."""
    opened = Desk().new(tmp_path_factory.mktemp("made") / "case", SAMPLE)
    opened.answer("use.commercial", "none", by="A. Example")
    opened.capture()
    opened.issue(by="A. Example")
    return opened.folder


@pytest.fixture
def issued(made_once, tmp_path):
    """A case with one answer and an issued memo."""
    shutil.copytree(made_once, tmp_path / "issued")
    return Desk(2).open(tmp_path / "issued")


WRITERS = {
    "lineage": ("lineage", "{case}", "--svg", "{file}"),
    "chronology": ("chronology", "{case}", "--svg", "{file}"),
    "questions": ("questions", "{case}", "--for", "counsel", "--output", "{file}"),
    "bom": ("bom", "{case}", "--output", "{file}"),
    "preview": ("memo", "{case}", "--output", "{file}"),
    "twin": ("memo", "{case}", "--format", "json", "--output", "{file}"),
    "again": ("memo", "{case}", "--again", "last", "--output", "{file}"),
    "pack": ("pack", "{case}", "--output", "{file}"),
}
"""Every command that writes a file somebody names."""


@pytest.mark.parametrize("writer", WRITERS)
def test_no_command_loses_a_file_while_on_hold(issued, tmp_path, writer):
    """What was there is put aside, and it is said where; without a hold it is replaced, as anywhere."""
    file = tmp_path / "out" / "file"
    file.parent.mkdir()
    words = [part.format(case=issued.folder, file=file) for part in WRITERS[writer]]
    file.write_text("what we sent")
    assert run(*words).returncode == 0 and file.read_bytes() != b"what we sent"
    assert list(file.parent.iterdir()) == [file]

    issued.hold(by="A. Example")
    file.write_text("what we sent")
    done = run(*words)
    (kept,) = (file.parent / "kept").iterdir()
    assert done.returncode == 0 and kept.read_text() == "what we sent"
    assert f"{file} was there and the case is on hold: what it held is kept as {kept}." in done.stderr


@pytest.mark.parametrize("writer", WRITERS)
def test_no_command_replaces_what_somebody_wrote_in(issued, tmp_path, writer):
    """A form with an answer, a remark or nothing but another line end; a form as it was made is made anew."""
    form, file = tmp_path / "form.yaml", tmp_path / "file"
    asked = [part.format(case=issued.folder, file=form) for part in WRITERS["questions"]]
    assert run(*asked).returncode == 0 and run(*asked).returncode == 0
    made = form.read_bytes()
    words = [part.format(case=issued.folder, file=file) for part in WRITERS[writer]]
    for theirs in (
        made.replace(b"value:\n", b"value: unknown\n", 1),
        made.replace(b"for: counsel", b"# Call me first.\nfor: counsel"),
        made.rpartition(b"# As it was")[0],
    ):
        file.write_bytes(theirs)
        assert f"{file} is there, and somebody has written in it" in one_sentence(run(*words), 3)
        assert file.read_bytes() == theirs

    issued.answer("use.acts", ["product"], by="A. Example")
    file.write_bytes(made)
    assert run(*words).returncode == 0 and file.read_bytes() != made


def test_a_word_file_that_counsel_has_edited_is_not_made_anew(issued, tmp_path):
    """Whoever saves it leaves the time in it; an unopened one is replaced."""
    docx = pytest.importorskip("docx")
    file = tmp_path / "memo.docx"
    words = ("memo", issued.folder, "--format", "docx", "--output", file)
    assert run(*words).returncode == 0
    issued.note("Called the provider.", by="A. Example")
    assert run(*words).returncode == 0

    document = docx.Document(file)
    document.add_paragraph("Counsel: not so.")
    document.core_properties.modified = datetime(2026, 11, 28, 9, 30)
    document.save(file)
    edited = file.read_bytes()
    issued.note("Called again.", by="A. Example")
    assert "somebody has written in it" in one_sentence(run(*words), 3)
    assert file.read_bytes() == edited


@pytest.mark.parametrize("writer", WRITERS)
def test_no_command_writes_into_the_record(issued, writer):
    """On hold or not: an event, a capture or an issued memo is not overwritten by naming its file."""
    (memo,) = (issued.folder / "memos").glob("*/memo.html")
    event = issued.folder / "ledger" / issued.chronology()[0]["name"]
    for file in (memo, event, issued.folder / "ledger" / "new.json"):
        before = file.read_bytes() if file.exists() else None
        words = [part.format(case=issued.folder, file=file) for part in WRITERS[writer]]
        assert "nothing is overwritten" in one_sentence(run(*words), 3)
        assert (file.read_bytes() if file.exists() else None) == before
    assert verify(issued.folder) == []


def test_a_file_in_a_case_on_hold_is_kept_whoever_writes_it(case, tmp_path):
    """The command is about no case, or another one: what lies in the folder is put aside all the same."""
    case.hold(by="A. Example")
    file = case.folder / "law.html"
    file.write_text("with marks of counsel")
    link = tmp_path / "link.html"
    link.symlink_to(file)
    for name, way in ((file, file), (link, link)):
        file.write_text(f"with marks of counsel on {name.name}")
        done = run("check-legal", "--html", way)
        assert "what it held is kept as" in done.stderr
    held = sorted(path.read_text() for path in (case.folder / "kept").iterdir())
    assert held == ["with marks of counsel on law.html", "with marks of counsel on link.html"]


def test_typing_on_replaces_a_draft_and_starting_over_does_not(case):
    """On hold, what was typed and then crossed out stays; each letter more is no version of its own."""
    case.hold(by="A. Example")
    for text in ("we", "we think", "we think not", "no"):
        case.keep_draft("use.entity", {"text": text})
    (kept,) = (case.folder / ".drafts" / "kept").iterdir()
    assert "we think not" in kept.read_text()
    assert case.drafts()["use.entity"] == {"text": "no"}


def test_undo_keeps_what_a_hold_keeps(case):
    """An answer alone is not taken back; one that took another's place is, and both stay on record."""
    case.hold(by="A. Example")
    with pytest.raises(BadInputError, match="is on hold since"):
        case.undo(by="A. Example")
    case.answer("use.commercial", "paid_product", by="A. Example")
    case.undo(by="A. Example")
    kinds = [event["event"] for event in case.chronology()]
    assert kinds[-3:] == ["held", "answered", "answered"] and "withdrawn" not in kinds


def test_a_hold_stands_in_the_memo(case):
    """Counsel reads since when, what, and who keeps it."""
    case.capture()
    case.hold(scope="all mails of 2026", custodian="B. Keeper", by="A. Example")
    memo = case.memo().html

    assert "all mails of 2026" in memo and "B. Keeper" in memo


def test_a_file_a_lawyer_directs_keeps_their_notes_out_of_the_record(tmp_path):
    """Notes for counsel lie beside the ledger and stand in no memo; no preview is written by itself."""
    case = Desk().new(tmp_path / "case", SAMPLE, counsel="C. Lawyer")
    case.capture()
    case.note("what we think of the chances", by="A. Example", privileged=True)

    (note,) = (case.folder / "privileged").iterdir()
    assert "For C. Lawyer." in note.read_text() and "what we think" in note.read_text()
    assert "privileged/" in (case.folder / ".gitignore").read_text()
    assert "what we think" not in json.dumps(case.chronology())
    preview = case.memo()
    assert preview.path is None and "what we think" not in preview.html
    assert "as directed by C. Lawyer" in re.sub("<[^>]*>", "", preview.html)
    assert not (case.folder / ".preview").exists()
    with pytest.raises(BadInputError, match="no copy is written by itself"):
        case.preview()
    assert case.preview(output=tmp_path / "memo.html").is_file()
    assert verify(case.folder) == []


def test_without_a_lawyer_no_note_is_privileged(case):
    """A label makes no privilege: the note is refused, not filed under a word that does not hold."""
    with pytest.raises(BadInputError, match="No lawyer directs"):
        case.note("between us", privileged=True)
    assert not (case.folder / "privileged").exists()


def test_copies_lists_what_lies_where(case):
    """Whoever must produce or return the file knows what there is, and that copies elsewhere are unknown."""
    case.capture()
    case.preview()
    found = case.copies()

    assert {one.where.name for one in found.kept} >= {"ledger", "captures", ".preview"}
    assert "not known here" in str(found)
    assert next(iter(found.to_json())) == "copies"


def test_the_commands(tmp_path):
    """As a person uses them: the warning at the beginning, hold, a refused withdrawal, release, copies."""
    folder = tmp_path / "case"
    said = run("new", folder, "sample", "--counsel", "C. Lawyer").stdout
    assert "Write facts, not opinions" in said and "Directed by C. Lawyer" in said
    assert run("answer", folder, "use.commercial", "none").returncode == 0
    assert run("hold", folder, "--custodian", "B. Keeper").returncode == 0
    assert "on hold" in one_sentence(run("withdraw", folder, "use.commercial"), 3)
    assert run("release", folder, "--reason", "counsel said so").returncode == 0
    assert run("withdraw", folder, "use.commercial").returncode == 0
    listed = json.loads(run("copies", folder, "--json").stdout)
    assert str(folder / "ledger") in {one["where"] for one in listed["copies"]}

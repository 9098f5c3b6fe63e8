"""The pack that leaves the house: checked by other people's tools, and holding only what somebody chose."""

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cases import CARD, REPO
from test_cli import one_sentence, run

from duediligence.bom.checking import problem
from duediligence.case import Case
from duediligence.errors import BadInputError
from duediligence.pack.checking import is_pack
from duediligence.pack.checking import verify as verify_pack
from duediligence.pack.zipped import SUMS, with_sums, zipped
from duediligence.verifying import verified, verify

WARCIO = str(Path(sys.executable).with_name("warcio"))
HOSTILE = "<script>document.title='PWNED'</script><img src=x onerror=alert(1)>"
PEOPLE = ("Ann Author", "Bea Partner", "Cara Keeper", "Dora Witness", "Ed Typist")
WORDS = (
    "because Dora told me on the phone",
    "Fritz Private, 12 Home Street",
    "a note on Gero Private",
    "the mails of Hanna Private",
    "what Ida Private wrote by hand",
    "Jon Private reviewed the quotes",
    "Takedown of pictures of Kim Bystander",
    "I am Kim Bystander and my license says no",
    "asker",
    "letter-of-Lea-Private",
)


@pytest.fixture
def case(desk, fake_hub, tmp_path) -> Case:
    """A case with names and own words in every kind of event, and an issued memo."""
    fake_hub.add(REPO, card=CARD)
    fake_hub.discussion(WORDS[6], WORDS[7], repo=REPO)
    opened = desk.new(tmp_path / "case")
    opened.capture()
    fill(opened, tmp_path)
    opened.issue(by=PEOPLE[0])
    opened.sign("reviewed", says=PEOPLE[1], by=PEOPLE[4], reason=WORDS[5])
    return opened


def fill(case: Case, folder: Path) -> None:
    """What people add: answers, a decision, a note, a page, a hold."""
    case.answer("use.commercial", "none", reason=WORDS[0], says=PEOPLE[0], by=PEOPLE[4])
    case.answer("use.entity", WORDS[1], by=PEOPLE[0])
    case.answer("training.trainer", "unknown", ask=PEOPLE[3], by=PEOPLE[0])
    (edge,) = [one for one in case.lineage().edges if one.stated_in == "prose" and "laion2B" in one.upstream]
    case.accept(edge.id, reason=WORDS[0], by=PEOPLE[0])
    case.note(WORDS[2], by=PEOPLE[0])
    page = folder / f"{WORDS[9]}.html"
    page.write_text(f"<p>{WORDS[4]}: we rely on legitimate interests. {HOSTILE}</p>", "utf-8")
    case.attach(page, reason=WORDS[0], by=PEOPLE[0])
    case.hold(scope=WORDS[3], custodian=PEOPLE[2], by=PEOPLE[0])


def unpacked(path: Path, into: Path) -> Path:
    """The pack at *path*, unpacked by the tool people have."""
    subprocess.run(["unzip", "-q", path, "-d", into], check=True)
    return into


def everything(folder: Path) -> bytes:
    """Every byte and every name below *folder*."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return b"\n".join(str(path.relative_to(folder)).encode() + b"\n" + path.read_bytes() for path in files)


@pytest.mark.parametrize("names", [False, True])
@pytest.mark.parametrize("attachments", [False, True])
def test_other_tools_alone_check_a_pack(case, tmp_path, names, attachments):
    """sha256sum, unzip, warcio and the validator of CycloneDX find nothing wrong, and nor do we."""
    out = tmp_path / "pack.zip"
    case.pack(out, names=names, attachments=attachments)
    folder = unpacked(out, tmp_path / "pack")

    done = subprocess.run(
        ["sha256sum", "--strict", "-c", SUMS], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == sum(path.is_file() for path in folder.rglob("*")) - 1
    archives = sorted(folder.glob("record/captures/*/exchanges.warc.gz"))
    assert len(archives) == 1 + attachments
    subprocess.run([WARCIO, "check", *archives], check=True)
    edition = "cd law && sha256sum $(find * -type f | LC_ALL=C sort) | sha256sum"
    digest = subprocess.check_output(edition, shell=True, cwd=folder, text=True)
    assert digest[:64] == json.loads((folder / "memo/memo.json").read_text())["law_digest"]
    assert problem((folder / "bom.cdx.json").read_text()) is None
    for path in (out, folder):
        assert is_pack(path) and verify_pack(path).problems == ()
    assert verify_pack(out).redacted == (0 if names else len(case.chronology()) - 1)


def test_without_a_choice_no_name_and_no_word_of_a_person_leaves(case, tmp_path):
    """Names, reasons, notes, free answers, threads and attachments are nowhere in the pack; it says so."""
    out = tmp_path / "pack.zip"
    case.pack(out)
    folder = unpacked(out, tmp_path / "pack")
    shutil.rmtree(folder / "law")  # its examples name people who are nobody
    held = everything(folder)

    for text in (*PEOPLE, *WORDS, "A. Example"):
        assert text.encode() not in held and json.dumps(text)[1:-1].encode() not in held, text
    twin = json.loads((folder / "memo/memo.json").read_text())
    (entity,) = [one for one in twin["answers"] if one["question"] == "use.entity"]
    (commercial,) = [one for one in twin["answers"] if one["question"] == "use.commercial"]
    assert entity["value"] == "[left out of this copy]" and entity["by"].startswith("person ")
    assert commercial["value"] == "none" and commercial["says"] == entity["says"]
    assert "Copy without names of memo" in (folder / "memo/memo.html").read_text("utf-8")
    said = (folder / "contents.txt").read_text("utf-8")
    for words in (
        "words of their own",
        "Attachments: E",
        "Discussions, which name bystanders: E",
        "reviewed by person",
    ):
        assert words in said, words


def test_what_published_sources_say_stays_although_a_person_wrote_the_same(desk, fake_hub, tmp_path):
    """An answer is left out; the same words in the card are the card's."""
    said = "The Example Institute of Pictures made it for research."
    fake_hub.add(
        REPO, card=f"---\nlicense: cc-by-nc-sa-4.0\n---\n# T\n\nIt was trained on YFCC100M. {said}\n"
    )
    case = desk.new(tmp_path / "case")
    case.capture()
    case.answer("training.trainer", said, says="Example Institute", by="A. Example")
    case.answer("use.revision", "cc-by-nc-sa-4.0", by="A. Example")
    case.issue(by="A. Example")
    case.pack(tmp_path / "pack.zip")
    with zipfile.ZipFile(tmp_path / "pack.zip") as pack:
        twin = json.loads(pack.read("memo/memo.json"))
    assert {one["value"] for one in twin["answers"]} == {"[left out of this copy]"}
    assert {one["value"] for one in twin["facts"] if one["key"] == "license"} == {"cc-by-nc-sa-4.0"}
    assert "A. Example" not in json.dumps(twin)


def test_what_changed_in_a_thread_or_a_page_is_not_told_without_names(case, fake_hub, tmp_path):
    """The memo after the next look quotes old and new words of both; the copy without names does not."""
    page = tmp_path / f"{WORDS[9]}.html"
    page.write_text("<p>Nora Bystander answers the phone on Mondays.</p>", "utf-8")
    case.attach(page, by=PEOPLE[0])
    fake_hub.discussion("", "Mila Bystander asks for a license too.", repo=REPO, number=1)
    case.release(reason=WORDS[5], by=PEOPLE[0])
    case.capture(force=True)
    issued = case.issue(by=PEOPLE[0]).path
    assert "Mila Bystander" in issued.read_text("utf-8")
    assert "Nora Bystander" in issued.with_suffix(".json").read_text("utf-8")
    case.pack(tmp_path / "pack.zip")
    folder = unpacked(tmp_path / "pack.zip", tmp_path / "pack")
    shutil.rmtree(folder / "law")
    held = everything(folder)
    for text in ("Mila Bystander", "Nora Bystander", *PEOPLE, *WORDS):
        assert text.encode() not in held, text


def test_with_names_the_memo_is_the_one_that_was_issued(case, tmp_path):
    """Byte for byte; with the attachments too, the record in the pack is the case, and opens as one."""
    issued = case.issue().path
    case.pack(tmp_path / "pack.zip", names=True, attachments=True)
    folder = unpacked(tmp_path / "pack.zip", tmp_path / "pack")

    assert (folder / "memo/memo.html").read_bytes() == issued.read_bytes()
    assert (folder / "memo/memo.json").read_bytes() == issued.with_suffix(".json").read_bytes()
    assert verify(folder / "record") == []
    again = Case(folder / "record")
    assert again.facts() == case.facts() and again.chronology() == case.chronology()
    assert "Left out" not in (folder / "contents.txt").read_text("utf-8")


def test_exhibits_are_the_bodies_as_received_under_names_of_ours(case, tmp_path):
    """One file for each number, its bytes unchanged, opened as text whatever it holds."""
    case.pack(tmp_path / "pack.zip", names=True, attachments=True)
    folder = unpacked(tmp_path / "pack.zip", tmp_path / "pack")
    entries = {one.evidence: one for one in case._reading().entries if one.evidence}
    found = {path.name.split("-")[0]: path for path in (folder / "exhibits").iterdir()}

    assert set(found) == set(entries)
    for number, path in found.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entries[number].sha256
        assert path.suffix == ".txt"
    assert any(HOSTILE.encode() in path.read_bytes() for path in found.values())
    assert found["E2"].name == "E2-README.md-of-example-encoder.txt"


@pytest.mark.parametrize("names", [False, True])
@pytest.mark.parametrize("attachments", [False, True])
def test_files_that_answers_rest_on_go_along_only_when_chosen(desk, fake_hub, tmp_path, names, attachments):
    """Else they are told by their digests; their names are the words of people; a change is found."""
    fake_hub.add(REPO, card=CARD)
    case = desk.new(tmp_path / "case")
    case.capture()
    copies = [("Brief März.txt", b"as agreed on Monday"), ("order.txt", b"we order it")]
    case.answer("use.role", ["user"], by=PEOPLE[0], copies=copies)
    digests = [hashlib.sha256(data).hexdigest() for _, data in copies]
    memo = case.issue(by=PEOPLE[0]).path.read_text("utf-8")
    for (name, _), digest in zip(copies, digests, strict=True):
        assert f'<bdi class="name">{name.replace(" ", "_")}</bdi> (SHA-256 {digest[:8]}…)' in memo

    case.pack(tmp_path / "pack.zip", names=names, attachments=attachments)
    folder = unpacked(tmp_path / "pack.zip", tmp_path / "pack")
    kept = sorted((folder / "record").glob("attachments/*"))
    assert {path.read_bytes() for path in kept} == ({data for _, data in copies} if attachments else set())
    assert all(hashlib.sha256(path.read_bytes()).hexdigest()[:8] == path.name[:8] for path in kept)
    assert verify_pack(folder).problems == ()
    assert (b"order.txt" in everything(folder)) == names
    listed = (folder / "contents.txt").read_text("utf-8")
    assert all((f"{digest[:8]}…" in listed) != attachments for digest in digests)
    if names and attachments:
        assert verify(folder / "record") == []

    for path in kept:
        files = [one for one in folder.rglob("*") if one.is_file() and one.name != SUMS]
        changed = {one.relative_to(folder).as_posix(): one.read_bytes() for one in files}
        changed[path.relative_to(folder).as_posix()] += b"#"
        (tmp_path / "changed.zip").write_bytes(zipped(with_sums(changed)))
        assert any("was altered" in one for one in verify_pack(tmp_path / "changed.zip").problems)


def test_page_1_stands_alone_and_leads_into_the_memo(case, tmp_path):
    """It has the head of the memo and its first page, and no way that leads nowhere."""
    case.pack(tmp_path / "pack.zip", names=True)
    with zipfile.ZipFile(tmp_path / "pack.zip") as pack:
        page = pack.read("page-1.html").decode()
        memo = pack.read("memo/memo.html").decode()
    assert "What we ask you" in page and "Chronology" not in page
    assert "default-src 'none'" in page
    for link in page.split('href="')[1:]:
        target = link.partition('"')[0]
        where, _, anchor = target.partition("#")
        if not target.startswith("http"):
            assert where in ("", "memo/memo.html")
            assert f'id="{anchor}"' in (memo if where else page)


@pytest.mark.parametrize("names", [False, True])
def test_the_contents_page_names_every_file_and_says_what_it_is(case, tmp_path, names):
    """Whatever is in the ZIP, the memo for Word too: no name without its line, no line without its file."""
    pytest.importorskip("docx")
    case.answer("use.role", "user", by=PEOPLE[0], copies=[("order.txt", b"we order it")])
    case.issue(by=PEOPLE[0], also=("docx",))
    case.pack(tmp_path / "pack.zip", names=names, attachments=names)
    with zipfile.ZipFile(tmp_path / "pack.zip") as pack:
        there = sorted(pack.namelist())
        listed = pack.read("contents.txt").decode().split("\nEvery file\n")[1].splitlines()
        page = pack.read("contents.html").decode()
    said = dict(line.strip().split(": ", 1) for line in listed)
    assert sorted(said) == there
    assert all(said.values())
    every = page.split('<dl class="every">')[1].split("</dl>")[0]
    assert [one.split('"')[1] for one in every.split("<a ")[1:]] == there
    assert ("memo/memo.docx" in there) == names
    assert not names or said["memo/memo.docx"] == "the memo for Word"
    first = page.split('<h2 id="parts">')[1].split("</dl>")[0]
    assert [path for path in there if path.startswith("memo/") and f">{path}<" not in first] == []


def test_the_contents_page_shows_texts_of_others_as_text(desk, fake_hub, tmp_path):
    """A name of a file that is markup, or climbs out of its folder, neither runs nor leads anywhere."""
    fake_hub.add(REPO, card=f"---\nlicense: mit\n---\n{HOSTILE}\n", files={"LICENSE": HOSTILE})
    case = desk.new(tmp_path / "case")
    case.capture()
    odd = tmp_path / "..<script>alert(1)<‮.svg"
    odd.write_text(f"<svg onload='alert(1)'>{HOSTILE}</svg>", "utf-8")
    case.attach(odd, by=HOSTILE)
    case.issue(by=HOSTILE)
    case.sign("released", by=HOSTILE)
    case.pack(tmp_path / "pack.zip", names=True, attachments=True)

    assert verify_pack(tmp_path / "pack.zip").problems == ()
    folder = unpacked(tmp_path / "pack.zip", tmp_path / "pack")
    page = (folder / "contents.html").read_text("utf-8")
    assert "<script" not in page and "<img" not in page and "‮" not in page
    assert "default-src 'none'" in page and "&lt;script&gt;" in page
    text = (folder / "contents.txt").read_text("utf-8")
    assert "U+202E" in text and "‮" not in text
    assert all(path.suffix != ".svg" for path in folder.rglob("*"))


def test_the_same_memo_gives_the_same_bytes_whatever_comes_later(case, tmp_path):
    """Later answers are in no pack of an earlier memo; who signs it is."""
    case.pack(tmp_path / "one.zip", names=True)
    case.note("Later, in confidence.", by="A. Example")
    memo = case.chronology()[-3]["memo"]
    case.pack(tmp_path / "two.zip", memo, names=True)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()

    case.sign("released", memo, by=PEOPLE[1])
    case.pack(tmp_path / "three.zip", memo, names=True)
    folder = unpacked(tmp_path / "three.zip", tmp_path / "pack")
    assert b"in confidence" not in everything(folder)
    found = verify_pack(folder)
    assert (found.problems, found.redacted) == ((), 1)
    assert f"released by {PEOPLE[1]}" in (folder / "contents.txt").read_text("utf-8")


def test_every_change_to_a_pack_is_found(case, tmp_path):
    """One byte more in any file, one file less, one file more: each is named."""
    case.pack(tmp_path / "pack.zip")
    folder = unpacked(tmp_path / "pack.zip", tmp_path / "pack")
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and "law/" not in str(path)):
        before = path.read_bytes()
        path.write_bytes(before + b" ")
        found = verify_pack(folder).problems
        assert found or path.name == SUMS, path
        path.unlink()
        if path.name != SUMS:
            assert any(path.name in one for one in verify_pack(folder).problems), path
        path.write_bytes(before)
    (folder / "exhibits" / "E99.html").write_text("new")
    assert verify_pack(folder).problems == (f"{folder / 'exhibits' / 'E99.html'} was added.",)


@pytest.mark.parametrize("what", ["exhibits", "record/ledger", "record/captures", "memo", "law"])
def test_a_change_is_found_although_the_list_was_written_anew(case, tmp_path, what):
    """Exhibits hang on the archives, archives and memo on the record, events on their names."""
    case.pack(tmp_path / "pack.zip", names=True)
    with zipfile.ZipFile(tmp_path / "pack.zip") as pack:
        files = {name: pack.read(name) for name in pack.namelist() if name != SUMS}
    for name in [name for name in files if name.startswith(f"{what}/")]:
        changed = {**files, name: files[name][:-1] + b"#"}
        (tmp_path / "changed.zip").write_bytes(zipped(with_sums(changed)))
        assert verify_pack(tmp_path / "changed.zip").problems, name


def test_an_altered_exhibit_is_named_once(case, tmp_path):
    """Though the list of digests and the list of exhibits both know of it."""
    case.pack(tmp_path / "pack.zip")
    folder = unpacked(tmp_path / "pack.zip", tmp_path / "pack")
    path = sorted((folder / "exhibits").iterdir())[0]
    path.write_bytes(path.read_bytes() + b" ")
    assert verify_pack(folder).problems == (f"{path} was altered.",)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            ".drafts/\n*.log",
            ".drafts/\n*.log\n.preview/\nprivileged/\npacks/\n.ipynb_checkpoints/\n*.part\n.*.part\n",
        ),
        (None, ".drafts/\n.preview/\nprivileged/\npacks/\n.ipynb_checkpoints/\n*.part\n.*.part\n"),
    ],
)
def test_git_leaves_packs_out_of_a_case_of_an_earlier_version(case, tmp_path, before, after):
    """Once, below the lines of whoever keeps the case; a line they took back stays taken back."""
    path = case.folder / ".gitignore"
    path.unlink()
    if before is not None:
        path.write_bytes(before.encode())
    for _ in range(2):
        case.pack(tmp_path / "pack.zip")
        assert path.read_bytes().decode() == after
    theirs = after.replace("packs/", "# packs/")
    path.write_bytes(theirs.encode())
    case.pack(tmp_path / "pack.zip")
    assert path.read_bytes().decode() == theirs


def test_a_zip_that_reaches_outside_is_not_unpacked(case, tmp_path):
    """Names that climb, links and names given twice are refused, and nothing is written elsewhere."""
    case.pack(tmp_path / "pack.zip")
    bad = tmp_path / "bad.zip"
    shutil.copy(tmp_path / "pack.zip", bad)
    link = zipfile.ZipInfo("record/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(bad, "a") as pack:
        pack.writestr("../../escaped.txt", "out")
        pack.writestr("/escaped.txt", "out")
        pack.writestr(link, "/etc/passwd")
    found = verify_pack(bad).problems
    assert sum("was not unpacked" in one for one in found) == 3
    assert not list(tmp_path.rglob("escaped.txt")) and not Path("/escaped.txt").exists()
    (tmp_path / "cut.zip").write_bytes((tmp_path / "pack.zip").read_bytes()[:-4000])
    assert "cannot be read as a pack" in one_sentence(run("verify", tmp_path / "cut.zip"), 3)


def test_a_redacted_copy_of_a_case_verifies_and_is_counted(case, tmp_path):
    """As the contract has it: the content is gone, name and digest stay, links verify; the case is whole."""
    copy = tmp_path / "copy"
    shutil.copytree(case.folder, copy)
    for event in (case.chronology()[0], case.chronology()[2], case.chronology()[-1]):
        path = copy / "ledger" / event["name"]
        path.write_text(json.dumps({"redacted": "names a person", "sha256": event["sha256"]}) + "\n")
    found = verified(copy)
    assert (found.problems, found.redacted) == ((), 3)
    done = run("verify", copy)
    assert done.returncode == 0 and "3 events are redacted in this copy" in done.stdout
    assert json.loads(run("verify", copy, "--json").stdout)["redacted"] == 3
    assert verified(case.folder).redacted == 0

    path.write_text(json.dumps({"redacted": "names a person", "sha256": "0" * 64}) + "\n")
    assert verified(copy).problems != ()


def test_two_sets_where_a_lawyer_directs_the_file(desk, fake_hub, tmp_path):
    """Facts, and what is kept for counsel; nothing of the one is in the other."""
    fake_hub.add(REPO, card=CARD)
    case = desk.new(tmp_path / "case", counsel="C. Lawyer-Atlaw")
    case.capture()
    case.note("what we think of the chances", by="A. Example", privileged=True)
    case.issue(by="A. Example")
    facts, privileged = tmp_path / "facts.zip", tmp_path / "privileged.zip"
    case.pack(facts, names=True, attachments=True, privileged=privileged)

    inside = everything(unpacked(facts, tmp_path / "facts"))
    assert b"what we think" not in inside and b"This is the set of facts" in inside
    folder = unpacked(privileged, tmp_path / "privileged")
    assert b"what we think" in everything(folder)
    assert {path.name for path in folder.iterdir()} == {
        *("notes", "contents.html", "contents.txt", "contents.json", SUMS)
    }
    listed = (folder / "contents.txt").read_text("utf-8").split("\nIn this pack\n")[1]
    for path in (path for path in folder.rglob("*") if path.is_file()):
        assert f"  {path.relative_to(folder).as_posix()}: " in listed
    for path in (facts, privileged):
        assert verify_pack(path).problems == ()
    case.pack(facts)
    assert b"Lawyer-Atlaw" not in everything(unpacked(facts, tmp_path / "nameless"))


def test_the_two_sets_are_two_files(case, tmp_path):
    """One name for both would leave only the second."""
    with pytest.raises(BadInputError, match="name two files"):
        case.pack(tmp_path / "one.zip", privileged=tmp_path / "." / "one.zip")
    assert not (tmp_path / "one.zip").exists()


def test_without_a_lawyer_there_is_no_second_set_and_nothing_is_written(case, tmp_path):
    """A label makes no privilege: it is refused before the first file is written."""
    with pytest.raises(BadInputError, match="No lawyer directs"):
        case.pack(tmp_path / "facts.zip", privileged=tmp_path / "privileged.zip")
    assert not list(tmp_path.glob("*.zip"))


def test_while_on_hold_an_earlier_pack_is_put_aside(case, tmp_path):
    """Nothing is replaced: the pack before it stays beside the new one."""
    out = tmp_path / "pack.zip"
    out.write_bytes(b"the one we sent")
    case.pack(out)
    assert [one.read_bytes() for one in (tmp_path / "kept").iterdir()] == [b"the one we sent"]


def test_a_damaged_case_gives_no_pack(case, tmp_path):
    """What would not verify is not sent."""
    path = case.issue().path
    before = path.read_bytes()
    path.write_bytes(before + b" ")
    with pytest.raises(BadInputError, match="No pack was made"):
        case.pack(tmp_path / "pack.zip", names=True)
    path.write_bytes(before)
    archive = case.folder / "captures" / case._reading().record.captures[0]["capture"] / "exchanges.warc.gz"
    archive.write_bytes(archive.read_bytes() + b" ")
    with pytest.raises(BadInputError, match="No pack was made"):
        case.pack(tmp_path / "pack.zip")
    assert not (tmp_path / "pack.zip").exists()


def test_the_commands(case, tmp_path):
    """As a person types them: pack, verify, and a case that has no memo yet."""
    out = tmp_path / "pack.zip"
    done = run("pack", case.folder, "--output", out)
    assert done.returncode == 0, done.stderr
    assert hashlib.sha256(out.read_bytes()).hexdigest() in done.stdout and "left out: " in done.stdout
    done = run("verify", out)
    assert done.returncode == 0 and "Everything is as it was written." in done.stdout
    assert "redacted in this copy" in done.stdout and "Exhibits left out" in done.stdout
    with zipfile.ZipFile(out, "a") as pack:
        pack.writestr("exhibits/E99.txt", "more")
    assert run("verify", out).returncode == 1
    said = one_sentence(run("verify", tmp_path / "nope.zip"), 3)
    assert "nope.zip is not there" in said and "owner/name" not in said
    assert run("new", tmp_path / "empty", "example/encoder").returncode == 0
    assert "no capture" in one_sentence(run("pack", tmp_path / "empty", "--output", out), 3)

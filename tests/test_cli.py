"""The installed command, as a user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cases import CARD, REPO
from fake_hub import FakeHub

from duediligence import ledger
from duediligence.case import Case
from duediligence.widgets import looking

COMMAND = [sys.executable, "-m", "duediligence"]


def run(*arguments: object, **env: str) -> "subprocess.CompletedProcess[str]":
    """Run ``duediligence ARGUMENTS`` in a process of its own."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, **env},
        timeout=120,
        check=False,
    )


def one_sentence(done: "subprocess.CompletedProcess[str]", code: int) -> str:
    """The message of a command that refused: one line, no traceback, the right code."""
    assert done.returncode == code, done
    assert "Traceback" not in done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("duediligence: "), done.stderr
    return last


@pytest.fixture
def folder(fake_hub: FakeHub, tmp_path: Path) -> Path:
    """A captured case."""
    fake_hub.add(REPO, card=CARD)
    assert run("new", tmp_path / "case", "example/encoder").returncode == 0
    done = run("capture", tmp_path / "case")
    assert done.returncode == 0, done.stderr
    return tmp_path / "case"


def test_every_reading_command_gives_json(folder: Path) -> None:
    """Each begins with schema 1 and holds what the screen shows."""
    for command, key in (
        ("status", "rows"),
        ("facts", "facts"),
        ("lineage", "edges"),
        ("questions", "questions"),
        ("findings", "findings"),
        ("matrix", "places"),
        ("derivative", "questions"),
        ("verify", "problems"),
    ):
        done = run(command, folder, "--json")
        assert done.returncode == 0, done.stderr
        content = json.loads(done.stdout)
        assert next(iter(content)) == "schema" and content["schema"] == 1 and key in content
        plain = run(command, folder)
        assert plain.returncode == 0 and plain.stdout.strip()


def test_answers_from_the_command_line_and_from_a_file(folder: Path, tmp_path: Path) -> None:
    """Both end in the record; a wrong file ends with 3 and every error."""
    assert (
        run("answer", folder, "use.commercial", "paid_product", "--says", "Head of product").returncode == 0
    )
    file = tmp_path / "answers.yaml"
    file.write_text("use.offer-places: [DE, 'NO']\nprovider.legal-basis@publish: {ask: provider}\n")
    done = run("answer", folder, "--file", file)
    assert done.returncode == 0, done.stderr
    given = {
        one["id"]: one["answer"]
        for one in json.loads(run("questions", folder, "--json").stdout)["questions"]
        if one["answer"]
    }
    assert given["use.commercial"]["says"] == "Head of product"
    assert given["use.offer-places"]["value"] == ["DE", "NO"]
    assert given["provider.legal-basis"]["value"] == "unknown"
    file.write_text("use.commercial: perhaps\nuse.start: soon\n")
    done = run("answer", folder, "--file", file)
    assert done.returncode == 3
    assert "perhaps" in done.stderr and "soon" in done.stderr and "Traceback" not in done.stderr


def test_a_memo_is_previewed_and_issued(folder: Path, tmp_path: Path) -> None:
    """The path is printed and the file is there; the second time it is the same one."""
    preview = run("memo", folder, "--output", tmp_path / "draft.html")
    assert Path(preview.stdout.strip()) == tmp_path / "draft.html"
    first = run("memo", folder, "--issue")
    assert Path(first.stdout.strip()).read_text().startswith("<!DOCTYPE html>")
    assert "issued before" in run("memo", folder, "--issue").stdout
    twin = run("memo", folder, "--format", "json")
    assert json.loads(Path(twin.stdout.strip()).read_text())["schema"] == 1


def test_a_repo_that_is_not_there_is_kept_as_such(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Exit 3 and a sentence that does not guess; nothing is invented afterwards."""
    run("new", tmp_path / "case", "example/nowhere")
    said = one_sentence(run("capture", tmp_path / "case"), 3)
    assert "does not say which" in said and "If it is a dataset, write datasets/example/nowhere." in said
    assert "new FOLDER ADDRESS" in said
    facts = json.loads(run("facts", tmp_path / "case", "--json").stdout)["facts"]
    assert {fact["state"] for fact in facts if fact["source"] != "computed"} == {"not_reached"}
    assert run("memo", tmp_path / "case").returncode == 0


def test_the_status_of_a_case_about_nothing_leads_with_that(fake_hub: FakeHub, tmp_path: Path) -> None:
    """No findings are counted for a repository nobody has read; the notebook says the same."""
    case = tmp_path / "case"
    assert "nowhere names no owner" in run("new", case, "nowhere").stdout
    run("capture", case)
    shown = run("status", case).stdout.splitlines()
    assert shown[1].strip().startswith("The Hub shows no nowhere: it does not exist, or is private")
    assert "for the provider" not in "".join(shown) and "most repositories are owner/name" in shown[-1]
    screen = json.dumps(looking.page(Case(case).capture(), open_=True, can_look=True))
    assert "The Hub shows no nowhere" in screen and "new FOLDER ADDRESS" in screen

    run("new", tmp_path / "data", "datasets/example/nowhere")
    assert "If it is a model, write example/nowhere." in one_sentence(run("capture", tmp_path / "data"), 3)
    assert "owner" not in run("new", tmp_path / "other", "example/nowhere").stdout


def test_a_gated_repo_is_captured_without_it(fake_hub: FakeHub, tmp_path: Path) -> None:
    """What the Hub shows without access is read; nobody is told to accept terms."""
    fake_hub.add(REPO, card="---\nlicense: mit\nextra_gated_prompt: Agree.\n---\n# X\n")
    fake_hub.gate(REPO)
    run("new", tmp_path / "case", "example/encoder")
    done = run("capture", tmp_path / "case")
    assert done.returncode == 0 and "needs access" in done.stdout
    assert "accept" not in (done.stdout + done.stderr).lower()
    facts = json.loads(run("facts", tmp_path / "case", "--json").stdout)["facts"]
    assert ("license", "api", "mit") in {(f["key"], f["source"], f["value"]) for f in facts}


@pytest.mark.parametrize(
    "fault",
    [("status", {"status": 500}), ("page", {}), ("status", {"status": 429, "headers": {"Retry-After": "0"}})],
)
def test_a_hub_that_does_not_answer_is_exit_4(
    fake_hub: FakeHub, tmp_path: Path, fault: tuple[str, dict[str, object]]
) -> None:
    """Errors, HTML and refusals end in one sentence and leave the case as it was."""
    run("new", tmp_path / "case", "example/encoder")
    fake_hub.fault(fault[0], **fault[1])
    one_sentence(run("capture", tmp_path / "case"), 4)
    assert not list((tmp_path / "case").glob("captures/*"))
    assert len(list((tmp_path / "case" / "ledger").iterdir())) == 1


def test_no_hub_at_all_is_exit_4(tmp_path: Path) -> None:
    """Nobody listening, or offline by wish: the same."""
    run("new", tmp_path / "case", "example/encoder")
    one_sentence(run("capture", tmp_path / "case", HF_ENDPOINT="http://127.0.0.1:9"), 4)
    assert "HF_HUB_OFFLINE" in one_sentence(run("capture", tmp_path / "case", HF_HUB_OFFLINE="1"), 4)


def test_folders_that_are_no_case(tmp_path: Path, folder: Path) -> None:
    """Missing, foreign, newer: exit 3, one sentence, nothing touched."""
    one_sentence(run("facts", tmp_path / "none"), 3)
    (tmp_path / "foreign").mkdir()
    one_sentence(run("status", tmp_path / "foreign"), 3)
    one_sentence(run("new", folder, "a/b"), 3)
    ledger.append(
        folder / "ledger",
        {"event": "rephrased", "by": "A"},
        seen=(),
        clock=lambda: __import__("datetime").datetime.now(__import__("datetime").UTC),
        randomness=bytes,
    )
    assert run("facts", folder).returncode == 0
    assert "newer version" in one_sentence(run("answer", folder, "use.commercial", "none"), 3)


def test_wrong_usage_is_exit_2(folder: Path) -> None:
    """No command, an unknown one, half an answer."""
    assert run().returncode == 2
    assert run("judge", folder).returncode == 2
    one_sentence(run("answer", folder), 2)
    assert run("findings", folder, "--as-of", "tomorrow").returncode == 2


def test_a_card_cannot_steer_the_terminal(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Escape sequences in other people's text are named, not obeyed."""
    fake_hub.add(
        REPO, card="---\nlicense: mit\n---\n# X\n\nTrained on \x1b]8;;http://x\x1b\\ExampleSet\u202e data.\n"
    )
    run("new", tmp_path / "case", "example/encoder")
    assert run("capture", tmp_path / "case").returncode == 0
    shown = run("facts", tmp_path / "case").stdout + run("lineage", tmp_path / "case").stdout
    assert "\x1b" not in shown and "\u202e" not in shown


def test_the_law_files_are_in_order() -> None:
    """What ships passes its own check; a broken copy is refused with file and field."""
    done = run("check-legal")
    assert done.returncode == 0, done.stdout
    one_sentence(run("check-legal", "/nonexistent"), 3)


def test_the_demo_prints_the_point_and_a_memo(tmp_path: Path) -> None:
    """The whole flow on the sample; the memo names what only the prose says, and what nobody said."""
    done = run("demo", "--output", tmp_path / "demo")
    assert done.returncode == 0, done.stderr
    assert "LAION-2B-en" in done.stdout and "a legal basis for publishing the weights" in done.stdout
    (memo,) = (tmp_path / "demo").glob("memos/*/memo.html")
    assert memo.absolute().as_uri() in done.stdout
    text = memo.read_text()
    assert "The model was trained on LAION-2B-en" in text and "recorded sample" in text
    again = run("demo", "--output", tmp_path / "demo")
    assert again.stdout == done.stdout


def test_a_file_is_checked_as_a_whole(folder: Path, tmp_path: Path) -> None:
    """What one answer of a file opens, another one in it may be about; what it closes, none may."""
    file = tmp_path / "answers.yaml"
    file.write_text("copyright.exception@memorize: license\ncopyright.acts: [memorize, publish]\n")
    assert run("answer", folder, "--file", file).returncode == 0

    file.write_text("copyright.acts: [publish]\ncopyright.exception@collect: license\n")
    before = sorted((folder / "ledger").iterdir())
    done = run("answer", folder, "--file", file)
    assert done.returncode == 3 and "collecting" in done.stderr
    assert sorted((folder / "ledger").iterdir()) == before


def test_a_card_on_this_computer_is_read_as_a_reviewer_reads_it(tmp_path: Path) -> None:
    """What it says, with its words, and what nobody finds in it; no case, no network."""
    card = tmp_path / "README.md"
    card.write_text(CARD)
    done = run("card", card, HF_ENDPOINT="http://127.0.0.1:9")

    assert done.returncode == 1
    assert "license (metadata): mit" in done.stdout
    assert "This model was trained on LAION-2B-en, the English subset of LAION-5B." in done.stdout
    assert "missing: on which legal basis" in done.stdout and "named only in the text" in done.stdout

    (one,) = json.loads(run("card", card, "--json").stdout)["cards"]
    assert one["state"] == "present" and any(fact["key"] == "license" for fact in one["facts"])


def test_a_card_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    """A broken metadata block is named, with where; a file that is not there is one sentence."""
    card = tmp_path / "README.md"
    card.write_text("---\nlicense: mit\nlicense: apache-2.0\n---\n# Two\n")
    done = run("card", card)

    assert done.returncode == 1 and "cannot be read" in done.stdout and "license" in done.stdout
    assert "cannot be read" in one_sentence(run("card", tmp_path / "none.md"), 3)

"""What a memo says about the one before it: each kind of change apart, numbers that stay, the same bytes."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from cases import CARD, REPO, Desk
from fake_hub import FakeHub
from test_cli import one_sentence, run

from duediligence import ledger
from duediligence.analysis.changes import (
    ANSWERED,
    LAW_CHANGED,
)
from duediligence.analysis.look import READ_DIFFERENTLY, SOURCE_CHANGED
from duediligence.case import Case
from duediligence.errors import BadInputError
from duediligence.knowledge.edition import edition_files
from duediligence.knowledge.reader import load_law_from
from duediligence.memo import view
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.since import Since
from duediligence.memo.since import since as told_since

BASIS = "\nWe rely on legitimate interests for publishing the model.\n"


@pytest.fixture
def case(fake_hub: FakeHub, desk: Desk, tmp_path: Path) -> Case:
    """A captured and answered case of which one memo was issued."""
    fake_hub.add(REPO, card=CARD)
    opened = desk.new(tmp_path / "case")
    opened.capture()
    opened.answer("use.role", ("user",), by="A. Example")
    opened.answer("use.commercial", "paid_product", by="A. Example")
    opened.answer("provider.legal-basis@publish", ("none",), by="A. Example")
    opened.issue(by="A. Example")
    desk.later(days=3)
    return opened


def _memo(case: Case) -> view.Memo:
    return view.build(case._memo_inputs(None, draft=True))


def _whole(case: Case) -> Since:
    """What changed, with what the body has no room for."""
    found = told_since(Exhibits(case._memo_inputs(None, draft=True)))
    assert found is not None
    return found


def _twin(case: Case) -> dict[str, Any]:
    issued = case.chronology()[-1]
    text = (case.folder / "memos" / issued["memo"] / "memo.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _numbers(twin: dict[str, Any]) -> dict[tuple[str, str | None], str]:
    return {(one["id"], one["about"]): one["number"] for one in twin["numbers"]}


def test_the_first_memo_follows_on_nothing(case: Case) -> None:
    """Issued once, nothing added: no section, and no marks."""
    memo = _memo(case)

    assert memo.since is None
    assert {row.mark for row in memo.findings} == {""} and {row.number for row in memo.findings} > {
        "F1",
        "F2",
    }


def test_a_second_memo_tells_what_the_source_changed(case: Case, fake_hub: FakeHub) -> None:
    """The fact with both sides, the finding with the cause, and marks beside what is different."""
    fake_hub.publish(REPO, card=CARD.replace("license: mit", "license: cc-by-nc-4.0"))
    case.capture(force=True)
    memo = _memo(case)

    assert memo.since is not None
    ((repo,), (row,)) = memo.since.sources, memo.since.sources[0].rows
    assert repo.title == "example/encoder"
    assert "“mit”" in row.before.text and "“cc-by-nc-4.0”" in row.now.text
    assert row.before.support and row.now.support and row.before.support != row.now.support
    (moved,) = [one for one in memo.since.findings if "grants no commercial use" in one.proposition.text]
    assert (moved.before, moved.now) == ("does not apply", "established on the text")
    assert "the source changed: license" in moved.why.text
    assert memo.first_page.line[-1].text.endswith("; its license was mit, and is now stated as cc-by-nc-4.0.")
    marked = {line.mark for group in memo.facts.groups for topic in group.topics for line in topic.lines}
    assert marked == {"", "changed"}
    assert any(row.mark == "changed" for row in memo.findings)
    assert not view.unsupported(memo)


def test_findings_that_moved_for_one_reason_stand_under_it_and_none_is_lost(
    case: Case, fake_hub: FakeHub
) -> None:
    """The cause is told once; those without effect are counted by number; counts in equal counts out."""
    fake_hub.publish(REPO, card=CARD.replace("license: mit", "license: cc-by-nc-4.0"))
    case.capture(force=True)
    case.answer("use.role", ("rightsholder",), by="A. Example")
    found, since = case.changes(), _whole(case)

    assert len(since.by_cause) > 1
    whys = [cause.why.text for cause in since.by_cause]
    assert len(set(whys)) == len(whys)
    told = [number for cause in since.by_cause for one in cause.moved for number, _ in one.numbers]
    told += [number for cause in since.by_cause for number, _ in (*cause.idle, *cause.opened)]
    assert len(told) == len(set(told)) == len(found.changed_findings)


def test_an_answer_given_anew_shows_what_it_was(case: Case) -> None:
    """Old and new, in the words of the question."""
    case.answer("use.commercial", "none", by="B. Example")
    since = _memo(case).since

    assert since is not None
    assert [one.text for one in since.people] == [
        "Answered anew: “Will anyone pay for what you build?” Then yes; now no. – B. Example"
    ]


def test_an_answer_of_a_person_never_stands_as_what_a_source_changed(case: Case, fake_hub: FakeHub) -> None:
    """What needs another look is told with whose answer it is, what people gave with who gave it."""
    case.answer("use.acts", ("product",), by="A. Example")
    case.issue(by="A. Example")
    fake_hub.publish(REPO, card=CARD.replace("Deployed use is out", "Any deployed use is out"))
    case.capture(force=True)
    case.answer("use.commercial", "none", by="B. Example")
    found, since = case.changes(), _whole(case)

    whys = [one.why.text for one in since.by_cause]
    (source,) = [one for one in whys if "What will you do with it?" in one]
    assert source.startswith("the source changed: ")
    assert "use out of scope" in source
    assert "the answer of A. Example to “What will you do with it?” needs another look" in source
    assert "people answered: “Will anyone pay for what you build?” (B. Example)." in whys
    assert "the answer use.acts needs another look" in str(found)
    assert "people answered: use.commercial (B. Example)" in str(found)


def test_findings_keep_their_numbers(case: Case, fake_hub: FakeHub) -> None:
    """Also when others come before them, and a number of what is gone is not given again."""
    first = _numbers(_twin(case))
    fake_hub.publish(REPO, card=CARD.replace("license: mit", "license: cc-by-nc-4.0") + BASIS)
    case.capture(force=True)
    case.answer("use.acts", ("evaluate", "fine_tune"), by="A. Example")
    case.issue(by="A. Example")
    second = _numbers(_twin(case))

    assert first.items() <= second.items()
    assert len(set(second.values())) == len(second) > len(first)


def test_memos_of_two_branches_share_no_number(case: Case, tmp_path: Path) -> None:
    """Where both gave one number, what came later in the record carries a letter, for ever."""
    shutil.copytree(case.folder, tmp_path / "branch")
    branch = Desk(seed=2)
    branch.later(days=4)
    other = branch.open(tmp_path / "branch")
    case.answer("use.acts", ("evaluate", "fine_tune"), by="A. Example")
    case.issue(by="A. Example")
    ours = _numbers(_twin(case))
    other.answer("use.offer-places", ("DE", "US"), by="B. Example")
    other.issue(by="B. Example")
    theirs = _numbers(_twin(other))
    for part in ("ledger", "memos", "law"):
        shutil.copytree(tmp_path / "branch" / part, case.folder / part, dirs_exist_ok=True)
    case.answer("use.start", "2027-01-01", by="A. Example")
    both = case._memo_inputs(None, draft=True).numbers

    assert set(ours) | set(theirs) == set(both)
    assert len(set(both.values())) == len(both)
    clash = {at for at in theirs if at not in ours and theirs[at] in ours.values()}
    assert clash and all(both[at] == f"{theirs[at]}b" for at in clash)


def test_people_are_told_apart_from_sources(case: Case, fake_hub: FakeHub) -> None:
    """A kept answer names who kept it and why; an answer changed moves a finding because people answered."""
    fake_hub.publish(REPO, card=CARD + BASIS)
    case.capture(force=True)
    case.keep("provider.legal-basis@publish", reason="That is no basis for this act.", by="B. Example")
    case.answer("use.commercial", "none", by="B. Example")
    found = case.changes()

    causes = {one.causes for one in found.changed_findings}
    assert {(ANSWERED,), (SOURCE_CHANGED,)} <= causes
    assert [one["event"] for one in found.people] == ["kept", "answered"]
    said = " ".join(one.text for one in _memo(case).since.people)  # type: ignore[union-attr]
    assert "That is no basis for this act." in said and said.count("B. Example") == 2
    assert {one.mark for one in _memo(case).answers} == {"", "new", "kept"}


def test_a_corrected_rule_is_named_as_law(case: Case, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing at the source changed and nobody answered: what a correction moves is put down to the law."""
    rule = "ai-act.product-liability-from-december-2026"
    case.answer("use.acts", ("product",), by="A. Example")
    case.answer("use.offer-places", ("DE",), by="A. Example")
    case.answer("use.start", "2027-01-01", by="A. Example")
    case.issue(by="A. Example")
    files = edition_files()
    (path,) = [path for path, text in files.items() if f"- id: {rule}\n" in text and "rules" in path]
    head, id, tail = files[path].partition(f"- id: {rule}\n")
    corrected = {**files, path: head + id + tail.replace("status: supported", "status: contested", 1)}
    monkeypatch.setattr("duediligence.opened.load_law", lambda day: load_law_from(corrected, day))
    case = desk.open(case.folder)
    found = case.changes()

    assert not found.facts and not found.people
    assert [(one.kind, one.id) for one in found.law] == [("rule", rule)]
    assert {(one.id, one.before, one.after, one.causes) for one in found.changed_findings} == {
        (rule, "supported", "contested", (LAW_CHANGED,))
    }
    case.note("The law files were corrected.", by="A. Example")
    assert len(_whole(case).law) == 2


def _as_printed_by_another_reader(case: Case, desk: Desk) -> None:
    """Put a memo on record whose program read another license out of the same card."""
    issued = next(event for event in case.chronology() if event["event"] == "issued")
    folder = case.folder / "memos" / issued["memo"]
    twin = json.loads((folder / "memo.json").read_text("utf-8"))
    for fact in twin["facts"]:
        if (fact["repo"], fact["key"], fact["source"]) == (REPO, "license", "front_matter"):
            fact["value"] = "apache-2.0"
    data = json.dumps(twin).encode()
    other = case.folder / "memos" / "2026-11-22-00000000"
    shutil.copytree(folder, other)
    (other / "memo.json").write_bytes(data)
    fields = {key: issued[key] for key in ("event", "made_from", "as_of", "law_digest", "by")}
    files = {**issued["files"], "json": hashlib.sha256(data).hexdigest()}
    heads = ledger.read(case.folder / "ledger").heads()
    ledger.append(
        case.folder / "ledger",
        {**fields, "memo": other.name, "program": "0.0.1", "files": files},
        seen=heads,
        clock=desk.clock,
        randomness=lambda many: b"7" * many,
    )


def test_another_reading_of_the_same_bytes_is_named_as_such(case: Case, desk: Desk) -> None:
    """The card is the same; the program that made the last memo read it differently."""
    _as_printed_by_another_reader(case, desk)
    case.answer("use.acts", ("evaluate",), by="A. Example")
    found = case.changes()

    ((before, after, cause),) = [(one.before, one.after, one.cause) for one in found.facts]
    assert before is not None and after is not None
    assert (before.value, after.value, cause) == ("apache-2.0", "mit", READ_DIFFERENTLY)
    assert _memo(case).since.read and not _memo(case).since.sources  # type: ignore[union-attr]


def test_a_memo_does_not_depend_on_one_made_of_the_same_record(case: Case) -> None:
    """Two days, one record: the second memo is the same whether or not the first was issued."""
    lonely = case._memo_inputs(None, draft=False)
    second = case.issue(by="A. Example")
    third = case.issue(by="A. Example")

    assert lonely.since is None and not lonely.numbers
    assert second.new and not third.new and second.path == third.path


def test_an_earlier_memo_is_made_again_byte_for_byte(case: Case, fake_hub: FakeHub, tmp_path: Path) -> None:
    """After captures, answers and another memo, from the case alone; also when its file was lost."""
    first = next(event["memo"] for event in case.chronology() if event["event"] == "issued")
    kept = case.folder / "memos" / first / "memo.html"
    page = kept.read_bytes()
    fake_hub.publish(REPO, card=CARD.replace("license: mit", "license: cc-by-nc-4.0"))
    case.capture(force=True)
    case.answer("use.acts", ("evaluate",), by="A. Example")
    second = case.issue(by="A. Example")

    assert case.reissue(first).same and case.reissue("last").same
    kept.unlink()
    again = case.reissue(first)
    assert again.html.encode() == page and again.same and again.kept is None
    assert case.reissue("last").html.encode() == second.path.read_bytes()
    with pytest.raises(BadInputError, match="No memo nothing was issued"):
        case.reissue("nothing")

    out = tmp_path / "again.html"
    done = run("memo", case.folder, "--again", first, "--output", out)
    assert done.returncode == 0 and out.read_bytes() == page
    assert "--again" in one_sentence(run("memo", case.folder, "--again", first, "--issue"), 2)


def test_an_altered_memo_is_not_read(case: Case, fake_hub: FakeHub) -> None:
    """What the last memo said is then taken from the record, and the memo says so; nothing is guessed."""
    issued = next(event for event in case.chronology() if event["event"] == "issued")
    twin = case.folder / "memos" / issued["memo"] / "memo.json"
    twin.write_bytes(twin.read_bytes() + b" ")
    (case.folder / "law" / f"{issued['law_digest']}.json.gz").unlink()
    fake_hub.publish(REPO, card=CARD.replace("license: mit", "license: cc-by-nc-4.0"))
    case.capture(force=True)
    memo = _memo(case)

    assert memo.since is not None and memo.since.sources
    assert len(memo.since.problems) == 2
    assert all("verify" in problem for problem in memo.since.problems)


def test_changes_between_any_two_memos_and_captures(case: Case, fake_hub: FakeHub) -> None:
    """By name, on the command line; what is no capture or memo is named with those there are."""
    first = next(event["memo"] for event in case.chronology() if event["event"] == "issued")
    fake_hub.publish(REPO, card=CARD.replace("license: mit", "license: cc-by-nc-4.0"))
    assert run("capture", case.folder).returncode == 0
    case.issue(by="A. Example")
    second = case.chronology()[-1]["memo"]
    case.answer("use.commercial", "none", by="A. Example")

    between = json.loads(run("changes", case.folder, "--since", first, "--until", second, "--json").stdout)
    assert (between["since"], between["until"]) == (first, second)
    assert {one["key"] for one in between["facts"]} == {"license"} and not between["people"]
    today = json.loads(run("changes", case.folder, "--since", "memo", "--json").stdout)
    assert today["since"] == second and not today["facts"]
    assert [one["event"] for one in today["people"]] == ["answered"]
    (moved,) = [one for one in today["changed_findings"] if one["id"] == "license.not-for-paid-use"]
    assert (moved["before"], moved["after"]) == ("established", "not_applicable")
    assert (moved["because"], moved["causes"]) == (["use.commercial"], ["people answered"])
    assert first in one_sentence(run("changes", case.folder, "--since", "2020-01-01-00000000"), 3)


def test_a_long_list_of_changes_is_short_in_the_body_and_whole_with_the_annex(
    case: Case, fake_hub: FakeHub
) -> None:
    """The body tells the first of every kind; what it has no room for stands in annex G, each thing once."""
    case.memo().issue()
    data = "\n".join(f"This model was trained on the Corpus-{n} dataset." for n in range(40))
    fake_hub.publish(REPO, card=f"{CARD}\n\n{data}\n")
    case.capture(force=True)
    memo, page = _memo(case), case.memo().html

    assert memo.since and memo.since_rest
    body, rest = _rows(memo.since), _rows(memo.since_rest)
    assert 0 < len(body) < len(rest)
    assert not set(body) & set(rest)
    assert sorted(body + rest) == sorted(_rows(_whole(case)))
    assert 'href="#further-changes"' in page and 'id="further-changes"' in page


def _rows(one: Since) -> list[str]:
    sources = [str(row.now) for repo in (*one.sources, *one.read) for row in repo.rows]
    notes = [str(note) for repo in (*one.sources, *one.read) for note in repo.notes]
    moved = [str(row.proposition) for cause in one.by_cause for row in cause.moved]
    return sources + notes + moved + [str(said) for said in (*one.chain, *one.law, *one.people, *one.dates)]

"""A case over its whole life, against a Hub on loopback."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from cases import CARD, REPO, Desk
from fake_hub import FakeHub
from test_cli import run

from duediligence import ledger
from duediligence.analysis.situation import Asked
from duediligence.answering import read_answers
from duediligence.case import SAMPLE, Case, open_case
from duediligence.errors import (
    BadAnswersError,
    BadInputError,
    CaseIsNewerError,
    DecisionDueError,
    HubUnreachableError,
    NotACaseError,
    NothingCapturedError,
    NotSavedError,
)
from duediligence.verifying import verify

CONTENT = "dataset.content@datasets/laion/laion2B-en"


@pytest.fixture
def case(fake_hub: FakeHub, desk: Desk, tmp_path: Path) -> Case:
    """A captured case about one small model whose training data only the prose names."""
    fake_hub.add(REPO, card=CARD)
    case = desk.new(tmp_path / "case")
    case.capture()
    return case


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".preview" not in path.parts
    }


def test_a_case_is_captured_answered_and_issued(case: Case) -> None:
    """The whole way: facts, an answer, findings, a memo that verifies."""
    stated = {fact.key: fact.value for fact in case.facts() if fact.repo == REPO and fact.state == "stated"}
    assert stated["license"] == "mit"
    (mention,) = [edge for edge in case.lineage().edges if edge.relation == "trained_on"]
    assert (mention.upstream, mention.stated_in) == ("datasets/laion/laion2B-en", "prose")
    assert "was trained on LAION-2B-en" in (mention.quote or "")

    effect = case.answer(CONTENT, "links_captions")
    assert effect.text.startswith("Recorded.")
    issued = case.issue()
    assert issued.new and issued.path.read_text().startswith("<!DOCTYPE html>")
    assert verify(case.folder) == []


def test_a_refused_answer_leaves_no_copy_of_its_file(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is checked, then its files are copied, then it is written: all of it or nothing."""
    paper = tmp_path / "Order 7.txt"
    paper.write_text("We order the encoder.")
    refused = run("answer", case.folder, "use.role", "nobody", "--attach", paper)
    assert refused.returncode == 3
    assert not (case.folder / "attachments").exists()

    given = run("answer", case.folder, "use.role", "user", "--attach", paper)
    assert given.returncode == 0
    (name,) = case.chronology()[-1]["files"]
    assert (case.folder / name).read_bytes() == paper.read_bytes()

    def refuse(*_: object, **__: object) -> None:
        raise NotSavedError("NOT saved.")

    monkeypatch.setattr(ledger, "append", refuse)
    copies = [(paper.name, paper.read_bytes()), ("new.txt", b"new")]
    with pytest.raises(NotSavedError):
        case.answer("use.role", ["counsel"], copies=copies)
    assert [path.name for path in (case.folder / "attachments").iterdir()] == [Path(name).name]
    assert verify(case.folder) == []


def test_run_twice_sends_nothing_and_changes_nothing(case: Case, fake_hub: FakeHub) -> None:
    """A capture younger than a day is used again; the same memo is not issued twice."""
    case.issue()
    before = _files(case.folder)
    fake_hub.clear()
    report = case.capture()
    case.memo()
    assert report.reused and "nothing was sent" in str(report)
    assert not case.issue().new
    assert fake_hub.requests == []
    assert _files(case.folder) == before


def test_another_day_looks_at_the_hub_once(case: Case, fake_hub: FakeHub, desk: Desk) -> None:
    """After a day the Hub is asked again, and once."""
    desk.later(hours=25)
    fake_hub.clear()
    assert not case.capture().reused
    asked = len(fake_hub.requests)
    assert asked and case.capture().reused
    assert len(fake_hub.requests) == asked


def test_only_answers_that_rested_on_the_change_need_another_look(case: Case, fake_hub: FakeHub) -> None:
    """A changed license flags what was shown it, and nothing else; keeping it settles that."""
    case.answer("license.exact", "mit", says="B. Example")
    case.answer("use.role", ["user"])
    fake_hub.publish(REPO, card=CARD.replace("license: mit", "license: cc-by-nc-4.0"))

    report = case.capture(force=True)

    assert [
        (c.key, c.before and c.before.value, c.after and c.after.value)
        for c in report.changes
        if c.key == "license"
    ] == [
        ("license", "mit", "cc-by-nc-4.0"),
        ("license", "mit", "cc-by-nc-4.0"),
    ]
    states = {one.question.id: one.state for one in case.questions() if one.answer}
    assert states == {"license.exact": "needs_another_look", "use.role": "answered"}
    case.keep("license.exact", reason="Asked; the old license holds for our revision.", by="C. Example")
    (kept,) = [one for one in case.questions() if one.question.id == "license.exact"]
    assert kept.state == "answered" and kept.answer is not None
    assert (kept.answer.says, kept.answer.kept_by) == ("B. Example", "C. Example")


def test_white_space_and_other_paragraphs_disturb_nothing(case: Case, fake_hub: FakeHub) -> None:
    """A card reflowed or grown elsewhere leaves answers alone."""
    case.answer("license.exact", "mit")
    case.answer(CONTENT, "links_captions")
    moved = (
        CARD.replace("was trained on LAION-2B-en,", "was trained   on LAION-2B-en,") + "\n## Speed\n\nFast.\n"
    )
    fake_hub.publish(REPO, card=moved)
    case.capture(force=True)
    assert {one.state for one in case.questions() if one.answer} == {"answered"}


def test_what_is_not_reached_keeps_its_last_facts(case: Case, fake_hub: FakeHub) -> None:
    """An upstream repo that does not answer changes no fact and no answer."""
    case.answer(CONTENT, "links_captions")
    before = case.facts()
    fake_hub.fault("status", "laion2B-en", status=503)
    report = case.capture(force=True)
    assert report.counts()["unreachable"]
    assert {fact.id for fact in case.facts()} == {fact.id for fact in before}
    assert {one.state for one in case.questions() if one.answer} == {"answered"}


def test_a_hub_that_does_not_answer_leaves_the_case_as_it_was(case: Case, fake_hub: FakeHub) -> None:
    """Without a definite answer about the repo nothing is written."""
    before = _files(case.folder)
    fake_hub.fault("page")
    with pytest.raises(HubUnreachableError):
        case.capture(force=True)
    assert _files(case.folder) == before


def test_an_accepted_mention_is_kept_with_what_was_shown(case: Case) -> None:
    """Accepting and rejecting are events; the edge shows the decision."""
    edge = "models/example/encoder:trained_on:datasets/laion/laion2B-en"
    case.accept(edge, reason="The paper says the same.")
    assert {e.id: e.accepted for e in case.lineage().edges}[edge] is True
    shown = case.chronology()[-1]["shown"]["facts"]
    assert [fact["key"] for fact in shown] == ["training_data"]
    case.reject(edge)
    assert {e.id: e.accepted for e in case.lineage().edges}[edge] is False
    assert not [one for one in case.questions() if one.about == "datasets/laion/laion2B-en"]
    with pytest.raises(BadInputError, match="no mention"):
        case.accept("models/a/b:trained_on:datasets/c/d")


def test_an_answers_file_is_taken_whole_or_not_at_all(case: Case) -> None:
    """One wrong entry: every error named, nothing written."""
    good = "use.commercial: paid_product\nuse.nothing: x\nuse.start: 2026-13-01\n"
    text = good + "use.role: {value: user, who: me}\n"
    with pytest.raises(BadAnswersError) as wrong:
        read_answers(text, "answers.yaml")
    assert "'who'" in str(wrong.value)
    before = _files(case.folder)
    with pytest.raises(BadAnswersError) as wrong:
        case.answer_all(read_answers(text.replace(", who: me", ""), "answers.yaml"))
    assert len(wrong.value.problems) == 2
    assert _files(case.folder) == before


def test_the_ways_out_are_unknown_with_somebody_to_ask(case: Case) -> None:
    """Not knowing is an answer; who can say goes with it."""
    case.answer("provider.legal-basis@publish", "unknown", ask="provider", reason="Asked on the Hub.")
    event = case.chronology()[-1]
    assert (event["value"], event["ask"], event["about"]) == ("unknown", "provider", "publish")
    with pytest.raises(BadInputError, match="unknown"):
        case.answer("use.commercial", "none", ask="B. Example")


def test_a_draft_is_no_answer(case: Case) -> None:
    """What is being typed is kept outside the record and goes when the answer comes."""
    case.keep_draft("use.entity", {"value": "Example"})
    assert case.drafts() == {"use.entity": {"value": "Example"}}
    assert not [one for one in case.questions() if one.answer]
    case.answer("use.entity", "Example GmbH (invented)")
    assert case.drafts() == {}


def test_two_people_merge_with_git(case: Case, tmp_path: Path) -> None:
    """Answers on two branches merge clean; two to one question are open until one has seen both."""
    repository = tmp_path / "shared"
    shutil.copytree(case.folder, repository / "case")
    git = ["git", "-C", str(repository), "-c", "user.name=A", "-c", "user.email=a@example.org"]

    def run(*arguments: str) -> None:
        subprocess.run([*git, *arguments], check=True, capture_output=True)

    run("init", "-b", "main")
    run("add", "."), run("commit", "-m", "begin")
    run("switch", "-c", "theirs")
    Desk(5).open(repository / "case").answer("use.commercial", "none")
    run("add", "."), run("commit", "-m", "theirs")
    run("switch", "main")
    Desk(6).open(repository / "case").answer("use.commercial", "paid_product")
    run("add", "."), run("commit", "-m", "ours")
    run("merge", "--no-edit", "theirs")

    merged = Desk(7).open(repository / "case")
    (asked,) = [one for one in merged.questions() if one.question.id == "use.commercial"]
    assert asked.state == "two_answers" and len(asked.others) == 1
    assert "two answers" in str(merged.status()).lower() or "look" in str(merged.status())
    merged.answer("use.commercial", "paid_product")
    (asked,) = [one for one in merged.questions() if one.question.id == "use.commercial"]
    assert asked.state == "answered"
    assert verify(repository / "case") == []


@pytest.fixture
def branches(case: Case, fake_hub: FakeHub) -> Iterator[Callable[..., Case]]:
    """Two people who begin from one record, an answer in it that needs another look, and do not meet."""
    case.answer("provider.legal-basis@publish", ("none",), says="A. Example", by="A. Example")
    fake_hub.add(REPO, card=f"{CARD}\nWe rely on legitimate interests for publishing the model.\n")
    case.capture(force=True)
    before = set(case._files.ledger.iterdir())

    def apart(*people: Callable[[Case], object]) -> Case:
        added: dict[Path, bytes] = {}
        for seed, act in enumerate(people, 20):
            desk = Desk(seed)
            desk.later(days=1)
            act(desk.open(case.folder))
            for path in set(case._files.ledger.iterdir()) - before:
                added[path] = path.read_bytes()
                path.unlink()
        for path, content in added.items():
            path.write_bytes(content)
        return Desk(30).open(case.folder)

    yield apart


def _basis(case: Case) -> Asked:
    (one,) = [q for q in case.questions() if (q.question.id, q.about) == ("provider.legal-basis", "publish")]
    return one


@pytest.mark.parametrize("first", ["keep", "answer"])
def test_who_keeps_an_answer_and_who_gives_another_stand_side_by_side(
    branches: Callable[..., Case], first: str
) -> None:
    """Neither knew of the other: both are there, the kept one as its author's, until one is chosen."""
    address = "provider.legal-basis@publish"
    keep = partial(Case.keep, address=address, reason="It is about the data.", by="B. Example")
    answer = partial(Case.answer, address=address, value=("legitimate_interests",), by="C. Example")
    merged = branches(*((keep, answer) if first == "keep" else (answer, keep)))

    both = _basis(merged)
    assert both.state == "two_answers"
    assert [(one.value, one.says, one.kept_by) for one in both.given] == [
        (("none",), "A. Example", "B. Example"),
        (("legitimate_interests",), "C. Example", None),
    ]
    assert merged.changes().two_answers == (address,)
    assert address in str(merged.changes())
    assert merged.outdated().two_answers == 1
    with pytest.raises(BadInputError, match="2 answers that did not know of each other"):
        merged.keep(address, by="B. Example")

    merged.answer(address, ("legitimate_interests",), by="B. Example")
    assert _basis(merged).state == "answered"


def test_what_one_keeps_another_has_not_taken_back(branches: Callable[..., Case]) -> None:
    """An answer that somebody kept stays where another, who did not know it, took it back."""
    address = "provider.legal-basis@publish"
    keep = partial(Case.keep, address=address, by="B. Example")
    merged = branches(keep, partial(Case.withdraw, address=address, by="A. Example"))

    (answer,) = _basis(merged).given
    assert (answer.value, answer.kept_by) == (("none",), "B. Example")


def test_two_who_keep_one_answer_keep_one(branches: Callable[..., Case]) -> None:
    """The same answer, kept twice, is one answer."""
    address = "provider.legal-basis@publish"
    merged = branches(*(partial(Case.keep, address=address, by=who) for who in ("B. Example", "C. Example")))

    assert _basis(merged).state == "answered" and len(_basis(merged).given) == 1


def test_verify_names_what_was_altered(case: Case) -> None:
    """A changed, removed or added file is named; an untouched case has no problem."""
    case.issue()
    assert verify(case.folder) == []
    (folder,) = (case.folder / "captures").iterdir()
    exchanges = folder / "exchanges.warc.gz"
    kept = exchanges.read_bytes()
    exchanges.write_bytes(kept[:-20] + bytes(20))
    assert any("exchanges.warc.gz was altered" in problem for problem in verify(case.folder))
    exchanges.write_bytes(kept)
    (folder / "more.txt").write_text("x")
    assert any("more.txt was added" in problem for problem in verify(case.folder))
    (folder / "more.txt").unlink()
    (memo,) = (case.folder / "memos").iterdir()
    (memo / "memo.html").unlink()
    assert any("memo.html is missing" in problem for problem in verify(case.folder))


def test_a_folder_that_is_no_case_is_refused(tmp_path: Path, desk: Desk) -> None:
    """Missing, foreign and newer folders get one sentence each and are left alone."""
    with pytest.raises(NotACaseError, match="does not exist"):
        Case(tmp_path / "none")
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "thesis.txt").write_text("mine")
    with pytest.raises(NotACaseError, match="no case folder"):
        Case(tmp_path / "foreign")
    with pytest.raises(BadInputError, match="thesis"):
        desk.new(tmp_path / "foreign")
    case = desk.new(tmp_path / "newer")
    ledger.append(
        tmp_path / "newer" / "ledger",
        {"event": "rephrased"},
        seen=(),
        clock=desk.clock,
        randomness=lambda size: bytes(size),
    )
    before = _files(tmp_path / "newer")
    with pytest.raises(CaseIsNewerError, match="newer version"):
        case.note("x")
    assert _files(tmp_path / "newer") == before


def test_nothing_is_read_before_a_capture(tmp_path: Path, desk: Desk) -> None:
    """Facts, findings and memo say how to get a capture; questions can be answered before it."""
    case = desk.new(tmp_path / "case")
    for read in (case.facts, case.lineage, case.findings, case.memo, case.issue):
        with pytest.raises(NothingCapturedError, match="duediligence capture"):
            read()
    case.answer("use.commercial", "none")
    assert "look at the Hub" in case.status().next


def test_the_status_counts_what_only_the_provider_can_say(case: Case) -> None:
    """The same questions that stand on the list to send."""
    case.answer("use.role", "user")
    theirs = [
        one
        for one in case.questions()
        if one.asked and one.state == "unanswered" and one.question.who[:1] == ("provider",)
    ]
    row = next(one for one in case.status().rows if one.title == "Questions others must answer")

    assert theirs and row.says.startswith(f"{len(theirs)} open; the list: ")
    assert row.says.endswith(f"questions {case.folder} --for provider")


def test_an_entry_made_elsewhere_reaches_the_next_look(case: Case) -> None:
    """Questions, findings and memo are worked out once for each state of the record, whoever wrote to it."""
    before = case.memo().html
    assert case.memo().html == before

    Case(case.folder).answer("use.role", ["user"], by="B. Example")

    role = next(one for one in case.questions() if one.question.id == "use.role")
    assert role.state == "answered" and case.findings().for_user
    assert "B. Example" not in before and "B. Example" in case.memo().html


def test_open_case_begins_one_or_finds_it(tmp_path: Path) -> None:
    """The notebook's first line works the first time and every time after; another repo is refused."""
    first = open_case(tmp_path / "case", repo=SAMPLE)
    assert first.is_sample
    assert open_case(tmp_path / "case", repo=SAMPLE).folder == first.folder
    assert open_case(tmp_path / "case").is_sample
    with pytest.raises(BadInputError, match="another folder"):
        open_case(tmp_path / "case", repo="a/b")


def test_the_law_of_an_earlier_day_can_be_asked_for(case: Case) -> None:
    """Findings carry the day their law is as of."""
    assert case.findings(date(2026, 11, 1)).as_of == "2026-11-01"
    assert case.findings().as_of == "2026-11-22"


_RESERVED = {
    "use.role": "rightsholder",
    "copyright.exception@collect": "dsm_4",
    "rightsholder.reservation": "prose_terms",
}
_AFTER = date(2026, 12, 18)


def test_a_memo_is_not_issued_when_a_decision_it_waits_for_was_due(case: Case) -> None:
    """Until somebody records why: then it is issued, and the record and the memo say so."""
    for address, value in _RESERVED.items():
        case.answer(address, value)
    assert case.issue(date(2026, 12, 16)).new
    before = _files(case.folder)

    with pytest.raises(DecisionDueError, match=r"due .*2026-12-17.*--despite"):
        case.issue(_AFTER)
    assert _files(case.folder) == before

    issued = case.issue(_AFTER, despite="The judgment was read; it changes nothing here.")
    again = case.issue(_AFTER)

    assert "The judgment was read; it changes nothing here." in issued.path.read_text("utf-8")
    assert (again.path, again.new) == (issued.path, False)
    kinds = [event["event"] for event in case.chronology()]
    assert kinds[-2:] == ["overridden", "issued"]


def test_a_preview_says_that_a_decision_was_due(case: Case) -> None:
    """Whoever works on a draft sees at the finding what must be looked up first."""
    for address, value in _RESERVED.items():
        case.answer(address, value)

    assert "before a decision that was due on 17 December 2026" in case.memo(_AFTER).html
    assert "before a decision that was due" not in case.memo(date(2026, 12, 16)).html


def test_dates_stand_first_in_status_findings_and_memo(case: Case) -> None:
    """A claim known of in 2023 ends on 31 December 2026: nobody has to look for it."""
    for address, value in {
        "use.role": "rightsholder",
        "rightsholder.places": "DE",
        "matter.known-since": "2023-02-01",
    }.items():
        case.answer(address, value)

    assert case.status().dates[0].startswith("31 December 2026: Claims in Germany run out (limitation)")
    assert case.status().dates[1].startswith("about 1 March 2023 (this date has passed; counsel)")
    page_one = case.memo().html.partition("What we plan and when")[0]
    assert "31 December 2026" in page_one and "three years from the end of 2023" in page_one
    later = case.memo(date(2027, 1, 2)).html.partition("What we plan and when")[0]
    assert "Claims in Germany run out (limitation); this date has passed; counsel" in later

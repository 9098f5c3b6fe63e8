"""What the screens draw and what messages from them make of a case; no browser, the real case."""

import errno
import hashlib
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import memo_inputs as by_hand
import pytest
from cases import CARD, REPO, Desk
from fake_hub import FakeHub

from duediligence import about_us
from duediligence.analysis.matrix import NOT_READ
from duediligence.analysis.situation import Asked
from duediligence.case import SAMPLE, Case
from duediligence.cli import text as cli_text
from duediligence.errors import BadInputError, StoppedError
from duediligence.facts.fact import Fact
from duediligence.knowledge.vocabulary import ACT_WORDS, MATRIX_REGIMES
from duediligence.memo.to_provider import numbered
from duediligence.memo.words import REGIMES
from duediligence.opened import Listener
from duediligence.pack.checking import verify as verify_pack
from duediligence.verifying import verify
from duediligence.widgets import (
    another_look,
    evidence,
    field,
    findings,
    lineage,
    matrix,
    outputs,
    queue,
    quotes,
    review,
)
from duediligence.widgets.interview import Interview
from duediligence.widgets.lineage import TreeView
from duediligence.widgets.looking import Looking, Running
from duediligence.widgets.memo import MemoView
from duediligence.widgets.quotes import facts_list
from duediligence.widgets.screen import Reply, Screen
from duediligence.widgets.sheet import Sheet, address_of
from duediligence.widgets.status import StatusCard
from duediligence.widgets.tree import Node, texts

HOSTILE = '<img src=x onerror="alert(1)"><script>1</script>{{7*7}} \u202egpj.exe'


@pytest.fixture
def case(fake_hub: FakeHub, tmp_path: Path) -> Case:
    """A captured case about one small model whose training data only the prose names."""
    fake_hub.add(REPO, card=CARD)
    case = Desk().new(tmp_path / "case")
    case.capture()
    return case


@pytest.fixture
def interview(case: Case) -> Interview:
    """A sitting in which the name has been given."""
    sitting = Interview(case)
    sitting.handle("begin", {"values": {"author": "B. Example"}}, _nowhere)
    return sitting


def _nowhere(reply: Reply) -> None:
    """A screen nobody looks at."""


def _nodes(node: Any) -> Iterator[Node]:
    if isinstance(node, list):
        yield node
        for child in node[2:]:
            yield from _nodes(child)


def _all(page: Node | None, tag: str, **wanted: str) -> list[Node]:
    assert page is not None
    return [
        node
        for node in _nodes(page)
        if node[0] == tag and all(node[1].get(name) == value for name, value in wanted.items())
    ]


def _address(page: Node | None) -> str:
    (form,) = _all(page, "form")
    return str(form[1]["submits"]["address"])


def _send(interview: Interview, action: str, address: str, **values: Any) -> Reply:
    return interview.handle(action, {"address": address, "values": values}, _nowhere)


def _events(case: Case, kind: str) -> list[Any]:
    return [event for event in case.chronology() if event["event"] == kind]


# The questionnaire.


def test_the_name_is_asked_once_and_the_warning_stands_before_the_first_answer(case: Case) -> None:
    """Before anything is asked a person sees who is named and what notes may be used for."""
    sitting = Interview(case)
    page = sitting.show().page
    assert "Write facts, not opinions." in texts(page)
    assert _all(page, "input", name="author")

    page = sitting.handle("begin", {"values": {"author": "B. Example"}}, _nowhere).page
    assert "Write facts, not opinions." in texts(page)

    page = _send(sitting, "answer", _address(page), value=["user"]).page
    assert "Write facts, not opinions." not in texts(page)
    again = Interview(case)
    assert not _all(again.show().page, "input", name="author")
    assert again.author == "B. Example"


def test_nobody_begins_without_a_name(case: Case) -> None:
    """An empty name is a problem in words, and the keyboard goes to it."""
    reply = Interview(case).handle("begin", {"values": {"author": " "}}, _nowhere)
    assert reply.focus == "problem"
    assert "Write your name" in texts(reply.page)


def test_nothing_is_chosen_before_a_person_chooses(interview: Interview) -> None:
    """No box is ticked, no way out taken, no text written."""
    page = interview.show().page
    assert not [node for node in _nodes(page) if node[1].get("checked")]


def test_continue_makes_an_answer_and_says_what_it_changed(interview: Interview, case: Case) -> None:
    """One message, one event with value, reason and both names, one line, and the next question."""
    reply = _send(interview, "answer", "use.role", value=["user"], reason="I was told", says="C. Example")
    (event,) = _events(case, "answered")
    assert (event["question"], event["value"], event["reason"]) == ("use.role", ["user"], "I was told")
    assert (event["says"], event["by"]) == ("C. Example", "B. Example")
    assert (reply.line or "").startswith("Recorded.")
    assert reply.changed
    assert reply.focus == "question"
    assert _address(reply.page) == "use.acts"


@pytest.mark.parametrize(
    ("values", "ask"),
    [
        ({"way": "unknown"}, None),
        ({"way": "someone", "who": "D. Example"}, "D. Example"),
        ({"way": "provider"}, "provider"),
    ],
)
def test_each_way_out_is_an_answer_with_the_value_unknown(
    interview: Interview, case: Case, values: dict[str, str], ask: str | None
) -> None:
    """I do not know, somebody else can say, only the provider can say."""
    _send(interview, "answer", "use.role", value=[], **values)
    (event,) = _events(case, "answered")
    assert event["value"] == "unknown"
    assert event.get("ask") == ask


def test_every_question_has_the_three_ways_out(case: Case) -> None:
    """Whatever its type, a page holds the same three ways."""
    sheets = {one.question.type: _sheet(one) for one in case.questions()}
    assert len(sheets) > 6
    for sheet in sheets.values():
        from duediligence.widgets import question

        page = question.page(sheet)
        assert [node[1]["value"] for node in _all(page, "input", name="way")] == list(field.WAYS)


def _sheet(asked: Asked, **more: Any) -> Sheet:
    law = by_hand.inputs().law
    given = {
        "where": "Your plans",
        "author": "B. Example",
        "repo": REPO,
        "law": law,
        "places": {"DE": "Germany"},
    }
    return Sheet(asked=asked, **(given | more))


@pytest.mark.parametrize("values", [{}, {"value": []}, {"value": None}, {"way": "someone", "who": " "}])
def test_an_empty_form_is_no_answer(interview: Interview, case: Case, values: dict[str, Any]) -> None:
    """What is wrong stands in a box the keyboard goes to and at the field; nothing is written or cleared."""
    reply = _send(interview, "answer", "use.role", reason="because", **values)
    assert reply.focus == "problem"
    assert _all(reply.page, "p", id="wrong")
    (reason,) = _all(reply.page, "textarea", name="reason")
    assert reason[2:] == ["because"]
    assert not _events(case, "answered")


def test_an_impossible_value_is_named_and_stays_in_the_field(interview: Interview, case: Case) -> None:
    """The case says what a date looks like; the text is still there to be corrected."""
    _send(interview, "answer", "use.role", value=["user"])
    reply = _send(interview, "answer", "use.start", value="next spring")
    assert reply.focus == "problem"
    (typed,) = _all(reply.page, "input", name="value")
    assert typed[1]["value"] == "next spring"
    assert len(_events(case, "answered")) == 1


def test_a_draft_is_kept_and_is_no_answer(interview: Interview, case: Case) -> None:
    """What is typed survives the kernel and is not in the record."""
    reply = _send(interview, "draft", "use.role", value=["user"], reason="half a sen")
    assert (reply.draft or "").startswith("Draft kept ")
    assert not _events(case, "answered")

    page = _begun(Interview(Case(case.folder))).page
    assert texts(_all(page, "textarea", name="reason")[0]) == "half a sen"
    assert [node[1]["value"] for node in _all(page, "input", name="value") if node[1].get("checked")] == [
        "user"
    ]


def _begun(sitting: Interview) -> Reply:
    return sitting.handle("begin", {"values": {"author": "B. Example"}}, _nowhere)


def test_an_answer_ends_its_draft(interview: Interview, case: Case) -> None:
    """After Continue nothing half-typed is left."""
    _send(interview, "draft", "use.role", value=["user"])
    _send(interview, "answer", "use.role", value=["user"])
    assert not case.drafts()


def test_a_failed_save_says_so_at_once_and_keeps_the_text(
    interview: Interview, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: no answer, a loud line, and the page with what was typed is left alone."""

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    answered = _send(interview, "answer", "use.role", value=["user"])
    assert "NOT saved" in (answered.problem or "")
    assert answered.page is None
    assert not answered.changed

    drafted = _send(interview, "draft", "use.role", value=["user"])
    assert drafted.draft == "Draft NOT kept"
    assert "No space left" in (drafted.problem or "")

    monkeypatch.undo()
    assert not _events(case, "answered")


def test_back_leads_to_the_question_before_with_its_answer(interview: Interview) -> None:
    """The answer given stands in the form; nothing is taken back."""
    _send(interview, "answer", "use.role", value=["counsel"])
    page = interview.handle("back", {}, _nowhere).page
    assert _address(page) == "use.role"
    assert [node[1]["value"] for node in _all(page, "input", name="value") if node[1].get("checked")] == [
        "counsel"
    ]


def test_a_change_from_the_list_of_answers_comes_back_to_it(interview: Interview, case: Case) -> None:
    """Check your answers, Change, Continue: and the list again."""
    _send(interview, "answer", "use.role", value=["counsel"])
    page = interview.handle("review", {}, _nowhere).page
    assert "To advise someone" in texts(page)
    interview.handle("go", {"address": "use.role"}, _nowhere)
    reply = _send(interview, "answer", "use.role", value=["user"])
    assert "Check your answers" in [texts(node) for node in _all(reply.page, "h3")]
    assert len(_events(case, "answered")) == 2


def test_the_list_of_answers_is_edited_in_place(interview: Interview, case: Case) -> None:
    """Change opens the form in its row; an error stays there; Continue leads back to the row."""
    _send(interview, "answer", "use.role", value=["counsel"])
    interview.handle("review", {}, _nowhere)
    opened = interview.handle("go", {"address": "use.role"}, _nowhere)
    assert [texts(node) for node in _all(opened.page, "h3")] == ["Check your answers"]
    assert _address(opened.page) == "use.role"
    assert len(_all(opened.page, "li", **{"class": "open"})) == 1
    assert [
        node[1]["value"] for node in _all(opened.page, "input", name="value") if node[1].get("checked")
    ] == ["counsel"]

    wrong = _send(interview, "answer", "use.role", value=[])
    assert wrong.focus == "problem"
    assert "Check your answers" in texts(wrong.page)
    done = _send(interview, "answer", "use.role", value=["user"])
    assert not _all(done.page, "li", **{"class": "open"})
    (row,) = _all(done.page, "button", id=str(done.focus))
    assert row[1]["action"]["address"] == "use.role"

    interview.handle("go", {"address": "use.role"}, _nowhere)
    closed = interview.handle("close", {}, _nowhere)
    assert not _all(closed.page, "li", **{"class": "open"})
    assert closed.focus == done.focus


def test_the_list_of_answers_stays_when_another_screen_changes_the_case(
    interview: Interview, case: Case
) -> None:
    """Nobody who reads it is taken to a question."""
    _send(interview, "answer", "use.role", value=["user"])
    interview.handle("review", {}, _nowhere)
    case.answer("use.commercial", "none", by="C. Example")
    assert "Check your answers" in texts(interview.follow().page)


def test_undo_takes_back_ones_own_last_step_and_shows_the_question(interview: Interview, case: Case) -> None:
    """The button names what it takes back; afterwards the question is open before the person."""
    first = interview.show().page
    assert not [node for node in _all(first, "button") if texts(node) == "Undo"]
    page = _send(interview, "answer", "use.role", value=["user"]).page
    (undo,) = [node for node in _all(page, "button") if texts(node) == "Undo"]
    assert undo[1]["aria-label"] == "Undo: your answer to “Why are you looking at this model?”"

    reply = interview.handle("undo", {}, _nowhere)
    assert (reply.line or "").startswith("Taken back: your answer to")
    assert reply.changed
    assert _address(reply.page) == "use.role"
    assert not [node for node in _nodes(reply.page) if node[1].get("checked")]
    assert [event["event"] for event in case.chronology()[-2:]] == ["answered", "withdrawn"]


def test_a_file_goes_with_the_answer_it_was_added_to(interview: Interview, case: Case) -> None:
    """It is copied into the case, named in the answer, shown in the list, and hashed by verify."""
    given = {"address": "use.role", "names": ["../Auftrag März.pdf"], "bytes": [b"%PDF-1.7"]}
    added = interview.handle("attach", {**given, "values": {"value": ["user"], "files": []}}, _nowhere)
    (box,) = _all(added.page, "input", name="files")
    name = box[1]["value"]
    assert box[1]["checked"]
    assert (case.folder / name).read_bytes() == b"%PDF-1.7"
    assert Path(name).parent == Path("attachments")
    assert [
        node[1]["value"] for node in _all(added.page, "input", name="value") if node[1].get("checked")
    ] == ["user"]

    _send(interview, "answer", "use.role", value=["user"], files=[name])
    (event,) = _events(case, "answered")
    assert event["files"] == [name]
    assert "Auftrag" in texts(interview.handle("review", {}, _nowhere).page)
    assert verify(case.folder) == []
    (case.folder / name).write_bytes(b"another")
    assert verify(case.folder) == [f"{case.folder / name} was altered."]


def test_a_file_that_is_unticked_does_not_go_along(interview: Interview, case: Case) -> None:
    """What stands in the form counts, not what was once chosen."""
    added = {"address": "use.role", "names": ["a.txt"], "bytes": [b"a"], "values": {"value": ["user"]}}
    interview.handle("attach", added, _nowhere)
    _send(interview, "answer", "use.role", value=["user"], files=[])
    (event,) = _events(case, "answered")
    assert "files" not in event


def _offers(page: Node | None) -> list[str]:
    return [node[1]["aria-label"] for node in _all(page, "button") if texts(node) == "Take this"]


def test_an_answer_about_us_is_offered_in_the_next_case_and_is_a_draft_until_continue(
    interview: Interview, case: Case, tmp_path: Path
) -> None:
    """It is shown with its case and day; taken, it stands in the form with its reason, and no further."""
    before = Desk(2).new(tmp_path / "before")
    before.answer("use.principal-place", "DE", reason="It is in the register.", says="C. Example")
    before.answer("use.commercial", "none")
    assert _offers(interview.handle("go", {"address": "use.commercial"}, _nowhere).page) == []

    page = interview.handle("go", {"address": "use.principal-place"}, _nowhere).page
    assert _offers(page) == ["Take this: Germany"]
    assert "In  before ,  C. Example  answered on 22 November 2026:  Germany" in texts(page)
    (select,) = _all(page, "select")
    assert select[1]["value"] == ""
    assert not case.drafts()

    (take,) = [node for node in _all(page, "button") if texts(node) == "Take this"]
    message = {**take[1]["action"], "values": {"reason": "Asked again today."}}
    taken = interview.handle(message["action"], message, _nowhere)
    (select,) = _all(taken.page, "select")
    assert select[1]["value"] == "DE"
    assert not _events(case, "answered")

    draft = case.drafts()["use.principal-place"]
    assert draft["reason"] == "Asked again today.\nas in before, 22 November 2026"
    again = interview.handle(message["action"], {**message, "values": {"reason": "typed"}}, _nowhere)
    assert again.page and case.drafts()["use.principal-place"]["reason"].startswith("typed\n")
    _send(interview, "answer", "use.principal-place", **draft)
    (event,) = _events(case, "answered")
    assert (event["value"], event["says"], event["by"]) == ("DE", "C. Example", "B. Example")
    assert event["reason"].endswith("as in before, 22 November 2026")


def test_only_what_can_be_read_and_no_lawyer_directs_is_offered(case: Case, tmp_path: Path) -> None:
    """Newest first and each answer once; no unknown, no sample, no link, no altered case, not this one."""
    (asked,) = [one for one in case.questions() if one.question.id == "use.entity"]
    assert set(about_us.QUESTIONS) <= {one.question.id for one in case.questions()}
    case.answer("use.entity", "Ours")
    desk = Desk(3)
    for name, said in {"one": "Example GmbH", "two": "Example AG", "three": "Example GmbH"}.items():
        desk.new(tmp_path / name).answer("use.entity", said)
    desk.new(tmp_path / "unknown").answer("use.entity", "unknown")
    desk.new(tmp_path / "directed", counsel="D. Example").answer("use.entity", "Secret GmbH")
    Case.new(tmp_path / "sample", SAMPLE).answer("use.entity", "Sample GmbH")
    outside = desk.new(tmp_path / "elsewhere" / "linked")
    outside.answer("use.entity", "Linked GmbH")
    (tmp_path / "link").symlink_to(outside.folder)
    altered = desk.new(tmp_path / "altered")
    altered.answer("use.entity", "Altered GmbH")
    path = max((altered.folder / "ledger").glob("*.json"))
    path.write_bytes(path.read_bytes().replace(b"Altered GmbH", b"Changed GmbH"))
    (tmp_path / "no-case" / "ledger").mkdir(parents=True)

    offered = [(one.case, one.answer.value) for one in case.earlier(asked)]
    assert offered == [("three", "Example GmbH"), ("two", "Example AG")]


def test_questions_only_the_provider_can_answer_are_a_list_and_no_pages(case: Case) -> None:
    """Nobody is asked page after page what somebody else must know."""
    waiting = queue.queue(case.questions())
    assert waiting
    assert all(one.question.who[:1] != ("provider",) for one in waiting)


def test_an_answer_whose_source_changed_is_asked_about_first(
    fake_hub: FakeHub, interview: Interview, case: Case
) -> None:
    """Old and new stand side by side; Keep is one event and the question is done."""
    _send(interview, "answer", "use.role", value=["user"])
    _send(interview, "answer", "use.passes-on", value=["none"])
    fake_hub.add(REPO, card=CARD.replace("license: mit", "license: cc-by-nc-4.0"))
    case.capture(force=True)

    page = Interview(case).show().page
    assert _all(page, "form")[0][1]["submits"] == {"action": "keep", "address": "use.passes-on"}
    assert "mit" in " ".join(texts(node) for node in _all(page, "del"))
    assert "cc-by-nc-4.0" in " ".join(texts(node) for node in _all(page, "ins"))

    reply = _send(Interview(case), "keep", "use.passes-on", reason="nobody gets it")
    assert len(_events(case, "kept")) == 1
    assert reply.changed


def test_change_opens_the_form_with_the_answer_that_stands(
    fake_hub: FakeHub, interview: Interview, case: Case
) -> None:
    """Changing begins from what was said."""
    _send(interview, "answer", "use.role", value=["user"])
    _send(interview, "answer", "use.passes-on", value=["none"])
    fake_hub.add(REPO, card=CARD.replace("license: mit", "license: cc-by-nc-4.0"))
    case.capture(force=True)
    sitting = Interview(case)
    sitting.show()
    page = sitting.handle("change", {"address": "use.passes-on"}, _nowhere).page
    assert [node[1]["value"] for node in _all(page, "input", name="value") if node[1].get("checked")] == [
        "none"
    ]


def test_two_answers_stand_side_by_side_and_one_is_taken() -> None:
    """Each with its own button; the drawing prefers none."""
    answers = [
        by_hand.answered("use.commercial", "X", event="1" * 8),
        by_hand.answered("use.commercial", "Y", event="2" * 8),
    ]
    asked = replace(by_hand.asked("use.commercial"), answer=answers[0], others=(answers[1],))
    page = another_look.two_answers(_sheet(asked))
    taken = [node[1]["action"]["event"] for node in _all(page, "button")]
    assert sorted(taken) == ["11111111", "22222222"]


def test_a_message_about_no_question_is_refused_in_words(interview: Interview) -> None:
    """A page older than the case cannot write anywhere."""
    with pytest.raises(BadInputError, match="no question of this case"):
        _send(interview, "answer", "use.nothing", value="x")


# Fields.


def test_a_state_is_a_more_exact_place() -> None:
    """What is written as a region is the answer; several stand beside the countries."""
    place = by_hand.question("use.home", "Where?", type="place")
    assert field.answer_from(place, {"value": "DE", "region": "de-hh"}) == {"value": "DE-HH", "ask": None}
    places = by_hand.question("use.offer", "Where?", type="places")
    given = {"value": ["FR"], "region": "US-IL, us-ca"}
    assert field.answer_from(places, given)["value"] == ["FR", "US-IL", "US-CA"]
    assert field.values_of(places, ("FR", "US-IL"), None) == {"value": ["FR"], "region": "US-IL"}


# Everything that outsiders wrote.


def test_words_of_others_arrive_as_text_with_hidden_signs_named() -> None:
    """Markup stays letters; a sign that would reorder the line is named."""
    fact = by_hand.fact("training_data", HOSTILE, "prose", "E2", quote=HOSTILE)
    for drawn in (quotes.fact_line(fact), evidence.page([fact], by_hand.REPO)):
        assert "<script>1</script>" in texts(drawn)
        assert "[U+202E]gpj.exe" in texts(drawn)
        assert "\u202e" not in repr(drawn)


def test_no_screen_asks_the_browser_for_markup(case: Case) -> None:
    """Only the elements and attributes the screen knows, and never a place for markup or an address."""
    script = (Path(field.__file__).parent / "screen.js").read_text("utf-8")
    assert "innerHTML" not in script
    assert "insertAdjacentHTML" not in script
    allowed = set(script.split("const TAGS = new Set(")[1].split(");")[0].replace('"', " ").split())
    for part in _parts(case):
        for node in _nodes(part.show().page):
            assert node[0] in allowed
            assert not {"src", "href", "style", "onclick", "srcdoc", "innerhtml"} & set(node[1])


def _parts(case: Case) -> list[Any]:
    return [
        StatusCard(case),
        Looking(case.capture()),
        evidence.Sources(case.evidence()),
        TreeView(case.lineage()),
        Interview(case),
        findings.FindingsView(case.findings(), case),
        MemoView(case.memo()),
    ]


def test_a_long_quotation_is_cut_and_says_so() -> None:
    """A megabyte on one line does not reach the browser whole."""
    fact = by_hand.fact("training_data", "x", "prose", "E2", quote="a" * 1_000_000)
    drawn = texts(quotes.fact_line(fact))
    assert len(drawn) < 3000
    assert "more characters" in drawn


# The other screens.


def test_right_and_not_right_decide_on_a_mention(case: Case) -> None:
    """One click, one event; the screen says what it changed."""
    view = TreeView(case.lineage())
    (edge,) = [edge.id for edge in case.lineage().edges if edge.stated_in == "prose"]
    words = [texts(button) for button in _all(view.show().page, "button") if "action" in button[1]]
    assert words == ["Right", "Not right"]
    reply = view.handle("right", {"edge": edge, "values": {"reason": "the paper says so"}}, _nowhere)
    (event,) = _events(case, "accepted")
    assert (event["mention"], event["reason"]) == (edge, "the paper says so")
    assert reply.changed
    assert "You said: right." in texts(reply.page)


def test_looking_again_runs_beside_and_tells_every_step(case: Case) -> None:
    """The button starts a thread, the lines arrive, the end says what changed."""
    told: list[Reply] = []
    view = Looking(case.capture())
    reply = view.handle("look", {}, told.append)
    assert "Stop" in texts(reply.page)
    view.wait()
    assert len(case.chronology()) == 3
    assert told[-1].changed
    assert (told[-1].line or "").startswith("Looked again.")
    assert len(told) > 2


def test_stop_ends_a_look_and_writes_nothing(case: Case, fake_hub: FakeHub) -> None:
    """A stopped look leaves the case as it was, and says so."""
    told: list[Reply] = []
    view = Looking(case.capture())
    before = len(case.chronology())
    fake_hub.wait(seconds=1)
    view.handle("look", {}, told.append)
    view.handle("stop", {}, told.append)
    view.wait()
    assert len(case.chronology()) == before
    assert told[-1].line or told[-1].problem
    assert "Check the Hub now" in texts(told[-1].page)


def test_a_hub_that_is_away_is_one_sentence_and_the_screen_can_be_used_again(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What went wrong in the thread reaches the person."""
    told: list[Reply] = []
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    view = Looking(case.capture())
    view.handle("look", {}, told.append)
    view.wait()
    assert told[-1].problem
    assert "Check the Hub now" in texts(told[-1].page)


def test_findings_name_their_kind_before_their_standing() -> None:
    """Groups by who can act, with counts; what does not apply is folded."""
    inputs = by_hand.inputs()
    page = findings.page(inputs.findings, inputs.asked, inputs.facts, inputs.law, by_hand.REPO)
    words = texts(page)
    assert "Constraint · " in words
    assert words.index("For you (") < words.index("For the provider (") < words.index("For counsel (")
    assert any("Does not apply (" in texts(node[2]) for node in _all(page, "details"))


def _prose(case: Case) -> list[Fact]:
    return [fact for fact in case.facts() if fact.source == "prose"]


def test_a_name_taken_for_a_known_data_set_is_said_to_be_taken_so(case: Case) -> None:
    """At the mention, among the facts, at the questions about it, on the command line and in the memo."""
    said = "taken for laion/laion2B-en: it is what the list of well-known data sets calls by that name"
    assert said in texts(TreeView(case.lineage()).show().page)
    assert said in texts(facts_list(_prose(case))) and said in cli_text.facts(_prose(case), REPO)
    assert said in cli_text.lineage(case.lineage())
    sitting = Interview(case)
    sitting.handle("begin", {"values": {"author": "B. Example"}}, _nowhere)
    about = sitting.handle("go", {"address": "dataset.content@datasets/laion/laion2B-en"}, _nowhere)
    assert said in texts(about.page)
    assert "the list of well-known data sets calls it by that name" in case.memo().html


def test_an_undecided_mention_is_looked_up_and_asked_about(case: Case) -> None:
    """As the workbook says: until somebody says that it is not right."""
    (edge,) = case.lineage().edges
    asked = {one.about for one in case.questions() if one.asked and one.question.each == "dataset"}
    assert edge.accepted is None and edge.upstream in asked

    case.reject(edge.id, by="B. Example")
    assert edge.upstream not in {one.about for one in case.questions() if one.asked and one.question.each}


def test_words_on_a_legal_basis_are_shown_as_what_the_source_says(fake_hub: FakeHub, tmp_path: Path) -> None:
    """A sentence with the article and the act is on file: quoted at the finding; what is open is asked."""
    basis = "We rely on Article 6(1)(f) GDPR for training and publishing the weights."
    fake_hub.add(REPO, card=f"{CARD}\n{basis}\n")
    case = Desk().new(tmp_path / "basis")
    case.capture()
    case.answer("use.role", ("user",), by="B. Example")
    case.answer("data.personal", "yes", by="B. Example")
    for question in ("data.legal-basis@train", "provider.legal-basis@train"):
        case.answer(question, "unknown", by="B. Example")
    view = findings.FindingsView(case.findings(), case).show().page
    cards = [node for node in _all(view, "article") if "speaks of a legal basis" in texts(node)]

    assert cards
    for card in cards:
        said = texts(card)
        assert "not on file" not in said
        assert said.index("The source says") < said.index(basis) < said.index("Rests on")


def test_findings_are_narrowed_by_who_can_act(case: Case) -> None:
    """Each filter says how many it shows; the pressed one is told to the ear; a table is one of them."""
    case.answer("use.role", ["user"])
    found = case.findings()
    view = findings.FindingsView(found, case)
    counts = {by: number for by, _, number in findings.filters(found)}
    for owner in ("you", "provider", "counsel"):
        reply = view.handle("filter", {"by": owner}, _nowhere)
        assert len(_all(reply.page, "article")) == counts[owner]
        (pressed,) = _all(reply.page, "button", **{"aria-pressed": "true"})
        assert pressed[1]["action"]["by"] == owner
        assert str(counts[owner]) in (reply.line or "")
    table = view.handle("filter", {"by": "table"}, _nowhere).page
    assert len(_all(table, "tr")) == counts["all"] + 1
    assert "aria-pressed" in repr(view.follow().page)


def _of_a_user(desk: Desk, folder: Path) -> Case:
    """A captured case of somebody who plans to use the model."""
    case = desk.new(folder / "of a user")
    case.capture()
    case.answer("use.role", ["user"])
    return case


def test_the_screen_of_findings_opens_with_what_stands_against_the_plan(
    fake_hub: FakeHub, desk: Desk, tmp_path: Path
) -> None:
    """Before what is only open, whatever the rules are called."""
    fake_hub.add(REPO, card="---\nlicense: cc-by-nc-4.0\nbase_model: example/base\n---\n# X\n")
    case = _of_a_user(desk, tmp_path)
    case.answer("use.acts", ["product"])
    case.answer("use.commercial", "paid_product")
    words = texts(findings.FindingsView(case.findings(), case).show().page)
    mine = words[words.index("For you (") :]

    assert mine.index("grants no commercial use") < mine.index("Missing")


def test_what_one_rule_finds_of_several_things_is_folded_behind_the_first(
    fake_hub: FakeHub, desk: Desk, tmp_path: Path
) -> None:
    """No finding is lost: the others are named, and stand inside."""
    names = [f"example/part-{n}" for n in range(4)]
    fake_hub.add(
        REPO, card="---\nlicense: mit\ndatasets:\n" + "".join(f"- {n}\n" for n in names) + "---\n# X\n"
    )
    opened = _of_a_user(desk, tmp_path)
    found = opened.findings()
    alike = [one for one in found.findings if one.about == "datasets/example/part-0"]
    alike = [one for one in alike if one.status != "not_applicable" and one.owner == "you"]
    page = findings.FindingsView(found, opened).show().page
    words = texts(page)

    assert alike
    assert "The same of 3 more: example/part-1, example/part-2, example/part-3" in words
    assert len(_all(page, "article")) == len(found.findings)


def test_the_table_of_legal_bases_says_once_what_was_not_read_and_leaves_out_what_nobody_asked(
    fake_hub: FakeHub, desk: Desk, tmp_path: Path
) -> None:
    """No column of *Not asked* squeezes the others; what could apply there stays, folded below."""
    fake_hub.add(REPO, card="---\nlicense: mit\nbase_model: example/base\ndatasets: [example/x]\n---\n# X\n")
    opened = _of_a_user(desk, tmp_path)
    opened.answer("use.offer-places", ["DE"])
    made = opened.matrix()
    page = matrix.page(made)
    first = next(one for one in made.places if one.in_play)
    (table, *_) = _all(page, "table")
    heads = [texts(one) for one in _all(table, "th", scope="col")]

    cells = [words for line in first.lines for cell in line.cells for words in cell.words]
    assert sum(words.startswith(NOT_READ) for words in cells) > 2
    (opened_place,) = [one for one in _all(page, "details") if one[1].get("open")]
    rows = _all(table, "tr")[1:]
    assert 0 < texts(opened_place).count(NOT_READ) < len(rows)
    assert all(texts(one).count(NOT_READ) == 0 for one in _all(table, "th"))
    for regime in MATRIX_REGIMES:
        states = {cell.state for line in first.lines for cell in line.cells if cell.regime == regime}
        assert (REGIMES[regime] in heads) == (states != {"not_asked"})
        assert REGIMES[regime] in texts(opened_place)


def test_a_box_of_the_picture_leads_to_its_line(case: Case) -> None:
    """Every button on the picture names what it stands for and points at something in the list."""
    page = lineage.page(case.lineage())
    boxes = [node for node in _all(page, "button") if "points" in node[1]]
    shown_in_list = {fact for node in _nodes(page) for fact in node[1].get("facts", ())}
    assert boxes
    for one in boxes:
        assert one[1]["points"] in shown_in_list
        assert one[1]["aria-label"]
        assert all(0 <= part <= 100 for part in one[1]["place"])


def test_a_quotation_stands_between_the_sentences_around_it(case: Case) -> None:
    """What is said before and after it is one click away, and every place that cites it leads there."""
    page = evidence.Sources(case.evidence()).show().page
    (around,) = [
        node for node in _all(page, "p", **{"class": "around"}) if "Deployed use" in texts(node)[-40:]
    ][:1]
    assert " ".join(texts(around).split()) == (
        "A small encoder This model was trained on LAION-2B-en, the English subset of LAION-5B. "
        "Deployed use is out of scope."
    )
    here = {fact for node in _nodes(page) for fact in node[1].get("facts", ())}
    leads = [node for node in _all(lineage.page(case.lineage()), "button") if "shows" in node[1]]
    assert leads
    assert {node[1]["shows"] for node in leads} <= here


def test_the_memo_is_shown_in_a_frame_and_issued_by_a_button(case: Case) -> None:
    """Drawing issues nothing; the button issues once and then says it was there."""
    view = MemoView(case.memo())
    (frame,) = _all(view.show().page, "iframe")
    assert frame[1]["document"].startswith("<!")
    assert not _events(case, "issued")
    assert (view.handle("issue", {}, _nowhere).line or "").startswith("Issued: ")
    assert "issued before" in (view.handle("issue", {}, _nowhere).line or "")
    assert len(_events(case, "issued")) == 1


def test_an_issued_memo_is_signed_and_taken_back_on_the_screen(case: Case) -> None:
    """Forms come with the issued memo; each step is one event, by whoever types, and the screen tells it."""
    view = MemoView(case.memo())
    assert _all(view.show().page, "form") == []
    view.handle("issue", {}, _nowhere)
    with pytest.raises(BadInputError, match="say what was done"):
        view.handle("sign", {"values": {"step": None, "says": "B. Partner"}}, _nowhere)
    signed = view.handle("sign", {"values": {"step": "released", "says": "B. Partner"}}, _nowhere)
    assert signed.changed and "released by B. Partner" in texts(signed.page)
    (form,) = [one for one in _all(signed.page, "form") if one[1]["submits"]["action"] == "take back"]
    with pytest.raises(BadInputError, match="needs a reason"):
        view.handle("take back", {**form[1]["submits"], "values": {"reason": " "}}, _nowhere)
    back = view.handle("take back", {**form[1]["submits"], "values": {"reason": "a slip"}}, _nowhere)
    assert "It is a draft again." in (back.line or "") and "Reason: a slip" in texts(back.page)
    (event,) = _events(case, "unsigned")
    assert event["by"] == event["says"] == case.typist
    assert not [one for one in _all(back.page, "form") if one[1]["submits"]["action"] == "take back"]


def test_what_is_typed_where_the_memo_leaves_the_house_is_kept_until_it_is_done(case: Case) -> None:
    """A cell run again, or a new kernel, shows it in its open fold; another memo is not signed with it."""
    view = MemoView(case.memo())
    view.handle("issue", {}, _nowhere)
    assert [one for one in _all(view.show().page, "details") if one[1].get("open")] == []
    _draft(view, "sign", step="reviewed", says="B. Partner", reason="dates and quo")
    _draft(view, "pack", **{"with": ["names"]})
    page = MemoView(Case(case.folder).memo()).show().page
    assert [texts(one[2]) for one in _all(page, "details") if one[1].get("open")] == [
        "Sign it",
        "Pack it to send",
    ]
    ticked = [one[1]["value"] for one in _all(page, "input") if one[1].get("checked")]
    assert ticked == ["reviewed", "names"]
    assert [one[1]["value"] for one in _all(page, "input", name="says")] == ["B. Partner"]
    assert "dates and quo" in [texts(one) for one in _all(page, "textarea")]

    signed = view.handle("sign", {"values": {"step": "reviewed", "says": "B. Partner"}}, _nowhere)
    assert "dates and quo" not in texts(signed.page)
    (back,) = [one for one in _all(signed.page, "form") if one[1]["submits"]["action"] == "take back"]
    view.handle("draft", {**back[1]["drafts"], "values": {"reason": "a sl"}}, _nowhere)
    again = view.handle("preview", {}, _nowhere)
    assert "a sl" in [texts(one) for one in _all(again.page, "textarea")]
    view.handle("take back", {**back[1]["submits"], "values": {"reason": "a slip"}}, _nowhere)
    view.handle("pack", {"values": {"with": []}}, _nowhere)
    assert case.drafts() == {}

    _draft(view, "sign", reason="of the first memo")
    case.note("More.", by="A. Example")
    view.handle("preview", {}, _nowhere)
    view.handle("issue", {}, _nowhere)
    assert "of the first memo" not in texts(view.show().page)


def _draft(view: MemoView, form: str, **values: Any) -> None:
    (drawn,) = [one for one in _all(view.show().page, "form") if one[1]["submits"]["action"] == form]
    said = view.handle("draft", {**drawn[1]["drafts"], "values": values}, _nowhere)
    assert said.draft == "Draft kept" and said.page is None


def test_why_a_mention_is_right_is_kept_while_it_is_typed(case: Case) -> None:
    """Also where the list is drawn anew because something else has changed."""
    view = TreeView(case.lineage())
    (form,) = [one for one in _all(view.show().page, "form")]
    view.handle("draft", {**form[1]["drafts"], "values": {"reason": "the paper sa"}}, _nowhere)
    page = TreeView(Case(case.folder).lineage()).show().page
    assert [one[1].get("value") for one in _all(page, "input", name="reason")] == ["the paper sa"]
    view.handle(
        "right", {"edge": form[1]["drafts"]["edge"], "values": {"reason": "the paper says so"}}, _nowhere
    )
    assert case.drafts() == {} and case.chronology()[-1]["reason"] == "the paper says so"


def test_a_pack_is_written_from_the_screen(case: Case) -> None:
    """By default no person is in it; its number can be copied; on hold what was there is kept and told."""
    view = MemoView(case.memo())
    view.handle("issue", {}, _nowhere)
    done = view.handle("pack", {"values": {"with": []}}, _nowhere)
    (path,) = (case.folder / "packs").glob("*.zip")
    assert hashlib.sha256(path.read_bytes()).hexdigest() in texts(done.page)
    assert "Left out of it" in texts(done.page) and verify_pack(path).problems == ()
    view.handle("pack", {"values": {"with": ["names", "files"]}}, _nowhere)
    names = sorted(one.name for one in (case.folder / "packs").iterdir())
    assert len(names) == 2 and names[0].endswith("-with-names-and-files.zip")
    case.hold(by="A. Example")
    path.write_bytes(b"the one we sent")
    done = view.handle("pack", {"values": {"with": []}}, _nowhere)
    assert "what it held is kept as" in (done.line or "")
    assert [one.read_bytes() for one in (case.folder / "packs" / "kept").iterdir()] == [b"the one we sent"]


def test_the_provider_list_is_numbered_text_in_the_providers_wording() -> None:
    """Ready to copy, with what is risky about asking before it."""
    open_ = [one for one in by_hand.inputs().asked if one.question.provider_text]
    page = review.provider_list(open_, ACT_WORDS)
    assert "In a dispute, ask counsel first." in texts(page)
    assert numbered(open_, ACT_WORDS).startswith("1. ")


def test_a_look_that_a_cell_waits_for_can_be_stopped(case: Case, fake_hub: FakeHub) -> None:
    """The screen below the cell shows each step and says how to stop; then nothing is written."""
    below = Running()
    before = len(case.chronology())
    steps: list[Reply] = []

    def heard(line: str) -> None:
        steps.append(below.heard(line))
        below.stop.set()

    case.show_progress = lambda: nullcontext(Listener(tell=heard, stop=below.stop))
    with pytest.raises(StoppedError):
        case.capture(force=True)
    assert len(case.chronology()) == before
    assert "To stop: ■" in texts(steps[0].page)


def test_a_pasted_address_opens_a_case_of_its_own_beside_the_sample(tmp_path: Path) -> None:
    """With its own workbook; nothing is asked of anybody yet."""
    sample = Case.new(tmp_path / "sample", SAMPLE, by="A. Example")
    view = StatusCard(sample)
    assert _all(view.show().page, "input", name="address")
    with pytest.raises(BadInputError):
        view.handle("open", {"values": {"address": " "}}, _nowhere)
    given = {"values": {"address": "https://huggingface.co/datasets/Owner/Some.Name/tree/main"}}
    reply = view.handle("open", given, _nowhere)
    folder = tmp_path / "datasets-owner-some.name"
    assert str(folder / "workbook.ipynb") in (reply.line or "")
    assert Case(folder).asked_for.repo == "datasets/Owner/Some.Name"
    assert "datasets/Owner/Some.Name" in (folder / "workbook.ipynb").read_text("utf-8")
    assert not Case(folder).chronology()[1:]


def test_a_note_is_kept_from_the_status_card(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typed, it is a draft; *Keep* puts it into the record; a failed save keeps the text."""
    case.keep_typist("B. Example")
    card = StatusCard(case)
    typed = {"values": {"text": f"The provider called. {HOSTILE}"}}
    assert card.handle("draft", typed, _nowhere).draft == "Draft kept"
    (field_,) = _all(StatusCard(case).follow().page, "textarea")
    assert texts(field_) == typed["values"]["text"]
    assert not _events(case, "noted")

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        failed = card.handle("note", typed, _nowhere)
    assert "NOT saved" in (failed.problem or "") and failed.page is None
    assert texts(_all(card.show().page, "textarea")[0]) == typed["values"]["text"]

    kept = card.handle("note", typed, _nowhere)
    assert (kept.line, kept.changed) == ("Noted.", True)
    assert texts(_all(kept.page, "textarea")[0]) == ""
    (event,) = _events(case, "noted")
    assert (event["text"], event["by"]) == (typed["values"]["text"], "B. Example")
    with pytest.raises(BadInputError, match="The note is empty"):
        card.handle("note", {"values": {"text": " "}}, _nowhere)
    assert not _all(StatusCard(None, case.status()).show().page, "textarea")


@pytest.mark.parametrize("ignored", [False, True])
def test_outputs_that_git_would_take_along_are_warned_of(case: Case, tmp_path: Path, ignored: bool) -> None:
    """Marks of our screens say nothing; a printed table does, unless git ignores it."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    ours = {"text/plain": outputs.PLAIN.format(name="Findings")}
    for data in (ours, {"text/plain": ["   id  about"]}):
        output = {"output_type": "execute_result", "data": data}
        (case.folder / "workbook.ipynb").write_text(json.dumps({"cells": [{"outputs": [output]}]}))
        if ignored:
            (tmp_path / ".gitignore").write_text("case/")
        warned = "Clear Outputs of All Cells" in texts(StatusCard(case).show().page)
        assert warned is (data is not ours and not ignored)


# The screen itself.


def test_the_state_of_a_screen_holds_no_page(case: Case) -> None:
    """A notebook that keeps the state of its widgets keeps no answer and no finding."""
    screen = Screen(Interview(case))
    assert "Why are you looking" not in repr(screen.get_state())
    assert not [name for name in screen.get_state() if name in ("page", "value")]
    screen.close()


def test_other_screens_of_the_case_follow_a_change(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer is seen in the status card; a screen that is gone is left alone."""
    sent: list[tuple[str, Any]] = []
    monkeypatch.setattr(
        Screen, "send", lambda self, content, buffers=None: sent.append((self.part.name, content))
    )
    questions, status, gone = Screen(Interview(case)), Screen(StatusCard(case)), Screen(StatusCard(case))
    for screen in (questions, status, gone):
        screen.receive({"action": "show"})
    gone.receive({"action": "gone"})
    questions.receive({"action": "begin", "values": {"author": "B. Example"}})
    sent.clear()
    questions.receive({"action": "answer", "address": "use.role", "values": {"value": ["user"]}})
    assert [name for name, _ in sent] == ["Questions", "Status"]
    assert "1 answered" in texts(sent[1][1]["page"])
    for screen in (questions, status, gone):
        screen.close()


def test_whatever_goes_wrong_is_said_on_the_screen(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours is no silence: the person must not believe that something was saved."""
    sent: list[Any] = []
    monkeypatch.setattr(Screen, "send", lambda self, content, buffers=None: sent.append(content))
    monkeypatch.setattr(Interview, "handle", lambda *_: 1 / 0)
    screen = Screen(Interview(case))
    screen.receive({"action": "answer"})
    assert "NOT done" in sent[-1]["problem"]
    screen.close()


def test_an_address_names_question_and_thing() -> None:
    """The same form as on the command line."""
    assert (
        address_of(by_hand.asked("dataset.content", by_hand.DATASET)) == f"dataset.content@{by_hand.DATASET}"
    )


def test_a_decision_stands_in_the_list() -> None:
    """A rejected mention stays, with what follows from it."""
    assert "You said: not right." in texts(lineage.page(by_hand.inputs().lineage))


def test_findings_keep_up_with_the_case(case: Case) -> None:
    """An answer given further up is seen in the findings further down."""
    view = findings.FindingsView(case.findings(), case)
    before = texts(view.show().page)
    case.answer("use.role", ["user"])
    assert texts(view.follow().page) != before

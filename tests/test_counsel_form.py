"""The questions as a file to fill in, and its way back."""

from dataclasses import replace
from pathlib import Path

import pytest
from cases import Desk
from hypothesis import given as any_of
from hypothesis import settings
from hypothesis import strategies as st
from test_cli import one_sentence, run

from duediligence import plain_yaml
from duediligence.analysis.abouts import address
from duediligence.answering import read_answers
from duediligence.case import SAMPLE, Case
from duediligence.errors import BadAnswersError
from duediligence.memo.counsel_form import counsel_form
from tests import memo_inputs as given


def filled(form: str, *answers: tuple[str, str, str]) -> str:
    """*form* with value and reason at each of these addresses; a reason may be followed by more lines."""
    for at, value, reason in answers:
        empty = f"\n{at}:\n  value:\n  reason:\n"
        assert form.count(empty) == 1
        form = form.replace(empty, f"\n{at}:\n  value: {value}\n  reason: {reason}\n")
    return form


@pytest.fixture
def sample(tmp_path: Path) -> Case:
    """The sample, captured, with one answer on file."""
    case = Desk().new(tmp_path / "case", SAMPLE)
    case.capture()
    for at, value in (("use.role", ["user"]), ("use.acts", ["product"]), ("use.commercial", "paid_product")):
        case.answer(at, value, says="A. Example", by="A. Example")
    return case


def test_the_form_holds_every_question_that_is_asked_open_ones_first(sample: Case) -> None:
    """Each once, with its words and choices; what is answered stands last, with the answer beside it."""
    asked = [one for one in sample.questions() if one.asked]
    form = counsel_form(asked, sample.repo)

    places = [key for key in plain_yaml.load(form) if key not in ("for", "says", "by")]
    assert sorted(places) == sorted(address(one.question.id, one.about) for one in asked)
    assert places[-3:] == ["use.role", "use.acts", "use.commercial"]
    assert "#   On file: paid_product (A. Example, 22 November 2026)" in form
    assert "# What does laion/laion2B-en hold?" in form
    assert "#     links_captions: links with captions" in form
    assert "The model was trained on LAION-2B-en," in form
    assert max(map(len, form.splitlines())) < 200


def test_a_form_that_nobody_filled_in_answers_nothing(sample: Case) -> None:
    """Given back as it is, it leaves the record as it is."""
    assert read_answers(counsel_form(sample.questions(), sample.repo), "form") == []


def test_what_is_filled_in_comes_back_as_answers(sample: Case) -> None:
    """A value, several, one not known with somebody to ask; who says it once for all, or beside one."""
    form = filled(
        counsel_form(sample.questions(), sample.repo),
        ("dataset.content@datasets/laion/laion2B-en", "links_captions", "Its table says so."),
        ("use.offer-places", "DE, FR", ""),
        ("provider.legal-basis@publish", "", "\n  ask: provider"),
    )
    form = form.replace("\nsays:  #", "\nsays: C. Counsel  #").replace("\nby:  #", "\nby: D. Clerk  #")
    before = len(sample.chronology())
    sample.answer_all(read_answers(form, "form"))

    events = {event["question"]: event for event in sample.chronology()[before:]}
    assert {at: event["value"] for at, event in events.items()} == {
        "dataset.content": "links_captions",
        "use.offer-places": ["DE", "FR"],
        "provider.legal-basis": "unknown",
    }
    assert {(event["says"], event["by"]) for event in events.values()} == {("C. Counsel", "D. Clerk")}
    assert events["dataset.content"]["reason"] == "Its table says so."
    assert events["provider.legal-basis"]["ask"] == "provider"


def test_one_wrong_entry_refuses_the_whole_form(sample: Case) -> None:
    """Also a reason without a value, which would be lost without a word."""
    form = filled(
        counsel_form(sample.questions(), sample.repo),
        ("use.offer-places", "DE", ""),
        ("output.kind", "perhaps", ""),
        ("use.start", "", "Sales begin."),
    )
    before = sample.chronology()
    with pytest.raises(BadAnswersError) as wrong:
        sample.answer_all(read_answers(form, "form"))

    assert len(wrong.value.problems) == 2
    assert "perhaps" in str(wrong.value) and "use.start: the value is empty" in str(wrong.value)
    assert sample.chronology() == before


def test_an_answers_file_that_is_no_form_takes_no_empty_value(sample: Case) -> None:
    """Only what begins as a form may leave places empty."""
    with pytest.raises(BadAnswersError, match="empty"):
        sample.answer_all(read_answers("use.start: ''\n", "answers"))


@settings(max_examples=60, deadline=None)
@any_of(st.text(max_size=60), st.text(st.sampled_from("abc@:/#'\"\\ \n-é中"), min_size=1, max_size=30))
def test_no_text_of_others_becomes_an_answer(text: str, name: str) -> None:
    """Whatever stands in a card, a question or an answer, the form reads back as its questions alone."""
    fact = given.fact("training_data", text, "prose", "E2", quote=text)
    one = replace(given.ASKED[-1], text=text, shows=(fact,), because=text)
    about = "name:" + " ".join(name.split())
    other = replace(given.ASKED[0], about=about, text=text)
    form = counsel_form((one, other), f"name:{text}")

    places = list(plain_yaml.load(form))
    wanted = {address(one.question.id, one.about), address(other.question.id, about)}
    assert set(places) == {"for", "says", "by"} | wanted
    assert read_answers(form, "form") == []


def test_the_form_on_the_command_line(tmp_path: Path) -> None:
    """Written to a file and taken back; what the command says goes for every answer of a file."""
    case, form = tmp_path / "case", tmp_path / "form.yaml"
    run("new", case, SAMPLE)
    run("capture", case)
    done = run("questions", case, "--for", "counsel", "--output", form)
    assert (done.returncode, done.stdout.strip()) == (0, str(form))
    assert run("questions", case, "--for", "counsel").stdout == form.read_text("utf-8")
    empty = run("answer", case, "--file", form)
    assert empty.returncode == 0 and "nothing was recorded" in empty.stdout

    form.write_text(filled(form.read_text("utf-8"), ("matter.mode", "ordinary", "")), "utf-8")
    said = ("--by", "D. Clerk", "--says", "C. Counsel", "--reason", "By telephone.")
    assert run("answer", case, "--file", form, *said).returncode == 0
    last = Case(case).chronology()[-1]
    assert (last["by"], last["says"], last["reason"]) == ("D. Clerk", "C. Counsel", "By telephone.")
    assert "--for counsel" in one_sentence(run("questions", case, "--output", form), 2)
    assert "--ask" in one_sentence(run("answer", case, "--file", form, "--ask", "provider"), 2)


def test_an_entry_of_a_file_says_more_than_the_command(tmp_path: Path) -> None:
    """What stands beside an answer goes before what the command says of all."""
    case, file = tmp_path / "case", tmp_path / "answers.yaml"
    run("new", case, SAMPLE)
    file.write_text(
        "use.offer-places: [DE]\nuse.commercial: {value: paid_product, by: B, says: S}\n", "utf-8"
    )
    assert run("answer", case, "--file", file, "--by", "D. Clerk").returncode == 0

    said = {e["question"]: (e["says"], e["by"]) for e in Case(case).chronology() if e["event"] == "answered"}
    assert said == {"use.offer-places": ("D. Clerk", "D. Clerk"), "use.commercial": ("S", "B")}

"""A case about a dataset: the same questions and rules under the same ids, in words that fit data."""

import re
from datetime import date
from pathlib import Path

import pytest
from cases import Desk
from fake_hub import FakeHub

from duediligence.case import Case
from duediligence.knowledge.of_dataset import of_dataset
from duediligence.knowledge.reader import load_law
from duediligence.knowledge.references import _of_dataset_problems
from duediligence.memo.to_provider import numbered

DATASET = "datasets/laion/laion2B-en"


@pytest.fixture
def case(fake_hub: FakeHub, tmp_path: Path) -> Case:
    """The dataset of the sample as a case of its own, asked by somebody who wants to use it."""
    case = Desk().new(tmp_path / "case", DATASET)
    case.capture()
    case.answer("use.role", ["user"], by="A. Example")
    case.answer("use.principal-place", "DE", by="A. Example")
    return case


def test_only_words_differ() -> None:
    """Addresses, conditions, choices and legal sources are those of every case."""
    law = load_law(date(2026, 11, 28))
    worded = of_dataset(law)

    assert [one.id for one in worded.questions] == [one.id for one in law.questions]
    assert [tuple(one.choices) for one in worded.questions] == [tuple(one.choices) for one in law.questions]
    assert [one.when for one in worded.questions] == [one.when for one in law.questions]
    assert [(one.id, one.applies, one.when, one.authorities) for one in worded.rules] == [
        (one.id, one.applies, one.when, one.authorities) for one in law.rules
    ]


def test_no_question_asks_about_a_model_that_is_not_there(case: Case) -> None:
    """Nobody who looks at data is asked what the model gives back, or who got the weights."""
    asked = [one for one in case.questions() if one.asked]
    basis = "Which legal basis has the provider stated for publishing the dataset?"

    assert {one.question.id for one in asked}.isdisjoint(
        {"output.kind", "ai-act.compute", "training.trainer"}
    )
    assert [one.text for one in asked if re.search(r"\b(the|this|your) model\b|weights", one.text)] == []
    assert basis in [one.text for one in asked if one.about == "publish"]
    sent = numbered(asked, case.law().acts)
    assert re.search(r"On which legal basis do you rely for .*publishing the dataset", sent)


def test_what_is_asked_of_each_dataset_is_asked_of_this_one(case: Case) -> None:
    """How it was collected is the first thing to know of a dataset."""
    assert DATASET in [one.about for one in case.questions() if one.question.id == "dataset.collected"]


def test_findings_matrix_and_memo_speak_of_the_dataset(case: Case) -> None:
    """Its publication is the act, in every place that names it."""
    case.answer("provider.legal-basis@publish", ["license"], by="A. Example")

    rows = [line.title for place in case.matrix().places for line in place.lines]
    assert "publishing the dataset" in rows and not [row for row in rows if "weights" in row]
    assert "publishing the weights" not in case.memo().html
    applying = [one for one in case.findings().findings if one.status != "not_applicable"]
    assert applying and not [one for one in applying if "weights" in one.proposition]


def test_words_for_a_choice_that_is_none_are_refused() -> None:
    """A choice is never added for datasets alone: answers would not fit both."""
    question = {
        "text": "How?",
        "choices": {"a": "one", "b": "two"},
        "of_dataset": {"choices": {"c": "three"}},
    }

    assert list(_of_dataset_problems(question)) == ["of_dataset: 'c' is no choice; allowed: a, b"]


def test_letters_and_the_three_questions_speak_of_data(case: Case) -> None:
    """No weights of a dataset are spoken of, and letters go to whoever published the data."""
    law, made = case.law(), case.derivative()
    said = [one.title for one in made.questions]
    said += [one.to for one in law.letters.values()]
    said += [text for one in made.questions for text in one.follows.values()]

    assert [one for one in said if re.search(r"\b(the|this) model\b", one) and "trained on" not in one] == []
    assert "Do the weights of a model trained on it hold or adapt the works?" in said
    assert law.letters["T6"].to == "whoever published the dataset, through counsel"
    assert "a model trained on it a derivative" in case.memo().html

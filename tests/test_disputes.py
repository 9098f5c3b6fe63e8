"""“Is the model a derivative of the dataset?”: three questions with their courts, evidence and silence."""

import json

import pytest

from duediligence.analysis import questionnaire
from duediligence.analysis.disputes import Derivative, Disputed, derivative
from duediligence.analysis.findings import apply_rules
from duediligence.knowledge.reader import load_law
from tests.situations import DATASET, DAY, MODEL, edge, silent, situation, stated

LAW = load_law(DAY)
ON = [edge(MODEL, "trained_on", DATASET)]


def _made(facts=(), answers=None, edges=ON) -> Derivative:
    given = situation(LAW, facts=facts, answers=answers, edges=edges)
    asked = questionnaire.ask(given)
    return derivative(given, asked, apply_rules(given, asked))


def _one(made: Derivative, id: str) -> Disputed:
    (one,) = (one for one in made.questions if one.id == id)
    return one


def test_the_word_asks_three_questions():
    """Works, database, license term; the second and third of each dataset."""
    made = _made()

    assert [(one.id, one.about) for one in made.questions] == [
        ("derivative.works", None),
        ("derivative.database", DATASET),
        ("derivative.license-term", DATASET),
    ]
    assert [one.id for one in _made(edges=()).questions] == ["derivative.works"]


def test_getty_is_no_counter_case_to_memorization():
    """There it was not alleged that the model stores works: nothing on it was decided."""
    works = _one(_made(), "derivative.works")

    assert "UK-GETTY" not in {one["authority"]["id"] for one in works.positions}
    (getty,) = (one for one in works.answers_nothing if one["authority"]["id"] == "UK-GETTY")
    assert "was not alleged" in getty["because"]
    assert not [one for one in works.positions if one["side"] == "no"]


def test_suno_reaches_a_hosted_service_and_its_claim_on_making_available_failed():
    """Cited for neither section 19a nor weights to download."""
    works = _one(_made(), "derivative.works")
    (suno,) = (one for one in works.positions if one["authority"]["id"] == "DE-GEMA-SUNO")

    assert "section 19a) was rejected" in suno["says"]
    assert "hosted service" in suno["reach"] and "to download were not decided" in suno["reach"]


def test_the_article_the_provider_named_answers_none_of_the_three():
    """It is about outputs under US law."""
    for one in _made().questions:
        assert "SSRN-4022665" in {item["authority"]["id"] for item in one.answers_nothing}
        assert "SSRN-4022665" not in {item["authority"]["id"] for item in one.positions}


def test_evidence_says_how_it_stands_and_who_says_so():
    """Answered, not known, not answered, stated and searched in vain are five things."""
    facts = [silent("training_data"), stated("license", "cc-by-4.0", repo=DATASET)]
    answers = {
        "use.role": ("rightsholder",),
        "copyright.output-shown": "yes",
        "copyright.prompt-kind": "unknown",
    }
    made = _made(facts, answers)
    works = {one.text: one for one in _one(made, "derivative.works").evidence}
    terms = {one.text: one for one in _one(made, "derivative.license-term").evidence}

    assert works["whether recognizable works came out"].stands == "yes, as A. Example says"
    assert works["whether recognizable works came out"].known
    assert works["the kind of prompt they came out on"].stands == "not known"
    assert works["which kinds of protected things are in the data"].stands == "not answered"
    assert works["what the card says of its training data"].stands == "not stated; searched: E2"
    assert terms["the license the sources state"].stands == "“cc-by-4.0”"
    assert terms["the license the sources state"].rests_on[0]["fact"]


def test_what_could_not_be_read_is_not_called_silent():
    """The license of a gated dataset is not known, not absent."""
    made = _made([silent("training_data"), silent("license", repo=DATASET, state="not_reached")])
    terms = {one.text: one for one in _one(made, "derivative.license-term").evidence}

    assert terms["the license the sources state"].stands == "not known: the sources could not be read"


@pytest.mark.parametrize("role", ["user", "rightsholder", "data_subject", "counsel", "releaser"])
def test_what_follows_is_said_to_whoever_asks(role):
    """Each role reads what follows for it; while nobody said who asks, all stand there."""
    assert list(_one(_made(answers={"use.role": (role,)}), "derivative.works").follows) == [role]
    assert len(_one(_made(), "derivative.works").follows) == 5


def test_findings_on_it_are_named_with_their_status():
    """The rules that speak of the question, as far as they apply."""
    answers = {"use.role": ("rightsholder",), "copyright.derivative-sense": ("works",)}
    works = _one(_made(answers=answers), "derivative.works")

    assert ("copyright.derivative-of-the-works", None, "contested") in works.findings


def test_it_is_json_and_a_frame():
    """Schema first, sources with state and confirmation; a row a position."""
    made = _made()
    whole = json.loads(json.dumps(made.to_json()))

    assert next(iter(whole)) == "schema"
    assert all(one["positions"] for one in whole["questions"])
    for one in whole["questions"]:
        for position in one["positions"]:
            assert set(position["authority"]) == {"id", "title", "state", "confirmed"}
    assert len(made.table()) == sum(len(one.positions) for one in made.questions)

"""What cards say of works kept in a model, of duplicates, and of the machines it was trained on."""

from datetime import date

import pytest

from duediligence.facts.reading import read_card
from duediligence.knowledge.reader import load_law

REPO = "models/harbour-lab/pilot-7b"


def said(key: str, text: str, repo: str = REPO) -> list[str]:
    """What a card states under *key*."""
    facts = read_card(text.encode(), repo).facts
    return [fact.value for fact in facts if fact.key == key and fact.state == "stated" and fact.value]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nothing was done to deduplicate the dataset.",
        "We see some memorization of pictures that are duplicated in the training data.",
        "The model may memorise parts of its training set.",
        "It regurgitates song texts when asked for them.",
        "At times it can give a letter back verbatim from the dataset.",
        "Near-duplicate images were taken out before training.",
        "No memorization was found in our tests.",
    ],
)
@pytest.mark.parametrize("repo", [REPO, "datasets/harbour-lab/tides"])
def test_memorization_and_duplicates_are_read(sentence, repo):
    """Admitted or denied: the words are quoted under a key of their own."""
    assert said("memorization", f"# Pilot\n\n{sentence}\n", repo) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "The memorial holds names of sailors.",
        "You can duplicate this space.",
        "Benchmarks measure reasoning, memorization and long context.",
        "The code was duplicated from another project.",
        "You should memorize the key.",
    ],
)
def test_other_words_with_the_same_stems_are_no_memorization(sentence):
    """Neither a benchmark, a copy of code nor advice."""
    assert said("memorization", f"# Pilot\n\n{sentence}\n") == []


def test_machines_hours_and_region_are_read_by_their_labels():
    """Each line as it stands; a placeholder and an ordinary sentence on hardware state nothing."""
    card = (
        "## Environmental Impact\n\n- **Hardware Type:** A100\n- **Hours used:** 150000\n"
        "- **Compute Region:** US-east\n- **Cloud Provider:** [More Information Needed]\n\n"
        "It runs on any hardware.\n"
    )

    assert said("compute", card) == ["Compute Region: US-east", "Hardware Type: A100", "Hours used: 150000"]


def test_they_stand_at_the_questions_they_bear_on():
    """On works given back, on computing and on the place of training."""
    asked = {one.id: one for one in load_law(date(2026, 11, 22)).questions}

    assert "memorization" in asked["copyright.output-shown"].shows
    assert all(
        "compute" in asked[one].shows for one in ("ai-act.compute", "training.places", "parent.compute")
    )

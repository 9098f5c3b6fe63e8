"""The quick look at a passage: a reader that is not asked would have found nothing."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duediligence.facts import cues, prose
from duediligence.facts.cues import cues_in
from duediligence.facts.fact import Fact
from duediligence.facts.reading import read_card
from duediligence.facts.uses import PURPOSES

CARDS = sorted(Path(__file__).with_name("cards").glob("*.md"))
REPOS = ("models/keel/keel-7b", "datasets/keel/letters")
EVERY = ~PURPOSES
"""All cues at once, so that no reader is spared a passage; those on purposes are a rule of their own."""

# What the readers look for, beside the cues: words that stand around names, and names.
_AROUND = """
    we it the a an this that model models dataset datasets corpus data was were is are been not be on
    with from of for by in to and or under using used use train trained training pre-trained fine-tuned
    version base weights released available Zorban-7K Keel-7B KeluMivo `keel/zorban` MIT CC-BY-4.0
    [Zorban](https://hf.co/datasets/x/zorban) [page](https://www.kaggle.com/datasets/a/b) me@keel.example
    images records names users consent Article 6 GDPR only commercially Ltd Norway such as contains
"""
_WORDS = st.sampled_from([*_AROUND.split(), *sorted(cues._BITS), *(f"{cue}ed" for cue in sorted(cues._BITS))])
_SENTENCES = st.lists(_WORDS, min_size=3, max_size=14).map(lambda words: " ".join(words) + ".")
_LINES = st.builds(
    "{}{}".format,
    st.sampled_from(
        ["", "- ", "**Model:** ", "Data: ", "## ", "## Training data\n\n", "## Privacy\n\n- ", "\n"]
    ),
    _SENTENCES,
)


def facts(text: str, repo: str) -> tuple[Fact, ...]:
    return read_card(text.encode(), repo).facts


def facts_without_cues(text: str, repo: str) -> tuple[Fact, ...]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "cues_in", lambda lower: EVERY | cues_in(lower))
        return facts(text, repo)


@pytest.mark.parametrize("repo", REPOS)
@pytest.mark.parametrize("card", CARDS, ids=lambda path: path.stem)
def test_the_quick_look_loses_nothing_of_a_card(card, repo):
    """A card says the same when every reader is given every passage."""
    text = card.read_text("utf-8")

    assert facts(text, repo) == facts_without_cues(text, repo)


@settings(max_examples=150)
@given(lines=st.lists(_LINES, min_size=1, max_size=6), repo=st.sampled_from(REPOS))
def test_the_quick_look_loses_nothing_whatever_is_written(lines, repo):
    """Nor is anything lost of passages made of the words the readers look for."""
    text = "\n".join(lines)

    assert facts(text, repo) == facts_without_cues(text, repo)


def test_a_cue_is_the_beginning_of_a_word():
    """It stands behind a hyphen or bracket too, and inside another cue; never in the middle of a word."""
    tuned, whole = cues.cues("tun"), cues.cues("fine-tun")

    assert cues_in("(tuned)") & tuned
    assert cues_in("a fine-tuned one") & tuned and cues_in("a fine-tuned one") & whole
    assert not cues_in("a fortune") & (tuned | whole)

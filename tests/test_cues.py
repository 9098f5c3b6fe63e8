"""The quick look at a passage: a reader that is not asked would have found nothing."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duediligence.facts import cues, prose, prose_facts, telling, titles
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
_CUES = tuple(cues._CUES.bits)
_STEMS = titles._STEMS
_WORDS = st.sampled_from([*_AROUND.split(), *sorted(_CUES), *(f"{cue}ed" for cue in sorted(_CUES))])
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
    every_stem = (1 << len(_STEMS.bits)) - 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "cues_in", lambda lower: EVERY | cues_in(lower))
        patch.setattr(_STEMS, "standing_in", lambda lower: every_stem)
        for kept in (titles.kinds_of, prose_facts._said):
            kept.cache_clear()
        try:
            return facts(text, repo)
        finally:
            for kept in (titles.kinds_of, prose_facts._said):
                kept.cache_clear()


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


_BEFORE_VERBS = """
    We can may might should would will must you your users people others developers not never without cannot
    unlike whereas instead of similar to similarly compared in contrast if when once unless before prior be
    able allows helps let us easy how aimed at intended suitable inspired recommended encourage consider want
    wish needs ought than outperforms better other beats surpassed exceeding rivals baselines competitors
    previous versions earlier models older checkpoints such as used to designed networks systems LLMs by a
    classifier tokenizer filter detector vocabulary suggest This model was it has been further and, but which
    while we don't isn\u2019t first then data Keel-7B corpus; \u2014if (not "can" no. currently no
"""


@settings(max_examples=300)
@given(before=st.lists(st.sampled_from(_BEFORE_VERBS.split()), max_size=9))
def test_the_quick_look_before_a_verb_calls_nothing_done_that_is_not(before):
    """A verb that the quick look lets pass, the thorough one tells as done too."""
    words = " ".join([*before, "trained on Zorban-7K"])
    at = words.index("trained on")
    quick = telling.is_done(words, at)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(telling, "_plainly", lambda _: False)
        assert telling.is_done(words, at) == quick


@pytest.mark.parametrize("expression", titles._DECLARED)
@given(data=st.data())
def test_every_title_of_a_kind_holds_one_of_its_stems(expression, data):
    """What the expression of a kind finds, the kind is found for: its stems keep their promise."""
    found = data.draw(st.from_regex(re.compile(expression, re.ASCII)))

    kind = 1 << titles._DECLARED.index(expression)
    assert titles.kinds_of(found) & kind == kind * bool(re.search(expression, titles.bare(found)))


def test_a_cue_is_the_beginning_of_a_word():
    """It stands behind a hyphen or bracket too, and inside another cue; never in the middle of a word."""
    tuned, whole = cues.cues("tun"), cues.cues("fine-tun")

    assert cues_in("(tuned)") & tuned
    assert cues_in("a fine-tuned one") & tuned and cues_in("a fine-tuned one") & whole
    assert not cues_in("a fortune") & (tuned | whole)


def test_where_nothing_is_declared_nothing_stands():
    """Passages can be read before any reader has said what it looks for."""
    assert cues.Beginnings().standing_in("it was trained") == 0

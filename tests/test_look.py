"""What needs another look: compared by what the sources say, not by where or when."""

from dataclasses import replace

import pytest

from duediligence.analysis import questionnaire
from duediligence.analysis.look import QUESTION_CHANGED, READ_DIFFERENTLY, SOURCE_CHANGED, changed
from duediligence.facts.fact import Fact
from duediligence.history import Shown
from tests.situations import (
    DATASET,
    MODEL,
    asked,
    edge,
    finding,
    law,
    question,
    rule,
    silent,
    situation,
    stated,
)


def _changed(then: list[Fact], now: list[Fact], reread=()) -> list[tuple[str, Fact | None, Fact | None]]:
    shown = Shown(text="Which license?", choices=(), facts=tuple(then))
    places = {}
    for fact in now:
        places.setdefault((fact.repo, fact.key), []).append(fact)
    return list(changed(shown, "Which license?", (), lambda repo, key: places.get((repo, key), ()), reread))


_MIT = stated("license", "mit", source="api", file="info", evidence="E1")
_PROSE = stated("license", "mit", source="prose", quote="Released under  the\nMIT license.")


@pytest.mark.parametrize(
    "now",
    [
        replace(_PROSE, revision="0" * 40),
        replace(_PROSE, bytes=(10, 20), evidence="E9", sha256="1" * 64),
        replace(_PROSE, quote="Released under the MIT license."),
        replace(_PROSE, file="docs/README.md", searched=("E1",), reason="moved"),
    ],
)
def test_place_time_and_white_space_are_no_change(now):
    """A new revision that says the same leaves every answer alone."""
    assert _changed([_PROSE], [now]) == []


def test_order_and_repetition_are_no_change():
    """Sets are compared: one fact twice is one fact."""
    other = stated("license", "apache-2.0", source="license_file")

    assert _changed([_PROSE, other], [other, _PROSE, _PROSE]) == []


@pytest.mark.parametrize(
    "now",
    [
        replace(_PROSE, value="apache-2.0"),
        replace(_PROSE, quote="Released under the MIT license, for research."),
        replace(_PROSE, source="license_file"),
    ],
)
def test_value_words_and_source_count(now):
    """The words count where the words are the source."""
    gone = replace(now, evidence="E9")

    assert _changed([_PROSE], [gone]) == [(SOURCE_CHANGED, _PROSE, gone)]


def test_the_words_below_a_title_count_where_both_know_them():
    """A clause that changed is seen; what was kept by an earlier version without them stays the same."""
    title = stated(
        "license", "Harbour License", source="license_file", quote="Harbour License", evidence="E2"
    )
    now = replace(title, words="b" * 16, evidence="E9")

    assert _changed([replace(title, words="a" * 16)], [now]) == [
        (SOURCE_CHANGED, replace(title, words="a" * 16), now)
    ]
    assert _changed([title], [now]) == []


def test_the_quote_of_front_matter_does_not_count():
    """There the value is what counts, however it is written."""
    one = stated("license", "mit", quote="license: mit")

    assert _changed([one], [replace(one, quote="license:   'mit'  # ours")]) == []


def test_an_addition_is_seen_through_the_absent_fact():
    """Silence was shown; now somebody speaks."""
    now = stated("license", "mit", evidence="E7")

    assert _changed([silent("license")], [now]) == [(SOURCE_CHANGED, silent("license"), now)]


def test_a_second_value_is_a_row_of_its_own():
    """What stays has no row."""
    now = stated("license", "apache-2.0", source="license_file", evidence="E7")

    assert _changed([_MIT], [_MIT, now]) == [(SOURCE_CHANGED, None, now)]


def test_values_of_one_source_share_a_row():
    """One value replaced by one other is shown side by side, source by source."""
    other = stated("license", "mit", source="license_file")
    changed_license = replace(_MIT, value="cc-by-nc-4.0", evidence="E8")
    changed_file = replace(other, value="cc-by-nc-4.0", evidence="E9")

    assert _changed([_MIT, other], [changed_file, changed_license]) == [
        (SOURCE_CHANGED, _MIT, changed_license),
        (SOURCE_CHANGED, other, changed_file),
    ]


def test_a_key_that_was_not_shown_is_not_compared():
    """An answer rests on what was beside it, nothing else."""
    assert _changed([_MIT], [_MIT, stated("gated", "auto")]) == []


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ([_PROSE], [replace(_PROSE, value="mit-0")]),
        ([silent("license", searched=("E1", "E2"))], [_PROSE]),
        ([_PROSE], [silent("license", searched=("E1", "E2"))]),
        ([_PROSE, replace(_PROSE, value="bsd")], [_PROSE]),
    ],
)
def test_the_same_body_read_differently_is_no_change_of_the_source(then, now):
    """The number of evidence names the bytes: when they stayed, this program changed."""
    assert [cause for cause, _, _ in _changed(then, now)] == [READ_DIFFERENTLY]


def test_the_old_capture_read_again_tells_the_cause():
    """The card changed elsewhere, but the new fact comes from reading it anew."""
    now = replace(_PROSE, value="mit-0", evidence="E9")
    again = replace(_PROSE, value="mit-0")

    assert [cause for cause, _, _ in _changed([_PROSE], [now], reread=[again])] == [READ_DIFFERENTLY]
    assert [cause for cause, _, _ in _changed([_PROSE], [now], reread=[_PROSE])] == [SOURCE_CHANGED]


def test_a_reworded_question_needs_another_look():
    """People answered other words."""
    shown = Shown(text="Which license?", choices=("a", "b"), facts=())

    assert changed(shown, "Which license text?", ("a", "b"), lambda *_: ()) == (
        (QUESTION_CHANGED, None, None),
    )
    assert changed(shown, "Which license?", ("a", "c"), lambda *_: ()) == ((QUESTION_CHANGED, None, None),)
    assert changed(shown, "Which license?", ("a", "b"), lambda *_: ()) == ()


_LAW = law(
    questions=[
        question("a.fits", each="dataset", text="'Does {about} fit?'", shows="[license]"),
        question("a.other", shows="[gated]"),
    ],
    rules=[rule("a.rule", "{answer: a.fits, is: 'yes'}", each="dataset")],
)


def test_only_answers_that_were_shown_the_changed_fact_are_flagged():
    """The finding on such an answer becomes a gap and names it; the other answer stands."""
    edges = [edge(MODEL, "trained_on", DATASET)]
    facts = [stated("license", "cc-by-4.0", repo=DATASET), silent("gated")]
    before = situation(_LAW, answers={f"a.fits@{DATASET}": "yes", "a.other": "yes"}, facts=facts, edges=edges)
    now = stated("license", "cc-by-nc-4.0", repo=DATASET, evidence="E9")
    after = replace(before, facts=(now, silent("gated")))

    one = asked(after, "a.fits", DATASET)

    assert one.state == "needs_another_look"
    assert one.changes == ((SOURCE_CHANGED, facts[0], now),)
    assert asked(after, "a.other").state == "answered"
    assert finding(before, "a.rule", DATASET).status == "established"
    assert finding(after, "a.rule", DATASET).status == "gap"
    assert finding(after, "a.rule", DATASET).missing == ("needs another look: Does laion/laion2B-en fit?",)


def test_an_answer_given_before_anything_was_captured_is_not_flagged():
    """Nothing was shown, so nothing that was shown has changed."""
    where = situation(_LAW, answers={"a.other": "yes"}, facts=[silent("gated", repo=DATASET)])
    then = questionnaire.shown(_LAW.questions[1], None, where)

    after = replace(where, facts=(stated("gated", "auto"),))

    assert then.facts == ()
    assert asked(after, "a.other").state == "answered"


def test_an_answer_about_a_vanished_repo_is_flagged():
    """Facts that were shown and are gone are a change."""
    assert _changed([_MIT], []) == [(SOURCE_CHANGED, _MIT, None)]

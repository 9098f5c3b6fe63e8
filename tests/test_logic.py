"""Conditions in three values, against real facts and answers."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duediligence.analysis import questionnaire
from duediligence.analysis.abouts import expand
from duediligence.analysis.comparison import negated
from duediligence.analysis.logic import Grounds
from duediligence.analysis.outcome import Outcome
from duediligence.analysis.situation import Situation
from duediligence.analysis.wording import leaf_words
from duediligence.facts.fact import Fact
from duediligence.facts.lineage import Node
from duediligence.repo import shown
from tests.situations import DATASET, MODEL, PARENT, edge, law, question, silent, situation, stated

_CHOICES = "{user: to use it, counsel: to advise someone, releaser: I publish it}"
_LAW = law(
    questions=[
        question("a.yes"),
        question("a.one", "choice", choices=_CHOICES),
        question("a.many", "choices", choices=_CHOICES),
        question("a.date", "date"),
        question("a.number", "number"),
        question("a.place", "place"),
        question("a.places", "places"),
        question("a.text", "text"),
        question("a.data", each="dataset", text="'What about {about}?'", shows="[license]"),
        question("a.act", each="act"),
        question("a.licensed", each="licensed"),
        question("a.after", when="{answer: a.yes, is: 'yes'}"),
    ]
)


def _test(condition, *, answers=None, facts=(), about=None, each=None, edges=()) -> Outcome:
    return _ground(situation(_LAW, answers=answers, facts=facts, edges=edges)).test(condition, about, each)


def _ground(where: Situation) -> Grounds:
    at = {(one.question.id, one.about): one for one in questionnaire.ask(where)}
    return Grounds(where, lambda id, about: at.get((id, about)))


def _words(outcome: Outcome) -> list[str]:
    return [leaf_words(leaf, _LAW) for leaf in outcome.leaves]


@pytest.mark.parametrize(
    ("condition", "answers", "value"),
    [
        ({"answer": "a.yes", "is": "yes"}, {"a.yes": "yes"}, True),
        ({"answer": "a.yes", "is": "yes"}, {"a.yes": "no"}, False),
        ({"answer": "a.yes", "is_not": "yes"}, {"a.yes": "no"}, True),
        ({"answer": "a.yes", "is": "yes"}, {"a.yes": "unknown"}, None),
        ({"answer": "a.yes", "is_not": "yes"}, {"a.yes": "unknown"}, None),
        ({"answer": "a.yes", "is": "yes"}, {}, None),
        ({"answer": "a.yes", "stated": "yes"}, {"a.yes": "no"}, True),
        ({"answer": "a.yes", "stated": "no"}, {"a.yes": "unknown"}, None),
        ({"answer": "a.text", "stated": "no"}, {"a.text": "something"}, False),
        ({"answer": "a.one", "in": ["user", "counsel"]}, {"a.one": "counsel"}, True),
        ({"answer": "a.one", "in": ["user", "counsel"]}, {"a.one": "releaser"}, False),
        ({"answer": "a.many", "includes": "user"}, {"a.many": ("counsel", "user")}, True),
        ({"answer": "a.many", "includes": ["user", "releaser"]}, {"a.many": ("counsel", "user")}, True),
        ({"answer": "a.many", "includes": "releaser"}, {"a.many": ("counsel", "user")}, False),
        ({"answer": "a.many", "is": "user"}, {"a.many": ("user",)}, True),
        ({"answer": "a.many", "is": "user"}, {"a.many": ("counsel", "user")}, False),
        ({"answer": "a.many", "is_not": "user"}, {"a.many": ("counsel", "user")}, True),
    ],
)
def test_answers_compare(condition, answers, value):
    """An answer is compared by slug; unknown and missing ones leave the comparison open."""
    assert _test(condition, answers=answers).value is value


@pytest.mark.parametrize(
    ("condition", "place", "value"),
    [
        ({"answer": "a.place", "is": "DE"}, "DE", True),
        ({"answer": "a.place", "is": "DE"}, "DE-HH", True),
        ({"answer": "a.place", "in": "EU"}, "DE-HH", True),
        ({"answer": "a.place", "in": "EU"}, "US", False),
        ({"answer": "a.place", "in": ["US", "EU"]}, "FR", True),
        ({"answer": "a.place", "is": "DE-HH"}, "DE", None),
        ({"answer": "a.place", "is": "DE-HH"}, "FR", False),
        ({"answer": "a.place", "is_not": "DE"}, "DE-HH", False),
        ({"answer": "a.place", "is": "NO"}, "NO", True),
    ],
)
def test_places_match_their_subdivisions(condition, place, value):
    """Hamburg is in Germany and in the EU; whether Germany means Hamburg is open."""
    assert _test(condition, answers={"a.place": place}).value is value


def test_one_of_several_places_is_enough():
    """An offer in one country of a group is an offer in the group."""
    assert (
        _test({"answer": "a.places", "includes": "EU"}, answers={"a.places": ("US", "DE-HH")}).value is True
    )
    assert _test({"answer": "a.places", "includes": "EU"}, answers={"a.places": ("US", "GB")}).value is False


@pytest.mark.parametrize(
    ("operator", "literal", "date", "value"),
    [
        ("before", "2025-08-02", "2025-08-01", True),
        ("before", "2025-08-02", "2025-08-02", False),
        ("before", "2025-08-02", "2025-07", True),
        ("before", "2025-08-02", "2025-08", None),
        ("before", "2025-08-02", "2025", None),
        ("before", "2025-08-02", "2024", True),
        ("before", "2025", "2024-12-31", True),
        ("before", "2025", "2025-01-01", False),
        ("after", "2025-08-02", "2025-08-03", True),
        ("after", "2025-08-02", "2025-08-02", False),
        ("after", "2025-08-02", "2025-08", None),
        ("after", "2025-08", "2025-09", True),
        ("after", "2025-08", "2025-08-31", False),
        ("at_least", "2025-08-02", "2025-08-02", True),
        ("at_least", "2025-08-02", "2025-08", None),
        ("at_most", "2025-08-02", "2025-08-02", True),
        ("is", "2025-08", "2025-08-02", True),
        ("is", "2025-08-02", "2025-08", None),
        ("is", "2025-08-02", "2025-09", False),
        ("is", "2025", "2025-08", True),
    ],
)
def test_dates_of_different_precision(operator, literal, date, value):
    """A month that holds the day decides nothing."""
    assert _test({"answer": "a.date", operator: literal}, answers={"a.date": date}).value is value


@pytest.mark.parametrize(
    ("operator", "literal", "number", "value"),
    [
        ("at_least", "1e23", "1.2e24", True),
        ("at_least", "1e23", "5e22", False),
        ("at_least", "1e23", "100000000000000000000000", True),
        ("at_most", "1000000", "999999.99", True),
        ("at_most", "1000000", "1000001", False),
        ("is", "1e6", "1000000", True),
    ],
)
def test_numbers_compare_by_size(operator, literal, number, value):
    """However they are written."""
    assert _test({"answer": "a.number", operator: literal}, answers={"a.number": number}).value is value


def _license(*values: str, sources=("api", "front_matter", "license_file")) -> list[Fact]:
    return [stated("license", value, source=source) for value, source in zip(values, sources, strict=False)]


@pytest.mark.parametrize(
    ("condition", "facts", "value"),
    [
        ({"fact": "license", "is": "mit"}, _license("mit"), True),
        ({"fact": "license", "is": "mit"}, _license("MIT"), True),
        ({"fact": "license", "is": "mit"}, _license("mit", "mit"), True),
        ({"fact": "license", "is": "mit"}, _license("mit", "apache-2.0"), None),
        ({"fact": "license", "is_not": "mit"}, _license("mit", "apache-2.0"), None),
        ({"fact": "license", "is": "mit"}, _license("gpl", "apache-2.0"), False),
        ({"fact": "license", "is_not": "mit"}, _license("gpl", "apache-2.0"), True),
        ({"fact": "license", "in": ["mit", "apache-2.0"]}, _license("mit", "apache-2.0"), True),
        ({"fact": "license", "includes": "mit"}, _license("mit", "apache-2.0"), True),
        ({"fact": "license", "includes": "gpl"}, _license("mit", "apache-2.0"), False),
        ({"fact": "license", "is": "cc"}, _license("cc-by-4.0"), False),
        ({"fact": "license", "stated": "yes"}, _license("mit", "apache-2.0"), True),
        ({"fact": "license", "stated": "no"}, _license("mit"), False),
        ({"fact": "license", "stated": "yes"}, [silent("license")], False),
        ({"fact": "license", "stated": "no"}, [silent("license")], True),
        ({"fact": "license", "is": "mit"}, [silent("license")], None),
        ({"fact": "license", "is_not": "mit"}, [silent("license")], None),
        ({"fact": "license", "includes": "mit"}, [silent("license")], None),
        ({"fact": "license", "stated": "yes"}, [silent("license", state="unreadable")], None),
        ({"fact": "license", "stated": "no"}, [silent("license", state="not_reached")], None),
        ({"fact": "license", "is": "mit"}, [silent("license", state="unreadable")], None),
        ({"fact": "compute", "at_least": "1e23"}, [stated("compute", "1.2e24")], True),
        ({"fact": "compute", "at_least": "1e23"}, [stated("compute", "about a week")], None),
    ],
)
def test_facts_compare(condition, facts, value):
    """Sources that agree decide; sources that differ, silence and what cannot be read leave it open."""
    assert _test(condition, facts=facts).value is value


def test_a_key_no_source_was_asked_for_is_absent():
    """A repo that was read and says nothing under a key says nothing."""
    assert _test({"fact": "gated", "stated": "no"}, facts=_license("mit")).value is True


def test_a_repo_nobody_looked_at_is_open():
    """A dataset known by name alone has no sources that could be silent."""
    outcome = _test({"fact": "license", "stated": "no"}, about="name:YFCC100M", each="dataset")

    assert outcome.value is None
    assert _words(outcome) == [
        "nobody has looked at YFCC100M, so it is not known whether it states a license"
    ]


def test_a_renamed_repo_has_the_facts_of_its_id_of_today():
    """The edge keeps the old id; what is said stands under the new one."""
    old, new = "datasets/laion/old-name", DATASET
    nodes = (Node(id=old, state="renamed", now=new, revision=None, license=()),)
    edges = [edge(MODEL, "trained_on", old), edge(new, "derived_from", "name:Common Crawl")]
    where = situation(_LAW, facts=[stated("license", "cc-by-4.0", repo=new)], edges=edges)
    where = replace(where, lineage=replace(where.lineage, repos=nodes))

    outcome = _ground(where).test({"fact": "license", "is": "cc-by-4.0"}, old, "dataset")

    assert outcome.value is True
    assert expand(where)["dataset"] == (old, "name:Common Crawl")


def test_facts_in_a_rule_for_each_dataset_are_the_datasets():
    """Inside ``each: dataset``, fact means that of the dataset; inside ``each: act``, that of the repo."""
    facts = [stated("license", "mit"), stated("license", "cc-by-4.0", repo=DATASET)]
    is_mit = {"fact": "license", "is": "mit"}

    assert _test(is_mit, facts=facts, about=DATASET, each="dataset").value is False
    assert _test(is_mit, facts=facts, about="train", each="act").value is True
    assert _test(is_mit, facts=facts).value is True


def test_an_answer_about_one_act_is_named_or_meant():
    """``@`` names an act; inside ``each: act`` the act is the one the rule is about."""
    answers = {"a.act@train": "yes", "a.act@publish": "no"}

    assert _test({"answer": "a.act@train", "is": "yes"}, answers=answers).value is True
    assert (
        _test({"answer": "a.act", "is": "yes"}, answers=answers, about="publish", each="act").value is False
    )


def test_what_is_asked_of_each_licensed_repo_is_asked_of_parents():
    """A parent is licensed."""
    edges = [edge(MODEL, "finetuned_from", PARENT)]
    condition = {"answer": "a.licensed", "is": "yes"}

    outcome = _test(
        condition, answers={f"a.licensed@{PARENT}": "yes"}, edges=edges, about=PARENT, each="parent"
    )

    assert outcome.value is True


def test_repo_kind_and_about_are_plain():
    """The kind of the repo of the case, the act of a rule for each act."""
    assert _test({"repo_kind": "models"}).value is True
    assert _test({"repo_kind": ["datasets"]}).value is False
    assert _test({"about": ["train", "publish"]}, about="publish", each="act").value is True
    assert _test({"about": "train"}, about="publish", each="act").value is False


def test_a_question_that_waits_for_another_names_that_one():
    """Nobody is sent to a question that is not asked yet."""
    outcome = _test({"answer": "a.after", "is": "yes"})

    assert outcome.value is None
    assert outcome.waits_for == ("a.yes",)


def test_the_answer_to_a_question_no_longer_asked_is_not_used():
    """It is kept, and the condition on it does not arise."""
    outcome = _test({"answer": "a.after", "is": "yes"}, answers={"a.yes": "no", "a.after": "yes"})

    assert outcome.value is None
    assert outcome.does_not_arise
    assert outcome.waits_for == ()


def test_only_unanswered_questions_are_waited_for():
    """What is unknown to people will not be answered by asking them again."""
    both = {"all": [{"answer": "a.yes", "is": "yes"}, {"answer": "a.one", "is": "user"}]}

    assert _test(both).waits_for == ("a.yes", "a.one")
    assert _test(both, answers={"a.yes": "unknown"}).waits_for == ()


def test_two_answers_that_did_not_know_each_other_leave_it_open():
    """Neither wins, not even when they say the same."""
    where = situation(_LAW, answers={"a.yes": "yes"})
    one = where.answers["a.yes", None][0]
    both = replace(where, answers={("a.yes", None): (one, replace(one, event="00000002"))})

    outcome = _ground(both).test({"answer": "a.yes", "is": "yes"})

    assert (outcome.value, outcome.leaves[0].why) == (None, "two_answers")


def test_an_answer_that_needs_another_look_is_open():
    """What it rested on has changed, so it no longer counts for the rules."""
    edges = [edge(MODEL, "trained_on", DATASET)]
    facts = [stated("license", "cc-by-4.0", repo=DATASET)]
    where = situation(_LAW, answers={f"a.data@{DATASET}": "yes"}, facts=facts, edges=edges)
    changed = replace(where, facts=(stated("license", "cc-by-nc-4.0", repo=DATASET),))

    outcome = _ground(changed).test({"answer": "a.data", "is": "yes"}, DATASET, "dataset")

    assert (outcome.value, outcome.leaves[0].why) == (None, "needs_another_look")


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (
            _test({"answer": "a.one", "is": "user"}, answers={"a.one": "counsel"}),
            "the answer to “What about a.one?” is “to advise someone”",
        ),
        (_test({"answer": "a.one", "is": "user"}), "not answered: What about a.one?"),
        (
            _test({"answer": "a.one", "is": "user"}, answers={"a.one": "unknown"}),
            "not known: What about a.one?",
        ),
        (
            _test({"fact": "license", "is": "mit"}, facts=_license("cc-by-4.0", "cc-by-4.0")),
            f"the Hub's data and the card's front matter of {shown(MODEL)} state a license: cc-by-4.0",
        ),
        (
            _test({"fact": "license", "is": "mit"}, facts=_license("mit", "apache-2.0")),
            "the sources of laion/CLIP-ViT-H-14-laion2B-s32B-b79K differ on license: mit (the Hub's data), "
            "apache-2.0 (the card's front matter)",
        ),
        (
            _test({"fact": "license", "is": "mit"}, facts=[silent("license")]),
            "no source of laion/CLIP-ViT-H-14-laion2B-s32B-b79K states a license (searched: E2)",
        ),
        (
            _test({"fact": "license", "is": "mit"}, facts=[silent("license", state="not_reached")]),
            f"{shown(MODEL)} could not be reached, so it is not known whether it states a license",
        ),
        (
            _test(
                {"fact": "license.disagree", "is": "true"},
                facts=[stated("license.disagree", "false", source="computed")],
            ),
            f"the sources of {shown(MODEL)} do not contradict each other on the license",
        ),
        (
            _test({"answer": "a.place", "is": "DE-HH"}, answers={"a.place": "DE"}),
            "not exact enough: the answer to “What about a.place?” is Germany",
        ),
    ],
)
def test_words(outcome, expected):
    """What is found or missing is said without codes."""
    assert _words(outcome) == [expected]


def test_an_open_any_does_not_name_what_failed():
    """Of an open *any* only the open parts are missing."""
    condition = {"any": [{"answer": "a.yes", "is": "yes"}, {"answer": "a.one", "is": "user"}]}

    assert _words(_test(condition, answers={"a.yes": "no"})) == ["not answered: What about a.one?"]


_YES = law(questions=[question(f"a.q{i}") for i in range(4)])
_LEAVES = st.sampled_from(
    [{"answer": f"a.q{i}", op: word} for i in range(4) for op in ("is", "is_not") for word in ("yes", "no")]
)
_CONDITIONS = st.recursive(
    _LEAVES,
    lambda below: st.one_of(
        st.lists(below, min_size=1, max_size=3).map(lambda some: {"all": some}),
        st.lists(below, min_size=1, max_size=3).map(lambda some: {"any": some}),
        below.map(lambda one: {"not": one}),
    ),
    max_leaves=6,
)
_ANSWERS = st.lists(st.sampled_from(["yes", "no", "unknown", None]), min_size=4, max_size=4)


def _value(condition, answers) -> bool | None:
    where = situation(_YES, answers={f"a.q{i}": value for i, value in enumerate(answers) if value})
    return _ground(where).test(condition).value


@settings(max_examples=150)
@given(st.lists(_CONDITIONS, min_size=1, max_size=3), _ANSWERS)
def test_de_morgan(conditions, answers):
    """Not all is any not, and not any is all not, in three values too."""
    none_of = [{"not": one} for one in conditions]

    assert _value({"not": {"all": conditions}}, answers) is _value({"any": none_of}, answers)
    assert _value({"not": {"any": conditions}}, answers) is _value({"all": none_of}, answers)
    assert _value({"not": conditions[0]}, answers) is negated(_value(conditions[0], answers))


@settings(max_examples=150)
@given(_CONDITIONS, _ANSWERS, st.lists(st.sampled_from(["yes", "no"]), min_size=4, max_size=4))
def test_learning_more_never_turns_a_result_around(condition, answers, learned):
    """Replacing an unknown or a blank by a value never flips what was decided."""
    before = _value(condition, answers)
    known = [value if value in ("yes", "no") else more for value, more in zip(answers, learned, strict=True)]

    assert before is None or _value(condition, known) is before


@settings(max_examples=100)
@given(_CONDITIONS, _ANSWERS)
def test_leaves_tell_why(condition, answers):
    """A decided result rests on decided leaves alone; an open one names at least one open leaf."""
    where = situation(_YES, answers={f"a.q{i}": value for i, value in enumerate(answers) if value})

    outcome = _ground(where).test(condition)

    assert outcome.leaves
    if outcome.value is None:
        assert outcome.open
    else:
        assert all(leaf.value is not None for leaf in outcome.leaves)


def test_two_names_of_one_license_do_not_differ() -> None:
    """What the metadata calls by its id, the text calls by its name."""
    facts = (
        stated("license", "cc-by-4.0", source="front_matter"),
        stated("license", "CC BY 4.0", source="prose"),
    )
    condition = {"fact": "license", "is": "cc-by-4.0"}
    assert _test(condition, facts=facts).value is True
    other = (facts[0], stated("license", "MIT license", source="prose"))
    assert _test(condition, facts=other).value is None

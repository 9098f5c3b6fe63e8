"""Which questions are asked, about what, in which order, and which values they take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duediligence.analysis import questionnaire
from duediligence.analysis.questionnaire import ask, check_value, find_question
from duediligence.errors import BadInputError
from tests.situations import (
    DATASET,
    MODEL,
    PARENT,
    asked,
    edge,
    law,
    question,
    silent,
    situation,
    stated,
)

_CHOICES = "{links: links with captions, content: the works themselves, none: nothing}"
_ACTS = "{collect: collecting, train: training, publish: publishing, output: output}"
_LAW = law(
    questions=[
        question("late.write", effort="write"),
        question("a.yes", ref="A01"),
        question("a.one", "choice", ref="A02", choices=_CHOICES),
        question("a.many", "choices", ref="A02", choices=_CHOICES),
        question("a.date", "date"),
        question("a.number", "number"),
        question("a.place", "place"),
        question("a.places", "places"),
        question("a.text", "text"),
        question("a.file", "file"),
        question("copyright.acts", "choices", choices=_ACTS),
        question("a.act", each="act", text="'What of {about}?'", shows="[legal_basis]"),
        question(
            "a.data",
            "choice",
            choices=_CHOICES,
            each="dataset",
            text="'What does {about} hold?'",
            shows="[license]",
        ),
        question("a.parent", each="parent"),
        question("a.licensed", each="licensed", shows="[license]"),
        question("letter.sent-on", "date", each="letter", text="'When was {about} sent?'"),
        question("letter.to", "text", each="letter"),
        question("a.after", when="{answer: a.yes, is: 'yes'}"),
        question("a.later", when="{answer: a.after, is: 'yes'}"),
        question("a.open", when="{fact: license, in: [other]}"),
        question("second", first="'2'", effort="write"),
        question("first", first="'1'"),
    ]
)
_EDGES = [
    edge(MODEL, "finetuned_from", PARENT),
    edge(MODEL, "trained_on", DATASET),
    edge(PARENT, "trained_on", "name:YFCC100M"),
    edge(DATASET, "derived_from", "datasets/laion/laion5B"),
    edge(MODEL, "evaluated_on", "datasets/imagenet-1k"),
    edge(MODEL, "trained_on", "datasets/someone/rejected", accepted=False),
    edge("datasets/someone/rejected", "derived_from", "datasets/someone/behind"),
]


def _abouts(where, id: str) -> list[str | None]:
    return [one.about for one in ask(where) if one.question.id == id]


def test_the_first_questions_come_first_then_the_cheapest():
    """Order is that of `first`, then of effort, then of the law files."""
    ids = [one.question.id for one in ask(situation(_LAW))]

    assert ids[:3] == ["first", "second", "a.yes"]
    assert ids[-1] == "late.write"


def test_datasets_and_parents_of_the_whole_chain():
    """Of every edge nobody rejected; what is only measured on is no training data."""
    where = situation(_LAW, edges=_EDGES)

    assert _abouts(where, "a.data") == [
        "datasets/laion/laion2B-en",
        "datasets/laion/laion5B",
        "name:YFCC100M",
    ]
    assert _abouts(where, "a.parent") == [PARENT]
    assert _abouts(where, "a.licensed") == [MODEL, PARENT]


def test_a_chain_that_leads_back_ends():
    """Two repos that name each other do not go on for ever."""
    where = situation(_LAW, edges=[edge(MODEL, "merged_from", PARENT), edge(PARENT, "merged_from", MODEL)])

    assert _abouts(where, "a.licensed") == [MODEL, PARENT]


def test_acts_are_the_usual_three_until_somebody_says_which():
    """Collect, train, publish; then those that were chosen."""
    assert _abouts(situation(_LAW), "a.act") == ["collect", "train", "publish"]
    assert _abouts(situation(_LAW, answers={"copyright.acts": ("output", "train")}), "a.act") == [
        "train",
        "output",
    ]
    assert _abouts(situation(_LAW, answers={"copyright.acts": "unknown"}), "a.act") == [
        "collect",
        "train",
        "publish",
    ]


def test_an_answer_opens_a_letter():
    """Letters are those somebody said something about, in the order of their numbers."""
    where = situation(_LAW, answers={"letter.sent-on@letter:10": "2026-11-02", "letter.to@letter:2": "LAION"})

    assert _abouts(where, "letter.sent-on") == ["letter:2", "letter:10"]
    assert _abouts(situation(_LAW), "letter.sent-on") == []
    assert asked(where, "letter.sent-on", "letter:2").text == "When was letter 2 sent?"


def test_about_is_filled_in_as_people_say_it():
    """Repos by name, acts as words."""
    where = situation(_LAW, edges=_EDGES)

    assert asked(where, "a.data", DATASET).text == "What does laion/laion2B-en hold?"
    assert asked(where, "a.act", "publish").text == "What of publishing the weights?"


@pytest.mark.parametrize(
    ("answers", "expected", "because"),
    [
        ({}, False, "not asked yet, first: What about a.yes?"),
        ({"a.yes": "yes"}, True, "asked because the answer to “What about a.yes?” is “yes”"),
        ({"a.yes": "unknown"}, True, "asked because not known: What about a.yes?"),
        ({"a.yes": "no"}, False, "not asked, because the answer to “What about a.yes?” is “no”"),
    ],
)
def test_a_question_is_asked_when_its_condition_is_true_or_unknown(answers, expected, because):
    """And says why, or why not."""
    one = asked(situation(_LAW, answers=answers), "a.after")

    assert (one.asked, one.because) == (expected, because)


def test_a_question_without_condition_is_asked_in_every_case():
    """And says so."""
    assert asked(situation(_LAW), "a.yes").because == "asked in every case"


def test_a_chain_of_questions_opens_one_by_one():
    """What waits for a question that is not asked yet waits for the first of the chain."""
    one = asked(situation(_LAW), "a.later")

    assert one.asked is False
    assert one.waits_for == ("a.yes",)
    assert one.because == "not asked yet, first: What about a.yes?"
    assert asked(situation(_LAW, answers={"a.yes": "no"}), "a.later").asked is False
    assert asked(situation(_LAW, answers={"a.yes": "yes", "a.after": "yes"}), "a.later").asked is True


def test_a_question_on_what_the_sources_do_not_say_is_asked():
    """Only a person can tell then."""
    assert asked(situation(_LAW, facts=[silent("license")]), "a.open").asked is True
    assert asked(situation(_LAW, facts=[stated("license", "other")]), "a.open").asked is True
    assert asked(situation(_LAW, facts=[stated("license", "mit")]), "a.open").asked is False


def test_states():
    """Unanswered, answered, unknown."""
    where = situation(_LAW, answers={"a.one": "links", "a.text": "unknown"})

    assert asked(where, "a.yes").state == "unanswered"
    assert asked(where, "a.one").state == "answered"
    assert asked(where, "a.text").state == "unknown"


def test_the_answer_to_a_question_no_longer_asked_is_kept():
    """It comes back when the question does."""
    one = asked(situation(_LAW, answers={"a.yes": "no", "a.after": "yes"}), "a.after")

    assert (one.asked, one.state) == (False, "answered")
    assert one.answer is not None and one.answer.value == "yes"


def test_shown_holds_every_fact_beside_the_question():
    """Of the repo it is about; a key nobody states gives one absent fact."""
    license = stated("license", "cc-by-4.0", repo=DATASET)
    where = situation(_LAW, facts=[license, silent("license")], edges=_EDGES)

    about_data = questionnaire.shown(find_question(where, f"a.data@{DATASET}")[0], DATASET, where)
    about_act = questionnaire.shown(find_question(where, "a.act@train")[0], "train", where)

    assert about_data.text == "What does laion/laion2B-en hold?"
    assert about_data.choices == ("links", "content", "none")
    assert about_data.facts == (license,)
    assert [(fact.repo, fact.key, fact.state) for fact in about_act.facts] == [
        (MODEL, "legal_basis", "absent")
    ]


_PREFILLED = law(
    questions=[
        question("a.license", "text", prefill="license"),
        question(
            "a.kind",
            "choice",
            choices="{content: text or pictures, embeddings: vectors}",
            prefill="pipeline_tag",
            prefill_values="{text-generation: content, feature-extraction: embeddings}",
        ),
        question("a.many", "choices", choices="{en: English, de: German}", prefill="language"),
    ]
)


@pytest.mark.parametrize(
    ("id", "facts", "value"),
    [
        ("a.license", [stated("license", "mit")], "mit"),
        ("a.license", [stated("license", "mit"), stated("license", "mit", source="api")], "mit"),
        ("a.license", [stated("license", "mit"), stated("license", "gpl-3.0", source="license_file")], None),
        ("a.license", [silent("license")], None),
        ("a.license", [stated("license", "unknown")], None),
        ("a.kind", [stated("pipeline_tag", "feature-extraction")], "embeddings"),
        ("a.kind", [stated("pipeline_tag", "robotics")], None),
        ("a.many", [stated("language", "en"), stated("language", "de")], ("de", "en")),
        ("a.many", [stated("language", "en"), stated("language", "fr")], None),
    ],
)
def test_prefill_comes_from_sources_that_agree(id, facts, value):
    """It is a suggestion: the question stays unanswered."""
    one = asked(situation(_PREFILLED, facts=facts), id)

    assert one.prefill_value == value
    assert bool(one.prefill_facts) is (value is not None)
    assert (one.state, one.answer) == ("unanswered", None)


def _question(id: str):
    return next(one for one in _LAW.questions if one.id == id)


@pytest.mark.parametrize(
    ("id", "value", "kept"),
    [
        ("a.yes", "yes", "yes"),
        ("a.yes", " no ", "no"),
        ("a.one", "links", "links"),
        ("a.many", ["links", "content"], ("links", "content")),
        ("a.many", "links, content", ("links", "content")),
        ("a.many", "links", ("links",)),
        ("a.many", ["links", "links"], ("links",)),
        ("a.many", "none", ("none",)),
        ("a.text", "  some words ", "some words"),
        ("a.file", "assessment.pdf", "assessment.pdf"),
        ("a.date", "2026", "2026"),
        ("a.date", "2026-11", "2026-11"),
        ("a.date", "2026-11-22", "2026-11-22"),
        ("a.date", "2028-02-29", "2028-02-29"),
        ("a.date", "9999-12", "9999-12"),
        ("a.number", "1.2e24", "1.2e24"),
        ("a.number", "0", "0"),
        ("a.place", "DE", "DE"),
        ("a.place", "DE-HH", "DE-HH"),
        ("a.place", "US-IL", "US-IL"),
        ("a.place", "NO", "NO"),
        ("a.places", "DE, DE-HH,GB", ("DE", "DE-HH", "GB")),
        ("a.places", ["FR"], ("FR",)),
        *((id, "unknown", "unknown") for id in ("a.yes", "a.one", "a.many", "a.text", "a.date", "a.number")),
        *((id, "unknown", "unknown") for id in ("a.place", "a.places", "a.file")),
        ("a.many", ["unknown"], "unknown"),
    ],
)
def test_values_that_are_taken(id, value, kept):
    """Text as given, ends trimmed; lists as lists."""
    assert check_value(_question(id), value, _LAW) == kept


@pytest.mark.parametrize(
    ("id", "value", "says"),
    [
        ("a.yes", "maybe", "allowed: yes, no, unknown"),
        ("a.yes", "Yes", "allowed: yes, no, unknown"),
        ("a.one", "link", "allowed: links, content, none, unknown"),
        ("a.one", ["links", "content"], "takes one value, not a list. Allowed: links"),
        ("a.many", "links,lonks", "'lonks' is none of its values; allowed: links, content, none, unknown"),
        ("a.many", "links,unknown", "unknown cannot stand beside other values"),
        ("a.many", "links,none", "none cannot stand beside other values"),
        ("a.date", "2026-02-30", "'2026-02-30' is no date; write 2026-11-22, 2026-11 or 2026"),
        ("a.date", "2027-02-29", "is no date"),
        ("a.date", "2026-13", "is no date"),
        ("a.date", "22.11.2026", "is no date"),
        ("a.date", "20261122", "is no date"),
        ("a.date", "0000", "is no date"),
        ("a.date", "٢٠٢٦", "is no date"),
        ("a.number", "many", "is no number; write digits alone, such as 1500000, or unknown"),
        ("a.number", "-5", "'-5' is below 0; write 0 or more, or unknown"),
        ("a.number", "nan", "is no number"),
        ("a.number", "inf", "is no number"),
        ("a.number", "1e999", "is no number"),
        ("a.number", "1,000", "is no number; write digits alone, such as 1000, or unknown"),
        ("a.number", "1 500 000", "such as 1500000, or"),
        ("a.number", "0x10", "is no number"),
        ("a.number", "1_000", "is no number"),
        ("a.place", "UK", "write GB"),
        ("a.place", "UK-SCT", "write GB-SCT"),
        ("a.place", "de", "write DE"),
        ("a.place", "XX", "allowed: a country such as DE"),
        ("a.place", "EU", "'EU' is a group of countries; name the countries, such as AT, DE, FR"),
        ("a.place", "Germany", "'Germany' is no ISO 3166 code; write DE"),
        ("a.place", "deutschland", "write DE"),
        ("a.place", "The United States", "write US"),
        ("a.place", "U.S.A.", "write US"),
        ("a.place", "Atlantis", "allowed: a country such as DE"),
        ("a.places", "DE FR", "'DE FR' are several values; put commas between them: DE,FR"),
        ("a.many", "links content", "put commas between them: links,content"),
        ("a.places", ["DE", "UK"], "write GB"),
        ("a.text", "", "the value is empty"),
        ("a.text", " \n ", "the value is empty"),
        ("a.many", [], "the value is empty"),
        ("a.many", "", "the value is empty"),
        ("a.many", ["links", " "], "the value is empty"),
        ("a.number", 5, "a value is a text"),
        ("a.yes", True, "a value is a text"),
        ("a.many", [["links"]], "a value is a text"),
    ],
)
def test_values_that_are_refused(id, value, says):
    """The question and what is allowed are named."""
    with pytest.raises(BadInputError) as error:
        check_value(_question(id), value, _LAW)

    assert id in str(error.value)
    assert says in str(error.value)


@given(st.sampled_from(sorted(one.id for one in _LAW.questions)), st.text() | st.lists(st.text(), max_size=3))
def test_a_value_is_taken_or_refused_with_a_sentence(id, value):
    """Whatever is typed; and what is taken is taken again."""
    try:
        kept = check_value(_question(id), value, _LAW)
    except BadInputError as error:
        assert str(error)
        return

    assert kept and check_value(_question(id), kept, _LAW) == kept


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("a.yes", ("a.yes", None)),
        ("A01", ("a.yes", None)),
        ("a01", ("a.yes", None)),
        (" a.yes ", ("a.yes", None)),
        (f"a.data@{DATASET}", ("a.data", DATASET)),
        ("a.data@laion/laion2B-en", ("a.data", DATASET)),
        ("a.data@name:YFCC100M", ("a.data", "name:YFCC100M")),
        ("a.data@YFCC100M", ("a.data", "name:YFCC100M")),
        ("a.act@publish", ("a.act", "publish")),
        (f"a.licensed@{MODEL}", ("a.licensed", MODEL)),
        ("letter.sent-on@letter:3", ("letter.sent-on", "letter:3")),
        ("letter.sent-on@3", ("letter.sent-on", "letter:3")),
    ],
)
def test_addresses(address, found):
    """``QUESTION`` or ``QUESTION@ABOUT``, by id or by a reference that names only one."""
    one, about = find_question(situation(_LAW, edges=_EDGES), address)

    assert (one.id, about) == found


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("a.yess", "'a.yess' is no question. Near to it: a.yes"),
        ("sent-on", "Near to it: letter.sent-on"),
        ("", "'' is no question"),
        ("A02", "A02 names several questions; write one of: a.one, a.many"),
        ("a.yes@train", "a.yes is about the whole case; leave @train away"),
        ("a.data", f"a.data is asked once for each dataset. Write one of: a.data@{DATASET}"),
        ("a.data@datasets/laion/laion2B-em", f"Near to it: {DATASET}"),
        ("a.act@output", "a.act is not asked about 'output'"),
        ("letter.sent-on", "write letter.sent-on@letter:1"),
        ("letter.sent-on@letter:0", "write letter.sent-on@letter:1"),
    ],
)
def test_addresses_that_lead_nowhere(address, says):
    """Near misses are named."""
    with pytest.raises(BadInputError) as error:
        find_question(situation(_LAW, edges=_EDGES), address)

    assert says in str(error.value)


def test_without_datasets_the_message_says_so():
    """Before the first look at the Hub no dataset is known."""
    with pytest.raises(BadInputError, match="this case knows none yet"):
        find_question(situation(_LAW), f"a.data@{DATASET}")


def test_an_answer_about_something_gone_can_still_be_addressed():
    """Otherwise it could never be withdrawn."""
    where = situation(_LAW, answers={f"a.data@{DATASET}": "links"})

    assert find_question(where, f"a.data@{DATASET}")[1] == DATASET

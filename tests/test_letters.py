"""Which letter a finding offers, to whom it is not offered, and why."""

import re

import pytest
from cases import Desk

from duediligence.analysis import questionnaire
from duediligence.cli import text as printed
from duediligence.errors import BadInputError
from duediligence.knowledge.reader import load_law
from duediligence.knowledge.vocabulary import LETTER_BLANKS
from duediligence.letters import drafts
from duediligence.widgets.findings import FindingsView
from duediligence.widgets.status import StatusCard
from duediligence.widgets.tree import texts
from tests.situations import DATASET, DAY, MODEL, edge, findings, situation

LAW = load_law(DAY)


def _letters(**answers):
    given = situation(LAW, answers={key.replace("__", "."): value for key, value in answers.items()},
                      edges=[edge(MODEL, "trained_on", DATASET)])  # fmt: skip
    by_rule = {rule.id: rule.letter for rule in LAW.rules}
    return [
        (by_rule[one.id], one.letter, one.letter_withheld)
        for one in findings(given).findings
        if by_rule[one.id]
    ]


def test_nobody_who_plans_to_use_the_model_is_offered_a_public_question():
    """Asking in public puts on record what the user knew; the request through counsel takes its place."""
    offered = _letters(use__role=("user",))

    assert {letter for _, letter, _ in offered} & {"T1", "T7"} == set()
    asked = [(letter, because) for named, letter, because in offered if named == "T1"]
    assert asked and all(letter == "T6" and "on record" in because for letter, because in asked)


@pytest.mark.parametrize("whose", ["client", "other"])
def test_no_letter_is_offered_in_the_matter_of_another(whose):
    """Looking into another's concrete case is kept for lawyers."""
    offered = _letters(use__role=("user",), matter__whose=whose)

    assert offered and {letter for _, letter, _ in offered} <= {None, "L0"}
    assert all(because for _, _, because in offered)


def test_a_lawyer_may_write_for_a_client():
    """The bar is on others; a lawyer's letters are offered."""
    assert {letter for _, letter, _ in _letters(use__role=("counsel",), matter__whose="client")} - {None}


@pytest.mark.parametrize(
    ("role", "kept_from"),
    [
        ("data_subject", {"T5"}),
        ("rightsholder", {"T2", "T3", "T8"}),
        ("releaser", {"T2", "T3", "T5", "T8", "T9"}),
    ],
)
def test_each_role_is_offered_letters_of_its_own_alone(role, kept_from):
    """Only the person concerned asks for their data; only the holder of rights asks about works."""
    assert {letter for _, letter, _ in _letters(use__role=(role,))} & kept_from == set()


def test_while_nobody_said_who_asks_nothing_is_withheld():
    """What is not known is no reason."""
    assert all(because is None for _, _, because in _letters())


def test_every_rule_names_a_letter_there_is_and_every_letter_has_its_caution():
    """What is risky about a letter stands before its text."""
    assert {rule.letter for rule in LAW.rules if rule.letter} <= set(LAW.letters)
    assert all(one.caution and one.authorities for one in LAW.letters.values())
    assert [one.id for one in LAW.letters.values() if one.public] == ["T1"]


ROLES = ("user", "rightsholder", "data_subject", "counsel", "releaser")


@pytest.mark.parametrize("role", ROLES)
def test_every_letter_that_a_finding_offers_has_words(role):
    """A letter that is named can be had: filled in with what the file knows, blanks for the rest."""
    given = situation(
        LAW,
        answers={"use.role": (role,), "person.home": "DE", "data.personal": "yes"},
        edges=[edge(MODEL, "trained_on", DATASET)],
    )
    found = findings(given)
    made = {one.id: one for one in drafts(given, questionnaire.ask(given), found, "revision 1, read today")}

    offered = {one.letter for one in found.findings if one.letter}
    assert offered and all(made[id].text and not made[id].withheld for id in offered)
    assert not any(re.search(r"{[a-z]+}", one.text) for one in made.values())


def test_no_letter_announces_damages_or_counts_days_of_silence():
    """What is risky about a letter is not in its words."""
    words = "\n".join(one.text for one in LAW.letters.values())

    assert set(re.findall(r"{[a-z]+}", words)) <= set(LETTER_BLANKS)
    assert not re.search(
        r"damages|days of silence|no legal basis|infring|unlawfully|cease|desist", words, re.I
    )


@pytest.fixture
def person(fake_hub, tmp_path):
    """The sample as a case of somebody in Germany whose data may be in it."""
    case = Desk().new(tmp_path / "case", "models/laion/CLIP-ViT-H-14-laion2B-s32B-b79K")
    case.capture()
    for address, value in (
        ("use.role", "data_subject"),
        ("matter.whose", "own"),
        ("person.home", "DE"),
        ("data.personal", "yes"),
    ):
        case.answer(address, value, by="B. Example")
    return case


def test_the_request_for_access_is_named_with_its_command_and_printed(person):
    """From the finding to the words in one step, risks first."""
    listed = printed.findings(person.findings(), person.law(), "CASE")
    letter = str(person.letter("t2"))

    assert "letter CASE T2" in listed
    assert "Article 15 of the General Data Protection Regulation" in letter
    assert "laion/CLIP-ViT-H-14-laion2B-s32B-b79K" in letter
    assert letter.index("Read first: It states its true purpose") < letter.index("Request for access under")


def test_a_letter_of_another_role_is_no_letter_of_the_case(person):
    """The request of a user is not there to be printed; one that is withheld says why."""
    with pytest.raises(BadInputError, match="no letter of this case"):
        person.letter("T6")
    with pytest.raises(BadInputError, match="Only the holder of the rights"):
        person.letter("T5")


def test_the_workbook_shows_the_words_of_each_letter_to_copy(person):
    """Under the findings stands each letter that one of them names, with its risk before its words."""
    shown = texts(FindingsView(person.findings(), person).show().page)

    assert "Copy the letter" in shown and "Article 15(1)(a) to (g)" in shown
    assert shown.index("It states its true purpose") < shown.index("Article 15(1)(a) to (g)")
    assert "Due-diligence request of a user" not in shown


def test_the_memo_says_how_the_letters_are_had(person):
    """Its annex lists each letter that findings name, with the command that prints it."""
    html = person.preview().read_text("utf-8")

    assert "Letters these findings name" in html and "duediligence letter CASE T2" in html


def test_the_status_names_the_next_question_with_its_command_and_the_list_to_send(person):
    """What is next is theirs to say; what others must answer is had with one command."""
    for address, value in (
        ("use.asked-by", "myself"),
        ("use.asked-until", "2027"),
        ("person.harm-place", "DE"),
    ):
        person.answer(address, value, by="B. Example")
    status = str(person.status())

    assert f"answer {person.folder} person.evidence VALUE" in status
    assert f"questions {person.folder} --for provider" in status


def test_the_status_card_holds_the_list_to_send(person):
    """Its link leads to the questions for the provider, on the card itself."""
    shown = texts(StatusCard(person).show().page)

    assert "Copy all" in shown and "1. Do you hold data about the person who asks" in shown

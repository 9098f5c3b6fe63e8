"""Which letter a finding offers, to whom it is not offered, and why."""

import pytest

from duediligence.knowledge.reader import load_law
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

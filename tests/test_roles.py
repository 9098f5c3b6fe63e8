"""The same evidence for whoever asks: other questions, findings, next steps and dangers."""

import pytest

from duediligence.analysis import questionnaire
from duediligence.cautions import BEFORE_ANSWERING, BEFORE_FINDINGS
from duediligence.knowledge.reader import load_law
from tests.situations import DATASET, DAY, MODEL, edge, findings, situation, stated

LAW = load_law(DAY)
ROLES = ("user", "rightsholder", "data_subject", "counsel", "releaser")


def _as(role, **answers):
    given = {"use.role": (role,), "data.personal": "yes", "dataset.collected@" + DATASET: ("crawled",)}
    given |= {
        key.replace("__", ".").replace("known_since", "known-since"): value for key, value in answers.items()
    }
    return situation(
        LAW,
        facts=[stated("license", "mit"), stated("license", "cc-by-4.0", repo=DATASET)],
        answers=given,
        edges=[edge(MODEL, "trained_on", DATASET)],
    )


def _asked(given):
    return {one.question.id for one in questionnaire.ask(given) if one.asked}


def _applying(given):
    return {one.id for one in findings(given).findings if one.status != "not_applicable"}


def test_each_role_is_asked_questions_of_its_own():
    """A plan of use of the user alone, works of the rightsholder alone, a home of the person concerned."""
    asked = {role: _asked(_as(role)) for role in ROLES}

    assert "use.commercial" in asked["user"] and "use.commercial" not in asked["data_subject"]
    assert "rightsholder.works" in asked["rightsholder"] and "rightsholder.works" not in asked["user"]
    assert "person.home" in asked["data_subject"] and "person.home" not in asked["user"]
    for question in ("matter.whose", "provider.legal-basis"):
        assert all(question in asked[role] for role in ROLES), question


def test_each_role_reads_findings_of_its_own():
    """Knowledge that can hurt is told the user, time limits the holder of rights, periods the person."""
    user = _applying(_as("user"))
    holder = _applying(_as("rightsholder", matter__known_since="2023-02-01", rightsholder__places=("DE",)))
    person = _applying(_as("data_subject", person__home="DE"))

    assert "copyright.knowledge-counts" in user - holder - person
    assert holder - user and person - user
    assert {one for one in holder - user if one.startswith("copyright.")}
    assert {one for one in person - user if one.startswith("data-protection.")}


def test_who_plans_to_use_the_model_is_told_a_step_at_every_finding():
    """A finding without a next step helps nobody who has to decide."""
    assert all(one.next_step and one.owner for one in findings(_as("user")).findings)


@pytest.mark.parametrize(
    ("role", "regimes"), [("rightsholder", "copyright"), ("data_subject", "data_protection")]
)
def test_a_claimant_is_told_steps_of_their_own_alone(role, regimes):
    """What only a user can do is no step of who may have a claim; in their own field they have one."""
    found = findings(_as(role, person__home="DE")).findings
    by_rule = {one.id: one for one in LAW.rules}

    assert all(not one.next_step for one in found if one.regime in ("contract", "trade_secret")
               and role not in by_rule[one.id].step_for and by_rule[one.id].step_for)  # fmt: skip
    steps = {one.next_step for one in found}
    assert not any(
        "Plan with the strictest" in step or "no content" in step or "compute" in step for step in steps
    )
    assert any(one.next_step for one in found if one.regime == regimes and one.status != "not_applicable")


def test_the_steps_that_name_a_letter_are_worded_for_who_sends_it():
    """The request of a user is no letter of the person concerned; theirs is the request for access."""
    person = {one.id: one for one in findings(_as("data_subject")).findings}["data-protection.no-basis-shown"]
    holder = {one.id: one for one in findings(_as("rightsholder")).findings}["copyright.no-basis-stated"]

    assert (person.letter, holder.letter) == ("T2", "T5")
    assert person.next_step.startswith("Ask for access to your own data")


def test_counsel_reads_the_words_for_the_person_they_advise():
    """Whom somebody advises decides, not that they advise."""
    advised = {one.id: one for one in findings(_as("counsel", matter__advises=("data_subject",))).findings}

    assert advised["data-protection.no-basis-shown"].letter == "T2"


def test_only_who_plans_to_use_the_model_is_warned_that_the_file_may_be_evidence():
    """The warning before the first answer is for all; that before the first finding for the user."""
    assert {role for role in ROLES if findings(_as(role)).for_user} == {"user"}
    assert "may have to be disclosed" in BEFORE_ANSWERING and "evidence" in BEFORE_FINDINGS


def test_a_rightsholder_who_also_plans_to_use_the_model_gets_both():
    """Two roles at once: what is dangerous for the one is not hidden by the other."""
    given = _as("user")
    both = situation(
        LAW,
        facts=given.facts,
        answers={"use.role": ("user", "rightsholder"), "use.commercial": "paid_product"},
        edges=[edge(MODEL, "trained_on", DATASET)],
    )

    assert {"use.commercial", "rightsholder.works"} <= _asked(both)
    assert findings(both).for_user

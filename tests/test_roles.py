"""The same evidence for whoever asks: other questions, findings, next steps and dangers."""

import pytest
from cases import Desk

from duediligence.analysis import questionnaire
from duediligence.cautions import BEFORE_ANSWERING, BEFORE_FINDINGS
from duediligence.errors import BadInputError
from duediligence.knowledge.reader import load_law
from duediligence.memo.to_provider import numbered
from duediligence.widgets.interview import Interview
from duediligence.widgets.tree import texts
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


def test_a_private_person_is_not_asked_what_only_a_user_or_a_supervisor_needs():
    """No license text, no sponsor, no compute, no date of release: none of it changes what they can do."""
    asked = _asked(_as("data_subject", person__home="DE"))

    assert asked.isdisjoint(
        {
            "license.applies",
            "training.sponsor",
            "provider.version-in-eu",
            "ai-act.general-purpose",
            "ai-act.compute",
        }
    )
    assert "data.about-person" in asked and "data.about-person" not in _asked(_as("user"))


def test_counsel_is_asked_about_works_only_when_they_advise_who_holds_rights():
    """Whom somebody advises is asked first."""
    assert "matter.advises" in _asked(_as("counsel"))
    assert "rightsholder.right" not in _asked(_as("counsel", matter__advises=("user",)))
    assert "rightsholder.right" in _asked(_as("counsel", matter__advises=("rightsholder",)))
    assert "matter.advises" not in _asked(situation(LAW, answers={"use.role": ("user", "counsel")}))


@pytest.mark.parametrize(
    ("role", "first"),
    [("data_subject", "Do you hold data about the person"), ("rightsholder", "Were the works")],
)
def test_the_provider_is_asked_first_what_matters_most_to_who_asks(role, first):
    """Is data about me in it, were my works copied: everything else hangs on it."""
    assert numbered(questionnaire.ask(_as(role)), LAW.acts).startswith(f"1. {first}")


@pytest.mark.parametrize("role", ["data_subject", "rightsholder"])
def test_questions_of_ones_own_come_before_those_for_others(role):
    """What they alone can say stands right behind the first questions."""
    asked = [one for one in questionnaire.ask(_as(role)) if one.asked and one.question.first is None]
    for_us = [one for one in asked if one.question.who[:1] != ("provider",)]

    assert all(role in one.question.who and role in one.question.foremost for one in for_us[:3])


def test_the_words_of_a_basis_that_nobody_knows_are_not_asked_for():
    """Unknown, to be asked of the provider: there are no words to quote yet."""
    basis = {"provider.legal-basis@train": "unknown"}
    unknown = situation(LAW, answers=basis, edges=[edge(MODEL, "trained_on", DATASET)])
    known = situation(
        LAW,
        answers={"provider.legal-basis@train": ("research_tdm",)},
        edges=[edge(MODEL, "trained_on", DATASET)],
    )

    def quoted(given):
        return {(one.question.id, one.about) for one in questionnaire.ask(given) if one.asked}

    assert ("provider.legal-basis-quote", "train") not in quoted(unknown)
    assert ("provider.legal-basis-quote", "train") in quoted(known)


def test_what_is_missing_is_never_what_was_answered():
    """A rule found by what was answered lacks what its own words say, not the answer."""
    found = {one.id: one for one in findings(_as("data_subject", person__home="DE")).findings}
    period = found["data-protection.national-complaint-period"]

    assert period.status == "gap" and period.missing == (period.proposition.rstrip("."),)
    assert period.lacks == ()
    assert not any(
        text.startswith(("the answer to", "a question that is not asked"))
        for one in found.values()
        for text in one.missing
    )


@pytest.fixture
def two_datasets(fake_hub, tmp_path):
    """A model that says it was trained on two datasets."""
    card = "---\ndatasets:\n- example/one\n- example/two\n---\n# A model\n"
    fake_hub.add("models/example/encoder", card=card)
    case = Desk().new(tmp_path / "case")
    case.capture()
    return case


def test_one_answer_is_given_for_all_as_events_of_their_own(two_datasets):
    """Nothing is hidden: each thing has its answer, and each says that it was given for all."""
    two_datasets.answer("dataset.content@datasets/example/one", "embeddings", by="C. Example")
    two_datasets.answer_for_all("dataset.collected", ["crawled"], reason="The card.", by="C. Example")
    given = {(one.question.id, one.about): one.answer for one in two_datasets.questions() if one.answer}

    assert [about for id, about in given if id == "dataset.collected"] == [
        "datasets/example/one",
        "datasets/example/two",
    ]
    assert {
        given["dataset.collected", about].reason for about in ("datasets/example/one", "datasets/example/two")
    } == {"The same was given for all 2 that were open. The card."}
    two_datasets.answer_for_all("dataset.content", "content", by="C. Example")
    again = {
        one.about: one.answer.value
        for one in two_datasets.questions()
        if one.question.id == "dataset.content"
    }
    assert again == {"datasets/example/one": "embeddings", "datasets/example/two": "content"}


def test_for_all_refuses_what_is_about_nothing_or_not_open(two_datasets):
    """One sentence on what to do; nothing is written."""
    with pytest.raises(BadInputError, match="not asked about several things"):
        two_datasets.answer_for_all("use.role", "user", by="C. Example")


def test_the_workbook_gives_one_answer_for_all(two_datasets):
    """One button beside Continue; the page that follows is another question."""
    interview = Interview(two_datasets)
    at = "dataset.collected@datasets/example/one"
    interview.handle("begin", {"values": {"author": "C. Example"}}, print)
    page = interview.handle("go", {"address": at}, print).page
    interview.handle("answer", {"address": at, "by": "for_all", "values": {"value": ["crawled"]}}, print)

    assert "The same for all 2" in texts(page)
    assert (
        sum(one.question.id == "dataset.collected" and bool(one.answer) for one in two_datasets.questions())
        == 2
    )

"""What no rule of this program may ever do, whatever a case holds."""

import random
import re
from collections.abc import Iterator

import pytest

from duediligence.analysis.abouts import expand
from duediligence.analysis.axes import caps
from duediligence.analysis.logic import Grounds
from duediligence.analysis.situation import Situation
from duediligence.facts.fact import Fact
from duediligence.knowledge.law import Question
from duediligence.knowledge.reader import load_law
from duediligence.knowledge.vocabulary import FACT_WORDS
from tests.guards import judges
from tests.situations import DATASET, DAY, MODEL, PARENT, edge, findings, silent, situation, stated

LAW = load_law(DAY)
_EDGES = [edge(MODEL, "finetuned_from", PARENT), edge(MODEL, "trained_on", DATASET)]
_REPOS = (MODEL, PARENT, DATASET)
_KEYS = (*FACT_WORDS, *(f"license.{term}" for term in LAW.terms))


def _all(value: str | None = None, *, state: str = "unreadable") -> Situation:
    """A case in which every question has one answer and every fact one state."""
    facts = [silent(key, repo=repo, state=state) for repo in _REPOS for key in _KEYS]
    answers = {address: value for address in _addresses()} if value else {}
    return situation(LAW, facts=facts, answers=answers, edges=_EDGES)


def _addresses() -> Iterator[str]:
    bare = situation(LAW, edges=_EDGES)
    for question in LAW.questions:
        abouts = ("letter:1",) if question.each == "letter" else expand(bare)[question.each]
        yield from (question.id if about is None else f"{question.id}@{about}" for about in abouts)


@pytest.mark.parametrize("rule", LAW.rules, ids=lambda rule: rule.id)
def test_no_rule_judges_the_user(rule):
    """No verdict on anybody's position: not legal, lawful, compliant or safe, not what "you may"."""
    said = [rule.proposition, rule.next_step, (rule.when_false or {}).get("proposition", "")]

    assert [text for text in said if judges(text)] == []


@pytest.mark.parametrize("rule", LAW.rules, ids=lambda rule: rule.id)
def test_a_pending_or_unread_source_never_yields_established(rule):
    """Unless it is cited for a point nobody disputes; and one text that was read is enough."""
    authorities = [LAW.authorities[citation.id] for citation in rule.authorities]
    undisputed = {citation.id for citation in rule.authorities if citation.uncontested}
    pending = any(one.state == "pending" and one.id not in undisputed for one in authorities)
    texts = [one for one in authorities if one.type not in ("paper", "record", "practice")] or authorities
    unread = all(one.confirmed in ("R", "K") for one in texts)

    capped = caps(rule, authorities, (), Grounds(situation(LAW), lambda *_: None))

    assert bool(capped) is (pending or unread)


def test_unknown_to_everybody_is_a_gap_everywhere():
    """Every question answered with unknown, no source readable: nothing is clear, nothing waits."""
    found = findings(_all("unknown"))

    assert {(one.id, one.about) for one in found.findings if one.status != "gap"} == set()
    assert found.waiting == ()


def test_blanks_alone_settle_nothing():
    """No answer, no source readable: every rule waits or is a gap."""
    found = findings(_all())

    assert {one.status for one in found.findings} <= {"gap"}


def test_silence_of_the_sources_is_no_answer():
    """Everything was read, nothing is stated, nobody answered: no rule says that something holds."""
    found = findings(_all(state="absent"))

    assert {
        one.id for one in found.findings if one.status in ("established", "supported", "contested")
    } == set()


def _value(question: Question, dice: random.Random) -> str | tuple[str, ...]:
    if dice.random() < 0.15:
        return "unknown"
    if question.type == "yes_no":
        return dice.choice(("yes", "no"))
    if question.type == "choice":
        return dice.choice(list(question.choices))
    if question.type == "choices":
        some = [slug for slug in question.choices if slug != "none"]
        return tuple(dice.sample(some, dice.randint(1, len(some)))) if dice.random() < 0.8 else (some[0],)
    if question.type == "place":
        return dice.choice(("DE-HH", "AT", "GB", "US-IL", "JP", "CH"))
    if question.type == "places":
        return tuple(dice.sample(("DE", "FR", "GB", "US-IL", "JP", "SG"), dice.randint(1, 4)))
    if question.type == "date":
        return dice.choice(("2023", "2024-06", "2025-08-02", "2026-11-01", "2027-01-15"))
    if question.type == "number":
        return dice.choice(("0", "5e22", "1.2e24", "2e25", "800000000"))
    return "something"


def _facts(dice: random.Random) -> Iterator[Fact]:
    licenses = ("mit", "cc-by-nc-4.0", "llama3.2", "gemma", "openrail", "other", "apache-2.0")
    for repo in _REPOS:
        license = dice.choice(licenses)
        yield stated("license", license, repo=repo)
        known = LAW.licenses.get(license)
        for term, value in (known.terms if known else {}).items():
            yield stated(f"license.{term}", value, repo=repo, source="computed")
        for key in FACT_WORDS:
            if key != "license":
                state = dice.choice(("stated", "absent", "absent", "unreadable", "not_reached"))
                yield (
                    stated(key, "true", repo=repo)
                    if state == "stated"
                    else silent(key, repo=repo, state=state)
                )


def _random(seed: int, places: tuple[str, ...] | None = None) -> Situation:
    dice = random.Random(seed)
    questions = {question.id: question for question in LAW.questions}
    answers: dict[str, str | tuple[str, ...]] = {}
    for address in _addresses():
        question = questions[address.partition("@")[0]]
        if dice.random() < 0.85:
            answers[address] = _value(question, dice)
            if places and question.type in ("place", "places"):
                answers[address] = places if question.type == "places" else places[0]
    return situation(LAW, facts=[*_facts(dice)], answers=answers, edges=_EDGES)


@pytest.mark.parametrize("seed", range(25))
def test_every_finding_gives_its_reasons(seed):
    """A gap names what is missing, not applicable names what failed, a cap says why; no code in the words."""
    found = findings(_random(seed))
    step_for = {rule.id: rule.step_for for rule in LAW.rules}

    assert found.findings
    for one in found.findings:
        assert bool(one.missing) is (one.status == "gap"), one
        assert bool(one.failed) is (one.status == "not_applicable"), one
        assert (one.facts == "missing") is (one.status == "gap"), one
        assert one.status == "supported" or not one.capped, one
        assert one.rests_on or one.status in ("gap", "not_applicable"), one
        assert one.authorities and "{" not in one.proposition + one.next_step, one
        assert one.next_step or step_for[one.id], one
        assert not re.search(r"\b[A-Z]\d\d\b|\b[a-z]+_[a-z_]+\b", " ".join(one.missing + one.failed)), one


@pytest.mark.parametrize("seed", range(10))
def test_british_and_american_rules_leave_a_german_case_alone(seed):
    """Where every place is in Germany, no rule of the UK or the US says that something holds."""
    found = findings(_random(seed, places=("DE",)))

    abroad = [one for one in found.findings if one.jurisdiction in ("uk", "us")]
    assert {one.id for one in abroad if one.status in ("established", "supported", "contested")} == set()


@pytest.mark.parametrize(
    ("facts", "in_question"),
    [
        ([silent("legal_basis", state="not_reached")], {True}),
        ([stated("legal_basis", "We rely on Article 6(1)(f) GDPR for training.", source="prose")], {False}),
    ],
)
def test_words_of_a_source_nobody_could_read_are_asserted_by_no_rule(facts, in_question):
    """That a source speaks of a basis is a statement once one was read, and a question before."""
    found = findings(situation(LAW, facts=facts, answers={"use.role": ("user",)})).findings
    open_ = [one for one in found if one.id.endswith(".basis-quoted-act-open") and one.status == "gap"]

    assert {one.in_question for one in open_} == in_question


def test_what_is_said_of_a_basis_for_collecting_is_a_question_until_one_is_named():
    """The half that is not on file does not carry the half that would have to be."""
    for value, open_ in (("unknown", True), (("research_tdm",), False)):
        answers = {"provider.legal-basis@collect": value, "provider.legal-basis@publish": "unknown"}
        found = findings(situation(LAW, answers={"use.role": ("user",), **answers})).findings
        (one,) = [one for one in found if one.id == "copyright.basis-for-collection-only"]
        assert (one.status, one.in_question) == ("gap", open_)

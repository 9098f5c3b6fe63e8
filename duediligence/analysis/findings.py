"""Rules applied to a case: each finding with its status, what it rests on and what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from duediligence.analysis.abouts import expand, filled
from duediligence.analysis.axes import caps, facts_axis, law_axis
from duediligence.analysis.calendar import key_dates
from duediligence.analysis.deadlines import awaited
from duediligence.analysis.logic import Grounds
from duediligence.analysis.offering import offer
from duediligence.analysis.outcome import ALWAYS, Leaf, Outcome
from duediligence.analysis.situation import Asked, Finding, Findings, Situation
from duediligence.analysis.unread import unread
from duediligence.analysis.wording import leaf_words
from duediligence.knowledge.law import Condition, Law, Rule

ACTORS = {
    "collect": "compiler",
    "train": "trainer",
    "memorize": "trainer",
    "publish": "releaser",
    "output": "deployer",
}
"""Who does the act, for a rule that is about each act in turn."""


_ROLE = ("use.role", None)


def apply_rules(situation: Situation, asked: Sequence[Asked]) -> Findings:
    """Every finding of a case, sorted by id and about, and the rules that wait for an answer.

    Args:
        situation: facts, lineage, answers and law.
        asked: how its questions stand, as `questionnaire.ask` gives them.
    """
    at = {(one.question.id, one.about): one for one in asked}
    grounds = Grounds(situation, lambda id, about: at.get((id, about)))
    abouts = expand(situation)
    applied = [_apply(rule, about, grounds) for rule in situation.law.rules for about in abouts[rule.each]]
    replaced = {(id, one.about) for one in applied if one.fired for id in one.rule.instead_of}
    kept = [one for one in applied if not {(one.rule.id, one.about), (one.rule.id, None)} & replaced]
    waiting: dict[str, dict[str, None]] = {}
    for one in kept:
        if one.waits_for:
            waiting.setdefault(one.rule.id, {}).update(dict.fromkeys(one.waits_for))
    found = [one.finding for one in kept if one.finding is not None]
    found.sort(key=lambda one: (one.id, one.about or ""))
    return Findings(
        findings=tuple(found),
        waiting=tuple((rule, tuple(sorted(questions))) for rule, questions in sorted(waiting.items())),
        as_of=situation.law.as_of.isoformat(),
        law_digest=situation.law.digest,
        dates=key_dates(grounds, abouts, found),
        for_user=any("user" in one.value for one in situation.answers.get(_ROLE, ())),
    )


@dataclass(frozen=True, kw_only=True)
class _Applied:
    """One rule about one thing: a finding, or the questions it waits for."""

    rule: Rule
    about: str | None
    fired: bool = False
    """Whether it applies and its condition is met: only then does it stand instead of others."""

    finding: Finding | None = None
    waits_for: tuple[str, ...] = ()


def _apply(rule: Rule, about: str | None, grounds: Grounds) -> _Applied:
    """The contract's table: what `applies` and `when` come to, and what that yields."""
    applies = grounds.test(rule.applies, about, rule.each)
    if applies.value is not True:
        if applies.waits_for:
            return _Applied(rule=rule, about=about, waits_for=applies.waits_for)
        return _Applied(rule=rule, about=about, finding=_unmet(rule, about, applies, ALWAYS, grounds))
    when = grounds.test(rule.when, about, rule.each)
    if when.value is None:
        return _Applied(rule=rule, about=about, finding=_unmet(rule, about, when, applies, grounds))
    if when.value:
        finding = _finding(rule, about, rule.status, rule.proposition, applies, when, grounds)
        return _Applied(rule=rule, about=about, fired=True, finding=finding)
    if rule.when_false is None:
        return _Applied(rule=rule, about=about, finding=_unmet(rule, about, when, applies, grounds))
    other = rule.when_false
    finding = _finding(rule, about, other["status"], other["proposition"], applies, when, grounds)
    return _Applied(rule=rule, about=about, finding=finding)


def _unmet(rule: Rule, about: str | None, test: Outcome, met: Outcome, grounds: Grounds) -> Finding:
    """A gap where the test is open, else not applicable; a question that is not asked leaves no gap."""
    status = "gap" if test.value is None and not test.does_not_arise else "not_applicable"
    return _finding(rule, about, status, rule.proposition, met, test, grounds)


def _words_absence(rule: Rule, about: str | None, grounds: Grounds) -> bool:
    """Whether the rule's words stand though its condition is open: they say only what is not on file."""
    if rule.words_absence != "when":
        return bool(rule.words_absence)
    return grounds.test(rule.applies, about, rule.each).value is True


def _finding(
    rule: Rule,
    about: str | None,
    status: str,
    proposition: str,
    applies: Outcome,
    test: Outcome,
    grounds: Grounds,
) -> Finding:
    law = grounds.situation.law
    authorities = [law.authorities[citation.id] for citation in rule.authorities]
    leaves = (*applies.leaves, *test.leaves)
    acceptance = _acceptance(rule, about, leaves, grounds)
    capped = caps(rule, authorities, leaves, grounds) if status == "established" else ()
    status = "supported" if capped else status
    rests_on = [ref for leaf in leaves for ref in grounds.rests_on(leaf)]
    rests_on += [ref for leaf in acceptance for ref in grounds.rests_on(leaf)]
    offers = offer(rule, grounds)
    return Finding(
        id=rule.id,
        ref=rule.ref,
        about=about,
        regime=rule.regime,
        jurisdiction=rule.jurisdiction,
        actor=ACTORS.get(about or "", rule.actor) if rule.each == "act" else rule.actor,
        act=about if rule.each == "act" and about else rule.act,
        proposition=filled(proposition, about, law.acts),
        polarity=rule.polarity,
        status=status,
        law=law_axis(rule, status, authorities, all(leaf.value for leaf in acceptance)),
        facts=facts_axis(rule, status, leaves, grounds),
        burden=filled(rule.burden, about, law.acts) if rule.burden else None,
        rests_on=_once(rests_on),
        missing=_missing(test, law, filled(proposition, about, law.acts)) if status == "gap" else (),
        failed=_said(_telling(test), law) if status == "not_applicable" else (),
        capped=capped,
        authorities=tuple(
            {"id": one.id, "state": one.state, "confirmed": one.confirmed} for one in authorities
        ),
        next_step=filled(offers.step, about, law.acts),
        letter=offers.letter,
        letter_withheld=offers.withheld,
        owner=rule.owner,
        in_question=status == "gap" and test.value is None and not _words_absence(rule, about, grounds),
        unread=unread(test, grounds) if status == "gap" else (),
        against=rule.against,
        decision_due=_decision_due(rule, status, grounds),
    )


def _decision_due(rule: Rule, status: str, grounds: Grounds) -> tuple[Mapping[str, Any], ...]:
    """Decisions the rule waits for and that were due; a source cited for an undisputed point is no such."""
    if status == "not_applicable":
        return ()
    cited = [one.id for one in rule.authorities if one.uncontested is None]
    return tuple(awaited(grounds.situation.law, cited))


def _telling(test: Outcome) -> Iterable[Leaf]:
    """The leaves that keep a condition open; of a decided one, those that decide it."""
    return test.open or test.leaves


def _acceptance(rule: Rule, about: str | None, leaves: Sequence[Leaf], grounds: Grounds) -> tuple[Leaf, ...]:
    """Whether it is known that the terms were accepted, for a rule that turns on it."""
    if rule.bound_by is None:
        return ()
    question = next((one for one in grounds.situation.law.questions if one.id == rule.bound_by), None)
    each = rule.each or (question.each if question else None)
    at = about if about is not None or each is None else grounds.situation.repo
    if rule.bound_at == "parents":
        upstream = _terms_upstream(at, leaves, grounds)
        return tuple(
            leaf for one in upstream for leaf in grounds.test(_accepted(rule.bound_by), one, each).leaves
        )
    return grounds.test(_accepted(rule.bound_by), at, each).leaves


def _terms_upstream(repo: str | None, leaves: Sequence[Leaf], grounds: Grounds) -> tuple[str, ...]:
    """The other repos whose license facts *leaves* were computed from, sorted."""
    ids = {id for leaf in leaves for fact in leaf.facts for id in fact.rests_on}
    return tuple(sorted({one.repo for one in grounds.situation.facts if one.id in ids and one.repo != repo}))


@cache
def _accepted(question: str) -> Condition:
    # Kept for good: leaves already tested are remembered by the identity of their condition.
    return {"answer": question, "in": ["click", "gate", "download"]}


def _said(leaves: Iterable[Leaf], law: Law) -> tuple[str, ...]:
    return tuple(dict.fromkeys(leaf_words(leaf, law) for leaf in leaves))


def _missing(test: Outcome, law: Law, proposition: str) -> tuple[str, ...]:
    """What a gap lacks; where the rule found it by what was answered, only its own words say what that is."""
    if test.open:
        # A question that is not asked lacks nothing, as long as something else keeps the rule open.
        lacking = [leaf for leaf in test.open if leaf.asked is not None or "answer" not in leaf.condition]
        return _said(lacking or test.open, law)
    silent = [leaf for leaf in test.leaves if leaf.facts and all(f.state != "stated" for f in leaf.facts)]
    return _said(silent, law) or (proposition.rstrip("."),)


def _once(refs: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Each reference once, in the order of the conditions."""
    return tuple({tuple(sorted(ref.items(), key=str)): ref for ref in refs}.values())

"""Conditions in three values: true, false or open, with what each result rests on and what is missing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from duediligence.analysis.abouts import address
from duediligence.analysis.comparison import all_of, any_of, compare, negated
from duediligence.analysis.computed import Computed, compute
from duediligence.analysis.outcome import ALWAYS, Leaf, Outcome, joined
from duediligence.analysis.situation import Asked, Situation
from duediligence.facts.fact import QUOTED_SOURCES, Fact
from duediligence.facts.license_names import hub_license
from duediligence.knowledge.law import Condition
from duediligence.repo import kind_of

Lookup = Callable[[str, str | None], Asked | None]
"""Finds how a question stands, by id and about; ``None`` when it is not asked about that."""

_ABOUT_REPOS = ("dataset", "parent", "licensed")


class Grounds:
    """The facts and answers of one situation, as conditions look at them."""

    def __init__(self, situation: Situation, lookup: Lookup) -> None:
        self.situation = situation
        self._lookup = lookup
        self._questions = {question.id: question for question in situation.law.questions}
        self._facts = situation.by_place
        self._repos = {repo for repo, _ in self._facts}
        self._now = {
            node.id: node.now for node in situation.lineage.repos if node.now and node.now in self._repos
        }
        self._rests: dict[int, tuple[Mapping[str, Any], ...]] = {}
        self._leaves: dict[tuple[int, str | None], Leaf] = {}

    def facts(self, repo: str, key: str) -> tuple[Fact, ...]:
        """Every fact of *repo* under *key*: one ``absent`` when nobody states it, none when nobody looked.

        Of a repo that was renamed: those of its id of today.
        """
        repo = self._now.get(repo, repo)
        found = self._facts.get((repo, key), ())
        if found or repo not in self._repos:
            return found
        return (Fact(repo=repo, key=key, value=None, state="absent"),)

    @cached_property
    def _by_id(self) -> Mapping[str, Fact]:
        return {fact.id: fact for fact in self.situation.facts}

    def basis(self, fact: Fact) -> tuple[Fact, ...]:
        """*fact* and the facts it was computed from, itself first."""
        if not fact.rests_on:
            return (fact,)
        found = {fact.id: fact}
        ahead = list(fact.rests_on)
        while ahead:
            one = self._by_id.get(ahead.pop(0))
            if one is not None and one.id not in found:
                found[one.id] = one
                ahead += one.rests_on
        return tuple(found.values())

    def rests_on(self, leaf: Leaf) -> tuple[Mapping[str, Any], ...]:
        """What *leaf* had in hand: ``{"answer","about","event"}`` or ``{"fact","evidence"}``."""
        if leaf.computed_from:
            return tuple(ref for one in leaf.computed_from for ref in self.rests_on(one))
        if leaf.asked is not None:
            # The answer to a question no longer asked is kept and not used.
            given = (leaf.asked.answer, *leaf.asked.others) if leaf.asked.asked else ()
            return tuple(
                {"answer": one.question, "about": one.about, "event": one.event}
                for one in given
                if one is not None
            )
        # A leaf is tested once and used by many rules; ids are digests and cost time.
        if id(leaf) not in self._rests:
            facts = (one for fact in leaf.facts for one in self.basis(fact))
            self._rests[id(leaf)] = tuple({"fact": fact.id, "evidence": fact.evidence} for fact in facts)
        return self._rests[id(leaf)]

    def test(self, condition: Condition | None, about: str | None = None, each: str | None = None) -> Outcome:
        """The value of *condition* in an entry asked for each *each*, about *about*."""
        if condition is None:
            return ALWAYS
        for join, value in (("all", True), ("any", False)):
            if join in condition:
                below = [self.test(child, about, each) for child in condition[join]]
                return joined(below, value)
        if "not" in condition:
            inner = self.test(condition["not"], about, each)
            return Outcome(value=negated(inner.value), leaves=inner.leaves)
        leaf = self._leaf(condition, about, each)
        return Outcome(value=leaf.value, leaves=(leaf,))

    def _leaf(self, condition: Condition, about: str | None, each: str | None) -> Leaf:
        # Conditions live as long as their law, so their identity names them; most are tested many times.
        key = id(condition), about
        if key not in self._leaves:
            self._leaves[key] = self._tested(condition, about, each)
        return self._leaves[key]

    def _tested(self, condition: Condition, about: str | None, each: str | None) -> Leaf:
        if "answer" in condition:
            return self._answer(condition, about, each)
        if "fact" in condition:
            repo = about if each in _ABOUT_REPOS and about is not None else self.situation.repo
            return self._fact(condition, repo, about)
        if "repo_kind" in condition:
            kind = kind_of(self.situation.repo) or ""
            return Leaf(value=kind in _listed(condition["repo_kind"]), condition=condition, about=kind)
        return Leaf(value=about in _listed(condition["about"]), condition=condition, about=about)

    def _answer(self, condition: Condition, about: str | None, each: str | None) -> Leaf:
        id, named, explicit = condition["answer"].partition("@")
        question = self._questions.get(id)
        # A parent is licensed: what is asked of each licensed repo is asked of it too.
        same = question is not None and question.each in ((each, "licensed") if each == "parent" else (each,))
        at = explicit if named else about if same and question and question.each else None
        asked = self._lookup(id, at)
        if asked is None:
            return Leaf(value=None, condition=condition, why="not_asked", about=at)
        if not asked.asked:
            why = "unanswered" if asked.waits_for else "not_asked"
            return Leaf(
                value=None, condition=condition, why=why, about=at, asked=asked, waits_for=asked.waits_for
            )
        if asked.state == "unanswered":
            waits = (address(id, at),)
            return Leaf(
                value=None, condition=condition, why="unanswered", about=at, asked=asked, waits_for=waits
            )
        if asked.state != "answered" or asked.answer is None:
            return Leaf(value=None, condition=condition, why=asked.state, about=at, asked=asked)
        value = self._compared(condition, asked.answer.value)
        return Leaf(
            value=value,
            condition=condition,
            why="" if value is not None else "inexact",
            about=at,
            asked=asked,
        )

    def _compared(self, condition: Condition, value: str | tuple[str, ...]) -> bool | None:
        operator, literals = operator_of(condition)
        if operator == "stated":
            return literals == ("yes",)
        values = (value,) if isinstance(value, str) else value
        if operator == "is_not":
            return negated(all_of(compare(one, "is", literals, self.situation.law.groups) for one in values))
        results = (compare(one, operator, literals, self.situation.law.groups) for one in values)
        # "is" means that nothing else was chosen; all other comparisons ask whether one choice fits.
        return all_of(results) if operator == "is" else any_of(results)

    def _fact(self, condition: Condition, repo: str, about: str | None) -> Leaf:
        facts = self.facts(repo, condition["fact"])
        states = {fact.state for fact in facts}
        if "stated" not in states:
            made = compute(condition["fact"], about, self)
            if made is not None and (made.values or states <= {"absent"}):
                place = about or repo
                leaf = self._from_facts(condition, place, _facts_of(made, condition["fact"], place))
                return replace(leaf, computed_from=made.leaves)
        return self._from_facts(condition, repo, facts)

    def _from_facts(self, condition: Condition, repo: str, facts: tuple[Fact, ...]) -> Leaf:
        operator, literals = operator_of(condition)
        stated = tuple(fact for fact in facts if fact.state == "stated")
        if operator == "read":
            lost = not stated and (not facts or any(fact.state != "absent" for fact in facts))
            return Leaf(value=lost is (literals == ("no",)), condition=condition, about=repo, facts=facts)
        if not stated:
            why = (
                next((fact.state for fact in facts if fact.state != "absent"), "absent")
                if facts
                else "not_reached"
            )
            value = literals == ("no",) if operator == "stated" and why == "absent" else None
            why = why if value is None else ""
            return Leaf(value=value, condition=condition, why=why, about=repo, facts=facts)
        if operator == "stated":
            return Leaf(value=literals == ("yes",), condition=condition, about=repo, facts=stated)
        return self._compared_facts(condition, repo, stated)

    def _compared_facts(self, condition: Condition, repo: str, stated: tuple[Fact, ...]) -> Leaf:
        operator, literals = operator_of(condition)
        groups = self.situation.law.groups
        results = [compare(_meant(fact), operator, literals, groups) for fact in stated]
        if operator == "includes":
            value = any_of(results)
            said = tuple(fact for fact, result in zip(stated, results, strict=True) if result)
            return Leaf(
                value=value,
                condition=condition,
                why="" if value is not None else "inexact",
                about=repo,
                facts=said if value else stated,
            )
        if len(set(results)) == 1:
            why = "" if results[0] is not None else "inexact"
            return Leaf(value=results[0], condition=condition, why=why, about=repo, facts=stated)
        return Leaf(value=None, condition=condition, why="differ", about=repo, facts=stated)


def _meant(fact: Fact) -> str:
    """The value of *fact*; of a license that words name, the id of it: *CC BY 4.0* is ``cc-by-4.0``."""
    value = fact.value or ""
    by_name = fact.key == "license" and fact.source in QUOTED_SOURCES
    return (hub_license(value) if by_name else None) or value


def _facts_of(made: Computed, key: str, about: str) -> tuple[Fact, ...]:
    """What was computed from answers, in the form of facts: the values, or one that says what is missing."""
    if not made.values:
        return (Fact(repo=about, key=key, value=None, state="absent", reason=made.missing),)
    return tuple(
        Fact(repo=about, key=key, value=value, state="stated", source="computed") for value in made.values
    )


def operator_of(leaf: Condition) -> tuple[str, tuple[str, ...]]:
    """The comparison of a leaf on an answer or a fact, and the literals it compares with."""
    operator = next(key for key in leaf if key not in ("answer", "fact"))
    return operator, _listed(leaf[operator])


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)

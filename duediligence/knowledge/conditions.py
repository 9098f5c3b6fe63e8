"""Checks the conditions of questions and rules: every name known, every comparison one that can be made."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duediligence.knowledge import vocabulary as words
from duediligence.knowledge.values import is_date, is_number, place_problem

_JOINS = ("all", "any", "not")
_SUBJECTS = ("answer", "fact", "repo_kind", "about")
_LETTER = re.compile(r"letter:[1-9][0-9]*")


@dataclass(frozen=True, kw_only=True)
class Names:
    """What entries of the law may refer to."""

    questions: Mapping[str, Mapping[str, Any]]
    """Question id to its entry as written."""

    terms: Mapping[str, Collection[str]]
    """License term to its values."""

    licenses: Collection[str]
    groups: Collection[str]
    places: Mapping[str, Any]
    """Code to name of every country."""

    sources: Mapping[str, Sequence[Mapping[str, Any]]]
    """Id of a legal source to its entries as written: one for each time it was in force."""

    rules: Mapping[str, Mapping[str, Any]]
    letters: Collection[str]

    def knows_fact(self, key: str) -> bool:
        """Whether some source or computation can state *key*."""
        return key in words.FACT_WORDS or self.has_term(key)

    def has_term(self, key: str) -> bool:
        """Whether *key* is ``license.`` and a license term."""
        return key.startswith("license.") and key.removeprefix("license.") in self.terms


def condition_problems(condition: Any, each: str | None, names: Names) -> list[str]:
    """What is wrong with *condition*, which stands in an entry asked once for each *each*."""
    if not isinstance(condition, dict) or not condition:
        return [f"{condition!r} is no condition; allowed: one of {', '.join((*_JOINS, *_SUBJECTS))}"]
    joins = [key for key in condition if key in _JOINS]
    if joins:
        return _join_problems(condition, joins[0], each, names)
    subjects = [key for key in condition if key in _SUBJECTS]
    if len(subjects) != 1:
        return [f"{condition!r} must hold exactly one of {', '.join((*_JOINS, *_SUBJECTS))}"]
    check = {"answer": _answer_problems, "fact": _fact_problems}.get(subjects[0])
    if check is not None:
        return check(condition, each, names)
    return _plain_problems(condition, subjects[0], each)


def questions_named(condition: Any) -> Iterator[str]:
    """The ids of the questions whose answers *condition* looks at."""
    if isinstance(condition, dict):
        if isinstance(condition.get("answer"), str):
            yield condition["answer"].partition("@")[0]
        for key in _JOINS:
            below = condition.get(key, [])
            for child in below if isinstance(below, list) else [below]:
                yield from questions_named(child)


def _join_problems(condition: Mapping[str, Any], join: str, each: str | None, names: Names) -> list[str]:
    if len(condition) > 1:
        return [f"{join} stands beside {', '.join(key for key in condition if key != join)}; put it inside"]
    below = condition[join]
    if join == "not":
        return condition_problems(below, each, names)
    if not isinstance(below, list) or not below:
        return [f"{join} must hold a list of conditions"]
    return [wrong for child in below for wrong in condition_problems(child, each, names)]


def _plain_problems(leaf: Mapping[str, Any], subject: str, each: str | None) -> list[str]:
    allowed = words.REPO_KINDS if subject == "repo_kind" else words.ACTS
    if subject == "about" and each != "act":
        return ["about can be compared only in an entry with each: act"]
    if len(leaf) > 1:
        return [f"{subject} takes no comparison, only its value"]
    return [
        f"{subject}: {wrong}" for one in _literals(leaf[subject]) if (wrong := words_problem(one, allowed))
    ]


def words_problem(value: Any, allowed: Collection[str]) -> str | None:
    """Why *value* is none of *allowed*."""
    return None if value in allowed else f"{value!r} is not known; allowed: {', '.join(allowed)}"


def _operator(leaf: Mapping[str, Any], subject: str) -> tuple[str, list[str]]:
    others = [key for key in leaf if key != subject]
    if len(others) != 1 or others[0] not in words.OPERATORS:
        return "", [f"{subject} {leaf[subject]}: needs exactly one of {', '.join(words.OPERATORS)}"]
    literals = leaf[others[0]]
    if isinstance(literals, list) and others[0] not in ("in", "includes"):
        return "", [f"{subject} {leaf[subject]}: {others[0]} takes one value, not a list"]
    if not _literals(literals) or not all(isinstance(one, str) for one in _literals(literals)):
        return "", [f"{subject} {leaf[subject]}: {others[0]} must be compared with a text"]
    return others[0], []


def _literals(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _answer_problems(leaf: Mapping[str, Any], each: str | None, names: Names) -> list[str]:
    address = leaf["answer"]
    id, at, about = address.partition("@") if isinstance(address, str) else ("", "", "")
    question = names.questions.get(id)
    if question is None:
        return [f"answer {address!r}: no such question"]
    operator, found = _operator(leaf, "answer")
    found += _about_problems(address, question.get("each"), each, about if at else None)
    if not operator:
        return found
    type_ = str(question.get("type"))
    allowed = words.OPERATORS_FOR.get(type_, words.OPERATORS)
    if operator not in allowed or operator == "read":
        return [*found, f"answer {address}: {operator} fits no {type_}; allowed: {', '.join(allowed)}"]
    for literal in _literals(leaf[operator]):
        if wrong := _answer_literal(operator, literal, type_, question, names):
            found.append(f"answer {address}: {wrong}")
    return found


def _about_problems(address: str, asked_each: str | None, each: str | None, about: str | None) -> list[str]:
    if asked_each is None:
        return (
            [f"answer {address}: the question is about the case; leave @ away"] if about is not None else []
        )
    if about is None:
        # A parent is licensed: what is asked of each licensed repo is asked of it; not the other way round.
        if each == asked_each or (each == "parent" and asked_each == "licensed"):
            return []
        return [
            f"answer {address}: asked for each {asked_each}; write each: {asked_each} or name one after @"
        ]
    if asked_each == "act":
        return [f"answer {address}: {wrong}"] if (wrong := words_problem(about, words.ACTS)) else []
    if asked_each == "letter" and _LETTER.fullmatch(about):
        return []
    return [f"answer {address}: the law can name no single {asked_each}; write each: {asked_each}"]


def _answer_literal(
    operator: str, literal: str, type_: str, question: Mapping[str, Any], names: Names
) -> str | None:
    if operator == "stated" or type_ == "yes_no":
        return words_problem(literal, words.YES_NO)
    if type_ in ("choice", "choices"):
        choices = question.get("choices")
        return words_problem(literal, list(choices) if isinstance(choices, dict) else [])
    if type_ in ("place", "places"):
        return None if literal in names.groups else place_problem(literal, names.places)
    if type_ == "date":
        return None if is_date(literal) else f"{literal!r} is no date; allowed: 2026, 2026-11 or 2026-11-22"
    return (
        None
        if type_ != "number" or is_number(literal)
        else f"{literal!r} is no number; allowed: a number such as 1e23"
    )


def _fact_problems(leaf: Mapping[str, Any], each: str | None, names: Names) -> list[str]:
    key = leaf["fact"]
    if not isinstance(key, str) or not names.knows_fact(key):
        known = ", ".join((*words.FACT_WORDS, *(f"license.{term}" for term in names.terms)))
        return [f"fact {key!r}: no such key; allowed: {known}"]
    operator, found = _operator(leaf, "fact")
    for literal in _literals(leaf[operator]) if operator else ():
        if wrong := _fact_literal(operator, literal, key, names):
            found.append(f"fact {key}: {wrong}")
    return found


def _fact_literal(operator: str, literal: str, key: str, names: Names) -> str | None:
    if operator in ("stated", "read"):
        return words_problem(literal, words.YES_NO)
    if operator in ("before", "after"):
        return None if is_date(literal) else f"{literal!r} is no date; allowed: 2026, 2026-11 or 2026-11-22"
    if operator in ("at_least", "at_most"):
        fits = is_number(literal) or is_date(literal)
        return None if fits else f"{literal!r} is no number; allowed: a number such as 1e23"
    if key in words.TRUE_OR_FALSE:
        return words_problem(literal, ("true", "false"))
    if names.has_term(key):
        return words_problem(literal, list(names.terms[key.removeprefix("license.")]))
    if key == "license" and names.licenses and literal not in names.licenses:
        return f"{literal!r} is no license in licenses/; add it there or correct it"
    return None

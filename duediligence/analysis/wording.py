"""What a leaf of a condition says, in words a lawyer reads: no codes, no slugs."""

from collections.abc import Sequence

from duediligence.analysis.abouts import words
from duediligence.analysis.outcome import Leaf
from duediligence.facts.fact import Fact
from duediligence.history import Answer
from duediligence.knowledge.law import Law, Question
from duediligence.knowledge.vocabulary import COMPUTED_WORDS, FACT_WORDS
from duediligence.repo import shown
from duediligence.visible import visible_line

SOURCE_WORDS = {
    "api": "the Hub's data",
    "front_matter": "the card's front matter",
    "license_file": "a license file",
    "prose": "the card",
    "discussion": "a discussion",
    "page": "a page",
    "computed": "a comparison of the sources",
}

_LONGEST = 120


def leaf_words(leaf: Leaf, law: Law) -> str:
    """What *leaf* found, or what is missing: one clause without a full stop."""
    if "answer" in leaf.condition:
        return _answer_words(leaf, law)
    if "fact" in leaf.condition:
        term = leaf.condition["fact"].removeprefix("license.")
        is_term = term in law.terms and leaf.condition["fact"] != term
        return _term_words(leaf, term, law) if is_term else _fact_words(leaf)
    if "repo_kind" in leaf.condition:
        return f"this repository holds a {'model' if leaf.about == 'models' else 'dataset'}"
    return f"it is about {words(leaf.about or '', law.acts)}"


def value_words(question: Question, value: str | tuple[str, ...], law: Law) -> str:
    """An answer in the words of its question; places by their names."""
    values = (value,) if isinstance(value, str) else value
    if question.type in ("place", "places"):
        said = [_place(one, law) for one in values]
    else:
        said = [question.choices.get(one, one) for one in values]
    return visible_line(", ".join(said), 3 * _LONGEST)


def _place(code: str, law: Law) -> str:
    """``Germany`` for ``DE``, ``Germany (DE-HH)`` for a part of it."""
    country = law.places.get(code.partition("-")[0])
    if country is None:
        return code
    return country if "-" not in code else f"{country} ({code})"


def _answer_words(leaf: Leaf, law: Law) -> str:
    asked = leaf.asked
    if asked is None:
        about = f" about {words(leaf.about, law.acts)}" if leaf.about else ""
        return f"a question that is not asked{about} in this case"
    if leaf.why == "not_asked":
        return f"not asked: {asked.text} ({asked.because})"
    if leaf.why == "unanswered":
        return f"not answered: {asked.text}" if asked.asked else f"not asked yet: {asked.text}"
    answer = asked.answer
    if leaf.why == "unknown":
        return f"not known: {asked.text}{_to_ask(answer)}"
    if leaf.why == "needs_another_look":
        return f"needs another look: {asked.text}"
    if leaf.why == "two_answers":
        return f"two answers stand beside each other: {asked.text}"
    said = value_words(asked.question, answer.value, law) if answer else ""
    if leaf.why == "inexact":
        return f"not exact enough: the answer to “{asked.text}” is {said}"
    return f"the answer to “{asked.text}” is “{said}”"


def _to_ask(answer: Answer | None) -> str:
    if answer is None or not answer.ask:
        return ""
    return f" (to ask: {'the provider' if answer.ask == 'provider' else visible_line(answer.ask, _LONGEST)})"


def _fact_words(leaf: Leaf) -> str:
    repo, about = words(leaf.about or ""), FACT_WORDS[leaf.condition["fact"]]
    first = leaf.facts[0] if leaf.facts else None
    if first is None:
        return f"nobody has looked at {repo}, so it is not known whether it states {about}"
    if first.state == "absent" and first.reason:
        return f"not known for {repo}: {about}{_reason(first)}"
    if first.state == "absent":
        where = f" (searched: {', '.join(first.searched)})" if first.searched else ""
        return f"no source of {repo} states {about}{where}"
    if first.state != "stated":
        reached = "read" if first.state == "unreadable" else "reached"
        known = f"{repo} could not be {reached}, so it is not known whether it states {about}"
        return f"{known}{_reason(first)}"
    if leaf.why == "differ":
        each = ", ".join(f"{_value(fact)} ({_source(fact)})" for fact in _once(leaf.facts))
        return f"the sources of {repo} differ on {about.removeprefix('a ')}: {each}"
    if leaf.condition["fact"] in COMPUTED_WORDS and first.value in ("true", "false"):
        return COMPUTED_WORDS[leaf.condition["fact"]][first.value == "false"].format(repo=repo)
    if leaf.computed_from:
        return f"worked out from the answers: {about}: {_shortened([_value(fact) for fact in leaf.facts])}"
    sources = list(dict.fromkeys(_source(fact) for fact in leaf.facts))
    values = list(dict.fromkeys(_value(fact) for fact in leaf.facts))
    exact = "not exact enough: " if leaf.why == "inexact" else ""
    verb = "states" if len(sources) == 1 else "state"
    return f"{exact}{' and '.join(sources)} of {repo} {verb} {about}: {_shortened(values)}"


def _term_words(leaf: Leaf, term: str, law: Law) -> str:
    repo, on = shown(leaf.about or ""), term.replace("_", " ")
    stated = [fact for fact in leaf.facts if fact.state == "stated"]
    if not stated:
        why = _reason(leaf.facts[0]) if leaf.facts else ""
        return f"not known: what the license of {repo} says on {on}{why}"
    values = law.terms[term]["values"]
    said = list(dict.fromkeys(str(values.get(fact.value, fact.value)).rstrip(".") for fact in stated))
    if len(said) > 1:
        return f"the licenses stated for {repo} differ on {on}: {'; '.join(said)}"
    return f"the license of {repo} on {on}: {said[0]}"


def _reason(fact: Fact) -> str:
    return f" ({visible_line(fact.reason, 3 * _LONGEST).rstrip('.')})" if fact.reason else ""


def _source(fact: Fact) -> str:
    return SOURCE_WORDS.get(fact.source or "", "a source")


def _value(fact: Fact) -> str:
    return visible_line(fact.value or "", _LONGEST)


def _once(facts: Sequence[Fact]) -> list[Fact]:
    return list({(fact.value, fact.source): fact for fact in facts}.values())


def _shortened(values: list[str]) -> str:
    more = f" and {len(values) - 3} more" if len(values) > 3 else ""
    return ", ".join(values[:3]) + more


def because(leaves: Sequence[Leaf], asked: bool, first: Sequence[str], law: Law) -> str:
    """Why a question is asked, or not: from the leaves that decide it, or the questions that come first."""
    if asked and not leaves:
        return "asked in every case"
    if first:
        return f"not asked yet, first: {'; '.join(first)}"
    said = "; ".join(dict.fromkeys(leaf_words(leaf, law) for leaf in leaves))
    if asked:
        return f"asked because {said}"
    return f"not asked, because {said}"

"""What a leaf of a condition says, in words a lawyer reads: no codes, no slugs."""

from collections.abc import Sequence

from duediligence.analysis.abouts import filled, words
from duediligence.analysis.logic import Leaf
from duediligence.facts.fact import Fact
from duediligence.history import Answer
from duediligence.knowledge.law import Question
from duediligence.knowledge.vocabulary import FACT_WORDS
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


def leaf_words(leaf: Leaf) -> str:
    """What *leaf* found, or what is missing: one clause without a full stop."""
    if "answer" in leaf.condition:
        return _answer_words(leaf)
    if "fact" in leaf.condition:
        return _fact_words(leaf)
    if "repo_kind" in leaf.condition:
        return f"this repository holds a {'model' if leaf.about == 'models' else 'dataset'}"
    return f"it is about {words(leaf.about or '')}"


def value_words(question: Question, value: str | tuple[str, ...]) -> str:
    """An answer in the words of its question."""
    values = (value,) if isinstance(value, str) else value
    said = [question.choices.get(one, one) for one in values]
    return visible_line(", ".join(said), _LONGEST)


def _answer_words(leaf: Leaf) -> str:
    asked = leaf.asked
    if asked is None:
        about = f" about {words(leaf.about)}" if leaf.about else ""
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
    said = value_words(asked.question, answer.value) if answer else ""
    if leaf.why == "inexact":
        return f"not exact enough: the answer to “{asked.text}” is {said}"
    return f"the answer to “{asked.text}” is “{said}”"


def _to_ask(answer: Answer | None) -> str:
    if answer is None or not answer.ask:
        return ""
    return f" (to ask: {'the provider' if answer.ask == 'provider' else visible_line(answer.ask, _LONGEST)})"


def _fact_words(leaf: Leaf) -> str:
    repo, about = shown(leaf.about or ""), _key_words(leaf.condition["fact"])
    first = leaf.facts[0] if leaf.facts else None
    if first is None:
        return f"nobody has looked at {repo}, so it is not known whether it states {about}"
    if first.state == "absent":
        where = f" (searched: {', '.join(first.searched)})" if first.searched else ""
        return f"no source of {repo} states {about}{where}"
    if first.state != "stated":
        reached = "read" if first.state == "unreadable" else "reached"
        reason = f": {visible_line(first.reason, _LONGEST).rstrip('.')}" if first.reason else ""
        return f"{repo} could not be {reached}, so it is not known whether it states {about}{reason}"
    if leaf.why == "differ":
        each = ", ".join(f"{_value(fact)} ({_source(fact)})" for fact in _once(leaf.facts))
        return f"the sources of {repo} differ on {about.removeprefix('a ')}: {each}"
    sources = list(dict.fromkeys(_source(fact) for fact in leaf.facts))
    values = list(dict.fromkeys(_value(fact) for fact in leaf.facts))
    exact = "not exact enough: " if leaf.why == "inexact" else ""
    verb = "states" if len(sources) == 1 else "state"
    return f"{exact}{' and '.join(sources)} of {repo} {verb} {about}: {_shortened(values)}"


def _key_words(key: str) -> str:
    if key in FACT_WORDS:
        return FACT_WORDS[key]
    term = key.removeprefix("license.").replace("_", " ")
    return f"what its license says on {term}"


def _source(fact: Fact) -> str:
    return SOURCE_WORDS.get(fact.source or "", "a source")


def _value(fact: Fact) -> str:
    plain = {"true": "yes", "false": "no"} if fact.source == "computed" else {}
    return visible_line(plain.get(fact.value or "", fact.value or ""), _LONGEST)


def _once(facts: Sequence[Fact]) -> list[Fact]:
    return list({(fact.value, fact.source): fact for fact in facts}.values())


def _shortened(values: list[str]) -> str:
    more = f" and {len(values) - 3} more" if len(values) > 3 else ""
    return ", ".join(values[:3]) + more


def because(question: Question, about: str | None, leaves: Sequence[Leaf], asked: bool) -> str:
    """Why a question is asked, or not: from the leaves that decide it."""
    if asked and not leaves:
        return "asked in every case"
    said = "; ".join(dict.fromkeys(leaf_words(leaf) for leaf in leaves))
    if asked:
        return f"asked because {said}"
    open_ = [leaf for leaf in leaves if leaf.value is None and leaf.asked is not None]
    if open_:
        first = "; ".join(dict.fromkeys(filled(leaf.asked.text, None) for leaf in open_ if leaf.asked))
        return f"not asked yet, first: {first}"
    return f"not asked, because {said}"

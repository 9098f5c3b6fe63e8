"""What questions and rules are asked about: each dataset, parent, licensed repo, act or letter of a case."""

import re
from collections.abc import Mapping

from duediligence.analysis.situation import Situation
from duediligence.facts.lineage import datasets_of, parents_of
from duediligence.knowledge.vocabulary import ACT_WORDS, ACTS
from duediligence.repo import kind_of, shown

USUAL_ACTS = ("collect", "train", "publish")
"""The acts looked at while nobody has said which are in question."""

_ACTS_QUESTION = "copyright.acts"
_LETTER = re.compile(r"letter:([1-9][0-9]{0,3})")


def expand(situation: Situation) -> Mapping[str | None, tuple[str | None, ...]]:
    """``each`` to what it stands for in this case; ``None``, the case itself, to one ``None``."""
    parents = parents_of(situation.lineage)
    return {
        None: (None,),
        "dataset": _datasets(situation),
        "parent": parents,
        "licensed": (situation.repo, *parents),
        "act": _acts(situation),
        "letter": _letters(situation),
    }


def _datasets(situation: Situation) -> tuple[str, ...]:
    """The datasets of the chain; of a case about a dataset, that one first."""
    own = (situation.repo,) if kind_of(situation.repo) == "datasets" else ()
    return tuple(dict.fromkeys((*own, *datasets_of(situation.lineage))))


def words(about: str, acts: Mapping[str, str] = ACT_WORDS) -> str:
    """How a sentence names it: ``laion/laion2B-en``, ``publishing the weights``, ``letter 1``.

    Args:
        about: what a question or a finding is about.
        acts: how the law of the case names each act.
    """
    letter = _LETTER.fullmatch(about)
    return f"letter {letter[1]}" if letter else acts.get(about) or shown(about)


def filled(text: str, about: str | None, acts: Mapping[str, str] = ACT_WORDS) -> str:
    """*text* with ``{about}`` in words."""
    return text if about is None else text.replace("{about}", words(about, acts))


def is_letter(about: str) -> bool:
    """Whether *about* has the form ``letter:1``; answering about it opens that letter."""
    return _LETTER.fullmatch(about) is not None


def address(question: str, about: str | None) -> str:
    """``QUESTION`` or ``QUESTION@ABOUT``."""
    return question if about is None else f"{question}@{about}"


def _acts(situation: Situation) -> tuple[str, ...]:
    chosen: set[str] = set()
    for answer in situation.answers.get((_ACTS_QUESTION, None), ()):
        chosen.update((answer.value,) if isinstance(answer.value, str) else answer.value)
    return tuple(act for act in ACTS if act in chosen) or USUAL_ACTS


def _letters(situation: Situation) -> tuple[str, ...]:
    """The letters somebody answered a question about, by number."""
    by_letter = {question.id for question in situation.law.questions if question.each == "letter"}
    found = {about for id, about in situation.answers if id in by_letter and about and is_letter(about)}
    return tuple(sorted(found, key=lambda about: int(about.partition(":")[2])))

"""What questions and rules are asked about: each dataset, parent, licensed repo, act or letter of a case."""

import re
from collections.abc import Mapping

from duediligence.analysis.situation import Situation
from duediligence.facts.lineage import Lineage
from duediligence.knowledge.vocabulary import ACT_WORDS, ACTS
from duediligence.repo import kind_of, shown

USUAL_ACTS = ("collect", "train", "publish")
"""The acts looked at while nobody has said which are in question."""

_ACTS_QUESTION = "copyright.acts"
_LETTER = re.compile(r"letter:([1-9][0-9]{0,3})")


def expand(situation: Situation) -> Mapping[str | None, tuple[str | None, ...]]:
    """``each`` to what it stands for in this case; ``None``, the case itself, to one ``None``."""
    datasets, parents = _upstream(situation.lineage)
    return {
        None: (None,),
        "dataset": datasets,
        "parent": parents,
        "licensed": (situation.repo, *parents),
        "act": _acts(situation),
        "letter": _letters(situation),
    }


def words(about: str) -> str:
    """How a sentence names it: ``laion/laion2B-en``, ``publishing the weights``, ``letter 1``."""
    letter = _LETTER.fullmatch(about)
    return f"letter {letter[1]}" if letter else ACT_WORDS.get(about) or shown(about)


def filled(text: str, about: str | None) -> str:
    """*text* with ``{about}`` in words."""
    return text if about is None else text.replace("{about}", words(about))


def is_letter(about: str) -> bool:
    """Whether *about* has the form ``letter:1``; answering about it opens that letter."""
    return _LETTER.fullmatch(about) is not None


def address(question: str, about: str | None) -> str:
    """``QUESTION`` or ``QUESTION@ABOUT``."""
    return question if about is None else f"{question}@{about}"


def _upstream(lineage: Lineage) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Datasets and parents of the whole chain, along the edges nobody rejected; each sorted.

    What something is only measured on is no part of what it is made from.
    """
    below: dict[str, list[tuple[str, bool]]] = {}
    for edge in lineage.edges:
        if (
            edge.accepted is not False
            and edge.relation != "evaluated_on"
            and not getattr(edge, "gone_since", None)
        ):
            of_data = edge.relation == "trained_on" or kind_of(edge.downstream) == "datasets"
            is_dataset = kind_of(edge.upstream) == "datasets" or (kind_of(edge.upstream) is None and of_data)
            below.setdefault(edge.downstream, []).append((edge.upstream, is_dataset))
    datasets: set[str] = set()
    parents: set[str] = set()
    ahead = [lineage.repo]
    while ahead:
        for upstream, is_dataset in below.get(ahead.pop(), ()):
            if upstream != lineage.repo and upstream not in datasets | parents:
                (datasets if is_dataset else parents).add(upstream)
                ahead.append(upstream)
    return tuple(sorted(datasets)), tuple(sorted(parents))


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

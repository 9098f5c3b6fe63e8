"""What is said of an answer at once: that some rules ask more exactly, or that what it names may move."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from duediligence.analysis.comparison import compare
from duediligence.analysis.logic import operator_of
from duediligence.analysis.situation import Situation
from duediligence.knowledge.law import Law
from duediligence.memo.words import joined
from duediligence.visible import visible_line

_REVISION = "use.revision"
_COMMIT = re.compile(r"[0-9a-f]{7,40}", re.ASCII)
_NONE_YET = ("unknown", "none", "none yet")
_MOST = 4


def remarks(events: Iterable[Mapping[str, Any]], situation: Situation) -> tuple[str, ...]:
    """A sentence for each answer of *events* that can be more exact; *situation* is that of the case then."""
    said: list[str] = []
    for event in events:
        if event.get("event") != "answered":
            continue
        given = event["value"]
        for value in [given] if isinstance(given, str) else given:
            said += _inexact(str(event["question"]), str(value), situation.law)
            if event["question"] == _REVISION:
                said += _moving(str(value), situation)
    return tuple(dict.fromkeys(said))


def _inexact(question: str, value: str, law: Law) -> Iterator[str]:
    """Whether a rule asks about part of what *value* says, and then what would be exact enough."""
    wanted = sorted({literal for literal in _compared(question, law) if _is_part(literal, value, law)})
    if wanted:
        some = joined(wanted[:_MOST])
        day = "the day" if "-" in value else "the day or the month"
        more = day if value[:1].isdigit() else f"the state (such as {wanted[0]})"
        yield f"{value} is not exact enough for rules on {some}: answer with {more} where that is known."


def _is_part(literal: str, value: str, law: Law) -> bool:
    operator = "before" if literal[:1].isdigit() else "in"
    both_days = literal[:1].isdigit() == value[:1].isdigit()
    return both_days and compare(value, operator, (literal,), law.groups) is None


def _compared(question: str, law: Law) -> Iterator[str]:
    """What rules and questions compare the answer to *question* with."""
    for one in law.rules:
        for condition in (one.applies, one.when):
            yield from _literals(condition, question)
    for asked in law.questions:
        yield from _literals(asked.when, question)


def _literals(condition: Any, question: str) -> Iterator[str]:
    if isinstance(condition, Sequence) and not isinstance(condition, str):
        for one in condition:
            yield from _literals(one, question)
    elif isinstance(condition, Mapping):
        if "answer" in condition:
            if condition["answer"].partition("@")[0] == question:
                yield from operator_of(condition)[1]
        else:
            for below in condition.values():
                yield from _literals(below, question)


def _moving(value: str, situation: Situation) -> Iterator[str]:
    """A branch leads to another commit tomorrow: the one that was read is offered, and not taken."""
    if _COMMIT.fullmatch(value) or value.lower() in _NONE_YET:
        return
    ours = (one for one in situation.facts if one.repo == situation.repo and one.source != "computed")
    read = next((one.revision for one in ours if one.revision), None)
    offered = (
        f" The commit that was captured is {read}; if it is the one you use, answer with it." if read else ""
    )
    yield (
        f"{visible_line(value, 60)} is no commit, and a branch moves: which text was yours cannot be told "
        f"from it later.{offered}"
    )

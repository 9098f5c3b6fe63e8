"""Sections 3 and 4 of the memo: what to ask the provider, ready to copy, and what others must answer."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from duediligence.analysis.abouts import words as about_words
from duediligence.analysis.situation import Asked
from duediligence.facts.fact import Fact
from duediligence.history import Answer
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.keys import key_words
from duediligence.memo.origin import says
from duediligence.memo.quoting import theirs
from duediligence.memo.statement import Span, Statement, name, quote, say, words
from duediligence.memo.words import WHO, joined, sentence

RISK = (
    "Asking leaves a trace. The provider learns that somebody looks, and the letter shows what its sender "
    "knew and when. A question in a public discussion is read by everyone and may start no period at all; a "
    "letter that demands an end to a use may be a formal warning and cost money. No period stops because a "
    "question is open. Ask for facts, claim nothing, announce nothing, and in a dispute let counsel ask."
)
MOST = 6
"""Open questions the body lists for one kind of person."""

_NAMES = 6
_THESE = re.compile(r"\b(these|one of)\b", re.I)


@dataclass(frozen=True, kw_only=True)
class Open:
    """One open question, once for all the things it is asked about."""

    text: tuple[Span, ...]
    note: tuple[Span, ...]
    """Why it is asked, or how it stands."""


@dataclass(frozen=True, kw_only=True)
class OpenFor:
    """Open questions for one kind of person."""

    who: str
    questions: tuple[Open, ...]
    further: tuple[Open, ...]
    """Those there is no room for in the body; they stand in annex D."""


@dataclass(frozen=True, kw_only=True)
class AnotherLook:
    """An answer that was shown something which is different now, or one of two that differ."""

    question: tuple[Span, ...]
    answers: tuple[Statement, ...]
    changes: tuple[Statement, ...]


@dataclass(frozen=True, kw_only=True)
class OpenQuestions:
    """Everything nobody has answered, or must answer again."""

    risk: str
    provider: tuple[tuple[Span, ...], ...]
    """In plain words, ready to copy."""

    others: tuple[OpenFor, ...]
    another_look: tuple[AnotherLook, ...]


def open_questions(ex: Exhibits) -> OpenQuestions:
    """The questions that are asked in this case and not answered, each once."""
    asked = [one for one in ex.inputs.asked if one.asked]
    open_ = [one for one in asked if one.state in ("unanswered", "unknown")]
    return OpenQuestions(
        risk=RISK,
        provider=tuple(words(_for_provider(ex, same)) for same in _once(_to_provider(ex, open_))),
        others=tuple(
            _by_person(ex, (one for one in open_ if "provider" not in one.question.who[:1]), _absent(ex))
        ),
        another_look=tuple(
            _look(ex, one) for one in asked if one.state in ("needs_another_look", "two_answers")
        ),
    )


def _once(asked: Iterable[Asked]) -> list[list[Asked]]:
    groups: dict[str, list[Asked]] = {}
    for one in asked:
        groups.setdefault(one.question.id, []).append(one)
    return list(groups.values())


def _to_provider(ex: Exhibits, open_: Iterable[Asked]) -> Iterator[Asked]:
    needed = _needed(ex)
    for one in open_:
        sent = one.answer is not None and one.answer.ask == "provider"
        if sent or (
            "provider" in one.question.who and one.question.provider_text and one.question.id in needed
        ):
            yield one


def _needed(ex: Exhibits) -> set[str]:
    """Ids of the questions that findings lack or rules wait for."""
    found = ex.inputs.findings
    gaps = {finding.id for finding in found.findings if finding.status == "gap"}
    needed = {address.partition("@")[0] for _, addresses in found.waiting for address in addresses}
    for rule in ex.inputs.law.rules:
        if rule.id in gaps:
            needed.update(_leaves(rule.when), _leaves(rule.applies))
    return needed


def _leaves(condition: Any) -> Iterator[str]:
    if isinstance(condition, Mapping):
        if isinstance(condition.get("answer"), str):
            yield condition["answer"].partition("@")[0]
        for part in condition.values():
            yield from _leaves(part)
    elif isinstance(condition, list | tuple):
        for part in condition:
            yield from _leaves(part)


def _for_provider(ex: Exhibits, same: list[Asked]) -> str:
    text = same[0].question.provider_text or same[0].question.text
    return filled(text, same, ex.inputs.law.acts)


def filled(text: str, same: list[Asked], acts: Mapping[str, str]) -> str:
    """*text* with the names of all it is asked about, acts as *acts* name them."""
    names = [about_words(one.about, acts) for one in same if one.about is not None]
    notes = [_named(names)] if names and (len(names) > 1 or "{about}" not in text) else []
    # A question about "these" means nothing without them.
    choices = [said for slug, said in same[0].question.choices.items() if slug != "none"]
    notes += ["; ".join(choices)] if choices and _THESE.search(text) else []
    filled = text.replace("{about}", names[0] if len(names) == 1 else "each of these")
    return " ".join([filled, *(f"({note})" for note in notes)])


def _named(names: list[str]) -> str:
    more = len(names) - _NAMES
    return joined(names) if more <= 0 else f"{', '.join(names[:_NAMES])} and {more} more"


def _absent(ex: Exhibits) -> frozenset[str]:
    """Roles nobody of this case has: what they alone could say others are asked, where others can know."""
    roles = {role for answer in ex.inputs.record.answers.get(("use.role", None), ()) for role in answer.value}
    return frozenset({"rightsholder", "data_subject"} - roles) if roles else frozenset()


def _by_person(ex: Exhibits, open_: Iterable[Asked], absent: frozenset[str]) -> Iterator[OpenFor]:
    groups: dict[str, list[Asked]] = {}
    for one in open_:
        who = one.answer.ask if one.answer and one.answer.ask else _who(one, absent)
        groups.setdefault(who, []).append(one)
    for who, asked in sorted(groups.items(), key=lambda item: _person_order(item[0])):
        questions = tuple(_open(ex, same) for same in _once(asked))
        yield OpenFor(
            who=WHO.get(who, who).capitalize() if who in WHO else who,
            questions=questions[:MOST],
            further=questions[MOST:],
        )


def _who(one: Asked, absent: frozenset[str]) -> str:
    can = [who for who in one.question.who if who not in absent]
    return (can or list(one.question.who) or ["you"])[0]


def _person_order(who: str) -> tuple[int, str]:
    return (list(WHO).index(who) if who in WHO else len(WHO), who)


def _open(ex: Exhibits, same: list[Asked]) -> Open:
    first = same[0]
    state = "Answered with “I do not know”. " if first.state == "unknown" else ""
    return Open(
        text=words(filled(first.question.text, same, ex.inputs.law.acts)),
        note=words(f"{state}{sentence(first.question.matters)}"),
    )


def _look(ex: Exhibits, one: Asked) -> AnotherLook:
    given = tuple(a for a in (*one.others, one.answer) if a is not None)
    return AnotherLook(
        question=words(one.text),
        answers=tuple(
            say(name(a.says, 60), " says: ", ex.value(a), ".", support=ex.answer_ref(a.event)) for a in given
        ),
        changes=tuple(_change(ex, given, *change, _passages(ex, one, change[1:])) for change in one.changes),
    )


def _passages(ex: Exhibits, one: Asked, sides: tuple[Fact | None, Fact | None]) -> tuple[str, str] | None:
    """The paragraphs that went and that came, where a fact stands as it was above other words."""
    looks = ex.inputs.since.looks if ex.inputs.since else ()
    because = (
        c
        for look in looks
        if (look.question, look.about) == (one.question.id, one.about)
        for c in look.because
    )
    told = [*because, *(ex.inputs.since.facts if ex.inputs.since else ())]
    now = sides[1].id if sides[1] else ""
    return next((c.passages for c in told if c.passages and c.after and c.after.id == now), None)


def _change(
    ex: Exhibits,
    given: tuple[Answer, ...],
    cause: str,
    before: Fact | None,
    now: Fact | None,
    passages: tuple[str, str] | None,
) -> Statement:
    fact = now or before
    key = f"{key_words(fact.key)}: " if fact else ""
    said = (*_side(before), " → ", *_side(now)) if fact else ()
    if before and now and (before.value, before.quote) == (now.value, now.quote):
        # Both sides read alike: what differs stands below the line that is quoted.
        said = (*_side(now), "; the words below this line are others")
    if passages:
        old, new = ((quote(text, 200),) if text else ("no such paragraph",) for text in passages)
        said = (*_side(now), "; below it: ", *old, " → ", *new)
    refs = ex.refs([one for one in (before, now) if one])
    return say(
        f"{sentence(cause[:1].upper() + cause[1:])} ",
        key,
        *said,
        support=refs + tuple(ref for answer in given for ref in ex.answer_ref(answer.event)),
    )


def _side(fact: Fact | None) -> tuple[Span | str, ...]:
    if fact is None:
        return ("not there",)
    if fact.state != "stated":
        return (says(fact).lower(),)
    return theirs(fact, 200)

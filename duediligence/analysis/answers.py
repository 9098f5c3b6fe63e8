"""What people may answer: the value checked against its question, the address against the case."""

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches

from duediligence.analysis.abouts import address, expand, is_letter, words
from duediligence.analysis.situation import Situation
from duediligence.errors import BadInputError
from duediligence.knowledge.law import Law, Question
from duediligence.knowledge.values import is_date, is_number, place_problem
from duediligence.knowledge.vocabulary import UNKNOWN, YES_NO
from duediligence.repo import shown

LISTS = ("choices", "places")

_WHOLE = re.compile("[0-9]{1,3}(?:[,' _\u00a0\u202f][0-9]{3})+", re.ASCII)
"""A whole number as people group its digits; a dot may as well begin a fraction."""


def check_value(question: Question, value: str | Sequence[str], law: Law) -> str | tuple[str, ...]:
    """*value* as it is kept: a text, or a tuple for a question that takes several.

    ``unknown`` is a value of every type. A list may come as text with commas.

    Raises:
        BadInputError: it is empty or no value of this question; the message names what is allowed.
    """
    given = _texts(question, value)
    if not given:
        raise BadInputError(
            f"{question.id}: the value is empty. Give one, write {UNKNOWN}, or withdraw the answer."
        )
    if UNKNOWN in given:
        if len(set(given)) > 1:
            raise BadInputError(f"{question.id}: {UNKNOWN} cannot stand beside other values.")
        return UNKNOWN
    for one in given:
        if wrong := _problem(question, one, law):
            raise BadInputError(f"{question.id}: {wrong}.")
    if question.type not in LISTS:
        return given[0]
    if "none" in given and len(set(given)) > 1:
        raise BadInputError(f"{question.id}: none cannot stand beside other values.")
    return tuple(dict.fromkeys(given))


def _texts(question: Question, value: object) -> list[str]:
    many = question.type in LISTS
    if isinstance(value, str):
        parts = value.split(",") if many else [value]
        return [part.strip() for part in parts if part.strip()]
    if not isinstance(value, Sequence) or not all(isinstance(one, str) for one in value):
        raise BadInputError(
            f"{question.id}: a value is a text; write it in quotation marks. {_allowed(question)}"
        )
    if not many and len(value) != 1:
        raise BadInputError(f"{question.id}: takes one value, not a list. {_allowed(question)}")
    if any(not one.strip() for one in value):
        return []
    return [one.strip() for one in value]


def _allowed(question: Question) -> str:
    if question.type == "yes_no":
        return f"Allowed: {', '.join((*YES_NO, UNKNOWN))}."
    if question.choices:
        return f"Allowed: {', '.join((*question.choices, UNKNOWN))}."
    return f"Or write {UNKNOWN}."


def _problem(question: Question, value: str, law: Law) -> str | None:
    type_ = question.type
    if type_ in ("yes_no", "choice", "choices"):
        allowed = YES_NO if type_ == "yes_no" else tuple(question.choices)
        if value in allowed:
            return None
        if type_ == "choices" and (apart := _apart(value, allowed)):
            return apart
        return f"{value!r} is none of its values; allowed: {', '.join((*allowed, UNKNOWN))}"
    if type_ == "date":
        return (
            None
            if is_date(value)
            else f"{value!r} is no date; write 2026-11-22, 2026-11 or 2026, or {UNKNOWN}"
        )
    if type_ == "number":
        return _number_problem(question, value)
    if type_ in ("place", "places"):
        if value in law.groups:
            members = ", ".join(sorted(law.groups[value])[:3])
            return f"{value!r} is a group of countries; name the countries, such as {members}"
        apart = _apart(value, law.places) if type_ == "places" else None
        return apart or place_problem(value, law.places)
    return None


def _apart(value: str, allowed: Collection[str]) -> str | None:
    """Several values with spaces between them: how they are written."""
    parts = value.split()
    if len(parts) < 2 or not all(part in allowed for part in parts):
        return None
    return f"{value!r} are several values; put commas between them: {','.join(parts)}"


def _number_problem(question: Question, value: str) -> str | None:
    if is_number(value):
        return None if float(value) >= 0 else f"{value!r} is below 0; write 0 or more, or {UNKNOWN}"
    digits = _WHOLE.fullmatch(value) and re.sub("[,' _\u00a0\u202f]", "", value)
    such = digits or question.example or "1500000"
    return f"{value!r} is no number; write digits alone, such as {such}, or {UNKNOWN}"


def find_question(situation: Situation, address_: str) -> tuple[Question, str | None]:
    """The question at ``QUESTION`` or ``QUESTION@ABOUT``, and what it is about.

    QUESTION is an id, or a reference that names only one question; ABOUT may leave out what is plain
    (``laion/laion2B-en``, ``1`` for ``letter:1``).

    Raises:
        BadInputError: there is no such question, or it is not about that; near misses are named.
    """
    name, at, about = address_.strip().partition("@")
    question = _named(situation.law, name.strip())
    if question.each is None:
        if at:
            raise BadInputError(f"{question.id} is about the whole case; leave @{about} away.")
        return question, None
    return question, _about(situation, question, about.strip())


def _named(law: Law, name: str) -> Question:
    by_id = {question.id: question for question in law.questions}
    if name in by_id:
        return by_id[name]
    by_ref = [question for question in law.questions if question.ref and question.ref.lower() == name.lower()]
    if len(by_ref) == 1:
        return by_ref[0]
    if by_ref:
        raise BadInputError(
            f"{name} names several questions; write one of: {', '.join(q.id for q in by_ref)}."
        )
    near = _near(name, by_id)
    raise BadInputError(f"{name!r} is no question.{near or ' The command questions lists them all.'}")


def _near(name: str, known: Collection[str]) -> str:
    folded = {one.lower(): one for one in known}
    close = [folded[one] for one in get_close_matches(name.lower(), folded, n=3, cutoff=0.6)]
    # People drop the first part of an id as often as they misspell it.
    close += [one for one in known if one.rpartition(".")[2] == name.lower() and one not in close]
    return f" Near to it: {', '.join(close)}." if close else ""


def _about(situation: Situation, question: Question, about: str) -> str:
    known = [one for one in expand(situation)[question.each] if one is not None]
    answered = [at for id, at in situation.answers if id == question.id and at is not None]
    wanted = f"letter:{about}" if question.each == "letter" and about.isdigit() else about
    if wanted in known or wanted in answered or (question.each == "letter" and is_letter(wanted)):
        return wanted
    plain = [one for one in known if about and shown(one).lower() == shown(about).lower()]
    if len(plain) == 1:
        return plain[0]
    if question.each == "letter":
        raise BadInputError(
            f"{question.id} is asked once for each letter: write {address(question.id, 'letter:1')}."
        )
    if not known:
        raise BadInputError(
            f"{question.id} is asked once for each {question.each}, and this case knows none yet."
        )
    near = _near(about, known) if about else ""
    listed = ", ".join(address(question.id, one) for one in known[:6]) + (
        " and more" if len(known) > 6 else ""
    )
    missing = f"is not asked about {words(about)!r}" if about else f"is asked once for each {question.each}"
    raise BadInputError(f"{question.id} {missing}.{near} Write one of: {listed}.")

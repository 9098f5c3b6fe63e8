"""Answers as people give them, on the command line, in a file or on the screen, checked before they count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from duediligence import plain_yaml
from duediligence.analysis import abouts
from duediligence.analysis.answers import check_value, find_question
from duediligence.analysis.questionnaire import shown
from duediligence.analysis.situation import Asked, Situation
from duediligence.errors import BadAnswersError, BadInputError, UnreadableError
from duediligence.history import Answer, Shown

UNKNOWN = "unknown"
_FIELDS = ("value", "reason", "says", "by", "ask", "files")
FORM = "for"
"""Key that marks a file as a form to fill in: what is empty there is not answered."""

_OF_ALL = ("says", "by", "reason")
"""What a form may say once for all its answers."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """One answer as given, not yet checked."""

    address: str
    """``QUESTION`` or ``QUESTION@ABOUT``."""

    value: str | Sequence[str]
    reason: str | None = None
    says: str | None = None
    """Whose words they are; the one who typed them when left out."""

    by: str | None = None
    """Who typed them."""

    ask: str | None = None
    """Who can say: a name, or ``provider``; then the value is ``unknown``."""

    files: tuple[str, ...] = ()


def read_answers(text: str, where: str) -> list[Given]:
    """The answers of a file: addresses to a value or to ``{value, reason, says, by, ask, files}``.

    In a form to fill in, which begins with ``for:``, what is left empty is not answered: it may give none.

    Raises:
        BadAnswersError: the file is no such mapping; every wrong entry is named.
    """
    try:
        content = plain_yaml.load(text)
    except UnreadableError as error:
        raise BadAnswersError([f"{where} cannot be read: {error}"]) from error
    if not isinstance(content, dict) or not content:
        raise BadAnswersError([f"{where} holds no answers. Write one per line: use.commercial: none"])
    given, problems = [], []
    try:
        entries = _filled_in(content) if FORM in content else content
    except BadInputError as error:
        raise BadAnswersError([f"{where}: {error}"]) from error
    for address, entry in entries.items():
        try:
            given.append(_given(address, entry))
        except BadInputError as error:
            problems.append(f"{where}: {error}")
    if problems:
        raise BadAnswersError(problems)
    return given


def for_all(given: Given, asked: Sequence[Asked]) -> list[Given]:
    """*given*, whose address names no thing, for each thing its question is open about; each says so.

    Raises:
        BadInputError: the question is asked about nothing, or nothing of it is open.
    """
    ours = [one for one in asked if given.address in (one.question.id, one.question.ref) and one.about]
    open_ = [one for one in ours if one.asked and one.state == "unanswered"]
    if not open_:
        why = "is answered or not asked about each" if ours else "is not asked about several things"
        raise BadInputError(f"{given.address} {why}; nothing was recorded. Name a question without its @.")
    said = f"The same was given for all {len(open_)} that were open."
    reason = f"{said} {given.reason}" if _stripped(given.reason) else said
    return [
        replace(given, address=abouts.address(one.question.id, one.about), reason=reason) for one in open_
    ]


def with_defaults(
    given: Sequence[Given], *, reason: str | None = None, says: str | None = None, by: str | None = None
) -> list[Given]:
    """*given*, with what is said once for all of them where an answer does not say it itself."""
    return [
        replace(
            one,
            reason=_stripped(one.reason) or reason,
            says=_stripped(one.says) or says,
            by=_stripped(one.by) or by,
        )
        for one in given
    ]


def _filled_in(content: dict[str, Any]) -> dict[str, Any]:
    """The entries of a form that somebody filled in, with what its head says of all of them."""
    head = {key: content[key] for key in (FORM, *_OF_ALL) if key in content}
    wrong = [key for key, text in head.items() if not isinstance(text, str)]
    if wrong:
        raise BadInputError(f"{wrong[0]}, at the top of the form, has the wrong form; write a text.")
    said = {key: text for key, text in head.items() if key != FORM and text.strip()}
    entries = {key: entry for key, entry in content.items() if key not in head}
    return {
        address: said | _written(entry) if isinstance(entry, dict) else said | {"value": entry}
        for address, entry in entries.items()
        if not _empty(entry)
    }


def _written(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if not _empty(value)}


def _empty(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return all(map(_empty, value.values() if isinstance(value, dict) else value))


def _given(address: str, entry: Any) -> Given:
    if not isinstance(entry, dict):
        return Given(address=address, value=entry)
    unknown = sorted(set(entry) - set(_FIELDS))
    if unknown:
        raise BadInputError(
            f"{address}: {unknown[0]!r} is no field of an answer; allowed: {', '.join(_FIELDS)}."
        )
    files = entry.get("files", [])
    texts = {key: entry[key] for key in ("reason", "says", "by", "ask") if key in entry}
    wrong = [key for key, text in texts.items() if not isinstance(text, str)]
    if wrong or not isinstance(files, list) or not all(isinstance(file, str) for file in files):
        raise BadInputError(
            f"{address}: {(wrong or ['files'])[0]} has the wrong form; write a text (files: a list)."
        )
    value = entry.get("value", UNKNOWN if "ask" in entry else "")
    return Given(address=address, value=value, files=tuple(files), **texts)


def events_for(
    given: Sequence[Given], situation: Situation, typed: str
) -> tuple[list[dict[str, Any]], list[str]]:
    """The ``answered`` events for *given*, and a sentence for each that cannot be taken.

    *typed* is who typed where an answer does not say so itself.
    """
    situation = _with(given, situation)
    events: list[dict[str, Any]] = []
    problems: list[str] = []
    taken: dict[tuple[str, str | None], str] = {}
    for one in given:
        try:
            event = _event(one, situation, typed)
        except BadInputError as error:
            problems.append(str(error))
            continue
        twice = taken.setdefault((event["question"], event["about"]), one.address)
        if twice != one.address:
            problems.append(f"{one.address} answers the same question as {twice}; keep one of them.")
        events.append(event)
    return events, problems


def _with(given: Sequence[Given], situation: Situation) -> Situation:
    """*situation* as it will be: what one answer of a file opens, the others may be about."""
    answers = dict(situation.answers)
    for one in given:
        try:
            question, about = find_question(situation, one.address)
            value = check_value(question, one.value, situation.law)
        except BadInputError:
            # Told below, where everything that will be there is known.
            continue
        answers[question.id, about] = (
            Answer(
                question=question.id,
                about=about,
                value=value,
                reason=None,
                says="",
                by="",
                at="",
                event="",
                shown=Shown(text="", choices=(), facts=()),
            ),
        )
    return replace(situation, answers=answers)


def _event(one: Given, situation: Situation, typed: str) -> dict[str, Any]:
    question, about = find_question(situation, one.address)
    value = check_value(question, one.value, situation.law)
    if one.ask is not None and value != UNKNOWN:
        raise BadInputError(
            f"{one.address}: somebody to ask goes with the value unknown, not with an answer."
        )
    by = _stripped(one.by) or typed
    event: dict[str, Any] = {
        "event": "answered",
        "question": question.id,
        "about": about,
        "value": value if isinstance(value, str) else list(value),
        "reason": _stripped(one.reason),
        "says": _stripped(one.says) or by,
        "by": by,
    }
    extra: Mapping[str, Any] = {"ask": _stripped(one.ask), "files": list(one.files)}
    event |= {key: value for key, value in extra.items() if value}
    return event | {"shown": shown(question, about, situation).to_json()}


def _stripped(text: str | None) -> str | None:
    return (text or "").strip() or None

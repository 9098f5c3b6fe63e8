"""The form of every entry in the law files: which fields it has and what each may hold."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from duediligence.knowledge import vocabulary as words

Kind = Callable[[Any], str | None]
"""Looks at a value and says what is wrong with it, with what is allowed; ``None`` when nothing is."""

# The Hub itself writes "openrail++".
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]*")
_SLUG = re.compile(r"[a-z0-9_]+")


class Field(NamedTuple):
    """What one field may hold, and whether it must be there."""

    kind: Kind
    required: bool = False


def text(value: Any) -> str | None:
    """A text with something in it."""
    return None if isinstance(value, str) and value.strip() else "must be a text that is not empty"


def identifier(value: Any) -> str | None:
    """An id: letters, digits, dots, dashes."""
    if isinstance(value, str) and _ID.fullmatch(value):
        return None
    return f"{value!r} is no id; allowed: letters, digits, '.', '-', '_', ':', '+'"


def one_of(*allowed: str) -> Kind:
    """One of the words of a closed list."""

    def kind(value: Any) -> str | None:
        return None if value in allowed else f"{value!r} is not known; allowed: {', '.join(allowed)}"

    return kind


def list_of(item: Kind) -> Kind:
    """A list, each item of one kind."""

    def kind(value: Any) -> str | None:
        if not isinstance(value, list):
            return "must be a list, such as [one, two]"
        return next((wrong for wrong in map(item, value) if wrong), None)

    return kind


def day(value: Any) -> str | None:
    """A day of the calendar, ``2026-11-22``."""
    try:
        # The calendar's own form alone: `fromisoformat` takes 20261122 and week dates as well.
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return None
    except ValueError:
        pass
    return f"{value!r} is no date; allowed: a day such as 2026-11-22"


def number(value: Any) -> str | None:
    """A whole number above zero."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and int(value) > 0:
        return None
    return f"{value!r} is no number; allowed: 1, 2, 3 and so on"


def slug_words(value: Any) -> str | None:
    """Slugs with their words: ``links_captions: links with captions``."""
    if not isinstance(value, dict) or not value:
        return "must list slugs with their words, such as content: the works themselves"
    for slug, said in value.items():
        if not _SLUG.fullmatch(slug):
            return f"{slug!r} is no slug; allowed: lower-case letters, digits and '_'"
        if slug == words.UNKNOWN:
            return "'unknown' is an answer to every question and no slug of its own"
        if wrong := text(said):
            return f"{slug}: {wrong}"
    return None


def by_name(item: Kind) -> Kind:
    """Names, each with something of one kind."""

    def kind(value: Any) -> str | None:
        if not isinstance(value, dict):
            return "must hold names, each with what belongs to it"
        return next((f"{name}: {wrong}" for name, held in value.items() if (wrong := item(held))), None)

    return kind


texts_by_name = by_name(text)


def condition(value: Any) -> str | None:
    """A condition; what stands in it is checked where the questions and facts are known."""
    good = isinstance(value, dict) and value
    return None if good else "must be a condition, such as {answer: use.role, includes: user}"


def parts(form: Mapping[str, Field]) -> Kind:
    """A mapping with a form of its own."""

    def kind(value: Any) -> str | None:
        return next(iter(problems_in(value, form)), None)

    return kind


def problems_in(entry: Any, form: Mapping[str, Field]) -> list[str]:
    """What is wrong with one entry, field by field."""
    if not isinstance(entry, dict):
        return [f"must hold fields; allowed: {', '.join(form)}"]
    found = [f"{name}: no such field; allowed: {', '.join(form)}" for name in entry if name not in form]
    found += [f"{name}: is missing" for name, field in form.items() if field.required and name not in entry]
    for name, value in entry.items():
        if name in form and (wrong := form[name].kind(value)):
            found.append(f"{name}: {wrong}")
    return found


def _citation(value: Any) -> str | None:
    if isinstance(value, str):
        return identifier(value)
    return parts({"id": Field(identifier, True), "uncontested": Field(text, True)})(value)


_FLAG = one_of(*words.YES_NO)
_DATED = {"from": Field(day), "until": Field(day)}
_WATCHED = {
    "date": Field(lambda value: None if value == "open" else day(value), True),
    "event": Field(text, True),
}
_CLAIM = {regime: Field(list_of(one_of(*words.MATRIX_PLACES))) for regime in words.MATRIX_REGIMES}
_STATES = {"from": Field(day, True), "state": Field(one_of(*words.SOURCE_STATES), True)}

AUTHORITY = {
    "id": Field(identifier, True),
    "title": Field(text, True),
    "jurisdiction": Field(identifier, True),
    "type": Field(one_of(*words.SOURCE_TYPES), True),
    "date": Field(text, True),
    "effect": Field(text, True),
    "state": Field(one_of(*words.SOURCE_STATES)),
    "states": Field(list_of(parts(_STATES))),
    "final": Field(_FLAG),
    "confirmed": Field(one_of(*words.CONFIRMED), True),
    "read": Field(text),
    "address": Field(text),
    "as_of": Field(day, True),
    "review_by": Field(day, True),
    "watch": Field(list_of(parts(_WATCHED))),
    "notes": Field(list_of(text)),
    "texts_of_licenses": Field(one_of("yes")),
    **_DATED,
}

LICENSE = {
    "id": Field(identifier, True),
    "hub": Field(_FLAG),
    "names": Field(list_of(text)),
    "title": Field(text, True),
    "spdx": Field(text),
    "family": Field(text, True),
    "ambiguous": Field(_FLAG),
    "terms": Field(texts_by_name),
    "address": Field(text),
    "confirmed": Field(one_of(*words.CONFIRMED), True),
    "as_of": Field(day, True),
    "review_by": Field(day, True),
    "note": Field(text),
    "models": Field(list_of(text)),
}

QUESTION = {
    "id": Field(identifier, True),
    "ref": Field(identifier),
    "topic": Field(one_of(*words.TOPICS), True),
    "each": Field(one_of(*words.EACH)),
    "text": Field(text, True),
    "provider_text": Field(text),
    "matters": Field(text, True),
    "type": Field(one_of(*words.TYPES), True),
    "choices": Field(slug_words),
    "when": Field(condition),
    "shows": Field(list_of(text)),
    "prefill": Field(text),
    "prefill_values": Field(texts_by_name),
    "who": Field(list_of(one_of(*words.WHO)), True),
    "effort": Field(one_of(*words.EFFORTS)),
    "example": Field(text),
    "hint": Field(text),
    "authorities": Field(list_of(identifier)),
    "first": Field(number),
    "foremost": Field(list_of(one_of(*words.ROLES))),
    "when_known": Field(one_of("yes")),
    "claims": Field(by_name(parts(_CLAIM))),
    "of_dataset": Field(
        parts(
            {
                **{name: Field(text) for name in ("text", "provider_text", "matters", "example", "hint")},
                "choices": Field(slug_words),
            }
        )
    ),
    **_DATED,
}

_STEP = {"next_step": Field(text), "letter": Field(identifier)}

RULE = {
    "id": Field(identifier, True),
    "ref": Field(identifier),
    "each": Field(one_of(*words.EACH)),
    "regime": Field(one_of(*words.REGIMES), True),
    "jurisdiction": Field(one_of(*words.JURISDICTIONS), True),
    "actor": Field(one_of(*words.ACTORS), True),
    "act": Field(one_of(*words.ACTS), True),
    "polarity": Field(one_of(*words.POLARITIES), True),
    "proposition": Field(text, True),
    "applies": Field(condition),
    "when": Field(condition, True),
    "status": Field(one_of(*words.STATUSES), True),
    "when_false": Field(
        parts({"status": Field(one_of(*words.STATUSES), True), "proposition": Field(text, True)})
    ),
    "authorities": Field(list_of(_citation), True),
    "law": Field(one_of(*words.LAW_AXIS)),
    "burden": Field(text),
    "bound_by": Field(text),
    "bound_at": Field(one_of("parents")),
    "next_step": Field(text, True),
    "letter": Field(identifier),
    "step_for": Field(list_of(one_of(*words.ROLES))),
    "of_role": Field(parts({role: Field(parts(_STEP)) for role in words.ROLES})),
    "known_by": Field(one_of(*words.WHO)),
    "owner": Field(one_of(*words.OWNERS), True),
    "against": Field(list_of(text)),
    "instead_of": Field(list_of(identifier)),
    "words_absence": Field(one_of("yes", "when")),
    "of_dataset": Field(parts({name: Field(text) for name in ("proposition", "burden", "next_step")})),
    **_DATED,
}

PERIOD = {
    "id": Field(identifier, True),
    "ref": Field(identifier),
    "each": Field(one_of(*words.EACH)),
    "title": Field(text, True),
    "applies": Field(condition, True),
    "starts": Field(identifier),
    "after": Field(identifier),
    "start_words": Field(text, True),
    "counted": Field(one_of(*words.COUNTED), True),
    "length": Field(number, True),
    "working_days_of": Field(identifier),
    "extended_by": Field(identifier),
    "extended_told": Field(identifier),
    "extended_at_most": Field(number),
    "met": Field(condition),
    "about": Field(_FLAG),
    "note": Field(text, True),
    "authorities": Field(list_of(identifier), True),
    "next_step": Field(text, True),
    "owner": Field(one_of(*words.OWNERS), True),
    **_DATED,
}

MATRIX = {
    "id": Field(identifier, True),
    "place": Field(one_of(*words.MATRIX_PLACES), True),
    "actor": Field(one_of(*words.ACTORS), True),
    "act": Field(one_of(*words.ACTS), True),
    "row": Field(text),
    "of_models": Field(one_of("yes")),
    "rules": Field(list_of(identifier)),
    **{regime: Field(text) for regime in words.MATRIX_REGIMES},
    "evidence": Field(text, True),
    "burden": Field(text, True),
    "authorities": Field(list_of(identifier), True),
    **_DATED,
}

_WITHHELD = {"when": Field(condition, True), "because": Field(text, True), "instead": Field(identifier)}

LETTER = {
    "id": Field(identifier, True),
    "title": Field(text, True),
    "to": Field(text, True),
    "public": Field(_FLAG, True),
    "caution": Field(text, True),
    "of": Field(list_of(one_of(*words.ROLES))),
    "text": Field(text),
    "withheld": Field(list_of(parts(_WITHHELD))),
    "of_dataset": Field(parts({name: Field(text) for name in ("title", "to", "caution")})),
    "authorities": Field(list_of(identifier), True),
    **_DATED,
}

_POSITION = {
    "side": Field(one_of(*words.SIDES), True),
    "says": Field(text, True),
    "reach": Field(text, True),
    "by": Field(text),
    "authority": Field(identifier, True),
}
_EVIDENCE = {"text": Field(text, True), "question": Field(identifier), "fact": Field(text)}

DISPUTE = {
    "id": Field(identifier, True),
    "each": Field(one_of("dataset")),
    "title": Field(text, True),
    "regime": Field(one_of(*words.REGIMES), True),
    "positions": Field(list_of(parts(_POSITION)), True),
    "none_found": Field(text, True),
    "answers_nothing": Field(
        list_of(parts({"authority": Field(identifier, True), "because": Field(text, True)}))
    ),
    "evidence": Field(list_of(parts(_EVIDENCE)), True),
    "follows": Field(parts({role: Field(text, True) for role in words.ROLES}), True),
    "of_dataset": Field(
        parts(
            {
                **{name: Field(text) for name in ("title", "none_found")},
                "follows": Field(parts({role: Field(text) for role in words.ROLES})),
            }
        )
    ),
    "rules": Field(list_of(identifier)),
    "authorities": Field(list_of(identifier), True),
    **_DATED,
}

TERM = {"text": Field(text, True), "values": Field(texts_by_name, True)}

FORMS: dict[str, Mapping[str, Field]] = {
    "authorities": AUTHORITY,
    "licenses": LICENSE,
    "questions": QUESTION,
    "rules": RULE,
    "periods": PERIOD,
    "matrix": MATRIX,
    "letters": LETTER,
    "disputes": DISPUTE,
}
"""Folder of the law to the form of each entry in its files."""

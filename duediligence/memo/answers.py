"""Annex D of the memo: every answer as it was given, also those that no longer stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duediligence.history import ATTACHED, Answer
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.statement import Ref, Span, Statement, listed, quote, say, words
from duediligence.memo.statement import name as named
from duediligence.memo.words import joined
from duediligence.steps import UNDOES


@dataclass(frozen=True, kw_only=True)
class Given:
    """One answer, as it was given."""

    number: str
    anchor: str
    question: tuple[Span, ...]
    about: tuple[Span, ...]
    """What it is about, where the question does not name it."""

    subject: tuple[Span, ...]
    """What it is about; empty for the case."""

    value: Statement
    reason: tuple[Span, ...]
    says: str
    by: str
    at: str
    mark: str
    """``new`` or ``kept`` since the last memo; else empty."""

    note: str
    """``replaced by A9``, ``withdrawn``, ``no longer asked`` …; empty for one that simply stands."""

    used_by: tuple[Ref, ...] = ()
    """The findings that rest on it."""

    files: tuple[tuple[Span, ...], ...] = ()
    """The files it rests on: name, and the beginning of its SHA-256 where the case holds a copy."""


def answers(ex: Exhibits) -> tuple[Given, ...]:
    """Every answer ever given, in order; those that no longer stand are marked."""
    standing = {answer.event: answer for answer in ex.answers}
    events = {
        event["sha256"][:8]: event
        for event in ex.inputs.record.chronology
        if event.get("event") == "answered"
    }
    return tuple(
        _standing(ex, standing[event], number) if event in standing else _gone(ex, events[event], number)
        for event, number in ex.answer_numbers.items()
    )


def _standing(ex: Exhibits, answer: Answer, number: str) -> Given:
    asked = ex.asked.get((answer.question, answer.about))
    notes = [] if asked and asked.asked else ["no longer asked, not used"]
    notes += ["needs another look"] * bool(asked and asked.state == "needs_another_look")
    notes += ["another answer differs"] * bool(asked and asked.state == "two_answers")
    notes += [f"kept by {answer.kept_by}"] * bool(answer.kept_by)
    return Given(
        number=number,
        anchor=f"answer-{number}",
        question=words(answer.shown.text),
        about=_about(ex, answer.about, answer.shown.text),
        subject=ex.about(answer.about),
        value=say(ex.value(answer), support=ex.answer_ref(answer.event)),
        reason=words(quote(answer.reason, 2000)) if answer.reason else (),
        says=answer.says,
        by=answer.by,
        at=f"{ex.moment(answer.at)} ({ex.zone[1]})",
        mark=ex.answer_mark(answer.event, kept=bool(answer.kept_by)),
        note="; ".join(notes),
        used_by=ex.used_by.get(f"answer-{number}", ()),
        files=tuple(_file(name) for name in answer.files),
    )


def _about(ex: Exhibits, about: str | None, text: str) -> tuple[Span, ...]:
    spoken = ex.about(about)
    return () if any(span.text in text for span in spoken) else spoken


def _spoken(ex: Exhibits, value: str, question: str) -> Span:
    return Span(text="not known", kind="ours") if value == "unknown" else ex.spoken(value, question)


def _gone(ex: Exhibits, event: Mapping[str, Any], number: str) -> Given:
    address = (str(event["question"]), event.get("about"))
    after = [ex.answer_numbers[one.event] for one in ex.inputs.record.answers.get(address, ())]
    asked = str(event.get("shown", {}).get("text", ""))
    values = [event["value"]] if isinstance(event["value"], str) else list(event["value"])
    said = listed([_spoken(ex, str(value), str(event["question"])) for value in values], ", ")
    return Given(
        number=number,
        anchor=f"answer-{number}",
        question=words(asked),
        about=_about(ex, event.get("about"), asked),
        subject=ex.about(event.get("about")),
        value=say(said, support=ex.answer_ref(event["sha256"])),
        reason=words(quote(str(event["reason"]), 2000)) if event.get("reason") else (),
        says=str(event.get("says") or ""),
        by=str(event.get("by") or ""),
        at=f"{ex.moment(str(event.get('at', '')))} ({ex.zone[1]})",
        mark=ex.answer_mark(event["sha256"][:8]),
        note=_why_gone(ex, event, after),
        files=tuple(_file(str(name)) for name in _listed(event.get("files"))),
    )


def _why_gone(ex: Exhibits, event: Mapping[str, Any], after: Sequence[str]) -> str:
    undone = {one[UNDOES] for one in ex.inputs.record.chronology if UNDOES in one}
    if event["sha256"][:8] in undone:
        return f"taken back; {joined(after)} stands" if after else "taken back"
    return f"replaced by {joined(after)}" if after else "withdrawn"


def _file(name: str) -> tuple[Span, ...]:
    """A copy in the case bears the beginning of its digest before the name it came with."""
    kept = ATTACHED.fullmatch(name)
    if kept is None:
        return (named(name),)
    return (named(kept[2]), Span(text=f" (SHA-256 {kept[1]}…)", kind="ours"))


def _listed(given: Any) -> Sequence[Any]:
    return [given] if isinstance(given, str) else given or ()

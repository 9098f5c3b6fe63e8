"""Section 5 of the memo: what happened in the case, in the order of its record."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duediligence.facts.lineage import RELATIONS as EDGE_RELATIONS
from duediligence.ledger import ON_MEMOS
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.statement import Ref, Span, Statement, name, quote, say
from duediligence.memo.words import RELATIONS, counted, joined, plain
from duediligence.repo import shown
from duediligence.steps import UNDONE, steps, undone_words

_NOTE = 400


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One row: when, what, who."""

    when: str
    what: Statement
    who: str


def chronology(ex: Exhibits) -> tuple[Happened, ...]:
    """Every event but memos nothing came after; answers one person gave in a row share a line."""
    return told(ex, lasting(ex.inputs.record.chronology), where=", annex D")


def told(
    ex: Exhibits, events: Sequence[Mapping[str, Any]], *, where: str = " of the memo"
) -> tuple[Happened, ...]:
    """*events* in words, as in `chronology`; *where* says where the numbers of answers lead."""
    rows: list[Happened] = []
    run: list[Mapping[str, Any]] = []
    for event in steps(events, ex.inputs.record.chronology):
        if run and not _goes_on(ex, run[-1], event):
            rows.append(_answered(ex, run, where))
            run = []
        if event.get("event") == "answered":
            run.append(event)
        else:
            what = say(*event_words(ex, event), *_changed(event, ex.inputs.changed), support=_event(event))
            rows.append(_row(ex, event, what))
    return (*rows, _answered(ex, run, where)) if run else tuple(rows)


def lasting(events: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """*events* without the memos, and what was signed, that no other event but such has seen.

    What a memo is made from is the same before and after it is issued and signed, and so are its bytes.
    """
    wanted: set[str] = set()
    # A memo stands before what has seen it.
    for event in reversed(events):
        if event.get("event") not in ON_MEMOS or event.get("sha256") in wanted:
            wanted.update(event.get("seen", ()))
    return tuple(one for one in events if one.get("event") not in ON_MEMOS or one.get("sha256") in wanted)


def _changed(event: Mapping[str, Any], changes: Mapping[str, int]) -> tuple[str, ...]:
    number = changes.get(str(event.get("capture", "")), 0)
    if not number or event.get("event") not in ("captured", "attached"):
        return ()
    return (f" {counted(number, 'fact has changed', 'facts have changed')} since the look before.",)


def _goes_on(ex: Exhibits, before: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    same_day = ex.moment(str(before["at"]), time=False) == ex.moment(str(event.get("at", "")), time=False)
    return event.get("event") == "answered" and same_day and who(before) == who(event)


def _answered(ex: Exhibits, run: list[Mapping[str, Any]], where: str) -> Happened:
    numbers = [ex.answer_numbers[event["sha256"][:8]] for event in run]
    span = numbers[0] if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"
    what = say(f"{counted(len(run), 'answer')} given ({span}{where}).", support=_event(run[0]))
    return _row(ex, run[0], what)


def _row(ex: Exhibits, event: Mapping[str, Any], what: Statement) -> Happened:
    return Happened(when=ex.moment(str(event.get("at", ""))), what=what, who=who(event))


def who(event: Mapping[str, Any]) -> str:
    """Who says it, and who typed it where that is somebody else."""
    by, says = str(event.get("by") or ""), str(event.get("says") or "")
    return f"{says} (typed by {by})" if says and by and says != by else says or by or "–"


def _event(event: Mapping[str, Any]) -> tuple[Ref, ...]:
    return (Ref(kind="event", label="", anchor=""),) if event.get("name") or event.get("at") else ()


def event_words(ex: Exhibits, event: Mapping[str, Any]) -> Iterator[str | Span]:
    """What happened, in words; answers are told in annex D."""
    kind = str(event.get("event", ""))
    if kind == "opened":
        repos = [name(shown(str(repo))) for repo in event.get("repos", ())]
        yield "Case opened on "
        for i, repo in enumerate(repos):
            yield from ((", ", repo) if i else (repo,))
        yield "."
    elif kind == "captured":
        whole = "" if event.get("complete", True) else "; not everything could be asked for"
        yield from ("Looked at ", name(ex.endpoint(str(event.get("endpoint", "the Hub")))), f"{whole}.")
    elif kind in ("accepted", "rejected"):
        yield from (f"Mention {kind}: ", *_mention(str(event.get("mention", ""))), ".", *_reason(event))
    elif kind == UNDONE:
        yield from _undone(ex, event)
    elif kind in ("kept", "withdrawn"):
        word = "Answer kept after what it rested on had changed: " if kind == "kept" else "Answer withdrawn: "
        yield from (word, *_question(ex, event), ".", *_reason(event))
    elif kind == "overridden":
        titles = [_source(ex, str(id)) for id in event.get("decisions", ())]
        yield from (f"Memo allowed although a decision was due: {', '.join(titles)}.", *_reason(event))
    elif kind == "attached":
        yield from ("Page added: ", name(str(event.get("source", ""))), ".", *_reason(event))
    elif kind == "held":
        yield "Hold: nothing is withdrawn or deleted."
        yield from (" To be kept: ", quote(str(event.get("scope", "")), _NOTE), ".")
        if event.get("custodian"):
            yield from (" Kept by ", name(str(event["custodian"])), ".")
        yield from _reason(event)
    elif kind == "released":
        yield from ("Hold lifted.", *_reason(event))
    elif kind == "issued":
        yield from ("Memo ", name(str(event.get("memo", ""))), " issued.")
    elif kind == "signed":
        yield from (
            "Memo ",
            name(str(event.get("memo", ""))),
            f" signed as {event.get('as')}.",
            *_reason(event),
        )
    elif kind == "unsigned":
        whose = next(iter(one for one in ex.inputs.record.signed if one["sha256"][:8] == event["signed"]), {})
        yield from ("Memo ", name(str(event.get("memo", ""))), f": sign-off as {event.get('as')} by ")
        yield from (name(who(whose), 120), " taken back.", *_reason(event))
    elif kind == "noted":
        yield from ("Note: ", quote(str(event.get("text", "")), _NOTE))
    else:
        yield f"{plain(kind).capitalize() or 'Content removed in this copy'}."
        yield from _reason(event)


def _undone(ex: Exhibits, step: Mapping[str, Any]) -> Iterator[str | Span]:
    what, since = undone_words(step)
    numbers = [ex.answer_numbers[one] for one in step["again"] if one in ex.answer_numbers]
    yield f"Taken back: {what} "
    if "mention" in step:
        yield from _mention(str(step["mention"]))
    elif "question" in step:
        yield from _question(ex, step)
    else:
        yield quote(str(step.get("text", "")), _NOTE)
    yield from (f"; {since}{f' ({joined(numbers)})' if numbers else ''}.", *_reason(step))


def _source(ex: Exhibits, id: str) -> str:
    return ex.inputs.law.authorities[id].title if id in ex.inputs.law.authorities else id


def _reason(event: Mapping[str, Any]) -> tuple[str | Span, ...]:
    return (" Reason: ", quote(str(event["reason"]), _NOTE)) if event.get("reason") else ()


def _mention(edge: str) -> tuple[str | Span, ...]:
    for relation in EDGE_RELATIONS:
        down, found, up = edge.partition(f":{relation}:")
        if found:
            return name(shown(down)), f" {RELATIONS[relation]} ", name(shown(up))
    return (name(edge),)


def _question(ex: Exhibits, event: Mapping[str, Any]) -> tuple[str | Span, ...]:
    about = event.get("about")
    asked = ex.asked.get((str(event.get("question")), about))
    if asked:
        return "“", asked.text, "”"
    question = ex.questions.get(str(event.get("question")))
    return ("“", question.text.replace("{about}", shown(about or "")), "”") if question else ("one question",)

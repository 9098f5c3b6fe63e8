"""What people did, step by step: an undo is told as what it is, not as the events that carry it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

UNDOES = "undoes"
"""Field of an event that takes another one back: the first eight digits of the other's digest."""

UNDONE = "undone"
"""Kind of the step that an undo is; no event on disk is of this kind."""

WHY_UNDONE = "undo_reason"
"""Field of such an event: why, where that was said; ``reason`` is that of the answer which stands again."""

_CARRIED = ("v", "at", "seen", "by", "name", "sha256", "question", "about", "mention", UNDOES)


def steps(
    events: Sequence[Mapping[str, Any]], record: Sequence[Mapping[str, Any]] | None = None
) -> tuple[Mapping[str, Any], ...]:
    """*events* in their order, with those of one undo as one step in the place of its first.

    Such a step is `UNDONE`: ``undone`` is the kind of what was taken back, empty where that is not there;
    ``leaves`` are the kinds of the events that stand in its place (both decisions are none), ``again`` the
    answers that stand again, ``reason`` says why.

    Args:
        events: some events of a record, as its chronology has them.
        record: all of them, where *events* are not: what was taken back is looked up there.
    """
    known = {str(one["sha256"])[:8]: one for one in record or events}
    undos: dict[str, list[Mapping[str, Any]]] = {}
    for event in events:
        if UNDOES in event:
            undos.setdefault(str(event[UNDOES]), []).append(event)
    return tuple(_told(events, undos, known))


def _told(
    events: Sequence[Mapping[str, Any]],
    undos: Mapping[str, list[Mapping[str, Any]]],
    known: Mapping[str, Mapping[str, Any]],
) -> Iterator[Mapping[str, Any]]:
    for event in events:
        if UNDOES not in event:
            yield event
        elif (parts := undos[str(event[UNDOES])])[0] is event:
            yield _undone(parts, known.get(str(event[UNDOES]), {}))


def _undone(parts: Sequence[Mapping[str, Any]], was: Mapping[str, Any]) -> Mapping[str, Any]:
    """One step for the events *parts*, which took *was* back."""
    first = parts[0]
    step = {key: first[key] for key in _CARRIED if key in first} | {"event": UNDONE}
    words = {key: one[key] for one in (first, was) for key in ("shown", "text") if key in one}
    return {
        **step,
        **words,
        "says": first.get("by"),
        "reason": first.get(WHY_UNDONE),
        UNDONE: str(was.get("event") or ""),
        "leaves": tuple(str(one["event"]) for one in parts),
        "again": tuple(str(one["sha256"])[:8] for one in parts if one["event"] == "answered"),
    }


def undone_words(step: Mapping[str, Any]) -> tuple[str, str]:
    """What an undo took back, in words that go before its name, and how it stands since."""
    kind, leaves = str(step[UNDONE]), step["leaves"]
    what = _WHAT.get(kind, "what was done on")
    if "mention" in step:
        return what, "undecided again" if len(leaves) > 1 else f"{leaves[0]} as before"
    if "question" in step:
        return what, "what stood before stands again" if step["again"] else "not answered again"
    return what, "it stays in the record"


_WHAT = {
    "accepted": "the acceptance of",
    "rejected": "the rejection of",
    "answered": "the answer to",
    "kept": "the keeping of the answer to",
    "withdrawn": "the withdrawal of the answer to",
    "noted": "the note",
}

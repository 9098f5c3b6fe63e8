"""What page 1 says of sign-offs of an earlier memo: on which record they were given, what was taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from duediligence.memo.chronology import lasting
from duediligence.memo.exhibits import RECORD, Exhibits
from duediligence.memo.statement import Span, Statement, listed, name, quote, say, words
from duediligence.memo.words import counted
from duediligence.signatures import STEPS, Signature, counted_later, later_entries, signatures, standing

_NAMED = 2
_REASON = 160


def signed_before(ex: Exhibits) -> Iterator[Statement]:
    """A sentence on who signed the last signed memo, and one for each sign-off that was taken back."""
    events = lasting(ex.inputs.record.chronology)
    memos = [str(event["memo"]) for event in events if event.get("event") == "signed"]
    if not memos:
        return
    memo = memos[-1]
    there = {event.get("sha256") for event in events}
    own = tuple(event for event in ex.inputs.record.signed if event["sha256"] in there)
    signed = signatures(replace(ex.inputs.record, signed=own), memo)
    later = later_entries(events, memo)
    if still := standing(signed):
        since = f"; {counted_later(later)}" if later else ""
        yield say(
            "Memo ",
            name(memo),
            " was ",
            *_steps(still),
            f", on the record as it was then{since}. That does not speak for this memo.",
            support=(RECORD,),
        )
    yield from _taken_back(ex, memo, signed)


def _taken_back(ex: Exhibits, memo: str, signed: Sequence[Signature]) -> Iterator[Statement]:
    draft = not any(one.step == "released" for one in standing(signed))
    for one in signed:
        back = one.taken_back
        if back is None:
            continue
        again = words(" Memo ", name(memo), " is a draft again.") if draft and one.step == "released" else ()
        on = ex.moment(back.at, time=False)
        yield say(
            *(f"Taken back on {on} by ", name(back.says, 60), f": that memo {memo} was {one.step} by "),
            *(name(one.says, 60), ". Reason: ", quote(back.reason, _REASON), again),
            support=(RECORD,),
        )


def _steps(signed: Sequence[Signature]) -> Iterator[str | Span]:
    """``prepared by A, reviewed by B and C``, the third of a step and later ones counted."""
    done = [step for step in STEPS if any(one.step == step for one in signed)]
    for i, step in enumerate(done):
        names = [name(one.says, 60) for one in signed if one.step == step]
        more = len(names) - _NAMED
        others = [*words(counted(more, "other"))] if more > 0 else []
        yield f"{', ' * bool(i)}{step} by "
        yield from listed([*names[:_NAMED], *others])

"""What people plan to do with the model, as they answered it."""

from collections.abc import Iterable

from duediligence.history import Answer
from duediligence.memo.exhibits import ON_FILE, Exhibits
from duediligence.memo.statement import Ref, Span, Statement, listed, say, words
from duediligence.memo.words import day, joined

_CLAIM = {"rightsholder", "data_subject"}
_ABOUT = (
    ("Works", "rightsholder.works"),
    ("Right in them", "rightsholder.right"),
    ("Relied on in", "rightsholder.places"),
    ("Home of the person", "person.home"),
    ("Known by", "rightsholder.known-by"),
    ("First known", "matter.known-since"),
)
"""What a memo for a claim tells instead of a plan, and the questions that hold it."""


def plan(ex: Exhibits) -> Iterable[Statement]:
    """What is planned, or what a claim is about; nobody is told to have left open what was not asked."""
    yield from _claimed(ex) if _is_claim(ex) else _planned(ex)


_IF_STOPPED = {
    "fallback_model": "the contracts name another model as a fallback",
    "withdrawal_plan": "there is a plan to take it back",
}


def plan_title(ex: Exhibits) -> str:
    """The heading over it."""
    return "What the claim is about" if _is_claim(ex) else "What we plan and when"


def is_planned(ex: Exhibits) -> bool:
    """Whether somebody plans to use it: then something can stand against that."""
    role = standing_answer(ex, "use.role")
    return role is not None and "user" in values(role)


def _is_claim(ex: Exhibits) -> bool:
    role = standing_answer(ex, "use.role")
    return role is not None and "user" not in values(role) and not _CLAIM.isdisjoint(values(role))


def _claimed(ex: Exhibits) -> Iterable[Statement]:
    """Which works or which person it is about, on what right, where, and since when it is known."""
    known = [(said, one) for said, id in _ABOUT if (one := standing_answer(ex, id)) is not None]
    for said, one in known:
        yield say(f"{said}: ", ex.value(one), ".", support=ex.answer_ref(one.event))
    if not known:
        yield say("Which works or which person it is about is not answered.", support=(ON_FILE,))
    yield say("Whether this side uses it too is not on file.", support=(ON_FILE,))


def _planned(ex: Exhibits) -> Iterable[Statement]:
    """What we plan and when, where, and for money or not; what is not answered is said to be so."""
    acts, start = standing_answer(ex, "use.acts"), standing_answer(ex, "use.start")
    what = (
        words("We plan to ", listed(_spans(ex, acts)), "; ")
        if acts
        else words("What we plan is not answered; ")
    )
    yield say(*what, _start(ex, start), ".", support=refs(ex, acts, start))
    places, paid = standing_answer(ex, "use.offer-places"), standing_answer(ex, "use.commercial")
    offered = (
        words("Offered in: ", ex.value(places)) if places else words("Where it is offered is not answered")
    )
    money = (
        words("; anyone pays: ", ex.value(paid)) if paid else words("; whether anyone pays is not answered")
    )
    yield say(*offered, *money, ".", support=refs(ex, places, paid))
    yield _if_stopped(ex)


def _if_stopped(ex: Exhibits) -> Statement:
    """What contracts provide for the day it must be given up, as far as that was answered."""
    covered = standing_answer(ex, "output.contract")
    if covered is None:
        return say("What happens if we stop is not on file.", support=(ON_FILE,))
    told = [said for slug, said in _IF_STOPPED.items() if slug in values(covered)]
    there = joined(told) if told else "neither a fallback nor a plan to take it back is in the contracts"
    return say(f"If we stop: {there}.", support=ex.answer_ref(covered.event))


def _spans(ex: Exhibits, answer: Answer) -> list[Span]:
    return [span for span in ex.value(answer) if span.text not in (", ", "; ", " and ")]


def _start(ex: Exhibits, start: Answer | None) -> str:
    if start is None or not isinstance(start.value, str):
        return "the start is not answered"
    begun = start.value <= ex.inputs.as_of.isoformat()
    return f"in use since {day(start.value)}" if begun else f"start {day(start.value)}"


def refs(ex: Exhibits, *answers: Answer | None) -> tuple[Ref, ...]:
    """The references to *answers*; that answers were looked through when there is none."""
    return tuple(ref for answer in answers if answer for ref in ex.answer_ref(answer.event)) or (ON_FILE,)


def standing_answer(ex: Exhibits, question: str) -> Answer | None:
    """The answer to a question about the case, if there is exactly one and it is not ``unknown``."""
    given = ex.inputs.record.answers.get((question, None), ())
    return given[0] if len(given) == 1 and given[0].value != "unknown" else None


def values(answer: Answer) -> tuple[str, ...]:
    """What was answered, as several values."""
    return answer.value if isinstance(answer.value, tuple) else (answer.value,)

"""Facts computed from answers: whether a period has passed, what was reserved in time, shares of compute."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from duediligence.analysis import deadlines
from duediligence.analysis.abouts import expand
from duediligence.analysis.outcome import Leaf
from duediligence.facts.licenses import license_named
from duediligence.facts.lineage import bases_of
from duediligence.knowledge.law import Condition
from duediligence.knowledge.values import period

if TYPE_CHECKING:
    from duediligence.analysis.logic import Grounds


@dataclass(frozen=True, kw_only=True)
class Computed:
    """Values computed from answers, the leaves that hold those answers, and why there is no value."""

    values: tuple[str, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    missing: str = ""


def compute(key: str, about: str | None, grounds: "Grounds") -> Computed | None:
    """What the answers give for *key*; ``None`` for a key that is not computed from answers."""
    if key.startswith("license."):
        return _named_license(key.removeprefix("license."), about, grounds)
    by = _BY_KEY.get(key)
    return by(about, grounds) if by else None


@cache
def _given(question: str) -> Condition:
    # Kept for good: leaves already tested are remembered by the identity of their condition.
    return {"answer": question, "stated": "yes"}


def answered(question: str, about: str | None, each: str | None, grounds: "Grounds") -> tuple[Leaf, str]:
    """The leaf of an answer and its value; an empty text where it is not known."""
    leaf = grounds.test(_given(question), about, each).leaves[0]
    value = leaf.asked.answer.value if leaf.value and leaf.asked and leaf.asked.answer else ""
    return leaf, value if isinstance(value, str) else ""


def _named_license(term: str, about: str | None, grounds: "Grounds") -> Computed | None:
    """A term of the license somebody named for the repo of the case, where its sources name no text."""
    situation = grounds.situation
    if about not in (None, situation.repo) or term not in situation.law.terms:
        return None
    leaf, value = answered("license.exact", None, None, grounds)
    license = license_named(value, situation.law) if value else None
    said = license.terms.get(term, "unknown") if license else "unknown"
    return Computed(values=(said,), leaves=(leaf,)) if said != "unknown" else None


def _deadline_passed(about: str | None, grounds: "Grounds") -> Computed:
    passed, leaves, missing = deadlines.reply_passed(grounds, about)
    return Computed(values=() if passed is None else (_word(passed),), leaves=leaves, missing=missing)


def _reply_late(about: str | None, grounds: "Grounds") -> Computed:
    """Whether the answer to a letter came after its period: two days that may overlap leave it open."""
    replied, value = answered("letter.replied-on", about, "letter", grounds)
    came = period(value)
    ends, leaves = deadlines.reply_due(grounds, about)
    if came is None or ends is None:
        missing = "the day of the answer, or the end of the period for it, is not on file"
        return Computed(leaves=(replied, *leaves), missing=missing)
    late = True if came[0] > ends[1] else False if came[1] <= ends[0] else None
    values = () if late is None else (_word(late),)
    return Computed(values=values, leaves=(replied, *leaves), missing="the exact days are not on file")


def _reserved_in_time(about: str | None, grounds: "Grounds") -> Computed:
    """Reserved before the crawl of some dataset: the right stands for that crawl.

    Two days that may overlap leave it open; so does a day that is not known, as long as no other crawl is
    known to have come later.
    """
    reserved, since = answered("rightsholder.reserved-since", None, None, grounds)
    begun = period(since)
    found: list[bool | None] = []
    leaves = [reserved]
    for dataset in expand(grounds.situation)["dataset"]:
        leaf, value = answered("dataset.collected-on", dataset, "dataset", grounds)
        collected = period(value)
        if begun is None or collected is None:
            found.append(None)
            continue
        leaves.append(leaf)
        apart = begun[1] < collected[0] or begun[0] > collected[1]
        found.append(begun[1] < collected[0] if apart else None)
    if True in found:
        return Computed(values=("true",), leaves=tuple(leaves))
    if found and None not in found:
        return Computed(values=("false",), leaves=tuple(leaves))
    missing = "the day of the reservation and the day of the crawl are not both known"
    return Computed(leaves=tuple(leaves), missing=missing)


def _share(about: str | None, grounds: "Grounds") -> Computed:
    """Compute of the change over that of the model it changes.

    The model is the one of the case: its own training and that of the models it was made from directly; a
    merge counts them together, a teacher it was distilled from is not counted.
    """
    own, mine = answered("ai-act.modification-compute", None, None, grounds)
    bases = [
        answered("parent.compute", one, "parent", grounds) for one in bases_of(grounds.situation.lineage)
    ]
    this = answered("ai-act.compute", None, None, grounds)
    if this[1] or not bases:
        bases.append(this)
    if not mine or not all(value for _, value in bases):
        return Computed(missing="the compute of the change and of its base are not both known")
    whole = sum(float(value) for _, value in bases)
    if not whole:
        return Computed(missing="the compute of the base is given as nothing")
    leaves = (own, *(leaf for leaf, _ in bases))
    return Computed(values=(f"{float(mine) / whole:.4g}",), leaves=leaves)


def _known_years(about: str | None, grounds: "Grounds") -> Computed:
    """Whole years from the day of first knowledge to the day of the law; open where they turn on the day."""
    leaf, value = answered("matter.known-since", None, None, grounds)
    known = period(value)
    if known is None:
        return Computed(leaves=(leaf,), missing="the day of first knowledge is not on file")
    day = grounds.situation.law.as_of
    years = {str(max(0, _whole_years(one, day))) for one in known}
    if len(years) > 1:
        return Computed(leaves=(leaf,), missing="the exact day of first knowledge is not on file")
    return Computed(values=tuple(years), leaves=(leaf,))


def _whole_years(since: date, until: date) -> int:
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))


def _word(value: bool) -> str:
    return "true" if value else "false"


_BY_KEY: Mapping[str, Callable[[str | None, "Grounds"], Computed]] = {
    "deadline.passed": _deadline_passed,
    "reservation.before_crawl": _reserved_in_time,
    "compute.share": _share,
    "reply.late": _reply_late,
    "known.years": _known_years,
}

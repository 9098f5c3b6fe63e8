"""Page 1 of the memo, in the order counsel reads: who asks what, which dates cannot move, what is on file."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from duediligence.analysis.situation import Finding
from duediligence.history import Answer
from duediligence.knowledge.law import overdue
from duediligence.knowledge.vocabulary import NOBODY
from duediligence.memo.dates import Dates, dates
from duediligence.memo.exhibits import ON_FILE, Exhibits
from duediligence.memo.hindrances import hindrances
from duediligence.memo.issues import where
from duediligence.memo.missing import MOST as MOST_MISSING
from duediligence.memo.missing import and_more, missing
from duediligence.memo.not_read import NotRead, not_read
from duediligence.memo.order import first_asked
from duediligence.memo.plan import is_planned, plan, plan_title, refs, standing_answer, values
from duediligence.memo.record_shows import record_shows
from duediligence.memo.signed_before import signed_before
from duediligence.memo.since import first_line
from duediligence.memo.standing import asked_of_counsel
from duediligence.memo.statement import Ref, Span, Statement, listed, name, say, words
from duediligence.memo.words import PARTS, counted, day, joined, on_day, plain

MOST_QUESTIONS = 3
MOST_AGAINST = 4
_NAMED = 2
_HEADING = 2
"""Lines a heading takes with the space above it."""

_SHEET = 41
"""Lines of text an A4 sheet holds beside title, headings, last sentence and the box on a sample."""

SAMPLE = (
    "This memo is made from a recorded sample. Its texts were written for demonstration; "
    "nothing in it is about the real repositories of these names."
)
NOT = (
    "This memo reports what was read and what was answered; it gives no legal opinion, "
    "and no lawyer has reviewed the law files it was made with."
)


@dataclass(frozen=True, kw_only=True)
class FirstPage:
    """Everything on page 1."""

    line: tuple[Statement, ...]
    """To, from, how it was prepared, the day of the law, the revision of the facts."""

    questions: tuple[Statement, ...]
    no_question: str
    dates: Dates
    plan_title: str
    plan: tuple[Statement, ...]
    against: tuple[Statement, ...]
    """What sources on file say that is against the plan, or sets it a condition."""

    more_against: str
    record: tuple[Statement, ...]
    unread: NotRead | None
    missing: tuple[Statement, ...]
    more_missing: str
    is_not: str


def first_page(ex: Exhibits) -> FirstPage:
    """Page 1; what would not fit on one sheet is left out there, counted, and stands in its section."""
    asks, lacking = _questions(ex), missing(ex)
    against = hindrances(ex) if is_planned(ex) else ()
    page = FirstPage(
        line=(*_line(ex), *((said,) if (said := first_line(ex)) else ()), *signed_before(ex)),
        questions=asks,
        no_question="" if asks else "No finding that is open or disputed is marked for counsel so far.",
        dates=dates(ex),
        plan_title=plan_title(ex),
        plan=tuple(plan(ex)),
        against=against[:MOST_AGAINST],
        more_against="",
        record=record_shows(ex),
        unread=not_read(ex),
        missing=lacking[:MOST_MISSING],
        more_missing="",
        is_not=NOT,
    )
    page = _fitted(page, _SHEET if ex.inputs.sample else _SHEET + 3)
    further = len(against) - len(page.against)
    return replace(
        page,
        more_missing=and_more(ex, len(lacking) - len(page.missing)),
        more_against=f"And {counted(further, 'more finding')} of this kind, in annex C." if further else "",
    )


def _fitted(page: FirstPage, sheet: float) -> FirstPage:
    # What there is no room for goes first where there is most of it, and never the last of a list.
    for fewest in (3, 2, 1):
        while _height(page) > sheet and (shorter := _shorter(page, fewest)) is not None:
            page = shorter
    return page


def _shorter(page: FirstPage, fewest: int) -> FirstPage | None:
    if len(page.missing) > max(1, fewest - 1):
        return replace(page, missing=page.missing[:-1])
    if len(page.record) > fewest:
        return replace(page, record=page.record[:-1])
    if len(page.dates.rows) > fewest:
        return replace(page, dates=page.dates.without_last())
    if len(page.against) > fewest:
        return replace(page, against=page.against[:-1])
    return None


def _height(page: FirstPage) -> float:
    whole = " ".join(one.text for one in page.line), " ".join(one.text for one in page.plan)
    listed = sum(_lines(one) for one in (*page.questions, *page.against, *page.record, *page.missing))
    listed += _HEADING if page.against else 0
    listed += (
        _lines(" ".join([*(one.text for one in page.unread.repos), page.unread.who])) if page.unread else 0
    )
    rows = sum(
        0.7 + max(_lines(row.why, 44), _lines(row.counted, 25), _lines(row.proof, 20))
        for row in page.dates.rows
    )
    rows += (2 if page.dates.none else 0) + (_lines(page.dates.days_set) if page.dates.days_set else 0)
    return listed + rows + sum(_lines(text) for text in whole)


def _lines(said: Statement | str, width: int = 108) -> int:
    length = len(said) if isinstance(said, str) else len(said.text) + 4 * len(said.support)
    return -(-length // width)


def _line(ex: Exhibits) -> Iterable[Statement]:
    lawyer = standing_answer(ex, "use.for-lawyer")
    directed = standing_answer(ex, "matter.mode")
    opened_for = str(ex.inputs.opened.get("counsel") or "")
    asked = lawyer if lawyer and not _names_nobody(lawyer) else None
    named = _text(asked) if asked else opened_for
    to = (name(named, 80),) if named else words("counsel, not named yet")
    yield say("To: ", to, ".", support=ex.answer_ref(asked.event) if asked else (ON_FILE,))
    yield _from(ex)
    counsel = asked or (directed if directed and directed.value == "counsel_directed" else None)
    if counsel or not opened_for:
        prepared = "at counsel’s request" if counsel else "without a lawyer"
        told = counsel or lawyer
        yield say(f"Prepared {prepared}.", support=ex.answer_ref(told.event) if told else (ON_FILE,))
    else:
        yield say("Prepared as directed by ", name(opened_for, 60), ", counsel.", support=(ON_FILE,))
    yield say(f"Law as of {on_day(ex.inputs.as_of)}{_looked_at(ex)}.", support=(ON_FILE,))
    info = next((e for e in ex.inputs.entries if e.repo == ex.inputs.repo and e.resource == "info"), None)
    if info is None or info.revision is None:
        yield say("Facts: the Hub gave no revision.", support=(ON_FILE,))
    else:
        at = ex.moment(info.received_at)
        yield say(
            f"Facts as of revision {info.revision[:12]}, received {at} ({ex.zone[1]}).",
            support=ex.ref(info.evidence),
        )


def _looked_at(ex: Exhibits) -> str:
    """When the legal sources were last looked at, and how many are due: that day is not the law's."""
    law = ex.inputs.law
    used = [law.authorities[id] for id in ex.used_sources if id in law.authorities]
    if not used:
        return ""
    late = sum(one in overdue(law) for one in used)
    due = f", {late} of {len(used)} past their review date" if late else ""
    return f" (sources looked at up to {day(max(one.as_of for one in used))}{due})"


def _from(ex: Exhibits) -> Statement:
    by = str(ex.inputs.opened.get("by") or "")
    who = words(name(by, 60)) if by else words("not named")
    role, entity = standing_answer(ex, "use.role"), standing_answer(ex, "use.entity")
    for_whom = words(", for ", name(_text(entity), 80)) if entity else ()
    said = [PARTS.get(slug, plain(slug)).replace("{what}", ex.what) for slug in values(role)] if role else []
    as_what = joined(said) if said else "role not answered"
    return say("From: ", who, for_whom, f"; {as_what}.", support=refs(ex, role, entity))


def _names_nobody(answer: Answer) -> bool:
    return _text(answer).strip().rstrip(".").casefold() in NOBODY


def _text(answer: Answer) -> str:
    return ", ".join(values(answer))


def _questions(ex: Exhibits) -> tuple[Statement, ...]:
    open_ = [
        finding
        for finding in sorted(ex.inputs.findings.findings, key=lambda one: first_asked(one, ex.inputs.repo))
        if finding.owner == "counsel"
        and finding.status != "not_applicable"
        and not finding.unread
        and (finding.status in ("gap", "contested") or finding.law == "disputed")
    ]
    by_rule: dict[str, list[Finding]] = {}
    for finding in open_:
        by_rule.setdefault(finding.id, []).append(finding)
    return tuple(_question(ex, same) for same in list(by_rule.values())[:MOST_QUESTIONS])


def _question(ex: Exhibits, same: list[Finding]) -> Statement:
    first = same[0]
    number = Ref(kind="finding", label=ex.number(first), anchor=ex.finding_anchor(first))
    return say(
        asked_of_counsel(first),
        _and_for(ex, same[1:]),
        f" [{where(first)}]",
        support=(number, *ex.finding_refs(first)),
    )


def _and_for(ex: Exhibits, others: list[Finding]) -> tuple[Span, ...]:
    """Of what the same is asked: two by name, the others by number."""
    names = [span for one in others[:_NAMED] for span in ex.about(one.about)]
    more = len(others) - len(names)
    parts = [*names, *words(counted(more, "other"))] if more else names
    return words(" The same for ", listed(parts), ".") if others else ()

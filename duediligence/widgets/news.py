"""What changed since the last memo or the look before, and what it touches, on one screen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from duediligence.analysis.abouts import address
from duediligence.analysis.changes import (
    Change,
    ChangedDate,
    ChangedFinding,
    OtherWords,
    alike,
    lost,
    opened_by_loss,
)
from duediligence.analysis.look import READ_DIFFERENTLY, SOURCE_CHANGED
from duediligence.analysis.situation import Asked
from duediligence.changes_text import date_line, lost_line, moved_by, opened_lines
from duediligence.memo.keys import key_words
from duediligence.memo.moved import stands_then_and_now
from duediligence.memo.words import counted, day
from duediligence.repo import shown
from duediligence.reports import News
from duediligence.steps import UNDONE, undone_words
from duediligence.visible import visible_line
from duediligence.widgets import field as fields
from duediligence.widgets.altered import side_by_side, two, words
from duediligence.widgets.interview import Interview
from duediligence.widgets.places import place_names
from duediligence.widgets.screen import Reply, Tell
from duediligence.widgets.tree import Child, Node, box, button, el, folded, limited, small

_ROWS = 12
_FIRST = 3
"""Changed facts that stand open; the others are folded."""


class NewsView:
    """The changes, and the answers they touch: each opens with its three ways, and leads back here."""

    name = "What changed"

    def __init__(self, news: News) -> None:
        self.case = news.case
        self._news = news
        self._sitting: Interview | None = None

    def show(self) -> Reply:
        if self._sitting:
            return self._sitting.show()
        return Reply(page=page(self._news, self.case.questions()))

    def follow(self) -> Reply:
        self._news = self._anew()
        return Reply() if self._sitting else self.show()

    def _anew(self) -> News:
        return self.case.changes(*self._news.wanted)

    def handle(self, action: str, given: Mapping[str, Any], tell: Tell) -> Reply:
        if action == "look-at":
            self._sitting = Interview(self.case)
            return self._sitting.handle("go", given, tell)
        if self._sitting is None:
            return Reply()
        if action in ("back", "review"):
            return self._again(None, changed=False)
        reply = self._sitting.handle(action, given, tell)
        return self._again(reply.line, changed=True) if reply.changed else reply

    def _again(self, line: str | None, *, changed: bool) -> Reply:
        self._sitting = None
        self._news = self._anew()
        there = page(self._news, self.case.questions())
        return Reply(page=there, focus="news", line=line, changed=changed)


def page(news: News, asked: Iterable[Asked]) -> Node:
    """What needs another look first, after what changed; then findings, people, law."""
    open_ = list(asked)
    again = [one for one in open_ if one.state == "needs_another_look"]
    twice = [one for one in open_ if one.state == "two_answers"]
    sources = [one for one in news.facts if one.cause == SOURCE_CHANGED]
    read = [one for one in news.facts if one.cause == READ_DIFFERENTLY]
    return box(
        el("h3", _title(news), id="news", tabindex="-1"),
        el("p", _counts(news, len(alike(sources)))),
        *(el("p", visible_line(one), class_="problem") for one in news.problems),
        *_facts(sources, news),
        *_chain(news),
        *_another_look(again),
        *_two_answers(twice),
        *_findings(news),
        *_dates(news.dates),
        _letters(news),
        _more("Other words in a card or page, of which nothing is read here", _others(news.other_words)),
        _more("This program reads the same bytes differently", _pairs(read, news)),
        _more("The law files changed", [el("p", visible_line(str(one), 300)) for one in news.law]),
        _more("What people added", [el("p", _event(one)) for one in news.people]),
        small(
            "White space, order, downloads and likes are not compared. Words of a card or page from which "
            "nothing is read move nothing, and are quoted all the same."
        )
        if news.since
        else None,
        class_="card",
    )


def _title(news: News) -> str:
    if not news.since:
        return "Nothing to compare with yet"
    if news.memo:
        return f"Since the memo of {day(str(news.memo['as_of']))}"
    return f"Since the look of {day(news.since[:10])}"


def _counts(news: News, sources: int) -> str:
    if not news.since:
        return "After a second look, or a memo, what changed stands here."
    if news.nothing:
        return "Nothing that is read here has changed." if news.other_words else "Nothing has changed."
    findings = len(news.changed_findings)
    verb = "stands" if findings == 1 else "stand"
    look = len(news.needs_another_look)
    needs = "needs" if look == 1 else "need"
    return (
        f"{counted(sources, 'fact')} of the sources changed, {counted(look, 'answer')} {needs} another look, "
        f"{counted(findings, 'finding')} {verb} differently."
    )


def _facts(changes: list[Change], news: News) -> list[Child]:
    gone = lost(changes)
    unread = [one for rows in gone.values() for one in rows]
    rows = [el("p", visible_line(lost_line(repo, rows), 600)) for repo, rows in gone.items()]
    rows += _pairs([one for one in changes if one not in unread], news)
    if not rows:
        return []
    rest = rows[_FIRST:]
    said = f"{counted(len(rest), 'more change', 'more changes')} of the sources"
    more = folded(said, *rest) if rest else None
    return [el("h4", "The sources changed"), *rows[:_FIRST], more]


def _chain(news: News) -> list[Child]:
    rows = [el("li", str(one)) for one in (*news.edges, *news.states)]
    return [el("h4", "The chain changed"), el("ul", *rows[:_ROWS], class_="facts")] if rows else []


def _pairs(changes: Iterable[Change], news: News) -> list[Node]:
    """One pair a change; what several places changed alike is one pair."""
    rows = []
    repo = news.case.repo
    for same in alike(changes):
        places = f", {len(same)} places alike" if len(same) > 1 else ""
        title = f"{shown(same[0].repo)}: {key_words(same[0].key)}{places}"
        pair = side_by_side(same[0].before, same[0].after, repo=repo)
        below, passages = same[0].below, same[0].passages
        note = el("p", f"What stands below this line in {below} has other words.") if below else None
        beneath = two(*words(*passages)) if passages else None
        first = None if below and passages else pair
        rows.append(box(el("p", visible_line(title), class_="label"), note, first, beneath))
    return rows


def _another_look(again: list[Asked]) -> list[Child]:
    if not again:
        return []
    rows = limited([_touched(one) for one in again], _ROWS, "they stand first in Questions")
    return [el("h4", "Answers that need another look"), *rows]


def _two_answers(twice: list[Asked]) -> list[Child]:
    if not twice:
        return []
    return [el("h4", "Two answers that did not know of each other"), *(_both(one) for one in twice)]


def _both(one: Asked) -> Node:
    names = place_names()
    said = [
        f"{fields.spoken(one.question, each.value, each.ask, names)} – {visible_line(each.says, 60)}"
        for each in one.given
    ]
    where, name = address(one.question.id, one.about), visible_line(one.text)
    return box(
        el("span", name, " ", el("strong", " | ".join(said))),
        button("Choose", "look-at", address=where, label=f"Choose: {name}"),
        class_="row",
    )


def _others(found: tuple[OtherWords, ...]) -> list[Node]:
    return [
        box(
            el("p", visible_line(f"{shown(one.repo)}: {one.file}"), class_="label"),
            two(*words(*one.passages)),
        )
        for one in found
    ]


def _dates(changed: tuple[ChangedDate, ...]) -> list[Child]:
    rows = [el("li", visible_line(date_line(one), 300)) for one in changed]
    return [el("h4", "Dates to watch"), el("ul", *rows[:_ROWS], class_="facts")] if rows else []


def _touched(one: Asked) -> Node:
    said = fields.spoken(one.question, one.answer.value, one.answer.ask, place_names()) if one.answer else ""
    who = f" – {visible_line(one.answer.says, 60)}" if one.answer else ""
    where = address(one.question.id, one.about)
    name = visible_line(one.text)
    return box(
        el("span", name, " ", el("strong", said), small(who)),
        button("Keep, change or ask", "look-at", address=where, label=f"Keep, change or ask: {name}"),
        class_="row",
    )


def _findings(news: News) -> list[Child]:
    if not news.changed_findings:
        return []
    opened, moved = opened_by_loss(news.changed_findings, news.facts)
    rows = [el("li", line[:1].upper() + line[1:] + ".") for line in opened_lines(opened)]
    rows += [el("li", _moved(one, news.people)) for one in moved]
    first, rest = rows[:_FIRST], rows[_FIRST:]
    more = folded(counted(len(rest), "more finding", "more findings"), el("ul", *rest)) if rest else None
    return [el("h4", "Findings that stand differently"), el("ul", *first), more]


def _letters(news: News) -> Node | None:
    known = news.case.law().letters
    titles = [known[id].title if id in known else id for id in news.letters]
    return el("p", f"Letters to look at again before they are sent: {'; '.join(titles)}.") if titles else None


def _moved(one: ChangedFinding, people: Sequence[Mapping[str, Any]]) -> Node:
    before, after = stands_then_and_now(one)
    about = [f"{key_words(key)} of {shown(repo)}" for repo, key in one.facts]
    answers = moved_by(replace(one, facts=()), people)
    why = "; ".join((*one.causes, *about, *answers))
    return el(
        "span",
        visible_line(one.proposition, 300),
        el("span", f" Then: {before}. Now: ", el("strong", after), "."),
        small(f" ({visible_line(why, 300)})"),
    )


def _event(event: Mapping[str, Any]) -> str:
    words = {"withdrawn": "took back"}
    what = next((str(event[key]) for key in ("question", "mention", "source", "text") if event.get(key)), "")
    done = words.get(str(event["event"]), str(event["event"]))
    if event["event"] == UNDONE:
        undone, since = undone_words(event)
        done, what = f"took back {undone}", f"{what}; {since}"
    return visible_line(f"{day(str(event['at'])[:10])}: {event.get('by') or '?'} {done} {what}", 300)


def _more(title: str, rows: list[Node]) -> Node | None:
    return folded(f"{title} ({len(rows)})", *rows) if rows else None

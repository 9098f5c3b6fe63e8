"""A fact on screen: what is said, word for word, and where it says so."""

from collections.abc import Sequence

from duediligence.facts.fact import QUOTED_SOURCES, Fact, collapse
from duediligence.facts.licenses import compares_nothing
from duediligence.memo.keys import fact_words
from duediligence.memo.words import joined, taken_for
from duediligence.repo import shown
from duediligence.visible import visible_line
from duediligence.widgets.tree import Child, Node, bullets, el, name_of, small, theirs
from duediligence.widgets.words import SOURCES

SCREEN = "What the sources say"
"""The screen on which every fact has its place."""

_GATED = {
    "false": "nobody has to ask",
    "auto": "terms to accept; access follows at once",
    "manual": "terms to accept; each request is decided",
}
_YES_NO = {"true": "yes", "false": "no"}


def fact_line(fact: Fact, *, key: bool = True, repo: str | None = None, leads: bool = True) -> Node:
    """One fact with its place; *repo* is the one a reader already knows to be meant."""
    whose = f"{shown(fact.repo)}: " if repo is not None and fact.repo != repo else ""
    named = f"{visible_line(whose)}{fact_words(fact)}: " if key else visible_line(whose)
    if fact.state != "stated":
        return el("span", named, _silence(fact))
    taken = small(f"; {visible_line(taken_for(fact.upstream))}") if fact.by_list and fact.upstream else None
    return el("span", named, said(fact), " ", place_of(fact, leads=leads), taken)


def said(fact: Fact, *, value: bool = False) -> Node:
    """What a fact says: a quotation where words are the fact, else its value; with *value*, both."""
    if compares_nothing(fact):
        return el("span", "not compared: nothing it is made from has terms to compare with")
    if fact.source == "computed" and fact.value in _YES_NO:
        return el("span", _YES_NO[fact.value])
    if fact.key == "gated" and fact.value in _GATED:
        return el("span", name_of(fact.value), f" {_GATED[fact.value]}")
    if fact.source not in QUOTED_SOURCES or not fact.quote:
        return name_of(fact.value or "", 400)
    quoted = theirs(collapse(fact.quote).strip('"'))
    if value and fact.value and _plain(fact.value) != _plain(fact.quote):
        return el("span", name_of(fact.value), ": ", quoted)
    return quoted


def place_of(fact: Fact, *, leads: bool = True) -> Node:
    """Where it says so: evidence number, file, kind of source; with *leads* it goes there with a click."""
    parts = [fact.evidence, visible_line(fact.file, 80) if fact.file and fact.source != "api" else None]
    where = " ".join(part for part in parts if part)
    words = ", ".join(part for part in (where, SOURCES.get(fact.source or "")) if part)
    return small("(", to_fact(words, fact.id), ")") if leads and words else small(f"({words})")


def to_fact(words: str, fact: str) -> Node:
    """A button that leads to a fact in the evidence, with what stands before and after it."""
    return el(
        "button",
        words,
        type="button",
        class_="link",
        visits=SCREEN,
        shows=fact,
        aria_label=f"{words}: show it among what the sources say",
    )


def facts_list(facts: Sequence[Fact], *, repo: str | None = None, limit: int = 12) -> Child:
    """Facts below one another, at most *limit* of them."""
    rows = [fact_line(fact, repo=repo) for fact in facts[:limit]]
    if len(facts) > limit:
        rows.append(small(f"and {len(facts) - limit} more; all of them stand in the evidence"))
    return bullets(rows, class_="facts")


def _plain(text: str) -> str:
    return collapse(text).strip('"')


def _silence(fact: Fact) -> str:
    if fact.state == "absent":
        looked = f" Looked in {joined(list(fact.searched[:12]))}." if fact.searched else ""
        return f"nobody states it.{looked}"
    words = {
        "unreadable": "it was received but cannot be read",
        "not_reached": "the place could not be reached",
    }
    reason = f" ({visible_line(fact.reason, 200)})" if fact.reason else ""
    return f"{words.get(fact.state, fact.state)}{reason}."

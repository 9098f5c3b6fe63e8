"""Where something is said, in words: kinds of resources, and how a fact opens in the memo."""

import re
from collections.abc import Iterable

from duediligence.evidence.manifest import PAGES, Entry
from duediligence.facts.fact import Fact
from duediligence.memo.words import counted


def kinds_of(entries: Iterable[Entry]) -> list[str]:
    """The kinds of resources among *entries*: ``card``, ``license file``, ``2 discussions``."""
    counts: dict[str, int] = {}
    for entry in entries:
        kind = resource_kind(entry.resource)
        counts[kind] = counts.get(kind, 0) + 1
    once = ("the Hub's API", "list of commits", "list of discussions")
    return [
        kind if kind in once or (counts[kind] == 1 and kind != "discussion") else counted(counts[kind], kind)
        for kind in sorted(counts, key=lambda kind: _ORDER.index(kind))
    ]


_ORDER = (
    "card",
    "license or notice file",
    "the Hub's API",
    "list of commits",
    "list of discussions",
    "discussion",
    "page outside the Hub",
    "other document",
)


def resource_kind(resource: str) -> str:
    """What a resource is, in words."""
    fixed = {"info": 2, "README.md": 0, "commits": 3, "discussions": 4}
    if resource in fixed:
        return _ORDER[fixed[resource]]
    if resource.startswith("discussions/"):
        return "discussion"
    if resource.startswith(PAGES):
        return "page outside the Hub"
    legal = re.search(r"licen[cs]e|notice|copying|terms|policy", resource, re.I)
    return _ORDER[1] if legal else "other document"


def says(fact: Fact) -> str:
    """Who says it: ``The card says``; opens every fact of the memo."""
    if fact.state == "absent":
        return "We looked and did not find"
    if fact.state == "unreadable":
        return "Received and could not be read"
    if fact.state == "not_reached":
        return "Could not be reached"
    thread = (fact.file or "").removeprefix("discussions/")
    return {
        "api": "The Hub's API says",
        "front_matter": "The card says, in its metadata",
        "prose": "The card says, in its text",
        "license_file": "The license file says",
        "discussion": f"Discussion {thread} says" if thread.isdigit() else "A discussion says",
        "page": "A page on file says",
        "computed": "Worked out from the facts",
    }.get(fact.source or "", "A source says")


def in_the(fact: Fact) -> str:
    """Where it says so, inside a sentence: ``in the card's metadata``."""
    return {
        "api": "by the Hub's API",
        "front_matter": "in the card's metadata",
        "prose": "in the card's text",
        "license_file": "in the license file",
        "discussion": "in a discussion",
        "page": "on a page on file",
    }.get(fact.source or "", "in a source")

"""From answers to the entries of a manifest: whose they are, in which order, under which number."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from duediligence.evidence.exchange import REDIRECTS, Reply
from duediligence.evidence.inquiry import CARD, Question
from duediligence.evidence.manifest import Entry, Manifest
from duediligence.repo import KINDS, is_hub_name, shown
from duediligence.visible import visible_line

HERE = ""
"""Stands in a record for the capture being written, which has no name yet."""

_NUMBER = re.compile(r"E(\d+)", re.ASCII)
_SHUT = "It was not asked for: this repository had just refused its card as gated."


def entry_of(
    question: Question, reply: Reply, offsets: Sequence[int], state: str, reason: str | None
) -> Entry:
    """The entry of *question*; *offsets* are those of the exchanges of *reply*."""
    last = reply.exchanges[-1] if reply.exchanges else None
    whole = reply.answer is not None and reply.answer.status == 200 and not reply.answer.truncated
    body = reply.answer.body if reply.answer and whole and state != "unreachable" else None
    return Entry(
        repo=question.repo,
        resource=question.resource,
        url=last.url if last else reply.url,
        state=state,
        revision=question.revision,
        received_at=last.received_at if last else reply.at,
        sha256=None if body is None else hashlib.sha256(body).hexdigest(),
        length=None if body is None else len(body),
        evidence=None,
        record=(HERE, offsets[-1]) if offsets else None,
        reason=reason,
    )


def renamed_entry(repo: str, now: str, reply: Reply, offset: int) -> Entry:
    """The entry of an id that the Hub sent on to *now*; *offset* is where the Hub says so."""
    first = reply.exchanges[0]
    return Entry(
        repo=repo,
        resource="info",
        url=first.url,
        state="renamed",
        revision=None,
        received_at=first.received_at,
        sha256=None,
        length=None,
        evidence=None,
        record=(HERE, offset),
        now=now,
    )


def shut_entry(question: Question, url: str, card: Entry) -> Entry:
    """The entry of a file behind the gate that *card* met: it is there, and was not asked for."""
    return replace(card, resource=question.resource, url=url, record=None, reason=_SHUT)


def moved_to(reply: Reply, endpoint: str) -> str | None:
    """Typed id that a redirect of an info led to; ``None`` without a redirect, or when it leads elsewhere."""
    if reply.answer is None or reply.exchanges[0].status not in REDIRECTS:
        return None
    path = urlsplit(reply.answer.url).path.removeprefix(urlsplit(endpoint).path)
    kind, _, rest = path.removeprefix("/api/").partition("/")
    name = unquote(rest.partition("/revision/")[0])
    return f"{kind}/{name}" if kind in KINDS and is_hub_name(name) else None


def state_of_info(info: Mapping[str, Any], repo: str) -> tuple[str, str | None]:
    """State and reason of an info that came whole, asked for *repo*."""
    if "id" not in info:
        return "unreachable", "The answer is not the Hub's: it names no repository."
    if info["id"] != shown(repo):
        other = visible_line(str(info["id"]), 100)
        return "unreadable", f"The Hub answered with another repository, {other}."
    return ("disabled", None) if info.get("disabled") is True else ("present", None)


def in_order(found: Iterable[tuple[int, Entry]]) -> list[Entry]:
    """Entries by distance from the repo, then repo, then resource."""
    ordered = sorted(found, key=lambda pair: (pair[0], pair[1].repo, _rank(pair[1].resource)))
    return [entry for _, entry in ordered]


def numbered(entries: Iterable[Entry], known: Iterable[Manifest]) -> list[Entry]:
    """*entries* with evidence numbers: the ones *known* manifests gave, then the next ones in order."""
    numbers = {
        (entry.url, entry.sha256): entry.evidence
        for manifest in reversed(list(known))
        for entry in manifest.entries
        if entry.evidence
    }
    highest = max((int(found[1]) for e in numbers.values() if (found := _NUMBER.match(e))), default=0)
    out = []
    for entry in entries:
        if entry.sha256 is not None:
            if (entry.url, entry.sha256) not in numbers:
                highest += 1
                numbers[entry.url, entry.sha256] = f"E{highest}"
            entry = replace(entry, evidence=numbers[entry.url, entry.sha256])
        out.append(entry)
    return out


def _rank(resource: str) -> tuple[int, int, str]:
    places = {"info": 0, CARD: 1, "commits": 3, "discussions": 4}
    if resource in places:
        return places[resource], 0, ""
    listed, _, number = resource.partition("?p=")
    if listed == "discussions":
        return 4, int(number), ""
    kind, _, number = resource.partition("/")
    if kind == "discussions" and number.isdigit():
        return 5, int(number), ""
    return 2, 0, resource

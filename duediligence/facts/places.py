"""The places in which one repo can state a fact, and what it means when a place could not be read."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from duediligence.errors import UnreadableError
from duediligence.evidence.manifest import PAGES, Entry
from duediligence.facts.card import MAX_CARD, Card, read_text, split_card
from duediligence.facts.declared import DECLARED, TASKS, api_facts, front_matter_facts, is_legal_file
from duediligence.facts.discussions import discussion_facts
from duediligence.facts.excluded import EU, clauses
from duediligence.facts.fact import QUOTED_SOURCES, Fact, collapse, digest_of_words
from duediligence.facts.json_text import read_json
from duediligence.facts.license_texts import recognize
from duediligence.facts.origin import from_card, from_json_body
from duediligence.facts.page import KEYS as PAGE_KEYS
from duediligence.facts.page import page_facts
from duediligence.facts.prose_facts import prose_facts
from duediligence.facts.provider import parties
from duediligence.facts.upstream import declared_edges
from duediligence.repo import kind_of

CARD = "README.md"

PROSE_KEYS = (
    "training_data",
    "evaluation_data",
    "undisclosed_data",
    "generated_by",
    "memorization",
    "compute",
    "legal_basis",
    "personal_data",
    "provider",
    "contact",
    "intended_use",
    "out_of_scope_use",
    "excluded_places",
)
API_KEYS = ("gated", "files")
KEYS = (*DECLARED, *API_KEYS, *PROSE_KEYS)
"""Every key of the contract: each has at least one fact for every repo."""

_NOT_REACHED = {
    "not_found": "The Hub shows no such repository: it is absent or private.",
    "gated": "It is gated: the Hub shows it only to people it has let in.",
    "disabled": "The Hub has disabled it.",
    "unreachable": "The Hub could not be reached.",
}
_POINTER = b"version https://git-lfs.github.com/spec/"
_LICENSE_FILE = re.compile(r"licen[cs]e|copying", re.I)


def _where(key: str) -> tuple[str, ...]:
    """The kinds of places that can state *key*."""
    if key in API_KEYS:
        return ("info",)
    if key == "discussion":
        return ("discussion",)
    if key == "legal_basis":
        return ("prose", "discussion", "page")
    if key in PROSE_KEYS:
        return ("prose", "page") if key in PAGE_KEYS else ("prose",)
    if key == "license":
        return ("info", "metadata", "prose", "license")
    return ("info", "metadata")


_WHERE = {key: _where(key) for key in (*KEYS, *TASKS, "discussion")}


@dataclass
class Place:
    """One place that was looked into, or could not be."""

    name: str
    """``info``, ``metadata``, ``prose``, ``license``, ``discussion`` or ``page``."""

    entry: Entry | None
    state: str
    """``read``, ``absent``, ``unreadable`` or ``not_reached``."""

    reason: str | None = None
    facts: list[Fact] = field(default_factory=list)


class Places:
    """All places of one repo, read once."""

    def __init__(
        self,
        repo: str,
        entries: Sequence[Entry],
        body: Callable[[Entry], bytes],
        *,
        prose: bool,
        card_only: bool = False,
    ) -> None:
        self._repo, self._body, self._prose, self._card_only = repo, body, prose, card_only
        self._entries = {entry.resource: entry for entry in entries}
        self._info: dict[str, Any] | None = None
        self.problem: str | None = None
        """Why the card or its metadata block cannot be read."""
        self._places = [] if card_only else [self._read_info()]
        self._places += self._read_card()
        if not card_only:
            self._places += self._read_licenses()
            self._places += self._read_discussions()
            self._places += [self._read_page(entry) for entry in entries if entry.resource.startswith(PAGES)]

    def facts(self) -> Iterator[Fact]:
        """What the places state, each fact once, and one for each key they all leave open."""
        yield from self._stated().values()
        stated = {fact.key for place in self._places for fact in place.facts}
        keys = [*DECLARED, *(() if self._card_only else API_KEYS), *(PROSE_KEYS if self._prose else ())]
        if kind_of(self._repo) == "datasets":
            keys.append(TASKS[0])
        if any(place.name == "discussion" for place in self._places):
            keys.append("discussion")
        looked: dict[tuple[str, ...], Fact] = {}
        for key in keys:
            if key in stated:
                continue
            where = _WHERE[key]
            # The one fact of a key nobody states.
            if where not in looked:
                looked[where] = self._left_open(key, where)
            yield looked[where].about(key)

    def _stated(self) -> dict[tuple[str | None, ...], Fact]:
        """Each fact once: what a source says twice, it says."""
        out: dict[tuple[str | None, ...], Fact] = {}
        for place in self._places:
            for fact in place.facts:
                # What makes two facts the same, as in the fact's id, without hashing it.
                quote = collapse(fact.quote or "") if fact.source in QUOTED_SOURCES else None
                out.setdefault((fact.key, fact.source, fact.state, fact.value, quote), fact)
        return out

    def _left_open(self, key: str, where: tuple[str, ...]) -> Fact:
        """What it means that nobody states *key* in the places *where*: state, reason, evidence searched."""
        failed: Place | None = None
        numbers: dict[str, None] = {}
        for place in self._places:
            if place.name not in where:
                continue
            if place.state in ("read", "absent"):
                if place.entry and place.entry.evidence:
                    numbers[place.entry.evidence] = None
            elif failed is None or (failed.state, place.state) == ("not_reached", "unreadable"):
                failed = place
        return Fact(
            repo=self._repo,
            key=key,
            value=None,
            state=failed.state if failed else "absent",
            reason=failed.reason if failed else None,
            searched=tuple(numbers),
        )

    def _read_info(self) -> Place:
        entry = self._entries.get("info")
        state, reason = self._state(entry)
        place = Place("info", entry, state, reason)
        if entry is None or state != "read":
            return place
        try:
            value = read_json(self._body(entry))[1]
            if not isinstance(value, dict):
                raise UnreadableError("The Hub's answer is no JSON object.")
        except UnreadableError as error:
            place.state, place.reason = "unreadable", str(error)
            return place
        self._info = value
        place.facts = list(api_facts(entry, value))
        data = value.get("cardData")
        prompt = data.get("extra_gated_prompt") if isinstance(data, dict) else None
        if isinstance(prompt, str) and self._prose:
            place.facts += [
                from_json_body(
                    entry,
                    "provider",
                    " ".join(prompt[first:last].split()),
                    "api",
                    "/cardData/extra_gated_prompt",
                )
                for first, last in parties(prompt)
            ]
        return place

    def _read_card(self) -> list[Place]:
        entry = self._entries.get(CARD)
        state, reason = self._state(entry)
        if entry is None and state == "not_reached" and self._lists_no_card():
            state, reason = "absent", None
        metadata, prose = Place("metadata", entry, state, reason), Place("prose", entry, state, reason)
        if entry is None or state != "read":
            return [metadata, prose]
        try:
            card = split_card(self._body(entry))
        except UnreadableError as error:
            self.problem = str(error)
            for place in (metadata, prose):
                place.state, place.reason = "unreadable", str(error)
            return [metadata, prose]
        if card.problem:
            self.problem = card.problem
            metadata.state, metadata.reason = "unreadable", card.problem
        metadata.facts = list(front_matter_facts(entry, card))
        if self._prose:
            metadata.facts += self._party_in_prompt(entry, card, metadata.facts)
            known = [*metadata.facts, *(self._places[0].facts if not self._card_only else ())]
            declared = list(dict.fromkeys(upstream for _, _, upstream in declared_edges(known)))
            prose.facts, cut = prose_facts(entry, card, declared)
            if cut:
                prose.state, prose.reason = "unreadable", cut
        return [metadata, prose]

    def _party_in_prompt(self, entry: Entry, card: Card, facts: list[Fact]) -> list[Fact]:
        """Who offers the terms that one must accept, as those terms say."""
        if card.metadata is None or not isinstance(card.metadata.value, dict):
            return []
        node = card.metadata.value.get("extra_gated_prompt")
        if node is None or not isinstance(node.value, str):
            return []
        start = card.metadata_start + node.start
        terms = card.text[start : card.metadata_start + node.end]
        return [
            from_card(
                entry,
                card,
                "provider",
                " ".join(terms[first:last].split()),
                "front_matter",
                start + first,
                start + last,
            )
            for first, last in parties(terms)
        ]

    def _read_licenses(self) -> list[Place]:
        out = []
        for resource, entry in self._entries.items():
            name = resource.rpartition("/")[2]
            if _LICENSE_FILE.search(name) and is_legal_file(resource):
                out.append(self._read_license(entry))
        return out

    def _read_license(self, entry: Entry) -> Place:
        state, reason = self._state(entry)
        place = Place("license", entry, state, reason)
        if state != "read":
            return place
        try:
            raw = self._body(entry)
            if raw.startswith(_POINTER):
                raise UnreadableError(
                    f"{entry.resource} is stored outside the Hub's host; only a pointer came."
                )
            text = read_text(raw, MAX_CARD)
        except UnreadableError as error:
            place.state, place.reason = "unreadable", str(error)
            return place
        found = recognize(text)
        card = Card(raw, text, None, "none", None, 0, 0)
        if found is not None:
            named = from_card(entry, card, "license", found.value, "license_file", found.start, found.end)
            place.facts.append(replace(named, words=digest_of_words([text])))
        if self._prose:
            place.facts += [
                from_card(entry, card, "provider", " ".join(text[a:b].split()), "license_file", a, b)
                for a, b in parties(text)
            ]
            place.facts += [
                from_card(entry, card, "excluded_places", EU, "license_file", a, b) for a, b in clauses(text)
            ]
        return place

    def _read_discussions(self) -> list[Place]:
        out = []
        for resource, entry in self._entries.items():
            kind, _, number = resource.partition("/")
            if resource == "discussions" or (kind == "discussions" and number.isdigit()):
                out.append(self._read_discussion(entry, is_thread=bool(number)))
        return out

    def _read_discussion(self, entry: Entry, *, is_thread: bool) -> Place:
        state, reason = self._state(entry)
        if state == "not_reached" and entry.state in ("disabled", "not_found") and self._info is not None:
            # A repo may have its discussions switched off: then there is nothing that was not read.
            state, reason = "absent", None
        place = Place("discussion", entry, state, reason)
        if state == "read" and is_thread and self._prose:
            try:
                place.facts = list(discussion_facts(entry, self._body(entry)))
            except UnreadableError as error:
                place.state, place.reason = "unreadable", str(error)
        return place

    def _read_page(self, entry: Entry) -> Place:
        place = Place("page", entry, "read" if entry.state == "present" else "absent")
        if entry.state == "present" and self._prose:
            try:
                place.facts = page_facts(entry, self._body(entry))
            except UnreadableError as error:
                place.state, place.reason = "unreadable", str(error)
        return place

    def _state(self, entry: Entry | None) -> tuple[str, str | None]:
        """What the state of a file means for the facts it could hold, and why."""
        info = self._entries.get("info")
        if info is not None and info.state in _NOT_REACHED:
            return "not_reached", info.reason or _NOT_REACHED[info.state]
        if entry is None:
            return "not_reached", "It was not asked for."
        if entry.state == "present":
            return "read", None
        if entry.state in ("empty", "not_found") and entry is not info:
            return "absent", None
        if entry.state in _NOT_REACHED:
            return "not_reached", entry.reason or _NOT_REACHED[entry.state]
        return "unreadable", entry.reason or "What was received cannot be read."

    def _lists_no_card(self) -> bool:
        siblings = self._info.get("siblings") if self._info else None
        if not isinstance(siblings, list):
            return False
        return not any(isinstance(row, dict) and row.get("rfilename") == CARD for row in siblings)

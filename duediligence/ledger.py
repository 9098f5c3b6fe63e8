"""The events of a case: one file each, never overwritten, each naming the events it has seen."""

import hashlib
import heapq
import json
import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from duediligence.errors import NotSavedError

VERSION = 1
_SHOWN = "shown"
REQUIRED = {
    "opened": ("repos", "by"),
    "captured": ("capture", "manifest", "exchanges", "endpoint"),
    "answered": ("question", "value", "says", "by", _SHOWN),
    "kept": ("question", "by", _SHOWN),
    "withdrawn": ("question", "by"),
    "accepted": ("mention", "by"),
    "rejected": ("mention", "by"),
    "noted": ("text", "by"),
    "issued": ("memo", "made_from", "as_of", "law_digest", "program", "files"),
    "overridden": ("decisions", "reason", "by"),
    "held": ("scope", "by"),
    "released": ("reason", "by"),
    "sent": ("by",),
    "signed": ("memo", "as", "by"),
    "unsigned": ("memo", "as", "signed", "reason", "by"),
    "attached": ("capture", "manifest", "exchanges", "about", "by"),
}
"""Events this version understands, and what each must hold; any other one makes the case read-only."""

ON_MEMOS = ("issued", "signed")
"""Events about a memo that is there already: no memo is made from them."""

_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z-([0-9a-f]{8})\.json", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_MAX_BYTES = 8 << 20


@dataclass(frozen=True, kw_only=True)
class Event:
    """One event as it lies on disk."""

    name: str
    """Name of its file."""

    sha256: str
    """Digest of the whole file, newline included."""

    content: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """``answered``, ``captured`` …; empty for an event redacted in a copy."""
        return str(self.content.get("event", ""))

    @property
    def seen(self) -> tuple[str, ...]:
        """Digests of the heads it knew."""
        return tuple(self.content.get("seen", ()))


@dataclass(frozen=True, kw_only=True)
class Graph:
    """All events that could be read, in the order of the graph; concurrent ones by time, then digest."""

    events: tuple[Event, ...]
    problems: tuple[str, ...]
    """Files that could not be read, and events that are named but not there, one sentence each."""

    read_only: str | None
    """Why nothing may be added: an event of a newer version. ``None`` when all is understood."""

    def heads(self, leave_out: Collection[str] = ()) -> tuple[str, ...]:
        """Digests of the events no other event has seen, sorted.

        With *leave_out* the events of those kinds are looked through as if they were not there.
        """
        by_digest = {event.sha256: event for event in self.events}
        hidden = {event.sha256 for event in self.events if event.kind in leave_out}

        def visible(digests: Iterable[str]) -> set[str]:
            out: set[str] = set()
            todo = list(digests)
            while todo:
                digest = todo.pop()
                if digest in hidden:
                    todo.extend(by_digest[digest].seen)
                else:
                    out.add(digest)
            return out

        kept = [event for event in self.events if event.sha256 not in hidden]
        known = set().union(*(visible(event.seen) for event in kept)) if kept else set()
        return tuple(sorted(event.sha256 for event in kept if event.sha256 not in known))

    def up_to(self, digests: Iterable[str]) -> "Graph":
        """Only the events with these digests and those they knew, directly or not."""
        by_digest = {event.sha256: event for event in self.events}
        kept: set[str] = set()
        todo = [digest for digest in digests if digest in by_digest]
        while todo:
            digest = todo.pop()
            if digest not in kept:
                kept.add(digest)
                todo += [one for one in by_digest[digest].seen if one in by_digest]
        events = tuple(event for event in self.events if event.sha256 in kept)
        return Graph(events=events, problems=(), read_only=self.read_only)

    def ancestors(self) -> dict[str, int]:
        """For each event a bit set of the events it knew, directly or not; bit *i* is the *i*-th event."""
        place = {event.sha256: i for i, event in enumerate(self.events)}
        out: dict[str, int] = {}
        for event in self.events:
            bits = 0
            for digest in event.seen:
                if digest in out:
                    bits |= out[digest] | 1 << place[digest]
            out[event.sha256] = bits
        return out


def read(folder: Path) -> Graph:
    """Read every event under *folder*, a ``ledger`` folder; a missing folder is an empty graph.

    What cannot be read is named in `Graph.problems` and left as it is; its children count.
    """
    events: dict[str, Event] = {}
    problems: list[str] = []
    read_only = None
    for entry in _entries(folder):
        try:
            event = _read_event(entry)
        except (OSError, ValueError, RecursionError) as error:
            problems.append(f"{entry.path} cannot be read and was left as it is: {error}.")
            continue
        events[event.sha256] = event
        read_only = read_only or _newer(event)
    missing = {digest for event in events.values() for digest in event.seen} - set(events)
    problems += [
        f"An event {digest[:8]} is named by another one but is not there." for digest in sorted(missing)
    ]
    return Graph(events=tuple(_ordered(events)), problems=tuple(problems), read_only=read_only)


def append(
    folder: Path,
    fields: Mapping[str, Any],
    *,
    seen: Sequence[str],
    clock: Callable[[], datetime],
    randomness: Callable[[int], bytes],
) -> Event:
    """Write one event; once this returns it is on disk.

    *fields* begin with ``event``; version, time, what was seen and a nonce are put before them.
    The file is written beside, synced, renamed, and the folder synced: whole or absent, no lock.

    Raises:
        NotSavedError: the disk refused; nothing counts as saved.
    """
    at = stamp(clock())
    content = {"v": VERSION, "at": at, "seen": sorted(seen), "nonce": randomness(16).hex(), **fields}
    data = json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
    digest = hashlib.sha256(data).hexdigest()
    name = f"{at.replace(':', '')}-{digest[:8]}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, data)
    except OSError as error:
        raise NotSavedError(
            f"NOT saved: {folder} refused it ({error.strerror}). What was there is unchanged."
        ) from error
    return Event(name=name, sha256=digest, content=content)


def write_whole(path: Path, data: bytes) -> None:
    """Put *data* at *path* so that a crash leaves the old file, the new one or none, never half."""
    beside = path.with_name(f".{path.name}.part")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in *folder* durable, where the system can."""
    if os.name == "nt":  # Windows cannot open a folder; its renames are journaled.
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def stamp(moment: datetime) -> str:
    """*moment* as UTC with milliseconds: ``2026-11-22T09:14:02.118Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _entries(folder: Path) -> "list[os.DirEntry[str]]":
    if not folder.is_dir():
        return []
    with os.scandir(folder) as found:
        return sorted(
            (entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name
        )


def _read_event(entry: "os.DirEntry[str]") -> Event:
    name = _NAME.fullmatch(entry.name)
    if name is None:
        raise ValueError("its name is not that of an event")
    if not entry.is_file(follow_symlinks=False) or entry.stat().st_size > _MAX_BYTES:
        raise ValueError("it is no ordinary file of an event's size")
    data = Path(entry.path).read_bytes()
    content = json.loads(data)
    if not isinstance(content, dict):
        raise ValueError("it holds no event")
    digest = hashlib.sha256(data).hexdigest()
    # In a copy that leaves the house the content may be gone; the digest it had keeps the links whole.
    if set(content) == {"redacted", "sha256"} and _DIGEST.fullmatch(str(content["sha256"])):
        digest = content["sha256"]
    if digest[:8] != name[1]:
        raise ValueError("its content is not what it was when it was written")
    if "redacted" not in content and not _well_formed(content):
        raise ValueError("it lacks what every event has")
    return Event(name=entry.name, sha256=digest, content=content)


def _well_formed(content: Mapping[str, Any]) -> bool:
    seen = content.get("seen")
    return (
        isinstance(content.get("v"), int)
        and isinstance(content.get("at"), str)
        and isinstance(content.get("event"), str)
        and isinstance(seen, list)
        and all(isinstance(digest, str) for digest in seen)
        and all(key in content for key in REQUIRED.get(content["event"], ()))
        and (_SHOWN not in REQUIRED.get(content["event"], ()) or _shows(content[_SHOWN]))
    )


def _shows(shown: Any) -> bool:
    """Whether *shown* has the form every answer keeps."""
    return (
        isinstance(shown, dict)
        and isinstance(shown.get("text"), str)
        and isinstance(shown.get("choices"), list)
        and isinstance(shown.get("facts"), list)
        and all(
            isinstance(fact, dict) and {"repo", "key", "value", "state"} <= set(fact)
            for fact in shown["facts"]
        )
    )


def understood(event: Event) -> bool:
    """Whether this version knows what *event* means."""
    return event.content.get("v") == VERSION and event.kind in REQUIRED


def _newer(event: Event) -> str | None:
    if "redacted" in event.content:
        return "events were redacted in this copy"
    if not understood(event):
        return f"{event.name} was written by a newer version of duediligence"
    return None


def _ordered(events: Mapping[str, Event]) -> list[Event]:
    waits = {digest: sum(parent in events for parent in event.seen) for digest, event in events.items()}
    children: dict[str, list[str]] = {}
    for digest, event in events.items():
        for parent in event.seen:
            children.setdefault(parent, []).append(digest)
    ready = [
        (str(events[digest].content.get("at", "")), digest) for digest, open_ in waits.items() if not open_
    ]
    heapq.heapify(ready)
    out = []
    while ready:
        _, digest = heapq.heappop(ready)
        out.append(events[digest])
        for child in children.get(digest, ()):
            waits[child] -= 1
            if not waits[child]:
                heapq.heappush(ready, (str(events[child].content.get("at", "")), child))
    return out

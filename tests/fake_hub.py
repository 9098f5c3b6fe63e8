"""The Hub as tests need it: the sample Hub, which can be changed while it runs and made to misbehave."""

import hashlib
import json
import re
import socket
import struct
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from duediligence.sample import server
from duediligence.sample.answers import Answer, SampleHub
from duediligence.sample.repository import Repository, read_renames, read_repositories

SAMPLE = Path(server.__file__).parent / "hub"


@dataclass
class Fault:
    """One way to misbehave, for requests whose path matches."""

    kind: str
    match: str
    times: int | None
    given: dict[str, Any]


@dataclass
class Asked:
    """One request as it reached the Hub."""

    path: str
    token: str | None
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    at: float = 0.0


class FakeHub(SampleHub):
    """A Hub on loopback. Repositories are named by typed id, such as ``models/owner/name``."""

    def __init__(self, folder: Path | None = SAMPLE) -> None:
        repositories = read_repositories(folder) if folder else {}
        super().__init__(repositories, read_renames(folder) if folder else {})
        self.endpoint = ""
        self.requests: list[Asked] = []
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    # What there is.

    def add(
        self,
        repo: str,
        *,
        card: str | None = None,
        info: Mapping[str, Any] | None = None,
        files: Mapping[str, str | bytes] | None = None,
    ) -> None:
        """A new repository."""
        kind, _, name = repo.partition("/")
        first = {"id": name, "sha": _sha(repo, "first"), "gated": False, "disabled": False, "siblings": []}
        self.repositories[kind, name] = Repository(kind=kind, id=name, info=first)
        self.publish(repo, card=card, info=info, files=files)

    def publish(
        self,
        repo: str = server.SAMPLE_REPO,
        *,
        card: str | None = None,
        info: Mapping[str, Any] | None = None,
        files: Mapping[str, str | bytes | None] | None = None,
    ) -> str:
        """A new commit on main; a file that is ``None`` goes away. Gives the new revision.

        A card without front matter of its own may be given as YAML alone.
        """
        found = self._repo(repo)
        changed: dict[str, str | bytes | None] = dict(files or {})
        if card is not None:
            changed["README.md"] = (
                card if card.startswith("---") or ":" not in card else f"---\n{card}\n---\n"
            )
        found.earlier[found.head] = (found.info, found.files)
        kept = {**found.files, **{name: _bytes(text) for name, text in changed.items() if text is not None}}
        found.files = {name: body for name, body in kept.items() if changed.get(name, b"") is not None}
        sha = _sha(found.head, str(len(found.commits)), *sorted(found.files), str(changed), str(info))
        listed = [row["rfilename"] for row in found.info.get("siblings", [])]
        names = [*(n for n in listed if changed.get(n, b"") is not None), *found.files]
        found.info = {
            **found.info,
            **({"cardData": front_matter(str(changed["README.md"]))} if card is not None else {}),
            "siblings": [{"rfilename": name} for name in dict.fromkeys(names)],
            "sha": sha,
            **(info or {}),
        }
        commit = {"id": sha, "title": "Change", "message": "", "authors": [{"user": "x"}]}
        found.commits.insert(0, {**commit, "date": "2026-11-22T08:00:00.000Z"})
        return str(found.info["sha"])

    def patch(self, repo: str, **info: Any) -> None:
        """Change what the database says, without a commit."""
        self._repo(repo).info.update(info)

    def gate(self, repo: str, how: str = "manual") -> None:
        """From now on one must ask for access."""
        self.patch(repo, gated=how)

    def delete(self, repo: str) -> None:
        """Take it away."""
        kind, _, name = repo.partition("/")
        del self.repositories[kind, name]

    def rename(self, old: str, new: str) -> None:
        """Give it another name; the old one leads to it."""
        (kind, _, before), (_, _, after) = old.partition("/"), new.partition("/")
        found = self.repositories.pop((kind, before))
        found.id = after
        found.info["id"] = after
        self.repositories[kind, after] = found
        self.renames[kind, before] = after

    def discussion(
        self,
        title: str,
        text: str = "",
        *,
        repo: str = server.SAMPLE_REPO,
        number: int | None = None,
        status: str = "open",
    ) -> int:
        """A new thread, or one more comment in thread *number*; gives the number."""
        found = self._repo(repo)
        now = "2026-11-22T08:00:00.000Z"
        said = {"latest": {"raw": text, "updatedAt": now}, "edited": False, "hidden": False}
        event = {"id": _sha(title, text)[:24], "author": {"name": "asker"}, "createdAt": now}
        comment = {**event, "type": "comment", "data": said}
        for thread in found.discussions:
            if thread["num"] == number:
                thread["events"].append(comment)
                thread["numComments"] = len(thread["events"])
                return int(thread["num"])
        number = number or 1 + max((t["num"] for t in found.discussions), default=0)
        about = {"num": number, "title": title, "status": status, "author": {"name": "asker"}}
        place = {"name": found.id, "type": found.kind.removesuffix("s")}
        thread = {**about, "isPullRequest": False, "createdAt": now, "repo": place}
        thread |= {"numComments": 1, "events": [comment]}
        found.discussions.insert(0, thread)
        return number

    def _repo(self, repo: str) -> Repository:
        kind, _, name = repo.partition("/")
        return self.repositories[kind, name]

    # How it behaves.

    def fault(self, kind: str, match: str = "", *, times: int | None = None, **given: Any) -> None:
        """Misbehave for the next *times* requests whose path matches; for ever when left out.

        ``status`` (status, code, headers) · ``silent`` (seconds) · ``reset`` · ``cut`` (half a body) ·
        ``drip`` (seconds between bytes) · ``page`` (HTML) · ``redirect`` (to) · ``headers`` (headers) ·
        ``body`` (body, headers) · ``late`` (seconds) · ``bare`` (401 as the Hub sends it, without a code)
        """
        self._faults.append(Fault(kind, match, times, given))

    def wait(self, seconds: float, match: str = "") -> None:
        """Answer late from now on."""
        self.fault("late", match, seconds=seconds)

    def clear(self) -> None:
        """Behave, and forget what was asked."""
        self._faults.clear()
        self.requests.clear()

    def paths(self, match: str = "") -> list[str]:
        """Paths of the requests that matched, in order, without query."""
        return [a.path.partition("?")[0] for a in list(self.requests) if re.search(match, a.path)]

    def pick(self, path: str) -> Fault | None:
        """The fault for this request."""
        with self._lock:
            for fault in self._faults:
                if re.search(fault.match, path) and fault.times != 0:
                    fault.times = None if fault.times is None else fault.times - 1
                    return fault
        return None

    @contextmanager
    def running(self) -> Iterator["FakeHub"]:
        """On loopback, until the end of the block."""
        with server.running(partial(_Handler, self)) as endpoint:
            self.endpoint = endpoint
            yield self


class _Handler(server.Handler):
    hub: FakeHub

    def do_GET(self) -> None:
        asked = Asked(self.path, self.token, headers=dict(self.headers.items()), at=time.monotonic())
        self.hub.requests.append(asked)
        fault = self.hub.pick(self.path)
        answer = self.hub.answer(self.path, self.token)
        if fault:
            changed = _misbehave(self, fault, answer)
            if changed is None:
                self.close_connection = True
                return
            answer = changed
        asked.status = answer.status
        self.send(answer)


def _misbehave(line: _Handler, fault: Fault, answer: Answer) -> Answer | None:
    """The answer to give instead; ``None`` when the line was cut."""
    given = fault.given
    if fault.kind == "status":
        message = given.get("message", "Internal Error")
        headers = {"X-Error-Code": given["code"]} if "code" in given else {}
        body = json.dumps({"error": message}).encode()
        kind = {"Content-Type": "application/json", "X-Error-Message": message}
        return Answer(given["status"], body, {**kind, **headers, **given.get("headers", {})})
    if fault.kind == "late":
        time.sleep(given["seconds"])
        return answer
    if fault.kind == "bare":
        kind = {"Content-Type": "application/json"}
        return Answer(401, b'{"error":"Invalid username or password."}', kind)
    if fault.kind == "page":
        return Answer(
            given.get("status", 200), b"<!doctype html><title>Sign in</title>", {"Content-Type": "text/html"}
        )
    if fault.kind == "redirect":
        return Answer(given.get("status", 302), given.get("body", b""), {"Location": given["to"]})
    if fault.kind == "headers":
        return Answer(answer.status, answer.body, {**answer.headers, **given["headers"]})
    if fault.kind == "body":
        headers = {"Content-Type": "application/json", **given.get("headers", {})}
        return Answer(given.get("status", 200), given["body"], headers)
    _cut(line, fault, answer)
    return None


def _cut(line: _Handler, fault: Fault, answer: Answer) -> None:
    if fault.kind == "silent":
        time.sleep(fault.given.get("seconds", 1.0))
        return
    if fault.kind == "reset":
        line.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.connection.close()
        return
    half = answer.body[: len(answer.body) // 2] if fault.kind == "cut" else answer.body
    line.send_response_only(answer.status)
    line.send_header("Content-Type", answer.headers.get("Content-Type", "text/plain"))
    line.send_header("Content-Length", str(len(answer.body)))
    line.end_headers()
    line.wfile.flush()
    for byte in [half] if fault.kind == "cut" else (half[i : i + 1] for i in range(len(half))):
        line.wfile.write(byte)
        line.wfile.flush()
        time.sleep(fault.given.get("seconds", 0.0))


def front_matter(card: str) -> dict[str, Any] | None:
    """What the Hub's database holds of a card: its front matter, if that can be read."""
    found = re.match(r"---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)", card, re.DOTALL)
    try:
        given = yaml.safe_load(found[1]) if found else None
    except yaml.YAMLError:
        return None
    return json.loads(json.dumps(given, default=str)) if isinstance(given, dict) else None


def _bytes(text: str | bytes | None) -> bytes:
    return text.encode() if isinstance(text, str) else text or b""


def _sha(*parts: str) -> str:
    return hashlib.sha1("\n".join(parts).encode()).hexdigest()

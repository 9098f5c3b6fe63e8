"""What the Hub answers, in shape and headers, to the questions a capture puts."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from duediligence.sample.repository import Repository

_INFO_PARTS = ("revision", "commits", "discussions")
_FILE = re.compile(r"/(?:(datasets)/)?([^/]+(?:/[^/]+)?)/(raw|resolve)/([^/]+)/(.+)")
_PAGE = 50
_GATED = (True, "auto", "manual")


@dataclass(frozen=True)
class Answer:
    """One answer before it goes over the line."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class SampleHub:
    """Repositories, and the answers they give."""

    repositories: dict[tuple[str, str], Repository]
    renames: dict[tuple[str, str], str] = field(default_factory=dict)
    tokens: tuple[str, ...] = ()
    """Accounts that may read gated repositories; any other token is refused."""

    def answer(self, target: str, token: str | None) -> Answer:
        """The answer to a GET of *target*, path and query."""
        if token is not None and token not in self.tokens:
            return refused(401, "Invalid credentials in Authorization header")
        url = urlsplit(target)
        kind, _, rest = url.path.removeprefix("/api/").partition("/")
        if url.path.startswith("/api/") and kind in ("models", "datasets"):
            return self._api(kind, rest, url.query, token)
        file = _FILE.fullmatch(url.path)
        if not file:
            return refused(404, "Sorry, we can't find the page you are looking for.")
        kind, tail = file[1] or "models", f"/{file[3]}/{file[4]}/{file[5]}"
        return self._of(
            kind,
            file[2],
            token,
            lambda found: _file(found, unquote(file[4]), unquote(file[5]), shut=_shut(found, token)),
            lambda new: ("/" if kind == "models" else f"/{kind}/") + new + tail,
        )

    def _api(self, kind: str, rest: str, query: str, token: str | None) -> Answer:
        parts = rest.split("/")
        size = 1 if len(parts) == 1 or parts[1] in _INFO_PARTS else 2
        name, tail = "/".join(parts[:size]), [unquote(part) for part in parts[size:]]
        given = parse_qs(query)

        def answer(found: Repository) -> Answer:
            if not tail or tail[0] == "revision":
                return _info(found, tail[1] if tail else "main", given.get("expand", []))
            if tail[0] == "commits":
                return _commits(found, shut=_shut(found, token))
            if tail[0] == "discussions":
                return _discussions(found, tail[1:], int(given.get("p", ["0"])[0]))
            return refused(404, "Sorry, we can't find the page you are looking for.")

        below = "".join(f"/{part}" for part in parts[size:]) + (f"?{query}" if query else "")
        return self._of(kind, name, token, answer, lambda new: f"/api/{kind}/{new}{below}")

    def _of(
        self,
        kind: str,
        name: str,
        token: str | None,
        answer: Callable[[Repository], Answer],
        elsewhere: Callable[[str], str],
    ) -> Answer:
        name = unquote(name)
        found = self.repositories.get((kind, name))
        if found and not (found.info.get("private") is True and token is None):
            return answer(found)
        new = self.renames.get((kind, name)) or self._other_case(kind, name)
        if new and not found:
            place = elsewhere(new)
            text = f"Temporary Redirect. Redirecting to {place}"
            return Answer(
                307, text.encode(), {"Location": place, "Content-Type": "text/plain; charset=utf-8"}
            )
        # Absent or private: whoever has no account is not told which.
        if token is None:
            return refused(401, "Invalid username or password.", "RepoNotFound")
        return refused(404, "Repository not found", "RepoNotFound")

    def _other_case(self, kind: str, name: str) -> str | None:
        same = (i for k, i in self.repositories if k == kind and i.lower() == name.lower() and i != name)
        return next(same, None)


def refused(status: int, message: str, code: str | None = None) -> Answer:
    """A refusal in the Hub's form."""
    headers = {"X-Error-Message": message} | ({"X-Error-Code": code} if code else {})
    return as_json({"error": message}, status, headers)


def as_json(content: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer of the API."""
    try:
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # half a character can only be sent as an escape
        body = json.dumps(content, separators=(",", ":")).encode()
    tag = {"ETag": f'W/"{len(body):x}-{hashlib.sha1(body).hexdigest()[:26]}"'} if status == 200 else {}
    kind = {"Content-Type": "application/json; charset=utf-8"}
    return Answer(status, body, {**kind, **tag, **(headers or {})})


def _info(found: Repository, revision: str, expand: list[str]) -> Answer:
    state = found.at(revision)
    if state is None:
        return refused(404, f"Invalid rev id: {revision}", "RevisionNotFound")
    info = state[0]
    wanted = ("_id", "id", *expand) if expand else tuple(info)
    return as_json({key: info[key] for key in wanted if key in info})


def _commits(found: Repository, *, shut: Answer | None) -> Answer:
    return shut or as_json(found.commits[:_PAGE], headers={"X-Total-Count": str(len(found.commits))})


def _discussions(found: Repository, number: list[str], page: int) -> Answer:
    if number:
        one = next((thread for thread in found.discussions if str(thread.get("num")) == number[0]), None)
        return as_json(one) if one else refused(404, "Discussion not found")
    rows = found.discussions[page * _PAGE : (page + 1) * _PAGE]
    listed = [{key: value for key, value in thread.items() if key != "events"} for thread in rows]
    return as_json({"discussions": listed, "count": len(found.discussions), "start": page * _PAGE})


def _file(found: Repository, revision: str, path: str, *, shut: Answer | None) -> Answer:
    if shut:
        return shut
    state = found.at(revision)
    if state is None:
        return refused(404, f"Invalid rev id: {revision}", "RevisionNotFound")
    body = state[1].get(path)
    if body is None:
        return refused(404, "Entry not found", "EntryNotFound")
    tag = hashlib.sha1(b"blob %d\0" % len(body) + body).hexdigest()
    headers = {"X-Repo-Commit": found.head, "ETag": f'"{tag}"', "Content-Type": "text/plain; charset=utf-8"}
    name = quote(path.rpartition("/")[2])
    return Answer(200, body, {**headers, "Content-Disposition": f"inline; filename*=UTF-8''{name}"})


def _shut(found: Repository, token: str | None) -> Answer | None:
    """The refusal of a repository that is disabled, or that one must ask for access to."""
    if found.info.get("disabled") is True:
        return refused(403, "Access to this resource is disabled.")
    if found.info.get("gated") in _GATED and token is None:
        kind = found.kind.removesuffix("s")
        return refused(401, f"Access to {kind} {found.id} is restricted.", "GatedRepo")
    return None

"""What an answer of the Hub says about a resource: one of the states, and why."""

import json
from typing import Any

from duediligence.evidence.exchange import Exchange, Reply
from duediligence.visible import visible_line

CHANGED = "The repository changed while it was being gathered."
_POINTER = b"version https://git-lfs.github.com/spec/"
_UNKEPT = {
    "length": "It is larger than 16 MB and was not kept.",
    "unspecified": "The answer repeats the token that was sent with the question, so it was not kept.",
}


def state_of(
    reply: Reply,
    shape: type[dict[str, Any]] | type[list[Any]] | None,
    *,
    part: bool = False,
    gated: bool = False,
) -> tuple[str, str | None]:
    """State and, where it needs one, reason of the resource that *reply* is about.

    *shape* is what the JSON must be; ``None`` for a file. *part*: it is a part of a repo whose info came;
    *gated*: that info says that one must ask for access.
    """
    if reply.elsewhere:
        if shape is None:
            return "unreadable", f"It is stored outside the Hub's host, at {reply.elsewhere}; not contacted."
        return "unreachable", f"The Hub sent the question on to {reply.elsewhere}, which is not contacted."
    answer = reply.answer
    if answer is None:
        return "unreachable", reply.problem or "Nothing came back."
    if answer.truncated:
        return "unreadable", _UNKEPT[answer.truncated]
    if answer.status == 200:
        return _received(answer, shape)
    return _refused(answer, part=part, gated=gated)


def read_json(body: bytes) -> Any:
    """The JSON of *body*; integers too long for Python stay text.

    Raises:
        ValueError: it is none, or is nested too deeply to be one of the Hub's.
    """
    try:
        return json.loads(body, parse_int=lambda digits: int(digits) if len(digits) < 1000 else digits)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _received(answer: Exchange, shape: type | None) -> tuple[str, str | None]:
    if answer.header("Content-Encoding").lower() not in ("", "identity"):
        return "unreadable", "It came compressed although it was asked for as it is."
    if _is_page(answer):
        return "unreachable", "The answer is a web page, not the Hub's. Is there a sign-in page before it?"
    if shape is None:
        if answer.body.startswith(_POINTER):
            return "unreadable", "It is stored outside the Hub's host; what came is only a pointer to it."
        return ("present" if answer.body else "empty"), None
    try:
        fits = isinstance(read_json(answer.body), shape)
    except ValueError:
        fits = False
    return ("present", None) if fits else ("unreachable", "The answer is not the Hub's: no JSON of its kind.")


def _refused(answer: Exchange, *, part: bool, gated: bool) -> tuple[str, str | None]:
    code, message = answer.header("X-Error-Code"), _message(answer)
    if _is_page(answer) and not answer.header("X-Error-Message") and not code:
        return "unreachable", f"The answer is a web page (status {answer.status}), not the Hub's."
    if code == "GatedRepo" or (gated and answer.status in (401, 403) and not _refuses_token(answer)):
        return "gated", None
    if (answer.status == 403 and "disabled" in message.lower()) or answer.status == 451:
        return "disabled", message or None
    if part and code in ("RepoNotFound", "RevisionNotFound"):
        return "unreachable", CHANGED
    if code == "RevisionNotFound":
        return "not_found", "The Hub knows no such revision."
    if _refuses_token(answer):
        return "unreachable", (
            "The Hub refused the token of this computer. Log in again, or set "
            "HF_HUB_DISABLE_IMPLICIT_TOKEN=1 to ask without one."
        )
    # A bare 401 is how the Hub speaks of a repo that is absent or private; a part of one it just described
    # would be called absent without anybody having said so.
    if answer.status in (404, 410) or code == "RepoNotFound" or (answer.status == 401 and not part):
        return "not_found", None
    return "unreachable", f"The Hub answered {answer.status}" + (f": {message}" if message else ".")


def _refuses_token(answer: Exchange) -> bool:
    bare = answer.status == 401 and not answer.header("X-Error-Code")
    return answer.with_account and bare


def _is_page(answer: Exchange) -> bool:
    return "html" in answer.header("Content-Type").lower()


def _message(answer: Exchange) -> str:
    """The Hub's own words, on one line and short: they end up in the memo as a quotation."""
    words = answer.header("X-Error-Message")
    if not words:
        try:
            given = read_json(answer.body)
        except ValueError:
            given = None
        words = str(given.get("error", "")) if isinstance(given, dict) else ""
    return visible_line(words, 200)

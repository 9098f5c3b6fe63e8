"""JSON as received: its values, and the bytes that each text of it stands in."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from duediligence.errors import UnreadableError

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.S)
_PIECE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.S
)


@dataclass(frozen=True)
class JsonString:
    """One text in a JSON body."""

    pointer: str
    """JSON pointer to it."""

    value: str
    start: int
    """Character of its opening quotation mark."""

    end: int
    """Character behind its closing one."""


def read_json(body: bytes) -> tuple[str, Any]:
    """The text of *body* and its value.

    Raises:
        UnreadableError: it is no UTF-8, no JSON, or nested too deeply.
    """
    try:
        text = body.decode("utf-8-sig")
        return text, json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"It is no JSON: {' '.join(str(error).split())[:120]}.") from error


def strings(text: str) -> Iterator[JsonString]:
    """Every text of a valid JSON *text* that is a value, in order, with its place."""
    path: list[str | int] = []
    key: str | None = None
    expects_key: list[bool] = []
    for token in _TOKEN.finditer(text):
        sign = token.group()
        if sign in "{[":
            path.append(0 if sign == "[" else "")
            expects_key.append(sign == "{")
        elif sign in "}]":
            path.pop()
            expects_key.pop()
        elif sign == ",":
            if path and isinstance(path[-1], int):
                path[-1] += 1
            elif expects_key:
                expects_key[-1] = True
        elif sign[0] == '"':
            if expects_key and expects_key[-1]:
                key = json.loads(sign, strict=False)
                path[-1] = key if key is not None else ""
                expects_key[-1] = False
            else:
                value = json.loads(sign, strict=False)
                yield JsonString(pointer_to(path), value, token.start(), token.end())


def pointer_to(path: list[str | int]) -> str:
    """RFC 6901: the steps joined by slashes, ``~`` and ``/`` escaped."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def places(raw: str) -> list[int]:
    """For each character of a JSON text's value, where in *raw*, between its quotation marks, it begins.

    One more at the end: where the last one ends. *raw* has no quotation marks around it.
    """
    out = [found.start() for found in _PIECE.finditer(raw)]
    return [*out, len(raw)]


def as_text(value: Any) -> str:
    """A declared value as a fact keeps it: a text as it is, anything else as compact JSON."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _no_number(name: str) -> str:
    # NaN and Infinity are no JSON; as words they can be shown and do not break what is written from them.
    return name

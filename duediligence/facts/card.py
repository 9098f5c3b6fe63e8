"""A card as received: its metadata block, its prose, and the bytes that each character stands for."""

import re
from dataclasses import dataclass
from functools import cached_property

from duediligence import plain_yaml
from duediligence.errors import UnreadableError
from duediligence.plain_yaml import Located

MAX_CARD = 1 << 20
"""Bytes of a card that are read; the longest real ones have a third of it."""

MAX_METADATA = 256 << 10
"""Bytes of a metadata block that are read: some data sets list thousands of splits in theirs."""

# JavaScript's \s, which the Hub's expression uses: unlike Python's it holds the byte order mark.
_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_OPENING = re.compile(f"[{_SPACE}]*---(?=[\r\n])")
_NEARLY_OPENING = re.compile(f"[{_SPACE}]*---[^\\S\r\n]+(?=[\r\n])")
_CLOSING = re.compile(r"[\r\n]---(?=\r\n|\n|\Z)")
_KEY = re.compile(r"[\r\n]*[\w\-]+:(?:[ \t\r\n]|\Z)")
_PARAGRAPH = re.compile(r"(?:\r\n|\r|\n)(?=[ \t]*(?:[\r\n]|#|---))")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_INVALID = re.compile("[\udc80-\udcff]")
_STEP = 512


@dataclass(frozen=True)
class Card:
    """One card, split as the Hub splits it."""

    body: bytes
    """As received."""

    text: str
    """All of it; a byte that is no UTF-8 is one U+FFFD."""

    metadata: Located | None
    """The mapping of the metadata block; ``None`` when there is none to read."""

    block: str
    """``none``, ``empty``, ``present`` or ``unreadable``."""

    problem: str | None
    """Why the block is unreadable, in one sentence."""

    metadata_start: int
    """Character of `text` at which the places of `metadata` count from 0."""

    prose_start: int
    """Character of `text` at which the prose begins."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open range in the body of the characters from *start* to *end* of `text`."""
        if end <= self._ascii_until:
            return start, end
        return self._offset(start), self._offset(end)

    def quote(self, start: int, end: int) -> str:
        """Those bytes as UTF-8; what is not becomes U+FFFD."""
        first, last = self.span(start, end)
        return self.body[first:last].decode("utf-8", "replace")

    @cached_property
    def _ascii_until(self) -> int:
        """The first character that is more than one byte, or the length."""
        first = None if self.body.isascii() else _NOT_ASCII.search(self.text)
        return first.start() if first else len(self.text)

    def _offset(self, index: int) -> int:
        steps, raw = self._steps
        begun = index // _STEP
        # Most of what is quoted stands in the metadata, at the beginning: count no further than needed.
        for step in range(len(steps) - 1, begun):
            part = raw[step * _STEP : (step + 1) * _STEP]
            steps.append(steps[-1] + len(part.encode("utf-8", "surrogateescape")))
        return steps[begun] + len(raw[begun * _STEP : index].encode("utf-8", "surrogateescape"))

    @cached_property
    def _steps(self) -> tuple[list[int], str]:
        """Byte at which every 512th character begins, and the text from which bytes can be made again."""
        # Only a text that may stand for other bytes than its own is decoded again.
        return [0], self.body.decode("utf-8", "surrogateescape") if "\ufffd" in self.text else self.text


def split_card(body: bytes) -> Card:
    """Split a card into metadata and prose, as the Hub's own expression does.

    The fence is ``---`` alone on its line, at the very beginning or behind white space and a byte order
    mark; the block ends at the next such line. A block that cannot be read leaves the prose readable.

    Raises:
        UnreadableError: the card is longer than 1 MB, or is not UTF-8 but UTF-16 or UTF-32.
    """
    text = read_text(body, MAX_CARD)
    start, end, prose, problem = _block(text)
    if end is None:
        block = "unreadable" if problem else "none"
        return Card(body, text, None, block, problem, start, prose)
    metadata, block = None, "present"
    if len(text[start:end].encode()) > MAX_METADATA:
        block, problem = "unreadable", f"The metadata block is longer than {MAX_METADATA >> 10} KB."
    else:
        try:
            metadata = plain_yaml.compose(text[start:end])
        except UnreadableError as error:
            block, problem = "unreadable", f"The metadata block cannot be read: {error}"
    if metadata is not None and not isinstance(metadata.value, dict):
        empty = metadata.plain and metadata.value in ("", "~", "null", "Null", "NULL")
        block, problem = ("empty", None) if empty else ("unreadable", "The metadata block holds no keys.")
        metadata = None
    return Card(body, text, metadata, block, problem, start, prose)


def read_text(body: bytes, limit: int) -> str:
    """*body* as text, one character for each byte that is no UTF-8.

    Raises:
        UnreadableError: longer than *limit* bytes, or in UTF-16 or UTF-32.
    """
    if len(body) > limit:
        raise UnreadableError(f"It has {len(body)} bytes; this program reads {limit}.")
    if body.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        raise UnreadableError("It is written in UTF-16 or UTF-32, not in UTF-8.")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return _INVALID.sub("\ufffd", body.decode("utf-8", "surrogateescape"))


def _block(text: str) -> tuple[int, int | None, int, str | None]:
    """Where the metadata begins and ends, where the prose begins, and what is wrong with the block."""
    opening = _OPENING.match(text)
    if opening is None:
        nearly = _NEARLY_OPENING.match(text)
        if nearly and _KEY.match(text, nearly.end()):
            problem = "The metadata block opens with a line the Hub does not read: spaces behind ---."
            return 0, None, _behind_keys(text, nearly.end()), problem
        return 0, None, 0, None
    start = opening.end()
    # At least one line end belongs to the opening fence and another one to the closing fence.
    closing = _closing(text, start + 1)
    if closing is None:
        if _KEY.match(text, start):
            problem = "The metadata block that opens on the first line is never closed."
            return 0, None, _behind_keys(text, start), problem
        closing = _CLOSING.match(text, start) or _CLOSING.match(text, start + 1)
        return (start, start, closing.end(), None) if closing else (0, None, 0, None)
    end = closing.start()
    while end > start and text[end - 1] in "\r\n":
        end -= 1
    return start, end, closing.end(), None


def _closing(text: str, first: int) -> re.Match[str] | None:
    """The next closing fence whose line end stands at *first* or later."""
    at = text.find("---", first + 1)
    while at >= 0:
        found = _CLOSING.match(text, at - 1)
        if found is not None:
            return found
        at = text.find("---", at + 1)
    return None


def _behind_keys(text: str, start: int) -> int:
    """Where prose may begin behind a block without an end: at the first empty line, heading or rule."""
    behind = _PARAGRAPH.search(text, start)
    return behind.start() if behind else len(text)

"""YAML in which everything is text: the one reader of cards, answers files and the law."""

from collections.abc import Callable
from typing import Any

import yaml
from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from duediligence.errors import UnreadableError

MAX_DEPTH = 64
"""Lists and mappings inside each other; no card or law file comes near it."""


class Located:
    """A text, list or mapping of the source, and the characters it stands in."""

    __slots__ = ("end", "key_start", "line", "plain", "start", "value")

    def __init__(self, value: Any, start: int, end: int, line: int, plain: bool) -> None:
        self.value: str | list[Located] | dict[str, Located] = value
        self.start: int = start
        """Character the value begins at."""
        self.end: int = end
        """The one behind it."""
        self.line: int = line
        """Counted from 1."""
        self.key_start: int = start
        """Character its key begins at, for a value of a mapping."""
        self.plain: bool = plain
        """A text written without quotation marks: only such a ``null`` or ``~`` means nothing."""


def compose(text: str) -> Located:
    """Read one document and keep where each part stands; an empty one is an empty text.

    Nothing is guessed: ``NO``, ``010`` and ``2026-01-02`` stay the texts they are.

    Raises:
        UnreadableError: the reason, with the line: no YAML, a repeated key, an alias, an anchor, a tag,
            a key that is no text, more than one document, or more than 64 levels.
    """
    try:
        parser: Any = _PARSER(text)
        try:
            return _build(parser)
        finally:
            parser.dispose()
    except UnreadableError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}: " if mark else ""
        raise UnreadableError(f"{where}no valid YAML: {error.problem or error.context}.") from error
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise UnreadableError(f"line {line}: it holds half of a character (a lone surrogate).") from error
    except yaml.YAMLError as error:
        raise UnreadableError(f"{_not_text(text)}no valid YAML: {_one_line(error)}.") from error
    # Whatever else a hostile text provokes in the parser is a text that cannot be read, not a crash.
    except Exception as error:
        raise UnreadableError(f"no valid YAML: the parser gave up ({type(error).__name__}).") from error


def load(text: str) -> Any:
    """The same as plain ``str``, ``list`` and ``dict``; an empty value is ``""``.

    Raises:
        UnreadableError: as `compose`.
    """
    return plain(compose(text))


def plain(node: Located) -> Any:
    """*node* and all below it without places."""
    value = node.value
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return [plain(item) for item in value]
    return {key: plain(item) for key, item in value.items()}


def _build(parser: Any) -> Located:
    """The tree of the parser's events, taken one at a time: a hostile text is left at its first offence.

    All in one loop, since each card's metadata goes through it word by word.
    """
    root: Located | None = None
    # The open list or mapping, the key in it that waits for its value, and what is open around it.
    inside: Any = None
    key: Located | None = None
    around: list[tuple[Located, Any, Located | None]] = []
    next_event = parser.get_event
    while True:
        event = next_event()
        kind = type(event)
        if kind is ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                _refuse_marked(event)
            mark = event.start_mark
            node = Located(event.value, mark.index, event.end_mark.index, mark.line + 1, not event.style)
        elif kind is SequenceEndEvent or kind is MappingEndEvent:
            node, inside, key = around.pop()
            _close(node, event)
            continue
        elif kind is SequenceStartEvent or kind is MappingStartEvent:
            if event.anchor is not None or event.tag is not None:
                _refuse_marked(event)
            mark = event.start_mark
            value: Any = [] if kind is SequenceStartEvent else {}
            node = Located(value, mark.index, mark.index, mark.line + 1, False)
        elif kind is AliasEvent:
            raise UnreadableError(f"line {_line(event)}: an alias (*{event.anchor}) is not allowed.")
        elif kind is StreamEndEvent:
            return root if root is not None else Located("", 0, 0, 1, True)
        else:
            if kind is DocumentStartEvent and root is not None:
                raise UnreadableError(f"line {_line(event)}: a second document begins.")
            continue
        if inside is None:
            root = node
        elif type(inside) is list:
            inside.append(node)
        elif key is None:
            _refuse_key(inside, node)
            key = node
        else:
            node.key_start = key.start
            inside[key.value] = node
            key = None
        if kind is not ScalarEvent:
            around.append((node, inside, key))
            inside, key = node.value, None
            if len(around) > MAX_DEPTH:
                raise UnreadableError(f"line {node.line}: more than {MAX_DEPTH} levels inside each other.")


def _refuse_key(mapping: dict[str, Located], key: Located) -> None:
    if not isinstance(key.value, str):
        raise UnreadableError(f"line {key.line}: a key must be a text.")
    if key.value in mapping:
        raise UnreadableError(f"line {key.line}: the key {_short(key.value)} is repeated.")


def _close(node: Located, event: Any) -> None:
    # The end of a block is reported at the next thing that follows; it truly ends with its last child.
    if event.end_mark.index > event.start_mark.index:
        node.end = event.end_mark.index
        return
    children = node.value if isinstance(node.value, list) else list(node.value.values())  # type: ignore[union-attr]
    node.end = children[-1].end if children else node.start


def _refuse_marked(event: Any) -> None:
    if event.anchor is not None:
        raise UnreadableError(f"line {_line(event)}: an anchor (&{_short(event.anchor)}) is not allowed.")
    if event.tag is not None:
        raise UnreadableError(f"line {_line(event)}: a tag ({_short(event.tag)}) is not allowed.")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _not_text(text: str) -> str:
    """Which line holds the first character YAML does not allow, when that is the trouble."""
    for number, line in enumerate(text.split("\n"), 1):
        if any(ord(char) < 32 and char not in "\t\r" for char in line):
            return f"line {number}: "
    return ""


class _PurePythonParser(yaml.parser.Parser, yaml.scanner.Scanner, yaml.reader.Reader):
    """PyYAML's own parser, for an installation without libyaml."""

    def __init__(self, text: str) -> None:
        # Lone surrogates stop libyaml; its stand-in must not let them pass.
        text.encode("utf-8")
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)

    def scan_to_next_token(self) -> None:
        """Skip space and comments; tabs too where libyaml skips them, which PyYAML alone would refuse."""
        while True:
            while self.peek() == " " or (
                self.peek() == "\t" and (self.flow_level or not self.allow_simple_key)
            ):
                self.forward()
            if self.peek() == "#":
                while self.peek() not in "\0\r\n\x85\u2028\u2029":
                    self.forward()
            if not self.scan_line_break():  # type: ignore[no-untyped-call]
                return
            if not self.flow_level:
                self.allow_simple_key = True


# The stubs leave the C parser out.
_C_PARSER: Any = getattr(yaml, "cyaml", None)
_PARSER: Callable[[str], Any] = _C_PARSER.CParser if yaml.__with_libyaml__ else _PurePythonParser

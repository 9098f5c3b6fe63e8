"""The finished page as a tree of elements: the one arrangement that every other format is made from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "br", "img", "hr", "link", "input", "path", "rect"})
"""Elements that hold nothing; the shapes of our pictures are written as such."""


@dataclass
class Element:
    """An element of the page: its name, its attributes, and what it holds in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())

    @property
    def anchor(self) -> str:
        return self.attributes.get("id", "")

    @property
    def text(self) -> str:
        """All text in it, as it stands in the page."""
        return "".join(one if isinstance(one, str) else one.text for one in self.children)

    def elements(self) -> Iterator["Element"]:
        """Itself and every element in it, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.elements()

    def first(self, *tags: str) -> "Element | None":
        """The first element in it with one of these names."""
        return next((one for one in self.elements() if one.tag in tags), None)


class _Reader(HTMLParser):
    """Puts the tree together; what a firm's template leaves open is closed where its element ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("page")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {key: value or "" for key, value in attrs})
        self._open[-1].children.append(made)
        if tag not in VOID:
            self._open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Element(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(one.tag == tag for one in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def read_page(html: str) -> Element:
    """The tree of *html*; what was escaped in it is plain text again, and stays text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


__all__ = ["Element", "read_page"]

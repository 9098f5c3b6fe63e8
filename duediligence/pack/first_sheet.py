"""Page 1 of a memo as a page of its own, cut out of the memo byte for byte."""

import re
from html.parser import HTMLParser

_SHEET = ("div", "page-one")
_ID = re.compile(r'\sid="([A-Za-z0-9-]+)"')
_LINK = re.compile(r'(\shref=")#([A-Za-z0-9-]+)(")')


class _End(HTMLParser):
    """Finds where the first page ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self._depth = 0
        self.ends: tuple[int, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == _SHEET[0] and (self._depth or ("class", _SHEET[1]) in attrs):
            self._depth += self.ends is None

    def handle_endtag(self, tag: str) -> None:
        if tag == _SHEET[0] and self._depth:
            self._depth -= 1
            if not self._depth:
                self.ends = self.getpos()


def first_sheet(memo: str, at: str) -> str | None:
    """The first page of the page *memo*; ``None`` when it has none that can be told.

    What it refers to elsewhere in the memo is looked up there, under the path *at*.
    """
    parser = _End()
    parser.feed(memo)
    if parser.ends is None:
        return None
    line, column = parser.ends
    before = sum(len(one) + 1 for one in memo.split("\n")[: line - 1])
    sheet = memo[: before + column]
    here = set(_ID.findall(sheet))

    def to(found: re.Match[str]) -> str:
        return found[0] if found[2] in here else f"{found[1]}{at}#{found[2]}{found[3]}"

    return f"{_LINK.sub(to, sheet)}</div>\n</main>\n</body>\n</html>\n"

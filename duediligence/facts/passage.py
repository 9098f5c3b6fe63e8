"""A sentence, item, row or heading of a card, with all that readers need to know about where it stands."""

from typing import NamedTuple

from duediligence.facts.cues import Cues
from duediligence.facts.markup import Visible, visible
from duediligence.facts.titles import Kinds


class Passage(NamedTuple):
    """A sentence, item or row, and where it stands: a tuple, since a card has hundreds of them."""

    start: int
    """First character of it in the card's text."""

    end: int
    kind: str
    """``sentence``, ``item`` (a sentence of a list item, or a row that states one property), ``row`` or
    ``heading``."""

    raw: str
    """As written."""

    seen: Visible
    """As read, with the links and names set apart in it."""

    words: str
    """The words of `seen`, with single spaces."""

    lower: str
    """`words` in lower case."""

    cues: Cues
    """The cues that stand in it; in a row none are looked for."""

    sections: tuple[str, ...]
    """Headings it stands under, outermost first, as read."""

    heading: Kinds
    """What the innermost of them is."""

    under: Kinds
    """What the two innermost are."""

    lead: str = ""
    """The sentence that announces the list or table it belongs to, as read."""

    label: str = ""
    """What stands in front of the colon: ``License`` in *License: MIT*."""

    labelled: Kinds = 0
    """What the label is."""

    behind: Kinds = 0
    """What the label in bold type is that stands in front of the sentences before it."""

    body: int = 0
    """Where in `raw` the words behind the label begin."""

    first: bool = True
    """Whether it is the first sentence of its paragraph, item or row."""

    columns: tuple[str, ...] = ()
    """Headers of the table a row belongs to, as read."""

    subject: str = ""
    """Words that open its list item, when they are set apart as a name: the item speaks of this."""

    citation: bool = False
    """Whether it belongs to a list of works cited."""

    @property
    def section(self) -> str:
        """The innermost heading."""
        return self.sections[-1] if self.sections else ""

    @property
    def told(self) -> str:
        """The words behind the label, with single spaces."""
        return " ".join(visible(self.raw[self.body :]).words.split())

    @property
    def behind_label(self) -> int:
        """Where in the words of `seen` those behind the label begin."""
        return len(visible(self.raw[: self.body]).words) if self.body else 0

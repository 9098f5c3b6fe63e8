"""The paragraphs of a document whose title stands for it: which went and which came."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from duediligence.errors import UnreadableError
from duediligence.evidence.manifest import Entry
from duediligence.facts.discussions import comments
from duediligence.facts.fact import collapse

_LONGEST = 600


def paragraphs(entry: Entry, body: bytes) -> list[str]:
    """The comments of a thread, or the paragraphs of a text; none of a thread that cannot be read."""
    if entry.resource.startswith("discussions/"):
        try:
            return [collapse(one) for one in comments(body)]
        except UnreadableError:
            return []
    text = body.decode("utf-8", "replace").replace("\r\n", "\n")
    return [collapse(one) for one in text.split("\n\n") if one.strip()]


def differing(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    """The paragraphs only *before* has, and those only *after* has, … between them; cut where long."""
    went: list[str] = []
    came: list[str] = []
    for tag, i, j, k, m in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if tag != "equal":
            went += before[i:j]
            came += after[k:m]
    return _cut(" … ".join(went)), _cut(" … ".join(came))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"

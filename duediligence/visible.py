"""Other people's text made safe to look at: signs that hide, reorder or steer are named instead of obeyed."""

import re
import unicodedata

# Control characters but tab and newline (a terminal obeys them); direction marks, zero-width signs and
# tag characters (they hide or reorder what a reader sees). Ordinary Arabic, Hebrew and emoji need none of
# these but the zero-width joiner and the variation selectors, which stay.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)


def visible(text: str) -> str:
    """*text* with every hidden or steering sign as its code point, such as ``[U+202E]``."""
    return _HIDDEN.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", text.replace("\r\n", "\n"))


def visible_line(text: str, limit: int = 400) -> str:
    """*text* on one line of at most *limit* characters; says how many were left out."""
    line = " ".join(visible(text).split())
    return line if len(line) <= limit else f"{line[:limit]} … ({len(line) - limit} more characters)"


def names_of_hidden(text: str) -> list[str]:
    """The names of the hidden signs in *text*, each once, in order: ``U+202E RIGHT-TO-LEFT OVERRIDE``."""
    found = dict.fromkeys(_HIDDEN.findall(text))
    return [f"U+{ord(sign):04X} {unicodedata.name(sign, 'control character')}" for sign in found]

"""Other people's text made safe to look at: signs that hide, reorder or steer are named instead of obeyed."""

import re
import unicodedata

# Control characters but tab and newline (a terminal obeys them); direction marks, zero-width signs and
# tag characters (they hide or reorder what a reader sees). Ordinary Arabic, Hebrew and emoji need none of
# these but the joiners and the variation selectors, which stay where they belong.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
    # Persian and the scripts of India write words with the zero-width non-joiner; elsewhere it only hides.
    "|(?<![\u0600-\u07ff\u0900-\u0dff])\u200c"
)


def visible(text: str) -> str:
    """*text* with every hidden or steering sign as its code point, such as ``[U+202E]``."""
    if text.isascii() and text.isprintable():
        return text  # most texts are, and this is told much faster than by searching
    return _HIDDEN.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", text.replace("\r\n", "\n"))


def visible_line(text: str, limit: int = 400) -> str:
    """*text* on one line, cut behind *limit* characters where that spares any; says how many."""
    line = " ".join(visible(text).split())
    left = f" … ({len(line) - limit} more characters)"
    # What is left out must be longer than the words that say so.
    return line if len(line) <= limit + len(left) else line[:limit] + left


def names_of_hidden(text: str) -> list[str]:
    """The names of the hidden signs in *text*, each once, in order: ``U+202E RIGHT-TO-LEFT OVERRIDE``."""
    found = dict.fromkeys(_HIDDEN.findall(text))
    return [f"U+{ord(sign):04X} {unicodedata.name(sign, 'control character')}" for sign in found]

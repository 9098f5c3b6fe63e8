"""Which things a phrase names: lists of proper names, links and quoted names, taken apart by grammar."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from duediligence.facts.common_words import (
    DATA_NOUNS,
    LANGUAGES,
    MACHINES,
    NOT_DATA_NOUNS,
    PLAIN_WORDS,
    PLATFORMS,
    QUANTITIES,
    SENTENCE_WORDS,
    STRONG_DATA_NOUNS,
    words_of,
)
from duediligence.facts.markup import Mark, Visible, hub_id
from duediligence.facts.names import (
    CALLED,
    DOMAIN,
    MODEL_PARTS,
    could_only_be_a_name,
    is_lower_id,
    is_title,
    may_name,
    name_of_address,
    ordinary,
    proper,
    says_nothing,
)
from duediligence.facts.persons import are_persons_from, speaks_of_home
from duediligence.facts.registry import lower_names

_REACH = 700
_LINKED, _QUOTED = "\ue000", "\ue001"
_QUOTES = re.compile('["\u201c\u201e]')
_QUOTATION = re.compile(r"[\"\u201c\u201e]([^\"\u201c-\u201e]{2,80})[\"\u201c\u201d]")
_ASIDE = re.compile(r"\((?<=\s\()[^()]{0,600}+(?:\([^()]{0,200}\)[^()]{0,600}+){0,30}\)")
# It opens with the characters it can begin with, since a search for those alone is fast.
_CLAUSE_END = re.compile(
    r"[\s;:!?.](?:(?<=[;!?.])(?=\s|$)|(?<=:)(?=\s)|(?<=\s)(?:[-\u2013\u2014]+\s"
    r"|(?<!such\s)(?<!well\s)(?<!together\s)(?<!along\s)(?<!combined\s)(?:with|which|that|who|whose|where|when"
    r"|while|whereas|using|via|through|by|for|to|at|in"
    r"|into|during|after|before|until|since|because|so|but|however|then(?!\s+[A-Z])|within|without|under|per|made|is|are"
    r"|was|were|has|have|had|can|could|will|would|may|might|should|does|do|did|as(?!\s+well\s)|available|see"
    r"|collected|created|generated|released|provided|published|rather|instead|not)(?=\s|$)))"
)
_THEN = r"(?=\s)(?:\s*(?P<then>and|or|plus|as well as|&)(?=\s))?\s*"
_JOIN = (
    r"(?P<word>and from|and|&|plus|as well as|along with|together with|in addition to|combined with"
    r"|alongside|including|such as|like|or|either|\+)"
)
_ABBREVIATIONS = ("e.g.", "i.e.")
_SEPARATOR = re.compile(rf"[\s,](?=[\s,&+apltciseo])(?:(?:(?<=,)|(?<=\s)\s*,){_THEN}|(?<=\s)\s*{_JOIN}\s+)")
_ANY_SEPARATOR = re.compile(
    rf"(?=[\s,]|[ei]\.)(?:\s*,{_THEN}|\s+{_JOIN}\s+|\s*(?:,\s*)?(?:e\.g\.|i\.e\.)\s*,?\s*)"
)
"""The same where an abbreviation can separate names too, which takes twice as long to look for."""

_TOKEN = re.compile(rf"{_LINKED}+|{_QUOTED}+|[^\s,{_LINKED}{_QUOTED}]+")
_VERB = re.compile(
    r"(?:(?:pre|post|fine)-?)?(?:train|tune|trained|tuned|evaluated|tested|kept|used|then|further|subsequently)$",
    re.I,
)
_FUNCTION = words_of(
    """
    a an this that these those it its our we they their you your i in on at for from with by to of as
    and or but if while when where which who is are was were be been has have had see please note all
    both each no not how what why there here also however additionally
    """
)
_PARTS = words_of("part parts portion subset subcorpus section split half version edition dump fraction")
_INNER = words_of("of the de des der von for")
_APPOSITION = words_of("a an the one our another")
MADE = words_of("generated written produced")
"""Words between a name and *data* that make it the author of the data."""

_MADE_DATA = re.compile(rf"\s(?:{'|'.join(sorted(MADE))})\s(?:data|{'|'.join(sorted(DATA_NOUNS))})\b")
_REFERENCE = re.compile(r"\[\d{1,3}\]?$")
_OWNED = re.compile(r"[\w.-]+/(?=\S*[-_\d])[\w.-]{3,}")


class Named(NamedTuple):
    """One thing a phrase names."""

    name: str
    """As written, without the noun behind it: ``UltraFeedback`` for *the UltraFeedback dataset*."""

    phrase: str
    """The longer words it stands in, when they say which part: ``English subset of LAION-5B``."""

    target: str | None
    """Address it is linked to."""

    noun: str
    """The ordinary noun behind it, in lower case."""

    apart: bool
    """Whether it is set apart by a link, code or quotation marks."""

    strong: bool
    """Whether it could only be a name: set apart, several capitals, digits, or more than one word."""

    before: str
    """Ordinary words in front of it, in lower case."""


@lru_cache(maxsize=1024)
def named(seen: Visible, start: int, *, whole: bool = False) -> tuple[Named, ...]:
    """The names in the list that begins at *start* of *seen*.

    It ends where another clause begins, or with *whole* at the end of the words. An apposition names
    nothing new: *LAION-2B, the English subset of LAION-5B* is one name. A list joined by *or* leaves open
    which of them is meant and names none. Where persons are from is no name either: *people from Bremen*.
    """
    if not (seen.marks or may_name(seen.words, start, len(seen.words)) or _QUOTES.search(seen.words, start)):
        return ()
    if are_persons_from(seen.lower, start):
        return ()
    seen, start = _window(seen, start)
    text, apart = _masked(seen, start)
    if not whole:
        for end in _CLAUSE_END.finditer(text, start):
            if not _MADE_DATA.match(text, end.start()):
                text = text[: end.start()]
                break
    if not may_name(text, start, len(text)):
        # No capitals, digits or marks: most of what stands behind a preposition is left here.
        return ()
    out: list[Named] = []
    appositive = False
    position = start
    parts: list[tuple[int, int, str]] = []
    joined = ""
    abbreviated = any(map(text.__contains__, _ABBREVIATIONS))
    for found in (_ANY_SEPARATOR if abbreviated else _SEPARATOR).finditer(text, start):
        parts.append((position, found.start(), joined))
        joined = found["then"] or found["word"] or ","
        if joined in ("or", "either"):
            return ()
        position = found.end()
    parts.append((position, len(text), joined))
    ahead: Named | None = None
    looked_ahead = False
    for number, (first, last, join) in enumerate(parts):
        one = ahead if looked_ahead else _first_name(seen, text, apart, first, last)
        looked_ahead = False
        words = text[first:last].split()
        if len(words) > 2 and speaks_of_home(text[first:last]):
            break
        if join == "," and out and one is not None and one.noun not in (*DATA_NOUNS, "and", ""):
            # "Trained on A, B shows …": another sentence begins, with its own subject.
            continue
        if join == "," and one is not None and not _clear(one) and number + 1 < len(parts):
            ahead = _first_name(seen, text, apart, *parts[number + 1][:2])
            looked_ahead = True
            if ahead is None:
                continue
        if number and words and _VERB.match(words[0]) and not _then_a_name(words):
            break
        if join == "," and out and words and words[0].lower() in _APPOSITION:
            appositive = one is None or bool(one.before.split()[1:])
            if appositive:
                continue
        if one is not None:
            out.append(one)
    return tuple(out)


def _then_a_name(words: list[str]) -> bool:
    """Whether *then* stands between names: *A and then B*."""
    return words[0] == "then" and len(words) > 1 and proper(words[1])


def _window(seen: Visible, start: int) -> tuple[Visible, int]:
    """The words a list can reach from *start*: no list of names is longer."""
    if len(seen.words) - start <= _REACH and start <= _REACH:
        return seen, start
    end = start + _REACH
    marks = tuple(
        Mark(mark.start - start, mark.end - start, mark.target)
        for mark in seen.marks
        if start <= mark.start and mark.end <= end
    )
    return Visible(seen.words[start:end], marks), 0


def _masked(seen: Visible, start: int) -> tuple[str, dict[int, tuple[str, Mark | None]]]:
    """The words with names set apart blanked, so that grammar looks past them; and what they were."""
    text = seen.words
    apart: dict[int, tuple[str, Mark | None]] = {}
    for mark in seen.marks:
        label = text[mark.start : mark.end]
        if mark.end > mark.start >= start:
            text = text[: mark.start] + _LINKED * (mark.end - mark.start) + text[mark.end :]
            apart[mark.start] = (label, mark)
    for quote in _QUOTATION.finditer(text, start) if _QUOTES.search(text, start) else ():
        if _LINKED not in quote[1] and _quotes_a_name(quote[1]):
            apart[quote.start()] = (quote[1], None)
            text = text[: quote.start()] + _QUOTED * len(quote.group()) + text[quote.end() :]
    # An aside in brackets names nothing, but the address of what it stands behind.
    for aside in _ASIDE.finditer(text, start) if "(" in text else ():
        text = text[: aside.start()] + " " * len(aside.group()) + text[aside.end() :]
    return text, apart


def _first_name(
    seen: Visible, text: str, apart: dict[int, tuple[str, Mark | None]], first: int, last: int
) -> Named | None:
    """The first name between *first* and *last*; ``None`` when there are only ordinary words."""
    if not may_name(text, first, last):
        return None
    tokens = [(token, at) for word, at in _words(text, first, last) if (token := word.strip(".;:!?()*'"))]
    lower = [token.lower() for token, _ in tokens]
    if not MACHINES.isdisjoint(lower):
        return None
    called = any(text.find(noun, first, last) >= 0 for noun in CALLED)
    index = 0
    while index < len(tokens):
        plain = tokens[index][0] == lower[index] and lower[index].isalpha()
        if plain and not called and lower[index] not in lower_names():
            # Without capitals and figures it is no name, if it is not called one or known by it.
            index += 1
            continue
        found = _name_at(tokens, index, apart)
        if found is None:
            index += 1
            continue
        name, mark, is_apart, behind = found
        label = _REFERENCE.sub("", name.strip())
        on_hub = bool(mark and mark.target and (hub_id(mark.target) or "").startswith("datasets/"))
        if on_hub and says_nothing(label):
            label = name_of_address(mark.target or "") if mark else label
        elif not on_hub and (
            ordinary(label)
            or (is_apart and says_nothing(label, mark.target if mark else None))
            or is_title(label, mark)
        ):
            index = behind
            continue
        if _is_part_of(lower, behind) and not is_apart and not could_only_be_a_name(label):
            # "The Norse part of X"
            index = behind + 2
            continue
        begin = tokens[index][1]
        target = mark.target if mark else _aside_target(seen, tokens, behind, begin + len(label))
        noun = _noun(lower[behind : behind + 4])
        start = _phrase_start(tokens, index)
        return Named(
            name=label,
            phrase=" ".join(seen.words[start : _phrase_end(seen.words, begin, last)].split()).strip(" .,;:"),
            target=target,
            noun=noun,
            apart=is_apart,
            strong=is_apart or could_only_be_a_name(label) or is_lower_id(label),
            before=" ".join(lower[:index]),
        )
    return None


def _is_part_of(lower: list[str], behind: int) -> bool:
    """Whether *part of* stands behind a word with a capital, which then only tells which part."""
    return lower[behind + 1 : behind + 2] == ["of"] and lower[behind] in _PARTS


def _words(text: str, first: int, last: int) -> Iterator[tuple[str, int]]:
    """The words between *first* and *last* and where each begins; what is set apart is one by itself."""
    part = text[first:last]
    if "," in part or _LINKED in part or _QUOTED in part:
        yield from ((found.group(), found.start()) for found in _TOKEN.finditer(text, first, last))
        return
    for word in part.split():
        first = text.index(word, first)
        yield word, first
        first += len(word)


def _name_at(
    tokens: list[tuple[str, int]], index: int, apart: dict[int, tuple[str, Mark | None]]
) -> tuple[str, Mark | None, bool, int] | None:
    """The name that begins with token *index*: its words, mark, whether set apart, the token behind it."""
    token, at = tokens[index]
    if token[0] in (_LINKED, _QUOTED):
        label, mark = apart.get(at, ("", None))
        if mark and mark.target and label == mark.target.rstrip("/"):
            label = name_of_address(mark.target)
        elif label.startswith(("http://", "https://", "www.")):
            label = name_of_address(label)
        return (label, mark, True, index + 1) if label.strip() else None
    for count in (2, 1) if token in lower_names() else ():
        known = " ".join([word for word, _ in tokens[index : index + count]])
        if known in lower_names()[token]:
            return known, None, False, index + count
    called = _called(tokens, index) or _called_model(tokens, index) or is_lower_id(token)
    called = called or ("." in token and DOMAIN.fullmatch(token) is not None)
    if not called and (not proper(token) or token.lower() in _FUNCTION):
        return None
    words = [token]
    if "/" in token and _OWNED.fullmatch(token):
        # An id is a name by itself, whatever stands behind it.
        return token, None, False, index + 1
    behind = index + 1
    while behind < len(tokens) and len(words) < 8:
        following = tokens[behind][0]
        if following[0] == _LINKED and words[-1].endswith(("'s", "\u2019s")):
            # "Harbour's [Zorban](…)" names Zorban.
            return None
        if following[0] == _LINKED:
            # "Whisper [large-v2]": a linked version belongs to the name in front of it.
            label, mark = apart.get(tokens[behind][1], ("", None))
            if label[:1].isupper() or len(label.split()) > 2:
                break
            return (" ".join([*words, label.strip()]), mark, True, behind + 1)
        if (
            proper(following)
            or (following[0].isdigit() and not _is_amount(tokens, behind))
            or ("-" in following and following[0].isalpha() and _is_noun(tokens, behind + 1))
            or (
                following in _INNER
                and behind + 1 < len(tokens)
                and proper(tokens[behind + 1][0])
                and not ordinary(" ".join(words))
            )
        ):
            words.append(following)
        else:
            break
        behind += 1
    while len(words) > 1 and (words[-1].lower() in LANGUAGES or words[-1].lower() in STRONG_DATA_NOUNS):
        words.pop()
        behind -= 1
    if words[0].lower() in SENTENCE_WORDS and len(words) > 1 and words[0].lower() in ("the", "a", "an"):
        words.pop(0)
    # "Harbour's Keel-7B" is Harbour's, and is called Keel-7B.
    owner = max((i for i, word in enumerate(words[:-1]) if word.endswith(("'s", "\u2019s"))), default=-1)
    words = words[owner + 1 :]
    return " ".join(words).removesuffix("'s").removesuffix("\u2019s"), None, False, behind


def _is_amount(tokens: list[tuple[str, int]], index: int) -> bool:
    """Whether a number counts something: *LibriSpeech 960 hours*, *60%*."""
    following = tokens[index + 1][0].lower() if index + 1 < len(tokens) else ""
    counted = following in QUANTITIES or (following in DATA_NOUNS and following not in STRONG_DATA_NOUNS)
    return tokens[index][0].endswith("%") or counted


def _clear(one: Named) -> bool:
    # Without a capital it was taken for a name because it is known by it.
    known = one.name.islower() or one.name.lower() in PLATFORMS
    return one.strong or known or one.noun in STRONG_DATA_NOUNS


def _noun(following: list[str]) -> str:
    """The noun behind a name: the one that says it is data, else simply the next word."""
    words = [word for word in following if word not in LANGUAGES]
    if words and words[0] in MADE and words[1:2] and words[1] in (*DATA_NOUNS, "data"):
        return words[0]
    told = [word for word in words if word in STRONG_DATA_NOUNS]
    between = words[: words.index(told[0])] if told else []
    if told and not any(word in _FUNCTION or word in NOT_DATA_NOUNS for word in between):
        return told[0]
    return words[0] if words else ""


def _quotes_a_name(quoted: str) -> bool:
    """Whether quotation marks set a name apart, and not a phrase, a list or somebody's words."""
    named_so = any(char.isupper() or char.isdigit() or char in "-_" for char in quoted.replace(" I ", " "))
    return named_so and not re.search(r"[,;:?!]\s", quoted) and len(quoted.split()) <= 7


def _is_noun(tokens: list[tuple[str, int]], index: int) -> bool:
    return index < len(tokens) and tokens[index][0].lower() in STRONG_DATA_NOUNS


def _called(tokens: list[tuple[str, int]], index: int) -> bool:
    """Whether a word without capitals is a name all the same: *the starcoder dataset*, *the imdb corpus*."""
    word = tokens[index][0]
    return (
        index > 0
        and tokens[index - 1][0].lower() == "the"
        and index + 1 < len(tokens)
        and tokens[index + 1][0].lower() in ("dataset", "corpus")
        and word.isascii()
        and word[0].isalpha()
        and len(word) > 2
        and word not in PLAIN_WORDS
        and word.lower() not in LANGUAGES
    )


def _called_model(tokens: list[tuple[str, int]], index: int) -> bool:
    """Whether a word of several parts without capitals names a model: *a keel-base-lower model*."""
    word = tokens[index][0]
    if "-" not in word:
        return False
    behind = tokens[index + 1][0].lower() if index + 1 < len(tokens) else ""
    parts = word.lower().split("-")
    return (
        behind.rstrip("s") in ("model", "checkpoint")
        and word.isascii()
        and all(part.isalnum() for part in parts)
        and bool(MODEL_PARTS & set(parts[1:]))
        and not _FUNCTION & set(parts)
    )


def _phrase_start(tokens: list[tuple[str, int]], index: int) -> int:
    """Where the words begin that say which part is meant: ``English subset of``."""
    if index >= 3 and tokens[index - 1][0].lower() == "the" and tokens[index - 2][0].lower() == "of":
        index -= 1
    if index >= 3 and tokens[index - 1][0].lower() == "of" and tokens[index - 2][0].lower() in DATA_NOUNS:
        return tokens[index - 3][1] if tokens[index - 3][0].lower() in LANGUAGES else tokens[index - 2][1]
    return tokens[index][1]


def _phrase_end(text: str, start: int, last: int) -> int:
    ends = [at for at in (text.find(", ", start, last), text.find(" (", start, last)) if at >= 0]
    return min(ends, default=last)


def _aside_target(seen: Visible, tokens: list[tuple[str, int]], behind: int, end: int) -> str | None:
    """The Hub address that stands in brackets behind a name."""
    limit = tokens[behind][1] if behind < len(tokens) else len(seen.words)
    for mark in seen.marks:
        if end <= mark.start and mark.target and mark.start <= limit + 2 and hub_id(mark.target):
            between = seen.words[end : mark.start].strip(" (")
            if not between:
                return mark.target
    return None

"""Which words can be a name: by their capitals, figures and marks, and by what ordinary words look like."""

import re
from collections.abc import Iterator

from duediligence.facts.common_words import (
    LANGUAGES,
    LINK_WORDS,
    MACHINES,
    METHODS,
    PLACES,
    PLAIN_WORDS,
    QUANTITIES,
    SENTENCE_WORDS,
    words_of,
)
from duediligence.facts.markup import Mark, hub_id
from duediligence.facts.registry import lower_names

# One of them stands in every name, but one that is called a data set or model.
_SIGN = re.compile("[A-Z0-9\x80-\U0010ffff]")
CALLED = ("dataset", "corpus", "model", "checkpoint")
"""What stands behind a name without capitals."""

_TWO_SENTENCES = re.compile(r"[a-z][.!?][A-Z]")
_PAPERS = re.compile(
    r"arxiv\.org|aclanthology|openreview|doi\.org|\.pdf$|/papers?/|semanticscholar|proceedings", re.I
)
_AUTHORS = re.compile(r"\bet al\b|^\(?[A-Z][\w-]+ (?:and|&) [A-Z][\w-]+,? \(?\d{4}")
DOMAIN = re.compile(
    r"\b(?<![./@:])(?:[a-z0-9-]{2,40}\.){1,3}(?:com|org|net|edu|gov|info|io|co\.uk|de|fr|es|it|nl|se|ch|at|pl|ru|cn|jp"
    r"|kr|br|in|eu|za|ca|au|uk|tr|gr|pt|fi|dk|cz|hu|ro|mx|tw|nz|be|lu|ie|ua)\b(?![\w/])",
    re.I,
)
"""A website called by its address: *blogger.com*."""

_VERSION = re.compile(r"v?\d[\w.&+-]*")
MODEL_PARTS = words_of("base large small mini tiny medium xl xxl cased uncased")
"""Parts of the names of checkpoints: *bert-base-uncased*."""

_HUB_ID = re.compile(r"[a-z][a-z0-9_.-]*[a-z0-9]/[a-z][a-z0-9_.-]*[a-z0-9]")
_LOWER_ID = re.compile(rf"[/-](?:(?<=/)|(?:{'|'.join(sorted(MODEL_PARTS))})\b)")
SIZED = re.compile(r"[-_ ]\d+(?:\.\d+)?b\b", re.I)
"""A name that counts parameters in billions, as those of models do."""

_IN_NO_ID = words_of("to of shot training tuning time level based style only and or end source quality term")
_IN_NO_CHECKPOINT = _IN_NO_ID | words_of(
    """
    data pre fine post non self semi multi cross in out off on long short high low real few one zero left
    right open closed domain knowledge code rule user extra very too case customer install wide hand well
    """
)
"""Parts of compound words, in which hyphens make no id."""

_PLAIN_OWNERS = words_of(
    """
    train test validation dev image images text input output question answer prompt he his she yes src pre
    fine zero few real male female client speech audio video user users data docs scripts path home usr tmp
    read write start stop true false word token source target english
    """
)
"""Words in front of a stroke that own nothing: *train/test*, *src/data*."""

_ENDINGS = words_of("py json jsonl md txt yaml yml csv parquet html ipynb sh pdf png jpg")


def may_name(text: str, first: int, last: int) -> bool:
    """The quick look for anything between *first* and *last* that a name could be."""
    return (
        _SIGN.search(text, first, last) is not None
        or any([text.find(noun, first, last) >= 0 for noun in CALLED])
        or _LOWER_ID.search(text, first, last) is not None
        or (text.find(".", first, last) >= 0 and DOMAIN.search(text, first, last) is not None)
        or not lower_names().keys().isdisjoint([word.strip(".,;:()") for word in text[first:last].split()])
    )


def proper(token: str) -> bool:
    """Whether *token* can be (part of) a name: capitals, or letters mixed with digits."""
    if not token[0].isalpha() or (token.isalpha() and token.islower()) or "@" in token:
        return False
    if not token.isalpha() and _TWO_SENTENCES.search(token):
        # Two sentences without a space between them.
        return False
    return any(map(str.isupper, token)) or any(map(str.isdigit, token))


def ordinary(name: str) -> bool:
    """Whether *name* is an ordinary word for all its capitals: a language, a place, a machine, a method."""
    if _VERSION.fullmatch(name):
        return True
    words = [
        part
        for word in name.lower().split()
        for part in word.strip(".,;:()[]'\u2019").removeprefix("non-").split("-")
        if part
    ]
    if words and all(word in LANGUAGES for word in words):
        return True
    if any(word in LANGUAGES for word in words) and words[-1] in ("only", "language", "centric", "based"):
        return True
    words = [word.strip(".,;:()[]'\u2019").lower() for word in name.split()]
    if words and all(word.isdigit() for word in words[1:]):
        # "January 2018"
        words = words[:1]
    if any(word in MACHINES for word in words):
        return True
    return all(
        word in LANGUAGES
        or word in METHODS
        or word in PLACES
        or word in SENTENCE_WORDS
        or word in QUANTITIES
        or len(word) < 2
        or (word in PLAIN_WORDS and word.endswith("ed"))
        for word in words
    )


def is_lower_id(word: str) -> bool:
    """Whether a word without capitals is an id: *keel-lab/letters*, *keel-base-uncased*; not *and/or*."""
    if _HUB_ID.fullmatch(word):
        parts = re.split(r"[-_./]", word)
        ordinary_words = parts[0] in _PLAIN_OWNERS or parts[-1] in _ENDINGS or not _IN_NO_ID.isdisjoint(parts)
        return not ordinary_words and ("-" in word or "_" in word or any(map(str.isdigit, word)))
    parts_of_model = word.split("-")
    return (
        len(parts_of_model) > 1
        and not MODEL_PARTS.isdisjoint(parts_of_model[1:])
        and all(part.isalnum() and part.isascii() and part.islower() for part in parts_of_model)
        and _IN_NO_CHECKPOINT.isdisjoint(parts_of_model)
    )


def is_title(label: str, mark: Mark | None) -> bool:
    """Whether a label is the title of a paper or of a section, and not the name of a thing."""
    if mark is not None and mark.target is not None and mark.target.startswith("#"):
        return True
    words = len(label.split())
    linked = mark is not None and mark.target is not None and _PAPERS.search(mark.target)
    return words > 9 or label.endswith("'s one") or bool(linked and words > 4)


def could_only_be_a_name(name: str) -> bool:
    """Whether *name* has capitals, figures or strokes inside, or more than one word such as names have."""
    words = name.split()
    if len([word for word in words if proper(word)]) > 1:
        return True
    rest = "".join(words)[1:]
    return "_" in rest or any(char.isupper() or char.isdigit() for char in rest)


def name_of_address(address: str) -> str:
    """What a bare address names: the repository on the Hub, or the host elsewhere."""
    repo = hub_id(address)
    if repo is not None:
        return repo.partition("/")[2]
    rest = re.sub(r"^(?:https?://)?(?:www\.)?", "", address.strip())
    host, _, path = rest.partition("/")
    last = path.rstrip("/").rpartition("/")[2]
    return f"{host}/{path.rstrip('/')}" if host == "kaggle.com" and last else host.rstrip(".,;:")


def _each_word(text: str) -> Iterator[str]:
    """Lower-case words of *text*."""
    for found in re.finditer(r"[\w+#.-]+", text.lower()):
        yield found.group()


def says_nothing(label: str, target: str | None = None) -> bool:
    """Whether a link's label only points: *here*, *this paper*, *GitHub repository*."""
    words = [word for word in _each_word(label) if word not in ("the", "this", "a", "our", "s")]
    if words == ["arxiv"]:
        return bool(target and _PAPERS.search(target) and re.search(r"/(?:abs|pdf)/", target))
    return (
        not words
        or words[-1] in ("paper", "blog", "repository", "repo", "website")
        or _AUTHORS.search(label) is not None
        or (all(word in LINK_WORDS for word in words))
    )

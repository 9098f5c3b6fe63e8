"""One fact: something the evidence says, or does not say, and where."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

QUOTED_SOURCES = ("prose", "discussion", "page", "license_file")
"""Sources whose words are the fact, so that the quote counts when two facts are compared."""

SOURCES = ("api", "front_matter", "license_file", "prose", "discussion", "page", "computed")
STATES = ("stated", "absent", "unreadable", "not_reached")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something the evidence says, and where it says it."""

    repo: str
    """Typed id of the repo it is about."""

    key: str
    """What it is about, such as ``license``."""

    value: str | None
    """As written in the source; ``None`` when nobody states it."""

    state: str
    """``stated``, ``absent``, ``unreadable`` or ``not_reached``."""

    source: str | None = None
    """Where it says so: one of `SOURCES`; ``None`` unless stated."""

    file: str | None = None
    """Resource it was read from: ``info``, ``README.md``, ``LICENSE``, ``discussions/4``."""

    revision: str | None = None
    """Commit of that file."""

    bytes: tuple[int, int] | None = None
    """Half-open range of the quote in the body; ``None`` for a fact from the API."""

    pointer: str | None = None
    """JSON pointer into the body, for a fact from the API."""

    quote: str | None = None
    """Exactly those bytes, as UTF-8."""

    sha256: str | None = None
    """Digest of the body as received."""

    evidence: str | None = None
    """Number of the body in this case, such as ``E2``."""

    reason: str | None = None
    """Why it could not be read or reached."""

    searched: tuple[str, ...] = ()
    """Evidence looked through when nobody states it."""

    rests_on: tuple[str, ...] = field(default=())
    """Ids of the facts a computed fact was computed from."""

    upstream: str | None = None
    """Typed id, or ``name:…``, of what a passage names upstream; ``None`` for every other fact."""

    relation: str | None = None
    """How the passage says the repo was made from it: one of the lineage's relations."""

    by_list: bool = False
    """Whether the id of `upstream` is not the passage's: the list of well-known data sets calls it by that
    name."""

    words: str | None = None
    """Digest of all words of the document the quote only names, a license file or a thread: so that an edit
    or a reply below is seen. ``None`` where the quote is all that counts."""

    if not TYPE_CHECKING:

        def __init__(self, **given: Any) -> None:
            # What is not given is the default of its class. The method a frozen dataclass makes for itself
            # sets all fields one by one, which took a fifth of the time that reading metadata takes.
            if not _NEEDED <= given.keys() <= _KNOWN:
                wrong = sorted(_NEEDED - given.keys()) or sorted(given.keys() - _KNOWN)
                raise TypeError(f"a fact needs {', '.join(sorted(_NEEDED))} and knows no other: {wrong}")
            self.__dict__.update(given)

    def about(self, key: str) -> "Fact":
        """The same about another *key*: for the many that nobody states."""
        other = object.__new__(Fact)
        other.__dict__.update(self.__dict__, key=key)
        other.__dict__.pop("id", None)
        return other

    @cached_property
    def id(self) -> str:
        """``f-`` and twelve hex digits over what makes two facts the same."""
        same: list[str | None] = [self.repo, self.key, self.source, self.state, self.value]
        if self.source in QUOTED_SOURCES:
            same.append(collapse(self.quote or ""))
        # Compact JSON with the characters as they are, in UTF-8: the form in which two readers agree.
        text = json.dumps(same, ensure_ascii=False, separators=(",", ":"))
        return "f-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def to_json(self) -> dict[str, Any]:
        """The object of the contract; fields that only some facts have are left out of the others."""
        out: dict[str, Any] = {
            "id": self.id,
            "repo": self.repo,
            "key": self.key,
            "value": self.value,
            "state": self.state,
            "source": self.source,
            "file": self.file,
            "revision": self.revision,
            "bytes": list(self.bytes) if self.bytes else None,
            "pointer": self.pointer,
            "quote": self.quote,
            "sha256": self.sha256,
            "evidence": self.evidence,
        }
        if self.reason:
            out["reason"] = self.reason
        if self.searched:
            out["searched"] = list(self.searched)
        if self.rests_on:
            out["rests_on"] = list(self.rests_on)
        if self.upstream:
            out["upstream"] = self.upstream
            out["relation"] = self.relation
        if self.by_list:
            out["by_list"] = True
        if self.words:
            out["words"] = self.words
        return out

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Fact":
        """Read a fact kept in an event; unknown fields of later versions are left aside."""
        span = given.get("bytes")
        return cls(
            repo=given["repo"],
            key=given["key"],
            value=given["value"],
            state=given["state"],
            source=given.get("source"),
            file=given.get("file"),
            revision=given.get("revision"),
            bytes=(span[0], span[1]) if span else None,
            pointer=given.get("pointer"),
            quote=given.get("quote"),
            sha256=given.get("sha256"),
            evidence=given.get("evidence"),
            reason=given.get("reason"),
            searched=tuple(given.get("searched", ())),
            rests_on=tuple(given.get("rests_on", ())),
            upstream=given.get("upstream"),
            relation=given.get("relation"),
            by_list=bool(given.get("by_list")),
            words=given.get("words"),
        )


_NEEDED = frozenset(one.name for one in fields(Fact) if one.default is MISSING)
_KNOWN = frozenset(one.name for one in fields(Fact))


def collapse(text: str) -> str:
    """*text* with every run of white space as one space, ends trimmed."""
    return " ".join(text.split())


def digest_of_words(texts: Iterable[str]) -> str:
    """What tells one document from another by its words alone: 16 hex digits, white space left aside."""
    words = "\n".join(collapse(text) for text in texts)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]

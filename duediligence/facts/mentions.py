"""Training data and base models that a card names in its prose, each with the relation its grammar states."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from duediligence.facts.ancestry import ancestors
from duediligence.facts.common_words import words_of
from duediligence.facts.found import Found
from duediligence.facts.markup import hub_id
from duediligence.facts.passage import Passage
from duediligence.facts.registry import find_dataset, same_name
from duediligence.facts.sources import sources
from duediligence.facts.tongues import CUES as OTHER_TONGUES
from duediligence.facts.tongues import in_other_tongues
from duediligence.facts.training import training
from duediligence.repo import KINDS, NAMED, kind_of, shown

EVALUATED = "evaluated_on"
_TUNED = ("adapter_of", "finetuned_from", "initialized_from")


@dataclass(frozen=True, kw_only=True)
class Mention:
    """Something upstream that one passage names."""

    name: str
    """As the passage names it."""

    upstream: str
    """Typed id that the card links or the registry knows, or ``name:…``."""

    relation: str
    """One of the relations of the lineage."""

    start: int
    """First character of the passage in the card's text."""

    end: int
    by_list: bool = False
    """Whether the id is what the registry calls by that name, and the card itself gives none."""


def read_mentions(
    passages: Sequence[Passage], repo: str, declared: Collection[str] = ()
) -> tuple[Mention, ...]:
    """What *passages* say *repo* is made from or measured on, once for each name and passage, in order.

    *declared* are the typed ids its metadata states, as written: a name that means one of them gets it.
    What a card only compares itself with, cites or runs code on is no mention; neither is the repo itself.
    """
    found: list[tuple[Passage, Found]] = []
    if kind_of(repo) == "datasets":
        found += [(passage, one) for passage in passages for one in sources(passage)]
    else:
        known: set[str] = set()
        for passage in passages:
            elsewise = in_other_tongues(passage) if passage.cues & OTHER_TONGUES else ()
            bases = tuple(ancestors(passage, repo))
            for one in (*training(passage, known), *bases, *elsewise):
                if one.relation == "trained_on":
                    # "This LoRA was trained on X": what a sentence calls the base is no data in it.
                    if any(one.name == base.name and base.relation in _TUNED for base in bases):
                        continue
                    known.add(same_name(one.name))
                if passage.kind != "heading" or _surely_named(one, passage):
                    found.append((passage, one))
    headings = {passage.start for passage in passages if passage.kind == "heading"}
    linked = _linked(passages)
    meant = {kind: Declared(item for item in declared if kind_of(item) in (kind, None)) for kind in KINDS}
    out: dict[tuple[int, str, str], Mention] = {}
    for passage, one in found:
        upstream = _upstream(one, linked, meant)
        listed = "" if upstream else _by_list(one)
        mention = Mention(
            name=_written(one),
            upstream=upstream or listed or NAMED + " ".join(one.name.split()),
            by_list=kind_of(listed) is not None and shown(listed).lower() not in passage.raw.lower(),
            relation=one.relation,
            start=passage.start,
            end=passage.end,
        )
        if not _is_itself(mention, repo):
            out.setdefault((mention.start, mention.upstream, mention.relation), mention)
    # What a heading says a sentence may say at more length.
    said = {(one.upstream, one.relation) for one in out.values() if one.start not in headings}
    kept = [
        one for one in out.values() if one.start not in headings or (one.upstream, one.relation) not in said
    ]
    return tuple(_one_name_each(kept))


def _surely_named(one: Found, heading: Passage) -> bool:
    """Whether words of a heading, in which any may have a capital, name something all the same."""
    inner = re.search(r"[a-z][A-Z]|[A-Z]{2}|\d|-", one.name) or f'"{one.name}"' in heading.raw
    return bool(inner) or one.target is not None or find_dataset(one.name) is not None


def _written(one: Found) -> str:
    """The name as the passage gives it; the longer words when they say which part of it is meant."""
    part = None if one.is_model else find_dataset(one.phrase)
    return one.phrase if part is not None and part is not find_dataset(one.name) else one.name


def _upstream(one: Found, linked: Mapping[str, str], declared: Mapping[str, "Declared"]) -> str | None:
    """What the card says the name stands for: its own link, what is declared, a link elsewhere in it."""
    kind = "models" if one.is_model else "datasets"
    own = hub_id(one.target) if one.target else None
    if own and kind_of(own) == kind:
        # A link under a former id means the declared repository of that name.
        former = declared[kind].last(shown(own)) if "/" not in shown(own) else None
        return former or own
    meant = declared[kind].meant_by(one.name)
    if meant:
        return meant
    return linked.get(f"{kind}:{same_name(one.name)}")


def _by_list(one: Found) -> str:
    """What the list of well-known data sets calls by that name; empty when it knows none."""
    known = None if one.is_model else find_dataset(one.phrase) or find_dataset(one.name)
    return (known.upstream or NAMED + known.name) if known else ""


class Declared:
    """The declared ids of one kind, found again by the names people give them."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._by_last: dict[str, str] = {}
        self._by_part: dict[str, str] = {}
        self._by_known: dict[str, str] = {}
        for item in ids:
            last = same_name(_last(item))
            self._by_last.setdefault(last, item)
            for part in _parts(item):
                self._by_part.setdefault(part, item)
            known = find_dataset(last)
            if known:
                self._by_known.setdefault(known.id, item)
        # Names inside names are looked for among the first ones only: no card declares more in earnest.
        self._inside = [(last, item) for last, item in list(self._by_last.items())[:300] if len(last) > 3]

    def last(self, name: str) -> str | None:
        """The declared id that ends in *name*."""
        return self._by_last.get(same_name(name))

    def meant_by(self, name: str) -> str | None:
        """The declared id *name* means, as *English Wikipedia* is ``datasets/wikipedia``; or ``None``."""
        words = [word for word in name.replace("-", " ").split() if word.lower() not in _TONGUES]
        plain = same_name(" ".join(words))
        known = find_dataset(name)
        exact = self._by_last.get(plain) or self._by_part.get(plain)
        if exact or (known and known.id in self._by_known):
            return exact or self._by_known[known.id if known else ""]
        if len(plain) < 4:
            return None
        for last, item in self._inside:
            longer = plain.endswith(last) if kind_of(item) == "models" else last in plain
            if (plain in last or longer) and not (known and find_dataset(last)):
                return item
        return None


def _last(repo: str) -> str:
    return shown(repo).rpartition("/")[2]


def _parts(repo: str) -> set[str]:
    """The words a repository's name is put together from."""
    words = re.split(r"[-_./]", shown(repo).rpartition("/")[2].lower())
    return {word for word in words if len(word) > 2 and word not in ("dataset", "data", "model", "corpus")}


_TONGUES = words_of("english french german spanish italian chinese multilingual")


def _linked(passages: Sequence[Passage]) -> Mapping[str, str]:
    """Every name the card links to a repository on the Hub, by kind and name."""
    out: dict[str, str] = {}
    for passage in passages:
        if "hf.co/" not in passage.raw and "huggingface.co/" not in passage.raw:
            continue
        seen = passage.seen
        for mark in seen.marks:
            repo = hub_id(mark.target) if mark.target else None
            label = same_name(seen.words[mark.start : mark.end])
            if repo and len(label) > 2 and "/" in shown(repo):
                out.setdefault(f"{kind_of(repo)}:{label}", repo)
                last = same_name(shown(repo).rpartition("/")[2])
                if last == label or kind_of(repo) == "models":
                    out.setdefault(f"{kind_of(repo)}:{last}", repo)
    return out


def _is_itself(mention: Mention, repo: str) -> bool:
    if mention.upstream.lower() == repo.lower():
        return True
    own = same_name(shown(repo).rpartition("/")[2])
    return mention.upstream.startswith(NAMED) and same_name(mention.name) == own


def _one_name_each(mentions: list[Mention]) -> list[Mention]:
    """The same, with a shortened name meaning the longer one: *MIMIC* is *MIMIC III* in the same card."""
    longer: dict[tuple[str, str], str] = {}
    for mention in mentions:
        name = shown(mention.upstream).rpartition("/")[2].lower()
        for cut in re.finditer(r"[ _-]", name[:80]):
            longer.setdefault((mention.relation, name[: cut.start()]), mention.upstream)
    out = []
    for mention in mentions:
        name = mention.upstream.removeprefix(NAMED).lower()
        full = longer.get((mention.relation, name)) if mention.upstream.startswith(NAMED) else None
        out.append(replace(mention, upstream=full) if full and len(name) > 3 else mention)
    return out

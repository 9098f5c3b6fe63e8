"""Section 1 of the memo and its annex: what the sources say about each repository, and what nobody says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duediligence.facts.fact import QUOTED_SOURCES, Fact, collapse
from duediligence.memo.exhibits import COVERAGE, Exhibits
from duediligence.memo.keys import GROUPS, is_term, key_words
from duediligence.memo.origin import says
from duediligence.memo.statement import Span, Statement, name, quote, say, words
from duediligence.memo.words import STATES, joined, plain, sentence
from duediligence.repo import shown

_OTHER = "Other"
_VALUE_LIMIT = 300


@dataclass(frozen=True, kw_only=True)
class FactLine:
    """One thing one or more sources say in the same words, or nobody says."""

    kind: str
    """``The card says``, ``We looked and did not find`` …"""

    statement: Statement
    ids: tuple[str, ...]
    """Ids of the facts this line stands for."""

    mark: str
    """``new`` or ``changed`` since the last memo; else empty."""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """Everything stated under one key."""

    title: str
    lines: tuple[FactLine, ...]
    differ: bool
    """Whether its sources do not say the same; then they stand side by side."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Topics under one heading."""

    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, kw_only=True)
class RepoFacts:
    """All facts about one repository."""

    anchor: str
    title: str
    link: str
    identity: Statement
    groups: tuple[Group, ...]
    silences: tuple[FactLine, ...]
    """What nobody states, what could not be read and what could not be reached."""


def repo_facts(ex: Exhibits, repo: str, anchor: str) -> RepoFacts:
    """What is known about *repo*, in the order of the page; every fact is in exactly one line."""
    facts = [fact for fact in ex.inputs.facts if fact.repo == repo]
    stated = [fact for fact in facts if fact.state == "stated"]
    info = next((e for e in ex.inputs.entries if e.repo == repo and e.resource == "info"), None)
    return RepoFacts(
        anchor=anchor,
        title=shown(repo),
        link=ex.link(repo, info.revision if info else None),
        identity=_identity(ex, repo),
        groups=tuple(_groups(ex, stated)),
        silences=tuple(_silences(ex, [fact for fact in facts if fact.state != "stated"])),
    )


def _identity(ex: Exhibits, repo: str) -> Statement:
    kind = {"models": "Model", "datasets": "Dataset"}.get(repo.partition("/")[0], "Named only, without an id")
    info = next((e for e in ex.inputs.entries if e.repo == repo and e.resource == "info"), None)
    if info is None:
        return say(f"{kind}. It was not asked for.", support=(COVERAGE,))
    now = words("; today ", name(shown(info.now))) if info.now else ()
    revision = words(", revision ", name(info.revision)) if info.revision else ()
    looked = f" Looked {ex.moment(info.received_at)} ({ex.zone[1]})."
    return say(
        f"{kind}, {STATES.get(info.state, plain(info.state))}",
        now,
        revision,
        ".",
        looked,
        support=ex.ref(info.evidence) or (COVERAGE,),
    )


def _groups(ex: Exhibits, stated: Sequence[Fact]) -> Iterable[Group]:
    by_key: dict[str, list[Fact]] = {}
    for fact in stated:
        by_key.setdefault(fact.key, []).append(fact)
    terms = sorted(key for key in by_key if is_term(key))
    known = {key for keys in GROUPS.values() for key in keys.split()} | set(terms)
    for title, keys in {**GROUPS, _OTHER: " ".join(sorted(set(by_key) - known))}.items():
        topics = [_topic(ex, key, by_key[key]) for key in keys.split() if key in by_key]
        if title == "License" and terms:
            topics.append(_terms(ex, [fact for key in terms for fact in by_key[key]]))
        if topics:
            yield Group(title=title, topics=tuple(topics))


def _topic(ex: Exhibits, key: str, facts: Sequence[Fact]) -> Topic:
    by_source: dict[str, list[Fact]] = {}
    for fact in facts:
        by_source.setdefault(says(fact), []).append(fact)
    said = {
        kind: tuple(dict.fromkeys(_in_words(fact) for fact in group)) for kind, group in by_source.items()
    }
    together: dict[tuple[tuple[Span, ...], ...], list[str]] = {}
    for kind, values in said.items():
        together.setdefault(values, []).append(kind)
    return Topic(
        title=key_words(key).capitalize(),
        lines=tuple(
            _line(ex, kinds, values, [fact for kind in kinds for fact in by_source[kind]])
            for values, kinds in together.items()
        ),
        differ=ex.differ(facts[0].repo, facts),
    )


def _line(
    ex: Exhibits, kinds: Sequence[str], values: Sequence[tuple[Span, ...]], facts: Sequence[Fact]
) -> FactLine:
    spans: list[Span | str] = []
    for i, value in enumerate(values):
        spans.extend(("; ", *value) if i else value)
    return FactLine(
        kind=" · ".join(kinds),
        statement=say(*spans, support=ex.refs(facts)),
        ids=tuple(fact.id for fact in facts),
        mark=ex.fact_mark(facts),
    )


def _in_words(fact: Fact) -> tuple[Span, ...]:
    value = fact.value or ""
    if fact.source in QUOTED_SOURCES and fact.quote:
        same = collapse(value) in collapse(fact.quote)
        read = () if same else words(", read as ", quote(value, 80))
        return words(quote(fact.quote), read)
    if fact.source == "computed" or value in ("true", "false", "True", "False"):
        return words({"true": "yes", "false": "no"}.get(value.lower(), value))
    return words(quote(value, _VALUE_LIMIT))


def _terms(ex: Exhibits, facts: Sequence[Fact]) -> Topic:
    spans: list[Span | str] = []
    for fact in facts:
        spans.extend(["; " if spans else "", f"{key_words(fact.key)}: {plain(fact.value or '')}"])
    line = FactLine(
        kind="Worked out from the facts",
        statement=say(*spans, support=ex.refs(facts)),
        ids=tuple(fact.id for fact in facts),
        mark=ex.fact_mark(facts),
    )
    return Topic(title="Terms of that license, as the law files record them", lines=(line,), differ=False)


def _silences(ex: Exhibits, facts: Sequence[Fact]) -> Iterable[FactLine]:
    groups: dict[tuple[str, str, tuple[str, ...]], list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: ("absent", "unreadable", "not_reached").index(fact.state)):
        groups.setdefault((says(fact), fact.reason or "", tuple(sorted(fact.searched))), []).append(fact)
    for (kind, reason, searched), group in groups.items():
        keys = list(dict.fromkeys(_silent_key(fact.key) for fact in group))
        where = f" Searched: {ex.searched(searched)}." if searched else ""
        why = words(" Reason: ", quote(reason, _VALUE_LIMIT), ".") if reason else ()
        yield FactLine(
            kind=kind,
            statement=say(sentence(joined(keys)), why, where, support=ex.refs(group)),
            ids=tuple(fact.id for fact in group),
            mark=ex.fact_mark(group),
        )


def _silent_key(key: str) -> str:
    return "the terms of a license" if is_term(key) else key_words(key)

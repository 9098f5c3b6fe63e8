"""Section 1 of the memo and its annex: what the sources say about each repository, and what nobody says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from duediligence.facts.fact import QUOTED_SOURCES, Fact, collapse
from duediligence.facts.licenses import compares_nothing
from duediligence.knowledge.law import Law
from duediligence.memo.exhibits import COVERAGE, Exhibits
from duediligence.memo.keys import GROUPS, fact_words, is_term, key_words
from duediligence.memo.origin import says
from duediligence.memo.quoting import theirs, unmarked
from duediligence.memo.statement import Span, Statement, name, quote, say, words
from duediligence.memo.terms import term_words
from duediligence.memo.words import STATES, counted, joined, opened, plain, sentence
from duediligence.repo import shown

_OTHER = "Other"
_VALUE_LIMIT = 300
_ADDRESSES = ("contact", "license_link")
"""Keys whose facts may stand in the target of a link."""

MOST = 2
"""Passages of one source under one key that section 1 quotes; annex G has the others."""


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

    passages: tuple[tuple[tuple[Span, ...], tuple[str, ...]], ...] = ()
    """What is said, one thing after another, each with the ids of the facts that say it."""

    more: int = 0
    """Passages left to annex G."""


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

    further: tuple[Topic, ...] = ()
    """The passages there is no room for in section 1; they stand in annex G."""


def in_section(facts: RepoFacts) -> RepoFacts:
    """*facts* for section 1: of many passages of one source the first ones, the others apart."""
    further = [topic for group in facts.groups for one in group.topics if (topic := _rest(one)) is not None]
    groups = tuple(replace(group, topics=tuple(map(_first, group.topics))) for group in facts.groups)
    return replace(facts, groups=groups, further=tuple(further))


def _first(topic: Topic) -> Topic:
    lines = (replace(one, passages=one.passages[:MOST], more=len(one.passages[MOST:])) for one in topic.lines)
    return replace(topic, lines=tuple(map(_told, lines)))


def _rest(topic: Topic) -> Topic | None:
    lines = tuple(_told(replace(one, passages=one.passages[MOST:])) for one in topic.lines)
    lines = tuple(one for one in lines if one.passages)
    return replace(topic, lines=lines, differ=False) if lines else None


def _told(line: FactLine) -> FactLine:
    """*line* with the sentence and the facts of the passages it still has."""
    if not line.passages:
        return line
    spans: list[Span | str] = []
    for i, (said, _) in enumerate(line.passages):
        spans.extend(("; ", *said) if i else said)
    spans += [f"; {counted(line.more, 'more passage')} in annex G."] if line.more else []
    ids = tuple(id for _, facts in line.passages for id in facts)
    return replace(line, statement=say(*spans, support=line.statement.support), ids=ids)


def repo_facts(ex: Exhibits, repo: str, anchor: str) -> RepoFacts:
    """What is known about *repo*, in the order of the page; every fact is in exactly one line."""
    facts = ex.facts_of.get(repo, ())
    stated = [fact for fact in facts if fact.state == "stated"]
    info = ex.entry(repo, "info")
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
    info = ex.entry(repo, "info")
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
        here = [key for key in keys.split() if key in by_key]
        none = [key for key in here if all(map(_is_none, by_key[key]))]
        topics = [_topic(ex, key, by_key[key]) for key in here if key not in none]
        if none:
            topics.append(_not_so(ex, [fact for key in none for fact in by_key[key]]))
        if title == "License" and terms:
            topics.append(_terms(ex, [fact for key in terms for fact in by_key[key]]))
        if topics:
            yield Group(title=title, topics=tuple(topics))


def _topic(ex: Exhibits, key: str, facts: Sequence[Fact]) -> Topic:
    by_source: dict[str, list[Fact]] = {}
    # In the order in which a source says them.
    for fact in sorted(facts, key=lambda fact: fact.bytes or (0, 0)):
        by_source.setdefault(says(fact), []).append(fact)
    told = {id(fact): _in_words(fact) for fact in facts}
    said = {kind: tuple(dict.fromkeys(told[id(fact)] for fact in group)) for kind, group in by_source.items()}
    together: dict[tuple[tuple[Span, ...], ...], list[str]] = {}
    for kind, values in said.items():
        together.setdefault(values, []).append(kind)
    return Topic(
        title=key_words(key).capitalize(),
        lines=tuple(
            _line(ex, kinds, values, [(fact, told[id(fact)]) for kind in kinds for fact in by_source[kind]])
            for values, kinds in together.items()
        ),
        differ=ex.differ(facts[0].repo, facts),
    )


def _line(
    ex: Exhibits,
    kinds: Sequence[str],
    values: Sequence[tuple[Span, ...]],
    told: Sequence[tuple[Fact, tuple[Span, ...]]],
) -> FactLine:
    having: dict[tuple[Span, ...], list[str]] = {value: [] for value in values}
    for fact, value in told:
        having[value].append(fact.id)
    facts = [fact for fact, _ in told]
    line = FactLine(
        kind=" · ".join(kinds),
        statement=say(support=ex.refs(facts)),
        ids=(),
        mark=ex.fact_mark(facts),
        passages=tuple((value, tuple(ids)) for value, ids in having.items()),
    )
    return _told(line)


def _in_words(fact: Fact) -> tuple[Span, ...]:
    if fact.source not in QUOTED_SOURCES or not fact.quote:
        return theirs(fact, _VALUE_LIMIT)
    value = collapse(fact.value or "")
    same = any(value in collapse(text) for text in (fact.quote, unmarked(fact.quote)))
    # A title read out of JSON is the value itself.
    read = () if same or fact.source == "discussion" else words(", read as ", quote(fact.value or "", 80))
    return words(_without_links(fact, value), read)


def _without_links(fact: Fact, value: str) -> tuple[Span, ...]:
    # The target of a link is read in the evidence and would drown the words here, unless it is the point.
    text = unmarked(fact.quote or "", addresses=fact.key in _ADDRESSES)
    shown_so = fact.source == "prose" and value in collapse(text)
    return words(quote(text)) if shown_so or fact.key in _ADDRESSES else theirs(fact)


def _is_none(fact: Fact) -> bool:
    return fact.source == "computed" and fact.value in ("false", "0")


def _not_so(ex: Exhibits, facts: Sequence[Fact]) -> Topic:
    """What was worked out and is not so, in one line: it is nothing to weigh, and nothing to leave out."""
    told = {
        "none of this is so": [fact for fact in facts if not compares_nothing(fact)],
        "nothing it is made from has terms to compare with, so not compared": [
            fact for fact in facts if compares_nothing(fact)
        ],
    }
    lines = [
        FactLine(
            kind="Worked out from the facts",
            statement=say(
                sentence(f"{opening}: " + "; ".join(dict.fromkeys(key_words(fact.key) for fact in some))),
                support=ex.refs(some),
            ),
            ids=tuple(fact.id for fact in some),
            mark=ex.fact_mark(some),
        )
        for opening, some in told.items()
        if some
    ]
    return Topic(title="Comparisons", lines=tuple(lines), differ=False)


def _terms(ex: Exhibits, facts: Sequence[Fact]) -> Topic:
    line = FactLine(
        kind="Worked out from the facts",
        statement=say(_by_value(facts, ex.inputs.law), support=ex.refs(facts)),
        ids=tuple(fact.id for fact in facts),
        mark=ex.fact_mark(facts),
    )
    return Topic(title="Terms of that license, as the law files record them", lines=(line,), differ=False)


def _by_value(facts: Sequence[Fact], law: Law) -> str:
    """``Yes: commercial use, derivatives. None: attribution …``: each value once, with what has it."""
    having: dict[str, list[str]] = {}
    for fact in facts:
        having.setdefault(_short(fact, law), []).append(key_words(fact.key))
    order = sorted(having, key=lambda value: (-len(having[value]), value))
    shared = [f"{opened(value)}: {', '.join(having[value])}." for value in order if len(having[value]) > 1]
    alone = [f"{having[value][0]}: {value}" for value in order if len(having[value]) == 1]
    return " ".join([*shared, *([sentence(opened("; ".join(alone)))] if alone else [])])


_SAME = ("yes", "no", "none", "unknown", "unclear", "likely", "conditional")
"""Values that mean alike in every term: those together make one line."""


def _short(fact: Fact, law: Law) -> str:
    return plain(fact.value or "") if fact.value in _SAME else term_words(fact, law)


def _silences(ex: Exhibits, facts: Sequence[Fact]) -> Iterable[FactLine]:
    groups: dict[tuple[str, str, tuple[str, ...]], list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: ("absent", "unreadable", "not_reached").index(fact.state)):
        groups.setdefault((says(fact), fact.reason or "", tuple(sorted(fact.searched))), []).append(fact)
    for (kind, reason, searched), group in groups.items():
        keys = list(dict.fromkeys(_silent_key(fact) for fact in group))
        where = f" Searched: {ex.searched(searched)}." if searched else ""
        why = words(" Reason: ", quote(reason, _VALUE_LIMIT), ".") if reason else ()
        yield FactLine(
            kind=kind,
            statement=say(sentence(joined(keys)), why, where, support=ex.refs(group)),
            ids=tuple(fact.id for fact in group),
            mark=ex.fact_mark(group),
        )


def _silent_key(fact: Fact) -> str:
    return "the terms of a license" if is_term(fact.key) else fact_words(fact)

"""Several candidates as plain text: one block a topic, one entry a case, at most 100 columns wide."""

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from duediligence.candidates import Candidate, Topic
from duediligence.cli.text import NOT_SAID, STATUS
from duediligence.facts.fact import QUOTED_SOURCES, Fact
from duediligence.facts.lineage import Edge, Node
from duediligence.memo.keys import key_words
from duediligence.memo.origin import in_the
from duediligence.memo.quoting import theirs, unmarked
from duediligence.memo.words import RELATIONS, STATES, counted, joined, taken_for
from duediligence.repo import shown
from duediligence.standing import open_dates
from duediligence.surroundings import command
from duediligence.visible import visible_line

WIDTH = 100
_MOST = 3
_LONG = 160
_TITLES = {
    "license": "License",
    "made_from": "Made from",
    "access": "Access",
    "legal_basis": "Legal basis",
    "personal_data": "Personal data",
    "out_of_scope_use": "Uses out of scope",
    "provider": "Provider and contact",
}
_OPTIONAL = (
    "undisclosed_data",
    "generated_by",
    "memorization",
    "compute",
    "license_name",
    "license_link",
    "extra_gated_prompt",
    "extra_gated_eu_disallowed",
)
"""Keys whose silence is the ordinary case and tells nothing."""

_STANDING = STATUS | {"supported": "supported, not established"}
_OPEN = "open, not known whether it holds"
_ORDER = (*_STANDING.values(), _OPEN)
_CAUTION = (
    "No verdict and no order: cases stand as they were named. Findings rest on the answers in each case, so "
    "numbers of cases with other answers say nothing about the models."
)


def side_by_side(cases: Sequence[Candidate], problems: Mapping[str, str]) -> str:
    """The cases topic by topic; those that say the same stand together.

    *problems* maps a folder that cannot be read to the reason.
    """
    lines = [line for one in cases for line in _head(one)]
    for folder, why in problems.items():
        named = why if why.startswith(folder) else f"{folder}: {why}"
        lines += _wrapped(named, 0, hang=2, whole=True)
    looked = [one for one in cases if one.captured]
    for id, title in _TITLES.items():
        lines += _block(title, looked, lambda one, id=id: _topic(one, id))  # type: ignore[misc]
    lines += _block("Findings so far", looked, _findings)
    lines += _block("Questions", cases, _questions)
    lines += _block("Dates ahead", looked, _dates)
    if looked:
        days = dict.fromkeys(one.findings.as_of for one in looked if one.findings)
        lines += ["", *_wrapped(f"Law as of {joined(list(days))}. {_CAUTION}", 0)]
    return "\n".join(lines)


def _head(one: Candidate) -> Iterator[str]:
    yield from _wrapped(f"{one.folder}: {shown(one.repo)}", 0, hang=2, whole=True)
    first = "" if one.captured else f" First: {command()} capture {one.folder}"
    yield from _wrapped(f"{one.looked}{first}", 2, whole=True)


def _block(
    title: str, cases: Sequence[Candidate], says: Callable[[Candidate], Sequence[str]]
) -> Iterator[str]:
    together: dict[tuple[str, ...], list[str]] = {}
    for one in cases:
        together.setdefault(tuple(says(one)), []).append(str(one.folder))
    if together:
        yield ""
        yield title
    for said, folders in together.items():
        yield from _wrapped(", ".join(folders), 2, whole=True)
        for line in said:
            yield from _wrapped(line, 6, hang=2)


def _wrapped(text: str, indent: int, hang: int = 0, *, whole: bool = False) -> list[str]:
    """*text* in lines of at most 100 columns; with *whole*, a path stays whole however long it is."""
    return textwrap.wrap(
        visible_line(text, 2000),
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_on_hyphens=False,
        break_long_words=not whole,
    )


def _topic(one: Candidate, id: str) -> list[str]:
    topic = next(topic for topic in one.topics if topic.id == id)
    chain = [_edge(edge, node) for edge, node in one.made_from] if id == "made_from" else []
    told = {edge.fact for edge, _ in one.made_from}
    lines = [*chain, *_stated([fact for fact in topic.stated if fact.id not in told])]
    if id == "made_from":
        lines += [f"further up: {joined([shown(name) for name in one.further])}"] * bool(one.further)
        lines += [f"not complete: {limit}" for limit in one.limits]
    return [*lines, *_not_stated(topic)]


def _edge(edge: Edge, node: Node | None) -> str:
    how = {"declared": "declared", "prose": "only named in the text", "person": "as a person says"}
    decided = {True: ", accepted", False: ", rejected and not counted", None: ""}[edge.accepted]
    taken = f", {taken_for(edge.upstream)}" if edge.by_list else ""
    said = f"{RELATIONS[edge.relation]} {shown(edge.upstream)} ({how[edge.stated_in]}{taken}{decided})"
    if node is None or node.state is None:
        return said
    values = dict.fromkeys(value for value, _, _ in node.license if value)
    state = "" if node.state in ("present", "empty") else f"; {STATES[node.state]}"
    return f"{said}: {f'license {joined(list(values))}' if values else 'no license read'}{state}"


def _stated(facts: Sequence[Fact]) -> Iterator[str]:
    """A line for each thing said, with every place that says it."""
    places: dict[tuple[str, str], list[str]] = {}
    for fact in facts:
        places.setdefault((fact.key, _said(fact)), []).append(in_the(fact))
    many = Counter(key for key, _ in places)
    shown_so_far: Counter[str] = Counter()
    for (key, said), where in places.items():
        shown_so_far[key] += 1
        if shown_so_far[key] <= _MOST:
            # Below its own title a key needs no name.
            name = "" if key in _TITLES else f"{key_words(key)}: "
            yield f"{name}{said} ({joined(list(dict.fromkeys(where)))})"
        elif shown_so_far[key] == many[key]:
            yield f"and {many[key] - _MOST} more on {key_words(key)}"


def _said(fact: Fact) -> str:
    """What a fact says: sentences of others as a quotation, without the signs a card is marked up with."""
    spans = theirs(fact)
    text = "".join(span.text for span in spans)
    said = visible_line(unmarked(text) if fact.source == "prose" else text, _LONG)
    if fact.key == "gated" and spans[0].kind == "quote":
        return f"asked for, “{said}”"
    sentence = fact.source in QUOTED_SOURCES or (spans[0].kind == "quote" and " " in said)
    return f"“{said}”" if sentence else said


def _not_stated(topic: Topic) -> Iterator[str]:
    """A line for each way of not being stated; silence is told apart from what could not be read."""
    stated = {fact.key for fact in topic.stated}
    silent = [fact for fact in topic.facts if fact.key not in stated]
    absent = _names(fact for fact in silent if fact.state == "absent" and fact.key not in _OPTIONAL)
    if absent:
        yield f"not found: {absent}; looked in: {joined(topic.looked_in)}"
    for state in ("unreadable", "not_reached"):
        ours = [fact for fact in silent if fact.state == state]
        reason = next((f" ({visible_line(fact.reason, _LONG)})" for fact in ours if fact.reason), "")
        if ours:
            yield f"{NOT_SAID[state]}: {_names(ours)}{reason}"


def _names(facts: Iterable[Fact]) -> str:
    return ", ".join(dict.fromkeys(key_words(fact.key) for fact in facts))


def _findings(one: Candidate) -> list[str]:
    assert one.findings is not None
    found = one.findings.findings
    numbers = Counter(_OPEN if each.in_question else _STANDING[each.status] for each in found)
    said = [f"{words}: {numbers[words]}" for words in _ORDER if numbers[words]]
    waiting = len(one.findings.waiting)
    return [
        "; ".join(said) or "none",
        *([f"{counted(waiting, 'rule')} waiting for answers"] if waiting else []),
    ]


def _questions(one: Candidate) -> list[str]:
    states = Counter(each.state for each in one.open)
    again, twice = states["needs_another_look"], states["two_answers"]
    more = f", {again} of them to be looked at again" if again else ""
    more += f", {twice} of them with two answers" if twice else ""
    return [f"{len(one.open)} open{more}"]


def _dates(one: Candidate) -> list[str]:
    assert one.findings is not None
    return [str(each) for each in open_dates(one.findings)] or ["none on file"]

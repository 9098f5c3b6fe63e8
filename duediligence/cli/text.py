"""Values as plain text for a terminal; nothing in other people's words steers it."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from duediligence.analysis.situation import Asked, Finding, Findings
from duediligence.facts.fact import Fact
from duediligence.facts.lineage import Edge, Lineage
from duediligence.repo import shown
from duediligence.visible import visible_line

STATUS = {
    "established": "established on the text",
    "supported": "supported",
    "contested": "contested",
    "gap": "missing",
    "not_applicable": "does not apply",
}
NOT_SAID = {"absent": "looked, not found", "unreadable": "not readable", "not_reached": "not reached"}
OWNERS = (("you", "For you"), ("provider", "For the provider"), ("counsel", "For counsel"))


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A function that shows one line of progress: rewritten in a terminal, one after the other elsewhere."""
    rewritten = sys.stderr.isatty()

    def tell(line: str) -> None:
        shown_line = visible_line(line, 110)
        print(
            f"\r\x1b[K{shown_line}" if rewritten else shown_line,
            end="" if rewritten else "\n",
            file=sys.stderr,
        )
        sys.stderr.flush()

    try:
        yield tell
    finally:
        if rewritten:
            print("\r\x1b[K", end="", file=sys.stderr)


def facts(found: Sequence[Fact]) -> str:
    """Facts by repo, each with its source and quote; what nobody states in one line for each repo."""
    lines = []
    for repo in dict.fromkeys(fact.repo for fact in found):
        ours = [fact for fact in found if fact.repo == repo]
        lines.append(shown(repo))
        lines += [_fact(fact) for fact in ours if fact.state == "stated"]
        lines += [_not_said(ours, state) for state in NOT_SAID]
    return "\n".join(line for line in lines if line)


def _not_said(ours: Sequence[Fact], state: str) -> str:
    # What is computed follows from what was read; here is what was looked for.
    said = [fact for fact in ours if fact.state == state and "." not in fact.key]
    reason = next((f" ({visible_line(fact.reason, 120)})" for fact in said if fact.reason), "")
    return f"  {NOT_SAID[state]}{reason}: {', '.join(fact.key for fact in said)}" if said else ""


def _fact(fact: Fact) -> str:
    quote = f"  “{visible_line(fact.quote, 160)}”" if fact.quote and fact.source != "front_matter" else ""
    where = f"{fact.evidence} {fact.file}" if fact.evidence else (fact.source or "")
    return f"  {fact.key}: {visible_line(fact.value or '', 120)}  [{where}]{quote}"


def lineage(tree: Lineage) -> str:
    """The lineage as a nested list."""
    nodes = {node.id: node for node in tree.repos}
    below: dict[str, list[Edge]] = {}
    for edge in tree.edges:
        below.setdefault(edge.downstream, []).append(edge)
    lines: list[str] = []
    seen: set[str] = set()
    # A stack, not recursion: chains a thousand deep exist.
    todo: list[tuple[str, int, str]] = [(tree.repo, 0, "")]
    while todo:
        repo, depth, how = todo.pop()
        node = nodes.get(repo)
        licenses = ", ".join(sorted({value for value, _, _ in node.license if value})) if node else ""
        state = f" ({node.state.replace('_', ' ')})" if node and node.state not in (None, "present") else ""
        again = " (see above)" if repo in seen else ""
        name = visible_line(shown(repo), 100)
        lines.append(
            f"{'  ' * min(depth, 40)}{how}{name}{state}{again}"
            + (f"  license: {licenses}" if licenses else "")
        )
        if repo in seen:
            continue
        seen.add(repo)
        target = node.now if node and node.now else repo
        todo += [
            (edge.upstream, depth + 1, _how(edge))
            for edge in reversed(below.get(target, below.get(repo, [])))
        ]
    lines += [f"Not complete: {visible_line(limit)}" for limit in tree.limits]
    return "\n".join(lines)


def _how(edge: Edge) -> str:
    said = {True: ", accepted", False: ", rejected", None: ""}[edge.accepted]
    named = "only named in the text" if edge.stated_in == "prose" else edge.stated_in
    return f"{edge.relation.replace('_', ' ')} [{named}{said}] "


def questions(asked: Sequence[Asked]) -> str:
    """The questions that are asked, in order, and how each stands."""
    lines = []
    for one in asked:
        if not one.asked:
            continue
        address = one.question.id + (f"@{one.about}" if one.about else "")
        value = "" if one.answer is None else f": {visible_line(_value(one.answer.value), 100)}"
        lines.append(f"{one.state.replace('_', ' '):<18} {address}{value}\n{'':<18} {visible_line(one.text)}")
    return "\n".join(lines)


def _value(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def findings(found: Findings) -> str:
    """Findings by who can act; those that do not apply are counted."""
    lines = []
    for owner, title in OWNERS:
        ours = [one for one in found.findings if one.owner == owner and one.status != "not_applicable"]
        if ours:
            lines += [f"{title} ({len(ours)})", *(_finding(one) for one in ours)]
    rest = sum(one.status == "not_applicable" for one in found.findings)
    if rest:
        lines.append(f"Does not apply: {rest}")
    if found.waiting:
        lines.append(f"Waiting for answers: {len(found.waiting)} rules")
    return "\n".join([*lines, f"Law as of {found.as_of}. No verdict; read the sources."])


def _finding(one: Finding) -> str:
    lines = [f"  {one.polarity.capitalize()} · {STATUS[one.status]}: {visible_line(one.proposition)}"]
    lines += [f"      missing: {visible_line(what)}" for what in one.missing]
    return "\n".join([*lines, f"      next: {one.next_step}"])

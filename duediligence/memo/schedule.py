"""Annexes A and E of the memo: the evidence, and what was asked for, searched, or not looked at."""

from collections.abc import Iterator
from dataclasses import dataclass

from duediligence.evidence.manifest import Entry
from duediligence.memo.exhibits import COVERAGE, Exhibits, order
from duediligence.memo.keys import fact_words
from duediligence.memo.origin import resource_kind
from duediligence.memo.statement import Ref, Span, Statement, name, quote, say, words
from duediligence.memo.words import STATES, joined, plain, sentence
from duediligence.repo import kind_of, shown

NOT_LOOKED_AT = (
    "The weights, the contents of any dataset, and every file but the card and the license and notice files.",
    "Pages that cards, discussions or datasets link to. No such link was followed.",
    "What the Hub shows only to those who accept access terms. No terms were accepted for this memo.",
)


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """One row of the evidence schedule."""

    number: str
    anchor: str
    what: tuple[Span, ...]
    address: str
    link: str
    """Page of the repository on the Hub; empty when there is none."""

    revision: str
    received: str
    size: str
    state: str
    sha256: str
    place: str
    """Where the bytes are in the case folder."""

    used_by: tuple[Ref, ...] = ()
    """The findings that rest on it."""


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """What was looked at and what was not."""

    captures: tuple[Statement, ...]
    without_body: tuple[Statement, ...]
    not_found: tuple[Statement, ...]
    not_asked: tuple[Statement, ...]
    never: tuple[str, ...]
    limits: tuple[str, ...]


def schedule(ex: Exhibits) -> tuple[Exhibit, ...]:
    """Every body that has a number, in the order of the numbers."""
    current = {entry.evidence for entry in ex.inputs.entries}
    return tuple(
        _exhibit(ex, n, e, n in current) for n, e in sorted(ex.evidence.items(), key=lambda i: order(i[0]))
    )


def _exhibit(ex: Exhibits, number: str, entry: Entry, current: bool) -> Exhibit:
    kind = resource_kind(entry.resource)
    kind = kind[:1].upper() + kind[1:]
    once = ("info", "README.md", "commits", "discussions")
    file = () if entry.resource in once else words(", ", name(entry.resource))
    state = STATES.get(entry.state, plain(entry.state))
    return Exhibit(
        number=number,
        anchor=f"evidence-{number}",
        used_by=ex.used_by.get(f"evidence-{number}", ()),
        what=words(f"{kind} of ", name(shown(entry.repo)), file),
        address=ex.address(entry.url),
        link=ex.link(entry.repo, entry.revision),
        revision=entry.revision or "none",
        received=f"{ex.moment(entry.received_at)} ({ex.zone[1]})",
        size=f"{entry.length:,} bytes".replace(",", " ") if entry.length is not None else "no body",
        state="; ".join(
            [state] * (entry.state != "present") + ["replaced by a later capture"] * (not current)
        ),
        sha256=entry.sha256 or "no body",
        place=f"captures/{entry.record[0]}/exchanges.warc.gz, offset {entry.record[1]}"
        if entry.record
        else "no record",
    )


def coverage(ex: Exhibits) -> Coverage:
    """What was asked for and what came of it."""
    limits = dict.fromkeys((*ex.inputs.lineage.limits, *ex.inputs.limits))
    return Coverage(
        captures=tuple(_captures(ex)),
        without_body=tuple(_without_body(ex)),
        not_found=tuple(_not_found(ex)),
        not_asked=tuple(_not_asked(ex)),
        never=NOT_LOOKED_AT,
        limits=tuple(sentence(limit) for limit in limits),
    )


def _captures(ex: Exhibits) -> Iterator[Statement]:
    accounts = {manifest.capture: manifest.account for manifest in ex.inputs.manifests}
    for event in ex.inputs.record.captures:
        account = {True: "; with an account", False: "; no account used", None: ""}[
            accounts.get(str(event.get("capture")))
        ]
        whole = "complete" if event.get("complete", True) else "not complete"
        at = ex.moment(str(event.get("at", "")))
        yield say(
            f"{at}: ",
            name(ex.endpoint(str(event.get("endpoint", "")))),
            f", {whole}{account}.",
            support=(COVERAGE,),
        )


def _without_body(ex: Exhibits) -> Iterator[Statement]:
    for entry in ex.inputs.entries:
        if entry.evidence and entry.state in ("present", "empty"):
            continue
        why = words(" Reason: ", quote(entry.reason, 300)) if entry.reason else ()
        now = words("; today ", name(shown(entry.now))) if entry.now else ()
        state = STATES.get(entry.state, plain(entry.state))
        what = words(resource_kind(entry.resource), " (", name(entry.resource), f"): {state}", now)
        when = f", on {ex.moment(entry.received_at)}."
        yield say(
            name(shown(entry.repo)), ", ", what, when, why, support=ex.ref(entry.evidence) or (COVERAGE,)
        )


def _not_found(ex: Exhibits) -> Iterator[Statement]:
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for fact in ex.inputs.facts:
        if fact.state == "absent" and fact.source is None:
            groups.setdefault((fact.repo, tuple(sorted(fact.searched))), []).append(fact_words(fact))
    for (repo, searched), keys in groups.items():
        said = joined(list(dict.fromkeys(keys)))
        refs = tuple(ref for number in searched for ref in ex.ref(number))
        yield say(
            name(shown(repo)), f": {said}. Searched: {ex.searched(searched)}.", support=refs or (COVERAGE,)
        )


def _not_asked(ex: Exhibits) -> Iterator[Statement]:
    for node in ex.inputs.lineage.repos:
        if node.state is None:
            why = "" if kind_of(node.id) else "; a name without a Hub id"
            yield say(name(shown(node.id)), f": not asked for{why}.", support=(COVERAGE,))

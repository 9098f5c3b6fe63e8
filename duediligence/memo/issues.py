"""Section 2 of the memo: findings by issue, with what each rests on, what is against it, what is missing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duediligence.analysis.alike import together
from duediligence.analysis.situation import Finding
from duediligence.memo.basis import Cited, basis, cited, support_of
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.standing import axes, decisive, heading, relevance, worded
from duediligence.memo.statement import Span, Statement, say
from duediligence.memo.words import REGIMES, WHO, day, on_day, place, plain, sentence

MOST = 8
"""Issues the body of the memo treats; the others stand in annex C, in the same form."""

MOST_OF_ONE = 3
"""Of these, issues under one body of law, as long as others have any."""

NO_COUNTER = "None found in the sources searched."


@dataclass(frozen=True, kw_only=True)
class Also:
    """Something else the same rule finds the same for."""

    anchor: str
    about: tuple[Span, ...]


@dataclass(frozen=True, kw_only=True)
class Issue:
    """Findings of one rule that stand the same."""

    anchor: str
    proposition: Statement
    """Of the first of them; it is named in it."""

    also: tuple[Also, ...]
    heading: str
    """Kind before standing: ``Constraint · supported by 2 documents; not established``."""

    where: str
    law: str
    facts: str
    burden: str
    rests_on: tuple[Statement, ...]
    missing: tuple[Statement, ...]
    capped: tuple[str, ...]
    """Why it is not put higher, in words."""

    due: tuple[str, ...]
    """Decisions that were due by the day of the law: to be looked up before anybody relies on this."""

    against: tuple[str, ...]
    sources: tuple[Cited, ...]
    as_of: str
    next_step: str
    owner: str
    rule: str
    """Id of the rule, for the margin."""


@dataclass(frozen=True, kw_only=True)
class Regime:
    """All issues under one body of law."""

    title: str
    issues: tuple[Issue, ...]


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Findings that are open for one reason; the first of them is an issue of its own."""

    missing: tuple[str, ...]
    lead: Also
    others: tuple[Also, ...]
    propositions: tuple[Statement, ...]


def alike(ex: Exhibits, findings: Sequence[Finding]) -> tuple[tuple[Alike, ...], tuple[Finding, ...]]:
    """What hangs on one reason, and the findings that are told one by one."""
    groups, each = together(findings)
    leads = {id(group): min(group.findings, key=decisive) for group in groups}
    told = tuple(
        Alike(
            missing=tuple(sentence(text[:1].upper() + text[1:]) for text in group.missing),
            lead=_also(ex, leads[id(group)]),
            others=tuple(_also(ex, one) for one in group.findings if one is not leads[id(group)]),
            propositions=tuple(
                say(worded(ex, one), support=support_of(ex, one))
                for one in group.findings
                if one is not leads[id(group)]
            ),
        )
        for group in groups
    )
    return told, (*each, *leads.values())


def _also(ex: Exhibits, one: Finding) -> Also:
    return Also(anchor=ex.finding_anchor(one), about=ex.about(one.about))


def regimes(ex: Exhibits, findings: Sequence[Finding]) -> tuple[tuple[Regime, ...], tuple[Regime, ...]]:
    """The issues the body treats, and the rest; by body of law, what is disputed or open first."""
    groups = _same(findings)
    chosen = _chosen(groups)
    body = [group for group in groups if group[0].id in chosen]
    rest = [group for group in groups if group[0].id not in chosen]
    return _by_regime(ex, body), _by_regime(ex, rest)


def _same(findings: Iterable[Finding]) -> list[list[Finding]]:
    groups: dict[Any, list[Finding]] = {}
    for finding in sorted(findings, key=relevance):
        sources = tuple(str(item["id"]) for item in finding.authorities)
        stands = (finding.id, finding.status, finding.law, finding.facts)
        groups.setdefault((stands, finding.next_step, finding.against, sources), []).append(finding)
    return list(groups.values())


def _chosen(groups: Sequence[Sequence[Finding]]) -> set[str]:
    first = sorted((group[0] for group in groups), key=decisive)
    rules = list({finding.id: finding for finding in first}.values())
    fair = [
        one for one in rules if [r.id for r in rules if r.regime == one.regime].index(one.id) < MOST_OF_ONE
    ]
    others = [one for one in rules if one not in fair]
    return {one.id for one in [*fair, *others][:MOST]}


def _by_regime(ex: Exhibits, groups: Sequence[Sequence[Finding]]) -> tuple[Regime, ...]:
    by_regime: dict[str, list[Issue]] = {}
    for group in groups:
        by_regime.setdefault(group[0].regime, []).append(_issue(ex, group))
    order = (*REGIMES, *sorted(set(by_regime) - set(REGIMES)))
    return tuple(
        Regime(title=REGIMES.get(regime, plain(regime)), issues=tuple(by_regime[regime]))
        for regime in order
        if regime in by_regime
    )


def _issue(ex: Exhibits, findings: Sequence[Finding]) -> Issue:
    first = findings[0]
    law, facts = axes(first)
    missing = (
        say(sentence(t[:1].upper() + t[1:]), support=support_of(ex, f)) for f in findings for t in f.missing
    )
    rests_on = (basis(ex, item) for finding in findings for item in finding.rests_on)
    return Issue(
        anchor=ex.finding_anchor(first),
        proposition=say(worded(ex, first), support=support_of(ex, first)),
        also=tuple(_also(ex, one) for one in findings[1:]),
        heading=heading(ex, first),
        where=where(first),
        law=law,
        facts=facts,
        burden=sentence(first.burden or "not recorded"),
        rests_on=tuple(dict.fromkeys(rests_on)),
        missing=tuple({one.text: one for one in missing}.values()),
        capped=tuple(dict.fromkeys(_cap(ex, cap) for finding in findings for cap in finding.capped)),
        due=tuple(dict.fromkeys(_due(one) for finding in findings for one in finding.decision_due)),
        against=first.against or (NO_COUNTER,),
        sources=tuple(cited(ex, item) for item in first.authorities),
        as_of=on_day(ex.inputs.as_of),
        next_step=sentence(first.next_step),
        owner=WHO.get(first.owner, plain(first.owner)),
        rule=first.id,
    )


def _due(one: Mapping[str, Any]) -> str:
    return f"This rests on the law before a decision that was due on {day(str(one['date']))}: {one['event']}"


def _cap(ex: Exhibits, cap: Mapping[str, Any]) -> str:
    # The letter codes of the law files are for their editors.
    why = re.sub(r"\s*\([PSRK]\)", "", str(cap.get("why", "")))
    authorities = ex.inputs.law.authorities
    titles = [authorities[i].title if i in authorities else i for i in cap.get("authorities", ())]
    return f"{', '.join(titles)}: {why}" if titles else why


def where(finding: Finding) -> str:
    """Jurisdiction of a finding, in words."""
    return place(finding.jurisdiction)

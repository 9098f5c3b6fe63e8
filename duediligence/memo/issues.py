"""Section 2 of the memo: findings by issue, with what each rests on, what is against it, what is missing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from duediligence.analysis.abouts import words as about_words
from duediligence.analysis.situation import Finding
from duediligence.memo.basis import Cited, bases, cited
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.license_texts import license_texts
from duediligence.memo.missing import lacking
from duediligence.memo.order import Groups
from duediligence.memo.standing import axes, heading, worded
from duediligence.memo.statement import Span, Statement, say
from duediligence.memo.words import REGIMES, WHO, day, joined, on_day, opened, place, plain, sentence

NO_COUNTER = "None found in the sources searched."


@dataclass(frozen=True, kw_only=True)
class Also:
    """Something else the same rule finds the same for."""

    anchor: str
    number: str
    about: tuple[Span, ...]
    mark: str


@dataclass(frozen=True, kw_only=True)
class Issue:
    """Findings of one rule that stand the same."""

    anchor: str
    number: str
    """Of the first of them; it keeps it from memo to memo."""

    mark: str
    """``new`` or ``changed`` since the last memo, any of them; else empty."""

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
    argued: bool
    """Whether a court, an author or a counter-argument is named; else none was found on either side."""

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


def alike(ex: Exhibits) -> tuple[Alike, ...]:
    """What hangs on one reason."""
    return tuple(
        Alike(
            missing=tuple(sentence(opened(text)) for text in group.missing),
            lead=also(ex, lead),
            others=tuple(also(ex, one) for one in group.findings if one is not lead),
            propositions=tuple(
                say(worded(one), support=ex.finding_refs(one)) for one in group.findings if one is not lead
            ),
        )
        for group, lead in ex.arrangement.alike
    )


def also(ex: Exhibits, one: Finding) -> Also:
    """A finding beside one that is told in full."""
    return Also(
        anchor=ex.finding_anchor(one), number=ex.number(one), about=ex.about(one.about), mark=ex.mark(one)
    )


def regimes(ex: Exhibits, groups: Groups) -> tuple[Regime, ...]:
    """Issues by body of law, what is disputed or open first."""
    return tuple(
        Regime(
            title=REGIMES.get(regime, plain(regime)),
            issues=tuple(_issue(ex, findings) for findings in issues),
        )
        for regime, issues in groups
    )


def told_once(told: Sequence[Regime]) -> tuple[Regime, ...]:
    """The same issues, what a legal source says only where it is cited first; later, where that is."""
    seen: dict[str, str] = {}
    return tuple(replace(one, issues=tuple(_told(issue, seen) for issue in one.issues)) for one in told)


def _told(issue: Issue, seen: dict[str, str]) -> Issue:
    sources = []
    for source in issue.sources:
        first = seen.setdefault(f"{source.title} {source.says}", issue.number)
        sources.append(source if first == issue.number else replace(source, says=f"see {first}."))
    return replace(issue, sources=tuple(sources))


def _issue(ex: Exhibits, findings: Sequence[Finding]) -> Issue:
    first = findings[0]
    law, facts = axes(first)
    sources = [source for item in first.authorities for source in _cited(ex, item, findings)]
    return Issue(
        anchor=ex.finding_anchor(first),
        number=ex.number(first),
        mark=next((mark for one in findings if (mark := ex.mark(one))), ""),
        proposition=say(worded(first), support=ex.finding_refs(first)),
        also=tuple(also(ex, one) for one in findings[1:]),
        heading=heading(ex, first),
        where=where(first),
        law=law,
        facts=facts,
        burden=sentence(opened(first.burden or "not recorded")),
        rests_on=bases(ex, (item for finding in findings for item in finding.rests_on)),
        missing=lacking(ex, findings),
        capped=tuple(dict.fromkeys(_cap(ex, cap) for finding in findings for cap in finding.capped)),
        due=tuple(dict.fromkeys(_due(one) for finding in findings for one in finding.decision_due)),
        against=first.against or (NO_COUNTER,),
        sources=tuple(sorted(sources, key=lambda one: not one.of_law)),
        argued=bool(first.against) or not all(one.of_law for one in sources),
        as_of=on_day(ex.inputs.as_of),
        next_step=sentence(_next_step(ex, findings)),
        owner=WHO.get(first.owner, plain(first.owner)),
        rule=first.id,
    )


def _cited(ex: Exhibits, item: Mapping[str, Any], findings: Sequence[Finding]) -> Sequence[Cited]:
    """A legal source; where it stands for the texts of licenses, the texts these findings are about."""
    authority = ex.inputs.law.authorities.get(str(item["id"]))
    texts = license_texts(ex, findings) if authority and authority.texts_of_licenses else ()
    return texts or (cited(ex, item),)


def _next_step(ex: Exhibits, findings: Sequence[Finding]) -> str:
    """The step of the rule; where it is the same but for what it is about, once, with all of that named."""
    steps = list(dict.fromkeys(finding.next_step for finding in findings if finding.next_step))
    names = [about_words(finding.about or "", ex.inputs.law.acts) for finding in findings]
    first = findings[0].next_step
    worded = (first.replace(names[0], name) for name in names)
    if len(steps) > 1 and all(one.next_step == step for one, step in zip(findings, worded, strict=True)):
        return first.replace(names[0], joined(names))
    return " ".join(map(sentence, steps))


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

"""The order in which a memo tells findings, and the number each keeps from memo to memo."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duediligence.analysis.against import on_upstream
from duediligence.analysis.alike import Together, together
from duediligence.analysis.situation import Finding
from duediligence.memo.words import REGIMES

MOST = 6
"""Issues the body of the memo treats; the others stand in annex C, in the same form."""

MOST_OF_ONE = 2
"""Of these, issues under one body of law, as long as others have any."""

_OPEN_FIRST = ("contested", "gap", "supported", "established", "not_applicable")
_KIND_FIRST = ("constraint", "duty", "risk", "right", "fact", "permission")

Groups = tuple[tuple[str, tuple[tuple[Finding, ...], ...]], ...]
"""Body of law, and under it the findings told as one issue."""


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """Every finding of a memo, where it is told."""

    body: Groups
    further: Groups
    alike: tuple[tuple[Together, Finding], ...]
    """What hangs on one reason, and the finding of it that is told in full."""

    rest: tuple[Finding, ...]
    """Those that do not apply, and those that rest on nothing."""

    def numbered(self, kept: Mapping[tuple[str, str | None], str]) -> dict[tuple[str, str | None], str]:
        """Rule and about to ``F1`` …, in the order of the page; *kept* are the numbers of earlier memos."""
        out = dict(kept)
        last = max((int("".join(filter(str.isdigit, number))) for number in kept.values()), default=0)
        for finding in self._in_order():
            place = (finding.id, finding.about)
            if place not in out:
                last += 1
                out[place] = f"F{last}"
        return out

    def _in_order(self) -> Iterable[Finding]:
        for groups in (self.body, self.further):
            yield from (finding for _, issues in groups for issue in issues for finding in issue)
        yield from (finding for group, _ in self.alike for finding in group.findings)
        yield from self.rest


def arranged(apply: Sequence[Finding], rest: Sequence[Finding]) -> Arrangement:
    """Where a memo tells each finding.

    Args:
        apply: the findings that apply and rest on something.
        rest: the others.
    """
    groups, each = together(apply)
    leads = tuple((group, min(group.findings, key=decisive)) for group in groups)
    issues = _same((*each, *(lead for _, lead in leads)))
    chosen = _chosen(issues)
    return Arrangement(
        body=_by_regime([issue for issue in issues if issue[0].id in chosen]),
        further=_by_regime([issue for issue in issues if issue[0].id not in chosen]),
        alike=leads,
        rest=tuple(sorted(rest, key=relevance)),
    )


def relevance(finding: Finding) -> tuple[int, int, str, str]:
    """Order of findings: disputed and open first, then what limits before what allows, then id."""
    return (
        _place(_OPEN_FIRST, finding.status),
        _place(_KIND_FIRST, finding.polarity),
        finding.id,
        finding.about or "",
    )


def decisive(finding: Finding) -> tuple[int, bool, int, int, str, str]:
    """Order by weight for a decision: disputed law, what limits, then gaps, the nearest to closing first.

    What nobody stated, for its source was not read, comes behind the other gaps.
    """
    limits = finding.polarity in _KIND_FIRST[:4]
    if finding.status == "gap":
        rank = 2
    elif finding.status == "contested" or (finding.law == "disputed" and limits):
        rank = 0
    else:
        rank = 1 if limits else 3
    kind = _place(_KIND_FIRST, finding.polarity)
    return rank, bool(finding.unread), len(finding.missing), kind, finding.id, finding.about or ""


def first_asked(finding: Finding, repo: str) -> tuple[object, ...]:
    """By weight; of what is open, what hangs on *repo* itself before what hangs on one upstream."""
    rank, *rest = decisive(finding)
    return rank, on_upstream(finding, repo), *rest


def _place(order: tuple[str, ...], value: str) -> int:
    return order.index(value) if value in order else len(order)


def _same(findings: Iterable[Finding]) -> list[tuple[Finding, ...]]:
    """Findings of one rule that stand the same are one issue."""
    groups: dict[Any, list[Finding]] = {}
    for finding in sorted(findings, key=relevance):
        sources = tuple(str(item["id"]) for item in finding.authorities)
        stands = (finding.id, finding.status, finding.law, finding.facts, finding.in_question)
        groups.setdefault((stands, finding.against, sources), []).append(finding)
    return [tuple(group) for group in groups.values()]


def _chosen(issues: Sequence[Sequence[Finding]]) -> set[str]:
    first = sorted((issue[0] for issue in issues), key=decisive)
    rules = list({finding.id: finding for finding in first}.values())
    fair = [
        one for one in rules if [r.id for r in rules if r.regime == one.regime].index(one.id) < MOST_OF_ONE
    ]
    others = [one for one in rules if one not in fair]
    return {one.id for one in [*fair, *others][:MOST]}


def _by_regime(issues: Sequence[tuple[Finding, ...]]) -> Groups:
    by_regime: dict[str, list[tuple[Finding, ...]]] = {}
    for issue in issues:
        by_regime.setdefault(issue[0].regime, []).append(issue)
    order = (*REGIMES, *sorted(set(by_regime) - set(REGIMES)))
    return tuple((regime, tuple(by_regime[regime])) for regime in order if regime in by_regime)

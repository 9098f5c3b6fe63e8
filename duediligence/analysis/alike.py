"""Findings that are open for one and the same reason: said once, with everything that hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from duediligence.analysis.situation import Finding

FEWEST = 4
"""How many findings must share a reason before they are told together."""


@dataclass(frozen=True, kw_only=True)
class Together:
    """Open findings with one reason."""

    missing: tuple[str, ...]
    """What is not known, in words."""

    findings: tuple[Finding, ...]


def together(findings: Sequence[Finding]) -> tuple[tuple[Together, ...], tuple[Finding, ...]]:
    """Groups of at least `FEWEST` open findings that miss the same, and every other finding, in order."""
    by_reason: dict[tuple[str, ...], list[Finding]] = {}
    for one in findings:
        if one.status == "gap" and one.missing:
            by_reason.setdefault(one.missing, []).append(one)
    groups = {missing: listed for missing, listed in by_reason.items() if len(listed) >= FEWEST}
    rest = tuple(one for one in findings if one.status != "gap" or one.missing not in groups)
    return tuple(Together(missing=key, findings=tuple(listed)) for key, listed in groups.items()), rest

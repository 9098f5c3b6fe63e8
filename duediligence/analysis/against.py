"""What stands against a plan: findings that limit it and stand on words of a source, the heaviest first."""

from collections.abc import Iterable, Mapping

from duediligence.analysis.situation import Finding
from duediligence.facts.fact import Fact
from duediligence.repo import NAMED, kind_of

_STANDS = ("established", "supported", "contested")
# What one source says weighs more than what the law disputes.
_ORDER = ("established", "supported", "gap", "contested")
_AGAINST = ("constraint", "duty", "risk", "right")


def against(findings: Iterable[Finding], facts: Mapping[str, Fact], repo: str) -> tuple[Finding, ...]:
    """Those of *findings* that limit a plan, of *repo* itself first.

    A finding that is open only because the sources themselves differ is one of them: one of them says so.

    Args:
        findings: what the rules say.
        facts: fact id to fact.
        repo: what the case is about.
    """

    def weight(one: Finding) -> tuple[object, ...]:
        kind, stands = _AGAINST.index(one.polarity), _ORDER.index(one.status)
        return on_upstream(one, repo), kind, stands, one.id, one.about or ""

    limiting = [one for one in findings if one.polarity in _AGAINST and sources(one, facts)]
    return tuple(sorted((one for one in limiting if _stands(one, facts, repo)), key=weight))


def sources(finding: Finding, facts: Mapping[str, Fact]) -> tuple[Fact, ...]:
    """What sources state that *finding* rests on, or that was behind what was worked out for it."""
    resting = [facts[id] for item in finding.rests_on if (id := str(item.get("fact"))) in facts]
    below = [facts[id] for fact in resting for id in fact.rests_on if id in facts]
    stated = (one for one in (*resting, *below) if one.state == "stated" and one.source != "computed")
    return tuple(dict.fromkeys(stated))


def on_upstream(finding: Finding, repo: str) -> bool:
    """Whether *finding* is about something *repo* is made from: what hangs on itself comes before that."""
    about = finding.about or ""
    return about != repo and bool(kind_of(about) or about.startswith(NAMED))


def _stands(finding: Finding, facts: Mapping[str, Fact], repo: str) -> bool:
    return finding.status in _STANDS or (
        finding.status == "gap"
        and finding.in_question
        and not on_upstream(finding, repo)
        and _differ(finding, facts)
    )


def _differ(finding: Finding, facts: Mapping[str, Fact]) -> bool:
    """Whether what was worked out for it came to different values, as the sources differ."""
    worked_out: dict[tuple[str, str], set[str | None]] = {}
    for item in finding.rests_on:
        fact = facts.get(str(item.get("fact")))
        if fact is not None and fact.source == "computed" and fact.state == "stated":
            worked_out.setdefault((fact.repo, fact.key), set()).add(fact.value)
    return any(len(values) > 1 for values in worked_out.values())

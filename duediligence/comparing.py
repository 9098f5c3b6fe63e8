"""What differs between two moments of a case: facts, findings, and the answers that need another look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duediligence.analysis import abouts, questionnaire
from duediligence.analysis.findings import apply_rules
from duediligence.analysis.situation import Asked, Finding, Situation
from duediligence.repo import shown, today
from duediligence.reports import Change
from duediligence.standing import changes_between
from duediligence.visible import visible_line


@dataclass(frozen=True, kw_only=True)
class ChangedFinding:
    """A finding that stands differently, or is new, or is there no more."""

    id: str
    ref: str | None
    about: str | None
    proposition: str
    before: str | None
    """Status; ``None`` when there was no such finding."""

    after: str | None
    because: tuple[str, ...]
    """The changed facts it rests on, ``REPO: KEY``; empty where it rests on one of the answers."""

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "ref": self.ref,
            "about": self.about,
            "before": self.before,
            "after": self.after,
            "because": list(self.because),
        }


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two captures of one case, compared as this program reads both today."""

    captures: tuple[str, str]
    """Names of the earlier and of the later one."""

    facts: tuple[Change, ...]
    needs_another_look: tuple[str, ...]
    """Addresses of answers."""

    changed_findings: tuple[ChangedFinding, ...]

    def __str__(self) -> str:
        if not self.facts:
            return f"Nothing changed between {self.captures[0]} and {self.captures[1]}."
        lines = [f"Between {self.captures[0]} and {self.captures[1]}:", *(f"  {one}" for one in self.facts)]
        if self.needs_another_look:
            lines += ["Need another look:", *(f"  {one}" for one in self.needs_another_look)]
        if self.changed_findings:
            lines.append("Findings that stand differently:")
        for one in self.changed_findings:
            words = visible_line(one.proposition, 140)
            lines.append(f"  {one.before or 'not there'} -> {one.after or 'not there'}: {words}")
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The object behind ``changes --json``."""
        return {
            "captures": list(self.captures),
            "facts": [one.to_json() for one in self.facts],
            "needs_another_look": list(self.needs_another_look),
            "changed_findings": [one.to_json() for one in self.changed_findings],
        }


def compare(old: Situation, new: Situation, captures: tuple[str, str], asked: Sequence[Asked]) -> Comparison:
    """What differs between *old* and *new*, the same answers and law over two captures.

    *asked* is how the questions stand now.
    """
    changes = changes_between(old, new)
    renamed = {node.id: node.now for node in new.lineage.repos if node.now}
    before = _by_place(old, questionnaire.ask(old), renamed)
    after = _by_place(new, asked, {})
    changed = {(one.repo, one.key) for one in changes}
    places = {fact.id: (fact.repo, fact.key) for fact in (*old.facts, *new.facts)}
    return Comparison(
        captures=captures,
        facts=changes,
        needs_another_look=tuple(
            sorted(
                abouts.address(one.question.id, one.about)
                for one in asked
                if one.state == "needs_another_look"
            )
        ),
        changed_findings=tuple(
            _changed(before.get(at), after.get(at), changed, places)
            for at in sorted(before.keys() | after.keys(), key=lambda at: (at[0], at[1] or ""))
            if _status(before.get(at)) != _status(after.get(at))
        ),
    )


def _by_place(
    situation: Situation, asked: Sequence[Asked], renamed: Mapping[str, str]
) -> Mapping[tuple[str, str | None], Finding]:
    """The findings by what they are and what they are about; what the chain names itself keeps its name."""
    return {
        (one.id, today(one.about, renamed) if one.about == situation.repo else one.about): one
        for one in apply_rules(situation, asked).findings
    }


def _status(one: Finding | None) -> str | None:
    return one.status if one else None


def _changed(
    before: Finding | None,
    after: Finding | None,
    changed: set[tuple[str, str]],
    places: Mapping[str, tuple[str, str]],
) -> ChangedFinding:
    said = after or before
    assert said is not None
    refs = [ref for one in (before, after) if one for ref in one.rests_on]
    rests = {places[str(ref["fact"])] for ref in refs if ref.get("fact") in places}
    return ChangedFinding(
        id=said.id,
        ref=said.ref,
        about=said.about,
        proposition=said.proposition,
        before=_status(before),
        after=_status(after),
        because=tuple(sorted(f"{shown(repo)}: {key}" for repo, key in rests & changed)),
    )

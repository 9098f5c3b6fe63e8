"""The scenarios that lawyers write, run against the law files of this program."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from duediligence import plain_yaml
from duediligence.analysis.answers import check_value, find_question
from duediligence.analysis.situation import Finding, Situation
from duediligence.facts.fact import SOURCES, Fact
from duediligence.facts.licenses import computed_facts
from duediligence.facts.lineage import Edge, Lineage
from duediligence.knowledge.law import Rule
from duediligence.knowledge.reader import load_law
from tests.guards import judges
from tests.situations import DAY, edge, findings, silent, situation, stated

_FOLDER = Path(__file__).parent / "scenarios"
_FIELDS = {"scenario", "repo", "as_of", "says", "made_from", "answers", "expect"}
_SILENT = {"could not be read": "unreadable", "could not be reached": "not_reached"}


def _scenarios() -> Iterator[Any]:
    for path in sorted(_FOLDER.glob("*.yaml")):
        for one in plain_yaml.load(path.read_text(encoding="utf-8")):
            yield pytest.param(one, id=f"{path.stem}: {one['scenario']}")


def _facts(repo: str, says: Mapping[str, Any]) -> Iterator[Fact]:
    # Something is always looked at, so that keys nobody states were searched in vain.
    yield silent("contact", repo=repo)
    for key, said in says.items():
        if isinstance(said, str) and said in _SILENT:
            yield silent(key, repo=repo, state=_SILENT[said])
            continue
        by_source = said if isinstance(said, dict) else {"front_matter": said}
        assert set(by_source) <= set(SOURCES), f"{key}: sources are {', '.join(SOURCES)}"
        for source, values in by_source.items():
            for value in [values] if isinstance(values, str) else values:
                yield stated(key, value, repo=repo, source=source)


def _edge(repo: str, one: Mapping[str, str]) -> Edge:
    usual = "finetuned_from" if one["repo"].startswith("models/") else "trained_on"
    return edge(one.get("downstream", repo), one.get("relation", usual), one["repo"])


def _situation(scenario: Mapping[str, Any]) -> Situation:
    assert set(scenario) <= _FIELDS, f"no such field: {set(scenario) - _FIELDS}"
    repo = scenario.get("repo", "models/example/model")
    law = load_law(date.fromisoformat(scenario.get("as_of", DAY.isoformat())))
    upstream = scenario.get("made_from", [])
    edges = [_edge(repo, one) for one in upstream]
    facts = [*_facts(repo, scenario.get("says", {}))]
    for one in upstream:
        facts += _facts(one["repo"], one.get("says", {}))
    lineage = Lineage(repo=repo, repos=(), edges=tuple(edges), complete=True, limits=())
    facts += computed_facts(tuple(facts), lineage, law)
    bare = situation(law, facts=facts, edges=edges, repo=repo)
    given = {}
    for address, value in scenario.get("answers", {}).items():
        question, about = find_question(bare, address)
        given[question.id if about is None else f"{question.id}@{about}"] = check_value(question, value, law)
    return situation(law, facts=facts, answers=given, edges=edges, repo=repo)


@pytest.mark.parametrize("scenario", list(_scenarios()))
def test_scenario(scenario):
    """The rules say what the scenario expects."""
    found = findings(_situation(scenario))
    at = {one.id if one.about is None else f"{one.id}@{one.about}": one for one in found.findings}
    rules = {one.id for one in load_law(DAY).rules}
    waiting = {rule for rule, _ in found.waiting}

    for address, expected in scenario["expect"].items():
        rule = address.partition("@")[0]
        assert rule in rules, f"{rule} is no rule"
        if expected == "waiting":
            assert address not in at and rule in waiting, f"{address} does not wait"
        elif expected == "no finding":
            assert address not in at, f"{address} is there: {at[address]}"
        else:
            assert address in at, f"{address} is not there"
            _compare(at[address], {"status": expected} if isinstance(expected, str) else expected)


@pytest.mark.parametrize("scenario", list(_scenarios()))
def test_no_finding_of_any_scenario_judges_or_overclaims(scenario):
    """The guards over what is said in each case: no verdict, nothing established on what is pending."""
    given = _situation(scenario)
    law = given.law
    cited = {rule.id: {one.id: one.uncontested for one in rule.authorities} for rule in law.rules}

    for one in findings(given).findings:
        assert not judges(one.proposition) and not judges(one.next_step), one.id
        pending = [
            id for id, point in cited[one.id].items() if law.authorities[id].state == "pending" and not point
        ]
        assert not (pending and one.status == "established"), f"{one.id} rests on {pending}"
        assert one.status != "gap" or one.missing or one.facts == "missing" or one.rests_on, one.id


@pytest.mark.parametrize("scenario", list(_scenarios()))
def test_whoever_does_not_know_leaves_every_finding_open_or_unmoved(scenario):
    """The same case with nothing known: what was established on answers alone is so no longer."""
    given = _situation(scenario)
    blank = situation(
        given.law,
        facts=given.facts,
        answers={(id if about is None else f"{id}@{about}"): "unknown" for id, about in given.answers},
        edges=given.lineage.edges,
        repo=given.repo,
    )
    bound_by = {rule.id: rule.bound_by for rule in given.law.rules}
    for one in findings(blank).findings:
        # Terms are as the text says, whoever accepted them: acceptance moves the axis of the law alone.
        acceptance = bound_by.get(one.id)
        on_answers = [ref for ref in one.rests_on if ref.get("answer", acceptance) != acceptance]
        assert one.status != "established" or not on_answers, f"{one.id} is established on unknown answers"


def _compare(finding: Finding, expected: Mapping[str, Any]) -> None:
    made = finding.to_json()
    for field, value in expected.items():
        if field in ("missing", "failed"):
            said = "; ".join(made.get(field, ()))
            assert all(words in said for words in value), f"{finding.id}: {field}: {said}"
        else:
            assert made[field] == value, f"{finding.id}: {field} is {made[field]}, not {value}: {finding}"


def _kinds(expected: Any, rule: Rule) -> set[str]:
    """What an expectation shows of a rule: that it fired, that it did not, or that it was left open."""
    if expected == "waiting":
        return {"open"}
    if expected == "no finding":
        return {"not fired"}
    said = {"status": expected} if isinstance(expected, str) else expected
    status = said.get("status")
    if rule.status == status == "not_applicable":
        # Such a rule tells that others do not reach the case: fired or not, the finding reads alike.
        return {"fired", "not fired"}
    if status == "not_applicable" or "failed" in said:
        return {"not fired"}
    if "missing" in said or (status == "gap" and rule.status != "gap"):
        return {"open"}
    otherwise = rule.when_false["status"] if rule.when_false else None
    if status == otherwise and status != rule.status:
        return {"not fired"}
    if status == otherwise and "proposition" in said:
        return {"not fired" if said["proposition"] == rule.when_false["proposition"] else "fired"}
    return {"fired"} if status is not None else set()


def test_every_rule_is_shown_fired_not_fired_and_left_open():
    """A lawyer finds for each rule a case it speaks to, one it does not, and one in which it stays open."""
    seen: dict[str, set[str]] = {}
    for param in _scenarios():
        (scenario,) = param.values
        law = load_law(date.fromisoformat(scenario.get("as_of", DAY.isoformat())))
        rules = {one.id: one for one in law.rules}
        for address, expected in scenario["expect"].items():
            id = address.partition("@")[0]
            seen.setdefault(id, set()).update(_kinds(expected, rules[id]) if id in rules else ())
    wanted = {"fired", "not fired", "open"}
    lacking = {one.id: sorted(wanted - seen.get(one.id, set())) for one in load_law(DAY).rules}

    assert not {id: kinds for id, kinds in lacking.items() if kinds}

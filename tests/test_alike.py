"""Findings open for one reason are told together, and none is lost."""

from duediligence.analysis.alike import together
from duediligence.knowledge.reader import load_law
from tests.situations import DAY, MODEL, PARENT, edge, findings, silent, situation, stated

LAW = load_law(DAY)


def test_what_waits_for_one_answer_is_one_reason():
    """Several licenses, one thing nobody knows: the reason stands once, and no finding is lost."""
    parents = [f"models/example/parent-{i}" for i in range(5)]
    given = situation(
        LAW,
        facts=[fact for one in parents for fact in _non_commercial(one)],
        answers={"use.role": ("user",), "use.commercial": "unknown", "use.acts": ("fine_tune",)},
        edges=[edge(MODEL, "merged_from", one) for one in parents],
    )
    found = findings(given).findings
    groups, rest = together(found)

    (group,) = [one for one in groups if {finding.about for finding in one.findings} >= set(parents)]
    assert {one.missing for one in group.findings} == {group.missing}
    assert sorted([*rest, *(one for group in groups for one in group.findings)], key=str) == sorted(
        found, key=str
    )


def test_a_parent_whose_license_could_not_be_reached_is_one_finding():
    """One finding stands for the many that lack the same source, and no group repeats them."""
    found = findings(_tuned_from(silent("license", repo=PARENT, state="not_reached"))).findings
    groups, _ = together(found)

    assert not [one for one in groups if any(finding.about == PARENT for finding in one.findings)]
    (none,) = [one for one in found if (one.id, one.about) == ("license.none-stated", PARENT)]
    assert none.status == "gap" and all("could not be reached" in text for text in none.missing)


def _non_commercial(repo):
    return stated("license", "cc-by-nc-4.0", repo=repo), stated("license.commercial_use", "no", repo=repo)


def _tuned_from(license):
    return situation(
        LAW,
        facts=[stated("license", "mit"), license],
        answers={"use.role": ("user",), "use.commercial": "paid_product", "use.acts": ("fine_tune",)},
        edges=[edge(MODEL, "finetuned_from", PARENT)],
    )


def test_what_is_missing_in_different_ways_stays_apart():
    """Two gaps with reasons of their own are two."""
    groups, _ = together(findings(situation(LAW, answers={"use.role": ("user",)})).findings)

    assert all(one.status == "gap" for group in groups for one in group.findings)
    assert all(len({one.missing for one in group.findings}) == 1 for group in groups)

"""Findings open for one reason are told together, and none is lost."""

from duediligence.analysis.alike import together
from duediligence.knowledge.reader import load_law
from tests.situations import DAY, MODEL, PARENT, edge, findings, silent, situation, stated

LAW = load_law(DAY)


def test_a_parent_whose_license_cannot_be_read_is_one_reason():
    """Twenty rules wait for one text: the reason stands once, and every finding is in a group or alone."""
    given = situation(
        LAW,
        facts=[stated("license", "mit"), silent("license", repo=PARENT, state="not_reached")],
        answers={"use.role": ("user",), "use.commercial": "paid_product", "use.acts": ("fine_tune",)},
        edges=[edge(MODEL, "finetuned_from", PARENT)],
    )
    found = findings(given).findings
    groups, rest = together(found)

    (group,) = [one for one in groups if any(finding.about == PARENT for finding in one.findings)]
    assert len(group.findings) > 5
    assert all("could not be reached" in text for text in group.missing)
    assert sorted([*rest, *(one for group in groups for one in group.findings)], key=str) == sorted(
        found, key=str
    )


def test_what_is_missing_in_different_ways_stays_apart():
    """Two gaps with reasons of their own are two."""
    groups, _ = together(findings(situation(LAW, answers={"use.role": ("user",)})).findings)

    assert all(one.status == "gap" for group in groups for one in group.findings)
    assert all(len({one.missing for one in group.findings}) == 1 for group in groups)

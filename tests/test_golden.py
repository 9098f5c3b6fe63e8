"""The memo of the sample, byte for byte: a change to it is read in review like a change to a contract."""

import os
import re
from pathlib import Path

import pytest
from cases import Desk

from duediligence.answering import read_answers
from duediligence.case import SAMPLE, Case
from duediligence.memo.view import build, unsupported

GOLDEN = Path(__file__).parent / "golden" / "memo.html"
ANSWERS = Path(__file__).parents[1] / "duediligence" / "sample" / "answers.yaml"


@pytest.fixture
def sample(tmp_path: Path) -> Case:
    """The sample, captured and answered by a clock that stands still enough."""
    case = Desk().new(tmp_path / "case", SAMPLE)
    case.capture()
    for given in read_answers(ANSWERS.read_text("utf-8"), "answers"):
        case.answer(
            given.address, given.value, reason=given.reason, says=given.says, ask=given.ask, by="A. Example"
        )
    return case


def settled(text: str, case: Case) -> str:
    """*text* without what differs from run to run: the sample's port and what rests on it."""
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", text)
    text = re.sub(r"offset \d+", "offset N", text)
    for number, event in enumerate(case.chronology(), 1):
        for key in ("capture", "exchanges", "manifest"):
            if key in event:
                text = text.replace(event[key], f"{key.upper()}-{number}")
        text = text.replace(event["sha256"], f"EVENT-{number}").replace(event["sha256"][:8], f"EV-{number}")
    return text


def test_the_memo_of_the_sample_is_the_golden_one(sample: Case) -> None:
    """To accept a change: GOLDEN=write make test, then read the difference."""
    memo = settled(sample.issue().path.read_text("utf-8"), sample)
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(memo, "utf-8", newline="\n")
    assert memo == GOLDEN.read_text("utf-8")


def test_the_memo_says_what_only_the_prose_says_and_what_nobody_says(sample: Case) -> None:
    """Training data named only in the text, with its sentence; no basis for publishing, as a gap."""
    memo = sample.memo().html
    assert "LAION-2B-en" in memo
    assert "The model was trained on LAION-2B-en, the English-language subset of LAION-5B." in memo
    (gap,) = [
        one
        for one in sample.findings().findings
        if one.id == "copyright.no-basis-stated" and one.about == "publish"
    ]
    assert (gap.status, gap.ref) == ("gap", "R01")
    assert gap.next_step and gap.missing
    assert "publishing the weights" in gap.proposition


def test_the_same_inputs_give_the_same_memo(sample: Case) -> None:
    """No clock, no path and no user name is in it."""
    assert sample.memo().html == sample.memo().html
    html = sample.memo().html
    assert str(sample.folder) not in html and str(Path.home()) not in html


def test_what_goes_in_comes_out(sample: Case) -> None:
    """No finding, answer, fact or exhibit of the sample is dropped on the way, and none is told twice."""
    inputs = sample._memo_inputs(None, draft=True)
    memo = build(inputs)
    lines = [
        line
        for repo in (memo.facts, *memo.upstream)
        for topics in (*(group.topics for group in repo.groups), repo.further)
        for line in (line for topic in topics for line in topic.lines)
    ]
    lines += [line for repo in (memo.facts, *memo.upstream) for line in repo.silences]
    issues = [one for regime in (*memo.regimes, *memo.further) for one in regime.issues]
    treated = [number for one in issues for number in (one.number, *(also.number for also in one.also))]
    treated += [one.number for group in memo.alike for one in group.others]
    applying = [one for one in inputs.findings.findings if one.status != "not_applicable"]
    exhibits = {entry.evidence for entry in inputs.entries if entry.evidence}

    assert sorted(id for line in lines for id in line.ids) == sorted(fact.id for fact in inputs.facts)
    assert len({row.number for row in memo.findings}) == len(memo.findings) == len(inputs.findings.findings)
    told = (*memo.told, *(one for group in memo.idle for one in group.rows))
    listed = [number for one in told for number in (one.row.number, *(also.number for also in one.also))]
    assert sorted(listed) == sorted(row.number for row in memo.findings)
    assert len(set(treated)) == len(treated) == len(applying)
    assert len(memo.answers) == sum(event["event"] == "answered" for event in inputs.record.chronology)
    assert [one.number for one in memo.evidence] == sorted(exhibits, key=lambda number: int(number[1:]))
    assert len(memo.waiting) == len(inputs.findings.waiting)


def test_every_sentence_of_fact_has_its_support(sample: Case) -> None:
    """Nothing in the memo of the sample stands without evidence, an answer or a legal source."""
    assert unsupported(build(sample._memo_inputs(None, draft=True))) == []
    assert "Not supported by the record" not in sample.memo().html

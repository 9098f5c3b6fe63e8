"""The memo as one frozen value that holds every word and number, so that a template only arranges."""

from dataclasses import dataclass

from duediligence.memo import annexes, issues
from duediligence.memo.annexes import Check, Idle, Named, Row, Told, Waiting
from duediligence.memo.answers import Given, answers
from duediligence.memo.chain import Chain, chain
from duediligence.memo.chronology import Happened, chronology, lasting
from duediligence.memo.derivative import Senses, senses
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.facts_section import RepoFacts, in_section, repo_facts
from duediligence.memo.first_page import SAMPLE, FirstPage, first_page
from duediligence.memo.inputs import MemoInputs
from duediligence.memo.legal_basis import LegalBasis, legal_basis
from duediligence.memo.open_questions import OpenQuestions, open_questions
from duediligence.memo.said import People, people
from duediligence.memo.schedule import Coverage, Exhibit, coverage, schedule
from duediligence.memo.since import Since, since
from duediligence.memo.since_in_short import in_short
from duediligence.memo.sources import Source, sources
from duediligence.memo.statement import Statement, each_text, statements
from duediligence.memo.timeline import Timeline, case_timeline
from duediligence.memo.words import on_day
from duediligence.repo import shown
from duediligence.visible import visible

LONGEST = 2000
"""Characters of one text the memo prints; the record, the evidence and the twin hold the whole."""

__all__ = ["Memo", "MemoInputs", "build", "unsupported"]


@dataclass(frozen=True, kw_only=True)
class NotSupported:
    """A sentence on which the record holds nothing."""

    anchor: str
    text: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class Memo:
    """A memo, section by section."""

    repo: str
    """As people write it."""

    status: str
    """``Draft`` until it is issued."""

    as_of: str
    sample: str
    """What a reader of a sample must know; empty for a real case."""

    first_page: FirstPage
    since: Since | None
    since_rest: Since | None
    """What of it the body has no room for."""

    """What is different from the last memo; ``None`` for the first."""

    facts: RepoFacts
    chain: Chain
    people: People
    """What people said, as far as it is used and there is room."""

    legal_basis: LegalBasis
    derivative: Senses
    regimes: tuple[issues.Regime, ...]
    """The issues that matter most, treated in the body."""

    further: tuple[issues.Regime, ...]
    """The other findings that apply, in the same form."""

    alike: tuple[issues.Alike, ...]
    """What hangs on one reason, in annex C."""

    open: OpenQuestions
    timeline: Timeline | None
    chronology: tuple[Happened, ...]
    not_supported: tuple[NotSupported, ...]
    """Findings that rest on nothing in the record; they stand in no other section."""

    evidence: tuple[Exhibit, ...]
    sources: tuple[Source, ...]
    findings: tuple[Row, ...]
    told: tuple[Told, ...]
    """Those that apply as annex C prints them: what differs only in what it is about together."""

    idle: tuple[Idle, ...]
    """Those that do not apply, by reason."""

    waiting: tuple[Waiting, ...]
    letters: tuple[Named, ...]
    answers: tuple[Given, ...]
    coverage: Coverage
    check: Check
    upstream: tuple[RepoFacts, ...]


def build(inputs: MemoInputs) -> Memo:
    """The memo for *inputs*; the same inputs give an equal memo.

    Signs in other people's texts that hide or reorder what a reader sees are named in it.
    """
    ex = Exhibits(inputs)
    resting = ex.resting
    supported = {(finding.id, finding.about) for finding in resting}
    on_nothing = [one for one in inputs.findings.findings if (one.id, one.about) not in supported]
    given = answers(ex)
    told = since(ex)
    news, more_news = in_short(told) if told else (None, None)
    memo = Memo(
        repo=shown(inputs.repo),
        status="Draft" if inputs.draft else "",
        as_of=on_day(inputs.as_of),
        sample=SAMPLE if inputs.sample else "",
        first_page=first_page(ex),
        since=news,
        since_rest=more_news,
        facts=in_section(repo_facts(ex, inputs.repo, "facts-0")),
        chain=chain(ex),
        people=people(ex, given),
        legal_basis=legal_basis(ex),
        derivative=senses(ex),
        regimes=issues.told_once(issues.regimes(ex, ex.arrangement.body)),
        further=issues.regimes(ex, ex.arrangement.further),
        alike=issues.alike(ex),
        open=open_questions(ex),
        timeline=case_timeline(ex, lasting(inputs.record.chronology), named=True),
        chronology=chronology(ex),
        not_supported=tuple(
            NotSupported(anchor=ex.finding_anchor(one), text=one.proposition, rule=one.id)
            for one in on_nothing
        ),
        evidence=schedule(ex),
        sources=sources(ex),
        findings=(rows := annexes.all_findings(ex, resting)),
        told=annexes.applying(ex, listed := annexes.told(ex, rows)),
        idle=annexes.idle(ex, listed),
        waiting=annexes.waiting(ex),
        letters=annexes.letters(ex),
        answers=given,
        coverage=coverage(ex),
        check=annexes.check(ex),
        upstream=tuple(repo_facts(ex, repo, f"facts-{i}") for i, repo in enumerate(_upstream(inputs), 1)),
    )
    seen: Memo = each_text(memo, _printed)
    return seen


def _printed(text: str) -> str:
    return visible(text if len(text) <= LONGEST else f"{text[:LONGEST]} …")


def _upstream(inputs: MemoInputs) -> list[str]:
    return sorted({fact.repo for fact in inputs.facts} - {inputs.repo})


def unsupported(memo: Memo) -> list[Statement]:
    """The statements of *memo* that rest on nothing, or on something the memo does not list."""
    listed = [*(item.anchor for item in memo.evidence), *(item.anchor for item in memo.findings)]
    listed += [item.anchor for item in memo.answers] + [item.anchor for item in memo.sources]
    known = {*listed, "coverage", ""}
    return [
        one for one in statements(memo) if not one.support or any(r.anchor not in known for r in one.support)
    ]

"""Annexes C and F of the memo: all findings in one list, and how to check the memo."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from duediligence.analysis.abouts import words as about_words
from duediligence.analysis.situation import Finding
from duediligence.knowledge.law import Rule
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.issues import Also, also
from duediligence.memo.standing import heading, in_question, worded
from duediligence.memo.statement import Ref, Statement, say
from duediligence.memo.words import REGIMES, plain, sentence


@dataclass(frozen=True, kw_only=True)
class Row:
    """One finding in the list of all."""

    anchor: str
    number: str
    mark: str
    """``new`` or ``changed`` since the last memo; else empty."""

    heading: str
    regime: str
    proposition: Statement
    words: str
    """What the rule says, as it stands in the law files."""

    failed: str
    """The condition that is not met, for one that does not apply."""

    rule: str
    ref: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one rule finds alike for several things, as one row of the list."""

    row: Row
    """Of the first of them."""

    also: tuple[Also, ...]


@dataclass(frozen=True, kw_only=True)
class Idle:
    """Findings that do not apply for one reason."""

    reason: str
    support: Statement
    """What all of them rest on, behind the reason."""

    rows: tuple[Told, ...]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A rule that says nothing yet."""

    proposition: str
    questions: tuple[str, ...]
    rule: str


def all_findings(ex: Exhibits, findings: Sequence[Finding]) -> tuple[Row, ...]:
    """Every one of *findings*, also those that do not apply, in the order of their numbers."""

    def order(finding: Finding) -> tuple[int, str]:
        number = ex.number(finding)
        return int("".join(filter(str.isdigit, number))), number

    return tuple(_row(ex, finding) for finding in sorted(findings, key=order))


def told(ex: Exhibits, rows: Sequence[Row]) -> tuple[Told, ...]:
    """*rows* with those together that differ in nothing but what they are about."""
    findings = {ex.number(one): one for one in ex.resting}
    together: dict[Any, list[Row]] = {}
    for row in rows:
        about = about_words(findings[row.number].about or "\0", ex.inputs.law.acts)
        same = (
            row.rule,
            row.heading,
            *(text.replace(about, "\0") for text in (row.proposition.text, row.failed)),
        )
        together.setdefault(same, []).append(row)
    return tuple(
        Told(row=same[0], also=tuple(also(ex, findings[row.number]) for row in same[1:]))
        for same in together.values()
    )


def applying(ex: Exhibits, listed: Sequence[Told]) -> tuple[Told, ...]:
    """Those of *listed* that apply, in their order."""
    numbers = {ex.number(one) for one in ex.resting if one.status != "not_applicable"}
    return tuple(one for one in listed if one.row.number in numbers)


def idle(ex: Exhibits, listed: Sequence[Told]) -> tuple[Idle, ...]:
    """Those of *listed* that do not apply, by reason: the reason most have comes first."""
    apply = applying(ex, listed)
    by_reason: dict[str, list[Told]] = {}
    for one in listed:
        if one not in apply:
            by_reason.setdefault(one.row.failed, []).append(one)
    order = sorted(by_reason, key=lambda reason: -len(by_reason[reason]))
    return tuple(
        Idle(
            reason=reason,
            support=say(reason, support=_rests(by_reason[reason])),
            rows=tuple(by_reason[reason]),
        )
        for reason in order
    )


def _rests(rows: Sequence[Told]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(ref for one in rows for ref in one.row.proposition.support))


def _row(ex: Exhibits, finding: Finding) -> Row:
    return Row(
        anchor=ex.finding_anchor(finding),
        number=ex.number(finding),
        mark=ex.mark(finding),
        heading=heading(ex, finding),
        regime=REGIMES.get(finding.regime, plain(finding.regime)),
        proposition=say(worded(finding), support=ex.finding_refs(finding)),
        words=sentence(finding.proposition),
        failed=" ".join(sentence(text[:1].upper() + text[1:]) for text in finding.failed),
        rule=finding.id,
        ref=finding.ref or "",
    )


_EACH = {
    "dataset": "each dataset",
    "parent": "each model it is made from",
    "licensed": "each repository",
    "act": "each act",
    "letter": "each letter",
}


def _proposition(rule: Rule) -> str:
    return in_question(rule.proposition.replace("{about}", _EACH.get(rule.each or "", "each")))


def waiting(ex: Exhibits) -> tuple[Waiting, ...]:
    """The rules that wait for answers, with the questions in words."""
    return tuple(
        Waiting(
            proposition=_proposition(ex.rules[rule]) if rule in ex.rules else "",
            questions=tuple(dict.fromkeys(_question(ex, address) for address in addresses)),
            rule=rule,
        )
        for rule, addresses in ex.inputs.findings.waiting
    )


@dataclass(frozen=True, kw_only=True)
class Named:
    """A letter that findings name, and how its words are had."""

    title: str
    caution: str
    findings: tuple[str, ...]
    """Their numbers."""

    command: str


def letters(ex: Exhibits) -> tuple[Named, ...]:
    """The letters that findings which apply offer, in the order of the law files."""
    numbers: dict[str, list[str]] = {}
    for one in ex.resting:
        if one.letter and one.status != "not_applicable":
            numbers.setdefault(one.letter, []).append(ex.number(one))
    return tuple(
        Named(
            title=f"{letter.title[:1].upper()}{letter.title[1:]}",
            caution=letter.caution,
            findings=tuple(dict.fromkeys(numbers[id])),
            command=f"duediligence letter CASE {id}",
        )
        for id, letter in ex.inputs.law.letters.items()
        if id in numbers
    )


def _question(ex: Exhibits, address: str) -> str:
    question, _, about = address.partition("@")
    asked = ex.asked.get((question, about or None))
    return asked.text if asked else plain(question)


@dataclass(frozen=True, kw_only=True)
class Check:
    """How to check the memo."""

    made_from: tuple[str, ...]
    law_digest: str
    program: str
    steps: tuple[tuple[str, str], ...]
    """What it shows, and the command to type in the case folder."""

    limits: tuple[str, ...]


STEPS = (
    ("The record: each file's name carries the first digits of its digest.", "sha256sum ledger/*.json"),
    ("The exchanges with the Hub: every record's own digest.", "warcio check captures/*/exchanges.warc.gz"),
    (
        "One body: CAPTURE and OFFSET stand in annex A; the result is its SHA-256.",
        "warcio extract --payload captures/CAPTURE/exchanges.warc.gz OFFSET | sha256sum",
    ),
    ("Everything at once, from the folder above.", "duediligence verify CASE"),
)
"""What a check shows, and the command to type in the case folder."""

LIMITS = (
    "Anyone who holds the case folder can build its whole history anew. Whoever kept an older head of the "
    "record can show a later change; nobody else can.",
    "Names of persons are as typed; nobody's identity was checked.",
    "That something was not found shows only that it was not in the places searched, on that day.",
    "Quotes and answers are cut where they are long, with …; evidence and record hold the whole text.",
    "Case law is known as annex B says; what was not read in the original must be read before it is cited.",
    "The law files know the European Union, Germany, the United Kingdom and the United States best; on other "
    "countries, France among them, they hold single sources only.",
    "No lawyer has reviewed the law files.",
)


def check(ex: Exhibits) -> Check:
    """Heads, edition of the law and program, and the commands that check them."""
    issued = ("This is a preview; it is kept in no record.",) if ex.inputs.draft else ()
    return Check(
        made_from=ex.inputs.made_from,
        law_digest=ex.inputs.law.digest,
        program=ex.inputs.program,
        steps=STEPS,
        limits=(*issued, *LIMITS),
    )

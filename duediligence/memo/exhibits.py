"""What sentences of the memo rest on: evidence, answers and legal sources, looked up and numbered."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from duediligence.analysis.abouts import words as about_words
from duediligence.analysis.changes import Place
from duediligence.analysis.disputes import Derivative, derivative
from duediligence.analysis.matrix import Matrix, matrix
from duediligence.analysis.situation import Asked, Finding
from duediligence.evidence.manifest import Entry
from duediligence.facts.fact import Fact
from duediligence.facts.upstream import upstream_of
from duediligence.history import Answer
from duediligence.knowledge.law import Question, Rule
from duediligence.memo.inputs import MemoInputs
from duediligence.memo.order import Arrangement, arranged
from duediligence.memo.origin import kinds_of, says
from duediligence.memo.statement import Ref, Span, listed, name, quote, words
from duediligence.memo.words import day, joined, moment, place, zone
from duediligence.repo import kind_of, shown, today

ON_FILE = Ref(kind="searched", label="", anchor="")
"""Support of a sentence on what nobody has answered: the answers on file were looked through."""

RECORD = Ref(kind="event", label="", anchor="")
"""Support of a sentence on the case itself: its record of events, and the memos issued from it."""

COVERAGE = Ref(kind="searched", label="", anchor="coverage")
"""Support of a sentence on what could not be read: what was asked for and what came back."""

ANNEX_E = Ref(kind="searched", label="annex E", anchor="coverage")
"""Support of a sentence on something of which nothing was received: the list of what was asked for."""

_HUB = "https://huggingface.co"
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class Exhibits:
    """The inputs of a memo, by number and id."""

    inputs: MemoInputs

    @cached_property
    def evidence(self) -> Mapping[str, Entry]:
        """Number to the body it names, as it is known now; numbers only earlier captures hold as well."""
        entries = [entry for manifest in self.inputs.manifests for entry in manifest.entries]
        return {entry.evidence: entry for entry in (*entries, *self.inputs.entries) if entry.evidence}

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        return {fact.id: fact for fact in self.inputs.facts}

    @cached_property
    def facts_of(self) -> Mapping[str, tuple[Fact, ...]]:
        """Repo to its facts, in their order."""
        by_repo: dict[str, list[Fact]] = {}
        for fact in self.inputs.facts:
            by_repo.setdefault(fact.repo, []).append(fact)
        return {repo: tuple(facts) for repo, facts in by_repo.items()}

    @cached_property
    def _entries(self) -> Mapping[tuple[str, str], Entry]:
        return {(one.repo, one.resource): one for one in reversed(self.inputs.entries)}

    def entry(self, repo: str, resource: str) -> Entry | None:
        """What the Hub sent for *resource* of *repo*; ``None`` for what was not asked for."""
        return self._entries.get((repo, resource))

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Question id to question, as asked in this case or, if it no longer is, as the law has it."""
        in_law = {question.id: question for question in self.inputs.law.questions}
        return in_law | {one.question.id: one.question for one in self.inputs.asked}

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.inputs.law.rules}

    @cached_property
    def asked(self) -> Mapping[tuple[str, str | None], Asked]:
        return {(one.question.id, one.about): one for one in self.inputs.asked}

    @cached_property
    def asked_by_text(self) -> Mapping[str, Asked]:
        """Text of a question, with what it is about, to the question."""
        return {one.text: one for one in self.inputs.asked}

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """Every answer that stands, in the order of the record."""
        order = {number: i for i, number in enumerate(self.answer_numbers)}
        standing = [answer for answers in self.inputs.record.answers.values() for answer in answers]
        return tuple(sorted(standing, key=lambda answer: (order.get(answer.event, len(order)), answer.event)))

    @cached_property
    def answer_numbers(self) -> Mapping[str, str]:
        """First digits of an answer's event to ``A1`` …: counted over all ever given, so numbers stay."""
        given = [e["sha256"][:8] for e in self.inputs.record.chronology if e.get("event") == "answered"]
        standing = {answer.event for answers in self.inputs.record.answers.values() for answer in answers}
        return {event: f"A{i}" for i, event in enumerate([*given, *sorted(standing - set(given))], 1)}

    @cached_property
    def used_sources(self) -> tuple[str, ...]:
        """Ids of the legal sources the findings and the three questions on derivatives cite, sorted."""
        used = {str(cited["id"]) for f in self.inputs.findings.findings for cited in f.authorities}
        used |= {str(item["id"]) for one in self.inputs.findings.dates for item in one.authorities}
        for one in self.derivative.questions:
            used |= {str(item["authority"]["id"]) for item in (*one.positions, *one.answers_nothing)}
        return tuple(sorted(used))

    @cached_property
    def _source_numbers(self) -> Mapping[str, int]:
        return {source: number for number, source in enumerate(self.used_sources, 1)}

    @cached_property
    def derivative(self) -> Derivative:
        """The three questions behind *is the model a derivative of the dataset?*"""
        return derivative(self.inputs.situation, self.inputs.asked, self.inputs.findings)

    @cached_property
    def matrix(self) -> Matrix:
        """Who relies on what for which act."""
        return matrix(self.inputs.situation, self.inputs.asked, self.inputs.findings)

    # Findings, and the numbers they keep.

    @cached_property
    def resting(self) -> tuple[Finding, ...]:
        """The findings that rest on something."""
        return tuple(one for one in self.inputs.findings.findings if self.finding_refs(one))

    @cached_property
    def arrangement(self) -> Arrangement:
        """Where the memo tells each finding."""
        apply = [one for one in self.resting if one.status != "not_applicable"]
        told = {(one.id, one.about) for one in apply}
        rest = [one for one in self.inputs.findings.findings if (one.id, one.about) not in told]
        return arranged(apply, rest)

    @cached_property
    def numbers(self) -> Mapping[Place, str]:
        """Rule and about to ``F1`` …; those of earlier memos stay, also of findings that are gone."""
        return self.arrangement.numbered(self.inputs.numbers)

    def number(self, finding: Finding) -> str:
        """``F3``: the number a finding keeps from memo to memo."""
        return self.numbers[finding.id, finding.about]

    def finding_anchor(self, finding: Finding) -> str:
        """Id of a finding's row."""
        return f"finding-{self.number(finding)}"

    @cached_property
    def used_by(self) -> Mapping[str, tuple[Ref, ...]]:
        """Anchor of an evidence item, an answer or a legal source to the findings that rest on it."""
        used: dict[str, list[Ref]] = {}
        for finding in sorted(self.resting, key=lambda one: order(self.number(one))):
            label, anchor = self.number(finding), self.finding_anchor(finding)
            for ref in self.finding_refs(finding):
                used.setdefault(ref.anchor, []).append(Ref(kind="finding", label=label, anchor=anchor))
        return {anchor: tuple(refs) for anchor, refs in used.items()}

    # What is different since the last memo, for the margin.

    def mark(self, finding: Finding) -> str:
        """``new``, ``changed`` or nothing; a memo that follows on no other marks nothing."""
        since, place = self.inputs.since, (finding.id, finding.about)
        if since is None or place not in since.moved:
            return ""
        return "changed" if place in since.known else "new"

    @cached_property
    def _came(self) -> Mapping[str, str]:
        """Id of a fact that was not so at the last memo to its mark."""
        changes = self.inputs.since.facts if self.inputs.since else ()
        return {
            one.after.id: "changed" if one.before and one.before.state == "stated" else "new"
            for one in changes
            if one.after is not None
        }

    def fact_mark(self, facts: Iterable[Fact]) -> str:
        """The mark of a passage that tells *facts*."""
        return next((self._came[one.id] for one in facts if one.id in self._came), "")

    def answer_mark(self, event: str, kept: bool = False) -> str:
        """The mark of an answer, by the first digits of its event: ``new``, or ``kept`` since."""
        people = self.inputs.since.people if self.inputs.since else ()
        given = {one["sha256"][:8] for one in people if one["event"] == "answered"}
        if event in given.union(*(one.get("again", ()) for one in people)):
            return "new"
        held = any(one["event"] == "kept" and str(one.get("answer", ""))[:8] == event for one in people)
        return "kept" if kept and held else ""

    @cached_property
    def what(self) -> str:
        """``model`` or ``dataset``: what the repository of the case holds."""
        return "dataset" if kind_of(self.inputs.repo) == "datasets" else "model"

    @cached_property
    def zone(self) -> tuple[tzinfo, str]:
        return zone(self.inputs.time_zone)

    def moment(self, stamp: str, *, time: bool = True) -> str:
        """A kept time in the time zone of the case."""
        return moment(stamp, self.zone[0], time=time)

    # What a sentence rests on.

    def finding_refs(self, finding: Finding) -> tuple[Ref, ...]:
        """Evidence, answers and legal sources of a finding."""
        return self._finding_refs[finding.id, finding.about]

    @cached_property
    def _finding_refs(self) -> Mapping[Place, tuple[Ref, ...]]:
        refs: dict[Place, tuple[Ref, ...]] = {}
        for finding in self.inputs.findings.findings:
            rests_on = [ref for item in finding.rests_on for ref in self.item_refs(item)]
            rests_on += [ref for item in finding.authorities for ref in self.source_ref(str(item["id"]))]
            refs[finding.id, finding.about] = tuple(dict.fromkeys(rests_on))
        return refs

    def item_refs(self, item: Mapping[str, Any]) -> tuple[Ref, ...]:
        """One fact or answer a finding rests on."""
        if "answer" in item:
            return self.answer_ref(str(item.get("event") or ""))
        fact = self.facts.get(str(item.get("fact")))
        return self.fact_refs(fact) if fact else self.ref(item.get("evidence"))

    def ref(self, number: str | None) -> tuple[Ref, ...]:
        """The reference to a piece of evidence; empty when it has no number or is not in the schedule."""
        ref = self._evidence_refs.get(number or "")
        return (ref,) if ref else ()

    @cached_property
    def _evidence_refs(self) -> Mapping[str, Ref]:
        return {one: Ref(kind="evidence", label=one, anchor=f"evidence-{one}") for one in self.evidence}

    def answer_ref(self, event: str) -> tuple[Ref, ...]:
        """The reference to an answer, by the first digits of its event."""
        number = self.answer_numbers.get(event[:8])
        return (Ref(kind="answer", label=number, anchor=f"answer-{number}"),) if number else ()

    def source_ref(self, source: str) -> tuple[Ref, ...]:
        """The reference to a legal source, by its id; how it is known stands beside its title."""
        authority = self.inputs.law.authorities.get(source)
        if authority is None:
            return ()
        number = self._source_numbers.get(source)
        anchor = f"source-{number}" if number else ""
        return (Ref(kind="source", label=authority.title, anchor=anchor),)

    def fact_refs(self, fact: Fact) -> tuple[Ref, ...]:
        """What a fact rests on: its body, those searched, or those of the facts it was computed from."""
        below = [self.facts[i] for i in fact.rests_on if i in self.facts and i != fact.id]
        numbers = dict.fromkeys(number for one in (fact, *below) for number in (one.evidence, *one.searched))
        refs = tuple(ref for number in numbers for ref in self.ref(number))
        return refs or (COVERAGE,)

    def refs(self, facts: Iterable[Fact]) -> tuple[Ref, ...]:
        """What several facts rest on, each place once."""
        return tuple(dict.fromkeys(ref for fact in facts for ref in self.fact_refs(fact)))

    # Words for what was looked at and who said what.

    def searched(self, numbers: Iterable[str]) -> str:
        """``card, license file and 1 discussion, on 22 November 2026``."""
        entries = [self.evidence[number] for number in dict.fromkeys(numbers) if number in self.evidence]
        if not entries:
            return "nothing that could be read"
        days = sorted({entry.received_at for entry in entries})
        spoken = list(dict.fromkeys(self.moment(stamp, time=False) for stamp in days))
        when = spoken[0] if len(spoken) == 1 else f"{spoken[0]} to {spoken[-1]}"
        return f"{joined(kinds_of(entries))}, on {when}"

    def value(self, answer: Answer) -> tuple[Span, ...]:
        """What was answered, in the question's words; free text as a quotation."""
        question = self.questions.get(answer.question)
        given = answer.value if isinstance(answer.value, tuple) else (answer.value,)
        if answer.value == "unknown":
            ask = name(answer.ask, 60) if answer.ask and answer.ask != "provider" else "the provider"
            return words("not known; ", ask, " can say") if answer.ask else words("not known")
        spoken = [_spoken(one, question) for one in given]
        return listed(spoken, "; " if any("," in span.text for span in spoken) else ", ")

    def about(self, about: str | None) -> tuple[Span, ...]:
        """What a question or finding is about; empty when it is about the case."""
        if about is None:
            return ()
        spoken = about_words(about, self.inputs.law.acts)
        return words(spoken if spoken != shown(about) else name(spoken))

    def spoken(self, value: str, question: str) -> Span:
        """One value of an answer in the words of its question; free text as a quotation."""
        return _spoken(value, self.questions.get(question))

    @cached_property
    def _disagreeing(self) -> Mapping[str, Sequence[Fact]]:
        """What was worked out, by repo, on whether its places differ on the license."""
        found: dict[str, list[Fact]] = {}
        for fact in self.inputs.facts:
            if (fact.key, fact.state) == ("license.disagree", "stated"):
                found.setdefault(fact.repo, []).append(fact)
        return found

    def differ(self, repo: str, facts: Iterable[Fact]) -> bool:
        """Whether places that state one key of *repo* differ; two names of one license or repo do not."""
        given = list(facts)
        computed = self._disagreeing.get(repo, ())
        if computed and all(fact.key == "license" for fact in given):
            return any(fact.value == "true" for fact in computed)
        by_source: dict[str, set[str | None]] = {}
        for fact in given:
            by_source.setdefault(says(fact), set()).add(self._meant(fact))
        return len({frozenset(values) for values in by_source.values()}) > 1

    def _meant(self, fact: Fact) -> str | None:
        """What a fact states, a repository by the id it has today, whichever id was written."""
        upstream = fact.upstream or upstream_of(fact)
        return today(upstream, self._renamed) if upstream else fact.value

    @cached_property
    def _renamed(self) -> Mapping[str, str]:
        return {node.id: node.now for node in self.inputs.lineage.repos if node.now}

    def endpoint(self, endpoint: str) -> str:
        """Where the Hub was asked; the sample is asked on a port of this computer that says nothing."""
        return "the recorded sample" if self.inputs.sample else endpoint

    def address(self, url: str) -> str:
        """An address as printed; of a sample only what was asked for."""
        if not self.inputs.sample:
            return url
        parts = urlsplit(url)
        return "recorded sample: " + urlunsplit(("", "", parts.path, parts.query, ""))

    def link(self, repo: str, revision: str | None = None) -> str:
        """Address of a repository's own page on the Hub; empty for a bare name, a sample or another Hub."""
        endpoints = {str(event.get("endpoint", "")).rstrip("/") for event in self.inputs.record.captures}
        kind, _, path = repo.partition("/")
        if self.inputs.sample or endpoints != {_HUB} or kind not in ("models", "datasets"):
            return ""
        page = f"{_HUB}/{path}" if kind == "models" else f"{_HUB}/{repo}"
        return f"{page}/tree/{revision}" if revision and _COMMIT.fullmatch(revision) else page


def order(number: str) -> tuple[int, str]:
    """``E2`` before ``E10`` before ``E10b``."""
    digits = "".join(sign for sign in number[1:] if sign.isdigit())
    return int(digits or 0), number


def _spoken(value: str, question: Question | None) -> Span:
    if question is None:
        return quote(value)
    if value in question.choices:
        return Span(text=question.choices[value], kind="ours")
    if question.type == "yes_no":
        return Span(text=value, kind="ours")
    if question.type == "date":
        return Span(text=day(value), kind="ours")
    return Span(text=place(value), kind="ours") if question.type in ("place", "places") else quote(value)

"""The memo as a value: every word of it, in the order and wording counsel asks for."""

import json
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from duediligence.analysis.situation import Finding, Findings
from duediligence.facts.fact import Fact
from duediligence.facts.lineage import Edge, Lineage, Node
from duediligence.history import Answer, Shown
from duediligence.knowledge.reader import load_law
from duediligence.knowledge.vocabulary import ACT_WORDS
from duediligence.memo.chain import DEEPEST, Link
from duediligence.memo.quoting import read_plainly, theirs
from duediligence.memo.standing import asked_of_counsel, in_question
from duediligence.memo.statement import Ref, say, statements
from duediligence.memo.terms import term_words, value_words
from duediligence.memo.twin import to_json
from duediligence.memo.view import Memo, MemoInputs, build, unsupported
from duediligence.memo.words import cut
from tests import memo_inputs as given
from tests.memo_inputs import BY_ID


def texts(part: Any) -> list[str]:
    """Every statement in a part of the memo, as plain text."""
    return [statement.text for statement in statements(part)]


def with_findings(*findings: Finding) -> MemoInputs:
    """The case with other findings."""
    found = Findings(findings=findings, waiting=(), as_of="2026-11-22", law_digest=given.LAW.digest)
    return given.inputs(findings=found)


def every_link(links: tuple[Link, ...]) -> list[Link]:
    """All links of a chain, however deep."""
    return [one for link in links for one in (link, *every_link(link.upstream))]


# Support: nothing is stated without it, and nothing that came in is lost.


def test_no_statement_is_without_support() -> None:
    """Every sentence that states a fact rests on evidence, an answer, a legal source or a search."""
    assert unsupported(build(given.inputs())) == []


def test_a_sentence_that_rests_on_nothing_is_found() -> None:
    """Also one that names an exhibit the memo does not list."""
    memo = build(given.inputs())
    loose = say("The weights are free of works.")
    astray = say("So it says.", support=(Ref(kind="evidence", label="E99", anchor="evidence-E99"),))
    page = replace(memo.first_page, record=(*memo.first_page.record, loose, astray))

    assert unsupported(replace(memo, first_page=page)) == [loose, astray]


def test_a_case_with_nothing_in_it_has_no_unsupported_statement() -> None:
    """Nothing answered and nothing found: the memo still says only what it can show."""
    record = given.record()
    empty = given.inputs(record=record, facts=(), asked=(), entries=(), manifests=(), findings=Findings(
        findings=(), waiting=(), as_of="2026-11-22", law_digest=given.LAW.digest
    ))  # fmt: skip

    assert unsupported(build(empty)) == []


def test_every_fact_is_in_exactly_one_line() -> None:
    """No fact is dropped between the sources and the memo, and none is printed twice."""
    memo = build(given.inputs())
    lines = [
        line
        for repo in (memo.facts, *memo.upstream)
        for line in (
            *repo.silences,
            *(x for g in repo.groups for t in g.topics for x in t.lines),
            *(x for t in repo.further for x in t.lines),
        )
    ]

    assert sorted(id for line in lines for id in line.ids) == sorted(fact.id for fact in given.FACTS)


def test_of_many_passages_section_1_quotes_the_first_and_annex_g_the_others() -> None:
    """In the order of the card; none is dropped, none stands twice."""
    said = [
        given.fact("out_of_scope_use", "", "prose", "E2", bytes=(i, i + 9), quote=f"Use {i} is not meant.")
        for i in (5, 4, 3, 2, 1)
    ]

    facts = build(given.inputs(facts=tuple(said))).facts
    ((topic,), (rest,)) = facts.groups[0].topics, facts.further

    assert topic.lines[0].statement.text == (
        "“Use 1 is not meant.”; “Use 2 is not meant.”; 3 more passages in annex G."
    )
    assert rest.lines[0].statement.text == (
        "“Use 3 is not meant.”; “Use 4 is not meant.”; “Use 5 is not meant.”"
    )
    assert len(topic.lines[0].ids) == 2 and len(rest.lines[0].ids) == 3


def test_every_finding_is_listed_and_those_that_apply_are_treated() -> None:
    """Annex C holds all findings; section 2 all but those that do not apply."""
    memo = build(given.inputs())
    issues = [issue for regime in (*memo.regimes, *memo.further) for issue in regime.issues]
    treated = [anchor for issue in issues for anchor in (issue.anchor, *(one.anchor for one in issue.also))]

    assert len(memo.findings) == len(given.FINDINGS)
    assert len(set(treated)) == len(treated) == len(given.FINDINGS) - 1


def test_every_numbered_body_is_in_the_schedule() -> None:
    """Annex A lists each evidence number once, in the order of the numbers."""
    memo = build(given.inputs())

    assert [one.number for one in memo.evidence] == [e.evidence for e in given.ENTRIES if e.evidence]


def test_evidence_of_an_earlier_capture_stays_in_the_schedule() -> None:
    """A number keeps its row after a later capture received another body."""
    old = given.entry("E17", given.REPO, "README.md")
    memo = build(given.inputs(manifests=(replace(given.MANIFEST, entries=(old,)), given.MANIFEST)))

    row = next(one for one in memo.evidence if one.number == "E17")
    assert row.state == "replaced by a later capture"
    assert memo.evidence[-1] is row


def test_every_answer_is_listed_with_who_says_and_who_typed() -> None:
    """Annex D names both: what counsel said by mail was typed by somebody else."""
    memo = build(given.inputs())

    assert len(memo.answers) == len(given.ANSWERS)
    assert ("B. Counsel", "A. Example") in [(one.says, one.by) for one in memo.answers]


def test_each_exhibit_answer_and_legal_source_names_the_findings_that_rest_on_it() -> None:
    """What a finding names leads back to it."""
    memo = build(given.inputs())
    rows = {row.number: {ref.anchor for ref in row.proposition.support} for row in memo.findings}
    below = [*((one.anchor, one.used_by) for one in memo.evidence)]
    below += [*((one.anchor, one.used_by) for one in memo.answers)]
    below += [*((one.anchor, one.used_by) for one in memo.sources)]

    back = {(anchor, ref.label) for anchor, refs in below for ref in refs}
    assert back and back == {(anchor, number) for number, anchors in rows.items() for anchor in anchors}


def test_an_answer_that_was_replaced_keeps_its_number_and_says_so() -> None:
    """The history keeps every answer; the number of one is never given to another."""
    old, new = given.answered("use.start", "2026-12-01", "b0000001"), given.ANSWERS[2]
    record = replace(given.record(*given.ANSWERS), chronology=given.events(old, *given.ANSWERS))

    memo = build(given.inputs(record=record))

    assert [one.note for one in memo.answers if one.number == "A1"] == ["replaced by A4"]
    assert [one.number for one in memo.answers if one.value.text == "1 February 2027"] == ["A4"]
    assert new.value == "2027-02-01"


def asked_about(*answers: Answer) -> MemoInputs:
    """The case with these answers, each to a question that is asked."""
    asked = tuple(given.asked(one.question, one.about, state="answered") for one in answers)
    return given.inputs(record=given.record(*answers), asked=asked)


def test_the_same_answer_about_several_things_is_one_row_of_the_body() -> None:
    """Each keeps its number there, and its own entry in annex D."""
    acts = ("collect", "train", "publish")
    text = BY_ID["provider.legal-basis"].text
    same = [
        given.answered(
            "provider.legal-basis",
            "none",
            f"a000001{i}",
            act,
            shown=Shown(text=text.replace("{about}", ACT_WORDS[act]), choices=(), facts=()),
        )
        for i, act in enumerate(acts)
    ]

    memo = build(asked_about(*same))

    (row,) = memo.people.rows
    assert "".join(span.text for span in row.question) == (
        "Which legal basis has the provider stated for each of these?"
    )
    assert "".join(span.text for span in row.about) == "(collecting, training and publishing the weights)"
    assert [one.number for one in row.given] == [one.number for one in memo.answers] == ["A1", "A2", "A3"]
    assert memo.people.further == 0


def test_answers_beyond_the_room_of_the_body_are_counted_and_stand_in_the_annex() -> None:
    """None is lost, and those an issue of the body rests on come before the others."""
    many = [
        given.answered("dataset.content", f"Content {i}", f"a00001{i:02}", f"datasets/a/{i}")
        for i in range(30)
    ]
    rests = ({"answer": "dataset.content", "about": "datasets/a/29", "event": "a0000129"},)
    found = with_findings(given.finding("a.b", "The sky is blue.", rests_on=rests)).findings

    memo = build(replace(asked_about(*many), findings=found))

    printed = [one.number for row in memo.people.rows for one in row.given]
    assert len(printed) + memo.people.further == len(memo.answers) == 30
    assert "A30" in printed and memo.people.further == 10


def test_what_a_legal_source_says_is_told_where_the_body_cites_it_first() -> None:
    """Later issues point there; the annex tells it each time."""
    memo = build(with_findings(given.finding("a.b", "One."), given.finding("a.c", "Two.")))

    first, second = (issue.sources[0].says for issue in memo.regimes[0].issues)
    assert first and second == "see F1."


def test_a_memo_for_a_claim_tells_what_it_is_about_instead_of_a_plan() -> None:
    """A rightsholder is not asked for a plan, so none is said to be unanswered."""
    said = [
        given.answered("use.role", ("rightsholder",), "a0000001"),
        given.answered("matter.known-since", "2023-02-01", "a0000002"),
    ]

    page = build(given.inputs(record=given.record(*said))).first_page

    assert page.plan_title == "What the claim is about"
    assert [one.text for one in page.plan] == [
        "First known: 1 February 2023.",
        "Whether this side uses it too is not on file.",
    ]


def test_a_finding_that_rests_on_nothing_is_set_apart() -> None:
    """It stands under its own heading, and in no other section."""
    memo = build(with_findings(given.finding("a.b", "The sky is blue.", authorities=())))

    assert [one.text for one in memo.not_supported] == ["The sky is blue."]
    assert memo.regimes == () and memo.findings == ()


# Page 1.


def test_every_rule_of_the_law_files_can_be_asked_about() -> None:
    """Whatever is open is a question to its end; names in it keep their capital."""
    for rule in load_law(date(2026, 11, 28)).rules:
        asked = in_question(rule.proposition)
        begins = ("Does it hold here that ", "Is it shown that ", "Is it on file ", "Can it be told ")
        assert asked.startswith(begins) and asked.endswith("?")
        assert not re.search(r"[.;?] ", asked.replace("sec. ", "")), asked
        assert not re.match(r"Does it hold here that (The|A|An|If|Where|Who|Whether)\b", asked), asked


def test_no_open_finding_is_told_as_if_it_held() -> None:
    """Wherever a finding in question is told, it is asked; also a rule that still waits for an answer."""
    memo = build(given.inputs())
    open_ = {one.proposition for one in given.FINDINGS if one.in_question}
    told = [one.text for one in statements(memo)]
    told += [one.proposition for one in memo.waiting]

    assert open_ and all(one.proposition.endswith("?") for one in memo.waiting)
    assert not [text for text in told for said in open_ if text.startswith(said.rstrip("."))]


def test_an_id_keeps_its_small_letter_at_the_start_of_a_sentence() -> None:
    """It is the name of a repository, and that of another one with a capital."""
    gap = given.finding(
        "a.b", "It holds.", missing=("laion/laion2B-en could not be reached, so nothing is known",)
    )
    memo = build(with_findings(gap))

    assert texts(memo.regimes[0].issues[0].missing) == [
        "laion/laion2B-en could not be reached, so nothing is known."
    ]


def test_what_is_cut_is_cut_between_words_and_before_an_open_bracket() -> None:
    """A line of page 1 never ends inside a bracket nobody closes."""
    assert cut("It was asked (on the Hub, in a discussion) twice.", 30) == "It was asked …"
    assert cut("It was asked (twice), then answered.", 27) == "It was asked (twice), then …"
    assert cut("Short.", 6) == "Short."


def test_what_a_program_wrote_is_no_quotation_and_a_title_has_one_pair_of_marks() -> None:
    """``false`` is a value, not what somebody said; JSON's quotation marks are its own."""
    title = given.fact("discussion", "On which basis?", "discussion", "E5", quote='"On which basis?"')
    gate = given.fact("gated", "false", "api", "E1")
    marked = given.fact(
        "intended_use", "", "prose", "E2", quote="**Any** use, see [here](https://a.example)."
    )

    assert "".join(span.text for span in theirs(title)) == "On which basis?"
    assert [(span.kind, span.text) for span in theirs(gate)] == [("ours", "none asked for")]
    assert read_plainly(marked, 90)[0].text == "Any use, see here."


def test_line_one_names_who_asks_whom_and_as_of_when() -> None:
    """To, from, how it was prepared, the day of the law and the revision of the facts."""
    assert texts(build(given.inputs()).first_page.line) == [
        "To: counsel, not named yet.",
        "From: A. Example; plans to use the model.",
        "Prepared without a lawyer.",
        "Law as of 22 November 2026 "
        "(sources looked at up to 22 November 2026, 1 of 7 past their review date).",
        "Facts as of revision 1c2b8495b281, received 22 November 2026, 10:14 (Europe/Berlin).",
    ]


def test_only_a_lawyer_who_asked_makes_it_prepared_at_counsels_request() -> None:
    """The label follows an answer on file, nothing else."""
    question = given.question("use.for-lawyer", "For which lawyer is this file made?")
    asked = replace(given.ASKED[0], question=question)
    answer = replace(given.ANSWERS[0], question="use.for-lawyer", value="Dr. Example", event="c0000001")

    memo = build(given.inputs(record=given.record(answer), asked=(asked,)))

    assert texts(memo.first_page.line)[0] == "To: Dr. Example."
    assert texts(memo.first_page.line)[2] == "Prepared at counsel’s request."

    for nobody in ("none", "Nobody."):
        answer = replace(answer, value=nobody)
        line = texts(build(given.inputs(record=given.record(answer), asked=(asked,))).first_page.line)
        assert line[0] == "To: counsel, not named yet."
        assert line[2] == "Prepared without a lawyer."


def test_at_most_three_questions_are_asked_each_with_its_jurisdiction() -> None:
    """They come from findings for counsel that are open or disputed; one rule asks once."""
    counsel = [
        given.finding(f"rule.{i}", f"The point {i} holds.", about=about, owner="counsel")
        for i in range(4)
        for about in ("datasets/a/b", "datasets/a/c")
    ]

    assert texts(build(with_findings(*counsel)).first_page.questions) == [
        "Does it hold here that the point 0 holds? The same for a/c. [European Union]",
        "Does it hold here that the point 1 holds? The same for a/c. [European Union]",
        "Does it hold here that the point 2 holds? The same for a/c. [European Union]",
    ]


def test_findings_for_others_or_settled_are_not_asked_of_counsel() -> None:
    """Counsel is not asked what an engineer can answer, nor what nobody disputes."""
    memo = build(
        with_findings(
            given.finding("a.a", "One."),
            given.finding("a.b", "Two.", owner="counsel", status="supported", law="settled"),
        )
    )

    assert memo.first_page.questions == ()
    assert memo.first_page.no_question


def test_dates_come_from_the_law_and_from_answers_in_their_order() -> None:
    """Each with how it was counted and the proof on file; a source no finding uses sends no date."""
    dates = build(given.inputs()).first_page.dates

    assert [(row.on, row.why.text, row.counted) for row in dates.rows] == [
        (
            "17 December 2026",
            "The Federal Court of Justice announces its judgment; a reference may replace it; "
            "before the planned start.",
            "set by law, or announced; read in a secondary source",
        ),
    ]
    assert dates.days_set is not None
    assert dates.days_set.text == (
        "Days people set, which can be moved: Answer asked for by this day: 15 December 2026; "
        "Planned start of use: 1 February 2027."
    )
    assert [ref.kind for ref in dates.days_set.support] == ["answer", "answer"]


def test_a_date_that_has_passed_says_so() -> None:
    """On a later day the memo does not pretend the date is still ahead."""
    later = build(given.inputs(as_of=date(2026, 12, 18)))

    assert [row.on for row in later.first_page.dates.rows if "this day has passed" in row.why.text] == [
        "17 December 2026",
    ]
    assert later.first_page.dates.days_set is not None
    assert "15 December 2026; this day has passed" in later.first_page.dates.days_set.text


def test_without_any_date_the_memo_says_what_is_not_on_file() -> None:
    """The sentence counsel asked for."""
    memo = build(replace(with_findings(), record=given.record()))

    assert memo.first_page.dates.none == "No such date found; the date of first knowledge is not on file."


def test_what_is_planned_is_said_or_said_to_be_unanswered() -> None:
    """No plan is guessed."""
    assert texts(build(given.inputs()).first_page.plan) == [
        "We plan to try it and put it in a product or API; start 1 February 2027.",
        "Offered in: Germany, Austria; anyone pays: yes, a paid product.",
        "What happens if we stop is not on file.",
    ]
    assert texts(build(given.inputs(record=given.record())).first_page.plan)[0] == (
        "What we plan is not answered; the start is not answered."
    )


@pytest.mark.parametrize(
    ("covered", "said"),
    [
        (("fallback_model", "indemnity"), "If we stop: the contracts name another model as a fallback."),
        (("none",), "If we stop: neither a fallback nor a plan to take it back is in the contracts."),
        ("unknown", "What happens if we stop is not on file."),
    ],
)
def test_what_happens_if_we_stop_is_what_the_contracts_provide(
    covered: str | tuple[str, ...], said: str
) -> None:
    """As answered; an answer that it is not known is none."""
    answer = replace(given.ANSWERS[0], question="output.contract", value=covered, event="c0000003")
    record = given.record(*given.ANSWERS, answer)

    assert texts(build(given.inputs(record=record)).first_page.plan)[-1] == said


def test_the_record_is_shown_in_sentences_about_the_record() -> None:
    """Not "there is no basis" but "we found none stated", with where and when."""
    shows = texts(build(given.inputs()).first_page.record)

    assert len(shows) <= 5
    assert shows[1] == f"The card names “LAION-2B” as training data only in its text: “{given.SENTENCE}”"
    assert shows[2] == (
        "We found no legal basis stated for publishing the weights. "
        "Searched: card, license or notice file and 1 discussion, on 22 November 2026."
    )
    assert "not read" not in " ".join(shows), "that is named once, with who can supply it"


def test_what_is_missing_names_who_has_it() -> None:
    """At most five lines; the rest is counted."""
    missing = build(given.inputs()).first_page.missing

    assert texts(missing)[0] == (
        "The provider: Which legal basis the provider relies on for publishing the weights."
    )
    many = given.finding("a.b", "It holds.", missing=tuple(f"Thing {i}" for i in range(9)))
    page = build(with_findings(many)).first_page
    assert len(page.missing) == 5
    assert page.more_missing.startswith("Also 4 more lines in section 2 and annex C")


# The sections.


def test_sources_that_say_the_same_share_a_line_and_those_that_differ_stand_side_by_side() -> None:
    """None wins silently."""
    topics = {t.title: t for g in build(given.inputs()).facts.groups for t in g.topics}

    assert topics["License"].differ
    assert [line.kind for line in topics["License"].lines] == [
        "The Hub's API says · The card says, in its metadata",
        "The license file says",
    ]
    assert not topics["Task"].differ and len(topics["Task"].lines) == 1


def test_names_of_one_license_are_not_called_different() -> None:
    """The comparison of the license files decides, not the spelling."""
    same = given.fact("license.disagree", "false", "computed", None, rests_on=(given.LICENSE_API.id,))
    memo = build(given.inputs(facts=(*given.FACTS, same)))

    assert not {t.title: t for g in memo.facts.groups for t in g.topics}["License"].differ
    assert texts(memo.first_page.record)[0] == (
        "The license is stated as “mit” by the Hub's API and in the card's metadata; "
        "“MIT License” in the license file."
    )


def test_a_former_id_and_the_id_it_leads_to_are_not_called_different() -> None:
    """A card that was written before its base model moved says what the Hub says."""
    former = "models/base-encoder"
    stated = given.fact("base_model", "base-encoder", "api", "E1")
    for now, differ in ((given.PARENT, False), (None, True)):
        node = Node(id=former, state="renamed", now=now, revision=None, license=())
        lineage = replace(given.LINEAGE, repos=(*given.LINEAGE.repos, node))
        memo = build(replace(given.inputs(facts=(*given.FACTS, stated)), lineage=lineage))
        topics = {t.title: t for g in memo.facts.groups for t in g.topics}
        assert topics["Base model"].differ is differ


def test_silence_says_where_was_searched_and_what_was_out_of_reach_says_why() -> None:
    """What could not be read is never reported as not there."""
    memo = build(given.inputs())
    dataset = next(repo for repo in memo.upstream if repo.title == "laion/laion2B-en")

    assert [line.kind for line in memo.facts.silences] == ["We looked and did not find"]
    assert texts(dataset.silences) == [
        "personal data and legal basis. Reason: “The card is behind access terms.”"
    ]
    assert [line.kind for line in dataset.silences] == ["Could not be reached"]


def test_the_chain_holds_every_edge_also_a_rejected_one() -> None:
    """With relation, state and license, and how it is known."""
    chain = build(given.inputs()).chain
    links = every_link(chain.upstream)

    assert len(links) == len(given.LINEAGE.edges)
    assert [link.mark for link in links if link.mark] == [
        "accepted by a person",
        "rejected by a person; not counted",
    ]


def test_a_chain_of_a_hundred_that_ends_in_a_circle_is_listed_whole() -> None:
    """Nesting stops; the list does not."""
    repos = [given.REPO, *(f"models/a/m{i}" for i in range(100)), given.REPO]
    edges = tuple(
        Edge(
            downstream=a,
            upstream=b,
            relation="derived_from",
            stated_in="declared",
            fact=None,
            evidence="E2",
            quote=None,
        )
        for a, b in pairwise(repos)
    )
    lineage = Lineage(repo=given.REPO, repos=given.LINEAGE.repos, edges=edges, complete=True, limits=())

    links = build(given.inputs(lineage=lineage)).chain.upstream

    def depth(links: tuple[Link, ...]) -> int:
        return 1 + max((depth(link.upstream) for link in links), default=0) if links else 0

    assert len(every_link(links)) == len(edges)
    assert depth(links) == DEEPEST


def test_what_is_open_or_disputed_comes_first_and_is_worded_as_a_question() -> None:
    """A finding that is not settled never reads as if it were."""
    copyright = next(r for r in build(given.inputs()).regimes if r.title == "Copyright")

    assert [issue.proposition.text[:8] for issue in copyright.issues] == [
        "Whether ",
        "Does it ",
        "The lice",
    ]
    assert copyright.issues[0].heading == (
        "Permission · disputed: see OLG Hamburg, Kneschke v LAION (not final) and "
        "LG München I, GEMA v OpenAI (not final)"
    )
    assert copyright.issues[2].heading == "Constraint · supported by 1 document and 1 answer; not established"


def test_the_body_treats_six_issues_and_the_annex_the_rest() -> None:
    """No body of law takes all the room, and no finding is lost for being the seventh."""
    many = [
        given.finding(f"{regime}.{i:02}", f"Point {i} holds.", regime=regime)
        for regime in ("contract", "copyright", "ai_act")
        for i in range(20)
    ]

    memo = build(with_findings(*many))

    assert [len(regime.issues) for regime in memo.regimes] == [2, 2, 2]
    assert sum(len(regime.issues) for regime in memo.further) == 54


def test_one_rule_is_one_issue_for_all_it_is_about() -> None:
    """The second dataset is named beside the first, with its own row in the annex."""
    about = ("datasets/a/b", "datasets/a/c")
    memo = build(with_findings(*(given.finding("a.b", f"{one} is a database.", about=one) for one in about)))

    (issue,) = memo.regimes[0].issues
    assert issue.proposition.text == "Does it hold here that datasets/a/b is a database?"
    assert [(one.anchor, one.number) for one in issue.also] == [("finding-F2", "F2")]


def test_a_proposition_that_words_the_dispute_itself_is_not_put_in_question_again() -> None:
    """No "whether it is disputed whether"; counsel is asked the question behind the dispute."""
    said = "It is disputed whether weights copy works."
    memo = build(with_findings(given.finding("a.b", said, status="contested", owner="counsel")))

    assert memo.regimes[0].issues[0].proposition.text == said
    assert texts(memo.first_page.questions) == ["Does it hold here that weights copy works? [European Union]"]


def test_what_stands_fast_in_a_dispute_stands_before_the_question() -> None:
    """The condition, or the first half, is no part of what counsel is asked."""
    where = "Where a provider keeps a model out, it is disputed whether who brings it in counts as provider."
    half = "The license grants no commercial use; whether use inside a company is commercial is disputed."
    asked = [
        asked_of_counsel(given.finding("a.b", said, status="contested", owner="counsel"))
        for said in (where, half)
    ]

    assert asked == [
        "Where a provider keeps a model out, does it hold here that who brings it in counts as provider?",
        "The license grants no commercial use. Does it hold here that use inside a company is commercial?",
    ]


def test_only_names_keep_their_capital_inside_a_question() -> None:
    """German law stays German law."""
    memo = build(
        with_findings(given.finding("a.b", "German claims run out."), given.finding("a.c", "If so, so."))
    )

    assert [issue.proposition.text for issue in memo.regimes[0].issues] == [
        "Does it hold here that German claims run out?",
        "Does it hold here that if so, so?",
    ]


def test_no_issue_is_without_counter_argument_proof_and_next_step() -> None:
    """None found is said, none is invented."""
    for issue in (i for r in build(given.inputs()).regimes for i in r.issues):
        assert issue.against and issue.burden and issue.next_step and issue.owner
        assert issue.sources and all(one.says and one.known for one in issue.sources)


def test_what_one_source_says_under_one_key_is_one_line_of_an_issue() -> None:
    """Three passages at most are quoted there; answers of one person share a line as well."""
    said = [
        given.fact("out_of_scope_use", "", "prose", "E2", bytes=(i, i + 9), quote=f"Use {i} is out.")
        for i in range(5)
    ]
    answers = [{"answer": one.question, "about": one.about, "event": one.event} for one in given.ANSWERS[:2]]
    found = given.finding(
        "a.b", "It holds.", rests_on=(*({"fact": one.id, "evidence": "E2"} for one in said), *answers)
    )
    memo = build(replace(with_findings(found), facts=tuple(said)))

    first, second = texts(memo.regimes[0].issues[0].rests_on)
    assert first == (
        "The card says, in its text, use out of scope: “Use 0 is out.”; “Use 1 is out.”; “Use 2 is out.”; "
        "and 2 more, among the facts."
    )
    assert second.startswith("A. Example says: “") and second.count("“") == 2


def test_how_a_legal_source_is_known_is_said_in_words_beside_it() -> None:
    """Never the letter codes of the law files."""
    known = {c.title: c.known for r in build(given.inputs()).regimes for i in r.issues for c in i.sources}

    assert known["Database Directive, Article 7"] == "not checked"
    assert known["OLG Hamburg, Kneschke v LAION"] == "read in a secondary source; not final; contested"


def test_why_a_finding_is_not_put_higher_is_told_without_codes() -> None:
    """The cap keeps its reason and loses its letter."""
    capped = [why for r in build(given.inputs()).regimes for i in r.issues for why in i.capped]

    assert capped == ["Database Directive, Article 7: not read, known only generally"]


def test_questions_to_the_provider_are_those_findings_need_each_once() -> None:
    """One wording for the provider, asked once for all the things it is about."""
    questions = ["".join(span.text for span in q) for q in build(given.inputs()).open.provider]

    assert questions == [
        "Which legal basis do you rely on for each of these? (publishing the weights and training)",
        "In which countries did the training run?",
    ]


def test_a_question_about_these_names_them() -> None:
    """The choices of the questionnaire come along; "none" is no thing to ask about."""
    question = given.question(
        "use.public",
        "Which of these are public?",
        type="choices",
        choices={"a": "the weights", "b": "a paper", "none": "none"},
    )
    memo = build(given.inputs(asked=(replace(given.asked("use.fields"), question=question),)))

    assert (
        memo.open.others[0].questions[0].text[0].text == "Which of these are public? (the weights; a paper)"
    )


def test_open_questions_are_listed_by_who_can_answer() -> None:
    """Those of the provider stand in their own section."""
    assert [(group.who, len(group.questions)) for group in build(given.inputs()).open.others] == [
        ("Engineer", 1),
        ("Counsel", 1),
    ]


def test_an_answer_that_needs_another_look_shows_old_and_new() -> None:
    """The quote it was given on and the one that stands there now."""
    before = given.LICENSE_CARD
    now = replace(before, value="cc-by-nc-4.0", quote="license: cc-by-nc-4.0")
    stale = replace(
        given.asked("use.fields", state="needs_another_look"),
        answer=given.answered("use.fields", "none", "a0000009"),
        changes=(("the source changed", before, now),),
    )

    (look,) = build(given.inputs(asked=(*given.ASKED, stale))).open.another_look

    assert texts(look.changes) == ["The source changed. license: “mit” → “cc-by-nc-4.0”"]


def test_answers_in_a_row_share_a_line_of_the_chronology_and_issued_memos_leave_no_trace() -> None:
    """A memo does not depend on the memos issued before it."""
    rows = build(given.inputs()).chronology

    assert [row.what.text for row in rows] == [
        "Case opened on laion/CLIP-ViT-H-14-laion2B-s32B-b79K.",
        "Looked at https://huggingface.co.",
        "Mention accepted: laion/CLIP-ViT-H-14-laion2B-s32B-b79K trained on laion/laion2B-en. "
        "Reason: “The paper says the same.”",
        "5 answers given (A1 to A5, annex D).",
        "1 answer given (A6, annex D).",
        "2 answers given (A7 to A8, annex D).",
        "Note: “Counsel wants the paper as well.”",
    ]


def test_links_lead_only_to_validated_repos_of_the_hub_and_never_on_a_sample() -> None:
    """A recorded sample is not about the real repository of that name."""
    assert build(given.inputs()).facts.link == (
        f"https://huggingface.co/laion/CLIP-ViT-H-14-laion2B-s32B-b79K/tree/{given.REVISION}"
    )
    sample = build(given.inputs(sample=True))
    assert {one.link for one in sample.evidence} == {""}
    assert not [one.address for one in sample.evidence if not one.address.startswith("recorded sample: /")]
    assert sample.sample.startswith("This memo is made from a recorded sample.")


def test_signs_that_hide_or_reorder_text_are_named_everywhere() -> None:
    """A right-to-left override in a card cannot turn a sentence of the memo around."""
    hidden = given.fact("license", "mit\u202etxt.exe\u200b", "front_matter", "E2")

    shown = str(build(given.inputs(facts=(hidden,))))

    assert "\u202e" not in shown and "\u200b" not in shown
    assert "mit[U+202E]txt.exe[U+200B]" in shown


def test_ordinary_arabic_and_hebrew_are_left_alone() -> None:
    """They need no steering sign, so nothing of them is lost."""
    text = "تم تدريب النموذج على صور. המודל אומן על תמונות"
    fact = given.fact("intended_use", "", "prose", "E2", quote=text)

    assert text in str(build(given.inputs(facts=(fact,))))


# The twin.


def test_the_twin_holds_the_objects_of_the_contract() -> None:
    """Facts, lineage, questions and findings as the commands print them, and what it was made from."""
    text = to_json(given.inputs())
    twin = json.loads(text)

    assert text.endswith("}\n") and text.isascii()
    assert next(iter(twin)) == "schema" and twin["schema"] == 1
    assert twin["findings"] == [finding.to_json() for finding in given.FINDINGS]
    assert {fact["id"] for fact in twin["facts"]} == {fact.id for fact in given.FACTS}
    assert len(twin["answers"]) == len(given.ANSWERS)
    assert (twin["as_of"], twin["draft"], twin["program"]) == ("2026-11-22", True, "0.1.0")


def test_memo_and_twin_are_functions_of_their_inputs() -> None:
    """The order in which facts and questions arrive changes no byte of the twin."""
    once = given.inputs()
    turned = given.inputs(facts=tuple(reversed(given.FACTS)), asked=tuple(reversed(given.ASKED)))

    assert to_json(once) == to_json(turned)
    assert build(once) == build(given.inputs())


def test_a_fact_of_an_unknown_key_or_source_still_reaches_the_memo() -> None:
    """Later readers may add keys; none is dropped."""
    odd = Fact(
        repo=given.REPO, key="energy_used", value="12 MWh", state="stated", source="hologram", evidence="E2"
    )
    memo: Memo = build(given.inputs(facts=(odd,)))

    (group,) = memo.facts.groups
    assert (group.title, group.topics[0].title) == ("Other", "Energy used")


def test_counsel_is_asked_first_what_hangs_on_the_repository_itself() -> None:
    """What only a repository upstream could say comes later, even with less missing."""
    upstream = given.finding("a.b", "The sky is blue.", about="models/a/parent", owner="counsel")
    own = given.finding("a.c", "The sea is deep.", owner="counsel", missing=("not answered: x",))

    first, second = build(with_findings(upstream, own)).first_page.questions

    assert "sea" in str(first) and "sky" in str(second)


def test_two_names_of_one_license_are_no_difference_in_the_chain() -> None:
    """Only sources that name different licenses differ."""
    same, other = ("cc-by-4.0", "CC BY 4.0"), ("cc-by-4.0", "MIT")
    for values, differ in ((same, False), (other, True)):
        base = given.inputs()
        first, *rest = base.lineage.repos
        license = tuple((value, "prose", f"f-{n}") for n, value in enumerate(values))
        nodes = (replace(first, state="present", license=license), *rest)
        memo = build(replace(base, lineage=replace(base.lineage, repos=nodes)))
        assert ("where the sources differ" in str(memo.chain)) is differ


def test_terms_of_a_license_are_told_in_the_words_of_the_law_files() -> None:
    """No short code of a value reaches a reader, and every value of every term has words."""
    law = load_law(date(2026, 11, 28))
    notice = given.fact("license.notice", "license_copy_changes_and_notice_file", "computed", None)

    assert term_words(notice, law) == "a copy of the license, a statement of changes, and the notice file"
    for term, known in law.terms.items():
        for value in known["values"]:
            assert "_" not in value_words(term, value, law)


def test_signs_of_markup_stay_out_of_a_quoted_line_and_an_address_stays_in_it() -> None:
    """A contact without its address would be none."""
    said = "**Point of Contact:** [the desk](mailto:desk@example.org)"
    contact = given.fact("contact", "desk@example.org", "prose", "E2", quote=said, bytes=(0, len(said)))
    memo = build(given.inputs(facts=(*given.FACTS, contact)))

    assert "“Point of Contact: the desk (mailto:desk@example.org)”" in " ".join(texts(memo.facts))


def test_what_does_not_apply_stands_together_by_reason_and_none_is_lost() -> None:
    """Each finding keeps its number and its words; the reason is told once; counts in equal counts out."""
    asked_for = (
        "The answer to “Will anyone pay for what you build?” is “no”.",
        "This repository holds a dataset.",
    )
    many = [
        given.finding(
            f"a.b{i}", f"Point {i} holds.", status="not_applicable", failed=(asked_for[i % 3 == 0],)
        )
        for i in range(7)
    ]
    memo = build(with_findings(given.finding("c.d", "It holds.", status="supported"), *many))
    rows = [told.row for group in memo.idle for told in group.rows]

    assert [group.reason for group in memo.idle] == [asked_for[0], asked_for[1]]
    assert sorted(row.words for row in rows) == sorted(f"{one.proposition}" for one in many)
    assert len({row.number for row in rows}) == len(rows) == len(many)
    assert [told.row.number for told in memo.told] == ["F1"]

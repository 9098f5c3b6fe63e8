"""Rules applied: the contract's table, the worked case, precedence, caps and axes."""

import json
from dataclasses import replace

import pytest

from duediligence.analysis import questionnaire
from duediligence.facts.fact import Fact
from tests.situations import (
    DATASET,
    MODEL,
    PARENT,
    edge,
    finding,
    findings,
    law,
    question,
    rule,
    silent,
    situation,
    source,
    stated,
)

_WORKED_QUESTIONS = """\
- id: dataset.content
  ref: T02
  topic: copyright
  each: dataset
  text: What does {about} hold?
  matters: Links are not the works; the answer decides who copied what, and when.
  type: choice
  choices:
    content: the works themselves
    links_captions: links with captions
    embeddings: embeddings or features
    synthetic: text or images made by a model
  shows: [license]
  who: [provider, engineer]
  authorities: [CJEU-SVENSSON, LAION-5B]
"""
_WORKED_RULES = """\
- id: copyright.dataset-license-is-not-the-works
  ref: R15
  each: dataset
  regime: copyright
  jurisdiction: eu
  actor: trainer
  act: train
  polarity: constraint
  proposition: The license of {about} covers its links and captions, not the works they lead to.
  when:
    all:
      - {answer: dataset.content, is: links_captions}
      - {fact: license, in: [cc-by-4.0, apache-2.0]}
  status: established
  authorities: [EU-DB-7, CJEU-SVENSSON, LAION-5B]
  next_step: Do not list this license as a basis for copying the works.
  owner: you
"""
_WORKED_FINDING = """\
{"id":"copyright.dataset-license-is-not-the-works","ref":"R15","about":"datasets/laion/laion2B-en",\
"regime":"copyright","jurisdiction":"eu","actor":"trainer","act":"train","proposition":"The license of \
laion/laion2B-en covers its links and captions, not the works they lead to.","polarity":"constraint",\
"status":"supported","law":"settled","facts":"stated","capped":[{"authorities":["EU-DB-7","CJEU-SVENSSON"],\
"why":"not read, known only generally (K)"}],"rests_on":[{"answer":"dataset.content",\
"about":"datasets/laion/laion2B-en","event":"06a2c3c7"},{"fact":"f-2a00510ea464","evidence":"E3"}],\
"missing":[],"failed":[],"authorities":[{"id":"EU-DB-7","state":"settled","confirmed":"K"},\
{"id":"CJEU-SVENSSON","state":"settled","confirmed":"K"},{"id":"LAION-5B","state":"settled",\
"confirmed":"P"}],"next_step":{"text":"Do not list this license as a basis for copying the works.",\
"letter":null},"owner":"you"}"""


def test_the_worked_case():
    """The one finding written out in the contract, to the letter; empty optional fields may be left out."""
    given = law(
        sources=[
            source("EU-DB-7", confirmed="K"),
            source("CJEU-SVENSSON", confirmed="K", type="decision"),
            source("LAION-5B", type="paper"),
        ],
        questions=[_WORKED_QUESTIONS],
        rules=[_WORKED_RULES],
    )
    license = Fact(
        repo=DATASET,
        key="license",
        value="cc-by-4.0",
        state="stated",
        source="api",
        file="info",
        pointer="/cardData/license",
        evidence="E3",
    )
    where = situation(
        given,
        facts=[license],
        answers={f"dataset.content@{DATASET}": "links_captions"},
        edges=[edge(MODEL, "trained_on", DATASET)],
    )
    (answer,) = where.answers["dataset.content", DATASET]
    where = replace(where, answers={("dataset.content", DATASET): (replace(answer, event="06a2c3c7"),)})

    made = finding(where, "copyright.dataset-license-is-not-the-works", DATASET).to_json()

    expected = json.loads(_WORKED_FINDING)
    assert {"failed": [], **made} == expected
    assert [key for key in made] == [key for key in expected if key != "failed"]


_SOURCES = (source("EU-A"),)
_CHOICES = "{paid: for money, none: no money}"
_QUESTIONS = [
    question("a.role"),
    question("a.met"),
    question("a.use", "choice", choices=_CHOICES),
    question("a.data", each="dataset", text="'Is {about} fine?'"),
    question(
        "a.accepted",
        "choice",
        each="licensed",
        choices="{click: by a click, gate: at the gate, never: never}",
    ),
    question("a.after", when="{answer: a.role, is: 'yes'}"),
]
_ROLE, _MET = "{answer: a.role, is: 'yes'}", "{answer: a.met, is: 'yes'}"


def _where(*rules: str, answers=None, facts=(), edges=(), sources=_SOURCES):
    given = law(questions=_QUESTIONS, rules=rules, sources=sources)
    return situation(given, answers=answers, facts=facts, edges=edges)


@pytest.mark.parametrize(
    ("role", "met", "status"),
    [
        ("yes", "yes", "established"),
        ("yes", "no", "not_applicable"),
        ("yes", "unknown", "gap"),
        ("yes", None, "gap"),
        ("no", "yes", "not_applicable"),
        ("no", "unknown", "not_applicable"),
        ("unknown", "yes", "gap"),
        ("unknown", "no", "gap"),
        (None, "yes", None),
        (None, "unknown", None),
    ],
)
def test_the_table(role, met, status):
    """`applies` first: false ends it, unanswered waits, unknown is a gap; then `when`."""
    answers = {key: value for key, value in (("a.role", role), ("a.met", met)) if value}
    found = findings(_where(rule("a.rule", _MET, applies=_ROLE), answers=answers))

    assert [one.status for one in found.findings] == ([status] if status else [])
    assert found.waiting == (() if status else (("a.rule", ("a.role",)),))


def test_a_gap_names_every_missing_leaf_and_what_it_has():
    """What is known stays in `rests_on`; an unknown is part of the record."""
    others = "{answer: a.use, is: paid}, {fact: license, is: mit}, {fact: gated, stated: 'no'}"
    when = f"{{all: [{_MET}, {others}]}}"
    where = _where(
        rule("a.rule", when), answers={"a.met": "unknown"}, facts=[silent("license"), silent("gated")]
    )

    one = finding(where, "a.rule")

    assert one.status == "gap"
    assert one.facts == "missing"
    assert one.missing == (
        "not known: What about a.met?",
        "not answered: What about a.use?",
        "no source of laion/CLIP-ViT-H-14-laion2B-s32B-b79K states a license (searched: E2)",
    )
    assert one.rests_on == (
        {"answer": "a.met", "about": None, "event": "00000000"},
        {"fact": silent("license").id, "evidence": None},
        {"fact": silent("gated").id, "evidence": None},
    )


def test_not_applicable_names_the_condition_that_failed():
    """In words, whichever of the two conditions it was."""
    one = finding(_where(rule("a.rule", _MET, applies=_ROLE), answers={"a.role": "no"}), "a.rule")
    other = finding(_where(rule("a.rule", _MET), answers={"a.met": "no"}), "a.rule")

    assert one.failed == ("the answer to “What about a.role?” is “no”",)
    assert other.failed == ("the answer to “What about a.met?” is “no”",)
    assert one.missing == other.missing == ()


def test_a_rule_may_say_what_holds_when_its_condition_is_false():
    """`when_false` gives status and proposition; they are capped like any other."""
    when_false = "{status: established, proposition: The other way round.}"
    where = _where(rule("a.rule", _MET, when_false=when_false), answers={"a.met": "no"})

    assert (finding(where, "a.rule").status, finding(where, "a.rule").proposition) == (
        "established",
        "The other way round.",
    )
    unread = _where(
        rule("a.rule", _MET, when_false=when_false),
        answers={"a.met": "no"},
        sources=[source("EU-A", confirmed="R")],
    )
    assert finding(unread, "a.rule").status == "supported"


def test_a_rule_whose_status_is_not_applicable_names_the_true_leaves():
    """They are what takes the rule out."""
    one = finding(_where(rule("a.rule", _MET, status="not_applicable"), answers={"a.met": "yes"}), "a.rule")

    assert one.status == "not_applicable"
    assert one.failed == ("the answer to “What about a.met?” is “yes”",)


def test_a_rule_that_says_gap_names_what_shows_it():
    """Silence that was searched for is what is missing."""
    where = _where(
        rule("a.rule", "{fact: legal_basis, stated: 'no'}", status="gap"), facts=[silent("legal_basis")]
    )

    one = finding(where, "a.rule")

    assert (one.status, one.facts) == ("gap", "missing")
    assert one.missing == (
        "no source of laion/CLIP-ViT-H-14-laion2B-s32B-b79K states a legal basis (searched: E2)",
    )


def test_a_question_that_is_not_asked_leaves_no_gap():
    """The rule does not arise, and the kept answer is not used."""
    where = _where(rule("a.rule", "{answer: a.after, is: 'yes'}"), answers={"a.role": "no", "a.after": "yes"})

    one = finding(where, "a.rule")

    assert one.status == "not_applicable"
    assert one.rests_on == ()
    assert one.failed == (
        "not asked: What about a.after? (not asked, because the answer to “What about a.role?” is “no”)",
    )


def test_each_gives_one_finding_for_each_thing():
    """Sorted by id and about; {about} is filled in."""
    edges = [edge(MODEL, "trained_on", DATASET), edge(MODEL, "trained_on", "name:YFCC100M")]
    where = _where(
        rule("b.rule", "{answer: a.data, is: 'yes'}", each="dataset", proposition="'{about} is fine.'"),
        rule("a.rule", _MET),
        answers={f"a.data@{DATASET}": "yes"},
        edges=edges,
    )

    found = findings(where).findings

    assert [(one.id, one.about) for one in found] == [
        ("a.rule", None),
        ("b.rule", DATASET),
        ("b.rule", "name:YFCC100M"),
    ]
    assert [one.proposition for one in found[1:]] == ["laion/laion2B-en is fine.", "YFCC100M is fine."]
    assert [one.status for one in found[1:]] == ["established", "gap"]


def test_waiting_collects_the_questions_of_all_things():
    """One row for a rule, each address once."""
    edges = [edge(MODEL, "trained_on", DATASET), edge(MODEL, "trained_on", "name:YFCC100M")]
    applies = "{all: [{answer: a.data, is: 'yes'}, {answer: a.role, is: 'yes'}]}"
    where = _where(rule("a.rule", _MET, each="dataset", applies=applies), edges=edges)

    assert findings(where).waiting == (("a.rule", (f"a.data@{DATASET}", "a.data@name:YFCC100M", "a.role")),)
    assert findings(where).findings == ()


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("paid", [("narrow.rule", "contested")]),
        ("none", [("broad.rule", "established"), ("narrow.rule", "not_applicable")]),
        ("unknown", [("broad.rule", "established"), ("narrow.rule", "gap")]),
    ],
)
def test_a_rule_stands_instead_of_another_only_when_it_fires(use, expected):
    """An open or failed condition takes nothing away."""
    where = _where(
        rule("broad.rule", _MET),
        rule("narrow.rule", "{answer: a.use, is: paid}", status="contested", instead_of="[broad.rule]"),
        answers={"a.met": "yes", "a.use": use},
    )

    assert [(one.id, one.status) for one in findings(where).findings] == expected


def test_precedence_holds_for_each_thing_apart():
    """What is known of one dataset says nothing of the other."""
    edges = [edge(MODEL, "trained_on", DATASET), edge(MODEL, "trained_on", "name:YFCC100M")]
    where = _where(
        rule("broad.rule", _MET, each="dataset"),
        rule("narrow.rule", "{answer: a.data, is: 'yes'}", each="dataset", instead_of="[broad.rule]"),
        answers={"a.met": "yes", f"a.data@{DATASET}": "yes", "a.data@name:YFCC100M": "no"},
        edges=edges,
    )

    kept = [(one.id, one.about) for one in findings(where).findings if one.status == "established"]
    assert kept == [("broad.rule", "name:YFCC100M"), ("narrow.rule", DATASET)]


_TRAINED = stated("training_data", "LAION-2B", source="prose")


@pytest.mark.parametrize(
    ("sources", "authorities", "why"),
    [
        ([source("EU-A")], "[EU-A]", None),
        ([source("EU-A", confirmed="S")], "[EU-A]", None),
        ([source("EU-A", state="contested")], "[EU-A]", None),
        (
            [source("EU-A", state="pending")],
            "[EU-A]",
            {"authorities": ["EU-A"], "why": "pending on this point"},
        ),
        ([source("EU-A", state="pending")], "[{id: EU-A, uncontested: that it exists}]", None),
        (
            [source("EU-A", confirmed="R")],
            "[EU-A]",
            {"authorities": ["EU-A"], "why": "not read, only cited elsewhere (R)"},
        ),
        (
            [source("EU-A", confirmed="R"), source("EU-B", confirmed="K", type="guidance")],
            "[EU-A, EU-B]",
            {
                "authorities": ["EU-A", "EU-B"],
                "why": "not read, only cited elsewhere (R), known only generally (K)",
            },
        ),
        ([source("EU-A", confirmed="K"), source("EU-B")], "[EU-A, EU-B]", None),
        (
            [source("EU-A", confirmed="K"), source("EU-B", type="paper")],
            "[EU-A, EU-B]",
            {"authorities": ["EU-A"], "why": "not read, known only generally (K)"},
        ),
        ([source("EU-B", type="record")], "[EU-B]", None),
    ],
)
def test_established_is_capped_by_its_sources(sources, authorities, why):
    """By a pending one, and when all its texts are unread; not by S, not by contested, not by papers."""
    where = _where(rule("a.rule", _MET, authorities=authorities), answers={"a.met": "yes"}, sources=sources)

    one = finding(where, "a.rule")

    assert one.status == ("supported" if why else "established")
    assert one.capped == ((why,) if why else ())


@pytest.mark.parametrize(
    ("when", "facts", "polarity", "capped"),
    [
        ("{fact: training_data, is: LAION-2B}", [_TRAINED], "constraint", True),
        ("{fact: training_data, stated: 'yes'}", [_TRAINED], "risk", True),
        ("{fact: training_data, stated: 'yes'}", [_TRAINED], "fact", False),
        ("{fact: training_data, stated: 'no'}", [silent("training_data")], "risk", False),
        ("{fact: provider, includes: LAION}", [stated("provider", "LAION")], "duty", True),
        ("{fact: compute, at_least: 1e23}", [stated("compute", "1e24")], "duty", True),
        ("{fact: license, is: mit}", [stated("license", "mit")], "constraint", False),
        (
            "{fact: extra_gated_prompt, stated: 'yes'}",
            [stated("extra_gated_prompt", "x")],
            "constraint",
            False,
        ),
        ("{fact: gated, is: auto}", [stated("gated", "auto", source="api")], "constraint", False),
    ],
)
def test_what_somebody_declares_about_the_world_caps(when, facts, polarity, capped):
    """Training data, provider, compute; not terms offered, not what a card is said to say."""
    one = finding(_where(rule("a.rule", when, polarity=polarity), facts=facts), "a.rule")

    assert one.status == ("supported" if capped else "established")
    assert one.facts == ("stated" if capped else "documented")
    if capped:
        assert one.capped == ({"facts": [facts[0].id], "why": "only declared, not shown by a document"},)


def test_a_computed_fact_counts_as_what_it_was_computed_from():
    """It rests on those facts, with their evidence, and is capped by them."""
    compute = stated("compute", "1e24")
    share = Fact(
        repo=MODEL,
        key="compute.share",
        value="0.5",
        state="stated",
        source="computed",
        rests_on=(compute.id,),
    )
    one = finding(
        _where(rule("a.rule", "{fact: compute.share, at_least: '0.33'}"), facts=[compute, share]), "a.rule"
    )

    assert one.status == "supported"
    assert one.rests_on == (
        {"fact": share.id, "evidence": None},
        {"fact": compute.id, "evidence": "E2"},
    )


def test_answers_do_not_cap():
    """They make the facts "stated"."""
    one = finding(_where(rule("a.rule", _MET), answers={"a.met": "yes"}), "a.rule")

    assert (one.status, one.facts, one.capped) == ("established", "stated", ())


def test_only_established_is_capped():
    """A lower status needs no reason."""
    where = _where(
        rule("a.rule", _MET, status="contested"),
        answers={"a.met": "yes"},
        sources=[source("EU-A", confirmed="K")],
    )

    assert (finding(where, "a.rule").status, finding(where, "a.rule").capped) == ("contested", ())


@pytest.mark.parametrize(
    ("sources", "fields", "axis"),
    [
        ([source("EU-A")], {}, "settled"),
        ([source("EU-A", type="license_text")], {}, "settled"),
        ([source("EU-A", type="decision", final="'no'")], {}, "non_final"),
        ([source("EU-A", type="decision", state="pending")], {}, "non_final"),
        ([source("EU-A", state="contested")], {}, "disputed"),
        ([source("EU-A", type="guidance")], {}, "untested"),
        ([source("EU-A", type="paper")], {}, "untested"),
        ([source("EU-A", type="guidance"), source("EU-B")], {"authorities": "[EU-A, EU-B]"}, "settled"),
        ([source("EU-A")], {"status": "contested"}, "disputed"),
        ([source("EU-A")], {"law": "untested"}, "untested"),
        (
            [source("EU-A", type="decision", final="'no'")],
            {"authorities": "[{id: EU-A, uncontested: that it was decided}]"},
            "settled",
        ),
    ],
)
def test_the_law_axis(sources, fields, axis):
    """Settled, non-final, disputed, untested; unless the rule says otherwise."""
    where = _where(rule("a.rule", _MET, **fields), answers={"a.met": "yes"}, sources=sources)

    assert finding(where, "a.rule").law == axis


@pytest.mark.parametrize(
    ("accepted", "axis"),
    [
        ("click", "settled"),
        ("gate", "settled"),
        ("never", "disputed"),
        ("unknown", "disputed"),
        (None, "disputed"),
    ],
)
def test_terms_nobody_is_known_to_have_accepted_are_disputed(accepted, axis):
    """They do not cap; the answer on acceptance is part of the record."""
    answers = {f"a.accepted@{PARENT}": accepted} if accepted else {}
    where = _where(
        rule("a.rule", "{fact: license, is: llama2}", each="parent", bound_by="a.accepted"),
        answers=answers,
        facts=[stated("license", "llama2", repo=PARENT)],
        edges=[edge(MODEL, "finetuned_from", PARENT)],
    )

    one = finding(where, "a.rule", PARENT)

    assert (one.status, one.law, one.facts) == ("established", axis, "documented")
    assert ({"answer": "a.accepted", "about": PARENT, "event": "00000000"} in one.rests_on) is bool(accepted)


def test_every_fact_and_answer_stands_once():
    """However often a condition looks at it."""
    when = f"{{any: [{_MET}, {{all: [{_MET}, {{fact: license, stated: 'yes'}}]}}]}}"
    where = _where(
        rule("a.rule", when, applies=_MET), answers={"a.met": "yes"}, facts=[stated("license", "mit")]
    )

    assert len(finding(where, "a.rule").rests_on) == 2


def test_burden_letter_and_against_are_passed_on():
    """The memo prints them."""
    fields = {"burden": "The controller.", "letter": "T6", "against": "[A court in Hamburg.]", "ref": "R99"}
    one = finding(_where(rule("a.rule", _MET, **fields), answers={"a.met": "yes"}), "a.rule")

    assert (one.burden, one.letter, one.against, one.ref) == (
        "The controller.",
        "T6",
        ("A court in Hamburg.",),
        "R99",
    )


def test_the_same_situation_gives_the_same_findings():
    """Nothing but the situation decides; day and edition are named."""
    where = _where(rule("a.rule", _MET), rule("b.rule", _ROLE), answers={"a.met": "yes"})

    assert findings(where) == findings(where)
    assert findings(where).as_of == "2026-11-22"
    assert findings(where).law_digest == where.law.digest


def test_a_fact_in_the_order_of_facts_changes_nothing():
    """Order is no information."""
    facts = [stated("license", "mit"), stated("license", "apache-2.0", source="api"), silent("gated")]
    rules = [rule("a.rule", "{fact: license, includes: mit}"), rule("b.rule", "{fact: gated, stated: 'no'}")]

    assert findings(_where(*rules, facts=facts)) == findings(_where(*rules, facts=facts[::-1]))


def test_an_answer_without_its_question_is_left_aside():
    """A later edition of the law may no longer ask it."""
    where = _where(rule("a.rule", _MET), answers={"a.met": "yes"})
    other = replace(
        where,
        law=law(questions=[question("b.other")], rules=[rule("b.rule", "{answer: b.other, is: 'yes'}")]),
    )

    assert [one.question.id for one in questionnaire.ask(other)] == ["b.other"]
    assert findings(other).findings[0].status == "gap"

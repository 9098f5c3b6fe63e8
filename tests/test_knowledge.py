"""The law files: read, dated, digested, and refused when something in them is wrong."""

import hashlib
import subprocess
from datetime import date
from pathlib import Path

import pytest

from duediligence.errors import LawError
from duediligence.facts.places import KEYS
from duediligence.knowledge.check import check_law
from duediligence.knowledge.edition import edition_digest, edition_files
from duediligence.knowledge.reader import load_law, load_law_from
from duediligence.knowledge.vocabulary import FACT_WORDS, TRUE_OR_FALSE, WORLD_KEYS
from tests.situations import DAY, law, law_files, question, rule, source

_CHOICES = "{user: to use it, counsel: to advise someone}"
_TERMS = (
    "terms:\n  commercial_use:\n    text: Whether business use is allowed.\n    values:\n"
    "      yes: It is allowed.\n      no: It is not allowed.\n"
)
_LICENSE = (
    "- id: mit\n  title: MIT License\n  family: permissive\n  terms: {commercial_use: yes}\n"
    "  confirmed: P\n  as_of: 2026-11-22\n  review_by: 2027-11-22\n"
)


def _write(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    return folder


def _problems(tmp_path: Path, **given: object) -> list[str]:
    return check_law(_write(tmp_path, law_files(**given)))  # type: ignore[arg-type]


def test_the_law_of_this_program_has_no_problem():
    """Whoever changes a law file learns here what does not fit."""
    assert check_law() == []


def test_the_law_of_this_program_loads():
    """Every kind of entry is there."""
    given = load_law(date(2026, 11, 22))

    assert given.questions and given.rules and given.authorities and given.licenses
    assert "DE" in given.groups["EU"]
    assert "NO" in given.places


def test_conditions_may_name_every_key_that_is_read():
    """What the sources can state, a rule can ask for."""
    assert set(KEYS) <= set(FACT_WORDS)
    assert set(WORLD_KEYS) | set(TRUE_OR_FALSE) <= set(FACT_WORDS)


def test_a_small_law_is_read_into_values(tmp_path):
    """Everything stays text; what is left out has its usual value."""
    given = load_law(
        date(2026, 11, 22),
        _write(
            tmp_path,
            law_files(
                questions=[question("use.role", "choices", choices=_CHOICES, first="'1'")],
                rules=[rule("a.rule", "{answer: use.role, includes: user}")],
                licenses__terms=_TERMS,
                licenses__all=_LICENSE,
            ),
        ),
    )

    assert given.questions[0].choices == {"user": "to use it", "counsel": "to advise someone"}
    assert given.questions[0].first == 1
    assert given.rules[0].when == {"answer": "use.role", "includes": "user"}
    assert given.licenses["mit"].terms == {"commercial_use": "yes"}
    assert given.authorities["EU-A"].final is True


def test_a_license_is_found_by_the_name_behind_other():
    """The Hub's id ``other`` says nothing; the name beside it does."""
    named = _LICENSE.replace("- id: mit\n", "- id: example-terms\n  hub: 'no'\n  names: [Example-Terms-1]\n")

    given = law(licenses__terms=_TERMS, licenses__all=named)

    assert given.licenses["other:example-terms-1"].hub is False


def test_edition_digest_is_what_sha256sum_prints(tmp_path):
    """Anyone can compute the edition again with two ordinary commands."""
    folder = _write(tmp_path, law_files(rules=[rule("a.rule", "{fact: license, stated: 'yes'}")]))
    _write(folder, {"datasets/images.yaml": "- name: LAION-5B\n", "README.md": "For lawyers.\n"})

    digest = edition_digest(edition_files(folder))

    listed = "find * -name '*.yaml' ! -path 'datasets/*' | LC_ALL=C sort | xargs sha256sum | sha256sum"
    printed = subprocess.run(
        listed, shell=True, cwd=folder, capture_output=True, text=True, check=True
    ).stdout
    assert digest == printed.split()[0]


def test_edition_digest_counts_paths_from_the_law_folder():
    """The worked form: a digest, two spaces, the path, a line end for each file."""
    files = {"rules/b.yaml": "[]\n", "questions/a.yaml": "[]\n"}
    body = hashlib.sha256(b"[]\n").hexdigest()

    expected = hashlib.sha256(f"{body}  questions/a.yaml\n{body}  rules/b.yaml\n".encode()).hexdigest()

    assert edition_digest(files) == expected


def test_a_kept_edition_loads_like_the_folder(tmp_path):
    """A memo can be made again from the edition the case kept."""
    folder = _write(tmp_path, law_files(rules=[rule("a.rule", "{fact: license, stated: 'yes'}")]))

    kept = load_law_from(edition_files(folder), date(2026, 11, 22))

    assert kept == load_law(date(2026, 11, 22), folder)


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("2026-01-01", "contested"),
        ("2026-12-16", "contested"),
        ("2026-12-17", "settled"),
        ("2019-01-01", "contested"),
    ],
)
def test_the_state_of_a_source_is_that_of_the_day(as_of, state):
    """A judgment changes the law of the day it comes, not of the day before."""
    states = "[{from: 2026-01-01, state: contested}, {from: 2026-12-17, state: settled}]"
    dated = source("EU-A").replace("  state: settled\n", f"  states: {states}\n")

    given = law(sources=[dated], as_of=date.fromisoformat(as_of))

    assert given.authorities["EU-A"].state == state


def test_a_rule_that_ended_gives_way_to_its_successor():
    """The same id may stand twice when the times do not meet; ``until`` is the last day."""
    condition = "{fact: license, stated: 'yes'}"
    rules = [
        rule("a.rule", condition, until="2026-12-01", proposition="The old one."),
        rule("a.rule", condition, **{"from": "2026-12-02"}, proposition="The new one."),
    ]

    assert [one.proposition for one in law(rules=rules, as_of=date(2026, 12, 1)).rules] == ["The old one."]
    assert [one.proposition for one in law(rules=rules, as_of=date(2026, 12, 2)).rules] == ["The new one."]


def test_a_rule_without_a_source_in_force_is_silent():
    """Before a statute is there, nothing is said in its name."""
    rules = [rule("a.rule", "{fact: license, stated: 'yes'}")]
    sources = [source("EU-A", **{"from": "2026-12-02"})]

    assert law(rules=rules, sources=sources, as_of=date(2026, 12, 1)).rules == ()
    assert len(law(rules=rules, sources=sources, as_of=date(2026, 12, 2)).rules) == 1


def test_a_law_with_problems_does_not_load(tmp_path):
    """Nothing half-checked reaches a memo; the error names every problem."""
    folder = _write(
        tmp_path, law_files(rules=[rule("a.rule", "{fact: lisence, stated: 'yes'}", owner="nobody")])
    )

    with pytest.raises(LawError) as error:
        load_law(date(2026, 11, 22), folder)

    assert len(error.value.problems) == 1
    assert error.value.problems[0].startswith("rules/all.yaml: a.rule: owner: 'nobody'")


_MET = "{fact: license, stated: 'yes'}"
_WRONG = {
    "unknown field": (
        {"rules": [rule("a.rule", _MET, colour="red")]},
        ["rules/all.yaml: a.rule: colour: no such field", "allowed: id, ref"],
    ),
    "repeated key": (
        {"rules": [rule("a.rule", _MET) + "  owner: counsel\n"]},
        ["rules/all.yaml: line 13", "'owner' is repeated"],
    ),
    "unknown authority": (
        {"rules": [rule("a.rule", _MET, authorities="[EU-B]")]},
        ["rules/all.yaml: a.rule: authorities: 'EU-B' is no legal source"],
    ),
    "unknown question": (
        {"rules": [rule("a.rule", "{answer: use.rule, is: user}")]},
        ["a.rule: when: answer 'use.rule': no such question"],
    ),
    "unknown fact": (
        {"rules": [rule("a.rule", "{fact: lisence, stated: 'yes'}")]},
        ["a.rule: when: fact 'lisence': no such key; allowed: license"],
    ),
    "unknown rule": (
        {"rules": [rule("a.rule", _MET, instead_of="[b.rule]")]},
        ["a.rule: instead_of: 'b.rule' is no rule"],
    ),
    "unknown letter": (
        {"rules": [rule("a.rule", _MET, letter="T77")]},
        ["a.rule: letter: 'T77' is no letter; allowed: T1, T2"],
    ),
    "unknown license term": (
        {"licenses__terms": _TERMS, "licenses__all": _LICENSE.replace("commercial_use", "comercial_use")},
        ["licenses/all.yaml: mit: terms: 'comercial_use' is no term; allowed: commercial_use"],
    ),
    "unknown value of a term": (
        {
            "licenses__terms": _TERMS,
            "licenses__all": _LICENSE.replace("commercial_use: yes", "commercial_use: si"),
        },
        ["licenses/all.yaml: mit: terms: commercial_use: 'si' is not known; allowed: yes, no"],
    ),
    "unknown value of a term in a rule": (
        {"licenses__terms": _TERMS, "rules": [rule("a.rule", "{fact: license.commercial_use, is: 'si'}")]},
        ["a.rule: when: fact license.commercial_use: 'si' is not known; allowed: yes, no"],
    ),
    "unknown term in a rule": (
        {"rules": [rule("a.rule", "{fact: license.commercial_use, is: 'no'}")]},
        ["a.rule: when: fact 'license.commercial_use': no such key"],
    ),
    "unknown license in a rule": (
        {
            "licenses__terms": _TERMS,
            "licenses__all": _LICENSE,
            "rules": [rule("a.rule", "{fact: license, is: mti}")],
        },
        ["a.rule: when: fact license: 'mti' is no license"],
    ),
    "no date": (
        {"rules": [rule("a.rule", _MET, **{"from": "2026-02-30"})]},
        ["a.rule: from: '2026-02-30' is no date; allowed: a day such as 2026-11-22"],
    ),
    "no legal source": (
        {"rules": [rule("a.rule", _MET, authorities="[]")]},
        ["a.rule: authorities: a rule needs a legal source"],
    ),
    "no next step": (
        {"rules": [rule("a.rule", _MET).replace("  next_step: Do the next thing.\n", "")]},
        ["rules/all.yaml: a.rule: next_step: is missing"],
    ),
    "id twice": (
        {"rules": [rule("a.rule", _MET), rule("a.rule", _MET)]},
        ["rules/all.yaml: a.rule: id: stands in rules/all.yaml too"],
    ),
    "question too long": (
        {"questions": [question("a.b", text="What is " + "very " * 13 + "long?")]},
        ["questions/all.yaml: a.b: text: has 16 words; allowed: at most 15"],
    ),
    "question without mark": (
        {"questions": [question("a.b", text="Which role do you have")]},
        ["a.b: text: asks, so it needs a '?'"],
    ),
    "choices for a date": (
        {"questions": [question("a.b", "date", choices=_CHOICES)]},
        ["a.b: choices: a question of type date has none"],
    ),
    "no choices": (
        {"questions": [question("a.b", "choice")]},
        ["a.b: choices: is missing"],
    ),
    "slug that is none": (
        {"questions": [question("a.b", "choice", choices="{'In use': yes}")]},
        ["a.b: choices: 'In use' is no slug"],
    ),
    "slug without words": (
        {"questions": [question("a.b", "choice", choices="{use: [yes]}")]},
        ["a.b: choices: use: must be a text"],
    ),
    "slug unknown": (
        {"questions": [question("a.b", "choice", choices="{unknown: not known}")]},
        ["a.b: choices: 'unknown' is an answer to every question"],
    ),
    "unknown operator": (
        {"questions": [question("a.b")], "rules": [rule("a.rule", "{answer: a.b, equals: 'yes'}")]},
        ["a.rule: when: answer a.b: needs exactly one of is, is_not, includes"],
    ),
    "operator that does not fit": (
        {"questions": [question("a.b")], "rules": [rule("a.rule", "{answer: a.b, before: '2026'}")]},
        ["a.rule: when: answer a.b: before fits no yes_no; allowed: is, is_not"],
    ),
    "literal that is no slug": (
        {
            "questions": [question("a.b", "choices", choices=_CHOICES)],
            "rules": [rule("a.rule", "{answer: a.b, includes: [user, users]}")],
        },
        ["a.rule: when: answer a.b: 'users' is not known; allowed: user, counsel"],
    ),
    "literal that is no number": (
        {
            "questions": [question("a.b", "number")],
            "rules": [rule("a.rule", "{answer: a.b, at_least: many}")],
        },
        ["a.rule: when: answer a.b: 'many' is no number"],
    ),
    "unknown group": (
        {"questions": [question("a.b", "place")], "rules": [rule("a.rule", "{answer: a.b, in: EEC}")]},
        ["a.rule: when: answer a.b: 'EEC' is no ISO 3166 code"],
    ),
    "UK for GB": (
        {"questions": [question("a.b", "place")], "rules": [rule("a.rule", "{answer: a.b, is: UK}")]},
        ["a.rule: when: answer a.b: 'UK' is no ISO 3166 code; write GB"],
    ),
    "each without about": (
        {
            "questions": [question("a.b", each="dataset")],
            "rules": [rule("a.rule", "{answer: a.b, is: 'yes'}")],
        },
        ["a.rule: when: answer a.b: asked for each dataset; write each: dataset"],
    ),
    "unknown act": (
        {
            "questions": [question("a.b", each="act")],
            "rules": [rule("a.rule", "{answer: a.b@burn, is: 'yes'}")],
        },
        ["a.rule: when: answer a.b@burn: 'burn' is not known; allowed: collect"],
    ),
    "condition on nothing": (
        {"rules": [rule("a.rule", "{all: []}")]},
        ["a.rule: when: all must hold a list of conditions"],
    ),
    "two joins": (
        {
            "rules": [
                rule("a.rule", "{all: [{fact: license, stated: 'yes'}], not: {fact: gated, stated: 'yes'}}")
            ]
        },
        ["a.rule: when: all stands beside not; put it inside"],
    ),
    "placeholder that cannot be filled": (
        {"rules": [rule("a.rule", _MET, proposition="'The license of {repo}.'")]},
        ["a.rule: proposition: {repo} is nothing that can be filled in; allowed: {about}"],
    ),
    "question that waits for itself": (
        {
            "questions": [
                question("a.b", when="{answer: a.c, is: 'yes'}"),
                question("a.c", when="{answer: a.b, is: 'yes'}"),
            ]
        },
        ["a.b: when: leads back to itself"],
    ),
    "file at the wrong place": (
        {"norms__all": "[]\n"},
        ["norms/all.yaml: no place for a law file; allowed: authorities/, licenses/, questions/, rules/"],
    ),
    "file that is no list": (
        {"rules__more": "id: a.rule\n"},
        ["rules/more.yaml: must be a list of entries"],
    ),
    "no YAML": (
        {"rules__more": "- id: [a\n"},
        ["rules/more.yaml: line"],
    ),
    "source without state": (
        {"sources": [source("EU-A").replace("  state: settled\n", "")]},
        ["authorities/all.yaml: EU-A: state: give either state or states"],
    ),
    "unknown confirmation": (
        {"sources": [source("EU-A", confirmed="X")]},
        ["authorities/all.yaml: EU-A: confirmed: 'X' is not known; allowed: P, S, R, K"],
    ),
}


@pytest.mark.parametrize("name", _WRONG)
def test_check_law_refuses(name, tmp_path):
    """Each message names the file, the entry, the field and what is allowed."""
    given, expected = _WRONG[name]

    problems = _problems(tmp_path, **given)

    assert problems
    assert all(any(part in problem for problem in problems) for part in expected), problems


def test_every_problem_is_reported_at_once(tmp_path):
    """Nobody mends a file error by error."""
    problems = _problems(
        tmp_path,
        rules=[rule("a.rule", "{fact: lisence, stated: 'yes'}"), rule("b.rule", _MET, authorities="[EU-X]")],
        questions=[question("a.b", "choice")],
    )

    assert len(problems) == 3


def test_a_missing_folder_is_named(tmp_path):
    """A wrong path is no clean law."""
    assert "cannot be read" in check_law(tmp_path / "nowhere")[0]
    assert "holds no law files" in check_law(tmp_path)[0]


def test_a_file_that_is_not_utf8_is_named(tmp_path):
    """The byte is named, not a traceback."""
    folder = _write(tmp_path, law_files())
    (folder / "rules").mkdir()
    (folder / "rules/all.yaml").write_bytes(b"- id: \xff\n")

    assert check_law(folder) == ["rules/all.yaml: byte 6 is not UTF-8. Save the file as UTF-8."]


_PERIOD = """
- id: p.one
  title: Something ends
  applies: {answer: q.role, is: 'yes'}
  starts: q.since
  start_words: the day
  counted: months
  length: 1
  note: As it is.
  authorities: [EU-A]
  next_step: Look.
  owner: you
"""


def test_a_period_leads_to_questions_that_can_hold_its_days():
    """A start that is no date, a length that is none, a source that is not there: each is named."""
    questions = [question("q.role"), question("q.since", "date"), question("q.each", "date", each="letter")]

    def problems(old: str, new: str) -> list[str]:
        files = law_files(questions=questions, periods__all=_PERIOD.replace(old, new))
        with pytest.raises(LawError) as refused:
            load_law_from(files, DAY)
        return refused.value.problems

    load_law_from(law_files(questions=questions, periods__all=_PERIOD), DAY)
    at = "periods/all.yaml: p.one: "
    assert problems("starts: q.since", "starts: q.role") == [
        f"{at}starts: 'q.role' is no question of type date"
    ]
    assert problems("starts: q.since", "starts: q.each") == [f"{at}starts: needs each: letter"]
    assert problems("starts: q.since", "after: p.none") == [
        f"{at}after: 'p.none' is no period that begins with an answer"
    ]
    assert problems("months", "moons")[0].startswith(f"{at}counted: 'moons' is not known; allowed:")
    assert problems("EU-A", "EU-B") == [f"{at}authorities: 'EU-B' is no legal source in authorities/"]
    assert problems("length: 1", "length: none")[0].startswith(f"{at}length: 'none' is no number")

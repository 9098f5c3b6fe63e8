"""The whole flow on the recorded sample: a case, its short answer, a memo, and the path to it."""

from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources

from duediligence.answering import read_answers
from duediligence.case import SAMPLE, Case, open_case
from duediligence.errors import BadInputError, NotACaseError
from duediligence.facts.fact import Fact
from duediligence.repo import shown
from duediligence.standing import OWNERS
from duediligence.visible import visible_line

_NOBODY = "A. Example"
"""Who opens, answers and issues in the demo: no real person's name goes into it."""


def run(given: Namespace) -> int:
    """Run the demo in ``--output`` (``demo`` when left out) and print the point and the path."""
    case = _sample_case(given)
    case.capture()
    if not any(event["event"] == "answered" for event in case.chronology()):
        text = resources.files("duediligence.sample").joinpath("answers.yaml").read_text("utf-8")
        case.answer_all([replace(one, by=_NOBODY) for one in read_answers(text, "the sample's answers")])
    issued = case.issue(by=_NOBODY)
    print("\n".join([f"{shown(case.repo)}, a recorded sample", *_point(case)]))
    print(f"Memo      {issued.path.absolute().as_uri()}")
    print("Yours     .venv/bin/duediligence new cases/mine owner/name")
    print("Workbook  make lab")
    return 0


def _sample_case(given: Namespace) -> Case:
    try:
        return open_case(given.output, repo=SAMPLE, by=_NOBODY)
    except (BadInputError, NotACaseError) as error:
        raise BadInputError(f"{error} The demo needs a folder of its own: --output DIR.") from error


def _point(case: Case) -> list[str]:
    facts = [fact for fact in case.facts() if fact.repo == case.repo]
    lines = [_license(facts), *_made_from(case, facts), *_not_found(facts)]
    owners = Counter(one.owner for one in case.findings().findings if one.status != "not_applicable")
    counted = " · ".join(f"{words} {owners[owner]}" for owner, words in OWNERS.items())
    return [*lines, f"  {counted[0].upper()}{counted[1:]}"]


def _license(facts: Sequence[Fact]) -> str:
    stated = [fact for fact in facts if fact.key == "license" and fact.state == "stated"]
    values = list(dict.fromkeys(fact.value or "" for fact in stated))
    if not values:
        return "  License      none stated"
    places = {1: "in the one place that states one", 2: "in both places that state one"}
    where = places.get(len(stated), f"in all {len(stated)} places that state one")
    return f"  License      {', '.join(values)}, {where if len(values) == 1 else 'the places differ'}"


def _made_from(case: Case, facts: Sequence[Fact]) -> list[str]:
    by_id = {fact.id: fact for fact in facts}
    lines = []
    for edge in case.lineage().edges:
        fact = by_id.get(edge.fact or "")
        if (
            edge.downstream == case.repo
            and edge.stated_in == "prose"
            and edge.relation == "trained_on"
            and fact
        ):
            lines.append(
                f"  Made from    {fact.value}, named only in the text ({fact.file}, {fact.evidence}):"
            )
            lines.append(f"               “{visible_line(edge.quote or '', 160)}”")
    return lines


def _not_found(facts: Sequence[Fact]) -> list[str]:
    basis = next((fact for fact in facts if fact.key == "legal_basis" and fact.state == "absent"), None)
    if basis is None:
        return []
    return [
        "  Not found    a legal basis for publishing the weights;",
        f"               looked in card, license and discussions ({', '.join(basis.searched)})",
    ]

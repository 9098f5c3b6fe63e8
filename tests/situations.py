"""Builds small laws and situations for the tests of knowledge and analysis, with the real readers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from duediligence.analysis import questionnaire
from duediligence.analysis.findings import apply_rules
from duediligence.analysis.situation import Asked, Finding, Findings, Situation
from duediligence.facts.fact import Fact
from duediligence.facts.lineage import Edge, Lineage
from duediligence.history import Address, Answer, Shown
from duediligence.knowledge.law import Law
from duediligence.knowledge.reader import load_law_from

MODEL = "models/laion/CLIP-ViT-H-14-laion2B-s32B-b79K"
DATASET = "datasets/laion/laion2B-en"
PARENT = "models/openai/clip-vit-large-patch14"
DAY = date(2026, 11, 22)

PLACES = {
    "jurisdictions/groups.yaml": "EU: [AT, DE, FR]\n",
    "jurisdictions/places.yaml": "{AT: Austria, DE: Germany, FR: France, GB: Britain, NO: Norway, US: USA}\n",
}


def source(id: str, **fields: str) -> str:
    """One legal source: settled, read in the original, unless *fields* say otherwise."""
    given = {
        "title": f"Title of {id}",
        "jurisdiction": "EU",
        "type": "statute",
        "date": "2019",
        "effect": "It says something.",
        "state": "settled",
        "confirmed": "P",
        "as_of": "2026-11-22",
        "review_by": "2027-11-22",
    } | fields
    return f"- id: {id}\n" + "".join(f"  {key}: {value}\n" for key, value in given.items())


def question(id: str, type: str = "yes_no", **fields: str) -> str:
    """One question; *fields* are written as YAML."""
    given = {
        "topic": "use",
        "text": f"What about {id}?",
        "matters": "It matters.",
        "type": type,
        "who": "[engineer]",
        "effort": "head",
    } | fields
    return f"- id: {id}\n" + "".join(f"  {key}: {value}\n" for key, value in given.items())


def rule(id: str, when: str, **fields: str) -> str:
    """One rule on copyright in the EU; *fields* are written as YAML."""
    given = {
        "regime": "copyright",
        "jurisdiction": "eu",
        "actor": "trainer",
        "act": "train",
        "polarity": "constraint",
        "proposition": f"What {id} says.",
        "when": when,
        "status": "established",
        "authorities": "[EU-A]",
        "next_step": "Do the next thing.",
        "owner": "you",
    } | fields
    return f"- id: {id}\n" + "".join(f"  {key}: {value}\n" for key, value in given.items())


def law(
    *,
    questions: Sequence[str] = (),
    rules: Sequence[str] = (),
    sources: Sequence[str] = (source("EU-A"),),
    as_of: date = DAY,
    **files: str,
) -> Law:
    """The law that these entries make."""
    return load_law_from(law_files(questions=questions, rules=rules, sources=sources, **files), as_of)


def law_files(
    *,
    questions: Sequence[str] = (),
    rules: Sequence[str] = (),
    sources: Sequence[str] = (source("EU-A"),),
    **files: str,
) -> dict[str, str]:
    """The files of a small law: path to text. *files* name more, with ``__`` for the slash."""
    given = PLACES | {"authorities/all.yaml": "".join(sources)}
    if questions:
        given["questions/all.yaml"] = "".join(questions)
    if rules:
        given["rules/all.yaml"] = "".join(rules)
    return given | {f"{name.replace('__', '/')}.yaml": text for name, text in files.items()}


def stated(key: str, value: str, repo: str = MODEL, source: str = "front_matter", **fields: str) -> Fact:
    """A fact somebody states, in the body E2 unless *fields* say otherwise."""
    quote = f"{key}: {value}" if source != "api" else None
    fact = Fact(
        repo=repo,
        key=key,
        value=value,
        state="stated",
        source=source,
        quote=quote,
        evidence="E2",
        file="README.md",
    )
    return replace(fact, **fields)  # type: ignore[arg-type]


def silent(key: str, repo: str = MODEL, state: str = "absent", searched: tuple[str, ...] = ("E2",)) -> Fact:
    """A key nobody states, or a place that could not be read or reached."""
    return Fact(repo=repo, key=key, value=None, state=state, searched=searched if state == "absent" else ())


def edge(downstream: str, relation: str, upstream: str, accepted: bool | None = None) -> Edge:
    """One declared relation."""
    return Edge(
        downstream=downstream,
        upstream=upstream,
        relation=relation,
        stated_in="declared",
        fact=None,
        evidence=None,
        quote=None,
        accepted=accepted,
    )


def situation(
    law: Law,
    *,
    facts: Sequence[Fact] = (),
    answers: Mapping[str, str | tuple[str, ...]] | None = None,
    edges: Sequence[Edge] = (),
    repo: str = MODEL,
) -> Situation:
    """A situation in which each answer was given after seeing all these facts."""
    lineage = Lineage(repo=repo, repos=(), edges=tuple(edges), complete=True, limits=())
    # A fact about the repo itself, so that keys nobody states count as searched in vain.
    known = tuple(facts) or (silent("license", repo=repo),)
    bare = Situation(repo=repo, facts=known, lineage=lineage, answers={}, law=law)
    given: dict[Address, tuple[Answer, ...]] = {}
    for i, (address, value) in enumerate((answers or {}).items()):
        id, _, about = address.partition("@")
        asked = next(one for one in law.questions if one.id == id)
        given[id, about or None] = (
            answer(
                id, value, about or None, questionnaire.shown(asked, about or None, bare), event=f"{i:08x}"
            ),
        )
    return replace(bare, answers=given)


def answer(
    id: str, value: str | tuple[str, ...], about: str | None, shown: Shown, event: str = "00000001"
) -> Answer:
    """One answer by A. Example."""
    return Answer(
        question=id,
        about=about,
        value=value,
        reason=None,
        says="A. Example",
        by="A. Example",
        at="2026-11-22T09:21:15.907Z",
        event=event,
        shown=shown,
    )


def findings(given: Situation) -> Findings:
    """What the rules say."""
    return apply_rules(given, questionnaire.ask(given))


def finding(given: Situation, id: str, about: str | None = None) -> Finding:
    """The one finding of a rule about one thing."""
    (one,) = (one for one in findings(given).findings if (one.id, one.about) == (id, about))
    return one


def asked(given: Situation, id: str, about: str | None = None) -> Asked:
    """How one question stands."""
    (one,) = (one for one in questionnaire.ask(given) if (one.question.id, one.about) == (id, about))
    return one

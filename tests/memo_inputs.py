"""A small case by hand, in our own words, for the tests of the memo: no file, no network, no law folder."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from duediligence.analysis.calendar import in_order, named, watched
from duediligence.analysis.keydate import KeyDate
from duediligence.analysis.situation import Asked, Finding, Findings
from duediligence.evidence.manifest import Entry, Manifest
from duediligence.facts.fact import Fact
from duediligence.facts.lineage import Edge, Lineage, Node
from duediligence.history import Answer, Record, Shown
from duediligence.knowledge.law import Authority, Citation, Law, Question, Rule
from duediligence.memo.view import MemoInputs

REPO = "models/laion/CLIP-ViT-H-14-laion2B-s32B-b79K"
DATASET = "datasets/laion/laion2B-en"
PARENT = "models/example/base-encoder"
GONE = "datasets/example/captions-private"
NAMED = "name:YFCC100M"
REVISION = "1c2b8495b28150b8a4922ee1c8edee224c284c0c"
CAPTURE = "2026-11-22T091407Z-eff315e0"
SENTENCE = "This model was trained on LAION-2B, the English subset of LAION-5B."
HUB = "https://huggingface.co"


def entry(number: str | None, repo: str, resource: str, state: str = "present", **more: Any) -> Entry:
    """An entry of the one capture; *number* is its evidence number."""
    path = repo.removeprefix("models/")
    return Entry(
        repo=repo,
        resource=resource,
        url=f"{HUB}/api/{repo}" if resource == "info" else f"{HUB}/{path}/raw/{REVISION}/{resource}",
        state=state,
        revision=None if resource.startswith("discussion") else more.pop("revision", REVISION),
        received_at="2026-11-22T09:14:05.871Z",
        sha256=f"{int((number or 'E0')[1:]):064x}" if number else None,
        length=177 if number else None,
        evidence=number,
        record=(CAPTURE, 480) if number else None,
        **more,
    )


ENTRIES = (
    entry("E1", REPO, "info"),
    entry("E2", REPO, "README.md"),
    entry("E3", REPO, "LICENSE"),
    entry("E4", REPO, "discussions"),
    entry("E5", REPO, "discussions/4"),
    entry("E6", DATASET, "info"),
    entry(None, DATASET, "README.md", "gated", reason="The Hub asks for access."),
    entry("E7", PARENT, "info"),
    entry("E8", PARENT, "README.md"),
    entry("E9", GONE, "info", "not_found", revision=None),
)


def fact(key: str, value: str | None, source: str | None, evidence: str | None, **more: Any) -> Fact:
    """A stated fact of the repo, or of ``repo=``."""
    return Fact(
        **{
            "repo": REPO,
            "key": key,
            "value": value,
            "state": "stated",
            "source": source,
            "file": "info" if source == "api" else "README.md",
            "revision": REVISION,
            "sha256": "0" * 64,
            "evidence": evidence,
            **more,
        }
    )


def absent(key: str, repo: str = REPO, searched: tuple[str, ...] = ("E2", "E3", "E5")) -> Fact:
    """A fact nobody states."""
    return Fact(repo=repo, key=key, value=None, state="absent", searched=searched)


LICENSE_API = fact("license", "mit", "api", "E1", pointer="/cardData/license")
LICENSE_CARD = fact("license", "mit", "front_matter", "E2", bytes=(4, 16), quote="license: mit")
TRAINING = fact("training_data", "LAION-2B", "prose", "E2", bytes=(38, 105), quote=SENTENCE)
DATA_LICENSE = fact("license", "cc-by-4.0", "api", "E6", repo=DATASET)
NO_BASIS = absent("legal_basis")
NO_PRIVACY = absent("personal_data")
MORE = fact(
    "chain.more_permissive",
    "true",
    "computed",
    None,
    file=None,
    sha256=None,
    revision=None,
    rests_on=(LICENSE_API.id,),
)
FACTS = (
    LICENSE_API,
    LICENSE_CARD,
    fact("license", "MIT License", "license_file", "E3", file="LICENSE", quote="MIT License"),
    TRAINING,
    NO_BASIS,
    NO_PRIVACY,
    absent("contact"),
    absent("datasets"),
    absent("evaluation_data"),
    MORE,
    fact("license.commercial_use", "yes", "computed", None, rests_on=(LICENSE_API.id,)),
    fact("license.attribution", "yes", "computed", None, rests_on=(LICENSE_API.id,)),
    fact("pipeline_tag", "zero-shot-image-classification", "api", "E1"),
    fact("pipeline_tag", "zero-shot-image-classification", "front_matter", "E2", quote="pipeline_tag: …"),
    fact("base_model", "example/base-encoder", "front_matter", "E2"),
    fact(
        "out_of_scope_use",
        "",
        "prose",
        "E2",
        quote="Deployed use is out of scope, whether it is paid for or not.",
    ),
    fact("provider", "laion", "api", "E1"),
    fact("gated", "false", "api", "E1"),
    DATA_LICENSE,
    Fact(
        repo=DATASET,
        key="personal_data",
        value=None,
        state="not_reached",
        reason="The card is behind access terms.",
    ),
    Fact(
        repo=DATASET,
        key="legal_basis",
        value=None,
        state="not_reached",
        reason="The card is behind access terms.",
    ),
    fact("license", "cc-by-nc-4.0", "front_matter", "E8", repo=PARENT),
    absent("training_data", PARENT, ("E8",)),
    Fact(
        repo=GONE,
        key="license",
        value=None,
        state="not_reached",
        reason="The Hub says: not found, or private.",
    ),
)

LINEAGE = Lineage(
    repo=REPO,
    repos=(
        Node(id=GONE, state="not_found", now=None, revision=None, license=()),
        Node(
            id=DATASET,
            state="gated",
            now=None,
            revision=REVISION,
            license=(("cc-by-4.0", "api", DATA_LICENSE.id),),
        ),
        Node(
            id=PARENT,
            state="present",
            now=None,
            revision=REVISION,
            license=(("cc-by-nc-4.0", "front_matter", "f-1"),),
        ),
        Node(
            id=REPO, state="present", now=None, revision=REVISION, license=(("mit", "api", LICENSE_API.id),)
        ),
        Node(id=NAMED, state=None, now=None, revision=None, license=()),
    ),
    edges=(
        Edge(
            downstream=PARENT,
            upstream=GONE,
            relation="trained_on",
            stated_in="declared",
            fact=None,
            evidence="E8",
            quote=None,
        ),
        Edge(
            downstream=REPO,
            upstream=PARENT,
            relation="derived_from",
            stated_in="declared",
            fact=None,
            evidence="E2",
            quote=None,
        ),
        Edge(
            downstream=REPO,
            upstream=DATASET,
            relation="trained_on",
            stated_in="prose",
            fact=TRAINING.id,
            evidence="E2",
            quote=SENTENCE,
            accepted=True,
        ),
        Edge(
            downstream=REPO,
            upstream=NAMED,
            relation="evaluated_on",
            stated_in="prose",
            fact=None,
            evidence="E2",
            quote="Numbers on YFCC100M are in the paper.",
            accepted=False,
        ),
    ),
    complete=True,
    limits=(),
)


def authority(id: str, title: str, place: str, type: str, **more: Any) -> Authority:
    """A legal source; read in the original and settled unless said otherwise."""
    return Authority(
        **{
            "id": id,
            "title": title,
            "jurisdiction": place,
            "type": type,
            "date": "2024-09-27",
            "effect": "What it says stands here in one plain sentence.",
            "state": "settled",
            "final": True,
            "confirmed": "P",
            "address": f"https://law.example/{id.lower()}",
            "as_of": "2026-11-22",
            "review_by": "2027-02-20",
            **more,
        }
    )


AUTHORITIES = {
    one.id: one
    for one in (
        authority("EU-DSM-4", "Directive (EU) 2019/790, Article 4", "EU", "statute", date="2019-04-17"),
        authority("EU-DB-7", "Database Directive, Article 7", "EU", "statute", confirmed="K", date="1996"),
        authority(
            "DE-OLGHH-LAION",
            "OLG Hamburg, Kneschke v LAION",
            "DE-HH",
            "decision",
            confirmed="S",
            state="contested",
            final=False,
            watch=(
                (
                    "2026-12-17",
                    "The Federal Court of Justice announces its judgment; a reference may replace it.",
                ),
                ("open", "A reference to the Court of Justice."),
            ),
        ),
        authority(
            "DE-GEMA-OPENAI", "LG München I, GEMA v OpenAI", "DE", "decision", state="contested", final=False
        ),
        authority("GDPR-14", "GDPR, Article 14", "EU", "statute", confirmed="S"),
        authority(
            "AIA-50",
            "AI Act, Article 50",
            "EU",
            "statute",
            confirmed="R",
            watch=(("2026-12-02", "The grace period for marking output ends."),),
            review_by="2026-11-01",
        ),
        authority("CC-BY-NC", "Creative Commons Attribution-NonCommercial 4.0", "INT", "license_text"),
    )
}


def question(id: str, text: str, **more: Any) -> Question:
    """A question of the law files."""
    return Question(
        **{
            "id": id,
            "ref": None,
            "topic": id.partition(".")[0],
            "each": None,
            "text": text,
            "provider_text": None,
            "matters": "It decides which findings follow.",
            "type": "text",
            "choices": {},
            "when": None,
            "shows": (),
            "prefill": None,
            "prefill_values": {},
            "who": ("engineer",),
            "effort": "head",
            "example": None,
            "hint": None,
            "authorities": (),
            **more,
        }
    )


QUESTIONS = (
    question("use.role", "Why are you looking at this model?", type="choices", choices={"user": "to use it"}),
    question(
        "use.acts",
        "What will you do with it?",
        type="choices",
        choices={
            "evaluate": "try it",
            "internal": "use it inside the company",
            "product": "put it in a product or API",
        },
    ),
    question("use.start", "When do you plan to start?", type="date"),
    question("use.offer-places", "In which countries will you offer it?", type="places"),
    question(
        "use.commercial",
        "Will anyone pay for what you build?",
        type="choice",
        choices={"paid_product": "yes, a paid product"},
    ),
    question("use.asked-until", "By when?", type="date"),
    question("use.fields", "Is it used for any of these?", matters="Some fields have rules of their own."),
    question(
        "dataset.content",
        "What does {about} hold?",
        each="dataset",
        type="choice",
        choices={"links_captions": "links with captions"},
        provider_text="What does {about} hold: works, links, or features?",
        who=("provider", "engineer"),
        matters="Links are not the works; the answer decides who copied what, and when.",
    ),
    question(
        "provider.legal-basis",
        "Which legal basis has the provider stated for {about}?",
        each="act",
        provider_text="Which legal basis do you rely on for {about}?",
        who=("provider",),
        shows=("legal_basis",),
    ),
    question(
        "training.places",
        "In which countries was it trained?",
        provider_text="In which countries did the training run?",
        type="places",
        who=("provider", "engineer"),
    ),
    question("use.own-basis", "What is your own legal basis for personal data?", who=("counsel",)),
    question("matter.known-since", "When did anyone on your side first know?", type="date"),
)
BY_ID = {one.id: one for one in QUESTIONS}


def rule(id: str, *answers: str) -> Rule:
    """A rule whose condition asks for *answers*."""
    return Rule(
        id=id,
        ref="R17",
        each=None,
        regime="copyright",
        jurisdiction="eu",
        actor="releaser",
        act="publish",
        polarity="risk",
        proposition="The provider has stated a legal basis for {about}.",
        applies=None,
        when={"all": [{"answer": one, "is": "yes"} for one in answers]},
        status="supported",
        when_false=None,
        authorities=(Citation(id="EU-DSM-4"),),
        law=None,
        burden=None,
        bound_by=None,
        next_step="",
        letter=None,
        owner="you",
    )


LAW = Law(
    digest="616f905d40b9d3ca6246cfbff2e3d9fea15906650d6ab3962349b0cd320afa20",
    as_of=date(2026, 11, 22),
    authorities=AUTHORITIES,
    licenses={},
    terms={},
    questions=QUESTIONS,
    periods=(),
    letters={},
    disputes=(),
    matrix=(),
    rules=(
        rule("data.own-basis", "use.own-basis", "use.fields"),
        rule("copyright.basis-for-publishing", "provider.legal-basis"),
        rule("data.persons-informed", "provider.legal-basis", "training.places"),
    ),
    groups={"EU": frozenset({"DE", "AT"})},
    places=frozenset({"DE", "AT"}),
)


def finding(id: str, proposition: str, **more: Any) -> Finding:
    """A finding; open unless said otherwise."""
    return Finding(
        **{
            "id": id,
            "ref": "R17",
            "about": None,
            "regime": "copyright",
            "jurisdiction": "eu",
            "actor": "releaser",
            "act": "publish",
            "proposition": proposition,
            "polarity": "risk",
            "status": "gap",
            "law": "settled",
            "facts": "missing",
            "burden": "Whoever relies on the exception.",
            "rests_on": (),
            "missing": (),
            "failed": (),
            "capped": (),
            "authorities": ({"id": "EU-DSM-4", "state": "settled", "confirmed": "P"},),
            "next_step": "Ask the provider which basis it relies on.",
            "letter": "T1",
            "owner": "you",
            "in_question": more.get("status", "gap") == "gap",
            **more,
        }
    )


def answered(
    question: str, value: str | tuple[str, ...], event: str, about: str | None = None, **more: Any
) -> Answer:
    """An answer A. Example gave and typed."""
    return Answer(
        **{
            "question": question,
            "about": about,
            "value": value,
            "reason": None,
            "says": "A. Example",
            "by": "A. Example",
            "at": "2026-11-22T09:21:15.907Z",
            "event": event,
            "shown": Shown(text=BY_ID[question].text.replace("{about}", about or ""), choices=(), facts=()),
            **more,
        }
    )


ANSWERS = (
    answered("use.role", ("user",), "a0000001"),
    answered("use.acts", ("evaluate", "product"), "a0000002"),
    answered("use.start", "2027-02-01", "a0000003"),
    answered("use.offer-places", ("DE", "AT"), "a0000004"),
    answered("use.commercial", "paid_product", "a0000005"),
    answered("use.asked-until", "2026-12-15", "a0000006", says="B. Counsel"),
    answered(
        "dataset.content",
        "links_captions",
        "a0000007",
        DATASET,
        reason="Its viewer shows addresses and captions.",
    ),
    answered(
        "provider.legal-basis",
        "unknown",
        "a0000008",
        "publish",
        ask="provider",
        reason="Asked, no answer on file.",
    ),
)


def events(*answers: Answer) -> tuple[dict[str, Any], ...]:
    """The chronology of the case, with *answers* in it."""
    return (
        {
            "event": "opened",
            "at": "2026-11-22T09:14:02.118Z",
            "name": "opened",
            "sha256": "0" * 64,
            "repos": [REPO],
            "by": "A. Example",
            "time_zone": "Europe/Berlin",
        },
        {
            "event": "captured",
            "at": "2026-11-22T09:14:07.004Z",
            "name": "captured",
            "sha256": "1" * 64,
            "capture": CAPTURE,
            "endpoint": HUB,
            "complete": True,
            "limits": [],
        },
        {
            "event": "accepted",
            "at": "2026-11-22T09:20:41.530Z",
            "name": "accepted",
            "sha256": "2" * 64,
            "says": "A. Example",
            "by": "A. Example",
            "mention": f"{REPO}:trained_on:{DATASET}",
            "reason": "The paper says the same.",
        },
        *(
            {
                "event": "answered",
                "at": one.at,
                "name": one.event,
                "sha256": one.event + "0" * 56,
                "says": one.says,
                "by": one.by,
                "question": one.question,
                "about": one.about,
                "value": one.value if isinstance(one.value, str) else list(one.value),
                "shown": {"text": one.shown.text},
            }
            for one in answers
        ),
        {
            "event": "noted",
            "at": "2026-11-22T10:00:00.000Z",
            "name": "noted",
            "sha256": "3" * 64,
            "by": "A. Example",
            "text": "Counsel wants the paper as well.",
        },
        {
            "event": "issued",
            "at": "2026-11-22T10:05:00.000Z",
            "name": "issued",
            "sha256": "4" * 64,
            "by": "A. Example",
        },
    )


def record(*answers: Answer) -> Record:
    """The state of the case with *answers*."""
    by_address: dict[tuple[str, str | None], tuple[Answer, ...]] = {}
    for one in answers:
        by_address[one.question, one.about] = (*by_address.get((one.question, one.about), ()), one)
    chronology = events(*answers)
    return Record(
        opened=chronology[0],
        heads=("4" * 64,),
        answers=by_address,
        decisions={f"{REPO}:trained_on:{DATASET}": True},
        captures=(chronology[1],),
        chronology=chronology,
    )


def asked(id: str, about: str | None = None, state: str = "unanswered", **more: Any) -> Asked:
    """A question as it stands in the case; answered ones carry their answer."""
    answer = next((one for one in ANSWERS if (one.question, one.about) == (id, about)), None)
    return Asked(
        **{
            "question": BY_ID[id],
            "about": about,
            "text": BY_ID[id].text.replace("{about}", (about or "").removeprefix("datasets/")),
            "asked": True,
            "because": "asked of everyone",
            "state": ("unknown" if answer.value == "unknown" else "answered") if answer else state,
            "shows": (),
            "prefill_value": None,
            "prefill_facts": (),
            "answer": answer,
            **more,
        }
    )


ASKED = (
    *(asked(one.question, one.about) for one in ANSWERS),
    asked("provider.legal-basis", "train"),
    asked("training.places"),
    asked("use.fields"),
    asked("use.own-basis"),
)

FINDINGS = (
    finding(
        "ai-act.marking",
        "Output must be marked in a machine-readable way.",
        regime="ai_act",
        polarity="duty",
        status="not_applicable",
        failed=("What it gives back is embeddings, not content.",),
        actor="deployer",
        act="output",
        facts="stated",
        authorities=({"id": "AIA-50", "state": "settled", "confirmed": "R"},),
        next_step="Nothing.",
        rests_on=(),
    ),
    finding(
        "contract.parent-non-commercial",
        "The terms of example/base-encoder allow no commercial use.",
        about=PARENT,
        regime="contract",
        jurisdiction="any",
        polarity="constraint",
        status="established",
        law="disputed",
        facts="documented",
        owner="counsel",
        rests_on=({"fact": FACTS[21].id, "evidence": "E8"},),
        act="deploy",
        actor="deployer",
        authorities=({"id": "CC-BY-NC", "state": "settled", "confirmed": "P"},),
        burden="The licensor.",
        against=("Much German writing denies a right in weights that binds who never accepted the terms.",),
        next_step="Let counsel say whether the terms bind someone who only has the child.",
    ),
    finding(
        "copyright.basis-for-publishing",
        "The provider has stated a legal basis for publishing the weights.",
        about="publish",
        rests_on=(
            {"fact": NO_BASIS.id, "evidence": None},
            {"answer": "provider.legal-basis", "about": "publish", "event": "a0000008"},
        ),
        missing=("Which legal basis the provider relies on for publishing the weights",),
        owner="provider",
    ),
    finding(
        "copyright.dataset-license-is-not-the-works",
        "The license of laion/laion2B-en covers its links and captions, not the works they lead to.",
        about=DATASET,
        polarity="constraint",
        status="supported",
        facts="stated",
        act="train",
        actor="trainer",
        capped=({"authorities": ["EU-DB-7"], "why": "not read, known only generally (K)"},),
        rests_on=(
            {"answer": "dataset.content", "about": DATASET, "event": "a0000007"},
            {"fact": DATA_LICENSE.id, "evidence": "E6"},
        ),
        authorities=({"id": "EU-DB-7", "state": "settled", "confirmed": "K"},),
        next_step="Do not list this license as a basis for copying the works.",
    ),
    finding(
        "copyright.training-is-mining",
        "Training falls under the exception for text and data mining.",
        about=None,
        jurisdiction="de",
        polarity="permission",
        status="contested",
        law="disputed",
        facts="documented",
        owner="counsel",
        act="train",
        actor="trainer",
        rests_on=({"fact": TRAINING.id, "evidence": "E2"},),
        burden="Whoever relies on the exception.",
        authorities=(
            {"id": "DE-OLGHH-LAION", "state": "contested", "confirmed": "S"},
            {"id": "DE-GEMA-OPENAI", "state": "contested", "confirmed": "P"},
        ),
        against=(
            "LG München I, GEMA v OpenAI: the exception covers building the material, not the training.",
        ),
        next_step="Wait for 17 December 2026; until then plan for both.",
    ),
    finding(
        "data.persons-informed",
        "The persons whose data was used were informed.",
        regime="data_protection",
        jurisdiction="eu",
        polarity="duty",
        owner="counsel",
        rests_on=({"fact": NO_PRIVACY.id, "evidence": None},),
        missing=("Whether the training data holds personal data", "In which countries it was trained"),
        authorities=({"id": "GDPR-14", "state": "settled", "confirmed": "S"},),
        burden="The controller.",
        next_step="Let counsel weigh the three limbs of Article 14(5)(b).",
        act="train",
        actor="trainer",
    ),
)

MANIFEST = Manifest(capture=CAPTURE, entries=ENTRIES, account=False)


def dates_of(law: Law, findings: Sequence[Finding]) -> tuple[KeyDate, ...]:
    """The dates of the case under some law and with some findings."""
    answers = record(*ANSWERS).answers
    return in_order((*watched(law, findings), *named(answers, law.as_of)), answers)


def inputs(**more: Any) -> MemoInputs:
    """The case as it stands; *more* replaces parts of it."""
    given = record(*ANSWERS)
    return replace(
        MemoInputs(
            repo=REPO,
            opened=given.opened,
            record=given,
            entries=ENTRIES,
            facts=FACTS,
            lineage=LINEAGE,
            asked=ASKED,
            findings=Findings(
                findings=FINDINGS,
                waiting=(("data.own-basis", ("use.own-basis", "use.fields")),),
                as_of="2026-11-22",
                law_digest=LAW.digest,
                dates=dates_of(LAW, FINDINGS),
            ),
            law=LAW,
            as_of=date(2026, 11, 22),
            made_from=("3" * 64,),
            program="0.1.0",
            draft=True,
            sample=False,
            time_zone="Europe/Berlin",
            limits=(),
            manifests=(MANIFEST,),
        ),
        **more,
    )

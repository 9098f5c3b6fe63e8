"""Each kind of change at the source: told with before and after, and only what rests on it is open again."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cases import REPO, Desk
from fake_hub import FakeHub
from test_cli import run
from test_pages import FAQ, Web

from duediligence.analysis.abouts import address
from duediligence.analysis.changes import opened_by_loss
from duediligence.case import Case
from duediligence.changes_text import fact_lines
from duediligence.comparing import Comparison
from duediligence.errors import HubUnreachableError, StoppedError
from duediligence.memo import view
from duediligence.reports import Change
from duediligence.verifying import verify
from duediligence.widgets.lineage import page
from duediligence.widgets.news import NewsView
from duediligence.widgets.tree import texts

BASE, DATA = "models/example/base", "datasets/example/captions"
CARD = """---
license: mit
datasets:
- example/captions
base_model: example/base
---
# A small encoder

This model was trained on LAION-2B-en, the English subset of LAION-5B.
The training data contain personal data of the people in the pictures.
Deployed use is out of scope.

## Speed

It runs on a laptop.
"""
BASE_CARD = "---\nlicense: apache-2.0\n---\n# Base\n\nTurns pictures into numbers.\n"
DATA_CARD = "---\nlicense: cc-by-4.0\n---\n# Captions\n\nPictures with one line of text each.\n"
LICENSE = "Example Community License\n\nYou may use the model for any purpose.\n\nPass this text on.\n"

ANSWERS = {
    "use.role": ["user"],
    "use.commercial": "paid_product",
    "license.exact": "mit",
    f"dataset.content@{DATA}": "links_captions",
    f"dataset.online@{DATA}": "yes",
    f"license.text-only-cut@{BASE}": "no",
    f"parent.allows-use@{BASE}": "yes",
    "lineage.complete": "yes",
    "provider.uploader": "author",
    "provider.access-terms": "None.",
    "provider.imprint": "no",
    "provider.legal-basis@collect": ["research_tdm"],
    "copyright.output-shown": "no",
    "data.personal": "yes",
    "output.kind": "embeddings",
}
"""Each was shown other facts than most of the rest; the first two were shown none."""


@dataclass
class Source:
    """What the case rests on, where it can be changed."""

    hub: FakeHub
    web: Web

    def card(self, old: str, new: str) -> None:
        assert CARD.count(old) == 1
        self.hub.publish(REPO, card=CARD.replace(old, new))


@pytest.fixture
def source(fake_hub: FakeHub) -> Iterator[Source]:
    """One model with its license file and a thread, made from a base and a dataset, and a page about it."""
    web = Web()
    web.pages["/faq"] = (200, FAQ.encode(), {"ETag": '"1"'})
    for base in (BASE, "models/example/other"):
        fake_hub.add(base, card=BASE_CARD)
    for data in (DATA, "datasets/example/pictures"):
        fake_hub.add(data, card=DATA_CARD)
    fake_hub.add(REPO, card=CARD, files={"LICENSE": LICENSE})
    fake_hub.discussion("On which legal basis was this released?", "Please tell.", repo=REPO)
    yield Source(fake_hub, web)
    web.close()


@pytest.fixture
def case(source: Source, desk: Desk, tmp_path: Path) -> Case:
    """Captured and answered, two days ago."""
    opened = desk.new(tmp_path / "case")
    opened.capture()
    opened.attach(f"{source.web.address}/faq", by="A. Example")
    for place, value in ANSWERS.items():
        opened.answer(place, value, says="A. Example", by="A. Example")
    desk.later(days=2)
    return opened


def _page(source: Source) -> None:
    body = FAQ.replace("Directive 2019/790", "Directive 2019/790, for research").encode()
    source.web.pages["/faq"] = (200, body, {"ETag": '"2"'})


@dataclass(frozen=True)
class Kind:
    """One kind of change, and what must come of it."""

    name: str
    make: Callable[[Source], object]
    place: tuple[str, str, str | None]
    """Repo, key and source of the changed fact."""

    before: str | None
    """Value, or a part of the quote where the words are the source; ``None`` when nothing stated it."""

    after: str | None
    again: frozenset[str] = frozenset()
    """Addresses of the answers that need another look."""

    open_: str | None = None
    """A rule that reads one of them."""


KINDS = [
    Kind(
        "license tag",
        lambda s: s.card("license: mit", "license: cc-by-nc-4.0"),
        (REPO, "license", "front_matter"),
        "mit",
        "cc-by-nc-4.0",
        frozenset({"license.exact"}),
    ),
    Kind(
        "dataset in the metadata",
        lambda s: s.card("- example/captions", "- example/captions\n- example/pictures"),
        (REPO, "datasets", "front_matter"),
        None,
        "example/pictures",
        frozenset({"lineage.complete"}),
    ),
    Kind(
        "base model",
        lambda s: s.card("base_model: example/base", "base_model: example/other"),
        (REPO, "base_model", "front_matter"),
        "example/base",
        "example/other",
        frozenset({"provider.uploader"}),
        "license.uploader-had-power",
    ),
    Kind(
        "gate before an upstream repo",
        lambda s: s.hub.gate(DATA),
        (DATA, "gated", "api"),
        "false",
        "manual",
        # The license too: what the card's own metadata said of it can no longer be read.
        frozenset({f"dataset.content@{DATA}", f"dataset.online@{DATA}"}),
        "copyright.dataset-license-is-not-the-works",
    ),
    Kind(
        "gate before the repo itself",
        lambda s: s.hub.gate(REPO, "auto"),
        (REPO, "gated", "api"),
        "false",
        "auto",
        # Whatever was shown what card, license file or metadata say; not what threads and pages say.
        frozenset(
            {
                "copyright.output-shown",
                "data.personal",
                "license.exact",
                "lineage.complete",
                "output.kind",
                "provider.access-terms",
                "provider.uploader",
            }
        ),
    ),
    Kind(
        "removal of an upstream repo",
        lambda s: s.hub.delete(BASE),
        (BASE, "license", "api"),
        "apache-2.0",
        None,
        frozenset({f"license.text-only-cut@{BASE}", f"parent.allows-use@{BASE}"}),
        "license.eu-seat-text-only-cut",
    ),
    Kind(
        "rename",
        lambda s: s.hub.rename(BASE, "models/example/base-2"),
        ("models/example/base-2", "id", "api"),
        "example/base",
        "example/base-2",
    ),
    Kind(
        "rename of the repo itself",
        lambda s: s.hub.rename(REPO, "models/example/encoder-2"),
        ("models/example/encoder-2", "id", "api"),
        "example/encoder",
        "example/encoder-2",
    ),
    Kind(
        "text of the license file",
        lambda s: s.hub.publish(REPO, files={"LICENSE": LICENSE.replace("any purpose", "research alone")}),
        (REPO, "license", "license_file"),
        "Example Community License",
        "Example Community License",
        frozenset({"license.exact"}),
    ),
    Kind(
        "reply in a thread",
        lambda s: s.hub.discussion("", "Thank you, we will look into it.", repo=REPO, number=1),
        (REPO, "discussion", "discussion"),
        "On which legal basis",
        "On which legal basis",
        frozenset({"copyright.output-shown", "provider.legal-basis@collect"}),
        "copyright.basis-for-collection-only",
    ),
    Kind(
        "reply that names a legal basis",
        lambda s: s.hub.discussion("", "We rely on legitimate interests for training.", repo=REPO, number=1),
        (REPO, "legal_basis", "discussion"),
        None,
        "We rely on legitimate interests for training.",
        frozenset({"copyright.output-shown", "provider.legal-basis@collect"}),
        "copyright.basis-for-collection-only",
    ),
    Kind(
        "page outside the Hub",
        _page,
        (REPO, "legal_basis", "page"),
        "Article 3 of Directive 2019/790.",
        "Article 3 of Directive 2019/790, for research.",
        frozenset({"provider.legal-basis@collect"}),
        "copyright.basis-for-collection-only",
    ),
    Kind(
        "sentence in the card",
        lambda s: s.card("the people in the pictures", "their photographers"),
        (REPO, "personal_data", "prose"),
        "personal data of the people in the pictures",
        "personal data of their photographers",
        frozenset({"data.personal"}),
        "data-protection.model-not-shown-anonymous",
    ),
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_change_is_told_and_opens_only_what_rests_on_it(case: Case, source: Source, kind: Kind) -> None:
    """Before and after; exactly the answers that were shown it; the rules that read those name them."""
    kind.make(source)
    report = case.capture(force=True)
    found = case.changes()

    assert report.changes == found.facts
    row = _row(found, kind)
    assert _says(row, "before", kind.before) and _says(row, "after", kind.after)
    assert row.before != row.after
    assert set(found.needs_another_look) == kind.again
    for one in case.questions():
        if one.answer is not None:
            again = address(one.question.id, one.about) in kind.again
            assert one.state == ("needs_another_look" if again else "answered")
    if kind.open_:
        texts = {
            f"needs another look: {one.text}" for one in case.questions() if one.state == "needs_another_look"
        }
        open_ = [one for one in case.findings().findings if one.id == kind.open_ and one.status == "gap"]
        assert any(texts & set(one.missing) for one in open_)
    assert verify(case.folder) == []
    assert not case.outdated().changes


def _row(found: Comparison, kind: Kind) -> Change:
    sides = [(one, one.after or one.before) for one in found.facts]
    rows = [
        one
        for one, side in sides
        if side and (one.repo, one.key) == kind.place[:2] and kind.place[2] in _sources(one)
        if _says(one, "before", kind.before) and _says(one, "after", kind.after)
    ]
    assert len(rows) == 1, "\n".join(map(str, found.facts))
    return rows[0]


def _sources(row: Change) -> set[str | None]:
    return {fact.source for fact in (row.before, row.after) if fact}


def _says(row: Change, side: str, wanted: str | None) -> bool:
    fact = row.before if side == "before" else row.after
    if wanted is None:
        return fact is None or fact.state != "stated"
    if fact is None or fact.state != "stated":
        return False
    quoted = fact.source in ("prose", "discussion", "page", "license_file")
    return wanted in (fact.quote or "") if quoted else fact.value == wanted


def _noise(source: Source) -> None:
    grown = CARD.replace("trained on LAION", "trained  on\nLAION").replace(
        "license: mit", "license:   mit  # so"
    )
    source.hub.publish(
        REPO,
        card=grown.replace("laptop.\n", "laptop.\n\n## Thanks\n\nTo all who helped.\n"),
        files={"LICENSE": LICENSE.replace("You may", "You\n  may")},
    )
    source.hub.patch(REPO, downloads=12345, likes=7)
    body = FAQ.replace("<p>For collecting", "<p>\n  For  collecting").replace("<title>FAQ", "<title>Our FAQ")
    source.web.pages["/faq"] = (200, body.encode(), {"ETag": '"2"'})


def test_noise_changes_nothing(case: Case, source: Source) -> None:
    """White space, another paragraph, a comment, a counter, a title: new bytes, and nothing new in them."""
    facts = {fact.id for fact in case.facts()}
    _noise(source)
    report = case.capture(force=True)
    found = case.changes()

    assert (report.changes, found.facts, found.needs_another_look, found.changed_findings) == ((), (), (), ())
    assert {fact.id for fact in case.facts()} == facts
    assert {one.state for one in case.questions() if one.answer} == {"answered"}


def test_a_renamed_repo_stays_the_one_the_case_is_about(case: Case, source: Source) -> None:
    """Asked by its new id from then on: what was said about the old one, by anybody, is still about it."""
    case.answer(f"license.text-only-cut@{REPO}", "no", by="A. Example")
    source.hub.rename(REPO, "models/example/encoder-2")
    case.capture(force=True)
    facts = case.facts()
    (cut,) = [one for one in case.questions() if one.answer and one.about == case.repo]
    assert (cut.question.id, cut.answer.value) == ("license.text-only-cut", "no")  # type: ignore[union-attr]
    for _ in range(2):
        assert case.capture(force=True).changes == ()
        assert (case.repo, case.facts()) == ("models/example/encoder-2", facts)
        assert {one.state for one in case.questions() if one.answer} == {"answered"}
    case.withdraw("license.text-only-cut@example/encoder-2", by="A. Example")
    assert not [one for one in case.questions() if one.answer and one.about == case.repo]


def test_a_look_is_compared_whole(case: Case, source: Source) -> None:
    """A page that changed is kept behind the look at the Hub: both belong to one look."""
    _page(source)
    source.card("license: mit", "license: cc-by-nc-4.0")
    report = case.capture(force=True)

    assert {one.key for one in case.changes().facts} == {"license", "legal_basis"}
    assert len(report.entries) > 10 and report.repo_state == "present"


def test_what_one_loss_opens_is_told_once(case: Case, source: Source) -> None:
    """The findings on the terms of a base model that is gone: one line, with what its license was."""
    case.issue(by="A. Example")
    source.hub.delete(BASE)
    case.capture(force=True)
    found = case.changes()
    opened, rest = opened_by_loss(found.changed_findings, found.facts)

    assert len(opened) > 3 and all({repo for repo, _ in one.facts} == {BASE} for one in opened)
    said = str(found)
    assert f"open now: {len(opened)} findings that rest on what example/base said" in said
    assert "example/base: can no longer be read there; it said before: license apache-2.0" in said
    assert not [one for one in opened if one.proposition in said]
    since = view.build(case._memo_inputs(None, draft=True)).since
    assert sum(len(cause.opened) for cause in since.by_cause) == len(opened)  # type: ignore[union-attr]
    assert rest == [one for one in found.changed_findings if one not in opened]


def test_a_repo_that_is_gone_is_told_by_its_state(case: Case, source: Source) -> None:
    """Beside what it said: how the Hub answered then, and how it does now; in the memo with its support."""
    case.issue(by="A. Example")
    source.hub.delete(BASE)
    case.capture(force=True)

    assert [(one.repo, one.before, one.after) for one in case.changes().states] == [
        (BASE, "present", "not_found")
    ]
    memo = view.build(case._memo_inputs(None, draft=True))
    assert [one.text for one in memo.since.chain] == [  # type: ignore[union-attr]
        "example/base: then received; now not there, or private: the Hub does not say which."
    ]
    assert not view.unsupported(memo)


CLAUSE = "The Software shall not be used for military ends."
MIT = """MIT License

Copyright (c) 2026 Harbour

Permission is hereby granted, free of charge, to any person obtaining a copy …

substantial portions … PROVIDED AS IS …
"""


def test_a_finding_names_the_answer_it_waits_for_again(case: Case, source: Source) -> None:
    """Not the license moved it but the answer that was shown the license: that is what somebody has to do."""
    case.answer("license.agree", "yes", by="A. Example")
    source.card("license: mit", "license: cc-by-nc-4.0")
    case.capture(force=True)

    waiting = [one for one in case.changes().changed_findings if "license.agree" in one.because]
    assert waiting and {one.after for one in waiting} == {"gap"}


def test_a_clause_in_a_text_whose_value_it_changes_is_quoted(case: Case, source: Source) -> None:
    """That MIT is no longer plain MIT is told with the clause that makes it so, not by its title alone."""
    source.hub.add(REPO, card=CARD, files={"LICENSE": MIT})
    case.capture(force=True)
    source.hub.add(REPO, card=CARD, files={"LICENSE": MIT.replace("substantial", f"{CLAUSE}\n\nsubstantial")})
    case.capture(force=True)

    (change,) = [one for one in case.changes().facts if one.source == "license_file"]
    assert (change.before.value, change.after.value) == ("mit", "mit (changed text)")  # type: ignore[union-attr]
    assert change.passages == ("", CLAUSE)
    assert CLAUSE in str(case.changes())
    assert CLAUSE in " ".join(texts(NewsView(case.changes()).show().page).split())


def test_another_license_altogether_is_told_by_its_title(case: Case, source: Source) -> None:
    """No two whole texts beside each other where nothing of the one is left in the other."""
    source.hub.add(REPO, card=CARD, files={"LICENSE": MIT})
    case.capture(force=True)

    (change,) = [one for one in case.changes().facts if one.source == "license_file"]
    assert change.passages is None and "Example Community License" in str(case.changes())


@pytest.mark.parametrize("kind", ["text of the license file", "reply in a thread"])
def test_words_below_a_title_are_told_with_both_passages(case: Case, source: Source, kind: str) -> None:
    """The title line is the quote; what differs below it is told word for word, in the notebook as well."""
    case.issue(by="A. Example")
    next(one for one in KINDS if one.name == kind).make(source)
    case.capture(force=True)
    (change,) = [one for one in case.changes().facts if one.below]
    wanted = {
        "text of the license file": (
            "You may use the model for any purpose.",
            "You may use the model for research alone.",
        ),
        "reply in a thread": ("", "Thank you, we will look into it."),
    }

    assert change.passages == wanted[kind]
    assert wanted[kind][1].rstrip(".").rpartition(" ")[2] in "".join(fact_lines([change]))
    assert change.to_json()["passages"] == list(wanted[kind])
    assert texts(NewsView(case.changes()).show().page).count("has other words") == 1
    memo = view.build(case._memo_inputs(None, draft=True))
    (now,) = [row.now.text for one in memo.since.sources for row in one.rows]  # type: ignore[union-attr]
    assert now.endswith(f"; below it: “{wanted[kind][1]}”") and not view.unsupported(memo)


def test_what_can_no_longer_be_read_is_not_told_as_taken_back(case: Case, source: Source) -> None:
    """A card behind access terms states nothing any more, and nobody is said to have withdrawn it."""
    case.issue(by="A. Example")
    source.hub.gate(REPO)
    report = case.capture(force=True)
    found = case.changes()
    memo = view.build(case._memo_inputs(None, draft=True))
    notes = [note.text for one in memo.since.sources for note in one.notes]  # type: ignore[union-attr]
    assert notes[0].startswith("Now behind access terms; not read. What it said before")

    (line,) = [one for one in str(report).splitlines() if "can no longer be read there" in one]
    assert "personal_data" in line and "training_data" in line
    assert "not stated" not in str(found) and "personal_data was" not in str(found)
    assert {one.unread for one in found.edges} == {True}
    assert "can no longer be read: example/encoder trained on laion/laion2B-en" in str(found)


def test_outdated_looks_at_pages_too_and_keeps_nothing(case: Case, source: Source) -> None:
    """One question a page, with the tag of what is on file; what came is told and thrown away."""
    assert not case.outdated().changes
    asked = len(source.web.asked)
    _page(source)
    files = sorted(case.folder.rglob("*"))

    (change,) = case.outdated().changes
    assert (change.key, change.source) == ("legal_basis", "page")
    assert len(source.web.asked) == asked + 1 and sorted(case.folder.rglob("*")) == files


def test_what_a_repo_never_said_is_no_news_when_it_leaves(case: Case, source: Source) -> None:
    """One repo for another: what both state, and no row for each key neither states."""
    source.card("base_model: example/base", "base_model: example/other")
    case.capture(force=True)

    assert {one.key for one in case.changes().facts} == {"base_model", "gated", "license"}


def test_an_edge_that_is_gone_stays_with_its_day_and_no_rule_reads_it(case: Case, source: Source) -> None:
    """Named beside the lineage, not in it; stated again, it is an edge as before."""
    source.card("- example/captions", "- example/pictures")
    case.capture(force=True)
    tree = case.lineage()
    edge = f"{REPO}:trained_on:{DATA}"

    told = {(one.edge.id, one.new) for one in case.changes().edges}
    assert {(edge, False), (f"{REPO}:trained_on:datasets/example/pictures", True)} == told
    assert [(one.id, one.gone_since) for one in tree.gone] == [(edge, "2026-11-24")]
    assert edge not in {one.id for one in tree.edges} and DATA not in {one.id for one in tree.repos}
    assert DATA not in {one.about for one in (*case.questions(), *case.findings().findings)}
    rows = json.loads(run("lineage", case.folder, "--json").stdout)["edges"]
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    assert {row["id"]: row.get("gone_since") for row in rows}[edge] == "2026-11-24"
    assert sum("gone_since" in row for row in rows) == 1
    assert f"{edge}, since 2026-11-24" in run("lineage", case.folder).stdout
    assert "example/captions, since 2026-11-24" in str(page(tree))

    source.hub.publish(REPO, card=CARD)
    case.capture(force=True)
    assert edge in {one.id for one in case.lineage().edges}
    assert [one.upstream for one in case.lineage().gone] == ["datasets/example/pictures"]


def test_an_edge_is_gone_since_the_first_look_that_missed_it(case: Case, source: Source, desk: Desk) -> None:
    """Later looks do not make it younger; a repo that is no longer looked at says nothing about its own."""
    source.hub.publish(BASE, card=BASE_CARD.replace("license:", "datasets: [example/pictures]\nlicense:"))
    case.capture(force=True)
    source.card("base_model: example/base\n", "")
    case.capture(force=True)
    desk.later(days=3)
    case.capture(force=True)

    assert [(one.id, one.gone_since) for one in case.lineage().gone] == [
        (f"{REPO}:derived_from:{BASE}", "2026-11-24")
    ]


def test_what_is_out_of_reach_keeps_what_it_said(case: Case, source: Source) -> None:
    """An upstream repo that fails the second time: no fact, no edge, no answer and no finding moves."""
    facts, tree, found = case.facts(), case.lineage(), case.findings().findings
    for match in ("example/base", "example/captions"):
        source.hub.fault("status", match, status=503)
    report = case.capture(force=True)

    assert report.counts()["unreachable"] == 2 and report.changes == ()
    assert (case.changes().facts, case.changes().needs_another_look) == ((), ())
    assert case.facts() == facts
    assert (case.lineage().edges, case.lineage().gone) == (tree.edges, ())
    assert [(one.id, one.about, one.status) for one in case.findings().findings] == [
        (one.id, one.about, one.status) for one in found
    ]


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_look_that_ends_halfway_leaves_the_case_as_it_was(case: Case, source: Source) -> None:
    """Stopped after the first answers, or failed on the repo itself: no file differs, the next succeeds."""
    source.card("license: mit", "license: cc-by-nc-4.0")
    before = _files(case.folder)
    stop = threading.Event()
    with pytest.raises(StoppedError):
        case.capture(force=True, progress=lambda _: stop.set(), stop=stop)
    assert _files(case.folder) == before
    source.hub.fault("status", f"api/{REPO}", times=5, status=500)
    with pytest.raises(HubUnreachableError):
        case.capture(force=True)
    assert _files(case.folder) == before

    source.hub.clear()
    assert "license" in {one.key for one in case.capture(force=True).changes}
    assert verify(case.folder) == []


def test_a_repo_that_moves_during_a_look_is_read_at_one_revision(case: Case, source: Source) -> None:
    """A commit pushed after the first answer is left to the next look, which finds all of it."""
    moved = []

    def push(line: str) -> None:
        if not moved and "example/encoder" in line:
            moved.append(source.card("license: mit", "license: cc-by-nc-4.0"))

    source.hub.publish(REPO, files={"LICENSE": LICENSE + "\nThank you.\n"})
    first = case.capture(force=True, progress=push)
    assert moved and len({one.revision for one in first.entries if one.repo == REPO and one.revision}) == 1
    assert {(one.key, one.source) for one in first.changes} == {("license", "license_file")}
    second = case.capture(force=True)
    assert {(one.key, one.source) for one in second.changes} == {
        ("license", "api"),
        ("license", "front_matter"),
    }

"""Page 1 as counsel with two minutes reads it: what stands against the plan, and what was not read."""

from pathlib import Path

import pytest
from cases import REPO, Desk
from fake_hub import FakeHub

from duediligence.case import Case
from duediligence.memo import view
from duediligence.memo.first_page import FirstPage

PARENT = "models/example/base"
CHAIN = """---
license: mit
base_model: example/base
datasets: [example/corpus]
---
# A small encoder

Deployed use is out of scope.
"""
NOT_COMMERCIAL = "license: cc-by-nc-4.0"


@pytest.fixture
def case(fake_hub: FakeHub, desk: Desk, tmp_path: Path) -> Case:
    """Somebody plans a product of a model whose parent is gated and whose dataset is not there."""
    fake_hub.add(REPO, card=CHAIN)
    fake_hub.add(PARENT, card="---\nlicense: apache-2.0\n---\n# A base\n")
    fake_hub.gate(PARENT)
    opened = desk.new(tmp_path / "case")
    opened.capture()
    opened.answer("use.role", ("user",), by="A. Example")
    opened.answer("use.acts", ("product",), by="A. Example")
    opened.answer("use.offer-places", ("DE",), by="A. Example")
    opened.answer("use.principal-place", "DE", by="A. Example")
    opened.answer("use.commercial", "paid_product", by="A. Example")
    return opened


def _page(case: Case) -> FirstPage:
    memo = view.build(case._memo_inputs(None, draft=True))
    assert not view.unsupported(memo)
    return memo.first_page


def _relicensed(case: Case, fake_hub: FakeHub, card: str, desk: Desk) -> None:
    fake_hub.publish(REPO, card=card)
    desk.later(days=1)
    case.capture(force=True)


def test_a_license_without_commercial_use_stands_on_page_1_against_a_product(
    case: Case, fake_hub: FakeHub, desk: Desk
) -> None:
    """With the number of its finding, the words of the source and how it stands; no word of a verdict."""
    _relicensed(case, fake_hub, CHAIN.replace("license: mit", NOT_COMMERCIAL), desk)
    first = _page(case).against[0]

    assert first.text.startswith("The license of example/encoder grants no commercial use")
    assert "license “cc-by-nc-4.0” by the Hub's API and in the card's metadata" in first.text
    assert "whether it binds is disputed" in first.text
    assert [ref.kind for ref in first.support[:2]] == ["finding", "evidence"]
    assert 'id="against"' in case.memo().html


def test_what_only_one_of_the_sources_says_against_the_plan_is_open_and_stands_there_too(
    case: Case, fake_hub: FakeHub, desk: Desk
) -> None:
    """The metadata leaves commercial use out and the text does not: neither is hidden behind the other."""
    card = CHAIN.replace("license: mit", NOT_COMMERCIAL) + "\n**License:** MIT\n"
    _relicensed(case, fake_hub, card, desk)
    first = _page(case).against[0].text

    assert first.startswith("Does it hold here that the license of example/encoder grants no commercial use")
    assert "“cc-by-nc-4.0”" in first and "MIT” in the card's text (open: the sources differ)" in first


def test_what_is_against_the_plan_stays_when_the_sheet_is_full(
    case: Case, fake_hub: FakeHub, desk: Desk
) -> None:
    """Other lists give way before its first line does."""
    _relicensed(case, fake_hub, CHAIN.replace("license: mit", NOT_COMMERCIAL), desk)
    case.answer("use.fields", ("biometrics", "employment", "credit"), by="A. Example")
    case.answer("use.asked-until", "2026-12-15", by="A. Example")

    assert "grants no commercial use" in _page(case).against[0].text


def test_nothing_stands_against_a_plan_nobody_has(case: Case, fake_hub: FakeHub, desk: Desk) -> None:
    """Whoever asks about works of their own has no plan a license could stand against."""
    _relicensed(case, fake_hub, CHAIN.replace("license: mit", NOT_COMMERCIAL), desk)
    case.answer("use.role", ("rightsholder",), by="A. Example")

    assert _page(case).against == ()


def test_status_and_outdated_lead_with_what_changed_of_the_license(
    case: Case, fake_hub: FakeHub, desk: Desk
) -> None:
    """However much else changed, and whatever could not be read any more."""
    card = CHAIN.replace("license: mit", NOT_COMMERCIAL).replace("Deployed use is", "Any use in products is")
    fake_hub.publish(REPO, card=card + "\nContact: see the page of the example group.\n")
    desk.later(days=1)
    outdated = str(case.outdated())
    case.keep_typist("A. Example")
    case.capture(force=True)
    status = str(case.status())

    assert outdated.split(": ", 1)[1].startswith("example/encoder: license was mit, is cc-by-nc-4.0")
    assert "license was mit, is cc-by-nc-4.0" in case.status().since
    assert "What the record sets against the plan" in status
    assert "The license of example/encoder grants no commercial use" in status


def test_counsel_is_not_asked_about_terms_nobody_stated(case: Case) -> None:
    """What was not read is named once, with what is on file of it and who can supply it."""
    page = _page(case)
    asked = " ".join(one.text for one in (*page.questions, *page.missing))

    assert page.unread is not None
    gated, gone = page.unread.repos
    assert gated.text == "example/base (behind access terms)"
    assert gated.support[0].kind == "evidence"
    assert gone.text.startswith("example/corpus (not there, or private")
    assert [ref.label for ref in gone.support] == ["annex E"]
    assert "can supply card and license" in page.unread.who
    assert "could not be reached" not in asked
    assert not any("example/base" in one.text for one in page.questions)


def test_each_of_several_that_were_not_read_is_cited_by_its_own_evidence(
    fake_hub: FakeHub, desk: Desk, tmp_path: Path
) -> None:
    """Two gated parents: two numbers, each of the exhibit that says so of that one."""
    both = CHAIN.replace("base_model: example/base", "base_model: [example/base, example/other]")
    fake_hub.add(REPO, card=both)
    for one in (PARENT, "models/example/other"):
        fake_hub.add(one, card="---\nlicense: apache-2.0\n---\n# A base\n")
        fake_hub.gate(one)
    opened = desk.new(tmp_path / "case")
    opened.capture()
    memo = view.build(opened._memo_inputs(None, draft=True))

    assert memo.first_page.unread is not None
    cited = [ref.label for ref in memo.first_page.unread.repos[0].support]
    what = {one.number: "".join(span.text for span in one.what) for one in memo.evidence}
    assert [what[number] for number in cited] == [
        "The Hub's API of example/base",
        "The Hub's API of example/other",
    ]


def test_a_finding_on_a_license_cites_the_text_of_that_license(
    case: Case, fake_hub: FakeHub, desk: Desk
) -> None:
    """With what that text says on the term in question, and not the texts of licenses nobody named."""
    _relicensed(case, fake_hub, CHAIN.replace("license: mit", NOT_COMMERCIAL), desk)
    memo = view.build(case._memo_inputs(None, draft=True))
    issues = [one for part in (*memo.regimes, *memo.further) for one in part.issues]
    (issue,) = [one for one in issues if one.rule == "license.not-for-paid-use"]
    rule = [one for one in issue.sources if one.of_law]

    assert rule[0].title == "Creative Commons Attribution-NonCommercial 4.0"
    assert rule[0].says == "On commercial use: only non-commercial or research use is allowed."
    assert rule[0].known == "read in the original"
    told = " ".join(f"{one.title} {one.effect} {one.notes}" for one in memo.sources)
    assert "https://creativecommons.org/licenses/by-nc/4.0/" in told
    assert "Gemma" not in told and "Llama" not in told

"""What differs between two looks at the Hub, and whether a case is behind: told, and nothing kept for it."""

import json
from pathlib import Path

import pytest
from cases import CARD, REPO, Desk
from fake_hub import FakeHub
from test_cli import one_sentence, run

from duediligence.case import Case
from duediligence.errors import BadInputError


@pytest.fixture
def case(fake_hub: FakeHub, tmp_path: Path) -> Case:
    """A captured and answered case."""
    fake_hub.add(REPO, card=CARD)
    opened = Desk().new(tmp_path / "case")
    opened.capture()
    opened.answer("use.role", ("user",), by="A. Example")
    opened.answer("use.commercial", "paid_product", by="A. Example")
    opened.answer("provider.legal-basis@publish", ("none",), by="A. Example")
    return opened


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_license_is_a_changed_fact_and_a_changed_finding(case: Case, fake_hub: FakeHub) -> None:
    """From MIT to non-commercial: the fact with both values, and the finding that stands because of it."""
    fake_hub.add(REPO, card=CARD.replace("license: mit", "license: cc-by-nc-4.0"))
    case.capture(force=True)
    found = case.changes()

    (license,) = [
        one for one in found.facts if (one.repo, one.key, one.source) == (REPO, "license", "front_matter")
    ]
    assert license.before is not None and license.after is not None
    assert (license.before.value, license.after.value) == ("mit", "cc-by-nc-4.0")
    (finding,) = [
        one for one in found.changed_findings if one.id == "license.not-for-paid-use" and one.about == REPO
    ]
    assert (finding.before, finding.after) == ("not_applicable", "established")
    assert any("license" in because for because in finding.because)


def test_a_stated_basis_makes_the_answer_on_it_need_another_look(case: Case, fake_hub: FakeHub) -> None:
    """Exactly the answers that were shown what changed."""
    fake_hub.add(REPO, card=CARD + "\nWe rely on legitimate interests for publishing the model.\n")
    case.capture(force=True)

    assert case.changes().needs_another_look == ("provider.legal-basis@publish",)


def test_white_space_is_no_change(case: Case, fake_hub: FakeHub) -> None:
    """A new revision with the same words changes nothing."""
    fake_hub.add(REPO, card=CARD.replace("subset of LAION-5B.", "subset  of\nLAION-5B."))
    case.capture(force=True)
    found = case.changes()

    assert (found.facts, found.needs_another_look, found.changed_findings) == ((), (), ())
    assert str(found).startswith("Nothing changed between")


def test_words_nothing_is_read_from_are_told_apart_from_changes(case: Case, fake_hub: FakeHub) -> None:
    """A sentence no fact is read from moves no answer and no finding, and is quoted all the same."""
    fake_hub.add(REPO, card=f"{CARD}\nWithdrawn on 3 May after an order of a court.\n")
    case.capture(force=True)
    found = case.changes()

    assert found.nothing and not found.facts and not found.needs_another_look
    (other,) = found.other_words
    assert (other.repo, other.file) == (REPO, "README.md")
    assert other.passages == ("", "Withdrawn on 3 May after an order of a court.")
    said = str(found)
    assert said.startswith("Nothing that is read here changed")
    assert "“Withdrawn on 3 May after an order of a court.”" in said


def test_other_words_are_quoted_beside_a_changed_license(case: Case, fake_hub: FakeHub) -> None:
    """A value of the metadata that stands inside a word hides no sentence; nor does a fact beside it."""
    card = CARD.replace("license: mit", "license: apache-2.0")
    fake_hub.add(REPO, card=f"{card}\nIt is limited to the harbour. We rely on fair use for training.\n")
    case.capture(force=True)
    found = case.changes()

    assert {"license", "legal_basis"} <= {one.key for one in found.facts}
    assert [one.passages for one in found.other_words] == [("", "It is limited to the harbour.")]


_TIDES = (
    "The tides are high in spring, when the moon is near, and low in autumn. Boats wait for them. "
    + "The pilots know each of the many channels of the harbour by its number. " * 12
)


@pytest.mark.parametrize(
    ("was", "is_", "passages"),
    [
        ("{} Ships leave at noon.", "{} It snows. Ships leave at noon.", ("", "It snows.")),
        ("{} It snows. Ships leave.", "{} Ships leave.", ("It snows.", "")),
        ("{} It snows. Ships leave.", "{} Ships leave. It snows.", None),
        ("{}\n\nIt snows.", "It snows.\n\n{}", None),
        ("- Boats\n- Ships\n", "- Boats\n- Rafts\n- Ships\n", ("", "- Rafts")),
        ("{} It snows.", "{} It\nsnows.", None),
        ("It snows.", "It snows. It snows.", ("", "It snows.")),
    ],
)
def test_exactly_the_sentences_that_differ_are_quoted(
    fake_hub: FakeHub, tmp_path: Path, was: str, is_: str, passages: tuple[str, str] | None
) -> None:
    """An added sentence, a removed one; what stands elsewhere or is wrapped otherwise is no difference."""
    fake_hub.add(REPO, card=f"{CARD}\n{was.format(_TIDES)}\n")
    case = Desk().new(tmp_path / "case")
    case.capture()
    fake_hub.add(REPO, card=f"{CARD}\n{is_.format(_TIDES)}\n")
    case.capture(force=True)

    assert [one.passages for one in case.changes().other_words] == ([passages] if passages else [])


def test_of_a_long_sentence_the_words_that_differ_are_shown(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Nothing is printed as changed in the same words before and after."""
    long = "The pilots know " + "each of the many channels and " * 40 + "go by {} at night."
    fake_hub.add(REPO, card=f"{CARD}\n{long.format('lamps')}\n")
    case = Desk().new(tmp_path / "case")
    case.capture()
    fake_hub.add(REPO, card=f"{CARD}\n{long.format('stars')}\n")
    case.capture(force=True)
    found = case.changes()

    (other,) = found.other_words
    assert "by lamps at night." in other.passages[0] and "by stars at night." in other.passages[1]
    assert "lamps" in str(found) and "stars" in str(found)


def test_a_paragraph_a_fact_was_read_from_is_told_once(case: Case, fake_hub: FakeHub) -> None:
    """What a changed fact quotes is no other words."""
    fake_hub.add(REPO, card=CARD.replace("the English subset of", "the French part of"))
    case.capture(force=True)
    found = case.changes()

    (row,) = [one for one in found.facts if one.key == "training_data"]
    assert row.before is not None and row.after is not None and row.before.value == row.after.value
    assert found.other_words == ()
    said = str(found)
    assert "has other words: “" in said and "“… model was trained on LAION-2B-en, the French part of" in said


def test_any_earlier_capture_can_be_named(case: Case, fake_hub: FakeHub) -> None:
    """Two changes one after the other: since the first, both."""
    first = case.chronology()[1]["capture"]
    fake_hub.add(REPO, card=CARD.replace("license: mit", "license: apache-2.0"))
    case.capture(force=True)
    fake_hub.add(REPO, card=CARD.replace("license: mit", "license: apache-2.0\nlanguage: de"))
    case.capture(force=True)

    assert "license" not in {one.key for one in case.changes().facts}
    assert {"license", "language"} <= {one.key for one in case.changes(first).facts}
    with pytest.raises(BadInputError, match="is no earlier capture"):
        case.changes("2020-01-01T000000Z-00000000")


def test_with_one_capture_there_is_nothing_to_compare(case: Case) -> None:
    """One sentence, and what is missing; asked for whatever there is, the same and no error."""
    with pytest.raises(BadInputError, match="holds one capture"):
        case.changes("capture")
    assert str(case.changes()) == "There is nothing to compare with yet: one capture, and no memo."


def test_outdated_tells_and_keeps_nothing(case: Case, fake_hub: FakeHub) -> None:
    """For cron: what changed at the Hub since, in one line; the case stays byte for byte."""
    before = _files(case.folder)
    assert not case.outdated().changes
    fake_hub.add(REPO, card=CARD.replace("license: mit", "license: cc-by-nc-4.0"))
    found = case.outdated()

    assert "license was mit, is cc-by-nc-4.0" in str(found)
    assert found.behind
    assert _files(case.folder) == before


def test_a_parent_taken_down_is_told_in_few_findings_with_what_it_said(case: Case, fake_hub: FakeHub) -> None:
    """Its license is known from the record alone: said with evidence and day, and not taken to hold."""
    fake_hub.add("models/a/base", card="---\nlicense: apache-2.0\n---\n# Base\n")
    fake_hub.add(REPO, card=CARD.replace("license: mit", "license: mit\nbase_model: a/base"))
    case.capture(force=True)
    said = [one for one in case.facts() if (one.repo, one.key) == ("models/a/base", "license")]
    open_before = {(one.id, one.about) for one in case.findings().findings if one.status == "gap"}
    fake_hub.delete("models/a/base")
    case.capture(force=True)

    found = case.findings().findings
    opened = [one for one in found if one.status == "gap" and (one.id, one.about) not in open_before]
    assert 0 < len(opened) <= 8
    (lost,) = [one for one in opened if one.id == "license.none-stated"]
    numbers = ", ".join(dict.fromkeys(str(one.evidence) for one in said))
    assert f"On 22 November 2026 it said apache-2.0 ({numbers}); whether that still holds" in lost.missing[0]
    facts = [one for one in case.facts() if (one.repo, one.key) == ("models/a/base", "license")]
    assert [(one.state, one.value) for one in facts] == [("not_reached", None)]
    terms = [one for one in case.facts() if one.repo == "models/a/base" and one.key.startswith("license.")]
    assert {one.value for one in terms} == {None}
    moved = case.changes().changed_findings
    assert {(one.before, one.after) for one in moved if one.about == "models/a/base"} == {
        ("not_applicable", "gap")
    }


def test_a_parent_that_could_not_be_reached_keeps_its_terms(case: Case, fake_hub: FakeHub) -> None:
    """An outage opens nothing: the facts of the last capture that reached it stand, and so do their terms."""
    fake_hub.add("models/a/base", card="---\nlicense: cc-by-nc-4.0\n---\n# Base\n")
    fake_hub.add(REPO, card=CARD.replace("license: mit", "license: mit\nbase_model: a/base"))
    case.capture(force=True)
    before = case.findings().findings
    fake_hub.fault("status", "a/base", status=503)
    case.capture(force=True)

    assert case.changes().facts == ()
    assert [(one.id, one.about, one.status) for one in case.findings().findings] == [
        (one.id, one.about, one.status) for one in before
    ]
    assert "license.not-for-paid-use" in {one.id for one in before if one.about == "models/a/base"}


def test_a_parent_that_is_gone_does_not_make_a_case_outdated(case: Case, fake_hub: FakeHub) -> None:
    """What could not be reached then and now is no change, computed terms included."""
    fake_hub.add(REPO, card=CARD.replace("license: mit", "license: mit\nbase_model: a/gone"))
    case.capture(force=True)

    assert not case.outdated().changes


def test_the_commands(case: Case, fake_hub: FakeHub, tmp_path: Path) -> None:
    """0 and 1 for cron; a case that cannot be looked at stops no other."""
    assert run("outdated", case.folder).returncode == 0
    fake_hub.add(REPO, card=CARD.replace("license: mit", "license: cc-by-nc-4.0"))
    done = run("outdated", tmp_path / "none", case.folder, "--json")
    rows = json.loads(done.stdout)["cases"]

    assert done.returncode == 3
    assert [row["outdated"] for row in rows] == [None, True] and "does not exist" in rows[0]["problem"]
    assert run("outdated", case.folder).returncode == 1

    assert "holds one capture" in one_sentence(run("changes", case.folder), 3)
    assert run("capture", case.folder).returncode == 0
    changes = json.loads(run("changes", case.folder, "--json").stdout)
    assert list(changes)[:2] == ["schema", "captures"] and changes["facts"]
    plain = run("changes", case.folder).stdout
    assert "license was mit, is cc-by-nc-4.0 [API, metadata]" in plain
    assert "does not apply -> established on the text" in plain and "not_applicable" not in plain
    events = json.loads(run("chronology", case.folder, "--json").stdout)["events"]
    assert [one["event"] for one in events][:2] == ["opened", "captured"]
    assert "captured" in run("chronology", case.folder).stdout


@pytest.mark.parametrize("named", ["none", "fair_use", "legitimate_interests", "research_tdm"])
def test_a_basis_named_in_a_reply_leaves_the_judgment_to_be_watched(
    fake_hub: FakeHub, tmp_path: Path, named: str
) -> None:
    """Nothing falls away, and the day of the Federal Court of Justice stays among the dates."""
    fake_hub.add(REPO, card=CARD)
    thread = fake_hub.discussion("Legal basis?", "Which one is it?", repo=REPO)
    case = Desk().new(tmp_path / "asked")
    case.capture()
    case.answer("use.role", ("user",), by="A. Example")
    case.answer("provider.legal-basis@publish", "unknown", by="A. Example")
    before = {(one.id, one.about) for one in case.findings().findings}
    fake_hub.discussion("", "We rely on legitimate interests for publishing.", repo=REPO, number=thread)
    case.capture(force=True)

    assert before <= {(one.id, one.about) for one in case.findings().findings}
    case.answer("provider.legal-basis@publish", (named,), by="A. Example")
    found = case.findings()
    assert before <= {(one.id, one.about) for one in found.findings}
    assert "2026-12-17" in {one.to_json()["last"] for one in found.dates}

"""The bill of materials: valid by the validator of CycloneDX, the same bytes, nothing but the evidence."""

import json
import sys

import pytest
from cases import CARD, REPO
from test_cli import one_sentence, run

from duediligence.bom.checking import problem
from duediligence.case import Case
from duediligence.errors import BadInputError

CHAIN = """---
license: other
license_name: house-license
base_model: example/base
datasets: [example/pictures, example/shut]
pipeline_tag: image-classification
---
# A small encoder

It was trained on YFCC100M. It is meant for research on pictures. Deployed use is out of scope.
"""


@pytest.fixture
def case(desk, fake_hub, tmp_path) -> Case:
    """A case about a model with a base, a data set, one behind a gate and one that is not there."""
    fake_hub.add(REPO, card=CHAIN)
    fake_hub.add("models/example/base", card="---\nlicense: apache-2.0\n---\nBase.\n")
    fake_hub.add("datasets/example/pictures", card="---\nlicense: cc-by-4.0\n---\nPictures.\n")
    opened = desk.new(tmp_path / "case")
    opened.capture()
    return opened


def bill(case: Case) -> dict:
    """The bill of *case*, which must be valid."""
    text = case.bom()
    assert problem(text) is None
    return json.loads(text)


def component(made: dict, ref: str) -> dict:
    """The component with that reference."""
    found = [one for one in [made["metadata"]["component"], *made["components"]] if one["bom-ref"] == ref]
    assert len(found) == 1
    return found[0]


def said(one: dict, name: str) -> list[str]:
    """The values of our properties of that name."""
    return [each["value"] for each in one.get("properties", ()) if each["name"] == f"duediligence:{name}"]


def test_the_chain_is_components_and_dependencies(case):
    """Models and data sets by their kind, what each was made from, and the evidence with its digest."""
    made = bill(case)
    model, data = component(made, REPO), component(made, "datasets/example/pictures")

    assert (model["type"], data["type"]) == ("machine-learning-model", "data")
    assert component(made, "name:YFCC100M")["type"] == "data"
    (below,) = [one["dependsOn"] for one in made["dependencies"] if one["ref"] == REPO]
    assert {"models/example/base", "datasets/example/pictures"} <= set(below)
    assert {"ref": "datasets/example/pictures"} in model["modelCard"]["modelParameters"]["datasets"]
    card = next(entry for entry in case._reading().entries if entry.evidence == "E2")
    (reference,) = [one for one in model["externalReferences"] if one["type"] == "model-card"]
    assert reference["hashes"] == [{"alg": "SHA-256", "content": card.sha256}]
    assert reference["comment"].startswith("E2 README.md")
    assert made["compositions"][0]["aggregate"] == "incomplete"


def test_declared_and_concluded_licenses_are_apart(case):
    """A license is concluded only where a person says so, and who said it is not in the bill."""
    declared = component(bill(case), "models/example/base")["licenses"]
    assert [one["license"]["id"] for one in declared] == ["Apache-2.0"]
    assert {one["license"]["acknowledgement"] for one in declared} == {"declared"}
    before = component(bill(case), REPO)["licenses"]
    assert [one["license"]["acknowledgement"] for one in before] == ["declared"]

    case.answer("license.exact", "apache-2.0", by="A. Example", says="B. Partner")
    after = component(bill(case), REPO)["licenses"]
    assert after[:-1] == before
    assert after[-1]["license"]["id"] == "Apache-2.0"
    assert after[-1]["license"]["acknowledgement"] == "concluded"
    assert "Example" not in case.bom() and "Partner" not in case.bom()


def test_what_was_not_received_says_so(case, fake_hub):
    """A data set that is not there, and a key nobody states, are properties, never left out."""
    made = bill(case)
    assert said(component(made, "datasets/example/shut"), "state") == ["not_found"]
    assert said(component(made, "name:YFCC100M"), "state") == ["not_asked"]
    assert any("searched" in one for one in said(component(made, REPO), "absent:legal_basis"))
    assert "licenses" not in component(made, "datasets/example/shut")


def test_a_mention_is_marked_until_somebody_decides_and_gone_when_rejected(case):
    """What only the text names says that nobody decided; a rejected one is no dependency."""
    (edge,) = [one for one in case.lineage().edges if one.upstream == "name:YFCC100M"]
    made = bill(case)
    assert any("nobody decided" in one for one in said(component(made, REPO), "relation:trained_on"))
    case.reject(edge.id, by="A. Example")
    made = bill(case)
    assert "name:YFCC100M" not in json.dumps(made["dependencies"])
    assert any("rejected" in one for one in said(component(made, REPO), "relation:trained_on"))
    assert "name:YFCC100M" not in [one["bom-ref"] for one in made["components"]]
    assert "name:YFCC100M" not in made["compositions"][0]["dependencies"]


def test_what_only_a_rejected_repository_was_made_from_is_no_part(desk, fake_hub, tmp_path):
    """It was looked at because a text named it; it goes with what the text was wrong about."""
    fake_hub.add(
        REPO,
        card="---\nlicense: mit\n---\n# X\n\nIt was trained on [this](https://huggingface.co/datasets/example/far).\n",
    )
    fake_hub.add("datasets/example/far", card="---\nsource_datasets: [extended|example/farther]\n---\nFar.\n")
    fake_hub.add("datasets/example/farther", card="---\nlicense: mit\n---\nFarther.\n")
    case = desk.new(tmp_path / "case")
    case.capture()
    (edge,) = [one for one in case.lineage().edges if one.stated_in == "prose"]
    case.accept(edge.id, by="A. Example")
    case.capture(force=True)
    farther = "datasets/example/farther"
    assert farther in [one["bom-ref"] for one in bill(case)["components"]]
    case.reject(edge.id, by="A. Example")
    assert "example" not in json.dumps([one["bom-ref"] for one in bill(case).get("components", ())])


def test_a_bill_says_once_how_complete_it_is(case):
    """Whether all was received is another thing than whether all is named: that nobody can say."""
    made = bill(case)
    assert not said(made["metadata"], "complete")
    assert said(made["metadata"], "received")[0].endswith("everything that was asked for")
    assert made["compositions"][0]["aggregate"] == "incomplete"


def test_the_same_case_gives_the_same_bytes_and_another_one_another_number(case, desk):
    """No clock and no chance: the serial number follows from the content."""
    first = case.bom()
    desk.later(days=3)
    assert desk.open(case.folder).bom() == first
    case.answer("license.exact", "house-license 1.0", by="A. Example")
    assert json.loads(case.bom())["serialNumber"] != json.loads(first)["serialNumber"]


def test_texts_of_others_stay_texts(desk, fake_hub, tmp_path):
    """Quotes, markup, half characters, control signs and long words in a card leave the bill valid."""
    card = (
        "---\nlicense: '\"},{<script>'\nlicense_name: \"\\ud800\\x07\"\nlicense_link: 'javascript:alert(1)'\n"
        f"datasets: ['a b\"c', '../../etc', '{'x' * 5000}']\npipeline_tag: '</script>'\n---\n# T\n"
    )
    fake_hub.add(REPO, card=card)
    case = desk.new(tmp_path / "case")
    case.capture()
    text = case.bom()
    assert problem(text) is None
    assert text.isascii() and "\\ud800" not in text


def test_the_command_writes_a_checked_bill(case, tmp_path):
    """As a person or a pipeline uses it."""
    out = tmp_path / "bom.json"
    done = run("bom", case.folder, "--check", "--output", out)
    assert done.returncode == 0, done.stderr
    assert problem(out.read_text("utf-8")) is None
    assert json.loads(run("bom", case.folder).stdout)["bomFormat"] == "CycloneDX"


def test_without_the_validator_a_sentence_says_what_to_install(case, monkeypatch):
    """The bill needs nothing; only the check needs the extra."""
    monkeypatch.setitem(sys.modules, "cyclonedx.validation.json", None)
    text = case.bom()
    with pytest.raises(BadInputError, match=r"NOT written.*duediligence\[bom\].*leave --check away"):
        problem(text)


def test_a_case_without_a_capture_has_no_bill(tmp_path):
    """There is nothing in evidence yet."""
    assert run("new", tmp_path / "case", "example/encoder").returncode == 0
    assert "holds no capture" in one_sentence(run("bom", tmp_path / "case"), 3)


def test_the_validator_finds_what_is_wrong(case):
    """The check can fail: an unknown kind of component is refused."""
    broken = json.loads(case.bom())
    broken["metadata"]["component"]["type"] = "verdict"
    assert problem(json.dumps(broken)) is not None


def test_a_plain_card_has_its_license_by_spdx(desk, fake_hub, tmp_path):
    """Where the law files know the SPDX id it is used, and what was written stands beside it."""
    fake_hub.add(REPO, card=CARD)
    case = desk.new(tmp_path / "case")
    case.capture()
    (one,) = bill(case)["metadata"]["component"]["licenses"]
    assert one["license"]["id"] == "MIT" and said(one["license"], "as_written") == ["mit"]

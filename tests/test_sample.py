"""The sample Hub: what it holds, and that it answers as the Hub does."""

import json
import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml
from gather import entry, gather, states
from huggingface_hub import HfApi
from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

from duediligence.evidence import archive
from duediligence.evidence.capture import Captured, Upstream
from duediligence.sample import server
from duediligence.sample.server import SAMPLE_REPO, serve

MODEL = SAMPLE_REPO.removeprefix("models/")
DATASET = "datasets/laion/laion2B-en"
FOLDER = Path(server.__file__).parent


def captured(folder: Path) -> Captured:
    """The sample as the demo captures it: the dataset is named in the card's text alone."""
    with serve() as endpoint:
        return gather(
            folder, endpoint=endpoint, read_upstream=lambda repo, bodies: [Upstream(DATASET, False)]
        )


def test_sample_is_captured_whole(tmp_path: Path) -> None:
    """One open model, and the gated dataset it was trained on."""
    done = captured(tmp_path)

    assert states(done) == {
        (SAMPLE_REPO, "info"): "present",
        (SAMPLE_REPO, "README.md"): "present",
        (SAMPLE_REPO, "commits"): "present",
        (SAMPLE_REPO, "discussions"): "present",
        (SAMPLE_REPO, "discussions/4"): "present",
        (SAMPLE_REPO, "discussions/7"): "present",
        (DATASET, "info"): "present",
        (DATASET, "README.md"): "gated",
        (DATASET, "discussions"): "present",
    }
    assert done.complete


def test_sample_needs_no_network_and_no_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is captured where the Hub's client is kept offline, and whoever is logged in keeps the token."""
    monkeypatch.setenv("HF_TOKEN", "hf_mine")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)

    done = captured(tmp_path)

    assert done.complete
    assert not done.manifest.account


def test_card_says_what_the_demo_shows(tmp_path: Path) -> None:
    """MIT in two places, training data in one sentence only, evaluation data beside it, no legal basis."""
    done = captured(tmp_path)
    card = archive.read_body(tmp_path, entry(done, "README.md")).decode()
    data = json.loads(archive.read_body(tmp_path, entry(done, "info")))["cardData"]

    assert data == yaml.safe_load(card.split("---")[1])
    assert data["license"] == "mit"
    assert "datasets" not in data
    assert "The model was trained on LAION-2B-en, the English-language subset of LAION-5B." in card
    assert "ImageNet-1k" in card.partition("## Evaluation")[2]
    assert not re.search(r"legal basis|copyright|GDPR", card)


def test_answers_are_those_of_the_hub() -> None:
    """The Hub's own client understands them: info, files, threads, gates and what is not there."""
    with serve() as endpoint:
        api = HfApi(endpoint, token=False)
        assert api.model_info(MODEL).sha == api.list_repo_commits(MODEL)[0].commit_id
        assert api.dataset_info("laion/laion2B-en").gated == "manual"
        threads = {thread.num: thread.status for thread in api.get_repo_discussions(MODEL)}
        assert threads == {4: "closed", 7: "open"}
        assert len(api.get_discussion_details(MODEL, 4).events) == 6
        assert api.file_exists(MODEL, "README.md")
        for ask, error in (
            (lambda: api.list_repo_commits("laion/laion2B-en", repo_type="dataset"), GatedRepoError),
            (lambda: api.model_info("nobody/nothing"), RepositoryNotFoundError),
        ):
            try:
                ask()
            except error:
                continue
            raise AssertionError(error)


def test_body_that_did_not_change_is_not_sent_again() -> None:
    """An asker that shows the tag of what it has gets 304 and no body."""
    with serve() as endpoint:
        address = f"{endpoint}/{MODEL}/resolve/main/README.md"
        with urllib.request.urlopen(address) as first:
            tag = first.headers["ETag"]
        try:
            urllib.request.urlopen(urllib.request.Request(address, headers={"If-None-Match": tag})).close()
        except urllib.error.HTTPError as answer:
            with answer:
                assert (answer.code, answer.read()) == (304, b"")
        else:
            raise AssertionError("sent again")


def test_people_in_the_sample_are_invented() -> None:
    """Nobody's name or handle is in it but those of cited papers."""
    threads = json.loads((FOLDER / "hub" / SAMPLE_REPO / "discussions.json").read_text("utf-8"))
    names = {event["author"]["name"] for thread in threads for event in thread["events"]}
    assert names == {"asker", "maintainer", "newcomer", "passer-by"}


def test_sample_answers_name_the_sample(tmp_path: Path) -> None:
    """They are about the captured repo's dataset and revision."""
    answers = yaml.load((FOLDER / "answers.yaml").read_text("utf-8"), yaml.BaseLoader)
    done = captured(tmp_path)

    assert answers["use.revision"]["value"] == entry(done, "info").revision
    about = {address.partition("@")[2] for address in answers} - {"", "publish"}
    assert about == {DATASET}
    assert {given["says"] for given in answers.values()} == {"A. Example"}

"""What a capture asks for, how far it goes upstream, and how evidence is numbered."""

import threading
from pathlib import Path

import pytest
from fake_hub import FakeHub
from gather import NOON, declared, entry, gather, states, ticking
from warcio.archiveiterator import ArchiveIterator

from duediligence.errors import BadInputError, UnreadableError
from duediligence.evidence import selection
from duediligence.evidence.archive import read_body
from duediligence.evidence.capture import Captured, Upstream, capture
from duediligence.evidence.manifest import Entry
from duediligence.repo import RepoRef, typed
from duediligence.sample.server import SAMPLE_REPO

SAMPLE = SAMPLE_REPO.removeprefix("models/")


def numbers(entries: "tuple[Entry, ...]") -> dict[tuple[str, str], str | None]:
    """Evidence number of every resource."""
    return {(e.repo, e.resource): e.evidence for e in entries}


# What is asked for.


def test_capture_asks_for_info_card_license_commits_and_threads(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Each resource has one entry, in the order of the evidence."""
    fake_hub.publish(files={"LICENSE": "MIT", "sub/NOTICE.txt": "x", "license.py": "x", "config.json": "{}"})

    done = gather(tmp_path)

    assert [(e.resource, e.evidence) for e in done.manifest.entries] == [
        ("info", "E1"),
        ("README.md", "E2"),
        ("LICENSE", "E3"),
        ("sub/NOTICE.txt", "E4"),
        ("commits", "E5"),
        ("discussions", "E6"),
        ("discussions/4", "E7"),
        ("discussions/7", "E8"),
    ]
    assert done.complete
    assert done.limits == ()


def test_files_are_read_at_the_commit_the_info_names(fake_hub: FakeHub, tmp_path: Path) -> None:
    """All of a repo is from one commit, even if main moves meanwhile."""
    sha = fake_hub.publish(card="license: mit")

    done = gather(tmp_path, progress=lambda line: fake_hub.publish(card="license: gpl-3.0") and None)

    card = entry(done, "README.md")
    assert card.revision == entry(done, "info").revision == sha
    assert f"/raw/{sha}/README.md" in card.url
    assert entry(done, "commits").revision == sha


def test_revision_a_person_named_is_the_one_looked_at(fake_hub: FakeHub, tmp_path: Path) -> None:
    """With owner/name@revision the info and the files are those of that revision."""
    old = fake_hub.publish(card="license: mit")
    fake_hub.publish(card="license: gpl-3.0")

    done = gather(tmp_path, f"{SAMPLE}@{old}")

    assert entry(done, "info").revision == entry(done, "README.md").revision == old
    assert states(gather(tmp_path, f"{SAMPLE}@nowhere")) == {(SAMPLE_REPO, "info"): "not_found"}


def test_card_that_is_not_there_is_looked_for(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Its absence is recorded with the answer that says so."""
    fake_hub.add("models/a/bare")

    found = entry(gather(tmp_path, "a/bare"), "README.md", "models/a/bare")

    assert (found.state, found.evidence) == ("not_found", None)
    assert found.record is not None


def test_every_thread_is_opened_when_there_are_few(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Law is spoken of under any title."""
    fake_hub.discussion("A small thing", "May I sell this?", status="closed")

    assert entry(gather(tmp_path), "discussions/8").state == "present"


def test_threads_are_chosen_by_title_when_there_are_many(fake_hub: FakeHub, tmp_path: Path) -> None:
    """All pages are listed, the titles about law opened, and what was not opened is said."""
    fake_hub.discussion("Which License applies?")
    for number in range(70):
        fake_hub.discussion(f"Question {number}")

    done = gather(tmp_path)

    opened = [e.resource for e in done.manifest.entries if e.resource.startswith("discussions")]
    assert opened == ["discussions", "discussions?p=1", "discussions/4", "discussions/8"]
    assert done.limits == (f"71 discussions of {SAMPLE} were not opened: no title speaks of law.",)
    assert not done.complete


def test_thread_a_person_pointed_at_is_opened(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Whatever its title, and also when the list does not show it."""
    for number in range(40):
        fake_hub.discussion(f"Question {number}")

    done = gather(tmp_path, f"{fake_hub.endpoint}/{SAMPLE}/discussions/20")

    assert entry(done, "discussions/20").state == "present"
    assert entry(
        gather(tmp_path, f"{fake_hub.endpoint}/{SAMPLE}/discussions/999"), "discussions/999"
    ).state == ("not_found")


def test_listed_name_that_is_no_path_is_not_asked_for(fake_hub: FakeHub, tmp_path: Path) -> None:
    """A name that leads out of the repo is shown, and no request is made for it."""
    names = ["../../api/whoami/LICENSE", "/LICENSE", "a/./LICENSE", "LICENSE\n", "LICENSE\u202e"]
    fake_hub.publish(info={"siblings": [{"rfilename": name} for name in [*names, "LICENSE?x#y"]]})

    done = gather(tmp_path)

    assert entry(done, "LICENSE?x#y").state == "not_found"
    assert len([limit for limit in done.limits if "its name is no path" in limit]) == len(names)
    assert not fake_hub.paths("whoami")
    assert any("[U+202E]" in limit for limit in done.limits)


def test_too_many_license_files_are_counted(fake_hub: FakeHub, tmp_path: Path) -> None:
    """The first twenty are read."""
    fake_hub.publish(files={f"x/LICENSE-{n:02}": "x" for n in range(25)} | {"LICENSE": "x"})

    done = gather(tmp_path)

    assert sum("LICENSE" in e.resource for e in done.manifest.entries) == 20
    assert entry(done, "LICENSE").state == "present"
    assert done.limits == (f"6 more license files of {SAMPLE} were not read.",)


@pytest.mark.parametrize(
    ("name", "legal"),
    [
        ("LICENSE", True),
        ("license.md", True),
        ("LICENCE-MODEL", True),
        ("COPYING", True),
        ("Notice", True),
        ("USE_POLICY.md", True),
        ("MODEL_LICENSE", True),
        ("sub/LICENSE.txt", True),
        ("Community License for Model.pdf", True),
        ("license_check.py", False),
        ("licenses.json", False),
        ("model.safetensors", False),
        ("unlicensed_words.txt", False),
    ],
)
def test_license_files_are_known_by_name(name: str, legal: bool) -> None:
    """In any case and any folder; code and data that carry the word are none."""
    assert (selection.legal_files([name]) == [name]) is legal


# How far it goes.


def test_declared_upstream_is_followed_to_the_end(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Distance decides the order of the evidence, then the id."""
    fake_hub.publish(card="datasets: [a/two]\nbase_model: [z/one]")
    fake_hub.add("models/z/one", card="base_model: [a/three]")
    fake_hub.add("datasets/a/two", card="license: mit")
    fake_hub.add("models/a/three", card="license: mit")

    done = gather(tmp_path)

    infos = [(e.repo, e.evidence) for e in done.manifest.entries if e.resource == "info"]
    assert [repo for repo, _ in infos] == [SAMPLE_REPO, "datasets/a/two", "models/z/one", "models/a/three"]
    counted = [e.evidence for e in done.manifest.entries if e.evidence]
    assert counted == [f"E{n}" for n in range(1, len(counted) + 1)]


def test_upstream_only_named_is_captured_and_not_followed(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Unless something declares it later on the way: then its own upstream is asked for too."""
    fake_hub.publish(card="mentions: [a/named]")
    fake_hub.add("datasets/a/named", card="datasets: [a/behind]")
    fake_hub.add("datasets/a/behind")

    assert ("datasets/a/behind", "info") not in states(gather(tmp_path))

    fake_hub.publish(card="mentions: [a/named]\nbase_model: [a/model]")
    fake_hub.add("models/a/model", card="datasets: [a/named]")
    found = states(gather(tmp_path))
    assert found["datasets/a/behind", "info"] == "present"
    assert len(fake_hub.paths("/api/datasets/a/named$")) == 0
    assert len(fake_hub.paths(r"/api/datasets/a/named\?")) == 2


def test_circles_end(fake_hub: FakeHub, tmp_path: Path) -> None:
    """A repo made from itself, or from what is made from it, is asked for once."""
    fake_hub.publish(card=f"base_model: [{SAMPLE}, a/other]")
    fake_hub.add("models/a/other", card=f"base_model: [{SAMPLE}, a/other]")

    done = gather(tmp_path)

    assert done.complete
    assert len([e for e in done.manifest.entries if e.resource == "info"]) == 2


def test_capture_stops_at_a_number_of_repos(fake_hub: FakeHub, tmp_path: Path) -> None:
    """What is declared comes before what is only named; what was left out is counted."""
    declared_here, named_here = [f"a/d{n}" for n in range(3)], [f"a/c{n}" for n in range(9)]
    fake_hub.publish(card=f"datasets: {declared_here}\nmentions: {named_here}")

    done = gather(tmp_path, max_repos=5)

    asked = {e.repo for e in done.manifest.entries}
    assert asked == {SAMPLE_REPO, "datasets/a/c0", *(f"datasets/{name}" for name in declared_here)}
    assert done.limits == (
        "A capture stops at 5 repositories: 8 more named upstream were not looked at, "
        "among them a/c1, a/c2, a/c3.",
    )
    assert not done.complete


def test_long_chain_is_followed_to_its_end(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Depth is no limit of its own."""
    fake_hub.publish(card="base_model: [c/0]")
    for n in range(30):
        fake_hub.add(f"models/c/{n}", card=f"base_model: [c/{n + 1}]")

    done = gather(tmp_path)

    assert states(done)["models/c/30", "info"] == "not_found"
    assert done.complete


def test_what_is_no_id_is_never_requested(fake_hub: FakeHub, tmp_path: Path) -> None:
    """A name without a Hub id is no repo; neither is a path, an option or an address."""
    odd = [
        "YFCC100M data",
        "../../etc/passwd",
        "-rf",
        "https://x.example/a",
        "a/b/c",
        "a%2fb",
        "x" * 97,
        "Å/b",
    ]

    def upstream(repo: str, bodies: object) -> list[Upstream]:
        wrong = [f"models/{name}" for name in odd] + ["spaces/a/b", "name:YFCC100M", "", "models/", "models"]
        return [Upstream(name, True) for name in [*wrong, *(typed("models", name) for name in odd)]]

    done = gather(tmp_path, read_upstream=upstream)

    assert {e.repo for e in done.manifest.entries} == {SAMPLE_REPO}
    for wrong in ("name:x", "spaces/a/b", "models/../x"):
        with pytest.raises(BadInputError):
            capture(
                tmp_path, RepoRef(repo=wrong), read_upstream=declared, clock=lambda: NOON, randomness=bytes
            )


def test_upstream_that_cannot_be_read_out_is_said(fake_hub: FakeHub, tmp_path: Path) -> None:
    """A card that defeats its reader loses nothing of what was received."""

    def upstream(repo: str, bodies: object) -> list[Upstream]:
        raise UnreadableError("line 3 repeats the key license.")

    done = gather(tmp_path, read_upstream=upstream)

    assert entry(done, "README.md").state == "present"
    assert done.limits == (f"What {SAMPLE} is made from could not be read: line 3 repeats the key license.",)


# Repos that changed their standing.


def test_renamed_repo_is_kept_under_both_ids(fake_hub: FakeHub, tmp_path: Path) -> None:
    """The old id has the state renamed; the new one has its own entries, from the same answer."""
    fake_hub.publish(card="datasets: [laion/old]")
    fake_hub.add("datasets/laion/old", card="license: mit")
    fake_hub.rename("datasets/laion/old", "datasets/laion/new")

    done = gather(tmp_path)

    old = entry(done, "info", "datasets/laion/old")
    assert (old.state, old.now, old.sha256, old.evidence) == ("renamed", "datasets/laion/new", None, None)
    assert "laion/old" in old.url
    new = entry(done, "info", "datasets/laion/new")
    assert (new.state, "laion/new" in new.url) == ("present", True)
    assert old.record is not None and new.record is not None and old.record < new.record
    assert entry(done, "README.md", "datasets/laion/new").state == "present"
    assert fake_hub.paths("api/datasets/laion/(old|new)\\?") == [
        "/api/datasets/laion/old",
        "/api/datasets/laion/new",
    ]


def test_renamed_root_is_followed_under_its_new_id(fake_hub: FakeHub, tmp_path: Path) -> None:
    """A name without owner and one in other letters lead to the repo they mean."""
    fake_hub.publish(card="datasets: [a/data]")
    fake_hub.add("datasets/a/data")
    fake_hub.renames["models", "clip"] = SAMPLE

    for name in ("clip", SAMPLE.lower()):
        found = states(gather(tmp_path, name))
        assert found[f"models/{name}", "info"] == "renamed"
        assert found[SAMPLE_REPO, "discussions/4"] == "present"
        assert found["datasets/a/data", "info"] == "present"


def test_two_names_of_one_repo_are_looked_at_once(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Ids that differ in case only are never mixed, and no entry is there twice."""
    fake_hub.add("datasets/A/Data", card="license: mit")
    fake_hub.publish(card="datasets: [a/data, A/Data, A/DATA]")

    done = gather(tmp_path)

    keys = [(e.repo, e.resource) for e in done.manifest.entries]
    assert len(keys) == len(set(keys))
    assert states(done)["datasets/a/data", "info"] == "renamed"
    assert len(fake_hub.paths("raw/.*/README.md")) == 2


def test_gated_repo_is_asked_for_one_file(fake_hub: FakeHub, tmp_path: Path) -> None:
    """After its card was refused nothing behind the gate is asked for; what is open is read."""
    fake_hub.publish(card="datasets: [laion/laion2B-en]")
    fake_hub.publish("datasets/laion/laion2B-en", files={"LICENSE": "x"})

    done = gather(tmp_path)

    found = {e.resource: e for e in done.manifest.entries if e.repo == "datasets/laion/laion2B-en"}
    assert {resource: e.state for resource, e in found.items()} == {
        "info": "present",
        "README.md": "gated",
        "LICENSE": "gated",
        "discussions": "present",
    }
    assert found["LICENSE"].record is None
    assert fake_hub.paths("datasets/laion/laion2B-en/(raw|resolve|commits)") == [
        f"/datasets/laion/laion2B-en/raw/{found['info'].revision}/README.md"
    ]
    assert done.complete


def test_account_with_access_reads_behind_the_gate(
    fake_hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a token that may, a gated repo is read like any other, and the manifest says so."""
    monkeypatch.setenv("HF_TOKEN", "hf_ok")
    fake_hub.tokens = ("hf_ok",)
    fake_hub.publish(card="license: mit", files={"LICENSE": "x"})
    fake_hub.gate(SAMPLE_REPO)

    done = gather(tmp_path)

    assert set(states(done).values()) == {"present"}
    assert done.manifest.account


@pytest.mark.parametrize(
    ("change", "state"), [("delete", "not_found"), ("disabled", "disabled"), ("private", "not_found")]
)
def test_repo_that_is_gone_is_a_capture_too(
    fake_hub: FakeHub, tmp_path: Path, change: str, state: str
) -> None:
    """Gone, disabled or private: a definite state is committed."""
    if change == "delete":
        fake_hub.delete(SAMPLE_REPO)
    else:
        fake_hub.patch(SAMPLE_REPO, **{change: True})

    assert states(gather(tmp_path)) == {(SAMPLE_REPO, "info"): state}


# Numbers.


def test_evidence_keeps_its_number(fake_hub: FakeHub, tmp_path: Path) -> None:
    """The same body from the same address keeps it for ever; a new body gets the next one."""
    first = gather(tmp_path)
    before = numbers(first.manifest.entries)
    fake_hub.discussion("More", "Anybody there?", number=4)

    second = gather(tmp_path, seed=2, known=[first.manifest], clock=ticking())

    after = numbers(second.manifest.entries)
    assert {key: after[key] for key in before if before[key] != after[key]} == {
        (SAMPLE_REPO, "discussions"): f"E{len(before) + 1}",
        (SAMPLE_REPO, "discussions/4"): f"E{len(before) + 2}",
    }

    fake_hub.publish(card="license: gpl-3.0")
    third = gather(tmp_path, seed=3, known=[first.manifest, second.manifest])
    assert entry(third, "info").evidence == f"E{len(before) + 3}"
    assert entry(third, "discussions/7").evidence == before[SAMPLE_REPO, "discussions/7"]


def test_progress_is_told_in_the_callers_thread(fake_hub: FakeHub, tmp_path: Path) -> None:
    """One line for each repo, in words."""
    told: list[tuple[str, bool]] = []
    fake_hub.publish(card="datasets: [laion/laion2B-en, a/gone]")

    gather(
        tmp_path,
        progress=lambda line: told.append((line, threading.current_thread() is threading.main_thread())),
    )

    assert told == [
        (f"{SAMPLE}: received", True),
        ("a/gone: not there, or private", True),
        ("laion/laion2B-en: received", True),
    ]


# What cannot have changed.


def received(folder: Path, done: Captured) -> bytes:
    """All bodies a capture got over the line."""
    with open(folder / done.manifest.capture / "exchanges.warc.gz", "rb") as file:
        records = ArchiveIterator(file)
        return b"".join(one.raw_stream.read() for one in records if one.rec_type == "response")


def test_an_unchanged_repo_costs_two_requests(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Its info and its list of threads; downloads and likes change nothing about that."""
    fake_hub.publish(card="datasets: [laion/laion2B-en]")
    first = gather(tmp_path)
    at_first = len(fake_hub.paths())
    repos = {found.repo for found in first.manifest.entries}
    fake_hub.clear()
    for repo in repos:
        fake_hub.patch(repo, downloads=1_000_000)

    second = gather(tmp_path, seed=2, known=[first.manifest], clock=ticking())

    assert len(fake_hub.paths()) == 2 * len(repos) < at_first
    assert all(path.startswith("/api/") for path in fake_hub.paths())
    assert numbers(second.manifest.entries) == numbers(first.manifest.entries)
    assert second.manifest.entries == first.manifest.entries
    assert len(received(tmp_path, second)) < len(received(tmp_path, first)) / 10
    assert all(read_body(tmp_path, one) for one in second.manifest.entries if one.sha256)


def test_what_may_have_changed_is_asked_for(fake_hub: FakeHub, tmp_path: Path) -> None:
    """A new revision, another gate, a new reply: the files, the files, the thread."""
    first = gather(tmp_path)

    fake_hub.clear()
    fake_hub.discussion("More", "Anybody there?", number=4)
    second = gather(tmp_path, seed=2, known=[first.manifest], clock=ticking())
    assert len(fake_hub.paths(r"/discussions/4")) == 1
    assert fake_hub.paths(r"README\.md") == []

    fake_hub.clear()
    fake_hub.gate(SAMPLE_REPO)
    third = gather(tmp_path, seed=3, known=[first.manifest, second.manifest])
    assert entry(third, "README.md").state == "gated"
    assert len(fake_hub.paths(r"README\.md")) >= 1

    fake_hub.clear()
    fake_hub.patch(SAMPLE_REPO, gated=False)
    fake_hub.publish(card="license: gpl-3.0")
    fourth = gather(tmp_path, seed=4, known=[first.manifest, second.manifest, third.manifest])
    assert len(fake_hub.paths(r"README\.md")) >= 1
    assert b"gpl-3.0" in read_body(tmp_path, entry(fourth, "README.md"))


def test_a_damaged_copy_is_received_anew(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Nothing is carried over from an archive that was altered or is gone."""
    first = gather(tmp_path)
    (tmp_path / first.manifest.capture / "exchanges.warc.gz").write_bytes(b"")
    fake_hub.clear()

    second = gather(tmp_path, seed=2, known=[first.manifest], clock=ticking())

    card = entry(second, "README.md")
    assert card.record is not None and card.record[0] == second.manifest.capture
    assert read_body(tmp_path, card)

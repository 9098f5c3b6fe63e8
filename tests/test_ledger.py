"""Events on disk: whole or absent, linked by digest, mergeable, never rewritten."""

import hashlib
import json
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duediligence import ledger
from duediligence.errors import NotSavedError
from duediligence.history import fold

START = datetime(2026, 11, 22, 9, 14, 2, 118000, UTC)
SHOWN = {"text": "Will anyone pay?", "choices": ["none"], "facts": []}


class Writer:
    """Somebody at one copy of a case, with a clock that ticks a second an event."""

    def __init__(self, folder: Path, seed: int = 0) -> None:
        self.folder = folder
        self.count = seed

    def write(self, kind: str, **fields: object) -> ledger.Event:
        self.count += 1
        return ledger.append(
            self.folder,
            {"event": kind, **fields},
            seen=ledger.read(self.folder).heads(),
            clock=lambda: START + timedelta(seconds=self.count),
            randomness=lambda size: hashlib.sha256(f"{self.count}".encode()).digest()[:size],
        )

    def opened(self) -> ledger.Event:
        return self.write("opened", repos=["models/a/b"], by="A. Example")

    def answer(self, value: str, question: str = "use.commercial") -> ledger.Event:
        return self.write("answered", question=question, value=value, says="A", by="A", shown=SHOWN)


def test_an_event_is_one_line_named_after_its_time_and_digest(tmp_path: Path) -> None:
    """Anyone can check a link with sha256sum."""
    first = Writer(tmp_path).opened()
    second = Writer(tmp_path, 1).answer("none")

    data = (tmp_path / first.name).read_bytes()
    assert data.isascii() and data.endswith(b"\n") and data.count(b"\n") == 1
    assert first.name == f"2026-11-22T091403.118Z-{hashlib.sha256(data).hexdigest()[:8]}.json"
    assert second.seen == (hashlib.sha256(data).hexdigest(),)
    assert list(json.loads(data)) == ["v", "at", "seen", "nonce", "event", "repos", "by"]


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    """Order is that of the graph, also when a clock went back."""
    writer = Writer(tmp_path, 100)
    writer.opened()
    late = Writer(tmp_path, 0)
    late.answer("none")
    graph = ledger.read(tmp_path)
    assert [event.kind for event in graph.events] == ["opened", "answered"]
    assert graph.problems == ()
    assert graph.heads() == (graph.events[-1].sha256,)


def test_two_people_who_did_not_know_each_other_both_count(tmp_path: Path) -> None:
    """Two answers to one question stay two until a later one has seen both."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    Writer(ours).opened()
    theirs.mkdir()
    for path in ours.iterdir():
        (theirs / path.name).write_bytes(path.read_bytes())
    Writer(ours, 1).answer("none")
    Writer(theirs, 5).answer("paid_product")
    for path in theirs.iterdir():
        (ours / path.name).write_bytes(path.read_bytes())

    record = fold(ledger.read(ours))
    assert [one.value for one in record.answers["use.commercial", None]] == ["none", "paid_product"]
    assert len(record.heads) == 2

    Writer(ours, 9).answer("paid_product")
    assert [one.value for one in fold(ledger.read(ours)).answers["use.commercial", None]] == ["paid_product"]


def test_an_answer_taken_back_is_gone_and_kept(tmp_path: Path) -> None:
    """Withdrawing ends an answer; its event stays."""
    writer = Writer(tmp_path)
    writer.opened()
    writer.answer("none")
    writer.write("withdrawn", question="use.commercial", by="A")
    record = fold(ledger.read(tmp_path))
    assert not record.answers
    assert [event["event"] for event in record.chronology] == ["opened", "answered", "withdrawn"]


def test_a_kept_answer_stays_its_authors(tmp_path: Path) -> None:
    """Keeping replaces what the answer was shown, and names who kept it."""
    writer = Writer(tmp_path)
    writer.opened()
    writer.answer("none")
    new = {**SHOWN, "text": "Will anyone pay for it?"}
    writer.write("kept", question="use.commercial", about=None, by="B", shown=new)
    (answer,) = fold(ledger.read(tmp_path)).answers["use.commercial", None]
    assert (answer.by, answer.kept_by, answer.shown.text) == ("A", "B", "Will anyone pay for it?")


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "folder", "link", "copy"])
def test_what_cannot_be_read_is_named_and_left(tmp_path: Path, damage: str) -> None:
    """A damaged event is named, never rewritten, and what knew it still counts."""
    writer = Writer(tmp_path)
    writer.opened()
    broken = tmp_path / writer.answer("none").name
    writer.answer("paid_product", question="use.other")
    data = broken.read_bytes()
    if damage == "copy":
        broken.with_name(f"{broken.stem} (1).json").write_bytes(data)
    else:
        broken.unlink()
    if damage == "flip":
        broken.write_bytes(data.replace(b"none", b"nope"))
    if damage in ("cut", "empty"):
        broken.write_bytes(data[: len(data) // 2] if damage == "cut" else b"")
    if damage == "folder":
        broken.mkdir()
    if damage == "link":
        broken.symlink_to("/etc/hostname")
    before = sorted((path.name, path.is_dir() or path.read_bytes()) for path in tmp_path.iterdir())

    graph = ledger.read(tmp_path)

    assert any(broken.stem in problem or broken.name[24:32] in problem for problem in graph.problems)
    assert "use.other" in {event.content.get("question") for event in graph.events}
    assert before == sorted((path.name, path.is_dir() or path.read_bytes()) for path in tmp_path.iterdir())


def test_an_event_of_a_newer_version_makes_the_case_read_only(tmp_path: Path) -> None:
    """What this version does not understand stops it from writing, not from reading."""
    writer = Writer(tmp_path)
    writer.opened()
    assert ledger.read(tmp_path).read_only is None
    writer.write("rephrased", text="…")
    graph = ledger.read(tmp_path)
    assert graph.read_only is not None and "newer version" in graph.read_only
    assert fold(graph).opened["repos"] == ["models/a/b"]


def test_a_redacted_event_keeps_its_links(tmp_path: Path) -> None:
    """In a copy the content may be gone; name and digest still verify."""
    writer = Writer(tmp_path)
    writer.opened()
    secret = writer.answer("none")
    writer.answer("paid_product", question="use.other")
    (tmp_path / secret.name).write_text(json.dumps({"redacted": "client secret", "sha256": secret.sha256}))
    graph = ledger.read(tmp_path)
    assert graph.problems == ()
    assert graph.read_only is not None


def test_a_full_disk_says_so_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that fails is told as NOT saved, and the old state opens."""
    writer = Writer(tmp_path)
    writer.opened()

    def refuse(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(NotSavedError, match="NOT saved"):
        writer.answer("none")
    monkeypatch.undo()
    assert [event.kind for event in ledger.read(tmp_path).events] == ["opened"]
    assert len(list(tmp_path.iterdir())) == 1


def test_every_event_is_synced_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """File synced, renamed, folder synced, in this order; else a power cut loses an acknowledged answer."""
    steps: list[str] = []
    sync, replace = os.fsync, os.replace

    def watched_sync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    def watched_replace(source: Path, target: Path) -> None:
        steps.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", watched_sync)
    monkeypatch.setattr(os, "replace", watched_replace)
    Writer(tmp_path).opened()
    assert steps == ["file", "rename", "folder"]


@given(st.dictionaries(st.text(), st.text() | st.none() | st.lists(st.text()), max_size=5))
def test_any_text_survives_the_record(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, object]
) -> None:
    """What goes into an event comes out of it, whatever the characters."""
    folder = tmp_path_factory.mktemp("ledger")
    Writer(folder).write("noted", text="x", by="A", said=fields)
    (event,) = ledger.read(folder).events
    assert event.content["said"] == fields


@given(st.lists(st.integers(0, 3), max_size=12))
def test_branches_merged_in_any_way_lose_no_answer(
    tmp_path_factory: pytest.TempPathFactory, moves: list[int]
) -> None:
    """Two copies that write and merge at random keep every answer in the history."""
    copies = [tmp_path_factory.mktemp("copy") for _ in range(2)]
    writers = [Writer(copies[0]), Writer(copies[1], 1000)]
    writers[0].opened()
    _merge(copies)
    written = 0
    for move in moves:
        if move < 2:
            writers[move].answer(f"answer {written}")
            written += 1
        elif move == 2:
            _merge(copies)
    _merge(copies)
    record = fold(ledger.read(copies[0]))
    assert sum(event["event"] == "answered" for event in record.chronology) == written
    assert len(record.answers.get(("use.commercial", None), ())) in ((1, 2) if written else (0,))
    assert fold(ledger.read(copies[1])) == record


def _merge(copies: list[Path]) -> None:
    for source, target in (copies, copies[::-1]):
        for path in source.iterdir():
            (target / path.name).write_bytes(path.read_bytes())

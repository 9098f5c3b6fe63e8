"""What a capture leaves on disk: whole or not at all, readable by others, and every alteration noticed."""

import errno
import gzip
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fake_hub import FakeHub
from gather import entry, exchanges, gather
from warcio.archiveiterator import ArchiveIterator
from warcio.cli import main as warcio

from duediligence.errors import BadInputError, CaseIsNewerError, NotSavedError
from duediligence.evidence import archive
from duediligence.evidence.capture import Captured
from duediligence.evidence.credentials import clean_url
from duediligence.sample.server import SAMPLE_REPO

HERE = Path(__file__).parent


@pytest.fixture
def done(fake_hub: FakeHub, tmp_path: Path) -> Captured:
    """A capture of the sample in *tmp_path*, with a refusal, a redirect and an answer that broke off."""
    fake_hub.publish(card="license: mit\ndatasets: [laion/laion2B-en, LAION/gone, laion/laion2b-EN]")
    fake_hub.fault("cut", "discussions/4", times=1)
    return gather(tmp_path)


# Form.


def test_exchanges_are_warc_that_others_can_check(done: Captured, tmp_path: Path) -> None:
    """Every digest in the file passes the checker of warcio."""
    path = tmp_path / done.manifest.capture / "exchanges.warc.gz"

    with pytest.raises(SystemExit) as ended:
        warcio(["check", str(path)])

    assert ended.value.code == 0
    with path.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file)]
    assert kinds == ["warcinfo", *["response", "request"] * (len(kinds) // 2)]


def test_every_exchange_is_kept(fake_hub: FakeHub, done: Captured, tmp_path: Path) -> None:
    """As many as reached the Hub: refusals, redirects and what broke off among them."""
    with (tmp_path / done.manifest.capture / "exchanges.warc.gz").open("rb") as file:
        asked = sum(record.rec_type == "request" for record in ArchiveIterator(file))

    assert asked == len(fake_hub.requests)


def test_manifest_is_one_line_an_entry(done: Captured, tmp_path: Path) -> None:
    """ASCII, in the form others rely on; digests are those of the files."""
    folder = tmp_path / done.manifest.capture
    data = (folder / "manifest.json").read_bytes()
    lines = data.decode("ascii").splitlines()

    assert lines[0] == f'{{"schema":1,"capture":"{done.manifest.capture}","entries":['
    assert lines[-1] == "]}"
    assert [json.loads(line.rstrip(","))["resource"] for line in lines[1:-1]][:2] == ["info", "README.md"]
    assert hashlib.sha256(data).hexdigest() == done.manifest_sha256
    assert hashlib.sha256((folder / "exchanges.warc.gz").read_bytes()).hexdigest() == done.exchanges_sha256
    assert done.manifest.capture == f"2026-11-22T120000Z-{done.exchanges_sha256[:8]}"
    assert sorted(path.name for path in folder.iterdir()) == ["exchanges.warc.gz", "manifest.json"]


def test_manifest_is_read_back_as_it_was(done: Captured, tmp_path: Path) -> None:
    """Written and read are equal."""
    assert archive.read_manifest(tmp_path, done.manifest.capture) == done.manifest
    assert archive.captures(tmp_path) == [done.manifest.capture]


def test_body_is_read_back_byte_for_byte(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Whatever the bytes are: marks, line ends and what is no text at all."""
    odd = (
        b"\xef\xbb\xbf---\r\nlicense: mit\r\n---\r\n\x00\xff\r\n\r\nWARC/1.1\r\n\r\n" + bytes(range(256)) * 40
    )
    fake_hub.publish(files={"README.md": odd})

    done = gather(tmp_path)

    assert archive.read_body(tmp_path, entry(done, "README.md")) == odd
    for found in done.manifest.entries:
        assert not found.sha256 or len(archive.read_body(tmp_path, found)) == found.length


def test_answer_without_a_body_has_none_to_read(done: Captured, tmp_path: Path) -> None:
    """Asking for it is an error that says so."""
    with pytest.raises(BadInputError, match=r"Nothing was received for README\.md"):
        archive.read_body(tmp_path, entry(done, "README.md", "datasets/laion/laion2B-en"))


def test_same_answers_make_the_same_files(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Given clock and randomness, nothing in a capture is left to chance."""
    fake_hub.publish(card="datasets: [laion/laion2B-en, a/b, a/c, a/d]")

    one, two = gather(tmp_path / "1"), gather(tmp_path / "2")

    assert (one.manifest_sha256, one.exchanges_sha256) == (two.manifest_sha256, two.exchanges_sha256)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://me:pw@h/x", "https://h/x"),
        ("https://h/x?token=abc&b=1", "https://h/x?token=REDACTED&b=1"),
        ("https://h/x?b=1&X-Amz-Signature=abc#f", "https://h/x?b=1&X-Amz-Signature=REDACTED#f"),
        ("https://h/hf_secret/x", "https://h/REDACTED/x"),
        ("https://h/x?expand=sha&expand=gated", "https://h/x?expand=sha&expand=gated"),
    ],
)
def test_addresses_are_kept_without_credentials(url: str, kept: str) -> None:
    """User names, tokens and signatures go; the rest stays as it was."""
    assert clean_url(url, "hf_secret") == kept


# Whole or not at all.


@pytest.mark.parametrize("call", ["mkdir", "fsync", "rename"])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_disk_that_refuses_leaves_nothing(
    fake_hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: int
) -> None:
    """It is said at once that nothing was saved, and nothing half is left behind."""

    def refuse(*given: object, **named: object) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(NotSavedError, match="NOT saved"):
        gather(tmp_path)
    monkeypatch.undo()

    assert archive.captures(tmp_path) == []
    monkeypatch.setenv("HF_ENDPOINT", fake_hub.endpoint)
    assert gather(tmp_path).complete
    assert [path.name for path in tmp_path.iterdir()] == archive.captures(tmp_path)


def test_disk_that_fills_up_in_the_middle_is_said(
    fake_hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writing an exchange fails like anything else."""
    from warcio.warcwriter import GzippingWrapper

    flush, count = GzippingWrapper.flush, [0]

    def refuse(wrapper: GzippingWrapper) -> None:
        count[0] += 1
        if count[0] == 6:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        flush(wrapper)

    monkeypatch.setattr(GzippingWrapper, "flush", refuse)
    with pytest.raises(NotSavedError, match="No space left"):
        gather(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_everything_is_synced_before_it_gets_its_name(
    fake_hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both files, their folder, the rename, the folder above: a power cut leaves old or new."""
    steps: list[str] = []
    fsync, rename = os.fsync, os.rename

    def synced(descriptor: int) -> None:
        steps.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")).name)
        fsync(descriptor)

    def renamed(old: Path, new: Path) -> None:
        steps.append(f"-> {Path(new).name}")
        rename(old, new)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "rename", renamed)
    done = gather(tmp_path)

    part = steps[0].removeprefix("-> ")
    assert steps == [
        f"-> {part}",
        "exchanges.warc.gz",
        "manifest.json",
        part,
        f"-> {done.manifest.capture}",
        tmp_path.name,
    ]


def test_killed_capture_leaves_nothing_that_counts(fake_hub: FakeHub, tmp_path: Path) -> None:
    """What it had written is cleared by the next capture, but not while it is still running."""
    code = "import sys; sys.path[:0] = sys.argv[2:]; from gather import *; gather(Path(sys.argv[1]))"
    path = [str(HERE), str(HERE.parent)]
    fake_hub.fault("silent", "discussions", seconds=3)
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path), *path]) as running:
        while not fake_hub.paths("discussions"):
            assert running.poll() is None
            time.sleep(0.02)
        fake_hub.clear()
        (part,) = tmp_path.iterdir()

        gather(tmp_path, seed=2)
        assert part.exists()
        assert part.name.endswith(".part")
        running.send_signal(signal.SIGKILL)
    assert len(archive.captures(tmp_path)) == 1
    gather(tmp_path, seed=3)

    assert not part.exists()
    assert len(archive.captures(tmp_path)) == 2


# Alterations.


def test_altered_exchanges_are_noticed(done: Captured, tmp_path: Path) -> None:
    """A flipped bit, a cut end, a swapped body, a link or a missing file: each read says so."""
    path = tmp_path / done.manifest.capture / "exchanges.warc.gz"
    whole = path.read_bytes()
    card = entry(done, "README.md")
    assert card.record
    altered = [bytes([*whole[:i], whole[i] ^ 1, *whole[i + 1 :]]) for i in range(0, len(whole), 97)]
    altered += [
        b"",
        whole[: card.record[1]],
        whole[: card.record[1] + 100],
        gzip.compress(b"WARC/1.1\r\n"),
        whole[::-1],
    ]

    for data in altered:
        path.write_bytes(data)
        for found in done.manifest.entries:
            if found.sha256:
                try:
                    body = archive.read_body(tmp_path, found)
                except BadInputError as error:
                    assert str(path) in str(error)
                else:
                    assert hashlib.sha256(body).hexdigest() == found.sha256
    path.unlink()
    with pytest.raises(BadInputError, match="cannot be read"):
        archive.read_body(tmp_path, card)
    path.symlink_to("/dev/zero")
    with pytest.raises(BadInputError, match="no plain file"):
        archive.read_body(tmp_path, card)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(BadInputError, match="no plain file"):
        archive.read_body(tmp_path, card)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"schema":1}',
        b'{"schema":1,"entries":[{}]}',
        b'{"schema":1,"entries":{"a":1}}',
        b"\xff",
    ],
)
def test_manifest_that_cannot_be_read_is_named(done: Captured, tmp_path: Path, content: bytes) -> None:
    """And left as it is."""
    path = tmp_path / done.manifest.capture / "manifest.json"
    path.write_bytes(content)

    with pytest.raises(BadInputError, match=r"manifest\.json"):
        archive.read_manifest(tmp_path, done.manifest.capture)

    assert path.read_bytes() == content


def test_manifest_with_odd_types_is_refused(done: Captured, tmp_path: Path) -> None:
    """A number where a text belongs is no manifest, however well-formed."""
    path = tmp_path / done.manifest.capture / "manifest.json"
    good = json.loads(path.read_bytes())
    for key in good["entries"][0]:
        odd = {**good, "entries": [{**good["entries"][0], key: 7.5}]}
        if key == "length":
            continue
        path.write_text(json.dumps(odd))
        with pytest.raises(BadInputError):
            archive.read_manifest(tmp_path, done.manifest.capture)


def test_newer_manifest_is_refused_with_a_sentence(done: Captured, tmp_path: Path) -> None:
    """A higher schema is left as it is."""
    path = tmp_path / done.manifest.capture / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"schema":1', b'"schema":2'))

    with pytest.raises(CaseIsNewerError, match="newer version"):
        archive.read_manifest(tmp_path, done.manifest.capture)


def test_names_do_not_lead_out_of_the_case(done: Captured, tmp_path: Path) -> None:
    """A record or an event that names another folder is refused; so is a capture that is a link."""
    for wrong in ("../x", "/etc", "", ".", "2026-11-22T120000Z-zzzzzzzz"):
        with pytest.raises(BadInputError):
            archive.read_manifest(tmp_path, wrong)
    name = done.manifest.capture
    shutil.move(tmp_path / name, tmp_path / "elsewhere")
    (tmp_path / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadInputError, match="is a link"):
        archive.read_manifest(tmp_path, name)


def test_kept_text_of_an_exchange_is_what_was_sent(done: Captured, tmp_path: Path) -> None:
    """The request beside each answer shows what was asked, and that the body was wanted as it is."""
    text = exchanges(tmp_path, done)

    assert b"GET /api/models/laion/CLIP-ViT-H-14-laion2B-s32B-b79K?expand=sha&expand=cardData" in text
    assert text.count(b"identity\r\n") == text.count(b"GET /")
    assert b"downloads" not in text
    assert SAMPLE_REPO in [e.repo for e in done.manifest.entries]

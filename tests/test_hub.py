"""Asking the Hub: what each answer means, how patiently it is asked, and what never leaves this computer."""

import base64
import threading
import time
from dataclasses import replace
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import quote

import huggingface_hub
import pytest
from fake_hub import FakeHub
from gather import NOON, QUICK, entry, exchanges, gather
from huggingface_hub.utils import _http

from duediligence.errors import BadInputError, HubUnreachableError, StoppedError
from duediligence.evidence.hub import connect
from duediligence.sample.server import SAMPLE_REPO

DATASET = "datasets/laion/laion2B-en"
CANARY = "hf_CanaryCanaryCanary1234567890/+="


# What an answer means.


@pytest.mark.parametrize(
    ("fault", "given", "state", "words"),
    [
        ("status", {"status": 404, "code": "EntryNotFound"}, "not_found", ""),
        ("status", {"status": 404}, "not_found", ""),
        ("status", {"status": 401, "code": "GatedRepo"}, "gated", ""),
        ("status", {"status": 403, "code": "GatedRepo"}, "gated", ""),
        (
            "status",
            {"status": 403, "message": "Access to this resource is disabled."},
            "disabled",
            "disabled",
        ),
        ("status", {"status": 451, "message": "Taken down."}, "disabled", "Taken down."),
        ("status", {"status": 404, "code": "RepoNotFound"}, "unreachable", "changed while"),
        ("status", {"status": 404, "code": "RevisionNotFound"}, "unreachable", "changed while"),
        ("status", {"status": 403, "message": "Forbidden"}, "unreachable", "403: Forbidden"),
        ("status", {"status": 503}, "unreachable", "503, 5 times"),
        ("page", {}, "unreachable", "web page"),
        ("page", {"status": 404}, "unreachable", "web page"),
        ("body", {"body": b"", "headers": {"Content-Type": "text/plain"}}, "empty", ""),
        (
            "body",
            {
                "body": b"version https://git-lfs.github.com/spec/v1\noid sha256:0",
                "headers": {"Content-Type": "text/plain"},
            },
            "unreadable",
            "outside the Hub's host",
        ),
        ("redirect", {"to": "https://cdn.example/x?Signature=abc"}, "unreadable", "cdn.example"),
        ("redirect", {"to": "/laion/x/raw/y/z"}, "unreachable", "changed while"),
        ("headers", {"headers": {"Content-Encoding": "gzip"}}, "unreadable", "compressed"),
        ("cut", {}, "unreachable", "broke off"),
        ("reset", {}, "unreachable", "broke off"),
        ("silent", {"seconds": 1.2}, "unreachable", "said nothing for 0.4 seconds"),
        ("drip", {"seconds": 0.3}, "unreachable", "still sending"),
    ],
)
def test_state_of_a_file_is_what_the_answer_says(
    fake_hub: FakeHub, tmp_path: Path, fault: str, given: dict[str, object], state: str, words: str
) -> None:
    """Each kind of answer gives one state, and a reason where the state alone says too little."""
    fake_hub.fault(fault, "README.md", **given)

    found = entry(gather(tmp_path, patience=replace(QUICK, failures=9)), "README.md")

    assert found.state == state
    assert words in (found.reason or "")
    assert (found.sha256 is None) == (state not in ("empty", "unreadable") or fault == "redirect")


@pytest.mark.parametrize(
    ("fault", "given", "state", "words"),
    [
        ("status", {"status": 401, "code": "RepoNotFound"}, "not_found", ""),
        ("bare", {}, "not_found", ""),
        ("status", {"status": 404, "code": "RepoNotFound"}, "not_found", ""),
        ("status", {"status": 401, "code": "GatedRepo"}, "gated", ""),
        ("body", {"body": b'{"id":"other/repo","sha":"1"}'}, "unreadable", "other/repo"),
        ("body", {"body": b'{"id":["laion"]}'}, "unreadable", "another repository"),
        ("body", {"body": b'{"id":"laion/laion2B-en","disabled":true}'}, "disabled", ""),
        ("body", {"body": b'{"status":"ok"}'}, "unreachable", "not the Hub's"),
        ("body", {"body": b"[]"}, "unreachable", "not the Hub's"),
        ("body", {"body": b"null"}, "unreachable", "not the Hub's"),
        ("body", {"body": b'{"id":'}, "unreachable", "not the Hub's"),
        ("body", {"body": b"[" * 100_000}, "unreachable", "not the Hub's"),
        ("body", {"body": b"\xff\xfe{}"}, "unreachable", "not the Hub's"),
        ("page", {}, "unreachable", "not the Hub's"),
        ("redirect", {"to": "http://127.0.0.2:1/api/datasets/laion/laion2B-en"}, "unreachable", "127.0.0.2"),
        ("redirect", {"to": "/api/datasets/laion/laion2B-en?again"}, "unreachable", "more than 5 times"),
    ],
)
def test_state_of_a_repo_is_that_of_its_info(
    fake_hub: FakeHub, tmp_path: Path, fault: str, given: dict[str, object], state: str, words: str
) -> None:
    """A repo upstream that cannot be looked at is asked for nothing else, and the capture stands."""
    fake_hub.publish(card="datasets: [laion/laion2B-en]")
    fake_hub.fault(fault, "/api/datasets/laion/laion2B-en", **given)

    done = gather(tmp_path)

    assert {e.resource for e in done.manifest.entries if e.repo == DATASET} == {"info"}
    found = entry(done, "info", DATASET)
    assert found.state == state
    assert words in (found.reason or "")
    assert done.complete == (state != "unreachable")


@pytest.mark.parametrize(
    "info",
    [
        {"siblings": None, "sha": 7, "gated": "no idea", "cardData": "text"},
        {"siblings": [7, {"rfilename": ["x"]}], "sha": "../../x", "gated": {}, "cardData": []},
        {"siblings": "README.md", "sha": None, "gated": False, "createdAt": "yesterday", "big": 10**4300},
    ],
)
def test_info_of_odd_types_is_used_all_the_same(
    fake_hub: FakeHub, tmp_path: Path, info: dict[str, object]
) -> None:
    """What the Hub's client cannot parse is still evidence; files are then read from the branch."""
    fake_hub.patch(SAMPLE_REPO, **info)

    done = gather(tmp_path, read_upstream=lambda repo, bodies: ())

    assert entry(done, "info").state == "present"
    assert entry(done, "README.md").state == "present"
    assert entry(done, "README.md").revision is None


def test_list_of_threads_the_client_cannot_parse_is_read(fake_hub: FakeHub, tmp_path: Path) -> None:
    """A thread without author or date hides neither itself nor the others."""
    threads = fake_hub.repositories["models", "laion/CLIP-ViT-H-14-laion2B-s32B-b79K"].discussions
    threads.insert(0, {"num": 9, "title": None, "author": None, "events": None})
    threads.insert(0, {"num": "ten"})

    done = gather(tmp_path)

    read = {e.resource: e.state for e in done.manifest.entries if e.resource.startswith("discussions")}
    assert read == dict.fromkeys(
        ("discussions", "discussions/4", "discussions/7", "discussions/9"), "present"
    )


# Patience.


def test_call_is_repeated_until_it_is_answered(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Four failures of any kind are survived; every exchange of them is kept."""
    fake_hub.fault("status", "README.md", times=2, status=503)
    fake_hub.fault("cut", "README.md", times=1)
    fake_hub.fault("reset", "README.md", times=1)

    done = gather(tmp_path)

    assert entry(done, "README.md").state == "present"
    assert len(fake_hub.paths("README.md")) == 5
    kept = exchanges(tmp_path, done)
    assert kept.count(b"HTTP/1.1 503") == 2
    assert kept.count(b"WARC-Truncated: disconnect") == 1


def test_nothing_is_written_when_the_repo_itself_does_not_answer(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Without a definite state of the repo there is no capture, and no folder."""
    fake_hub.fault("page")

    with pytest.raises(HubUnreachableError, match="not the Hub's"):
        gather(tmp_path / "captures")

    assert list(tmp_path.iterdir()) == []


def test_hub_that_went_down_is_not_stormed(fake_hub: FakeHub, tmp_path: Path) -> None:
    """After a few questions without an answer the rest is not asked."""
    fake_hub.publish(card="datasets: [" + ", ".join(f"a/d{i}" for i in range(60)) + "]")
    fake_hub.fault("status", "/api/datasets/", status=500)

    done = gather(tmp_path)

    assert sum(e.state == "unreachable" for e in done.manifest.entries) == 60
    assert len(fake_hub.paths("/api/datasets/")) <= 8 * 5
    assert any("Not asked" in (e.reason or "") for e in done.manifest.entries)
    assert not done.complete


def test_closed_window_is_waited_for_once_by_all(fake_hub: FakeHub, tmp_path: Path) -> None:
    """When an answer says that no calls are left, none goes out before the window ends, and that is told."""
    told: list[str] = []
    fake_hub.fault("headers", "/api/models/", times=1, headers={"RateLimit": '"api";r=0;t=0'})

    done = gather(tmp_path, progress=told.append)

    assert done.complete
    first, second = (asked.at for asked in fake_hub.requests[:2])
    assert second - first >= 1.0
    waits = [line for line in told if line.startswith("Waiting")]
    assert waits == ["Waiting until 12:00:00 UTC: the Hub asks for a pause."]


def test_no_call_goes_into_a_closed_window(fake_hub: FakeHub, tmp_path: Path) -> None:
    """With two calls left in a window, the third waits for the next one, however many threads there are."""
    fake_hub.publish(card="datasets: [" + ", ".join(f"a/d{i}" for i in range(6)) + "]")
    started = time.monotonic()
    counting = _Window(size=4, seconds=1.0)
    fake_hub.answer, plain = lambda target, token: counting(plain(target, token)), fake_hub.answer  # type: ignore[method-assign]

    done = gather(tmp_path)

    assert done.complete
    assert counting.refused == 0
    assert time.monotonic() - started > 1


@pytest.mark.parametrize(("status", "date"), [(429, False), (503, True)])
def test_retry_after_is_obeyed(fake_hub: FakeHub, tmp_path: Path, status: int, date: bool) -> None:
    """As seconds and as a date, which is read by the Hub's clock."""
    hub_clock = NOON.replace(year=2031)
    soon = format_datetime(hub_clock.replace(second=1), usegmt=True)
    headers = {"Retry-After": soon if date else "1", "Date": format_datetime(hub_clock, usegmt=True)}
    fake_hub.fault("status", "README.md", times=1, status=status, headers=headers)

    gather(tmp_path)

    first, second = (asked.at for asked in fake_hub.requests if "README" in asked.path)
    assert second - first >= 1.0


@pytest.mark.parametrize("headers", [{"Retry-After": "9999"}, {"RateLimit": '"api";r=0;t=9999'}])
def test_long_wait_is_refused(fake_hub: FakeHub, tmp_path: Path, headers: dict[str, str]) -> None:
    """A wait nobody would sit through ends the asking, with the time the Hub named."""
    fake_hub.fault("status", "README.md", status=429, headers=headers)

    found = entry(gather(tmp_path), "README.md")

    assert found.state == "unreachable"
    assert "asks to wait until 14:46" in (found.reason or "")


def test_stop_ends_a_wait_within_two_seconds(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Also while the Hub is silent; nothing is written."""
    stop = threading.Event()
    fake_hub.fault("silent", "README.md", seconds=3)
    threading.Timer(0.5, stop.set).start()
    started = time.monotonic()

    with pytest.raises(StoppedError):
        gather(tmp_path, stop=stop, patience=replace(QUICK, read=10))

    assert time.monotonic() - started < 2.5
    assert list(tmp_path.iterdir()) == []


def test_large_body_is_not_kept(fake_hub: FakeHub, tmp_path: Path) -> None:
    """It is unreadable, says why, and leaves no bytes behind."""
    fake_hub.publish(files={"README.md": "x" * 50_000})

    done = gather(tmp_path, patience=replace(QUICK, max_bytes=20_000))

    assert entry(done, "README.md").state == "unreadable"
    assert entry(done, "README.md").sha256 is None
    assert b"xxxx" not in exchanges(tmp_path, done)


# What leaves this computer, and what is kept.


def test_token_goes_to_the_hub_and_into_no_file(
    fake_hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Plain, reversed, encoded or repeated by the Hub: what was sent as a secret is not kept."""
    monkeypatch.setenv("HF_TOKEN", CANARY)
    fake_hub.tokens = (CANARY,)
    fake_hub.fault("headers", "commits", headers={"X-Echo": f"Bearer {CANARY}", "Set-Cookie": f"s={CANARY}"})
    fake_hub.fault("body", "discussions/4", body=f'{{"said":"{CANARY}"}}'.encode())
    fake_hub.fault(
        "redirect",
        "LICENSE",
        to=f"https://cdn.example/f?token={quote(CANARY)}&Signature=abcdef",
        body=b"abcdef",
    )
    fake_hub.publish(files={"LICENSE": "text"})

    done = gather(tmp_path)

    assert done.manifest.account
    assert all(asked.token == CANARY for asked in fake_hub.requests)
    assert entry(done, "discussions/4").state == "unreadable"
    forms = {
        CANARY,
        CANARY[::-1],
        quote(CANARY, safe=""),
        base64.b64encode(CANARY.encode()).decode(),
        "abcdef",
    }
    kept = exchanges(tmp_path, done) + (tmp_path / done.manifest.capture / "manifest.json").read_bytes()
    assert not [form for form in forms if form.encode() in kept or form in caplog.text]
    assert b"Authorization: REDACTED" in kept.replace(b"authorization", b"Authorization")


def test_refused_token_is_said_and_not_left_out(
    fake_hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token that the Hub does not know ends the capture; it is not tried again without one."""
    monkeypatch.setenv("HF_TOKEN", "hf_wrong")

    with pytest.raises(HubUnreachableError, match="refused the token"):
        gather(tmp_path)

    assert [asked.token for asked in fake_hub.requests] == ["hf_wrong"]


def test_no_token_is_sent_when_that_is_switched_off(
    fake_hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HF_HUB_DISABLE_IMPLICIT_TOKEN means what it means to the Hub's client, whenever it is set."""
    monkeypatch.setenv("HF_TOKEN", "hf_wrong")
    monkeypatch.setenv("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")

    assert not gather(tmp_path).manifest.account
    assert {asked.token for asked in fake_hub.requests} == {None}


def test_only_the_hubs_host_is_contacted(fake_hub: FakeHub, tmp_path: Path) -> None:
    """A redirect to another host, a link in a card and an address in an id lead to no connection."""
    with FakeHub().running() as foreign:
        elsewhere = foreign.endpoint.replace("127.0.0.1", "localhost")
        fake_hub.publish(
            card=f"datasets: ['{elsewhere}/x', '../../etc', 'a/b?c', 'a--b/c']\nlink: {elsewhere}"
        )
        fake_hub.fault("redirect", "raw|discussions", to=f"{elsewhere}/laion/x")

        done = gather(tmp_path)

        assert foreign.requests == []
    assert entry(done, "README.md").state == "unreadable"
    assert entry(done, "discussions").state == "unreachable"


def test_endpoint_is_read_when_asked(
    fake_hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HF_ENDPOINT counts as it is at the call, not as it was at import; nonsense is refused."""
    assert gather(tmp_path).endpoint == fake_hub.endpoint
    for wrong in ("huggingface.co", "ftp://x", "https://user:secret@x", "https://x/?a=b", "http://["):
        monkeypatch.setenv("HF_ENDPOINT", wrong)
        with pytest.raises(BadInputError, match="HF_ENDPOINT"):
            gather(tmp_path)


def test_offline_asks_nothing(fake_hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """HF_HUB_OFFLINE is said to be the reason."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)

    with pytest.raises(HubUnreachableError, match="HF_HUB_OFFLINE"):
        gather(tmp_path)

    assert fake_hub.requests == []


def test_client_of_the_kernel_is_given_back(fake_hub: FakeHub, tmp_path: Path) -> None:
    """Whatever transport the Hub's client had before a capture, it has after it."""
    mine = _http.default_client_factory
    before = _http._GLOBAL_CLIENT_FACTORY
    huggingface_hub.set_client_factory(mine)
    try:
        gather(tmp_path)
        assert _http._GLOBAL_CLIENT_FACTORY is mine
        fake_hub.fault("page", "README")
        with pytest.raises(HubUnreachableError):
            gather(tmp_path, "nobody/nothing", endpoint="http://127.0.0.1:9")
        assert _http._GLOBAL_CLIENT_FACTORY is mine
    finally:
        huggingface_hub.set_client_factory(before)


def test_other_work_with_the_client_goes_on_during_a_capture(fake_hub: FakeHub, tmp_path: Path) -> None:
    """A download that runs beside a capture is neither kept nor refused."""
    seen: list[int] = []

    def beside(line: str) -> None:
        if not seen:
            seen.append(huggingface_hub.get_session().get(f"{fake_hub.endpoint}/beside").status_code)

    done = gather(tmp_path, progress=beside)

    assert seen == [404]
    assert b"/beside" not in exchanges(tmp_path, done)


def test_what_the_client_does_on_the_way_is_not_kept(fake_hub: FakeHub) -> None:
    """A token that the client renews beside a question is in no exchange, and goes to no other host."""
    with connect(clock=lambda: NOON, tell=print, stop=threading.Event(), patience=QUICK) as line:

        def renew(host: str) -> int:
            return (
                huggingface_hub.get_session()
                .post(f"{host}/oauth/token", json={"refresh": CANARY})
                .status_code
            )

        seen: list[int] = []
        line._headers, plain = lambda: seen.append(renew(line.endpoint)) or plain(), line._headers  # type: ignore
        reply = line.file(SAMPLE_REPO, "main", "README.md")
        line._headers = lambda: renew("http://localhost:9")  # type: ignore
        refused = line.file(SAMPLE_REPO, "main", "README.md")

    assert seen == [501]
    assert [exchange.status for exchange in reply.exchanges] == [200]
    assert (refused.exchanges, refused.elsewhere) == ((), "localhost")


class _Window:
    """A counter of calls as the Hub keeps it: so many in so many seconds."""

    def __init__(self, size: int, seconds: float) -> None:
        self.size, self.seconds, self.refused = size, seconds, 0
        self._ends, self._used, self._lock = 0.0, 0, threading.Lock()

    def __call__(self, answer):  # type: ignore[no-untyped-def]
        with self._lock:
            now = time.monotonic()
            if now > self._ends:
                self._ends, self._used = now + self.seconds, 0
            self._used += 1
            self.refused += self._used > self.size
            left = max(0, self.size - self._used)
            limit = {"RateLimit": f'"api";r={left};t={int(self._ends - now)}'}
            return replace(answer, headers={**answer.headers, **limit})

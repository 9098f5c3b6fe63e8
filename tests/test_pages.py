"""Pages outside the Hub that a person adds: kept as received, quoted, looked at again, without a token."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from cases import CARD, REPO, Desk
from fake_hub import FakeHub
from test_cli import one_sentence, run

from duediligence.case import SAMPLE, Case
from duediligence.errors import BadInputError, HubUnreachableError, UnreadableError
from duediligence.evidence import hub
from duediligence.evidence.manifest import Entry
from duediligence.facts.page import page_facts
from duediligence.verifying import verify

FAQ = """<!doctype html><html><head><title>FAQ</title>
<script>var a = "We rely on fair use for training.";</script>
</head><body><h1>Questions &amp; answers</h1>
<p>For collecting the images, we rely on <b>Article&nbsp;3 of Directive 2019/790</b>.</p>
<!-- We rely on legitimate interests for training. -->
<div>Write to <a href="mailto:x@example.org">privacy@example.org</a> with questions on personal data.</div>
</body></html>"""


class Web:
    """A small web on this computer: paths to bodies, and every question it was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, bytes, dict[str, str]]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.sent = 0
        """Bytes of bodies that went out."""

        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.asked.append((self.path, dict(self.headers)))
                status, body, headers = web.pages.get(self.path, (404, b"", {}))
                marks = {headers.get("ETag"), headers.get("Last-Modified")} - {None}
                if {self.headers["If-None-Match"], self.headers["If-Modified-Since"]} & marks:
                    status, body = 304, b""
                web.sent += len(body)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def web() -> Iterator[Web]:
    """A web with one page."""
    made = Web()
    made.pages["/faq"] = (200, FAQ.encode(), {})
    yield made
    made.close()


@pytest.fixture
def case(fake_hub: FakeHub, tmp_path: Path) -> Case:
    """A captured case."""
    fake_hub.add(REPO, card=CARD)
    opened = Desk().new(tmp_path / "case")
    opened.capture()
    return opened


def _entry(**given: object) -> Entry:
    fields = {
        "repo": "models/a/b", "resource": "pages/x", "url": "x", "state": "present", "revision": None,
        "received_at": "", "sha256": "0", "length": 1, "evidence": "E9", "record": None,
    }  # fmt: skip
    return Entry(**{**fields, **given})  # type: ignore[arg-type]


def test_what_a_reader_sees_is_read_and_what_is_hidden_is_not() -> None:
    """Scripts and comments state nothing; the words of a sentence come without their marks."""
    facts = page_facts(_entry(), FAQ.encode())
    (basis,) = [fact for fact in facts if fact.key == "legal_basis"]

    assert basis.quote == "For collecting the images, we rely on Article 3 of Directive 2019/790."
    assert (basis.source, basis.evidence, basis.file) == ("page", "E9", "pages/x")
    assert not [fact for fact in facts if "fair use" in str(fact.quote) or "legitimate" in str(fact.quote)]
    assert "privacy@example.org" in {fact.value for fact in facts if fact.key == "contact"}


def test_the_byte_range_holds_the_words() -> None:
    """Whoever opens the page at that place reads them, marks and all; signs of several bytes count right."""
    body = FAQ.replace("Questions", "Häufige Fragen – ").encode()
    (basis,) = [fact for fact in page_facts(_entry(), body) if fact.key == "legal_basis"]
    assert basis.bytes is not None
    held = body[slice(*basis.bytes)].decode()

    assert held.startswith("For collecting the images") and held.rstrip().endswith("2019/790</b>.")


def test_plain_text_is_read_as_it_is() -> None:
    """A page saved as text has no marks to take away."""
    body = b"Imprint\n\nWe rely on section 60d UrhG for collecting texts.\n"
    (basis,) = [fact for fact in page_facts(_entry(), body) if fact.key == "legal_basis"]

    assert basis.bytes is not None and body[slice(*basis.bytes)] == basis.quote.encode()


@pytest.mark.parametrize("body", [b"%PDF-1.7 ...", b"\x00\x01\x02"])
def test_what_is_no_text_says_so(body: bytes) -> None:
    """It is kept all the same; a person can quote it."""
    with pytest.raises(UnreadableError, match="no text or HTML"):
        page_facts(_entry(), body)


def test_a_page_is_kept_quoted_and_checked(case: Case, web: Web) -> None:
    """As evidence of its own with a number; the chain of events names it, and verify hashes it."""
    said = case.attach(f"{web.address}/faq", by="A. Example").text

    assert "legal basis" in said
    (fact,) = [one for one in case.facts() if (one.repo, one.key) == (REPO, "legal_basis")]
    assert fact.evidence is not None and fact.evidence in said
    assert verify(case.folder) == []
    assert case.chronology()[-1]["event"] == "attached"
    assert "we rely on Article 3 of Directive 2019/790" in case.memo().html
    finding = {one.id for one in case.findings().findings if one.status == "gap"}
    assert "copyright.basis-quoted-act-open" in finding


def test_no_token_and_no_cookie_goes_along(case: Case, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's token is the Hub's alone; a page that sets a cookie gets none back."""
    monkeypatch.setenv("HF_TOKEN", "hf_" + "x" * 30)
    web.pages["/old"] = (302, b"", {"Location": "/faq", "Set-Cookie": "id=1"})
    case.attach(f"{web.address}/old")

    assert [path for path, _ in web.asked] == ["/old", "/faq"]
    for _, headers in web.asked:
        names = {name.lower() for name in headers}
        assert not names & {"authorization", "cookie"} and "hf_" not in str(headers)


def test_a_look_at_the_hub_looks_at_pages_again(case: Case, web: Web) -> None:
    """Unchanged: one question, nothing kept. Changed: kept beside the old, and answers need another look."""
    case.attach(f"{web.address}/faq")
    case.answer("provider.legal-basis@collect", ("research_tdm",), by="A. Example")
    captures = set((case.folder / "captures").iterdir())
    case.capture(force=True)
    assert len(set((case.folder / "captures").iterdir()) - captures) == 1
    assert not [one for one in case.questions() if one.state == "needs_another_look"]

    web.pages["/faq"] = (200, FAQ.replace("rely on <b>Article", "no longer rely on <b>Article").encode(), {})
    report = case.capture(force=True)

    assert "legal_basis" in {change.key for change in report.changes}
    assert {one.question.id for one in case.questions() if one.state == "needs_another_look"} == {
        "provider.legal-basis"
    }
    assert verify(case.folder) == []


_SAME = "Sat, 21 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    ("given", "asks"),
    [
        ({"ETag": '"faq-1"'}, {"If-None-Match": '"faq-1"'}),
        ({"ETag": 'W/"faq-1"', "Last-Modified": _SAME}, {"If-None-Match": 'W/"faq-1"'}),
        ({"Last-Modified": _SAME}, {"If-Modified-Since": _SAME}),
        ({}, {}),
    ],
)
@pytest.mark.parametrize("path", ["/faq", "/häufige fragen?a=1"])
def test_an_unchanged_page_costs_one_question_and_no_body(
    case: Case,
    web: Web,
    monkeypatch: pytest.MonkeyPatch,
    given: dict[str, str],
    asks: dict[str, str],
    path: str,
) -> None:
    """The mark of the server goes back to it; a 304, or the same body again, keeps nothing."""
    monkeypatch.setenv("HF_TOKEN", "hf_" + "x" * 30)
    monkeypatch.setenv("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")
    web.pages[quote(path, safe="/?=")] = (200, FAQ.encode(), given)
    case.attach(web.address + path, by="A. Example")
    events, captures = len(case.chronology()), set((case.folder / "captures").iterdir())
    facts = case.facts()
    web.asked.clear()
    web.sent = 0
    report = case.capture(force=True)

    ((_, headers),) = web.asked
    assert {name: value for name, value in headers.items() if name.startswith("If-")} == asks
    assert "Authorization" not in headers and "hf_" not in str(headers)
    assert web.sent == (0 if asks else len(FAQ.encode()))
    assert (report.changes, case.facts()) == ((), facts)
    assert [event["event"] for event in case.chronology()[events:]] == ["captured"]
    assert len(set((case.folder / "captures").iterdir()) - captures) == 1


def test_a_page_about_two_repositories_is_asked_once(case: Case, web: Web, fake_hub: FakeHub) -> None:
    """One question tells both that nothing changed; a changed page is kept about each."""
    fake_hub.add("models/example/base", card="---\nlicense: mit\n---\n# Base\n")
    fake_hub.add(REPO, card=CARD.replace("license: mit", "license: mit\nbase_model: example/base"))
    case.capture(force=True)
    for about in (None, "example/base"):
        case.attach(f"{web.address}/faq", about=about, by="A. Example")
    web.asked.clear()
    case.capture(force=True)
    assert len(web.asked) == 1

    web.pages["/faq"] = (200, FAQ.replace("Article", "The Article").encode(), {})
    case.capture(force=True)
    assert {f.repo for f in case.facts() if f.source == "page" and "The Article" in (f.quote or "")} == {
        REPO,
        "models/example/base",
    }


def test_a_mark_goes_only_to_the_address_that_gave_it(case: Case, web: Web) -> None:
    """A page that was sent on is asked where it ended; sent on elsewhere later, it is received whole."""
    web.pages["/faq"] = (200, FAQ.encode(), {"ETag": '"1"'})
    web.pages["/old"] = (302, b"", {"Location": "/faq"})
    case.attach(f"{web.address}/old")
    web.asked.clear()
    case.capture(force=True)
    assert [(path, headers.get("If-None-Match")) for path, headers in web.asked] == [
        ("/old", None),
        ("/faq", '"1"'),
    ]

    web.pages["/new"] = (200, FAQ.replace("collecting the", "collecting all").encode(), {"ETag": '"1"'})
    web.pages["/old"] = (302, b"", {"Location": "/new"})
    web.asked.clear()
    report = case.capture(force=True)
    assert [headers.get("If-None-Match") for _, headers in web.asked] == [None, None]
    assert {change.key for change in report.changes} == {"legal_basis"}


def test_a_changed_page_is_asked_for_by_its_newest_mark(case: Case, web: Web) -> None:
    """Each look asks about what is on file by then."""
    for number in ("1", "2", "2"):
        page = FAQ.replace("Questions", f"Questions {number}")
        web.pages["/faq"] = (200, page.encode(), {"ETag": number})
        if number == "1":
            case.attach(f"{web.address}/faq")
        else:
            case.capture(force=True)

    assert [headers.get("If-None-Match") for _, headers in web.asked] == [None, "1", "2"]
    kinds = [event["event"] for event in case.chronology()]
    assert kinds == ["opened", "captured", "attached", "captured", "attached", "captured"]
    assert verify(case.folder) == []


def test_a_page_that_is_gone_is_kept_as_gone_once(case: Case, web: Web) -> None:
    """Its end is an event; that it is still gone is none."""
    case.attach(f"{web.address}/faq")
    web.pages["/faq"] = (404, b"Not here.", {})
    report = case.capture(force=True)
    assert [one.before.value for one in report.changes if one.key == "contact" and one.before]
    events = len(case.chronology())
    web.pages["/faq"] = (410, b"Still not here.", {})
    case.capture(force=True)

    assert [event["event"] for event in case.chronology()[events:]] == ["captured"]


@pytest.mark.parametrize("status", [304, 401, 403, 429, 451])
def test_a_wall_says_nothing_about_the_page(case: Case, web: Web, status: int) -> None:
    """Who is kept out does not know that the page is gone: what it said stays."""
    case.attach(f"{web.address}/faq")
    facts, events = case.facts(), len(case.chronology())
    web.pages["/faq"] = (status, b"", {})
    case.capture(force=True)

    assert case.facts() == facts
    assert [event["event"] for event in case.chronology()[events:]] == ["captured"]
    with pytest.raises(HubUnreachableError, match=f"status {status}"):
        case.attach(f"{web.address}/faq")


def test_a_page_that_is_silent_keeps_what_it_said(case: Case, web: Web) -> None:
    """An outage of somebody's site takes no evidence away and stops no capture."""
    case.attach(f"{web.address}/faq")
    web.pages["/faq"] = (503, b"", {})
    case.capture(force=True)

    assert [one.state for one in case.facts() if (one.repo, one.key) == (REPO, "legal_basis")] == ["stated"]


def test_a_file_is_kept_under_its_name(case: Case, tmp_path: Path) -> None:
    """A page saved by hand, a mail, a PDF: a resource in the archive, read where it is text."""
    file = tmp_path / "reply.txt"
    file.write_text("We rely on legitimate interests for training the model.")
    case.attach(file, by="A. Example")
    (fact,) = [one for one in case.facts() if (one.repo, one.key) == (REPO, "legal_basis")]

    assert fact.file == "pages/reply.txt"
    assert verify(case.folder) == []


@pytest.mark.parametrize("name", ["a reply.txt", "a\r\nWARC-Type: warcinfo\r\n\r\nb.txt", "<b>ä%20.txt"])
def test_no_name_of_a_file_reaches_the_lines_of_the_archive(
    case: Case, tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """A blank or a line break in it stands there as an address writes it; the page keeps its own name."""
    file = tmp_path / name
    file.write_text("We rely on legitimate interests for training the model.")
    case.attach(file, by="A. Example")
    (fact,) = [one for one in case.facts() if (one.repo, one.key) == (REPO, "legal_basis")]

    assert fact.file == f"pages/{name}"
    assert verify(case.folder) == [] and not caplog.records


def test_what_cannot_be_added_is_refused_in_one_sentence(case: Case, web: Web, tmp_path: Path) -> None:
    """No such file, an empty one, no answer, a repo of another case: nothing is kept."""
    before = sorted(case.folder.rglob("*"))
    (tmp_path / "empty.txt").write_text("")
    for source, about in (
        (tmp_path / "none.txt", None),
        (tmp_path / "empty.txt", None),
        (f"{web.address}/faq", "models/other/one"),
    ):
        with pytest.raises(BadInputError):
            case.attach(source, about=about)
    web.pages["/broken"] = (500, b"", {})
    with pytest.raises(HubUnreachableError, match="Nothing was kept"):
        case.attach(f"{web.address}/broken")
    assert sorted(case.folder.rglob("*")) == before


def test_a_look_at_the_sample_without_network_leaves_pages_alone(
    tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sample is asked all the same; a page of the web is not, and what it said stays."""
    sample = Desk().new(tmp_path / "sample", SAMPLE)
    sample.capture()
    sample.attach(f"{web.address}/faq")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr(hub, "on_this_computer", lambda address: "/faq" not in address)
    said = [fact.id for fact in sample.facts()]
    assert sample.capture(force=True).changes == ()

    assert ([fact.id for fact in sample.facts()], len(web.asked)) == (said, 1)


def test_the_command(case: Case, web: Web) -> None:
    """As a person types it."""
    done = run("attach", case.folder, f"{web.address}/faq", "--about", "example/encoder")
    assert done.returncode == 0 and done.stdout.startswith("Kept as E")
    assert "no address of the web" in one_sentence(run("attach", case.folder, "http://"), 3)
    assert "no address of the web" in one_sentence(run("attach", case.folder, "http://[x/"), 3)

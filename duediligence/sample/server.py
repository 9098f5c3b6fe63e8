"""The sample Hub on loopback: for the demo, the notebook and the tests; nothing leaves this computer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from duediligence.sample.answers import Answer, SampleHub
from duediligence.sample.repository import read_renames, read_repositories

SAMPLE_REPO = "models/laion/CLIP-ViT-H-14-laion2B-s32B-b79K"
_FOLDER = Path(__file__).parent / "hub"
# What the Hub sends with every answer: how many calls are left in its window.
_ALWAYS = {"RateLimit": '"api";r=500;t=300', "RateLimit-Policy": '"fixed window";"api";q=500;w=300'}


class Handler(BaseHTTPRequestHandler):
    """One connection to the sample Hub."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16

    def __init__(self, hub: SampleHub, *connection: Any) -> None:
        self.hub = hub
        super().__init__(*connection)

    def do_GET(self) -> None:
        """Answer one question."""
        self.send(self.hub.answer(self.path, self.token))

    do_HEAD = do_GET

    @property
    def token(self) -> str | None:
        """The token that came along."""
        given = self.headers.get("Authorization")
        return given.partition(" ")[2] if given else None

    def send(self, answer: Answer) -> None:
        """Put *answer* on the line; a body the asker has already is not sent again."""
        body, status = answer.body, answer.status
        tag = answer.headers.get("ETag")
        if tag and status == 200 and tag in (self.headers.get("If-None-Match") or "").split(", "):
            status, body = 304, b""
        self.send_response_only(status)
        for key, value in {**_ALWAYS, **answer.headers}.items():
            self.send_header(key, value.encode("ascii", "replace").decode())
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the asker keeps every exchange."""


class Server(ThreadingHTTPServer):
    """A server whose connections end with it, and which does not speak of those that broke off."""

    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hung up is no error."""
        import sys

        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


_PORT = 47216
"""Wished for, so that looking at the sample again finds the same addresses and keeps the evidence numbers."""


@contextmanager
def serve(folder: Path = _FOLDER) -> Iterator[str]:
    """Serve the repositories under *folder* on this computer alone; gives the endpoint while it runs."""
    hub = SampleHub(read_repositories(folder), read_renames(folder))
    with running(partial(Handler, hub), _PORT) as endpoint:
        yield endpoint


@contextmanager
def running(handler: Any, port: int = 0) -> Iterator[str]:
    """A server for *handler* on this computer, at *port* when that is free; gives its address."""
    try:
        server = Server(("127.0.0.1", port), handler)
    except OSError:
        server = Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.02), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""The only door to the network: the Hub's own client, behind a transport that keeps every exchange."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

# Read when the client is imported. Without it the client may ask the Hub for a list of programs, and names
# what else is installed in every request.
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import httpx2
from huggingface_hub import HfApi, constants, get_session, set_client_factory
from huggingface_hub.utils import _http
from huggingface_hub.utils._headers import build_hf_headers

from duediligence.errors import BadInputError, HubUnreachableError, StoppedError
from duediligence.evidence.credentials import bearer, clean_headers, clean_url
from duediligence.evidence.endpoint import (
    endpoint_of,
    is_offline,
    on_this_computer,
    proxy_for,
    without_account,
)
from duediligence.evidence.exchange import Exchange, Reply
from duediligence.evidence.pace import NoAnswerError, Pace, Patience, may_change
from duediligence.ledger import stamp
from duediligence.version import VERSION

EXPAND = {
    "models": ["sha", "cardData", "gated", "disabled", "siblings", "pipeline_tag"],
    "datasets": ["sha", "cardData", "gated", "disabled", "siblings"],
}
"""The fields that are read. None that moves by itself, such as downloads: it would make each answer new."""

# What the client needs of an answer. It must not see how the body is packed (it would unpack a bomb), links
# to further pages (it would follow them), cookies, or the Hub's advice to log in.
_FOR_THE_CLIENT = ("content-type", "location", "x-error-code", "x-error-message")
_MAX_REDIRECTS = 5


class _ElsewhereError(Exception):
    """The Hub sends us on to another host, which is not contacted."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host


class Hub:
    """What can be asked of the Hub; every question brings a `Reply` and raises only `StoppedError`."""

    def __init__(
        self,
        endpoint: str,
        pace: Pace,
        clock: Callable[[], datetime],
        *,
        ours: bool,
        tag: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        self.endpoint = endpoint
        self._ours, self._tag = ours, tag
        self._pace, self._clock = pace, clock
        self._inner = _wire(endpoint)
        token = False if ours or without_account() else None
        name = "duediligence"
        self._api = HfApi(endpoint, token=token, library_name=name, library_version=VERSION)
        self._headers = partial(build_hf_headers, token=token, library_name=name, library_version=VERSION)

    def info(self, repo: str, revision: str | None = None) -> Reply:
        """What the Hub's database says about a repo."""
        kind, _, name = repo.partition("/")
        look_up: Callable[..., Any] = self._api.model_info if kind == "models" else self._api.dataset_info
        path = f"/api/{repo}" + (f"/revision/{quote(revision, safe='')}" if revision else "")
        return self._ask(path, partial(look_up, name, revision=revision, expand=EXPAND[kind]))

    def file(self, repo: str, revision: str, path: str) -> Reply:
        """One file as it lies in the repo at *revision*."""
        place = raw_path(repo, revision, path)
        return self._ask(place, lambda: get_session().get(self.endpoint + place, headers=self._headers()))

    def commits(self, repo: str, revision: str) -> Reply:
        """The newest commits up to *revision*: the first page."""
        kind, _, name = repo.partition("/")
        ask = partial(self._api.list_repo_commits, name, repo_type=kind[:-1], revision=revision)
        return self._ask(f"/api/{repo}/commits/{quote(revision, safe='')}", ask)

    def discussions(self, repo: str, page: int = 0) -> Reply:
        """One page of the list of threads, open and closed, pull requests too."""
        kind, _, name = repo.partition("/")
        path = f"/api/{repo}/discussions"
        if page == 0:
            listed = partial(
                self._api.get_repo_discussions, name, repo_type=kind[:-1], discussion_status="all"
            )
            return self._ask(path, lambda: next(iter(listed()), None))
        # The client turns pages only while it likes what stands on them.
        given: dict[str, str | int] = {"status": "all", "p": page}
        return self._ask(
            path, lambda: get_session().get(self.endpoint + path, headers=self._headers(), params=given)
        )

    def discussion(self, repo: str, number: int) -> Reply:
        """One thread with everything said in it."""
        kind, _, name = repo.partition("/")
        ask = partial(self._api.get_discussion_details, name, number, repo_type=kind[:-1])
        return self._ask(f"/api/{repo}/discussions/{number}", ask)

    def address(self, repo: str, revision: str, path: str) -> str:
        """Where `file` would ask."""
        return self.endpoint + raw_path(repo, revision, path)

    def close(self) -> None:
        """Let go of the connections."""
        self._inner.close()

    def _ask(self, path: str, question: Callable[[], object]) -> Reply:
        call = _Call(
            self.endpoint, path, self._pace, self._clock, self._inner, ours=self._ours, tag=self._tag
        )
        mine = _CALL.set(call)
        problem = elsewhere = None
        try:
            question()
        except StoppedError:
            raise
        except _ElsewhereError as error:
            elsewhere = error.host
        except NoAnswerError as error:
            problem = str(error)
        except httpx2.TooManyRedirects:
            problem = f"The Hub sent the question on more than {_MAX_REDIRECTS} times."
        except Exception as error:
            # What the client makes of a body (a date it cannot read, a field it misses) is not evidence and
            # no reason to lose the body. Without any exchange the question never went out.
            if not call.exchanges:
                problem = f"The question could not be put ({type(error).__name__})."
        finally:
            _CALL.reset(mine)
        return Reply(
            url=self.endpoint + path,
            at=stamp(self._clock()),
            exchanges=tuple(call.exchanges),
            problem=problem,
            elsewhere=elsewhere,
        )


class _Call:
    """One question under way: its exchanges, and the attempts behind each."""

    def __init__(
        self,
        endpoint: str,
        path: str,
        pace: Pace,
        clock: Callable[[], datetime],
        inner: httpx2.BaseTransport,
        *,
        ours: bool,
        tag: Callable[[str], str | None],
    ) -> None:
        self.exchanges: list[Exchange] = []
        self.ours = ours
        self._tag = tag
        self._origin = _origin(httpx2.URL(endpoint))
        self._path = httpx2.URL(endpoint + path).raw_path
        self._pace, self._clock, self._inner = pace, clock, inner

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        if _origin(request.url) != self._origin:
            raise _ElsewhereError(request.url.host)
        patience = self._pace.patience
        # The client passes timeout=None, which would wait for ever.
        silence = {"read": patience.read, "write": patience.read, "pool": patience.read}
        request.extensions = {**request.extensions, "timeout": {"connect": patience.connect, **silence}}
        if not self.exchanges and request.url.raw_path.partition(b"?")[0] != self._path:
            # The client renewing a token on the way: its own business, and none of ours to keep.
            return self._inner.handle_request(request)
        request.headers["Accept-Encoding"] = "identity"
        if known := self._tag(str(request.url)):
            request.headers["If-None-Match"] = known
        request.headers.pop("X-Amzn-Trace-Id", None)  # a random number that would make each capture differ
        with self._pace.question():
            return self._attempts(request)

    def _attempts(self, request: httpx2.Request) -> httpx2.Response:
        for attempt in range(len(self._pace.patience.pauses) + 1):
            exchange, response, why = self._once(request)
            if response is not None:
                self._pace.answered()
                return response
            drips = exchange is not None and exchange.truncated == "time"  # and would again
            if drips or not self._pace.pause(attempt, why):
                break
        self._pace.gave_up()
        raise NoAnswerError(f"{why[:1].upper()}{why[1:]}, {attempt + 1} times." if attempt else f"{why}.")

    def _once(self, request: httpx2.Request) -> tuple[Exchange | None, httpx2.Response | None, str]:
        """One attempt: the exchange if there was one, the answer for the client if it counts, or why not."""
        self._pace.begin()
        exchange = None
        try:
            response = self._inner.handle_request(request)
            body, truncated = _read(response, self._pace.patience)
            exchange = self._kept(request, response, body, truncated)
        except (httpx2.TransportError, OSError, ValueError) as error:
            return None, None, _network_problem(error, self._pace.patience)
        finally:
            if exchange is not None:
                self.exchanges.append(exchange)
            self._pace.end(exchange)
        if truncated == "disconnect":
            return exchange, None, "the answer of the Hub broke off"
        if truncated == "time":
            return exchange, None, f"the Hub was still sending after {self._pace.patience.answer:g} seconds"
        if may_change(response.status_code):
            return exchange, None, f"the Hub answered {response.status_code}"
        shown = [(k, v) for k, v in response.headers.multi_items() if k.lower() in _FOR_THE_CLIENT]
        answer = httpx2.Response(response.status_code, headers=shown, content=body, request=request)
        return exchange, answer, ""

    def _kept(
        self, request: httpx2.Request, response: httpx2.Response, body: bytes, truncated: str | None
    ) -> Exchange:
        sent = _text(request.headers.raw)
        token = bearer(sent)
        exchange = Exchange(
            url=clean_url(str(request.url), token),
            request_headers=clean_headers(sent, token),
            status=response.status_code,
            phrase=response.reason_phrase,
            headers=clean_headers(_text(response.headers.raw), token),
            body=body,
            received_at=stamp(self._clock()),
            truncated=truncated,
        )
        if token and token.encode() in body:
            return replace(exchange, body=b"", truncated="unspecified")
        if exchange.header("Location") != response.headers.get("Location", ""):
            return replace(exchange, body=b"")  # it repeats the address that was just cleaned
        return exchange


_CALL: ContextVar[_Call | None] = ContextVar("duediligence_call", default=None)


class _Transport(httpx2.BaseTransport):
    """Sends our questions our way, and whatever else runs in this program as it went before."""

    def __init__(self, others: httpx2.Client) -> None:
        self._others = others

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        call = _CALL.get()
        if call is None:
            return self._others.send(request, stream=True, follow_redirects=False)
        return call.handle(request)

    def close(self) -> None:
        self._others.close()


@contextmanager
def connect(
    endpoint: str | None = None,
    *,
    clock: Callable[[], datetime],
    tell: Callable[[str], None],
    stop: threading.Event,
    patience: Patience,
    tag: Callable[[str], str | None] = lambda _: None,
) -> Iterator[Hub]:
    """A line to the Hub at *endpoint*, or where HF_ENDPOINT says; *tell* gets a line for every wait.

    *tag* gives the ETag of the body that is on file for an address: then the answer may be a 304 without one.

    An *endpoint* on this computer is one of our own, the sample: it gets no token and needs no network.

    Raises:
        BadInputError: HF_ENDPOINT is no address.
        HubUnreachableError: huggingface_hub was told to stay offline.
    """
    address = endpoint_of(endpoint)
    ours = endpoint is not None and on_this_computer(address)
    if not ours and (constants.is_offline_mode() or is_offline()):
        raise HubUnreachableError(
            "HF_HUB_OFFLINE is set, so the Hub was not asked. Unset it and start again to look at the Hub."
        )
    pace = Pace(patience, clock=clock, tell=tell, stop=stop)
    with _in_place():
        hub = Hub(address, pace, clock, ours=ours, tag=tag)
        try:
            yield hub
        finally:
            pace.close()
            hub.close()


def page(
    address: str,
    *,
    clock: Callable[[], datetime],
    patience: Patience,
    condition: tuple[str, Mapping[str, str]] = ("", {}),
) -> Reply:
    """What the web has at *address*, a page a person named; no token and no cookie goes with the question.

    *condition* is an address that once gave a body, and the headers that ask there whether it is still the
    same: then the answer may be a 304 without one. No other address, met on the way, is sent them.

    Raises:
        BadInputError: it is no address of the web.
        HubUnreachableError: huggingface_hub was told to stay offline.
    """
    if not _of_the_web(address):
        raise BadInputError(f"{address} is no address of the web. Write https://…, or name a file.")
    if not on_this_computer(address) and (constants.is_offline_mode() or is_offline()):
        raise HubUnreachableError("HF_HUB_OFFLINE is set, so nothing was asked. Unset it, or name a file.")
    exchanges: list[Exchange] = []
    problem = None
    try:
        for _ in range(_MAX_REDIRECTS + 1):
            # As it goes over the line, in ASCII: an archive takes no other address.
            address = str(httpx2.URL(address))
            asks = condition[1] if address == condition[0] else {}
            exchanges.append(_asked(address, clock, patience, asks))
            ahead = exchanges[-1].header("Location")
            if exchanges[-1].status not in (301, 302, 303, 307, 308) or not ahead:
                break
            address = urljoin(address, ahead)
            if urlsplit(address).scheme not in ("http", "https"):
                problem = "it leads to something that is no page"
                break
        else:
            problem = f"it was sent on more than {_MAX_REDIRECTS} times"
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
        problem = f"{urlsplit(address).hostname} did not answer ({type(error).__name__})"
    return Reply(url=address, at=stamp(clock()), exchanges=tuple(exchanges), problem=problem)


def _of_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and parts.password is parts.username is None
    )


def _asked(
    address: str, clock: Callable[[], datetime], patience: Patience, asks: Mapping[str, str]
) -> Exchange:
    wait = {"connect": patience.connect, "read": patience.read, "write": patience.read, "pool": patience.read}
    said = {"User-Agent": f"duediligence/{VERSION}", "Accept": "text/html,*/*", "Accept-Encoding": "identity"}
    with _wire(address) as wire:
        request = httpx2.Request("GET", address, headers={**said, **asks}, extensions={"timeout": wait})
        response = wire.handle_request(request)
        body, truncated = _read(response, patience)
        return Exchange(
            url=address,
            request_headers=clean_headers(_text(request.headers.raw), None),
            status=response.status_code,
            phrase=response.reason_phrase,
            headers=clean_headers(_text(response.headers.raw), None),
            body=body,
            received_at=stamp(clock()),
            truncated=truncated,
        )


def raw_path(repo: str, revision: str, path: str) -> str:
    """Where a file lies as it is; the pages of a model carry no kind."""
    return f"/{repo.removeprefix('models/')}/raw/{quote(revision, safe='')}/{quote(path)}"


_lines = 0
_before: Callable[[], httpx2.Client] = _http.default_client_factory
_swap = threading.Lock()


@contextmanager
def _in_place() -> Iterator[None]:
    """Our transport under the client, for as long as anybody captures; then what was there before."""
    global _lines, _before
    with _swap:
        if _lines == 0:
            _before = _http._GLOBAL_CLIENT_FACTORY
            set_client_factory(partial(_client, _before))
        _lines += 1
    try:
        yield
    finally:
        with _swap:
            _lines -= 1
            if _lines == 0:
                set_client_factory(_before)


def _client(others: Callable[[], httpx2.Client]) -> httpx2.Client:
    return httpx2.Client(
        transport=_Transport(others()),
        event_hooks={"request": [_stay_offline]},
        follow_redirects=True,
        max_redirects=_MAX_REDIRECTS,
        timeout=None,
    )


def _stay_offline(request: httpx2.Request) -> None:
    """Refuse to go out when the client was told so; a Hub of our own is asked all the same."""
    call = _CALL.get()
    if call is None or not call.ours:
        _http.hf_request_event_hook(request)


def _read(response: httpx2.Response, patience: Patience) -> tuple[bytes, str | None]:
    """The body as it comes, and why it is not whole."""
    body = bytearray()
    ends = time.monotonic() + patience.answer
    try:
        for chunk in response.stream:  # type: ignore[union-attr]  # a sync transport gives a sync stream
            body += chunk
            if len(body) > patience.max_bytes:
                return b"", "length"
            if time.monotonic() > ends:
                return bytes(body), "time"
    except (httpx2.TransportError, OSError):
        return bytes(body), "disconnect"
    finally:
        response.close()
    return bytes(body), None


def _network_problem(error: Exception, patience: Patience) -> str:
    if isinstance(error, httpx2.ConnectTimeout):
        return f"no connection to the Hub within {patience.connect:g} seconds"
    if isinstance(error, httpx2.TimeoutException):
        return f"the Hub said nothing for {patience.read:g} seconds"
    if isinstance(error, httpx2.ConnectError):
        return f"no connection to the Hub ({error})" if str(error) else "no connection to the Hub"
    return "the connection to the Hub broke off"


def _origin(url: httpx2.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}.get(url.scheme)


def _text(raw: list[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    return [(key.decode("latin-1"), value.decode("latin-1")) for key, value in raw]


def _wire(endpoint: str) -> httpx2.HTTPTransport:
    try:
        return httpx2.HTTPTransport(proxy=proxy_for(endpoint))
    except (ValueError, ImportError) as error:
        raise BadInputError(f"The proxy that the environment names cannot be used: {error}") from error

"""What went over the line: one request with its answer, and all that one question to the Hub brought."""

from dataclasses import dataclass

REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One GET request and what came back, as received, credentials removed."""

    url: str
    request_headers: tuple[tuple[str, str], ...]
    status: int
    phrase: str
    """The words behind the status, such as ``OK``."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    """Bytes of the body as they came; never decoded."""

    received_at: str
    """When the last byte came, UTC with milliseconds."""

    truncated: str | None = None
    """Why *body* is not whole, in WARC's words: ``length``, ``time``, ``disconnect``, ``unspecified``."""

    def header(self, name: str) -> str:
        """Value of the first header called *name*, empty when there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def with_account(self) -> bool:
        """Whether a token went along."""
        return any(key.lower() == "authorization" for key, _ in self.request_headers)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """Every exchange of one question, retries and redirects included; the last one is the answer."""

    url: str
    """Address that was asked."""

    at: str
    """When asking ended, UTC with milliseconds."""

    exchanges: tuple[Exchange, ...]
    problem: str | None = None
    """Why there is no answer, in one sentence."""

    elsewhere: str | None = None
    """Host that the Hub sent us on to; it was not contacted."""

    @property
    def answer(self) -> Exchange | None:
        """The answer; ``None`` when asking ended without one."""
        return self.exchanges[-1] if self.exchanges and not self.problem and not self.elsewhere else None

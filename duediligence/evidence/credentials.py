"""What must not be kept of an exchange: the token, cookies and the signatures in addresses."""

import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit, urlunsplit

REDACTED = "REDACTED"
_HEADERS = ("authorization", "proxy-authorization", "cookie", "set-cookie")
_ADDRESSES = ("location", "content-location", "link", "referer")
# Storage hosts put what opens a file into its address: such an address is a key for as long as it holds.
_IN_QUERY = re.compile(
    r"([?&](?:[\w.-]*token|api_?key|sig|signature|policy|key-pair-id|x-amz-[\w-]+|x-goog-[\w-]+)=)[^&#>\s\"]*",
    re.IGNORECASE,
)


def bearer(headers: Iterable[tuple[str, str]]) -> str | None:
    """The token that a request with *headers* carries."""
    for key, value in headers:
        if key.lower() == "authorization":
            return value.partition(" ")[2].strip() or None
    return None


def clean_url(url: str, token: str | None) -> str:
    """*url* without user name, password, token and signatures."""
    parts = urlsplit(url)
    if "@" in parts.netloc:
        url = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    return _without(_IN_QUERY.sub(rf"\1{REDACTED}", url), token)


def clean_headers(headers: Iterable[tuple[str, str]], token: str | None) -> tuple[tuple[str, str], ...]:
    """*headers* with every credential replaced by ``REDACTED``; the names stay."""
    return tuple((key, _clean(key.lower(), value, token)) for key, value in headers)


def _clean(name: str, value: str, token: str | None) -> str:
    if name in _HEADERS:
        return REDACTED
    return clean_url(value, token) if name in _ADDRESSES else _without(value, token)


def _without(text: str, token: str | None) -> str:
    if not token:
        return text
    return text.replace(token, REDACTED).replace(quote(token, safe=""), REDACTED)

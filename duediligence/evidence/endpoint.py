"""Which Hub is asked and how, as the environment says: its address, a proxy, with or without an account."""

import os
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from duediligence.errors import BadInputError

THE_HUB = "https://huggingface.co"
_HERE = ("localhost", "127.0.0.1", "::1")


def endpoint_of(given: str | None) -> str:
    """The Hub's address: *given*, else HF_ENDPOINT as it is now, else the public Hub.

    Raises:
        BadInputError: it is no plain http or https address.
    """
    address = (given or os.environ.get("HF_ENDPOINT") or THE_HUB).rstrip("/")
    try:
        parts = urlsplit(address)
        plain = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        usable = plain and not parts.query and not parts.fragment and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise BadInputError(f"HF_ENDPOINT is no address of a Hub. Set it to an address such as {THE_HUB}.")
    return address


def proxy_for(endpoint: str) -> str | None:
    """The proxy that the environment names for *endpoint*, as the client uses it; none on this computer."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    if on_this_computer(endpoint) or proxy_bypass(host):
        return None
    named = getproxies()
    found = named.get(parts.scheme) or named.get("all")
    return found if not found or "://" in found else f"http://{found}"


def on_this_computer(endpoint: str) -> bool:
    """Whether *endpoint* is on this computer, so that asking it needs no network."""
    return urlsplit(endpoint).hostname in _HERE


def is_offline() -> bool:
    """Whether to stay off the network. The client reads this at import; set later, it counts too."""
    return _is_set("HF_HUB_OFFLINE")


def without_account() -> bool:
    """Whether the token of this computer is not to be used unasked."""
    return _is_set("HF_HUB_DISABLE_IMPLICIT_TOKEN")


def _is_set(name: str) -> bool:
    return os.environ.get(name, "").upper() in ("1", "ON", "YES", "TRUE")

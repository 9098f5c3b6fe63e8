"""Texts of others as a bill of materials takes them: whole characters, and addresses as addresses."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

OURS = "duediligence:"
"""How the names of our properties begin."""


def plain(text: str) -> str:
    """*text* with every half of a character that JSON readers refuse replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def property_of(name: str, value: str) -> dict[str, str]:
    """One property, under a name of ours."""
    return {"name": f"{OURS}{name}", "value": plain(value)}


def address(url: str) -> str:
    """*url* with what an address cannot hold written in percent."""
    return quote(plain(url), safe="%/:?#[]@!$&'()*+,;=~-._")


def filled(**fields: Any) -> dict[str, Any]:
    """*fields* without the empty ones, names as CycloneDX writes them."""
    names = {"bom_ref": "bom-ref"}
    return {names.get(key, key): value for key, value in fields.items() if value not in (None, "", [], {})}


def where(evidence: str | None, file: str | None) -> str:
    """``E2 README.md``: the place of a fact, as far as it has one."""
    return " ".join(part for part in (evidence, file) if part)


def listed(texts: Iterable[str]) -> str:
    """*texts* once each, sorted, with commas."""
    return ", ".join(sorted(set(texts)))

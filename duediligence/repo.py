"""Repositories as typed ids, ``models/owner/name`` or ``datasets/owner/name``, and how people write them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from duediligence.errors import BadInputError

KINDS = ("models", "datasets")
NAMED = "name:"
"""Prefix of something upstream that has a name and no Hub id: ``name:YFCC100M``."""

# The Hub's own rule (huggingface_hub.utils.validate_repo_id): letters, digits, "-", "_", ".", no "--" or
# ".." and no dash or dot at either end; 96 characters. The whole id is counted here: the stricter reading.
_ID = re.compile(r"(?:\b[\w\-.]+\b/)?\b[\w\-.]{1,96}\b", re.ASCII)
_REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}", re.ASCII)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|(?:www\.)?(?:huggingface\.co|hf\.co)/")


@dataclass(frozen=True, kw_only=True)
class RepoRef:
    """What a person pointed at: a repo, and perhaps a revision or a discussion of it."""

    repo: str
    """Typed id without revision: ``models/laion/CLIP-ViT-H-14-laion2B-s32B-b79K``."""

    revision: str | None = None
    """Branch, tag or commit as typed; ``None`` for the newest."""

    discussion: int | None = None
    """Number of the thread a pasted address led to."""


def is_hub_name(name: str) -> bool:
    """Whether the Hub could have a repository called *name* (``owner/name`` or ``name``)."""
    bad = len(name) > 96 or name.endswith(".git") or ".." in name or "--" in name
    return not bad and _ID.fullmatch(name) is not None


def typed(kind: str, name: str) -> str:
    """The typed id of *name*; what cannot be a Hub id keeps its words as ``name:…``."""
    return f"{kind}/{name}" if is_hub_name(name) else NAMED + " ".join(name.split())


def shown(about: str) -> str:
    """How a person reads a typed id, a name or an act: ``laion/laion2B-en``, ``YFCC100M``, ``publish``."""
    for prefix in ("models/", "datasets/", NAMED):
        if about.startswith(prefix):
            return about.removeprefix(prefix)
    return about


def kind_of(repo: str) -> str | None:
    """``models`` or ``datasets``; ``None`` for a bare name."""
    kind = repo.partition("/")[0]
    return kind if kind in KINDS and "/" in repo else None


def parse_repo(text: str) -> RepoRef:
    """Read what a person typed or pasted.

    Takes ``owner/name`` (a model), ``name``, ``models/…``, ``datasets/…``, each with ``@revision``
    behind it, and any address of a repository on the Hub: its page, its files, a discussion.

    Raises:
        BadInputError: it is a Space, another site's address or no id at all.
    """
    given = text.strip()
    if _ADDRESS.match(given):
        return _parse_address(given)
    name, at, revision = given.partition("@")
    if at and not _REVISION.fullmatch(revision):
        raise BadInputError(f"{given!r} names no revision after the @. Write owner/name@revision.")
    return RepoRef(repo=_typed_path(name.split("/"), given), revision=revision or None)


def _parse_address(given: str) -> RepoRef:
    address = urlsplit(given if "://" in given else f"https://{given}")
    host = (address.hostname or "").removeprefix("www.")
    # A private or a test Hub has another host; what matters is that the path reads as the Hub's.
    if address.scheme not in ("http", "https") or not host:
        raise BadInputError(f"{given!r} is no address of the Hub. Write owner/name.")
    if host not in ("huggingface.co", "hf.co") and not _is_configured_hub(address.netloc):
        raise BadInputError(f"{given!r} is not on the Hub. Write owner/name or paste the Hub's address.")
    parts = [unquote(part) for part in address.path.split("/") if part]
    if parts[:1] == ["api"]:
        parts = parts[1:]
    size = 3 if parts and parts[0] in (*KINDS, "spaces") else 2
    # Below the name: /tree/REV, /blob/REV/FILE, /resolve/REV/FILE, /raw/REV/FILE, /discussions/N.
    views = ("tree", "blob", "resolve", "raw", "commit", "commits", "discussions", "revision")
    cut = next(
        (i for i, part in enumerate(parts) if i and i <= size and part in views), min(size, len(parts))
    )
    below = parts[cut:]
    revision = below[1] if len(below) > 1 and below[0] != "discussions" else None
    thread = below[1] if len(below) > 1 and below[0] == "discussions" else ""
    if revision is not None and not _REVISION.fullmatch(revision):
        raise BadInputError(f"{given!r} names no revision this program can ask for.")
    return RepoRef(
        repo=_typed_path(parts[:cut], given),
        revision=None if revision in (None, "main") else revision,
        discussion=int(thread) if thread.isascii() and thread.isdigit() and len(thread) < 10 else None,
    )


def _is_configured_hub(netloc: str) -> bool:
    import os

    return netloc == urlsplit(os.environ.get("HF_ENDPOINT", "")).netloc


def _typed_path(parts: list[str], given: str) -> str:
    if parts[:1] == ["spaces"]:
        raise BadInputError(f"{given!r} is a Space. Only models and datasets can be looked at.")
    kind, rest = (parts[0], parts[1:]) if parts and parts[0] in KINDS else ("models", parts)
    name = "/".join(rest)
    if not rest or len(rest) > 2 or not is_hub_name(name):
        raise BadInputError(
            f"{given!r} is no repository id. Write owner/name, for instance laion/laion2B-en."
        )
    return f"{kind}/{name}"


def today(repo: str, renamed: Mapping[str, str]) -> str:
    """The id *repo* has today; *renamed* maps an old id to the one it led to."""
    seen = {repo}
    while repo in renamed and renamed[repo] not in seen:
        repo = renamed[repo]
        seen.add(repo)
    return repo

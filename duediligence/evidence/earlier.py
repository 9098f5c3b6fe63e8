"""What an earlier capture holds, for the next one: what cannot have changed is not asked for again."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from duediligence.errors import BadInputError
from duediligence.evidence import archive
from duediligence.evidence.manifest import Entry, Manifest, in_effect

_ACCESS = ("gated", "disabled")
_DEFINITE = ("present", "empty", "not_found")
"""States that hold for good at one revision; an outage ends, and an account can be given access."""


class Earlier:
    """The entries in effect before a capture, and their bodies.

    Args:
        known: manifests of the captures before, oldest first.
        folder: where these captures lie.
    """

    def __init__(self, known: Sequence[Manifest] = (), folder: Path | None = None) -> None:
        self._folder = folder
        self._entries = {(entry.repo, entry.resource): entry for entry in in_effect(known)}
        self._by_url = {entry.url: entry for entry in self._entries.values() if entry.state == "present"}

    def same(self, entry: Entry) -> bool:
        """Whether the very same body was received for the same resource."""
        before = self._entries.get((entry.repo, entry.resource))
        return before is not None and entry.sha256 is not None and before.sha256 == entry.sha256

    def tag(self, url: str) -> str | None:
        """The ETag of what is on file from *url*, to ask whether it is still the same; ``None`` without."""
        entry = self._by_url.get(url)
        if entry is None or self._folder is None:
            return None
        try:
            return archive.read_tag(self._folder, entry)
        except BadInputError:
            return None

    def open_as(self, repo: str, info: Mapping[str, Any]) -> bool:
        """Whether the repo was open to the same people when it was last received."""
        held = self.held(repo, "info")
        try:
            before = json.loads(held[1]) if held else None
        except ValueError:
            return False
        return isinstance(before, dict) and all(before.get(key) == info.get(key) for key in _ACCESS)

    def held(self, repo: str, resource: str, *, account: bool = True) -> tuple[Entry, bytes] | None:
        """The entry of a resource that holds for good, and its body; ``None`` when it must be asked for.

        *account* says whether the Hub is asked with a token: without one, what is gated stays so.
        """
        entry = self._entries.get((repo, resource))
        definite = _DEFINITE if account else (*_DEFINITE, "gated")
        if entry is None or entry.state not in definite or self._folder is None:
            return None
        if entry.sha256 is None:
            return entry, b""
        try:
            return entry, archive.read_body(self._folder, entry)
        except BadInputError:
            # Altered or gone: it is received anew, and `verify` names the damage.
            return None

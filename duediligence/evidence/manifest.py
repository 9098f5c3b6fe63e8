"""What one capture received: a list of resources, each with its state and the place of its bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

STATES = (
    "present",
    "empty",
    "not_found",
    "gated",
    "disabled",
    "renamed",
    "unreachable",
    "unreadable",
)
"""Every resource ends in exactly one of these; none is ever guessed."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One resource of one repo, as one capture found it."""

    repo: str
    """Typed id the resource belongs to."""

    resource: str
    """``info``, ``README.md``, a license or notice file, ``commits``, ``discussions``, ``discussions/4``."""

    url: str
    """Address the body was received from."""

    state: str
    """One of `STATES`."""

    revision: str | None
    """Commit the resource is pinned to; ``None`` for what has no commit, such as discussions."""

    received_at: str
    """When the answer came, UTC with milliseconds."""

    sha256: str | None
    """Digest of the body as received; ``None`` without a body."""

    length: int | None
    """Bytes of the body."""

    evidence: str | None
    """``E1``, ``E2`` …: the number of this body (address and digest) in the case."""

    record: tuple[str, int] | None
    """Capture and offset of the WARC record in its ``exchanges.warc.gz``; ``None`` when nothing came back."""

    reason: str | None = None
    """Why it is ``unreadable`` or ``unreachable``, in one sentence."""

    now: str | None = None
    """Typed id a ``renamed`` repo has today."""

    def to_json(self) -> dict[str, Any]:
        """The object of the contract; ``reason`` and ``now`` only when there are any."""
        out: dict[str, Any] = {
            "repo": self.repo,
            "resource": self.resource,
            "url": self.url,
            "state": self.state,
            "revision": self.revision,
            "received_at": self.received_at,
            "sha256": self.sha256,
            "length": self.length,
            "evidence": self.evidence,
            "record": list(self.record) if self.record else None,
        }
        if self.reason:
            out["reason"] = self.reason
        if self.now:
            out["now"] = self.now
        return out

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Entry":
        """Read an entry of a manifest; unknown fields of later versions are left aside."""
        record = given.get("record")
        return cls(
            repo=given["repo"],
            resource=given["resource"],
            url=given["url"],
            state=given["state"],
            revision=given.get("revision"),
            received_at=given["received_at"],
            sha256=given.get("sha256"),
            length=given.get("length"),
            evidence=given.get("evidence"),
            record=(record[0], record[1]) if record else None,
            reason=given.get("reason"),
            now=given.get("now"),
        )


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """All entries of one capture, in the order in which evidence is numbered."""

    capture: str
    """Name of its folder: ``2026-11-22T091407Z-eff315e0``, time and first digits of the exchanges' digest."""

    entries: tuple[Entry, ...]

    account: bool = False
    """Whether a token was sent to the Hub."""


PAGES = "pages/"
"""How the resource of a page begins that a person added; its address or file name follows."""


def in_effect(manifests: Sequence[Manifest]) -> tuple[Entry, ...]:
    """What is known after *manifests*, oldest first: the newest capture, where it reached something.

    What the newest one could not reach keeps the entry of the last capture that did; so does what only
    an unreachable repo would have led to. Order is that of the newest manifest, carried entries behind.
    Pages a person added stay until the same page is added again: no look at the Hub reaches them.
    """
    return after_each(manifests)[-1] if manifests else ()


def after_each(manifests: Sequence[Manifest]) -> list[tuple[Entry, ...]]:
    """What is known after each of *manifests*, as `in_effect` tells it of the last."""
    known: dict[tuple[str, str], Entry] = {}
    out = []
    for manifest in manifests:
        known = _with(known, manifest)
        out.append(tuple(known.values()))
    return out


def _with(known: Mapping[tuple[str, str], Entry], manifest: Manifest) -> dict[tuple[str, str], Entry]:
    new = {(entry.repo, entry.resource): entry for entry in manifest.entries}
    if new and all(resource.startswith(PAGES) for _, resource in new):
        return {**known, **new}
    lost = {repo for (repo, resource), e in new.items() if resource == "info" and e.state == "unreachable"}
    asked = {repo for repo, _ in new}
    merged = {
        key: known.get(key, entry) if entry.state == "unreachable" else entry for key, entry in new.items()
    }
    for key, entry in known.items():
        page = key[1].startswith(PAGES)
        # Once it is known, the repo is asked for by its new id alone, and the old one still leads there.
        moved = entry.state == "renamed" and entry.now in asked
        if key not in merged and (page or moved or key[0] in lost or (lost and key[0] not in asked)):
            merged[key] = entry
            asked |= {key[0]} if moved else set()
    return merged


def before_newest(manifests: Sequence[Manifest]) -> int:
    """Place of the last of *manifests*, oldest first and at least two, before the newest look.

    A page that was on file before and is kept anew behind a look at the Hub was found by that look.
    """
    at = len(manifests) - 1
    while at > 1 and _found_changed(manifests[at], manifests[:at]):
        at -= 1
    return at - 1


def _found_changed(manifest: Manifest, before: Sequence[Manifest]) -> bool:
    pages = {(entry.repo, entry.resource) for entry in manifest.entries}
    known = {(entry.repo, entry.resource) for one in before for entry in one.entries}
    return all(resource.startswith(PAGES) for _, resource in pages) and pages <= known


def numbered_once(manifests: Sequence[Manifest]) -> tuple[Manifest, ...]:
    """The same manifests, in the graph's order, with no evidence number naming two bodies.

    Two captures that did not know each other may have given one number twice; the later one gets a
    letter behind it, ``E8b``, for ever.
    """
    owner: dict[str, tuple[str, str | None]] = {}
    out = []
    for manifest in manifests:
        entries = tuple(_numbered(entry, owner) for entry in manifest.entries)
        out.append(replace(manifest, entries=entries))
    return tuple(out)


def _numbered(entry: Entry, owner: dict[str, tuple[str, str | None]]) -> Entry:
    if entry.evidence is None:
        return entry
    body = (entry.url, entry.sha256)
    for letter in ("", *"bcdefghijklmnopqrstuvwxyz"):
        if owner.setdefault(entry.evidence + letter, body) == body:
            return replace(entry, evidence=entry.evidence + letter)
    return entry

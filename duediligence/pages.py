"""Pages outside the Hub that a person adds: from a source to an event, and looking at them again."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from duediligence.errors import BadInputError, HubUnreachableError
from duediligence.evidence import attaching
from duediligence.evidence.manifest import PAGES, Entry, Manifest
from duediligence.folder import CaseFolder
from duediligence.snapshot import Snapshot

_WEB = ("http://", "https://")


def add(
    files: CaseFolder,
    now: Snapshot,
    source: str,
    about: str | None,
    clock: Callable[[], datetime],
    randomness: Callable[[int], bytes],
) -> tuple[Mapping[str, Any], Entry]:
    """Keep *source*, an address or the path of a file, as a page about a repo of the case.

    Gives the fields of its ``attached`` event, and what is on file now.

    Raises:
        BadInputError: no such file or address, or *about* is no repo of the case.
        HubUnreachableError: the address gave no page; nothing was kept.
        NotSavedError: the disk refused.
    """
    repo = _repo(now, about)
    if source.startswith(_WEB):
        done = attaching.attach_page(
            files.captures, source, repo, known=now.manifests, clock=clock, randomness=randomness
        )
    else:
        done = attaching.attach_file(
            files.captures, Path(source), repo, known=now.manifests, clock=clock, randomness=randomness
        )
    assert done is not None, "a page that is asked for the first time is kept or refused"
    return _event(done, source, repo), done.manifest.entries[0]


def again(
    files: CaseFolder,
    now: Snapshot,
    folder: Path,
    clock: Callable[[], datetime],
    randomness: Callable[[int], bytes],
) -> Iterator[tuple[Manifest, Mapping[str, Any]]]:
    """Look again at every address, and keep in *folder* what has changed; silence changes nothing.

    Gives the manifest of each page that has changed, and the fields of its ``attached`` event.
    """
    known = list(now.manifests)
    unchanged: set[tuple[str, str | None]] = set()
    for entry in now.entries:
        # One address may be on file about several repositories; asking once tells it of all.
        asked = (entry.url, entry.sha256) in unchanged
        if entry.resource.startswith(PAGES) and entry.url.startswith(_WEB) and not asked:
            done = None
            with suppress(HubUnreachableError):  # told to stay offline; the Hub asked is one of our own
                done = attaching.attach_page(
                    folder,
                    entry.url,
                    entry.repo,
                    known=known,
                    clock=clock,
                    randomness=randomness,
                    before=entry,
                    kept_in=files.captures,
                )
            if done is None:
                unchanged.add((entry.url, entry.sha256))
            else:
                known.append(done.manifest)
                yield done.manifest, _event(done, entry.url, entry.repo)


def told(entry: Entry, now: Snapshot) -> str:
    """One sentence on what was kept, and what it speaks of."""
    if entry.state != "present":
        return f"Kept: there is no page at {entry.url} now."
    keys = dict.fromkeys(fact.key.replace("_", " ") for fact in now.facts if fact.file == entry.resource)
    read = f"It speaks of: {', '.join(keys)}." if keys else "Nothing was read from it."
    return f"Kept as {entry.evidence}. {read}"


def _event(done: attaching.Attached, source: str, repo: str) -> Mapping[str, Any]:
    return {
        "event": "attached",
        "capture": done.manifest.capture,
        "manifest": done.manifest_sha256,
        "exchanges": done.exchanges_sha256,
        "source": source,
        "about": repo,
    }


def _repo(now: Snapshot, about: str | None) -> str:
    known = [now.lineage.repo, *(node.id for node in now.lineage.repos)]
    if about is None:
        return known[0]
    found = next((one for one in known if about in (one, one.partition("/")[2])), None)
    if found is None:
        raise BadInputError(f"{about} is no repository of this case. It knows: {', '.join(known[:6])}.")
    return found

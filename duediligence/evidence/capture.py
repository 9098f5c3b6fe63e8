"""One gathering from the Hub: the repo and everything upstream, asked for in waves, kept as received."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

from duediligence.errors import BadInputError, StoppedError, UnreadableError
from duediligence.evidence import entries
from duediligence.evidence.earlier import Earlier
from duediligence.evidence.gathering import Gathering
from duediligence.evidence.inquiry import Inquiry
from duediligence.evidence.manifest import Manifest
from duediligence.evidence.new_capture import NewCapture
from duediligence.evidence.pace import Patience
from duediligence.repo import RepoRef, is_hub_name, kind_of, shown


@dataclass(frozen=True)
class Upstream:
    """A repo that another one is made from, as far as its own words say."""

    repo: str
    """Typed id, as written there."""

    follow: bool
    """Whether its own upstream is asked for too: true for what is declared or accepted."""


ReadUpstream = Callable[[str, Mapping[str, bytes]], Sequence[Upstream]]
"""From a typed id and its bodies, by resource (``info``, ``README.md``), to what it is made from."""


@dataclass(frozen=True)
class Captured:
    """What one capture put on disk."""

    manifest: Manifest
    manifest_sha256: str
    exchanges_sha256: str
    endpoint: str
    complete: bool
    """Whether nothing was left out and everything answered."""

    limits: tuple[str, ...]
    """What was left out, one sentence each."""


def _silent(line: str) -> None:
    """Tell nobody."""


def capture(
    folder: Path,
    ref: RepoRef,
    *,
    read_upstream: ReadUpstream,
    known: Sequence[Manifest] = (),
    clock: Callable[[], datetime],
    randomness: Callable[[int], bytes],
    progress: Callable[[str], None] = _silent,
    stop: threading.Event | None = None,
    endpoint: str | None = None,
    max_repos: int = 250,
    patience: Patience | None = None,
    kept_in: Path | None = None,
) -> Captured:
    """Gather *ref* and what it is made from into a new folder under *folder*, the captures of a case.

    Evidence numbers go on from those in *known*, the manifests of earlier captures; the same body from the
    same address keeps its number, and what cannot have changed since is not asked for again: they lie in
    *kept_in*, in *folder* itself when left out. *progress* gets every step and every wait as one line, in
    the caller's thread. Setting *stop* ends the work within two seconds.

    Raises:
        HubUnreachableError: the repo itself gave no definite answer; nothing was written.
        StoppedError: it was stopped; nothing was written.
        NotSavedError: the disk refused; nothing counts as captured.
        BadInputError: the repo's id or the Hub's address cannot be used.
    """
    from duediligence.evidence import hub  # the client takes 0.2 s to import; no other command pays for it

    if not _on_the_hub(ref.repo):
        raise BadInputError(f"{shown(ref.repo)!r} is no repository of the Hub. Write owner/name.")
    stop = stop or threading.Event()
    news: SimpleQueue[str] = SimpleQueue()
    earlier = Earlier(known, kept_in or folder)
    with hub.connect(
        endpoint, clock=clock, tell=news.put, stop=stop, patience=patience or Patience(), tag=earlier.tag
    ) as line:
        gathering = Gathering(
            Inquiry(line, ref),
            line.endpoint,
            partial(NewCapture, folder, clock=clock, randomness=randomness),
            tell=news.put,
            idle=partial(_hand_on, news, progress, stop),
            earlier=earlier,
        )
        try:
            _follow(gathering, ref.repo, read_upstream, max_repos)
            _hand_on(news, progress, stop)
            found = entries.numbered(entries.in_order(gathering.found), known)
            manifest, manifest_sha256, exchanges_sha256 = gathering.kept.commit(
                found, account=gathering.account
            )
        except BaseException:
            gathering.discard()
            raise
    return Captured(
        manifest=manifest,
        manifest_sha256=manifest_sha256,
        exchanges_sha256=exchanges_sha256,
        endpoint=line.endpoint,
        complete=not gathering.limits and all(entry.state != "unreachable" for entry in found),
        limits=tuple(gathering.limits),
    )


def _follow(gathering: Gathering, root: str, read_upstream: ReadUpstream, max_repos: int) -> None:
    """Look at *root*, then at what it is made from, and so on: breadth first, each repo once."""
    wave = {root: True}
    made_from: dict[str, Sequence[Upstream]] = {}
    followed: set[str] = set()
    left_out: set[str] = set()
    distance = 0
    while wave:
        # What is declared before what is only named, should there not be room for all.
        new = sorted((repo for repo in wave if repo not in gathering.asked), key=lambda r: (not wave[r], r))
        room = max(0, max_repos - len(gathering.asked))
        left_out.update(new[room:])
        for repo, bodies in gathering.look(new[:room], distance).items():
            made_from[repo] = _upstream(gathering, read_upstream, repo, bodies)
        follow = {gathering.now.get(repo, repo) for repo in wave if wave[repo]} - followed
        followed |= follow
        wave = {}
        for up in (up for repo in sorted(follow) for up in made_from.get(repo, ()) if _on_the_hub(up.repo)):
            wave[up.repo] = wave.get(up.repo, False) or up.follow
        distance += 1
    left_out -= gathering.asked
    if left_out:
        first = ", ".join(shown(repo) for repo in sorted(left_out)[:3])
        gathering.limits.append(
            f"A capture stops at {max_repos} repositories: {len(left_out)} more named upstream were not "
            f"looked at, among them {first}."
        )


def _upstream(
    gathering: Gathering, read_upstream: ReadUpstream, repo: str, bodies: Mapping[str, bytes]
) -> Sequence[Upstream]:
    try:
        return read_upstream(repo, bodies)
    except UnreadableError as error:
        gathering.limits.append(f"What {shown(repo)} is made from could not be read: {error}")
        return ()


def _on_the_hub(repo: str) -> bool:
    return kind_of(repo) is not None and is_hub_name(shown(repo))


def _hand_on(news: "SimpleQueue[str]", progress: Callable[[str], None], stop: threading.Event) -> None:
    """Tell the caller what happened since the last time, in the caller's thread."""
    while True:
        try:
            progress(news.get_nowait())
        except Empty:
            break
    if stop.is_set():
        raise StoppedError("Stopped. Nothing was written.")

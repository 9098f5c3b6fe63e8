"""What was not read of the chain, for page 1: named once, with its evidence and who can supply it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duediligence.memo.exhibits import ANNEX_E, Exhibits
from duediligence.memo.statement import Ref, Statement, listed, name, say
from duediligence.memo.words import STATES, counted
from duediligence.repo import kind_of, shown

_NAMES = 3
"""Names a line gives; the others are counted, and stand in the list of the chain."""

_UNREAD = {
    "gated": "behind access terms",
    "not_found": STATES["not_found"],
    "disabled": STATES["disabled"],
    "unreachable": STATES["unreachable"],
    "unreadable": STATES["unreadable"],
}
_NAME = "a name, not on the Hub; nobody looked"
_NOT_ASKED = "not asked for"
_SUPPLY = "Whoever publishes these, or was let in, can supply card and license"


@dataclass(frozen=True, kw_only=True)
class NotRead:
    """Repositories and names whose own words are not on file."""

    repos: tuple[Statement, ...]
    """Those for one reason in one statement, each with what is on file of it."""

    who: str
    """Who can supply their words, and how many findings hang on that."""


def not_read(ex: Exhibits) -> NotRead | None:
    """``None`` when everything was read that the chain names or a finding needs."""
    by_state: dict[str, list[str]] = {}
    for repo, why in sorted(_unread(ex), key=lambda one: (kind_of(one[0]) != "models", one)):
        by_state.setdefault(why, []).append(repo)
    if not by_state:
        return None
    order = [*_UNREAD.values(), _NAME, _NOT_ASKED]
    hang = sum(bool(one.unread) for one in ex.inputs.findings.findings)
    hangs = f"; {counted(hang, 'finding')} {'hangs' if hang == 1 else 'hang'} on that (annex C)"
    return NotRead(
        repos=tuple(_named(ex, by_state[why], why) for why in sorted(by_state, key=order.index)),
        who=f"{_SUPPLY}{hangs if hang else ''}.",
    )


def _unread(ex: Exhibits) -> Iterator[tuple[str, str]]:
    """Each repo or name, and why its words are not on file."""
    needed = {repo for one in ex.inputs.findings.findings for repo in one.unread}
    states = {node.id: node.state for node in ex.inputs.lineage.repos}
    for repo in {*states, *needed}:
        state = states.get(repo)
        if state in _UNREAD and (repo != ex.inputs.repo or repo in needed):
            yield repo, _UNREAD[state]
        elif repo in needed and repo != ex.inputs.repo:
            yield repo, _NOT_ASKED if kind_of(repo) else _NAME


def _named(ex: Exhibits, repos: Sequence[str], why: str) -> Statement:
    more = f" and {len(repos) - _NAMES} more" if len(repos) > _NAMES else ""
    names = listed([name(shown(one), 60) for one in repos[:_NAMES]], ", " if more else " and ")
    return say(names, f"{more} ({why})", support=tuple(ref for one in repos for ref in _on_file(ex, one)))


def _on_file(ex: Exhibits, repo: str) -> tuple[Ref, ...]:
    """What the Hub sent of *repo*, if anything with a number; else the list of what was asked for."""
    entry = ex.entry(repo, "info")
    return ex.ref(entry.evidence if entry else None) or (ANNEX_E,)

"""The questions that are put about a repo, one for each resource."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from duediligence.evidence import selection
from duediligence.evidence.exchange import Reply
from duediligence.repo import RepoRef

if TYPE_CHECKING:
    from duediligence.evidence.hub import Hub

CARD = "README.md"
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, kw_only=True)
class Question:
    """One resource to ask for."""

    repo: str
    resource: str
    ask: Callable[[], Reply]
    shape: type[dict[str, Any]] | type[list[Any]] | None = None
    """What its JSON must be; ``None`` for a file."""

    revision: str | None = None
    gated: bool = False
    """Whether the repo's info says that one must ask for access."""


@dataclass(frozen=True, kw_only=True)
class Visited:
    """A repo whose info came."""

    repo: str
    info: Mapping[str, Any]
    body: bytes
    """The info as received."""

    @property
    def sha(self) -> str | None:
        """Commit at which its files are read; ``None`` when the info names none that could be one."""
        return commit_of(self.info)

    @property
    def gated(self) -> bool:
        """Whether it says that one must ask for access."""
        return self.info.get("gated") not in (None, False)


class Inquiry:
    """Questions about the repo a person pointed at, and about those upstream of it."""

    def __init__(self, line: "Hub", ref: RepoRef) -> None:
        self._line, self._ref = line, ref
        self.root = ref.repo
        """The repo under the id it has today."""

    def info(self, repo: str) -> Question:
        """What the Hub says about *repo*, at the revision the person named if it is theirs."""
        revision = self._ref.revision if repo == self._ref.repo else None
        return Question(
            repo=repo,
            resource="info",
            ask=partial(self._line.info, repo, revision),
            shape=dict,
            revision=revision,
        )

    def card(self, visited: Visited) -> Question:
        """Its card, listed or not: that there is none is worth knowing."""
        return self.file(visited, CARD)

    def file(self, visited: Visited, path: str) -> Question:
        """One of its files."""
        ask = partial(self._line.file, visited.repo, self._at(visited), path)
        return Question(repo=visited.repo, resource=path, ask=ask, revision=visited.sha, gated=visited.gated)

    def commits(self, visited: Visited) -> Question:
        """Its newest commits."""
        ask = partial(self._line.commits, visited.repo, self._at(visited))
        return Question(
            repo=visited.repo,
            resource="commits",
            ask=ask,
            shape=list,
            revision=visited.sha,
            gated=visited.gated,
        )

    def discussions(self, repo: str, page: int = 0) -> Question:
        """One page of the list of its threads."""
        resource = f"discussions?p={page}" if page else "discussions"
        return Question(
            repo=repo, resource=resource, ask=partial(self._line.discussions, repo, page), shape=dict
        )

    def threads(self, repo: str, found: Sequence[selection.Thread]) -> list[Question]:
        """Those of its threads that are worth reading, and the one a person pointed at."""
        wanted = self._ref.discussion if repo == self.root else None
        return [
            Question(
                repo=repo,
                resource=f"discussions/{number}",
                ask=partial(self._line.discussion, repo, number),
                shape=dict,
            )
            for number in selection.worth_reading(found, wanted)
        ]

    def address(self, visited: Visited, path: str) -> str:
        """Where a file of it would be asked for."""
        return self._line.address(visited.repo, self._at(visited), path)

    def _at(self, visited: Visited) -> str:
        named = self._ref.revision if visited.repo == self.root else None
        return visited.sha or named or "main"


def commit_of(info: Mapping[str, Any]) -> str | None:
    """The commit that *info* describes; ``None`` when it names none that could be one."""
    sha = info.get("sha")
    return sha if isinstance(sha, str) and len(sha) in (40, 64) and _HEX.issuperset(sha) else None

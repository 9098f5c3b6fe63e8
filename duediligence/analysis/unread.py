"""Which repos were not read, where that keeps a condition open: then nobody has stated what it speaks of."""

from collections.abc import Iterator

from duediligence.analysis.abouts import expand
from duediligence.analysis.logic import Grounds
from duediligence.analysis.outcome import Leaf, Outcome

_NOT_READ = ("not_reached", "unreadable")
_OF_CHAIN = "chain."
"""Prefix of the facts that were worked out from the licenses of a repo and of what it is made from."""


def unread(test: Outcome, grounds: Grounds) -> tuple[str, ...]:
    """The repos and names whose sources were not read, or could not be, and that keep *test* open; sorted.

    Also those that a condition asks for because they were not read.
    """
    leaves = test.open or [leaf for leaf in test.leaves if "read" in leaf.condition]
    return tuple(
        sorted({repo for leaf in leaves if "fact" in leaf.condition for repo in _unread(leaf, grounds)})
    )


def _unread(leaf: Leaf, grounds: Grounds) -> Iterator[str]:
    if leaf.about and (leaf.why in _NOT_READ or (leaf.value and "read" in leaf.condition)):
        yield leaf.about
    elif leaf.about and leaf.condition["fact"].startswith(_OF_CHAIN) and not _stated_upstream(leaf, grounds):
        yield from (one for one in expand(grounds.situation)["parent"] if one and _is_silent(one, grounds))


def _stated_upstream(leaf: Leaf, grounds: Grounds) -> bool:
    """Whether it is open for a license that is stated: one upstream whose terms nobody knows, or its own."""
    behind = {fact.repo for one in leaf.facts for fact in grounds.basis(one)} - {leaf.about}
    own = grounds.facts(leaf.about or "", "license.commercial_use")
    return bool(behind) or leaf.why == "differ" or not any(fact.state == "stated" for fact in own)


def _is_silent(repo: str, grounds: Grounds) -> bool:
    facts = grounds.facts(repo, "license")
    return not facts or any(fact.state in _NOT_READ for fact in facts)

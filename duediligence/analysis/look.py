"""What needs another look: an answer compared with what its question and its sources say now."""

from collections.abc import Callable, Collection, Sequence

from duediligence.facts.fact import QUOTED_SOURCES, Fact, collapse
from duediligence.history import Shown

SOURCE_CHANGED = "the source changed"
READ_DIFFERENTLY = "this program reads the same bytes differently"
QUESTION_CHANGED = "the question changed"

Change = tuple[str, Fact | None, Fact | None]
"""The cause, the fact that was shown, the fact there is now; both ``None`` when the question changed."""

_Same = tuple[str | None, str, str | None, str | None, str | None]


def changed(
    then: Shown,
    text: str,
    choices: Sequence[str],
    now: Callable[[str, str], Sequence[Fact]],
    reread: Collection[Fact] = (),
) -> tuple[Change, ...]:
    """What differs from what was shown; empty when nothing does.

    For each repo and key that was shown, the sets of (source, state, value, and the quote with white space
    collapsed where the source is prose, a discussion, a page or a license file; with it all words of a
    license file, and of a thread) are compared, and the question's text and slugs. Revision, place in the
    file, digest of the bytes, time and order are never compared.

    Args:
        then: what the answer was shown, or what was shown when somebody last kept it.
        text: the question as it reads now.
        choices: its slugs now.
        now: the facts of a repo under a key.
        reread: what this program reads today in the bodies the answer was shown.
    """
    found: list[Change] = []
    if then.text != text or tuple(then.choices) != tuple(choices):
        found.append((QUESTION_CHANGED, None, None))
    places = dict.fromkeys((fact.repo, fact.key) for fact in then.facts)
    for repo, key in places:
        old = {same(fact): fact for fact in then.facts if (fact.repo, fact.key) == (repo, key)}
        new = _by_what_was_kept(now(repo, key), old)
        gone = [fact for name, fact in old.items() if name not in new]
        came = [fact for name, fact in new.items() if name not in old]
        for before, after in paired(gone, came):
            found.append(
                (_cause(before, after, list(old.values()), list(new.values()), reread), before, after)
            )
    return tuple(found)


def same(fact: Fact) -> _Same:
    """What makes two facts of one repo and key the same."""
    quote = collapse(fact.quote or "") if fact.source in QUOTED_SOURCES else None
    return fact.source, fact.state, fact.value, quote, fact.words


def _by_what_was_kept(facts: Sequence[Fact], old: Collection[_Same]) -> dict[_Same, Fact]:
    """The facts of today, as comparable with *old*: what was kept without its words is compared without."""
    out = {}
    for fact in facts:
        name = same(fact)
        without = (*name[:4], None)
        out[without if without in old else name] = fact
    return out


def paired(gone: list[Fact], came: list[Fact]) -> list[tuple[Fact | None, Fact | None]]:
    """One fact replaced by another shares a row: same source and value first, same source, then in order."""
    pairs: list[tuple[Fact | None, Fact | None]] = []
    left, arrived = list(gone), list(came)
    for alike in (lambda fact: (fact.source, fact.value), lambda fact: fact.source):
        for before in list(left):
            after = next((fact for fact in arrived if alike(fact) == alike(before)), None)
            if after is not None:
                pairs.append((before, after))
                left.remove(before)
                arrived.remove(after)
    for i in range(max(len(left), len(arrived))):
        pairs.append((left[i] if i < len(left) else None, arrived[i] if i < len(arrived) else None))
    return pairs


def _cause(
    before: Fact | None, after: Fact | None, old: list[Fact], new: list[Fact], reread: Collection[Fact]
) -> str:
    """Whether the source or the reading changed: a number of evidence names one body, address and bytes."""
    if before is not None and after is not None:
        of_same_bytes = bool(_evidence([before]) & _evidence([after]))
        # A computed fact has no bytes of its own: what it was computed from stayed, so the computing changed.
        of_same_bytes |= bool(before.rests_on) and set(before.rests_on) == set(after.rests_on)
    else:
        of_same_bytes = bool(
            _evidence([after]) & _evidence(old) if after else _evidence([before]) & _evidence(new)
        )
    if of_same_bytes:
        return READ_DIFFERENTLY
    again = [fact for fact in reread if _evidence([fact]) & _evidence(old)]
    if after is not None and any(_like(fact, after) for fact in again):
        return READ_DIFFERENTLY
    return SOURCE_CHANGED


def _like(one: Fact, other: Fact) -> bool:
    return (one.repo, one.key) == (other.repo, other.key) and same(one) == same(other)


def _evidence(facts: Collection[Fact | None]) -> set[str]:
    """The bodies some facts were read from, or searched in vain."""
    return {name for fact in facts if fact for name in ((fact.evidence,) if fact.evidence else fact.searched)}

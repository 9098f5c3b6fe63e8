"""What the record shows: at most five sentences for page 1, each about the record, each with its exhibit."""

from collections.abc import Callable, Sequence

from duediligence.facts.fact import Fact
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.keys import key_words
from duediligence.memo.origin import in_the
from duediligence.memo.quoting import read_plainly
from duediligence.memo.statement import Span, Statement, quote, say, words
from duediligence.memo.words import counted, joined

MOST = 5
_QUOTE = 120
_TOLD = ("license", "training_data", "legal_basis", "personal_data", "out_of_scope_use", "provider")
_LIMITS = "out_of_scope_use"
"""Words of the card that limit uses come before what it is silent about."""


def record_shows(ex: Exhibits) -> tuple[Statement, ...]:
    """The first five that can be said: license, training data, legal basis, more."""
    sentences: tuple[Callable[[Exhibits], Statement | None], ...] = (
        _license,
        _unread,
        _training_data,
        _legal_basis,
        _more_permissive,
        lambda ex: _about(ex, _LIMITS, "on uses out of scope") if _stated(ex, _LIMITS) else None,
        lambda ex: _about(ex, "personal_data", "on personal data"),
        lambda ex: None if _stated(ex, _LIMITS) else _about(ex, _LIMITS, "on uses out of scope"),
        lambda ex: _about(ex, "provider", "naming the provider"),
    )
    return tuple(said for sentence in sentences if (said := sentence(ex)) is not None)[:MOST]


def _facts(ex: Exhibits, *keys: str) -> list[Fact]:
    return [fact for fact in ex.inputs.facts if fact.repo == ex.inputs.repo and fact.key in keys]


def _stated(ex: Exhibits, *keys: str) -> list[Fact]:
    return [fact for fact in _facts(ex, *keys) if fact.state == "stated" and fact.source != "computed"]


def _license(ex: Exhibits) -> Statement | None:
    facts = _stated(ex, "license")
    if not facts:
        return _silence(ex, "license", "no license stated")
    by_value: dict[str, list[Fact]] = {}
    for fact in facts:
        by_value.setdefault(fact.value or "", []).append(fact)
    spans: list[Span | str] = [_opening(ex, facts)]
    for i, (value, group) in enumerate(by_value.items()):
        places = list(dict.fromkeys(in_the(fact) for fact in group))
        spans += ["; " if i else "", quote(value, 60), f" {' and '.join(places)}"]
    return say(*spans, ".", support=ex.refs(facts))


def _opening(ex: Exhibits, facts: Sequence[Fact]) -> str:
    differ = ex.differ(ex.inputs.repo, facts)
    return "The sources differ on the license: " if differ else "The license is stated as "


def _training_data(ex: Exhibits) -> Statement | None:
    if ex.what == "dataset":
        return _made_from(ex)
    declared, named = _stated(ex, "datasets"), _stated(ex, "training_data")
    if declared:
        return say(
            f"Declared as training data {in_the(declared[0])}: ",
            _values(declared),
            ".",
            support=ex.refs(declared),
        )
    if not named:
        return _silence(ex, "training_data", "no training data named")
    followed = {edge.fact for edge in ex.inputs.lineage.edges if edge.accepted is not False}
    named.sort(key=lambda fact: fact.id not in followed)
    first = named[0]
    others = len({fact.value for fact in named}) - 1
    more = f" The card names {others} more." if others else ""
    return say(
        "The card names ",
        _values(named[:1]),
        " as training data only in its text: ",
        read_plainly(first, _QUOTE),
        ".",
        more,
        support=ex.refs(named),
    )


def _made_from(ex: Exhibits) -> Statement | None:
    """The same of a dataset: where its data comes from."""
    stated = _stated(ex, "source_datasets")
    if not stated:
        return _silence(ex, "source_datasets", "no data named that it is made from")
    told = stated[0]
    said = read_plainly(told, _QUOTE) if told.source == "prose" else _values(stated)
    return say(f"On where its data comes from, {in_the(told)}: ", said, ".", support=ex.refs(stated))


def _values(facts: Sequence[Fact]) -> tuple[Span, ...]:
    values = list(dict.fromkeys(fact.value or "" for fact in facts))
    spans: list[Span | str] = []
    for i, value in enumerate(values[:3]):
        spans += [", " if i else "", quote(value, 60)]
    return words(*spans, f" and {len(values) - 3} more" if len(values) > 3 else "")


def _legal_basis(ex: Exhibits) -> Statement | None:
    stated = _stated(ex, "legal_basis")
    if not stated:
        published = "data" if ex.what == "dataset" else "weights"
        return _silence(ex, "legal_basis", f"no legal basis stated for publishing the {published}")
    return say(
        f"On a legal basis, {in_the(stated[0])}: ",
        read_plainly(stated[0], _QUOTE),
        ".",
        support=ex.refs(stated[:1]),
    )


def _more_permissive(ex: Exhibits) -> Statement | None:
    facts = [fact for fact in _facts(ex, "chain.more_permissive") if fact.value in ("true", "yes")]
    if not facts:
        return None
    return say(
        "The license stated here lacks a term that the license of a repository it is made from has.",
        support=ex.refs(facts),
    )


def _about(ex: Exhibits, key: str, on: str) -> Statement | None:
    stated = _stated(ex, key)
    if not stated:
        return _silence(ex, key, f"no statement {on}")
    first = min(stated, key=lambda fact: (not _whole(fact), fact.bytes or (0, 0)))
    others = len(stated) - 1
    more = f" {counted(others, 'more statement')} {on} in section 1." if others else ""
    said = read_plainly(first, _QUOTE)
    return say(f"A statement {on}, {in_the(first)}: ", said, ".", more, support=ex.refs([first]))


def _whole(fact: Fact) -> bool:
    """Whether the passage is a sentence; a line that leads over to a list says little by itself."""
    return (fact.quote or "").rstrip(' *_`"”').endswith((".", "!", "?"))


def _unread(ex: Exhibits) -> Statement | None:
    """What is not known because a place that may say it could not be read: told once."""
    facts = [fact for key in _TOLD if not _stated(ex, key) for fact in _facts(ex, key)[:1]]
    unread = [fact for fact in facts if fact.state in ("unreadable", "not_reached")]
    if not unread:
        return None
    keys = joined([key_words(fact.key) for fact in unread])
    why = words(" Reason: ", quote(unread[0].reason, _QUOTE), ".") if unread[0].reason else ()
    said = f"A place that may say it could not be read, so this is not known: {keys}."
    return say(said, why, support=ex.refs(unread))


def _silence(ex: Exhibits, key: str, what: str) -> Statement | None:
    silent = [fact for fact in _facts(ex, key) if fact.state != "stated"]
    if not silent:
        return None
    fact = silent[0]
    if fact.state != "absent":
        return None
    where = f" Searched: {ex.searched(fact.searched)}." if fact.searched else ""
    return say(f"We found {what}.", where, support=ex.refs(silent))

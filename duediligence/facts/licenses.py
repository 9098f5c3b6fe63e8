"""What the license facts add up to: terms, whether sources agree, whether a chain grows more permissive."""

from collections.abc import Iterable, Mapping, Sequence

from duediligence.facts.fact import Fact
from duediligence.facts.license_names import hub_license
from duediligence.facts.license_texts import CHANGED, KNOWN_TEXTS
from duediligence.facts.lineage import Lineage, parents_of
from duediligence.facts.registry import same_name
from duediligence.knowledge.law import Law, License
from duediligence.repo import shown

_FAMILIES = ("openrail", "bsd", "cc", "gpl", "lgpl", "agpl", "gfdl", "llama", "rail", "apache")
_WITH_THE_FILES = ("license_text",)
"""What is asked of a copy alone, and no term for what is made from it."""
_NOT_READ = ("unreadable", "not_reached")
_NAMES = ("line", "prefix", "line_and_prefix")
"""What a license asks for by name: words to show, or a word the name begins with."""
_COPYLEFT = ("strong", "network", "adapted_material", "same_terms")
_RESTRICTIONS = ("restrictions", "enforceable_restrictions")
_NO_NAME = ("other", "unknown", "none", "")
# Terms that the next person would have to know of. Credit, notices, names, patents and termination are
# left out: they stay with the files, and two licenses may word them differently and ask for the same.
_CARRIED = (
    "commercial_use",
    "redistribution",
    "derivatives",
    "share_alike",
    "use_restrictions",
    "pass_through",
    "excluded_places",
    "licensee_limits",
    "user_cap",
    "revenue_cap",
    "outputs",
    "training_on_outputs",
)


def computed_facts(facts: Sequence[Fact], lineage: Lineage, law: Law) -> tuple[Fact, ...]:
    """Facts computed from the license facts, for every repo that has any; sorted by repo and key.

    ``license.TERM``: what the licenses stated say on each term of the law's vocabulary; one fact when
    they agree, one for each value when they do not, and an absent one when no license can be read from
    what is stated. ``license.disagree``: ``true`` when two sources name different licenses.
    ``chain.more_permissive``: ``true`` when a term of a license upstream is missing in this one's.
    ``chain.names_asked``: how many different licenses upstream ask for a name or words of their own.
    ``chain.terms_conflict``: ``true`` when one license of the chain forbids what another one demands.
    """
    stated: dict[str, list[Fact]] = {}
    names: dict[str, list[Fact]] = {}
    repos: dict[str, None] = {}
    for fact in facts:
        if fact.source == "computed":
            continue
        repos[fact.repo] = None
        if fact.state == "stated" and fact.key == "license":
            stated.setdefault(fact.repo, []).append(fact)
        if fact.state == "stated" and fact.key == "license_name":
            names.setdefault(fact.repo, []).append(fact)
    read = {repo: _licenses(stated.get(repo, []), names.get(repo, []), law) for repo in repos}
    now = {node.id: node.now for node in lineage.repos if node.now}
    out: list[Fact] = []
    for repo in sorted(repos):
        out += _terms(repo, stated.get(repo, []), read[repo], law)
        out.append(_disagree(repo, stated.get(repo, []), names.get(repo, []), law))
        parents = [now.get(parent) or parent for parent in parents_of(lineage, repo)]
        out.append(_more_permissive(repo, parents, stated, read, law))
        out.append(_names_asked(repo, parents, stated, read))
        out.append(_terms_conflict(repo, parents, stated, read))
    unread = {fact.repo: fact for fact in facts if fact.key == "license" and fact.state in _NOT_READ}
    out = [fact if _stands(fact) else _as_unread(fact, unread.get(fact.repo)) for fact in out]
    return tuple(sorted(out, key=lambda fact: (fact.repo, fact.key, fact.value or "")))


def compares_nothing(fact: Fact) -> bool:
    """Whether a fact on the chain holds only because there is nothing upstream to compare a license with."""
    return fact.source == "computed" and fact.key.startswith("chain.") and not fact.rests_on


def _stands(fact: Fact) -> bool:
    """Whether a fact on the chain holds whatever the license of the repo itself says."""
    return fact.key == "chain.names_asked" or (
        fact.key.startswith("chain.") and fact.value == "false" and not fact.rests_on
    )


def _as_unread(fact: Fact, license: Fact | None) -> Fact:
    """What is computed from a license nobody could read is as unknown as that license, not absent."""
    if license is None:
        return fact
    return Fact(
        repo=fact.repo,
        key=fact.key,
        value=None,
        state=license.state,
        reason=license.reason,
        rests_on=(license.id,),
    )


def license_id(fact: Fact, names: Iterable[Fact], law: Law) -> str | None:
    """The key in the law's licenses that a license fact means; ``None`` when it names none of them."""
    value = " ".join((fact.value or "").split())
    lower = value.lower()
    if lower in ("other", "unknown"):
        for name in names:
            found = _by_name(str(name.value), law) if name.source == fact.source else None
            if found:
                return found
        return lower if lower in law.licenses else None
    if fact.source in ("front_matter", "api"):
        found = lower if lower in law.licenses else hub_license(value)
    else:
        found = hub_license(value) or (lower if lower in law.licenses else None)
    return found if found in law.licenses else _by_name(value, law)


def license_named(text: str, law: Law) -> License | None:
    """The license a person means by *text*, an id or a name; ``None`` when it names no text with terms."""
    lower = " ".join(text.split()).lower()
    key = lower if lower in law.licenses else hub_license(text) or _by_name(text, law)
    license = law.licenses.get(key or "")
    return license if license is not None and license.terms and not license.ambiguous else None


def _by_name(name: str, law: Law) -> str | None:
    lower = " ".join(name.lower().split())
    for key in (f"other:{lower}", f"other:{lower.replace(' ', '-')}", lower):
        if key in law.licenses:
            return key
    return None


def _licenses(stated: Sequence[Fact], names: Sequence[Fact], law: Law) -> list[tuple[Fact, License]]:
    """The license facts whose license the law knows, and that name one text."""
    out = []
    for fact in stated:
        for key in _alternatives(fact, names, law):
            license = law.licenses[key]
            if not license.ambiguous and license.terms:
                out.append((fact, license))
    return out


def _alternatives(fact: Fact, names: Sequence[Fact], law: Law) -> list[str]:
    found = license_id(fact, names, law)
    if found is not None:
        return [found]
    parts = _expression(fact.value or "")
    known = [hub_license(part) or part.lower() for part in parts]
    return [key for key in known if key in law.licenses] if all(key in law.licenses for key in known) else []


def _expression(value: str) -> list[str]:
    """The licenses of an SPDX expression such as ``MIT OR Apache-2.0``; a single name is no expression."""
    if not any(f" {word} " in value for word in ("OR", "AND", "WITH")) or len(value) > 300:
        return []
    # Imported here: only the few cards that write an expression pay for it.
    from license_expression import ExpressionError, Licensing

    try:
        return [str(symbol) for symbol in Licensing().license_symbols(value)]
    except ExpressionError:
        return []


def _terms(repo: str, stated: Sequence[Fact], read: Sequence[tuple[Fact, License]], law: Law) -> list[Fact]:
    out = []
    for term in law.terms:
        rests: dict[str, list[str]] = {}
        for fact, license in read:
            value = license.terms.get(term, "unknown")
            if value != "unknown":
                rests.setdefault(value, []).append(fact.id)
        out += [_computed(repo, f"license.{term}", value, ids) for value, ids in sorted(rests.items())]
        if not rests:
            out.append(_open(repo, f"license.{term}", _why_no_terms(stated, read), stated))
    return out


def _why_no_terms(stated: Sequence[Fact], read: Sequence[tuple[Fact, License]]) -> str:
    if read:
        return "The law files do not say what this license provides here."
    if not stated:
        return "No license is stated."
    values = sorted({" ".join((fact.value or "").split())[:60] for fact in stated})
    return f"What is stated names no license text this program has terms for: {', '.join(values)}."


def _disagree(repo: str, stated: Sequence[Fact], names: Sequence[Fact], law: Law) -> Fact:
    """Whether two sources name different licenses; spellings, and a family with its member, agree."""
    key = "license.disagree"
    if not stated:
        return _open(repo, key, "No license is stated.", stated)
    by_source: dict[str, set[str]] = {}
    for fact in stated:
        name = _comparable(fact, names, law)
        if name is not None:
            by_source.setdefault(f"{fact.source}:{fact.file}", set()).add(name)
    sources = list(by_source.values())
    differ = any(not _agree(one, other) for i, one in enumerate(sources) for other in sources[i + 1 :])
    ids = [fact.id for fact in stated]
    return _computed(repo, key, "true" if differ else "false", ids)


def _comparable(fact: Fact, names: Sequence[Fact], law: Law) -> str | None:
    """The name under which a license fact is compared; ``None`` when it names nothing to compare."""
    value = " ".join((fact.value or "").split())
    if value.endswith(CHANGED):
        return f"changed {value.removesuffix(CHANGED)}"
    known = license_id(fact, names, law) or hub_license(value)
    if known in _NO_NAME or (known is None and value.lower() in _NO_NAME):
        own = next((str(name.value) for name in names if name.source == fact.source), None)
        return f"?{same_name(own)}" if own else None
    if known is not None:
        return law.licenses[known].id if known in law.licenses else known
    # In prose an unknown name may be a description; in a field or a file it is another license.
    return None if fact.source in ("prose", "page", "discussion") else f"?{same_name(value)}"


def _agree(one: set[str], other: set[str]) -> bool:
    if one == other:
        return True
    return all(any(_same(a, b) for b in other) for a in one) and all(
        any(_same(a, b) for a in one) for b in other
    )


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    if one.startswith("?") or other.startswith("?"):
        first, second = sorted((same_name(one), same_name(other)), key=len)
        known = [name for name in (one, other) if not name.startswith("?")]
        # A file that is not the text the card names is another license, if that text is one we would know.
        return (len(first) > 2 and first in second) or bool(known and known[0] not in KNOWN_TEXTS)
    return any(
        family in (one, other)
        and (one.startswith(family) or family in one)
        and (other.startswith(family) or family in other)
        for family in _FAMILIES
    )


def _more_permissive(
    repo: str,
    parents: Sequence[str],
    stated: Mapping[str, Sequence[Fact]],
    read: Mapping[str, Sequence[tuple[Fact, License]]],
    law: Law,
) -> Fact:
    key = "chain.more_permissive"
    if not parents:
        return _computed(repo, key, "false", ())
    own = read.get(repo, ())
    if not own:
        return _open(
            repo,
            key,
            "The license of this repository names no text whose terms are known.",
            stated.get(repo, ()),
        )
    missing: list[str] = []
    silent: list[str] = []
    for parent in parents:
        theirs = read.get(parent, ())
        if not theirs:
            silent.append(parent)
        for fact, license in theirs:
            if any(_drops(license, mine, law) for _, mine in own):
                missing.append(fact.id)
    if missing:
        return _computed(repo, key, "true", [*(fact.id for fact, _ in own), *missing])
    if silent:
        names = ", ".join(sorted({shown(parent) for parent in silent}))
        return _open(repo, key, f"No license with known terms is stated for {names}.", stated.get(repo, ()))
    ids = [fact.id for one in (repo, *parents) for fact, _ in read.get(one, ())]
    return _computed(repo, key, "false", ids)


def _names_asked(
    repo: str,
    parents: Sequence[str],
    stated: Mapping[str, Sequence[Fact]],
    read: Mapping[str, Sequence[tuple[Fact, License]]],
) -> Fact:
    """A duty of one license met twice is one duty; what is not known upstream can only add to the number."""
    key = "chain.names_asked"
    asking: dict[str, str] = {}
    for parent in parents:
        for fact, license in read.get(parent, ()):
            if license.terms.get("naming") in _NAMES:
                asking.setdefault(license.id, fact.id)
    silent = [parent for parent in parents if not read.get(parent)]
    if len(asking) < 2 and silent:
        return _not_known(repo, key, silent, stated)
    looked_at = [fact.id for parent in parents for fact, _ in read.get(parent, ())]
    return _computed(repo, key, str(len(asking)), list(asking.values()) or looked_at)


def _terms_conflict(
    repo: str,
    parents: Sequence[str],
    stated: Mapping[str, Sequence[Fact]],
    read: Mapping[str, Sequence[tuple[Fact, License]]],
) -> Fact:
    """Copyleft that allows no further restriction beside terms that demand one, anywhere in the chain."""
    key = "chain.terms_conflict"
    chain = (repo, *parents)
    # Beside its own alternatives (MIT OR GPL) a license is in no conflict: only between repos is there one.
    free = [(one, fact) for one in chain for fact, license in read.get(one, ()) if _allows_no_more(license)]
    bound = [(one, fact) for one in chain for fact, license in read.get(one, ()) if _demands_more(license)]
    pairs = [(a, b) for one, a in free for other, b in bound if one != other]
    if parents and pairs:
        return _computed(repo, key, "true", [fact.id for pair in pairs for fact in pair])
    silent = [one for one in chain if not read.get(one)]
    if parents and silent:
        return _not_known(repo, key, silent, stated)
    return _computed(repo, key, "false", [fact.id for one in chain for fact, _ in read.get(one, ())])


def _allows_no_more(license: License) -> bool:
    return (
        license.terms.get("pass_through") == "no_further_restrictions"
        and license.terms.get("share_alike") in _COPYLEFT
    )


def _demands_more(license: License) -> bool:
    terms = license.terms
    return terms.get("commercial_use") == "no" or terms.get("pass_through") in _RESTRICTIONS


def _not_known(repo: str, key: str, silent: Sequence[str], stated: Mapping[str, Sequence[Fact]]) -> Fact:
    names = ", ".join(sorted({shown(one) for one in silent}))
    reason = f"No license with known terms is stated for {names}."
    return _open(repo, key, reason, [fact for one in silent for fact in stated.get(one, ())])


def _drops(parent: License, child: License, law: Law) -> bool:
    """Whether a term of *parent* is missing in *child*: the vocabulary lists the freest value first."""
    for term in _CARRIED:
        values = [str(value) for value in (law.terms.get(term) or {}).get("values", {})]
        theirs, mine = parent.terms.get(term, "unknown"), child.terms.get(term, "unknown")
        if "unknown" in (theirs, mine) or theirs not in values or mine not in values:
            continue
        if theirs not in _WITH_THE_FILES and values.index(mine) < values.index(theirs):
            return True
    return False


def _computed(repo: str, key: str, value: str, rests_on: Sequence[str]) -> Fact:
    ids = tuple(dict.fromkeys(rests_on))
    return Fact(repo=repo, key=key, value=value, state="stated", source="computed", rests_on=ids)


def _open(repo: str, key: str, reason: str, stated: Sequence[Fact]) -> Fact:
    searched = tuple(dict.fromkeys(fact.evidence for fact in stated if fact.evidence))
    return Fact(
        repo=repo,
        key=key,
        value=None,
        state="absent",
        reason=reason,
        searched=searched,
        rests_on=tuple(dict.fromkeys(fact.id for fact in stated)),
    )

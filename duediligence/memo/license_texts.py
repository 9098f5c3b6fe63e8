"""The texts of licenses a finding is about, each by itself, with what it says on the terms in question."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from duediligence.analysis.against import sources
from duediligence.analysis.situation import Finding
from duediligence.facts.fact import Fact
from duediligence.facts.licenses import license_id
from duediligence.knowledge.law import License
from duediligence.memo.basis import Cited
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.keys import TERM, is_term, key_words
from duediligence.memo.statement import Ref
from duediligence.memo.terms import value_words
from duediligence.memo.words import known, sentence


@dataclass(frozen=True, kw_only=True)
class Text:
    """A license of the chain, for the list of legal sources."""

    told: str
    """Title, how it is known and where it is, in a sentence."""


def license_texts(ex: Exhibits, findings: Sequence[Finding]) -> tuple[Cited, ...]:
    """The text of every license *findings* rest on, with what it says on the terms they read."""
    facts = [fact for one in findings for fact in sources(one, ex.facts)]
    terms = dict.fromkeys(term for one in findings for term in _terms(ex, one))
    anchor = next((ref.anchor for ref in _standing_for_texts(ex)), "")
    return tuple(
        Cited(
            title=license.title,
            anchor=anchor,
            known=known(license.confirmed),
            says=" ".join(_says(ex, license, term) for term in terms if term in license.terms),
        )
        for license in _named(ex, facts)
    )


def texts_on_file(ex: Exhibits) -> Iterator[Text]:
    """Every license that a source of the chain states and the law files know."""
    stated = [one for one in ex.inputs.facts if one.state == "stated" and one.source != "computed"]
    for license in _named(ex, stated):
        where = f": {license.address}" if license.address else ""
        yield Text(told=f"{license.title} ({license.id}; {known(license.confirmed)}){where}")


def _named(ex: Exhibits, facts: Iterable[Fact]) -> tuple[License, ...]:
    """The licenses *facts* name, each once."""
    law = ex.inputs.law
    found: dict[str, License] = {}
    for fact in facts:
        if fact.key == "license":
            names = [one for one in ex.facts_of.get(fact.repo, ()) if one.key == "license_name" and one.value]
            license = law.licenses.get(license_id(fact, names, law) or "")
            if license is not None and license.terms and not license.ambiguous:
                found.setdefault(license.id, license)
    return tuple(found.values())


def _terms(ex: Exhibits, finding: Finding) -> Iterator[str]:
    for item in finding.rests_on:
        fact = ex.facts.get(str(item.get("fact")))
        if fact is not None and is_term(fact.key):
            yield fact.key.removeprefix(TERM)


def _says(ex: Exhibits, license: License, term: str) -> str:
    return sentence(f"On {key_words(TERM + term)}: {value_words(term, license.terms[term], ex.inputs.law)}")


def _standing_for_texts(ex: Exhibits) -> Iterator[Ref]:
    for id, authority in ex.inputs.law.authorities.items():
        if authority.texts_of_licenses:
            yield from ex.source_ref(id)

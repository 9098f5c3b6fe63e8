"""What a finding rests on: facts and answers in words, and legal sources with the mark how they are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from duediligence.facts.fact import QUOTED_SOURCES
from duediligence.memo.exhibits import COVERAGE, Exhibits
from duediligence.memo.keys import key_words
from duediligence.memo.origin import says
from duediligence.memo.statement import Ref, Statement, name, quote, say, words
from duediligence.memo.words import known, plain

_QUOTE = 200


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A legal source as a finding cites it."""

    title: str
    anchor: str
    known: str
    """How it was read, and whether it is final, in words."""


def basis(ex: Exhibits, item: Mapping[str, Any]) -> Statement:
    """One fact or answer a finding rests on, in words."""
    support = ex.item_refs(item)
    if "answer" in item:
        return _answer_basis(ex, item, support)
    fact = ex.facts.get(str(item.get("fact")))
    if fact is None:
        return say("Something nobody states.", support=support or (COVERAGE,))
    about = () if fact.repo == ex.inputs.repo else words(" (", *ex.about(fact.repo), ")")
    key = key_words(fact.key)
    if fact.state != "stated":
        where = f"; searched: {ex.searched(fact.searched)}" if fact.searched else ""
        return say(f"{says(fact)}: {key}", about, f"{where}.", support=support)
    if fact.source == "computed":
        value = {"true": "yes", "false": "no"}.get(fact.value or "", plain(fact.value or ""))
        return say(f"{says(fact)}: {key}: {value}", about, ".", support=support)
    theirs = fact.quote if fact.source in QUOTED_SOURCES else fact.value
    said = quote(theirs or fact.value or "", _QUOTE)
    return say(f"{says(fact)}: {key} ", said, about, ".", support=support)


def _answer_basis(ex: Exhibits, item: Mapping[str, Any], support: tuple[Ref, ...]) -> Statement:
    about = item.get("about")
    given = ex.inputs.record.answers.get((str(item["answer"]), about), ())
    answer = next((one for one in given if one.event == str(item.get("event"))[:8]), None)
    asked = ex.asked.get((str(item["answer"]), about))
    question = asked.text if asked else answer.shown.text if answer else ""
    if answer is None:
        return say(
            "An answer that no longer stands: ", question or plain(str(item["answer"])), support=support
        )
    return say(name(answer.says, 60), " says, to “", question, "”: ", ex.value(answer), ".", support=support)


def cited(ex: Exhibits, item: Mapping[str, Any]) -> Cited:
    """A legal source with the mark how it is known, in words."""
    source = str(item["id"])
    authority = ex.inputs.law.authorities.get(source)
    mark = str(item.get("confirmed", ""))
    how = known(mark, authority.read if authority else "")
    if authority and not authority.final:
        how += "; not final"
    if item.get("state") in ("pending", "contested"):
        how += f"; {item['state']}"
    refs = ex.source_ref(source)
    return Cited(
        title=authority.title if authority else source, anchor=refs[0].anchor if refs else "", known=how
    )

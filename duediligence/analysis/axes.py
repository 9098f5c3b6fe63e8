"""The two axes of a finding, how sure the law and how sure the facts, and the caps on *established*."""

from collections.abc import Mapping, Sequence
from typing import Any

from duediligence.analysis.logic import Grounds
from duediligence.analysis.outcome import Leaf
from duediligence.facts.fact import Fact
from duediligence.knowledge.law import Authority, Rule
from duediligence.knowledge.vocabulary import WORLD_KEYS

TEXTS = ("statute", "decision", "license_text", "contract")
_TEXTS_AND_GUIDANCE = (*TEXTS, "guidance")
_UNREAD = {"R": "only cited elsewhere (R)", "K": "known only generally (K)"}


def law_axis(rule: Rule, status: str, authorities: Sequence[Authority], bound: bool) -> str:
    """``settled``, ``non_final``, ``disputed`` or ``untested``, as the contract defines them.

    *bound* says whether acceptance of the terms is known where the rule turns on it: the effect of terms
    nobody is known to have accepted is disputed.
    """
    if not bound:
        return "disputed"
    if rule.law is not None:
        return rule.law
    undisputed = {citation.id for citation in rule.authorities if citation.uncontested}
    texts = [one for one in authorities if one.type in TEXTS]
    in_point = [one for one in texts if one.id not in undisputed]
    if any(one.state == "contested" for one in in_point):
        return "disputed"
    if any(one.state == "pending" or not one.final for one in in_point):
        return "non_final"
    if status == "contested":
        return "disputed"
    return "settled" if texts else "untested"


def facts_axis(rule: Rule, status: str, leaves: Sequence[Leaf], grounds: Grounds) -> str:
    """``missing`` for a gap, ``stated`` when a leaf rests on an answer or a claim, else ``documented``."""
    if status == "gap":
        return "missing"
    answered = any(leaf.asked is not None or leaf.computed_from for leaf in leaves)
    return "stated" if answered or declared(rule, leaves, grounds) else "documented"


def declared(rule: Rule, leaves: Sequence[Leaf], grounds: Grounds) -> tuple[Fact, ...]:
    """The facts of *leaves* that only say what somebody declares about the world.

    None for a rule that is itself about what the sources say: for it the card is the document.
    """
    if rule.polarity == "fact":
        return ()
    facts = (fact for leaf in leaves for fact in leaf.facts if fact.state == "stated")
    return tuple(fact for fact in facts if any(one.key in WORLD_KEYS for one in grounds.basis(fact)))


def caps(
    rule: Rule, authorities: Sequence[Authority], leaves: Sequence[Leaf], grounds: Grounds
) -> tuple[Mapping[str, Any], ...]:
    """Why *established* falls to *supported*: each with what it is about and the reason in words.

    (a) a legal source is pending on the point the rule uses; (b) all its statutes, decisions, guidance and
    texts are known only from a citation or generally; (c) it rests on what somebody declared about the world.
    """
    found: list[Mapping[str, Any]] = []
    undisputed = {citation.id for citation in rule.authorities if citation.uncontested}
    pending = [one.id for one in authorities if one.state == "pending" and one.id not in undisputed]
    if pending:
        found.append({"authorities": pending, "why": "pending on this point"})
    counted = [one for one in authorities if one.type in _TEXTS_AND_GUIDANCE] or list(authorities)
    if counted and all(one.confirmed in _UNREAD for one in counted):
        how = ", ".join(
            words for code, words in _UNREAD.items() if any(one.confirmed == code for one in counted)
        )
        found.append({"authorities": [one.id for one in counted], "why": f"not read, {how}"})
    facts = declared(rule, leaves, grounds)
    if facts:
        ids = list(dict.fromkeys(fact.id for fact in facts))
        found.append({"facts": ids, "why": "only declared, not shown by a document"})
    return tuple(found)

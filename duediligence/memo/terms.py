"""The terms of a license in words: what the law files say a value means, never its short code."""

from duediligence.facts.fact import Fact
from duediligence.knowledge.law import Law
from duediligence.memo.keys import TERM, is_term
from duediligence.memo.words import plain


def term_words(fact: Fact, law: Law) -> str:
    """What *fact*, a term of a license, says: ``a copy of the license, with the notices``."""
    term = fact.key.removeprefix(TERM)
    return value_words(term, fact.value or "", law) if is_term(fact.key) else plain(fact.value or "")


def value_words(term: str, value: str, law: Law) -> str:
    """What *value* of *term* means, as part of a sentence; a value the law files do not know stays one."""
    said = str((law.terms.get(term) or {}).get("values", {}).get(value, plain(value))).rstrip(".")
    return said[:1].lower() + said[1:] if said[1:2].islower() or said[1:2] == " " else said

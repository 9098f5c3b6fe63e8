"""What a finding rests on: facts and answers in words, and legal sources with the mark how they are known."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duediligence.facts.fact import Fact
from duediligence.history import Answer
from duediligence.memo.exhibits import COVERAGE, Exhibits
from duediligence.memo.keys import is_term, key_words
from duediligence.memo.origin import says
from duediligence.memo.quoting import read_plainly
from duediligence.memo.statement import Ref, Span, Statement, listed, name, say, words
from duediligence.memo.terms import term_words
from duediligence.memo.words import known, plain, spelled

_QUOTE = 200
_MOST = 3
"""Passages of one source under one key that an issue quotes; the others stand among the facts."""


_END = re.compile(r"(?<=[a-z0-9)”])\.(?=\s+[A-Z“])")
"""The end of a sentence; that of an abbreviation or a number is followed by no capital."""


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A legal source as a finding cites it."""

    title: str
    anchor: str
    known: str
    """How it was read, and whether it is final, in words."""

    says: str = ""
    """What it says, in one sentence; annex B has the whole."""

    of_law: bool = True
    """Whether it is a rule, such as a statute or a license; false for what a court or an author said."""


def bases(ex: Exhibits, items: Iterable[Mapping[str, Any]]) -> tuple[Statement, ...]:
    """What findings rest on, each once; what one source says under one key, or one person, in one line."""
    together: dict[Any, list[Mapping[str, Any]]] = {}
    for item in items:
        same = together.setdefault(_kind(ex, item), [])
        same += [item] if item not in same else []
    return tuple(dict.fromkeys(_together(ex, list(same)) for same in together.values()))


def _kind(ex: Exhibits, item: Mapping[str, Any]) -> tuple[object, ...]:
    if "answer" in item:
        given = _answer(ex, item)
        return ("answer", given.says if given else str(item))
    fact = ex.facts.get(str(item.get("fact")))
    if fact is None or fact.state != "stated":
        return (str(item),)
    term = fact.source == "computed" and is_term(fact.key)
    return (fact.repo, says(fact), "terms" if term else fact.key)


def _together(ex: Exhibits, same: list[Mapping[str, Any]]) -> Statement:
    if len(same) == 1:
        return basis(ex, same[0])
    support = tuple(ref for item in same for ref in ex.item_refs(item))
    if "answer" in same[0]:
        given = _answer(ex, same[0])
        who = words(name(given.says, 60), " says: ") if given else ()
        return say(*who, *_run(_said_once(ex, same)), ".", support=support)
    facts = [ex.facts[str(item["fact"])] for item in same]
    first, about = facts[0], _about(ex, facts[0])
    if first.source == "computed" and is_term(first.key):
        each = [words(f"{key_words(one.key)}: {term_words(one, ex.inputs.law)}") for one in facts]
        return say(f"{says(first)}, terms of the license", about, ": ", *_run(each), ".", support=support)
    each = list(dict.fromkeys(read_plainly(one, _QUOTE) for one in facts))
    more = f"; and {len(each) - _MOST} more, among the facts" if len(each) > _MOST else ""
    said = _run(each[:_MOST])
    return say(f"{says(first)}, {key_words(first.key)}", about, ": ", *said, f"{more}.", support=support)


def _run(each: Sequence[tuple[Span, ...]]) -> tuple[Span, ...]:
    return tuple(span for i, spans in enumerate(each) for span in (*(words("; ") if i else ()), *spans))


def _about(ex: Exhibits, fact: Fact) -> tuple[Span, ...]:
    return () if fact.repo == ex.inputs.repo else words(" (", *ex.about(fact.repo), ")")


def basis(ex: Exhibits, item: Mapping[str, Any]) -> Statement:
    """One fact or answer a finding rests on, in words."""
    support = ex.item_refs(item)
    if "answer" in item:
        return _answer_basis(ex, item, support)
    fact = ex.facts.get(str(item.get("fact")))
    if fact is None:
        return say("Something nobody states.", support=support or (COVERAGE,))
    about = _about(ex, fact)
    key = key_words(fact.key)
    if fact.state != "stated":
        where = f"; searched: {ex.searched(fact.searched)}" if fact.searched else ""
        return say(f"{says(fact)}: {key}", about, f"{where}.", support=support)
    term = fact.source == "computed" and is_term(fact.key)
    said = words(term_words(fact, ex.inputs.law)) if term else read_plainly(fact, _QUOTE)
    return say(f"{says(fact)}, {key}", about, ": ", said, ".", support=support)


def _answer_basis(ex: Exhibits, item: Mapping[str, Any], support: tuple[Ref, ...]) -> Statement:
    answer, question = _answer(ex, item), _question(ex, item)
    if answer is None:
        return say(
            "An answer that no longer stands: ", question or plain(str(item["answer"])), support=support
        )
    return say(
        name(answer.says, 60), " says, asked “", question, "”: ", ex.value(answer), ".", support=support
    )


def _first_sentence(text: str) -> str:
    found = _END.search(text)
    return text[: found.start() + 1] if found else text


def _answer(ex: Exhibits, item: Mapping[str, Any]) -> Answer | None:
    given = ex.inputs.record.answers.get((str(item["answer"]), item.get("about")), ())
    return next((one for one in given if one.event == str(item.get("event"))[:8]), None)


def _question(ex: Exhibits, item: Mapping[str, Any]) -> str:
    asked, answer = ex.asked.get((str(item["answer"]), item.get("about"))), _answer(ex, item)
    return asked.text if asked else answer.shown.text if answer else ""


def _said_once(ex: Exhibits, items: Sequence[Mapping[str, Any]]) -> list[tuple[Span, ...]]:
    """Each question with its answer; one that is answered the same about several things once, with these."""
    groups: dict[tuple[str, tuple[Span, ...]], dict[str, tuple[Span, ...]]] = {}
    for item in items:
        answer, about = _answer(ex, item), ex.about(item.get("about"))
        value = ex.value(answer) if answer else ()
        groups.setdefault((str(item["answer"]), value), {})[_question(ex, item)] = about
    return [_asked_and_said(asked, value) for (_, value), asked in groups.items()]


def _asked_and_said(asked: Mapping[str, tuple[Span, ...]], value: tuple[Span, ...]) -> tuple[Span, ...]:
    question, about = next(iter(asked.items()))
    names = [span for spans in asked.values() for span in spans]
    if len(asked) == 1:
        return words("“", question, "”: ", *value)
    general = question.replace("".join(span.text for span in about), "each of these")
    return words("“", general, "” (", *listed(names), "): ", *value)


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
        title=authority.title if authority else source,
        anchor=refs[0].anchor if refs else "",
        known=how,
        says=spelled(_first_sentence(authority.effect)) if authority else "",
        of_law=authority is None or authority.type not in ("decision", "paper"),
    )

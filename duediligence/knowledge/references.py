"""What single entries of the law may refer to, and how questions are worded."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from duediligence.knowledge import vocabulary as words
from duediligence.knowledge.conditions import Names, condition_problems
from duediligence.knowledge.entries import Entry

MOST_WORDS = 15
"""A question is read in one breath."""

_ASKS = re.compile(
    r"(what|which|who|whose|whom|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|may"
    r"|might|will|would|shall|should|must|(in|on|at|by|since|until|to|from|under) (which|what|when|whom))\b",
    re.IGNORECASE,
)


def overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return str(one.get("from", "")) <= str(other.get("until", "9999")) and str(other.get("from", "")) <= str(
        one.get("until", "9999")
    )


def _dates_problems(entry: Mapping[str, Any]) -> Iterator[str]:
    if "from" in entry and "until" in entry and entry["until"] < entry["from"]:
        yield f"until: {entry['until']} lies before from, {entry['from']}"


def authority_problems(authority: Mapping[str, Any]) -> Iterator[str]:
    yield from _dates_problems(authority)
    if ("state" in authority) == ("states" in authority):
        yield "state: give either state or states (a list of {from, state})"
    days = [state["from"] for state in authority.get("states", [])]
    if "states" in authority and (not days or days != sorted(set(days))):
        yield "states: must be in order of from, each day once"


def license_problems(licenses: Sequence[Entry], names: Names) -> Iterator[str]:
    named: dict[str, str] = {}
    for entry in licenses:
        for term, value in entry.content.get("terms", {}).items():
            if term not in names.terms:
                yield f"{entry.name}: terms: {term!r} is no term; allowed: {', '.join(names.terms)}"
            elif value not in names.terms[term]:
                allowed = ", ".join(names.terms[term])
                yield f"{entry.name}: terms: {term}: {value!r} is not known; allowed: {allowed}"
        for name in entry.content.get("names", []):
            other = named.setdefault(name.lower(), entry.name)
            if other != entry.name:
                yield f"{entry.name}: names: {name!r} stands already in {other}"


def question_problems(question: Mapping[str, Any], names: Names) -> Iterator[str]:
    yield from _dates_problems(question)
    yield from _wording_problems(question)
    chosen = question["type"] in ("choice", "choices")
    if chosen and "choices" not in question:
        yield f"choices: is missing; a question of type {question['type']} lists its slugs with their words"
    if not chosen and "choices" in question:
        yield f"choices: a question of type {question['type']} has none; allowed with choice and choices"
    if "when" in question:
        for wrong in condition_problems(question["when"], question.get("each"), names):
            yield f"when: {wrong}"
    for field in ("shows", "prefill"):
        keys = question.get(field, [])
        for key in keys if isinstance(keys, list) else [keys]:
            if not names.knows_fact(key):
                yield f"{field}: {key!r} is no key of a fact; allowed: {', '.join(words.FACT_WORDS)}"
    for slug in question.get("claims", {}):
        if slug not in question.get("choices", {}):
            yield f"claims: {slug!r} is not known; allowed: {', '.join(question.get('choices', {}))}"
    if "claims" in question and question.get("each") != "act":
        yield "claims: needs each: act, since a basis for one act covers no other"
    values = question.get("prefill_values", {})
    if values and "prefill" not in question:
        yield "prefill_values: needs prefill, the key of the fact they come from"
    allowed = words.YES_NO if question["type"] == "yes_no" else tuple(question.get("choices", ()))
    for value in values.values():
        if allowed and value not in allowed:
            yield f"prefill_values: {value!r} is not known; allowed: {', '.join(allowed)}"
    yield from _unknown_sources(question.get("authorities", []), question, names)


def _wording_problems(question: Mapping[str, Any]) -> Iterator[str]:
    text = question["text"]
    if len(text.split()) > MOST_WORDS:
        yield f"text: has {len(text.split())} words; allowed: at most {MOST_WORDS}"
    if _ASKS.match(text) and "?" not in text:
        yield "text: asks, so it needs a '?'"
    yield from _placeholder_problems(question, ("text", "provider_text", "matters", "hint"))
    yield from _of_dataset_problems(question)


def _of_dataset_problems(question: Mapping[str, Any]) -> Iterator[str]:
    worded = {**question, **question.get("of_dataset", {})}
    if len(worded["text"].split()) > MOST_WORDS:
        yield f"of_dataset: text has {len(worded['text'].split())} words; allowed: at most {MOST_WORDS}"
    known = question.get("choices", {})
    for slug in question.get("of_dataset", {}).get("choices", {}):
        if slug not in known:
            yield f"of_dataset: {slug!r} is no choice; allowed: {', '.join(known)}"


def _placeholder_problems(entry: Mapping[str, Any], fields: tuple[str, ...]) -> Iterator[str]:
    for field in fields:
        for name in re.findall(r"\{[^{}]*\}", str(entry.get(field, ""))):
            if name != "{about}":
                yield f"{field}: {name} is nothing that can be filled in; allowed: {{about}}"
            elif "each" not in entry:
                yield f"{field}: {{about}} needs each; allowed: {', '.join(words.EACH)}"


def _each(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {"each": rule["each"]} if "each" in rule else {}


def rule_problems(rule: Mapping[str, Any], names: Names) -> Iterator[str]:
    yield from _dates_problems(rule)
    yield from _placeholder_problems(rule, ("proposition", "next_step", "burden"))
    yield from _placeholder_problems({**rule.get("when_false", {}), **_each(rule)}, ("proposition",))
    for field in ("applies", "when"):
        if field in rule:
            for wrong in condition_problems(rule[field], rule.get("each"), names):
                yield f"{field}: {wrong}"
    if not rule["authorities"]:
        yield "authorities: a rule needs a legal source; name at least one"
    cited = [one if isinstance(one, str) else one["id"] for one in rule["authorities"]]
    yield from _unknown_sources(cited, rule, names)
    for one in (rule, *rule.get("of_role", {}).values()):
        if "letter" in one and one["letter"] not in names.letters:
            yield f"letter: {one['letter']!r} is no letter; allowed: {', '.join(names.letters)}"
    for role, said in rule.get("of_role", {}).items():
        if "step_for" in rule and role not in rule["step_for"]:
            yield f"of_role: {role!r} has no step here; name it in step_for"
        for wrong in _placeholder_problems({**said, **_each(rule)}, ("next_step",)):
            yield f"of_role: {wrong}"
    yield from _bound_by_problems(rule, names)
    if "words_absence" in rule and rule["status"] != "gap":
        yield "words_absence: only a rule with status: gap words what is not on file"
    for id in rule.get("instead_of", []):
        if id not in names.rules:
            yield f"instead_of: {id!r} is no rule"
        elif "each" in rule and not _of_same(rule["each"], names.rules[id].get("each")):
            yield f"instead_of: {id!r} has no each: {rule['each']}, so which finding gives way is not known"


def _of_same(each: str, other: str | None) -> bool:
    # A parent is licensed: what is said of each licensed repo is said of it too.
    return other == each or (each == "licensed" and other == "parent")


def _bound_by_problems(rule: Mapping[str, Any], names: Names) -> Iterator[str]:
    if "bound_by" not in rule:
        if "bound_at" in rule:
            yield "bound_at: needs bound_by"
        return
    question = names.questions.get(rule["bound_by"])
    if question is None or question.get("type") != "choice" or "never" not in question.get("choices", {}):
        yield f"bound_by: {rule['bound_by']!r} is no question on acceptance (a choice with the slug never)"
    elif question.get("each") == "licensed" and rule.get("each") not in ("licensed", "parent", None):
        yield "bound_by: needs each: licensed, each: parent or no each"


def _unknown_sources(cited: list[str], entry: Mapping[str, Any], names: Names) -> Iterator[str]:
    for id in cited:
        if id not in names.sources:
            yield f"authorities: {id!r} is no legal source in authorities/"
        elif not any(overlap(entry, source) for source in names.sources[id]):
            yield f"authorities: {id!r} was never in force while this entry was"
    for id in {id for id in cited if cited.count(id) > 1}:
        yield f"authorities: {id!r} is named twice"


def period_problems(
    period: Mapping[str, Any], periods: Mapping[str, Mapping[str, Any]], names: Names
) -> Iterator[str]:
    """What is wrong with the places a period leads to."""
    yield from _dates_problems(period)
    yield from _placeholder_problems(period, ("title",))
    for field in ("applies", "met"):
        if field in period:
            for wrong in condition_problems(period[field], period.get("each"), names):
                yield f"{field}: {wrong}"
    if ("starts" in period) == ("after" in period):
        yield "starts: give either starts (a question) or after (a period)"
    if "after" in period and periods.get(period["after"], {}).get("starts") is None:
        yield f"after: {period['after']!r} is no period that begins with an answer"
    dates = ("starts", "extended_by", "extended_told")
    for field, kind in (*((one, "date") for one in dates), ("working_days_of", "place")):
        question = names.questions.get(period.get(field, ""), {})
        if field in period and question.get("type") != kind:
            yield f"{field}: {period[field]!r} is no question of type {kind}"
        elif field in period and question.get("each") not in (None, period.get("each")):
            yield f"{field}: needs each: {question['each']}"
    if not period["authorities"]:
        yield "authorities: a period needs a legal source; name at least one"
    yield from _unknown_sources(period["authorities"], period, names)


def matrix_problems(row: Mapping[str, Any], names: Names) -> Iterator[str]:
    """What is wrong with a row of the matrix: its dates, its rules and its legal sources."""
    yield from _dates_problems(row)
    for id in row.get("rules", []):
        if id not in names.rules:
            yield f"rules: {id!r} is no rule"
    if not row["authorities"]:
        yield "authorities: a row needs a legal source; name at least one"
    yield from _unknown_sources(row["authorities"], row, names)


def letter_problems(letter: Mapping[str, Any], names: Names) -> Iterator[str]:
    """What is wrong with a letter: its dates, when it is withheld, and its legal sources."""
    yield from _dates_problems(letter)
    for one in letter.get("withheld", []):
        for wrong in condition_problems(one["when"], None, names):
            yield f"withheld: {wrong}"
        if "instead" in one and one["instead"] not in names.letters:
            yield f"withheld: instead: {one['instead']!r} is no letter; allowed: {', '.join(names.letters)}"
    for name in re.findall(r"\{[^{}]*\}", letter.get("text", "")):
        if name not in words.LETTER_BLANKS:
            allowed = ", ".join(words.LETTER_BLANKS)
            yield f"text: {name} is nothing that can be filled in; allowed: {allowed}"
    if not letter["authorities"]:
        yield "authorities: a letter needs a legal source; name at least one"
    yield from _unknown_sources(letter["authorities"], letter, names)


def dispute_problems(dispute: Mapping[str, Any], names: Names) -> Iterator[str]:
    """What is wrong with a disputed question: its sources, its evidence and its rules."""
    yield from _dates_problems(dispute)
    yield from _placeholder_problems(dispute, ("title",))
    if not dispute["positions"]:
        yield "positions: a disputed question needs at least one, with its court or author"
    sides = [*dispute["positions"], *dispute.get("answers_nothing", [])]
    for id in sorted({one["authority"] for one in sides} | set(dispute["authorities"])):
        yield from _unknown_sources([id], dispute, names)
    for one in dispute["evidence"]:
        if ("question" in one) == ("fact" in one):
            yield f"evidence: {one['text']}: give either question or fact"
        elif "fact" in one and not names.knows_fact(one["fact"]):
            yield f"evidence: {one['fact']!r} is no key of a fact; allowed: {', '.join(words.FACT_WORDS)}"
        elif "question" in one and one["question"] not in names.questions:
            yield f"evidence: {one['question']!r} is no question"
        elif "question" in one and names.questions[one["question"]].get("each") not in (
            None,
            dispute.get("each"),
        ):
            yield f"evidence: {one['question']!r} needs each: {names.questions[one['question']].get('each')}"
    for id in dispute.get("rules", []):
        if id not in names.rules:
            yield f"rules: {id!r} is no rule"

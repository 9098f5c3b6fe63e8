"""The questions as a file to fill in: words, choices and quotes as comments, and places for answers."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence

import yaml

from duediligence.analysis.abouts import address
from duediligence.analysis.situation import Asked
from duediligence.facts.fact import Fact
from duediligence.memo.keys import fact_words, key_words
from duediligence.memo.origin import says
from duediligence.memo.words import WHO, joined, moment, sentence, zone
from duediligence.repo import shown
from duediligence.visible import visible_line
from duediligence.written_in import marked

_WIDTH = 96
_PLAIN = re.compile(r"[A-Za-z][\w.@/-]*", re.ASCII)
_FORMS = {
    "text": "In words.",
    "yes_no": "yes or no.",
    "date": "A day, a month or a year: 2026-11-22, 2026-11 or 2026.",
    "number": "A number, such as 1.2e24.",
    "place": "A country or a part of one: DE, US-CA.",
    "places": "Countries or parts of them, with commas: DE, US-CA.",
    "file": "The name of a file.",
}
_STATES = {
    "unknown": "So far answered with “I do not know”.",
    "needs_another_look": "Answered, and what the answer rested on has changed: look again.",
    "two_answers": "Two answers stand beside each other: say which holds.",
}
_HEAD = (
    "Fill in what you can say and leave the rest empty: an empty value answers nothing "
    "and takes nothing back.",
    "Write facts, not opinions. Where you do not know, write unknown; where somebody else can say, write "
    "ask: NAME (or ask: provider) on a line of its own below “says:”.",
    "Nobody reads the lines that begin with #; texts in quotation marks there are other people's.",
    "The file is taken back whole or not at all, with: duediligence answer CASE --file FILE",
)
_PARTS = (
    ("Open, and for counsel to say", "counsel"),
    ("Open, and better known to others", ""),
)


def counsel_form(asked: Sequence[Asked], repo: str) -> str:
    """A YAML file with every question that is asked, open ones first, those for counsel before all others.

    It can be given back as it is: ``answering.read_answers`` reads no answer in it until somebody writes one.
    """
    ours = [one for one in asked if one.asked]
    open_ = [one for one in ours if one.state != "answered"]
    groups = [(title, [one for one in open_ if _counsels(one) == bool(who)]) for title, who in _PARTS]
    groups.append(("Answered; fill in only what should be different", [o for o in ours if o not in open_]))
    head = (f"Questions for counsel about {shown(repo)}", *_HEAD)
    lines = [line for text in head for line in (*_comment(text), "#")]
    lines += ["for: counsel", "says:", "by:"]
    lines[-2] += "  # whose words the answers are; an answer may name somebody else"
    lines[-1] += "  # who typed them, if that is somebody else"
    for title, listed in groups:
        if listed:
            lines += ["", "", f"# ---- {title} ({len(listed)}) ----"]
            lines += [line for one in listed for line in ("", *_entry(one))]
    return marked("\n".join([*lines, "", ""]))


def _counsels(one: Asked) -> bool:
    return "counsel" in one.question.who


def _entry(one: Asked) -> Iterator[str]:
    yield from _comment(one.text)
    yield from _comment(sentence(one.question.matters), "  ")
    if one.state in _STATES:
        yield from _comment(_STATES[one.state], "  ")
    for answer in (*one.others, *((one.answer,) if one.answer else ())):
        value = answer.value if isinstance(answer.value, str) else ", ".join(answer.value)
        on = moment(answer.at, zone("UTC")[0], time=False)
        yield from _comment(f"On file: {value} ({answer.says}, {on})", "  ")
    yield from _comment(f"Who may know: {joined([WHO.get(who, who) for who in one.question.who])}", "  ")
    if one.question.hint:
        yield from _comment(one.question.hint, "  ")
    yield from (line for fact in _quoted(one.shows) for line in _comment(fact, "  "))
    yield from _choices(one)
    yield f"{_key(address(one.question.id, one.about))}:"
    yield from ("  value:", "  reason:", "  says:")


def _choices(one: Asked) -> Iterator[str]:
    choices = one.question.choices
    if not choices:
        yield from _comment(_FORMS.get(one.question.type, "In words."), "  ")
        return
    several = one.question.type == "choices"
    yield from _comment("One or more of these, with commas:" if several else "One of these:", "  ")
    for slug, text in choices.items():
        yield from _comment(f"{slug}: {text}", "    ")


def _quoted(facts: Iterable[Fact]) -> Iterator[str]:
    """What the sources say under the keys of the question, each once."""
    for fact in facts:
        where = f" ({fact.evidence})" if fact.evidence else ""
        if fact.state == "stated":
            words = visible_line(fact.quote or fact.value or "", 400)
            yield f"{says(fact)}, on {key_words(fact.key)}{where}: “{words}”"
        else:
            yield f"{says(fact)}: {fact_words(fact)}{where}."


def _comment(text: str, indent: str = "") -> list[str]:
    """*text* as comments: whatever stands in it, each line begins with a number sign."""
    return textwrap.wrap(
        visible_line(text, 2000),
        _WIDTH,
        initial_indent=f"# {indent}",
        subsequent_indent=f"# {indent}{'  ' if indent else ''}",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _key(text: str) -> str:
    """*text* as a key of YAML; in quotation marks unless it is plainly one."""
    if _PLAIN.fullmatch(text):
        return text
    quoted: str = yaml.safe_dump(text, default_style='"', width=float("inf"), allow_unicode=True)
    return quoted.removesuffix("\n").removesuffix("\n...")


__all__ = ["counsel_form"]

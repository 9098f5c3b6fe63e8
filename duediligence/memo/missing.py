"""What is missing and who has it: the lines of page 1, from the findings that are open."""

import re
from collections.abc import Sequence

from duediligence.analysis.situation import Asked, Finding
from duediligence.memo.exhibits import ON_FILE, Exhibits
from duediligence.memo.open_questions import filled
from duediligence.memo.order import first_asked
from duediligence.memo.standing import worded
from duediligence.memo.statement import Statement, say
from duediligence.memo.words import HAS, counted, cut, joined, opened, plain, sentence
from duediligence.repo import shown

MOST = 5
_REASON = re.compile(r" \((?:[^()]|\([^()]*\))*\)$")
_TO_ASK = re.compile(r" \(to ask: (.*)\)$")
_LONG = 150


def missing(ex: Exhibits) -> tuple[Statement, ...]:
    """Every fact or answer an open finding lacks, each once, behind who can say it.

    In the order in which it is asked for; without what only a source that was not read says.
    """
    lines: dict[str, list[tuple[str, Asked | None, Finding]]] = {}
    for finding in sorted(ex.inputs.findings.findings, key=lambda one: first_asked(one, ex.inputs.repo)):
        for text in _lacking(finding) if finding.status == "gap" else ():
            asked = _asked(ex, text)
            # What was not read is named once, with who can supply it.
            if asked is None and any(shown(repo) in text for repo in finding.unread):
                continue
            # One question about several things is one line.
            lines.setdefault(asked.question.id if asked else text, []).append((text, asked, finding))
    return tuple(_line(ex, same) for same in lines.values())


def _line(ex: Exhibits, same: list[tuple[str, Asked | None, Finding]]) -> Statement:
    text, asked, finding = same[0]
    support = tuple(dict.fromkeys(ref for *_, one in same for ref in ex.finding_refs(one))) or (ON_FILE,)
    if asked is None:
        short = cut(_REASON.sub("", text).strip(), _LONG)
        return say(f"{_who(ex, finding, None)}: {sentence(short)}", support=support)
    every = list({one.about: one for _, one, _ in same if one is not None}.values())
    known = "" if asked.state == "unanswered" else f" {_state(text)}"
    # Some lines name whom to ask; the others say who can.
    to_ask = _TO_ASK.search(text)
    who = to_ask[1] if to_ask else _who(ex, finding, asked)
    return say(
        f"{opened(who)}: {filled(asked.question.text, every, ex.inputs.law.acts)}{known}", support=support
    )


def lacking(ex: Exhibits, findings: Sequence[Finding]) -> tuple[Statement, ...]:
    """What would change the answer to an issue: a question about several things once, with all of them."""
    together: dict[tuple[str, str], list[tuple[str, Asked | None, Finding]]] = {}
    for finding in findings:
        for text in finding.missing:
            asked, how = _asked(ex, text), text.partition(": ")[0]
            together.setdefault((how, asked.question.id if asked else text), []).append(
                (text, asked, finding)
            )
    return tuple(_lacking_line(ex, how, same) for (how, _), same in together.items())


def _lacking_line(ex: Exhibits, how: str, same: list[tuple[str, Asked | None, Finding]]) -> Statement:
    text, asked, _ = same[0]
    support = tuple(dict.fromkeys(ref for *_, one in same for ref in ex.finding_refs(one)))
    if asked is None:
        return say(sentence(opened(text)), support=support)
    every = list({one.about: one for _, one, _ in same if one is not None}.values())
    return say(f"{opened(how)}: {filled(asked.question.text, every, ex.inputs.law.acts)}", support=support)


def _state(text: str) -> str:
    """How a question stands that was answered all the same."""
    return {
        "not known": "Answered with “I do not know”.",
        "needs another look": "The answer needs another look.",
        "two answers stand beside each other": "Two answers stand beside each other.",
    }.get(text.partition(":")[0], "The answer is not exact enough.")


def _lacking(finding: Finding) -> tuple[str, ...]:
    """What a gap lacks; a rule that fired on answers says so itself, and what was answered is not missing."""
    said = finding.proposition.rstrip(".")
    return tuple(worded(finding) if text == said else text for text in finding.missing)


def and_more(ex: Exhibits, left_out: int) -> str:
    """One sentence on the lines there was no room for and the questions rules wait for; empty without any."""
    waiting = len({one.question.id for one in ex.inputs.asked if one.asked and one.state == "unanswered"})
    more = [f"{counted(left_out, 'more line')} in section 2 and annex C"] * bool(left_out)
    more += [f"{counted(waiting, 'question')} nobody has answered yet, in section 4 and annex D"] * bool(
        waiting
    )
    return sentence(f"Also {joined(more)}") if more else ""


def _asked(ex: Exhibits, missing: str) -> Asked | None:
    """The question a missing answer names."""
    at = missing.find(": ") + 2
    return ex.asked_by_text.get(_TO_ASK.sub("", missing[at:]))


def _who(ex: Exhibits, finding: Finding, asked: Asked | None) -> str:
    # A missing answer names its question, and that who can say; what no source states, the provider can.
    if asked is None:
        known_by = ex.rules[finding.id].known_by if finding.id in ex.rules else None
        return HAS[known_by or ("counsel" if finding.owner == "counsel" else "provider")]
    who = (asked.question.who or (finding.owner,))[0]
    return HAS.get(who, plain(who).capitalize())

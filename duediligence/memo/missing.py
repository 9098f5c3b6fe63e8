"""What is missing and who has it: the lines of page 1, from the findings that are open."""

from duediligence.analysis.situation import Finding
from duediligence.memo.exhibits import ON_FILE, Exhibits
from duediligence.memo.order import decisive
from duediligence.memo.statement import Statement, say
from duediligence.memo.words import HAS, counted, cut, joined, plain, sentence

MOST = 5
_LONG = 150


def missing(ex: Exhibits) -> tuple[Statement, ...]:
    """Every fact or answer an open finding lacks, each once, by decisive, with who can say it."""
    lines: dict[str, Statement] = {}
    for finding in sorted(ex.inputs.findings.findings, key=decisive):
        for text in _lacking(finding) if finding.status == "gap" else ():
            said = sentence(cut(text[:1].upper() + text[1:], _LONG))
            # Some lines name whom to ask; the others say who can.
            said += "" if "(to ask:" in text else f" {_who(ex, finding, text)} can say."
            lines.setdefault(text, say(said, support=ex.finding_refs(finding) or (ON_FILE,)))
    return tuple(lines.values())


def _lacking(finding: Finding) -> tuple[str, ...]:
    """What a gap lacks; a rule that fired on answers says so itself, and what was answered is not missing."""
    lacking = tuple(text for text in finding.missing if not text.startswith(("the answer to", "worked out")))
    return lacking or (finding.proposition.rstrip("."),) if finding.missing else ()


def and_more(ex: Exhibits, left_out: int) -> str:
    """One sentence on the lines there was no room for and the questions rules wait for; empty without any."""
    waiting = len({one.question.id for one in ex.inputs.asked if one.asked and one.state == "unanswered"})
    more = [f"{counted(left_out, 'more line')} in section 2 and annex C"] * bool(left_out)
    more += [f"{counted(waiting, 'question')} nobody has answered yet, in section 4 and annex D"] * bool(
        waiting
    )
    return sentence(f"Also {joined(more)}") if more else ""


def _who(ex: Exhibits, finding: Finding, missing: str) -> str:
    # A missing answer names its question, and that who can say; what no source states, the provider can.
    named = next((one for one in ex.inputs.asked if one.text and one.text in missing), None)
    if named is None:
        return HAS["counsel" if finding.owner == "counsel" else "provider"]
    who = (named.question.who or (finding.owner,))[0]
    return HAS.get(who, plain(who).capitalize())

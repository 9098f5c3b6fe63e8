"""How a finding stands, in words that carry no verdict: kind first, then what it rests on."""

import re

from duediligence.analysis.situation import Finding
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.words import FACTS, KINDS, LAW, counted, joined, plain, sentence

_DISPUTE = re.compile(r"\b(disputed|both ways|disagree|not decided|undecided)\b")
# Words a proposition may open with that take a small letter behind "whether".
_SMALL = frozenset(
    (
        *("A", "Above", "All", "An", "Any", "Anyone", "As", "Beside", "Contracts", "Copies", "Each"),
        *("Even", "Every", "Examining", "Fair", "For", "From", "If", "In", "Interim", "It", "Its"),
        *("Knowledge", "Known", "Making", "National", "No", "On", "Once", "Only", "Past", "Several"),
        *("Sharing", "Under", "What", "When", "Where", "Which", "With", "Without"),
        *("Nobody", "None", "One", "Others", "Our", "Output", "Parts", "People", "Placing"),
        *("Press", "Publishing", "Sensitive", "Some", "Someone", "Taking", "That"),
        *("The", "There", "These", "They", "This", "Those", "Training", "Use", "Users", "Uses"),
        *("Using", "We", "Weights", "Who", "Whoever", "Whose", "Words", "Works", "You", "Your"),
        *("Placing", "Past", "Sensitive", "Whether"),
    )
)

_WHETHER = re.compile(r"Whether (.*?) (?:is|are) (?:disputed|open|on appeal|before the)\b.*")
_FAST = re.compile(r"([^;]*); whether (.*?) is disputed")
_DISPUTED = (
    (re.compile(r"It is disputed whether ([^;]*)(?:; (.*))?"), "", r"\1"),
    (re.compile(r"(Where [^;]*), it is disputed whether ([^;]*)"), r"\1, ", r"\2"),
    (_WHETHER, "", r"\1"),
    (_FAST, r"\1. ", r"\2"),
)
"""How a proposition tells its dispute, what of it stands fast, and what is to be asked."""

_ASKED = "Does this hold here?"
"""Stands before words that fit no single clause: nobody reads them as a claim."""

_ABSENT = (
    (re.compile(r"That (.*) is not shown"), "Is it shown that "),
    (re.compile(r"That (.*) is not on file"), "Is it on file that "),
    (re.compile(r"((?:What|Which) .*) is not on file"), "Is it on file "),
    (re.compile(r"(Whether .*), cannot be told from what was read"), "Can it be told from what was read "),
)
"""Propositions that word what is missing, and how they are asked."""

_CLAUSE = re.compile(r"; (?:and )?|(?<=[a-z0-9)])\. (?=[A-Z])")

_NAMES = (
    "Regional Court",
    "Article ",
    "Articles ",
    "Section ",
    "Sections ",
    "California",
    "Austria",
    "German",
    "Hamburg",
)


def heading(ex: Exhibits, finding: Finding) -> str:
    """``Constraint · supported by documents, not established``."""
    return f"{KINDS.get(finding.polarity, plain(finding.polarity))} · {standing(ex, finding)}"


def standing(ex: Exhibits, finding: Finding) -> str:
    """The status of a finding in words; a status that is not known here is printed as it is."""
    if finding.status == "gap":
        settled = "the record does not settle it"
        return f"open: {settled}" if _says_what_is_missing(finding) else "open, because something is missing"
    if finding.status == "not_applicable":
        return "does not apply"
    if finding.status == "contested":
        return f"disputed{_decisions(ex, finding)}"
    if finding.status == "supported":
        return f"supported by {_support(finding)}; not established"
    if finding.status == "established":
        return {
            "disputed": "stands in the text; whether it binds is disputed",
            "non_final": "decided, not final",
            "untested": "follows from guidance or writing; no decision on file",
        }.get(finding.law, "established on the text")
    return plain(finding.status)


def axes(finding: Finding) -> tuple[str, str]:
    """The two axes in words: how the law stands, and how the facts do."""
    return LAW.get(finding.law, plain(finding.law)), FACTS.get(finding.facts, plain(finding.facts))


def worded(finding: Finding) -> str:
    """The proposition; of a finding that is open or disputed, that it is in question."""
    if finding.status == "not_applicable":
        return f"Not applied: {sentence(finding.proposition)}"
    if finding.status == "gap" and _in_question(finding):
        return in_question(finding.proposition)
    return sentence(_whether(finding)) if _in_question(finding) else sentence(finding.proposition)


def asked_of_counsel(finding: Finding) -> str:
    """What counsel is asked about a finding: a question, with what stands fast before it."""
    said = finding.proposition.strip().rstrip(".")
    if finding.status == "gap":
        return in_question(said) if _in_question(finding) else f"{said}. What follows for us?"
    for pattern, fast, asked in _DISPUTED:
        if found := pattern.fullmatch(said):
            before, question = found.expand(fast), in_question(found.expand(asked))
            return before + (question[:1].lower() + question[1:] if before.endswith(", ") else question)
    if _DISPUTE.search(said):
        return f"{said}. Which view holds for us?"
    return in_question(said)


def in_question(proposition: str) -> str:
    """*proposition* as a question: ``Does it hold here that uses with faces must be checked?``"""
    # What it leaves open in its own words is asked when it holds.
    said = proposition.strip().rstrip(".").partition(". Open: ")[0]
    for pattern, asked in _ABSENT:
        if found := pattern.fullmatch(said):
            return asked + found.expand(r"\1")[:1].lower() + found.expand(r"\1")[1:] + "?"
    if found := _WHETHER.fullmatch(said):
        said = found[1]
    if found := _FAST.fullmatch(said):
        said = f"{found[1]}; {found[2]}"
    # Each clause is asked for itself: a question with a statement behind it is none.
    # A comma that parted the clause from what stood behind it parts nothing any more.
    clauses = [_small(clause).rstrip(" ,") for clause in _CLAUSE.split(said)]
    return f"Does it hold here that {', and that '.join(clauses)}?"


def _in_question(finding: Finding) -> bool:
    # Some rules word the dispute, or what is missing, themselves; then it is not put in question again.
    # What is open for want of facts is in question, also when its words speak of a dispute.
    if finding.status == "gap":
        return not _says_what_is_missing(finding)
    return finding.status == "contested" and not _DISPUTE.search(finding.proposition)


def _says_what_is_missing(finding: Finding) -> bool:
    return finding.status == "gap" and not finding.in_question


def _whether(finding: Finding) -> str:
    text = finding.proposition.strip().rstrip(".")
    if text.startswith("Whether"):
        return text
    small = _small(text)
    # "Whether Above a number …" reads badly, and so does "whether german law …".
    fits = small != text or text[:1].islower()
    return f"Whether {small}" if fits or _is_name(text) else f"{_ASKED} {text}"


def _is_name(text: str) -> bool:
    """Whether *text* opens with what keeps its capital inside a sentence: an article, a country, an id."""
    first = text.partition(" ")[0]
    return text.startswith(_NAMES) or first.isupper() or any(sign in first for sign in "/._:0123456789")


def _small(text: str) -> str:
    opening, space, rest = text.partition(" ")
    return f"{opening.lower()}{space}{rest}" if opening in _SMALL else text


def _support(finding: Finding) -> str:
    documents = len({item.get("evidence") for item in finding.rests_on if item.get("evidence")})
    answers = len({item["answer"] for item in finding.rests_on if "answer" in item})
    parts = [counted(documents, "document")] * bool(documents) + [counted(answers, "answer")] * bool(answers)
    return joined(parts) or "legal sources"


def _decisions(ex: Exhibits, finding: Finding) -> str:
    cited = [ex.inputs.law.authorities.get(str(item["id"])) for item in finding.authorities]
    decisions = [one for one in cited if one is not None and one.type == "decision"]
    if not decisions:
        return "; no decision on file"
    titles = [one.title + ("" if one.final else " (not final)") for one in decisions[:2]]
    return f": see {joined(titles)}"

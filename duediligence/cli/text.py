"""Values as plain text for a terminal; nothing in other people's words steers it."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from duediligence.analysis.alike import Together, together
from duediligence.analysis.disputes import Derivative
from duediligence.analysis.keydate import FIXED, MOVABLE, KeyDate
from duediligence.analysis.matrix import Matrix, quotation
from duediligence.analysis.situation import Asked, Finding, Findings
from duediligence.cautions import BEFORE_FINDINGS
from duediligence.changes_text import event_line
from duediligence.facts.fact import QUOTED_SOURCES, Fact, collapse
from duediligence.facts.lineage import Edge, Lineage
from duediligence.facts.reading import CardReading
from duediligence.history import Answer
from duediligence.knowledge.law import Law
from duediligence.knowledge.vocabulary import ACTOR_WORDS, CONFIRMED, SIDES
from duediligence.letters import Draft
from duediligence.memo.words import ROLES, counted, taken_for
from duediligence.repo import shown
from duediligence.reports import dates_lines
from duediligence.steps import steps
from duediligence.surroundings import command
from duediligence.visible import visible_line

STATUS = {
    "established": "established on the text",
    "supported": "supported",
    "contested": "contested",
    "gap": "missing",
    "not_applicable": "does not apply",
}
FORMS = {
    "yes_no": "yes, no",
    "date": "2026-11-22, 2026-11 or 2026",
    "place": "a country such as DE",
    "places": "countries such as DE, FR",
    "file": "the name of a file",
}
NOT_SAID = {"absent": "looked, not found", "unreadable": "not readable", "not_reached": "not reached"}
REGIMES = {
    "copyright": "copyright",
    "data_protection": "data protection",
    "ai_act": "AI Act",
    "contract": "contract",
}
PLACES = {"eu": "European Union and Germany", "uk": "United Kingdom", "us": "United States"}
OWNERS = (("you", "For you"), ("provider", "For the provider"), ("counsel", "For counsel"))


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A function that shows one line of progress: rewritten in a terminal, one after the other elsewhere."""
    rewritten = sys.stderr.isatty()

    def tell(line: str) -> None:
        shown_line = visible_line(line, 110)
        print(
            f"\r\x1b[K{shown_line}" if rewritten else shown_line,
            end="" if rewritten else "\n",
            file=sys.stderr,
        )
        sys.stderr.flush()

    try:
        yield tell
    finally:
        if rewritten:
            print("\r\x1b[K", end="", file=sys.stderr)


def facts(found: Sequence[Fact], first: str) -> str:
    """Facts by repo, *first* before the others, with source and quote; what nobody states in one line."""
    lines = []
    for repo in sorted({fact.repo for fact in found}, key=lambda repo: (repo != first, repo)):
        ours = [fact for fact in found if fact.repo == repo]
        lines.append(shown(repo))
        lines += _stated([fact for fact in ours if fact.state == "stated"])
        lines += [_not_said(ours, state) for state in NOT_SAID]
    return "\n".join(line for line in lines if line)


def _stated(facts: Sequence[Fact]) -> list[str]:
    """One line for each value, with every place that states it; long lists of plain values on one line."""
    lines: list[str] = []
    for key in dict.fromkeys(fact.key for fact in facts):
        ours = [fact for fact in facts if fact.key == key]
        values = dict.fromkeys(fact.value or "" for fact in ours)
        places = {
            value: ", ".join(dict.fromkeys(_where(fact) for fact in ours if (fact.value or "") == value))
            for value in values
        }
        if len(values) > 6 and not any(fact.source in QUOTED_SOURCES for fact in ours):
            where = ", ".join(dict.fromkeys(places.values()))
            lines.append(f"  {key}: {visible_line(', '.join(values), 300)}  [{where}]")
            continue
        for value, where in places.items():
            quoted = next(
                (f.quote for f in ours if (f.value or "") == value and f.source in QUOTED_SOURCES), None
            )
            quote = f"  “{visible_line(quoted, 160)}”" if quoted and collapse(quoted) != value else ""
            lines.append(f"  {key}: {visible_line(value, 160)}  [{where}]{quote}")
            taken = dict.fromkeys(f.upstream for f in ours if f.value == value and f.by_list and f.upstream)
            lines += [f"      {visible_line(taken_for(one), 200)}" for one in taken]
    return lines


def _where(fact: Fact) -> str:
    return f"{fact.evidence} {fact.file}" if fact.evidence else (fact.source or "")


def _not_said(ours: Sequence[Fact], state: str) -> str:
    # What is computed follows from what was read; here is what was looked for.
    said = [fact for fact in ours if fact.state == state and "." not in fact.key]
    reason = next((f" ({visible_line(fact.reason, 120)})" for fact in said if fact.reason), "")
    return f"  {NOT_SAID[state]}{reason}: {', '.join(fact.key for fact in said)}" if said else ""


def card(file: str, read: CardReading) -> str:
    """One card as a reviewer would see it: what it says with its words, then what nobody finds in it."""
    lines = [file]
    if read.error:
        lines.append(f"  cannot be read: {visible_line(read.error, 300)}")
    for fact in read.facts:
        if fact.state == "stated":
            where = "metadata" if fact.source == "front_matter" else "text"
            said = visible_line(fact.value or "", 120)
            lines.append(f"  {fact.key} ({where}): {said}")
            if fact.source == "prose" and fact.quote and collapse(fact.quote) != fact.value:
                lines.append(f"      “{visible_line(collapse(fact.quote), 200)}”")
            if fact.by_list and fact.upstream:
                lines.append(f"      {visible_line(taken_for(fact.upstream), 200)}")
    lines += [f"  missing: {what}" for what in lacking(read)]
    silent = [fact.key for fact in read.facts if fact.state == "absent" and fact.key not in _WANTED]
    if silent:
        lines.append(f"  says nothing on: {', '.join(silent)}")
    return "\n".join(lines)


def lacking(read: CardReading) -> tuple[str, ...]:
    """What a reviewer looks for first and does not find, each in words."""
    stated = {fact.key for fact in read.facts if fact.state == "stated"}
    left = {fact.key for fact in read.facts if fact.state == "absent"}
    found = [words for key, words in _WANTED.items() if key in left]
    declared = {fact.source for fact in read.facts if fact.key in ("datasets", "base_model")}
    if "training_data" in stated and "front_matter" not in declared:
        found.append("datasets in the metadata (they are named only in the text)")
    elif not stated & {"training_data", "datasets", "base_model", "undisclosed_data", "source_datasets"}:
        found.append("what it was made from")
    return tuple(found)


_WANTED = {
    "license": "a license",
    "legal_basis": "on which legal basis it was collected, trained or published",
    "personal_data": "whether personal data are in it",
    "contact": "whom to ask",
}


def lineage(tree: Lineage) -> str:
    """The lineage as a nested list."""
    nodes = {node.id: node for node in tree.repos}
    below: dict[str, list[Edge]] = {}
    for edge in tree.edges:
        below.setdefault(edge.downstream, []).append(edge)
    lines: list[str] = []
    seen: set[str] = set()
    # A stack, not recursion: chains a thousand deep exist.
    todo: list[tuple[str, int, str]] = [(tree.repo, 0, "")]
    while todo:
        repo, depth, how = todo.pop()
        node = nodes.get(repo)
        stated = sorted({value for value, _, _ in node.license if value}) if node else []
        licenses = visible_line(", ".join(stated), 120)
        state = f" ({node.state.replace('_', ' ')})" if node and node.state not in (None, "present") else ""
        again = " (see above)" if repo in seen else ""
        name = visible_line(shown(repo), 100)
        lines.append(
            f"{'  ' * min(depth, 40)}{how}{name}{state}{again}"
            + (f"  license: {licenses}" if licenses else "")
        )
        if repo in seen:
            continue
        seen.add(repo)
        target = node.now if node and node.now else repo
        todo += [
            (edge.upstream, depth + 1, _how(edge))
            for edge in reversed(below.get(target, below.get(repo, [])))
        ]
    lines += [f"Not complete: {visible_line(limit)}" for limit in tree.limits]
    if tree.gone:
        lines += ["Not found any more, and no longer counted:"]
        lines += [f"  {visible_line(edge.id, 300)}, since {edge.gone_since}" for edge in tree.gone]
    open_ = [edge for edge in tree.edges if edge.undecided]
    if open_:
        lines += [f"Only the text names these; say which are right: accept CASE {open_[0].short}, or reject:"]
        lines += [f"  {edge.short}  {visible_line(edge.id, 300)}" for edge in open_]
    return "\n".join(lines)


def _how(edge: Edge) -> str:
    said = {True: ", accepted", False: ", rejected", None: ""}[edge.accepted]
    named = f"only named in the text, {edge.short}" if edge.stated_in == "prose" else edge.stated_in
    named += f", {taken_for(edge.upstream)}" if edge.by_list else ""
    return f"{edge.relation.replace('_', ' ')} [{named}{said}] "


def questions(asked: Sequence[Asked]) -> str:
    """The questions that are asked, in order, and how each stands."""
    lines = []
    for one in asked:
        if not one.asked:
            continue
        address = one.question.id + (f"@{one.about}" if one.about else "")
        said = [f"{visible_line(_value(each.value), 100)}{_whose(one, each)}" for each in one.given]
        value = f": {' | '.join(said)}" if said else ""
        lines.append(f"{one.state.replace('_', ' '):<18} {address}{value}")
        lines.append(f"{'':<18} {visible_line(one.text)}  [{_allowed(one)}]")
    return "\n".join(lines)


def _whose(one: Asked, answer: Answer) -> str:
    return f" ({visible_line(answer.says, 60)})" if one.others else ""


def _allowed(one: Asked) -> str:
    choices = ", ".join(one.question.choices) or FORMS.get(one.question.type, "text")
    choices = (
        f"a number such as {one.question.example or 1500000}" if one.question.type == "number" else choices
    )
    several = "several of " if one.question.type == "choices" else ""
    return f"{several}{choices}; or unknown"


def _value(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def findings(found: Findings, law: Law, folder: object) -> str:
    """Findings by who can act; those that do not apply are counted. *folder* is the case as one types it."""
    lines = [*_dates(found), *([BEFORE_FINDINGS] if found.for_user else [])]
    for owner, title in OWNERS:
        ours = [one for one in found.findings if one.owner == owner and one.status != "not_applicable"]
        if ours:
            alike, each = together(ours)
            lines += [f"{title} ({len(ours)})", *(_finding(one, law, folder) for one in each)]
            lines += [line for group in alike for line in _together(group)]
    rest = sum(one.status == "not_applicable" for one in found.findings)
    if rest:
        lines.append(f"Does not apply: {rest}")
    if found.waiting:
        lines.append(f"Waiting for answers: {len(found.waiting)} rules")
    return "\n".join([*lines, f"Law as of {found.as_of}. No verdict; read the sources."])


def _dates(found: Findings) -> list[str]:
    fixed = [one for one in found.dates if not one.movable]
    set_by_people = [one for one in found.dates if one.movable]
    return [*_days(FIXED, fixed), *_days(MOVABLE, set_by_people)]


def _days(title: str, dates: Sequence[KeyDate]) -> list[str]:
    lines = [f"{title} ({len(dates)})"] if dates else []
    for one in dates:
        lines.append(f"  {visible_line(str(one))}")
        if one.note:
            lines.append(f"      {one.note}")
        if one.next_step:
            lines.append(f"      next: {one.next_step}")
    return lines


def _finding(one: Finding, law: Law, folder: object) -> str:
    # What is open is no assertion; a gap that was found words itself what is missing.
    status = "open, not known whether this holds" if one.in_question else STATUS[one.status]
    lines = [f"  {one.polarity.capitalize()} · {status}: {visible_line(one.proposition)}"]
    lines += [f"      missing: {visible_line(what)}" for what in one.lacks]
    lines += [f"      decision due {due['date']}: {due['event']}" for due in one.decision_due]
    if one.next_step:
        lines.append(f"      next: {one.next_step}")
    if one.letter and one.letter in law.letters:
        lines.append(f"      letter: {law.letters[one.letter].title}")
        lines.append(f"              {command()} letter {folder} {one.letter}")
    if one.letter_withheld:
        kind = "why this letter" if one.letter else "no letter"
        lines.append(f"      {kind}: {one.letter_withheld}")
    return "\n".join(lines)


def letters(offered: Sequence[Draft], folder: object) -> str:
    """The letters by name, those that findings name first; then those that are not offered, and why."""
    lines = []
    for one in offered:
        by = f"  (named by {counted(one.named, 'finding')})" if one.named else ""
        lines.append(f"{one.id:<4} {one.title}{by}")
        lines.append(f"     {'not offered: ' + one.withheld if one.withheld else one.caution}")
    return "\n".join([*lines, f"The words of one: {command()} letter {folder} NAME. Nothing is sent."])


def _together(group: Together) -> list[str]:
    """What hangs on one reason: the reason once, then a line a finding."""
    reason = "; ".join(visible_line(what) for what in group.missing)
    said = dict.fromkeys(f"      {one.polarity}: {visible_line(one.proposition)}" for one in group.findings)
    return [f"  Open for one reason, {len(group.findings)} findings: {reason}", *said]


def matrix(made: Matrix) -> str:
    """The matrix by place, actor and act; a place nothing lies in is named and left out."""
    lines = [made.sentence, *(f"  {visible_line(quotation(one), 400)}" for one in made.quoted)]
    for place in made.places:
        if not place.in_play:
            lines.append(f"{PLACES[place.place]}: no place in the answers lies there.")
            continue
        lines += ["", PLACES[place.place]]
        for line in place.lines:
            lines.append(f"  {ACTOR_WORDS[line.actor].capitalize()}, {line.title}")
            for cell in line.cells:
                if cell.state != "not_asked":
                    said = visible_line(cell.text, 400)
                    lines.append(f"      {REGIMES[cell.regime]}: {said}")
            lines.append(f"      who must prove: {line.burden}")
    return "\n".join([*lines, "", f"Law as of {made.as_of}. Claims are printed as claims; no verdict."])


def derivative(made: Derivative) -> str:
    """The three questions: positions with their court or author, what would decide, what follows."""
    lines = [made.sentence]
    for one in made.questions:
        lines += ["", visible_line(one.title)]
        for position in one.positions:
            source = position["authority"]
            known = f"{CONFIRMED[source['confirmed']]}, {source['state']}"
            lines.append(f"  {SIDES[position['side']]}: {position['says']}")
            lines.append(f"      {source['title']} ({known}). {position['reach']}")
        lines.append(f"  {one.none_found}")
        for item in one.answers_nothing:
            lines.append(f"  no answer to it: {item['authority']['title']}. {item['because']}")
        for each in one.evidence:
            lines.append(f"  would decide: {each.text}: {visible_line(each.stands, 300)}")
        lines += [f"  for one {ROLES[role]}: {text}" for role, text in one.follows.items()]
    return "\n".join([*lines, "", f"Law as of {made.as_of}. No verdict; read the sources."])


def chronology(events: Sequence[Mapping[str, Any]], dates: Sequence[KeyDate] = ()) -> str:
    """One line a step: when, what, by whom; then the dates to watch, ahead and passed."""
    lines = []
    for event in steps(events):
        when = str(event["at"])[:16].replace("T", " ")
        lines.append(f"{when} UTC  {event_line(event)}")
    return "\n".join([*lines, *dates_lines(dates)])

"""What the rules say, by who can act: kind, standing, support, what is missing, what is next."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from duediligence.analysis.abouts import words as about_words
from duediligence.analysis.against import against, on_upstream
from duediligence.analysis.alike import together
from duediligence.analysis.keydate import FIXED, MOVABLE, KeyDate
from duediligence.analysis.situation import Asked, Finding, Findings
from duediligence.case import Case
from duediligence.cautions import BEFORE_FINDINGS
from duediligence.facts.fact import QUOTED_SOURCES, Fact
from duediligence.knowledge.law import Law
from duediligence.knowledge.vocabulary import ACT_WORDS, CONFIRMED
from duediligence.letters import Draft
from duediligence.memo.words import FACTS, KINDS, LAW, REGIMES, counted, day, place, plain
from duediligence.repo import shown
from duediligence.visible import visible_line
from duediligence.widgets.field import spoken
from duediligence.widgets.places import law_of, place_names
from duediligence.widgets.quotes import fact_line
from duediligence.widgets.review import provider_list
from duediligence.widgets.screen import Reply, Tell
from duediligence.widgets.tree import Child, Node, box, bullets, copy_button, el, folded, limited, small
from duediligence.widgets.words import OWNERS

ALL, DATES, REST, TABLE = "all", "dates", "rest", "table"
"""What the list can be narrowed to, beside who can act."""

_MANY = 60
_QUOTES = 3
_STANDING = {
    "established": "established on the text",
    "supported": "supported, not established",
    "contested": "disputed",
    "gap": "open, something is missing",
    "not_applicable": "does not apply",
}
_OPEN_FIRST = ("contested", "gap", "supported", "established")


class FindingsView:
    """The findings of a case; without the case, of one moment."""

    name = "Findings"

    def __init__(self, found: Findings, case: Case | None) -> None:
        self.case = case
        self._found = found
        self._filter = ALL

    def show(self) -> Reply:
        return Reply(page=page(self._found, *self._beside(), chosen=self._filter))

    def follow(self) -> Reply:
        if self.case:
            self._found = self.case.findings()
        return self.show()

    def handle(self, action: str, given: Mapping[str, Any], tell: Tell) -> Reply:
        if action != "filter":
            return Reply()
        self._filter = str(given.get("by"))
        counts = {by: (words, number) for by, words, number in filters(self._found)}
        words, number = counts.get(self._filter, counts[ALL])
        return Reply(page=self.show().page, line=f"Shown: {words.lower()}, {number}.")

    def _beside(self) -> tuple[Sequence[Asked], Sequence[Fact], Law | None, str, Sequence[Draft]]:
        if self.case is None:
            return (), (), None, "", ()
        case = self.case
        return case.questions(), case.facts(), law_of(case), case.repo, case.letters()


def filters(found: Findings) -> list[tuple[str, str, int]]:
    """What the list can be narrowed to: its name, its words, and how many stand there."""
    applying = _applying(found)
    return [
        (ALL, "Everything that applies", len(applying)),
        *((owner, words, sum(one.owner == owner for one in applying)) for owner, words in OWNERS.items()),
        (DATES, "Before your date", len(_before_start(found))),
        (REST, "Does not apply", len(found.findings) - len(applying)),
        (TABLE, "As a table", len(applying)),
    ]


def _applying(found: Findings) -> list[Finding]:
    return [one for one in found.findings if one.status != "not_applicable"]


def _before_start(found: Findings) -> list[KeyDate]:
    """Days that fall before the planned start."""
    return [one for one in found.dates if one.launch == "before" and one.state == "running"]


def page(
    found: Findings,
    asked: Sequence[Asked],
    facts: Sequence[Fact],
    law: Law | None,
    repo: str,
    drafts: Sequence[Draft] = (),
    *,
    chosen: str = ALL,
) -> Node:
    """Groups by who can act, with counts and a filter; what does not apply is folded."""
    look = _Lookup(asked, facts, law, repo, drafts)
    buttons = [
        el(
            "button",
            f"{words} ({number})" if by != TABLE else words,
            type="button",
            aria_pressed="true" if by == chosen else "false",
            action={"action": "filter", "by": by},
        )
        for by, words, number in filters(found)
    ]
    return box(
        box(*buttons, class_="row", role="group", aria_label="Show"),
        small(f"Law as of {day(found.as_of)}. No verdict; read the sources."),
        *_shown(found, chosen, look),
        class_="findings",
    )


def _shown(found: Findings, chosen: str, look: "_Lookup") -> list[Child]:
    applying = _applying(found)
    rest = [one for one in found.findings if one.status == "not_applicable"]
    if chosen == TABLE:
        return [_table(applying)]
    if chosen == REST:
        return [_group("Does not apply", rest, look)]
    if chosen == DATES:
        return [_days(_before_start(found))]
    if chosen in OWNERS:
        mine = [one for one in applying if one.owner == chosen]
        theirs = _provider_list(look) if chosen == "provider" else None
        named = {one.letter for one in mine}
        return [_group(OWNERS[chosen], mine, look), _letters(look, named), theirs]
    return [
        _dates(found),
        el("p", BEFORE_FINDINGS, class_="warning") if found.for_user else None,
        _waiting(found),
        *(
            _group(words, [one for one in applying if one.owner == owner], look)
            for owner, words in OWNERS.items()
        ),
        _letters(look, {one.letter for one in applying}),
        _provider_list(look),
        folded(f"Does not apply ({len(rest)})", *_cards(rest, look)) if rest else None,
    ]


def _provider_list(look: "_Lookup") -> Node | None:
    return provider_list(list(look.asked.values()), look.acts)


def _letters(look: "_Lookup", named: Collection[str | None]) -> Node | None:
    """Each letter that findings name, with what is risky about it before its words, to be copied."""
    drafts = [one for one in look.drafts if one.id in named and not one.withheld]
    if not drafts:
        return None
    return el("section", el("h3", f"Letters ({len(drafts)})"), *map(_draft, drafts), class_="letters")


def _draft(one: Draft) -> Node:
    return folded(
        f"{one.title[:1].upper()}{one.title[1:]}",
        el("p", visible_line(one.caution, 600), class_="warning"),
        el("p", f"To: {one.to}. What stands in [ ] is for you to fill in. Nothing is sent.", class_="hint"),
        box(copy_button("Copy the letter", one.text, label=f"Copy: {one.title}"), class_="row"),
        el("pre", one.text, class_="letter", dir="auto"),
    )


def _days(dates: Sequence[KeyDate]) -> Node:
    rows = [el("li", visible_line(str(one), 400), small(f" {visible_line(one.note)}")) for one in dates]
    none = "No day the law watches falls before your planned start, or no start is planned."
    listed = el("ul", *rows) if rows else el("p", none)
    return el("section", el("h3", f"Before your date ({len(dates)})"), listed)


def _table(findings: Sequence[Finding]) -> Node:
    """One row a finding; `table()` gives the same to whoever wants to work on."""
    order = sorted(findings, key=lambda one: (list(OWNERS).index(one.owner), _rank(one.status), one.id))
    rows = [
        el(
            "tr",
            el("th", OWNERS.get(one.owner, one.owner), scope="row"),
            el("td", heading(one)),
            el("td", f"{_open(one)}{visible_line(one.proposition, 600)}"),
            el("td", visible_line(one.next_step or "")),
        )
        for one in order
    ]
    heads = ("Who can act", "What it is", "Finding", "Next")
    head = el("thead", el("tr", *(el("th", one, scope="col") for one in heads)))
    table = el("table", head, el("tbody", *rows), class_="frame")
    said = el("p", "As a pandas frame, to work on: ", el("code", "case.findings().table()"))
    return box(said, box(table, class_="wide", tabindex="0", role="region", aria_label="Findings as a table"))


class _Lookup:
    """What findings point at, by id."""

    def __init__(
        self,
        asked: Sequence[Asked],
        facts: Sequence[Fact],
        law: Law | None,
        repo: str,
        drafts: Sequence[Draft],
    ) -> None:
        self.asked = {(one.question.id, one.about): one for one in asked}
        self.facts = {fact.id: fact for fact in facts}
        self.letters = law.letters if law else {}
        self.authorities = law.authorities if law else {}
        self.repo = repo
        self.drafts = drafts
        self.acts = law.acts if law else ACT_WORDS
        self.offered = {one.id for one in drafts if not one.withheld}


def _waiting(found: Findings) -> Node | None:
    if not found.waiting:
        return None
    questions = {address for _, addresses in found.waiting for address in addresses}
    rules, missing = (
        counted(len(found.waiting), "rule waits", "rules wait"),
        counted(len(questions), "answer"),
    )
    return el("p", f"{rules} for {missing}; the questions stand above.", class_="hint")


def _group(title: str, findings: Sequence[Finding], look: _Lookup) -> Node:
    alike, each = together(findings)
    return el(
        "section",
        el("h3", f"{title} ({len(findings)})"),
        *_cards(each, look),
        *(
            folded(
                f"Open for one reason ({len(group.findings)}): {visible_line('; '.join(group.missing), 300)}",
                *_cards(group.findings, look),
            )
            for group in alike
        ),
        el("p", "None.", class_="hint") if not findings else None,
    )


def _cards(findings: Iterable[Finding], look: _Lookup) -> list[Node]:
    """What stands against the plan first; what one rule finds of several things stands behind the first."""
    given = list(findings)
    heavy = {id(one): at for at, one in enumerate(against(given, look.facts, look.repo))}

    def place_of(one: Finding) -> tuple[object, ...]:
        upstream = on_upstream(one, look.repo)
        return heavy.get(id(one), len(heavy)), upstream, _rank(one.status), one.id, one.about or ""

    alike: dict[tuple[str, str], list[Finding]] = {}
    for one in sorted(given, key=place_of):
        alike.setdefault((one.id, one.status), []).append(one)
    cards = [card for group in alike.values() for card in _alike(group, look)]
    return limited(cards, _MANY, "duediligence findings lists them all")


def _alike(group: Sequence[Finding], look: _Lookup) -> list[Node]:
    """The card of the first finding, and the others of its rule folded under what they are about."""
    first, *others = group
    names = ", ".join(about_words(one.about or "", look.acts) for one in others)
    words = f"The same of {len(others)} more: {visible_line(names, 300)}"
    more = [folded(words, *(_card(one, look) for one in others))] if others else []
    return [_card(first, look), *more]


def _rank(status: str) -> int:
    return _OPEN_FIRST.index(status) if status in _OPEN_FIRST else len(_OPEN_FIRST)


def heading(finding: Finding) -> str:
    """``Constraint · established on the text``: the kind first, then how it stands."""
    kind = KINDS.get(finding.polarity, plain(finding.polarity))
    return f"{kind} · {_STANDING.get(finding.status, plain(finding.status))}"


def _card(finding: Finding, look: _Lookup) -> Node:
    regime = REGIMES.get(finding.regime, plain(finding.regime))
    is_repo = finding.about and finding.about not in ACT_WORDS
    about = f" · {visible_line(shown(finding.about or ''), 80)}" if is_repo else ""
    return el(
        "article",
        el("p", el("strong", heading(finding)), small(f" · {regime} · {place(finding.jurisdiction)}{about}")),
        el("p", f"{_open(finding)}{visible_line(finding.proposition, 600)}", class_="proposition"),
        _part("The source says", _quoted(finding, look)),
        _part("Missing", [visible_line(one) for one in finding.lacks]),
        _part("Does not apply because", [visible_line(one) for one in finding.failed]),
        _part(
            "Next",
            [visible_line(finding.next_step)]
            if finding.next_step and finding.status != "not_applicable"
            else [],
        ),
        _part("Letter", _letter(finding, look)),
        _part(
            "Look up first",
            [visible_line(f"{day(str(due['date']))}: {due['event']}") for due in finding.decision_due],
        ),
        folded("Rests on", *_support(finding, look)),
        class_="finding",
    )


def _quoted(finding: Finding, look: _Lookup) -> list[Child]:
    """The words a finding leaves open something about: they are on file, and shown without a click."""
    if finding.status != "gap" or finding.in_question:
        return []
    facts = [look.facts[item["fact"]] for item in finding.rests_on if item.get("fact") in look.facts]
    said = [fact for fact in facts if fact.source in QUOTED_SOURCES and fact.quote]
    return list(limited([fact_line(one, repo=look.repo) for one in said], _QUOTES, "Rests on lists them all"))


def _open(finding: Finding) -> str:
    # What is open is no assertion; a gap that was found words itself what is missing.
    return "Open whether this holds here: " if finding.in_question else ""


def _letter(finding: Finding, look: _Lookup) -> list[Child]:
    """The letter that is offered, with what is risky about it first; or why none is."""
    if finding.status == "not_applicable":
        return []
    letter = look.letters.get(finding.letter or "")
    said: list[Child] = []
    if finding.letter_withheld:
        said.append(visible_line(finding.letter_withheld))
    if letter:
        there = "; its words stand below, under Letters" if finding.letter in look.offered else ""
        said.append(el("span", visible_line(letter.caution), small(f" {visible_line(letter.title)}{there}")))
    return said


def _dates(found: Findings) -> Node | None:
    parts: list[Child] = []
    for title, movable in ((FIXED, False), (MOVABLE, True)):
        days = [one for one in found.dates if one.movable is movable]
        listed = bullets(
            el("span", visible_line(str(one)), small(f" {visible_line(one.note)}")) for one in days
        )
        parts += [el("h3", title), listed] if listed else []
    return box(*parts, class_="group") if parts else None


def _support(finding: Finding, look: _Lookup) -> list[Child]:
    law, facts = LAW.get(finding.law, plain(finding.law)), FACTS.get(finding.facts, plain(finding.facts))
    return [
        bullets([_basis(item, look) for item in finding.rests_on], class_="facts"),
        _part("Against", [visible_line(one) for one in finding.against]),
        _part("Not put higher because", [visible_line(str(cap.get("why", ""))) for cap in finding.capped]),
        _part("Legal sources", [_source(item, look) for item in finding.authorities]),
        el("p", small(f"The law: {law}. The facts: {facts}.")),
        el("p", small(f"Who must prove it: {visible_line(finding.burden)}")) if finding.burden else None,
        el("p", small(finding.id), class_="id"),
    ]


def _part(title: str, rows: Sequence[Child]) -> Node | None:
    if len(rows) == 1:
        return el("p", el("span", f"{title}: ", class_="label"), rows[0])
    listed = bullets(rows)
    return box(el("p", title, class_="label"), listed) if listed else None


def _basis(item: Mapping[str, Any], look: _Lookup) -> Child:
    if "fact" in item:
        fact = look.facts.get(str(item["fact"]))
        return fact_line(fact, repo=look.repo) if fact else str(item.get("evidence") or item["fact"])
    asked = look.asked.get((str(item.get("answer")), item.get("about")))
    if asked is None or asked.answer is None:
        return f"Your answer to {item.get('answer')}"
    said = spoken(asked.question, asked.answer.value, asked.answer.ask, place_names())
    return el("span", f"You said: {visible_line(asked.text)} ", el("strong", said))


def _source(item: Mapping[str, Any], look: _Lookup) -> Child:
    known = CONFIRMED.get(str(item.get("confirmed")), "")
    authority = look.authorities.get(str(item["id"]))
    state = "" if item.get("state") == "settled" else f" · {item.get('state')}"
    return el("span", authority.title if authority else str(item["id"]), small(f" · {known}{state}"))

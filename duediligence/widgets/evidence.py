"""What the sources say, grouped as on the Hub; places that differ stand side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duediligence.case import Case
from duediligence.facts.fact import QUOTED_SOURCES, Fact
from duediligence.memo.keys import KEYS, is_term, key_words
from duediligence.repo import shown
from duediligence.reports import Evidence
from duediligence.visible import names_of_hidden, visible_line
from duediligence.widgets.quotes import SCREEN, fact_line, place_of, said
from duediligence.widgets.screen import Reply, Tell
from duediligence.widgets.tree import Child, Node, box, copy_button, el, folded, limited
from duediligence.widgets.words import capitalized

GROUPS = {
    "License": "license license_name license_link license.disagree license.changed "
    "chain.more_permissive chain.names_asked chain.terms_conflict",
    "Model tree": "base_model base_model_relation",
    "Datasets": "datasets source_datasets training_data evaluation_data undisclosed_data generated_by "
    "memorization compute",
    "Legal basis and people's data": "legal_basis personal_data",
    "Uses and limits": "intended_use out_of_scope_use excluded_places pipeline_tag task_categories "
    "task_ids language",
    "People and contact": "provider contact",
    "Access": "gated extra_gated_prompt extra_gated_eu_disallowed files",
    "Discussions": "discussion",
}
"""Heading to the keys under it."""

NOTHING: Mapping[str, tuple[str, str]] = {}
_MANY = 20


class Sources:
    """The facts of a case, of its own repo first."""

    name = SCREEN

    def __init__(self, evidence: Evidence) -> None:
        self.case: Case = evidence.case
        self._evidence = evidence

    def show(self) -> Reply:
        return Reply(page=page(self._evidence.facts, self.case.repo, self._evidence.around))

    def follow(self) -> Reply:
        before, now = self._evidence.facts, self.case.facts()
        if now == before:
            return Reply()
        self._evidence = self.case.evidence()
        return self.show()

    def handle(self, action: str, given: Mapping[str, Any], tell: Tell) -> Reply:
        return Reply()


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What a passage is drawn from, by the id of its fact."""

    facts: Mapping[str, Fact]
    around: Mapping[str, tuple[str, str]]


def page(facts: Sequence[Fact], repo: str, around: Mapping[str, tuple[str, str]] = NOTHING) -> Node:
    """The repo's own facts open, those of everything it is made from folded by repository.

    *around* gives the sentences before and after a quotation, by the id of its fact.
    """
    every = _Known(facts={fact.id: fact for fact in facts}, around=around)
    others = sorted({fact.repo for fact in facts} - {repo})
    return box(
        el("h3", visible_line(shown(repo))),
        *_groups([fact for fact in facts if fact.repo == repo], every),
        el("h4", "What it is made from") if others else None,
        *(
            folded(
                f"{_kind(other)} {visible_line(shown(other))}",
                *_groups([fact for fact in facts if fact.repo == other], every),
                class_="other",
            )
            for other in others
        ),
    )


def _kind(repo: str) -> str:
    return {"datasets": "Dataset", "models": "Model"}.get(repo.partition("/")[0], "Named:")


def _groups(facts: Sequence[Fact], every: _Known) -> list[Node]:
    named = {key: title for title, keys in GROUPS.items() for key in keys.split()}
    out = []
    for title in (*GROUPS, "Also"):
        here = [fact for fact in facts if not is_term(fact.key) and named.get(fact.key, "Also") == title]
        terms = [fact for fact in facts if is_term(fact.key)] if title == "License" else []
        if here or terms:
            out.append(_group(title, here, terms, every))
    return out


def _group(title: str, facts: Sequence[Fact], terms: Sequence[Fact], every: _Known) -> Node:
    order = {key: i for i, key in enumerate(KEYS)}
    keys = sorted({fact.key for fact in facts}, key=lambda key: (order.get(key, len(order)), key))
    spoken = [key for key in keys if any(fact.state == "stated" for fact in facts if fact.key == key)]
    silent = [fact for fact in facts if fact.key not in spoken]
    differ = any(fact.key == "license.disagree" and fact.value == "true" for fact in facts)
    return el(
        "section",
        el("h4", title),
        *(_topic(key, [f for f in facts if f.key == key], title, differ, every) for key in spoken),
        _silent(silent, alone=not spoken),
        folded(f"Terms of the license ({len(terms)})", _lines(terms)) if terms else None,
    )


def _silent(facts: Sequence[Fact], *, alone: bool) -> Node | None:
    """What nobody states; told openly where a group would else be empty."""
    if alone or not facts:
        return _lines(facts) if facts else None
    return folded(f"Not stated, and where we looked ({len(facts)})", _lines(facts))


def _lines(facts: Sequence[Fact]) -> Node:
    return el(
        "ul", *(el("li", fact_line(fact, leads=False), facts=[fact.id]) for fact in facts), class_="facts"
    )


def _topic(key: str, facts: Sequence[Fact], group: str, differ: bool, every: _Known) -> Node:
    """One key: the same words from several places are one passage; a license that differs, a box a place."""
    stated = [fact for fact in facts if fact.state == "stated"]
    heading = capitalized(key_words(key))
    label = el("p", heading, class_="label") if heading != group else None
    if key == "license" and differ:
        places = [box(_passage([fact], every)) for fact in stated]
        return box(
            label,
            el("p", "The places differ; none is preferred.", class_="hint"),
            box(*places, class_="pair"),
        )
    same: dict[tuple[str | None, str | None], list[Fact]] = {}
    for fact in stated:
        same.setdefault((fact.value, fact.quote if fact.source in QUOTED_SOURCES else None), []).append(fact)
    rows = [_passage(group, every) for group in same.values()]
    return box(label, *limited(rows, _MANY, "duediligence facts lists them all"))


def _passage(same: Sequence[Fact], every: _Known) -> Node:
    """What is said, as a line that opens into where exactly."""
    places = [part for fact in same for part in (" ", place_of(fact, leads=False))]
    return folded(
        el("span", said(same[0], value=True), *places),
        *(_around(fact, every.around.get(fact.id)) for fact in same),
        *(el("dl", *_details(fact, every.facts)) for fact in same),
        copy_button(
            "Copy with source", _with_source(same), label=f"Copy with source: {key_words(same[0].key)}"
        ),
        _hidden(same[0]),
        class_="passage",
        facts=[fact.id for fact in same],
    )


def _around(fact: Fact, beside: tuple[str, str] | None) -> Node | None:
    """The quotation between the sentence before it and the one after it."""
    if beside is None:
        return None
    before, after = (visible_line(part, 400) for part in beside)
    quoted = el("mark", visible_line(fact.quote or "", 1200))
    return el(
        "p",
        f"{before} " if before else None,
        quoted,
        f" {after}" if after else None,
        dir="auto",
        class_="around",
    )


def _hidden(fact: Fact) -> Child:
    hidden = names_of_hidden(f"{fact.quote or ''}{fact.value or ''}")
    return el("p", f"Holds hidden signs: {', '.join(hidden[:6])}.", class_="hint") if hidden else None


def _details(fact: Fact, every: Mapping[str, Fact]) -> list[Child]:
    span = f"bytes {fact.bytes[0]} to {fact.bytes[1]}" if fact.bytes else fact.pointer
    below = [every[one] for one in fact.rests_on if one in every]
    rows = {
        "Repository": shown(fact.repo),
        "File": fact.file,
        "Place": span,
        "Revision": fact.revision,
        "SHA-256": fact.sha256,
        "Rests on": "; ".join(
            f"{shown(one.repo)} {key_words(one.key)} {one.evidence or ''}" for one in below
        ),
    }
    return [
        part for name, text in rows.items() if text for part in (el("dt", name), el("dd", visible_line(text)))
    ]


def _with_source(same: Sequence[Fact]) -> str:
    said = visible_line(same[0].quote or same[0].value or "", 4000)
    where = [
        ", ".join(part for part in (shown(fact.repo), fact.file, fact.revision, fact.evidence) if part)
        for fact in same
    ]
    return f"“{said}” ({visible_line('; '.join(where), 4000)})"

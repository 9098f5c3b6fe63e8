"""The field of a question: native controls for each type, and what a person put into them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from duediligence.errors import BadInputError
from duediligence.knowledge.law import Question
from duediligence.memo.words import day
from duediligence.visible import visible_line
from duediligence.widgets.tree import Child, Node, box, el
from duediligence.widgets.words import capitalized

Groups = Mapping[str, Sequence[str]]
"""Words to country codes: ``all of the EU`` ticks its members at once."""

PROVIDER = "provider"
WAYS = {
    "unknown": "I do not know",
    "someone": "Someone else can say",
    PROVIDER: "Only the provider can say",
}
"""The three ways out of every question."""

_HINTS = {
    "date": "A day, a month or a year: 2026-11-22, 2026-11 or 2026.",
    "number": "A number, such as 250000 or 1.2e24.",
    "file": "The name of a file that lies in the case.",
}
_YES_NO = {"yes": "yes", "no": "no"}


def choices_of(question: Question) -> Mapping[str, str]:
    """Slug to words of what can be chosen; empty where people write."""
    return question.choices or (_YES_NO if question.type == "yes_no" else {})


def field(question: Question, values: Mapping[str, Any], places: Mapping[str, str], groups: Groups) -> Node:
    """The controls for a question, filled with *values* and with nothing else."""
    given = values.get("value")
    if question.type in ("choice", "yes_no"):
        return box(*_options("radio", choices_of(question), [given]))
    if question.type == "choices":
        return box(
            el("p", "Choose all that fit.", class_="hint"), *_options("checkbox", choices_of(question), given)
        )
    if question.type == "place":
        return _place(str(given or ""), str(values.get("region") or ""), places)
    if question.type == "places":
        return _places(_listed(given), str(values.get("region") or ""), places, groups)
    return _written(question.type, str(given or ""))


def ways_out(values: Mapping[str, Any]) -> Node:
    """The three ways out, none of them chosen; whoever can say is named beside the second."""
    rows: list[Child] = []
    for way, words in WAYS.items():
        radio = el(
            "input",
            type="radio",
            name="way",
            value=way,
            id=f"way-{way}",
            checked=values.get("way") == way,
            excludes="value",
        )
        row: list[Child] = [el("label", radio, el("span", words), class_="option")]
        if way == "someone":
            who = el(
                "input", type="text", name="who", value=str(values.get("who") or ""), dir="auto",
                aria_label="Who can say: a name",
                placeholder="name", autocomplete="off", chooses="way-someone", class_="name",
            )  # fmt: skip
            row.append(who)
        rows.append(box(*row, class_="way"))
    return el("fieldset", el("legend", "Or:"), *rows, class_="ways")


def answer_from(question: Question, values: Mapping[str, Any]) -> dict[str, Any]:
    """``value`` and ``ask`` of the answer that *values* of a form make.

    Raises:
        BadInputError: nothing was given; says what to do.
    """
    way = values.get("way")
    if way == "someone":
        who = _text(values.get("who"))
        if not who:
            raise BadInputError("Write the name of the person who can say, or choose another way out.")
        return {"value": "unknown", "ask": who}
    if way in WAYS:
        return {"value": "unknown", "ask": PROVIDER if way == PROVIDER else None}
    value = _value(question, values)
    if not value:
        raise BadInputError("There is no answer yet. Give one, or choose one of the three ways out.")
    return {"value": value, "ask": None}


def values_of(question: Question, value: str | Sequence[str], ask: str | None) -> dict[str, Any]:
    """What the form of a question holds when it shows an answer that was given before."""
    if value == "unknown":
        way = "unknown" if ask is None else PROVIDER if ask == PROVIDER else "someone"
        return {"way": way, "who": ask if way == "someone" else ""}
    if question.type not in ("place", "places"):
        return {"value": value if isinstance(value, str) else list(value)}
    codes = _listed(value)
    regions = [code for code in codes if "-" in code]
    countries = [code for code in codes if "-" not in code]
    one = countries[0] if countries else ""
    return {"value": one if question.type == "place" else countries, "region": ", ".join(regions)}


def spoken(
    question: Question | None, value: str | Sequence[str], ask: str | None, places: Mapping[str, str]
) -> str:
    """An answer in the words of its question."""
    if value == "unknown":
        return {None: "Not known", PROVIDER: "Not known; only the provider can say"}.get(
            ask, f"Not known; {visible_line(ask or '', 80)} can say"
        )
    choices = choices_of(question) if question else {}
    if question and question.type == "date":
        return day(value if isinstance(value, str) else value[0])
    words = [choices.get(one) or places.get(one) or visible_line(one) for one in _listed(value)]
    return capitalized("; ".join(words) if any("," in word for word in words) else ", ".join(words))


def _value(question: Question, values: Mapping[str, Any]) -> str | list[str]:
    given = values.get("value")
    region = [part.upper() for part in re.split(r"[,;\s]+", _text(values.get("region"))) if part]
    if question.type == "place":
        return region[0] if region else _text(given)
    if question.type == "places":
        return [*_listed(given), *region]
    return _listed(given) if question.type == "choices" else _text(given)


def _text(given: Any) -> str:
    return str(given).strip() if given is not None else ""


def _listed(given: Any) -> list[str]:
    if isinstance(given, str):
        return [given] if given else []
    return [str(one) for one in given or ()]


def _options(kind: str, choices: Mapping[str, str], given: Any) -> list[Node]:
    chosen = _listed(given)
    return [
        el(
            "label",
            el("input", type=kind, name="value", value=slug, checked=slug in chosen, excludes="way"),
            el("span", capitalized(words)),
            class_="option",
        )
        for slug, words in choices.items()
    ]


def _written(kind: str, given: str) -> Node:
    same = {"name": "value", "id": "field", "aria_labelledby": "question", "dir": "auto", "excludes": "way"}
    if kind == "text":
        return box(el("textarea", given, rows="3", spellcheck="true", **same))
    hint = el("p", _HINTS[kind], class_="hint", id="form")
    return box(
        hint,
        el(
            "input", type="text", value=given, autocomplete="off", aria_describedby="form", class_="short",
            inputmode="decimal" if kind == "number" else None, **same,
        ),
    )  # fmt: skip


def _place(given: str, region: str, places: Mapping[str, str]) -> Node:
    options = [el("option", "Choose a country", value="")]
    options += [el("option", name, value=code) for code, name in _by_name(places)]
    choice = el(
        "select", *options, name="value", id="field", value=given, aria_labelledby="question", excludes="way"
    )
    return box(choice, _region(region, "A state or region, if it is known, such as DE-HH or US-IL"))


def _places(given: list[str], region: str, places: Mapping[str, str], groups: Groups) -> Node:
    names = dict(_by_name(places))
    quick = [
        el(
            "button", f"Tick {words}", type="button",
            ticks={"name": "value", "values": list(codes)},
        )
        for words, codes in groups.items()
    ]  # fmt: skip
    chosen = [code for code in names if code in given]
    rows = _options(
        "checkbox", {code: names[code] for code in (*chosen, *(c for c in names if c not in given))}, given
    )
    search = el("input", type="text", id="search", autocomplete="off", narrows="places", class_="short")
    return box(
        el("label", "Show only countries with these letters", for_="search", class_="hint"),
        box(search, class_="row"),
        box(*quick, el("span", counts="value", role="status", class_="hint"), class_="row"),
        el("div", *rows, id="places", class_="many", role="group", aria_labelledby="question"),
        _region(region, "States or regions, if they matter, such as US-IL, DE-HH"),
    )


def _region(given: str, words: str) -> Node:
    return box(
        el("label", words, for_="region", class_="hint"),
        el(
            "input",
            type="text",
            name="region",
            id="region",
            value=given,
            autocomplete="off",
            excludes="way",
            class_="short",
        ),
    )


def _by_name(places: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(places.items(), key=lambda item: item[1])

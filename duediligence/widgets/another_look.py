"""An answer that needs another look, and two answers that did not know each other."""

from duediligence.facts.fact import Fact
from duediligence.history import Answer
from duediligence.memo.keys import key_words
from duediligence.memo.words import day
from duediligence.visible import visible_line
from duediligence.widgets import field as fields
from duediligence.widgets.altered import side_by_side, two, words
from duediligence.widgets.sheet import Sheet, address_of
from duediligence.widgets.tree import Node, box, button, el, small, theirs
from duediligence.widgets.words import capitalized

_THEN = "When it was answered"


def keep(sheet: Sheet) -> Node:
    """The three ways: keep it with a reason, change it, or ask somebody else to look."""
    address = address_of(sheet.asked)
    kept = el(
        "form",
        el("label", "Why does it still hold? (optional)", for_="reason"),
        el("textarea", "", name="reason", id="reason", rows="2", dir="auto"),
        box(
            el("button", "Keep", type="submit", class_="main"),
            button("Change", "change", address=address),
            class_="row",
        ),
        submits={"action": "keep", "address": address},
    )
    asked = el(
        "form",
        el("label", "Or somebody else should look: who?", for_="colleague"),
        box(
            el(
                "input",
                type="text",
                name="who",
                id="colleague",
                dir="auto",
                autocomplete="off",
                class_="short",
            ),
            el("button", "Ask a colleague", type="submit"),
            class_="row",
        ),
        submits={"action": "ask", "address": address},
    )
    return box(kept, asked)


def changes(sheet: Sheet) -> Node:
    """What an answer was shown and what stands there now, side by side."""
    asked = sheet.asked
    rows = [_change(cause, before, now, sheet) for cause, before, now in asked.changes]
    return box(
        el("p", "This answer needs another look:", class_="label"),
        _given(asked.answer, sheet) if asked.answer else None,
        *rows,
    )


def _change(cause: str, before: Fact | None, now: Fact | None, sheet: Sheet) -> Node:
    fact = now or before
    if fact is None:
        was, is_ = words(*_wordings(sheet))
        pair = two(was, is_, then=_THEN)
    else:
        pair = side_by_side(before, now, then=_THEN, repo=sheet.repo)
    key = f"{capitalized(key_words(fact.key))}: " if fact else ""
    below = before and now and before.words != now.words and before.quote == now.quote
    return box(
        el("p", f"{key}{cause}.", class_="hint"),
        el("p", f"What stands below this line in {visible_line(now.file or '', 80)} has other words.")
        if below and now
        else None,
        pair,
    )


def _wordings(sheet: Sheet) -> tuple[str, str]:
    """The question as it was answered and as it is; its choices where only they differ."""
    asked = sheet.asked
    if asked.answer is None or asked.answer.shown.text != asked.text:
        return visible_line(asked.answer.shown.text if asked.answer else ""), visible_line(asked.text)
    known = fields.choices_of(asked.question)
    before = [known.get(slug, slug.replace("_", " ")) for slug in asked.answer.shown.choices]
    return visible_line("; ".join(before)), visible_line("; ".join(known.values()))


def two_answers(sheet: Sheet) -> Node:
    both = [answer for answer in (*sheet.asked.others, sheet.asked.answer) if answer is not None]
    take = [
        box(
            _given(answer, sheet),
            button(
                "Take this one", "take", address=address_of(sheet.asked), event=answer.event,
                label=f"Take the answer of {visible_line(answer.says, 60)}",
            ),
            class_="one",
        )
        for answer in both
    ]  # fmt: skip
    return box(
        el(
            "p",
            "Two people answered without knowing of each other. Take one, or answer anew.",
            class_="label",
        ),
        box(*take, class_="pair"),
    )


def _given(answer: Answer, sheet: Sheet) -> Node:
    said = fields.spoken(sheet.asked.question, answer.value, answer.ask, sheet.places)
    typed = "" if answer.by == answer.says else f", typed by {visible_line(answer.by, 60)}"
    kept = f", kept by {visible_line(answer.kept_by, 60)}" if answer.kept_by else ""
    return box(
        el("p", el("strong", said)),
        el("p", small(f"{visible_line(answer.says, 60)} says so{typed}, {day(answer.at[:10])}{kept}")),
        el("p", "How known: ", theirs(answer.reason, 400)) if answer.reason else None,
    )

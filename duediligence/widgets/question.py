"""One question a page: what is asked, what the sources say beside it, the field, and the ways out."""

from duediligence.about_us import Earlier
from duediligence.cautions import BEFORE_ANSWERING
from duediligence.knowledge.law import Law
from duediligence.knowledge.vocabulary import CONFIRMED
from duediligence.memo.words import on_day, taken_for
from duediligence.visible import visible_line
from duediligence.widgets import another_look
from duediligence.widgets import field as fields
from duediligence.widgets.quotes import facts_list
from duediligence.widgets.sheet import Sheet, address_of
from duediligence.widgets.tree import Child, Node, box, bullets, button, el, folded, name_of, small
from duediligence.widgets.words import EFFORT


def page(sheet: Sheet) -> Node:
    """The page for one question."""
    return box(
        _head(sheet),
        problem_box(sheet.problem, "question"),
        el("h3", visible_line(sheet.asked.text), id="question", tabindex="-1"),
        *_body(sheet),
    )


def in_place(sheet: Sheet) -> Node:
    """The same inside the list of answers, below the words that stand there."""
    return box(
        problem_box(sheet.problem, "question"),
        box(
            el("p", el("strong", visible_line(sheet.asked.text)), id="question", tabindex="-1"),
            button("Close", "close", label=f"Close without an answer: {visible_line(sheet.asked.text)}"),
            class_="head",
        ),
        *_body(sheet),
    )


def _body(sheet: Sheet) -> list[Child]:
    asked = sheet.asked
    again = {"needs_another_look": another_look.changes, "two_answers": another_look.two_answers}.get(
        asked.state
    )
    return [
        el("p", small(f"Named in the text, {visible_line(taken_for(asked.about))}."))
        if sheet.by_list and asked.about
        else None,
        el("p", asked.question.hint, class_="hint") if asked.question.hint else None,
        again(sheet) if again else None,
        _says(sheet),
        *(_earlier(sheet, one) for one in sheet.earlier),
        _form(sheet) if sheet.form else another_look.keep(sheet),
        _help(sheet),
    ]


def undo_button(step: str | None) -> Node | None:
    """Takes the last own step back; says which, to the ear as to the eye."""
    return button("Undo", "undo", label=f"Undo: {step}", title=f"Takes back {step}") if step else None


def problem_box(problem: str | None, goes_to: str) -> Node | None:
    """What is wrong and a way to the field; the keyboard goes here after an error."""
    if problem is None:
        return None
    link = el("button", visible_line(problem), type="button", goes_to=goes_to, class_="link")
    return box(
        el("strong", "There is a problem"), el("p", link), class_="problem", id="problem", tabindex="-1"
    )


def _head(sheet: Sheet) -> Node:
    back = button("‹ Back", "back") if sheet.back else None
    return box(
        box(
            back,
            el("span", sheet.where, class_="where"),
            box(undo_button(sheet.undo), button("Check your answers", "review"), class_="row"),
            class_="head",
        ),
        el("p", BEFORE_ANSWERING, class_="warning") if sheet.warn else None,
    )


def _says(sheet: Sheet) -> Child:
    """The quotes beside the question, with their evidence numbers; silence is folded to one line."""
    shown = sheet.asked.shows
    if not shown:
        return None
    stated = [fact for fact in shown if fact.state == "stated"]
    rest = [fact for fact in shown if fact.state != "stated"]
    return box(
        el("p", "What the sources say", class_="label") if stated else None,
        facts_list(stated, repo=sheet.repo, limit=6),
        _prefill(sheet),
        folded("What they do not say", facts_list(rest, repo=sheet.repo)) if rest else None,
        class_="says",
    )


def _prefill(sheet: Sheet) -> Node | None:
    value = sheet.asked.prefill_value
    if value is None or not sheet.form or sheet.asked.state != "unanswered":
        return None
    words = fields.spoken(sheet.asked.question, value, None, sheet.places)
    return box(
        el("span", f"As the sources say: {words}."),
        button("Right, answer with this", "prefill", address=address_of(sheet.asked)),
        class_="row",
    )


def _earlier(sheet: Sheet, one: Earlier) -> Node:
    """An answer from another case, to look at first; the button puts it into the form and no further."""
    who = "you" if one.answer.says == sheet.author else name_of(one.answer.says)
    said = fields.spoken(sheet.asked.question, one.answer.value, None, sheet.places)
    words = el("span", "In ", name_of(one.case), ", ", who, f" answered on {on_day(one.on)}: ", said)
    address = address_of(sheet.asked)
    take = button("Take this", "copy", address=address, event=one.answer.event, label=f"Take this: {said}")
    return box(words, take, class_="row")


def _form(sheet: Sheet) -> Node:
    question, address = sheet.asked.question, address_of(sheet.asked)
    named = str(sheet.values.get("says") or "")
    return el(
        "form",
        el(
            "fieldset",
            el("legend", "Your answer"),
            el("p", visible_line(sheet.problem), class_="wrong", id="wrong") if sheet.problem else None,
            fields.field(question, sheet.values, sheet.places, sheet.groups),
            aria_labelledby="question",
            aria_describedby="wrong" if sheet.problem else None,
        ),
        fields.ways_out(sheet.values),
        el("label", "How do you know? (optional)", for_="reason"),
        el(
            "textarea",
            str(sheet.values.get("reason") or ""),
            name="reason",
            id="reason",
            rows="2",
            dir="auto",
        ),
        _files(sheet),
        folded(
            f"Answered by {visible_line(named or sheet.author, 60)}",
            el("label", "Somebody else said so: the name", for_="says"),
            el(
                "input",
                type="text",
                name="says",
                id="says",
                value=named,
                dir="auto",
                autocomplete="off",
                class_="short",
            ),
            el("p", f"Typed by {visible_line(sheet.author, 60)}, as named at the start. ", class_="hint"),
            button("Change who types", "author"),
            open_=bool(named),
        ),
        box(
            el("button", "Continue", type="submit", class_="main"),
            el("button", f"The same for all {sheet.same}", type="submit", name="for_all")
            if sheet.same > 1 and sheet.asked.state == "unanswered"
            else None,
            el("span", id="draft", role="status", class_="hint"),
            class_="row",
        ),
        submits={"action": "answer", "address": address},
        drafts={"action": "draft", "address": address},
    )


def _files(sheet: Sheet) -> Node:
    """Files the answer rests on: copied into the case when chosen; what is unticked does not go along."""
    given = sheet.values.get("files") or ()
    kept = [str(one) for one in ([given] if isinstance(given, str) else given)]
    rows = [
        el(
            "label",
            el("input", type="checkbox", name="files", value=name, checked=True),
            el("span", visible_line(name.rpartition("/")[2], 120), dir="auto"),
            class_="option",
        )
        for name in kept
    ]
    attach = {"action": "attach", "address": address_of(sheet.asked)}
    return folded(
        f"Files it rests on ({len(kept)})",
        *rows,
        el("label", "Add files: a contract, a mail, a screenshot", for_="upload", class_="hint"),
        box(el("input", type="file", id="upload", multiple=True, uploads=attach)),
        el("p", "They are copied into the case folder and stay on this computer.", class_="hint"),
        open_=bool(kept),
    )


def _help(sheet: Sheet) -> Node:
    question = sheet.asked.question
    sources = [_source(one, sheet.law) for one in question.authorities]
    return box(
        folded(
            "Why we ask",
            el("p", question.matters),
            el(
                "p",
                small(
                    f"{visible_line(sheet.asked.because)} · {EFFORT.get(question.effort, question.effort)}"
                ),
            ),
        ),
        folded("Example", el("p", question.example)) if question.example else None,
        folded("Legal sources", bullets(sources)) if sources else None,
        class_="help",
    )


def _source(source: str, law: Law) -> Child:
    known = law.authorities.get(source)
    if known is None:
        return None
    return el("span", known.title, small(f" · {CONFIRMED.get(known.confirmed, known.confirmed)}"))

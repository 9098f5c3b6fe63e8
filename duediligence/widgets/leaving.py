"""What goes out of the house: who signed the issued memo, signing and taking back, and the pack."""

from collections.abc import Mapping, Sequence
from typing import Any

from duediligence.case import Case
from duediligence.memo.words import day
from duediligence.reports import Packed
from duediligence.signatures import STEPS, Signature, SignedMemo, counted_later, standing, told
from duediligence.visible import visible_line
from duediligence.widgets.tree import Node, box, bullets, copy_button, el, folded, name_of, small

SIGN, TAKE_BACK, PACK, DRAFT = "sign", "take back", "pack", "draft"
"""What the forms ask for: three steps, and that what is being typed is kept."""

_NAMES, _FILES, _COUNSEL = "names", "files", "counsel"


def draft_at(memo: str, given: Mapping[str, Any]) -> str:
    """Where what is typed in the form that *given* names is kept, until that is done."""
    return " ".join([str(given["form"]), memo, *([str(given["signed"])] if given.get("signed") else [])])


def leaving(case: Case, packed: Sequence[Packed] = ()) -> Node:
    """The last issued memo with its sign-offs and its forms; what was packed just now stands below."""
    last = case.signed()
    if last is None:
        return el("p", small("Once it is issued, it can be signed and packed here."))
    drafts = case.drafts()

    def typed(form: str, signed: str = "") -> Mapping[str, Any]:
        return drafts.get(draft_at(last.memo, {"form": form, "signed": signed}), {})

    return el(
        "section",
        el("h4", "The issued memo", id="issued", tabindex="-1"),
        el("p", name_of(last.memo)),
        bullets(told(last.signatures, lambda at: day(at[:10]))),
        el("p", f"{counted_later(last.later)}. No sign-off speaks of that.", class_="warning")
        if last.later
        else None,
        _sign(case.typist, typed(SIGN)),
        *(_take_back(one, typed(TAKE_BACK, one.event)) for one in standing(last.signatures)),
        _pack(case.counsel, typed(PACK)),
        _packed(packed),
        aria_labelledby="issued",
        class_="leaving",
    )


def _option(kind: str, name: str, value: str, words: str, ticked: bool) -> Node:
    field = el("input", type=kind, name=name, value=value, checked=ticked)
    return el("label", field, el("span", words), class_="option")


def _done(words: str, label: str | None = None) -> Node:
    """The button of a form, and beside it the place where is said what becomes of what is being typed."""
    said = el("span", role="status", class_="hint draft")
    return box(el("button", words, type="submit", aria_label=label), said, class_="row")


def _sign(typist: str, typed: Mapping[str, Any]) -> Node:
    steps = [_option("radio", "step", step, step, step == typed.get("step")) for step in STEPS]
    reason, says = str(typed.get("reason") or ""), str(typed.get("says") or typist)
    return folded(
        "Sign it",
        el(
            "form",
            el("fieldset", el("legend", "What was done with it?"), *steps),
            el("label", "Who did it?", for_="signer"),
            el(
                "input", type="text", name="says", id="signer", value=says, class_="short", dir="auto",
                autocomplete="off",
            ),
            el("label", "What to add, if anything", for_="added"),
            el("textarea", reason, name="reason", id="added", rows="2", dir="auto"),
            el("p", "It goes into the record with your name, and changes no memo.", class_="hint"),
            _done("Sign"),
            submits={"action": SIGN},
            drafts={"action": DRAFT, "form": SIGN},
        ),
        open_=bool(typed.get("step") or reason or says != typist),
    )  # fmt: skip


def _take_back(one: Signature, typed: Mapping[str, Any]) -> Node:
    reason = str(typed.get("reason") or "")
    what = f"{one.step} by {visible_line(one.says, 60)}"
    field = f"why-{one.event}"
    return folded(
        f"Take back: {what}",
        el(
            "form",
            el("label", "Why?", for_=field),
            el("textarea", reason, name="reason", id=field, rows="2", dir="auto"),
            el("p", "Both stay on record. The next memo says who took it back, when and why.", class_="hint"),
            _done("Take back", f"Take back: {what}"),
            submits={"action": TAKE_BACK, "step": one.step, "of": one.says, "signed": one.event},
            drafts={"action": DRAFT, "form": TAKE_BACK, "signed": one.event},
        ),
        open_=bool(reason),
    )


def _pack(counsel: str | None, typed: Mapping[str, Any]) -> Node:
    choices = {
        _NAMES: "Names and words of people, and the memo as it was issued",
        _FILES: "Pages and files that people added",
    }
    if counsel:
        choices[_COUNSEL] = f"A second ZIP with what is kept for {visible_line(counsel, 60)} alone"
    chosen = typed.get("with") or ()
    ticks = [_option("checkbox", "with", value, words, value in chosen) for value, words in choices.items()]
    return folded(
        "Pack it to send",
        el(
            "form",
            el("p", "One ZIP with memo, exhibits and record, which anybody can check without this program."),
            el("fieldset", el("legend", "What goes along?"), *ticks),
            el("p", "With nothing ticked no person is in it. For your own counsel, tick both.", class_="hint")
            if not counsel
            else el("p", "With nothing ticked no person is in it.", class_="hint"),
            _done("Write the pack"),
            submits={"action": PACK},
            drafts={"action": DRAFT, "form": PACK},
        ),
        open_=bool(chosen),
    )


def _packed(packed: Sequence[Packed]) -> Node | None:
    if not packed:
        return None
    return box(
        *(_one(pack) for pack in packed),
        el("p", "Send the number another way: who can rebuild the ZIP can rebuild its sums.", class_="hint"),
        class_="says",
        id="packed",
        tabindex="-1",
    )


def _one(pack: Packed) -> Node:
    gone = bullets(visible_line(line, 400) for line in pack.left_out)
    return box(
        el("p", "Written: ", name_of(str(pack.path), 400)),
        el("p", "SHA-256: ", name_of(pack.sha256)),
        box(
            copy_button("Copy the number", pack.sha256, f"Copy the SHA-256 of {pack.path.name}"), class_="row"
        ),
        folded("Left out of it", gone) if gone else None,
    )


def write_packs(
    case: Case, last: SignedMemo, ticked: Sequence[str]
) -> tuple[tuple[Packed, ...], tuple[str, ...]]:
    """The packs somebody ticked, in ``packs`` in the case, each choice under a name of its own; what to say.

    What to say is what became of files that were there.
    """
    chosen = [one for one in (_NAMES, _FILES) if one in ticked]
    folder = case.folder / "packs"
    own = "-with-".join([last.memo, "-and-".join(chosen)] if chosen else [last.memo])
    said: list[str] = []
    with case.telling(said.append):
        packed = case.pack(
            folder / f"{own}.zip",
            last.memo,
            names=_NAMES in chosen,
            attachments=_FILES in chosen,
            privileged=folder / f"{last.memo}-for-counsel.zip" if _COUNSEL in ticked else None,
        )
    return packed, tuple(said)


def sign(case: Case, values: Mapping[str, Any]) -> str:
    """Sign the last memo as the form says; gives what to say."""
    by = case.typist
    said = {"says": str(values.get("says") or "").strip() or by, "by": by}
    reason = str(values.get("reason") or "").strip() or None
    return str(case.sign(str(values.get("step") or ""), reason=reason, **said))

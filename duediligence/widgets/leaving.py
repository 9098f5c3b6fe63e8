"""What goes out of the house: who signed the issued memo, signing and taking back, and the pack."""

from collections.abc import Mapping, Sequence
from typing import Any

from duediligence.case import Case
from duediligence.memo.words import day
from duediligence.reports import Packed
from duediligence.signatures import STEPS, Signature, SignedMemo, counted_later, standing, told
from duediligence.visible import visible_line
from duediligence.widgets.tree import Node, box, bullets, copy_button, el, folded, name_of, small

_NAMES, _FILES, _COUNSEL = "names", "files", "counsel"


def leaving(case: Case, packed: Sequence[Packed] = ()) -> Node:
    """The last issued memo with its sign-offs and its forms; what was packed just now stands below."""
    last = case.signed()
    if last is None:
        return el("p", small("Once it is issued, it can be signed and packed here."))
    return el(
        "section",
        el("h4", "The issued memo", id="issued", tabindex="-1"),
        el("p", name_of(last.memo)),
        bullets(told(last.signatures, lambda at: day(at[:10]))),
        el("p", f"{counted_later(last.later)}. No sign-off speaks of that.", class_="warning")
        if last.later
        else None,
        _sign(case),
        *(_take_back(one) for one in standing(last.signatures)),
        _pack(case),
        _packed(packed),
        aria_labelledby="issued",
        class_="leaving",
    )


def _sign(case: Case) -> Node:
    steps = [
        el("label", el("input", type="radio", name="step", value=step), el("span", step), class_="option")
        for step in STEPS
    ]
    return folded(
        "Sign it",
        el(
            "form",
            el("fieldset", el("legend", "What was done with it?"), *steps),
            el("label", "Who did it?", for_="signer"),
            el(
                "input", type="text", name="says", id="signer", value=case.typist, class_="short", dir="auto",
                autocomplete="off",
            ),
            el("label", "What to add, if anything", for_="added"),
            el("textarea", name="reason", id="added", rows="2", dir="auto"),
            el("p", "It goes into the record with your name, and changes no memo.", class_="hint"),
            box(el("button", "Sign", type="submit"), class_="row"),
            submits={"action": "sign"},
        ),
    )  # fmt: skip


def _take_back(one: Signature) -> Node:
    what = f"{one.step} by {visible_line(one.says, 60)}"
    field = f"why-{one.event}"
    return folded(
        f"Take back: {what}",
        el(
            "form",
            el("label", "Why?", for_=field),
            el("textarea", name="reason", id=field, rows="2", dir="auto"),
            el("p", "Both stay on record. The next memo says who took it back, when and why.", class_="hint"),
            box(el("button", "Take back", type="submit", aria_label=f"Take back: {what}"), class_="row"),
            submits={"action": "take back", "step": one.step, "of": one.says},
        ),
    )


def _pack(case: Case) -> Node:
    choices = {
        _NAMES: "Names and words of people, and the memo as it was issued",
        _FILES: "Pages and files that people added",
    }
    if case.counsel:
        choices[_COUNSEL] = f"A second ZIP with what is kept for {visible_line(case.counsel, 60)} alone"
    ticks = [
        el(
            "label",
            el("input", type="checkbox", name="with", value=value),
            el("span", words),
            class_="option",
        )
        for value, words in choices.items()
    ]
    return folded(
        "Pack it to send",
        el(
            "form",
            el("p", "One ZIP with memo, exhibits and record, which anybody can check without this program."),
            el("fieldset", el("legend", "What goes along?"), *ticks),
            el("p", "With nothing ticked no person is in it. For your own counsel, tick both.", class_="hint")
            if not case.counsel
            else el("p", "With nothing ticked no person is in it.", class_="hint"),
            box(el("button", "Write the pack", type="submit"), class_="row"),
            submits={"action": "pack"},
        ),
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

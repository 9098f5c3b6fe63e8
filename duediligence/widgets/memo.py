"""The memo as it would be issued now, in a frame it cannot leave; issuing is a button, never a cell."""

from collections.abc import Mapping
from typing import Any

from duediligence.case import Case
from duediligence.errors import BadInputError, DueDiligenceError
from duediligence.reports import MemoPreview, Packed
from duediligence.widgets import leaving
from duediligence.widgets.screen import Reply, Tell
from duediligence.widgets.tree import Node, box, button, el, small


class MemoView:
    """A preview of the memo."""

    name = "Memo"

    def __init__(self, preview: MemoPreview) -> None:
        self.case: Case = preview.case
        self._preview = preview
        self._packed: tuple[Packed, ...] = ()

    def show(self) -> Reply:
        return Reply(page=self._page())

    def _page(self) -> Node:
        return page(self._preview, leaving.leaving(self.case, self._packed))

    def follow(self) -> Reply:
        return Reply(line="Something has changed since this preview. Preview again shows the memo as of now.")

    def handle(self, action: str, given: Mapping[str, Any], tell: Tell) -> Reply:
        steps = {
            "preview": self._again,
            "issue": self._issue,
            leaving.SIGN: self._sign,
            leaving.TAKE_BACK: self._take_back,
            leaving.PACK: self._pack,
            leaving.DRAFT: self._draft,
        }
        return steps[action](given, given.get("values") or {}) if action in steps else Reply()

    def _again(self, given: Mapping[str, Any], values: Mapping[str, Any]) -> Reply:
        self._preview = self.case.memo()
        return Reply(page=self._page(), focus="again", line="This is the memo as of now.")

    def _issue(self, given: Mapping[str, Any], values: Mapping[str, Any]) -> Reply:
        issued = self._preview.issue()
        self._packed = ()
        words = "Issued" if issued.new else "This very memo was issued before; nothing was added"
        return Reply(page=self._page(), line=f"{words}: {issued.path}", focus="issue", changed=issued.new)

    def _sign(self, given: Mapping[str, Any], values: Mapping[str, Any]) -> Reply:
        if not values.get("step"):
            raise BadInputError("NOT signed: say what was done with the memo first.")
        return self._signed(leaving.sign(self.case, values), {"form": leaving.SIGN})

    def _take_back(self, given: Mapping[str, Any], values: Mapping[str, Any]) -> Reply:
        by, reason = self.case.typist, str(values.get("reason") or "")
        said = self.case.take_back(str(given["step"]), reason=reason, of=str(given["of"]), by=by)
        return self._signed(str(said), {"form": leaving.TAKE_BACK, "signed": given["signed"]})

    def _signed(self, said: str, form: Mapping[str, Any]) -> Reply:
        self._drop(form)
        # What was packed before lacks it.
        self._packed = ()
        return Reply(page=self._page(), line=said, focus="issued", changed=True)

    def _pack(self, given: Mapping[str, Any], values: Mapping[str, Any]) -> Reply:
        last = self.case.signed()
        if last is None:
            raise BadInputError("There is no issued memo yet. Issue it first.")
        self._packed, said = leaving.write_packs(self.case, last, values.get("with") or ())
        self._drop({"form": leaving.PACK})
        written = "The pack is written." if len(self._packed) == 1 else "Both packs are written."
        return Reply(page=self._page(), line=" ".join([written, *said]), focus="packed")

    def _draft(self, given: Mapping[str, Any], values: Mapping[str, Any]) -> Reply:
        """Keep what is being typed, until it is done: a cell run again, or a new kernel, shows it again."""
        last = self.case.signed()
        if last is None:
            return Reply()
        try:
            self.case.keep_draft(leaving.draft_at(last.memo, given), values)
        except DueDiligenceError as error:
            return Reply(draft="Draft NOT kept", problem=str(error))
        return Reply(draft="Draft kept", problem="")

    def _drop(self, form: Mapping[str, Any]) -> None:
        if last := self.case.signed():
            self.case.drop_draft(leaving.draft_at(last.memo, form))


def page(preview: MemoPreview, out: Node) -> Node:
    """The draft in its frame, where it lies, its buttons, and *out*, what leaves the house."""
    return box(
        el("p", "A draft for you. Nothing is issued until you press Issue."),
        el("p", small(f"Written to {preview.path}" if preview.path else "Written nowhere.")),
        box(
            el("button", "Preview again", type="button", id="again", action={"action": "preview"}),
            button("Issue", "issue", id="issue"),
            el("button", "Open in a tab of its own", type="button", opens="memo"),
            class_="row",
        ),
        out,
        el("iframe", title="Draft of the memo", class_="memo", document=preview.html),
    )

"""The memo as it would be issued now, in a frame it cannot leave; issuing is a button, never a cell."""

from collections.abc import Mapping
from typing import Any

from duediligence.case import Case
from duediligence.reports import MemoPreview
from duediligence.widgets.screen import Reply, Tell
from duediligence.widgets.tree import Node, box, button, el, small


class MemoView:
    """A preview of the memo."""

    name = "Memo"

    def __init__(self, preview: MemoPreview) -> None:
        self.case: Case = preview.case
        self._preview = preview

    def show(self) -> Reply:
        return Reply(page=page(self._preview))

    def follow(self) -> Reply:
        return Reply(line="Something has changed since this preview. Preview again shows the memo as of now.")

    def handle(self, action: str, given: Mapping[str, Any], tell: Tell) -> Reply:
        if action == "preview":
            self._preview = self.case.memo()
            return Reply(page=page(self._preview), focus="again", line="This is the memo as of now.")
        if action == "issue":
            issued = self._preview.issue()
            words = "Issued" if issued.new else "This very memo was issued before; nothing was added"
            return Reply(line=f"{words}: {issued.path}", changed=issued.new)
        return Reply()


def page(preview: MemoPreview) -> Node:
    """The draft in its frame, where it lies, and the two buttons."""
    return box(
        el("p", "A draft for you. Nothing is issued until you press Issue."),
        el("p", small(f"Written to {preview.path}" if preview.path else "Written nowhere.")),
        box(
            el("button", "Preview again", type="button", id="again", action={"action": "preview"}),
            button("Issue", "issue"),
            el("button", "Open in a tab of its own", type="button", opens="memo"),
            class_="row",
        ),
        el("iframe", title="Draft of the memo", class_="memo", document=preview.html),
    )

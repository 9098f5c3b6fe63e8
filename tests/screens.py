"""Every screen of the workbook, drawn for a case made from the sample and answered."""

from collections.abc import Mapping
from dataclasses import replace
from importlib import resources
from pathlib import Path

from duediligence.answering import read_answers
from duediligence.case import SAMPLE, Case, open_case
from duediligence.widgets import _parts
from duediligence.widgets.interview import Interview
from duediligence.widgets.looking import running
from duediligence.widgets.tree import Node

ACTIONS = ("evidence", "lineage", "findings", "matrix", "derivative", "timeline", "changes", "memo")


def every_screen(folder: Path) -> tuple[Case, Mapping[str, Node]]:
    """A case in *folder*, and the page of each of its screens by name."""
    fresh = open_case(folder / "fresh", repo=SAMPLE, by="A. Example")
    case = open_case(folder / "case", repo=SAMPLE, by="A. Example")
    case.keep_typist("A. Example")
    looked = case.capture()
    given = resources.files("duediligence.sample").joinpath("answers.yaml").read_text("utf-8")
    case.answer_all([replace(one, by="A. Example") for one in read_answers(given, "the sample's answers")])
    case.accept(next(edge.id for edge in case.lineage().edges if edge.stated_in == "prose"))
    values = {"status": case, "look": looked} | {name: getattr(case, name)() for name in ACTIONS}
    parts = _parts()
    pages = {name: parts[type(value)](value).show().page for name, value in values.items()}
    sitting = Interview(case)
    pages["before the first question"] = Interview(fresh).show().page
    pages["first questions done"] = sitting.show().page
    pages["question"] = sitting.handle("resume", {}, print).page
    pages["answers"] = sitting.handle("review", {}, print).page
    pages["answer in place"] = sitting.handle("go", {"address": "use.offer-places"}, print).page
    before = Case.new(folder / "an earlier case", "example/encoder", by="A. Example")
    before.answer("use.entity", "Example GmbH", says="The registry of the company", by="A. Example")
    first = Interview(fresh)
    first.handle("begin", {"values": {"author": "A. Example"}}, print)
    pages["answer from another case"] = first.handle("go", {"address": "use.entity"}, print).page
    view = parts[type(case.findings())](case.findings())
    pages["findings as a table"] = view.handle("filter", {"by": "table"}, print).page
    pages["looking"] = running(["Waiting until 10:41: the Hub asks to wait."])
    issued = parts[type(case.memo())](case.memo())
    issued.handle("issue", {}, print)
    issued.handle("sign", {"values": {"step": "prepared", "says": "A. Example"}}, print)
    issued.handle("pack", {"values": {"with": []}}, print)
    case.note("A letter came.", by="A. Example")
    pages["issued, signed and packed"] = issued.show().page
    return case, {name: page for name, page in pages.items() if page is not None}

"""Which commands there are and what they take."""

import argparse
from datetime import date
from pathlib import Path
from typing import NoReturn

from duediligence.cli import commands, demo, lab
from duediligence.errors import UsageError
from duediligence.memo.formats import FORMS
from duediligence.signatures import STEPS
from duediligence.version import VERSION

_FIRST = """\
start here:
  demo     the whole flow on a recorded sample, no network
  new      open a case folder about a repository
  status   what is known, what is next
  lab      open the workbook in JupyterLab
  memo     preview or issue the memo

a case:    capture facts lineage questions findings letter matrix
           derivative changes outdated compare chronology
answers:   answer withdraw keep accept reject undo note attach
memos:     memo sign pack bom
keeping:   hold release copies
checks:    verify check-legal card

exit codes: 0 done; 1 found something (outdated, verify, check-legal, card, memo --again); 2 usage;
            3 bad input; 4 no Hub
"""


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with a command."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}. See: {self.prog} --help")


def parser() -> argparse.ArgumentParser:
    """The parser of the command line; each command sets ``run``, a function from arguments to exit code."""
    top: argparse.ArgumentParser = _Parser(
        prog="duediligence",
        description="Legal due diligence for models on the Hugging Face Hub. It gives no verdict.",
        epilog=_FIRST,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="duediligence COMMAND …   (duediligence COMMAND --help tells more)",
    )
    top.add_argument("--version", action="version", version=f"duediligence {VERSION}")
    add = top.add_subparsers(
        metavar="COMMAND", required=True, title="commands", help=argparse.SUPPRESS, prog="duediligence"
    )
    _add_flow(add)
    _add_reading(add)
    _add_answers(add)
    _add_memo_and_checks(add)
    _add_card(add)
    return top


def _add_card(add: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    said = "read cards on this computer: what a reviewer sees, and what is missing"
    command = _with_json(add.add_parser("card", help=said, description=f"{said[0].upper()}{said[1:]}."))
    command.add_argument("files", metavar="FILE", type=Path, nargs="+", help="a README.md as on the Hub")
    command.add_argument("--dataset", action="store_true", help="they are cards of datasets")
    command.set_defaults(run=commands.card)


def _add_flow(add: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = add.add_parser("demo", help="the whole flow on the recorded sample, no network")
    command.add_argument(
        "--output", type=Path, default=Path("demo"), metavar="DIR", help="folder of the case"
    )
    command.set_defaults(run=demo.run)
    command = _with_case(add, "new", commands.new, "open a case folder")
    command.add_argument("repo", metavar="REPO", help="owner/name, datasets/owner/name, or any Hub address")
    command.add_argument("--by", metavar="NAME", help="who opens it; else the name git knows")
    command.add_argument(
        "--counsel",
        metavar="NAME",
        help="the lawyer who directs the file: notes for counsel apart, no preview written by itself",
    )
    _with_json(_with_case(add, "status", commands.status, "what is known, what is next"))
    _with_json(_with_case(add, "capture", commands.capture, "look at the Hub and keep what it sends"))
    command = add.add_parser("lab", help="open the workbook in JupyterLab")
    command.add_argument("case", metavar="CASE", type=Path, nargs="?", help="a case folder; else the sample")
    command.set_defaults(run=lab.run)


def _add_reading(add: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    _with_json(_with_case(add, "facts", commands.facts, "what the sources say, with quotes"))
    command = _with_json(_with_case(add, "lineage", commands.lineage, "what the repository is made from"))
    command.add_argument("--svg", type=Path, metavar="FILE", help="write it as a picture")
    command = _with_json(_with_case(add, "questions", commands.questions, "what is asked, and how it stands"))
    command.add_argument(
        "--for",
        dest="whom",
        choices=("counsel", "provider"),
        help="counsel: a form to fill in, answer --file takes it back; provider: a list to send",
    )
    command.add_argument("--output", type=Path, metavar="FILE", help="where to write form or list")
    command = _with_json(_with_case(add, "findings", commands.findings, "what the rules find"))
    _with_day(command)
    said = "the letters of a case: list them, or print one with its words"
    command = _with_json(_with_case(add, "letter", commands.letter, said))
    command.add_argument("name", metavar="LETTER", nargs="?", help="T2, as findings name it; else a list")
    command.add_argument("--output", type=Path, metavar="FILE", help="where to write it; else it is printed")
    command = _with_json(_with_case(add, "matrix", commands.matrix, "who relies on what, for which act"))
    _with_day(command)
    said = "has anything changed, is anything due; keeps nothing"
    command = _with_json(add.add_parser("outdated", help=said, description=f"{said.capitalize()}."))
    command.add_argument("cases", metavar="CASE", type=Path, nargs="+", help="case folders")
    command.set_defaults(run=commands.outdated)
    said = "several candidates side by side: license, made from, access, findings so far"
    command = _with_json(add.add_parser("compare", help=said, description=f"{said.capitalize()}."))
    command.add_argument("cases", metavar="CASE", type=Path, nargs="+", help="case folders")
    command.set_defaults(run=commands.compare)
    _with_day(command)
    command = _with_json(
        _with_case(add, "changes", commands.changes, "what differs between two captures or memos")
    )
    command.add_argument(
        "--since", metavar="NAME", help="a capture or a memo, or: memo (the last); else the capture before"
    )
    command.add_argument("--until", metavar="NAME", help="a later capture or memo; else today")
    said = "every event of the record, in order, and the dates ahead"
    command = _with_json(_with_case(add, "chronology", commands.chronology, said))
    command.add_argument("--svg", type=Path, metavar="FILE", help="write it as a picture")
    said = "is the model a derivative: who says what, what decides"
    _with_day(_with_json(_with_case(add, "derivative", commands.derivative, said)))


def _add_answers(add: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _with_case(add, "answer", commands.answer, "answer a question, or many from a file")
    command.add_argument("address", metavar="ADDRESS", nargs="?", help="QUESTION or QUESTION@ABOUT")
    command.add_argument("value", metavar="VALUE", nargs="*", help="a slug, several with commas, or a text")
    command.add_argument("--file", type=Path, metavar="FILE", help="answers file or filled-in form (YAML)")
    command.add_argument("--ask", metavar="NAME", help="who can say, or: provider (with the value unknown)")
    command.add_argument(
        "--for-all",
        action="store_true",
        help="the same for everything QUESTION is still open about, such as each dataset",
    )
    command.add_argument(
        "--attach", type=Path, metavar="FILE", action="append", default=[], help="a file it rests on; copied"
    )
    _with_reason(command)
    for name, run, text in (
        ("withdraw", commands.withdraw, "take an answer back; the history keeps it"),
        ("keep", commands.keep, "keep an answer although what it rested on changed"),
        ("accept", commands.accept, "accept what the text names as upstream"),
        ("reject", commands.reject, "reject what the text seems to name"),
    ):
        command = _with_case(add, name, run, text)
        if name in ("accept", "reject"):
            command.add_argument("address", metavar="MENTION", help="m-3f9c2a as in lineage, or its long id")
        else:
            command.add_argument("address", metavar="ADDRESS", help="QUESTION or QUESTION@ABOUT")
        _with_reason(command)
    said = "take back your last answer, decision or note; the record keeps both steps"
    command = _with_case(add, "undo", commands.undo, said)
    command.add_argument("--reason", metavar="TEXT", help="why")
    command.add_argument("--by", metavar="NAME", help="whose; else the name git knows")
    command = _with_case(add, "note", commands.note, "add a note to the record")
    command.add_argument("text", metavar="TEXT")
    command.add_argument("--by", metavar="NAME", help="who typed it")
    command.add_argument(
        "--privileged",
        action="store_true",
        help="a note for the counsel who directs the file, kept outside the record",
    )
    command = _with_case(add, "attach", commands.attach, "add a page outside the Hub as evidence")
    command.add_argument("source", metavar="FILE|ADDRESS", help="a file, or an address, asked for now")
    command.add_argument("--about", metavar="REPO", help="the repository it speaks of; else that of the case")
    command.add_argument("--reason", metavar="TEXT", help="why it belongs here")
    command.add_argument("--by", metavar="NAME", help="who adds it; else the name git knows")
    command = _with_case(add, "hold", commands.hold, "keep everything: nothing is withdrawn or deleted")
    command.add_argument("--scope", metavar="TEXT", help="what is to be kept; else the whole case")
    command.add_argument("--custodian", metavar="NAME", help="who keeps it")
    command.add_argument("--reason", metavar="TEXT", help="why")
    command.add_argument("--by", metavar="NAME", help="who typed it; else the name git knows")
    command = _with_case(add, "release", commands.release, "lift the hold")
    command.add_argument("--reason", metavar="TEXT", required=True, help="why, and who said so")
    command.add_argument("--by", metavar="NAME", help="who typed it; else the name git knows")
    _with_json(_with_case(add, "copies", commands.copies, "what exists of the case, and where"))


def _add_memo_and_checks(add: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _with_case(add, "memo", commands.memo, "preview or issue the memo")
    command.add_argument("--issue", action="store_true", help="issue it instead of previewing")
    command.add_argument(
        "--despite",
        metavar="REASON",
        help="issue although a decision that findings wait for was due; the reason is recorded",
    )
    command.add_argument(
        "--again", metavar="MEMO", help="make an issued memo again from the record (its name, or: last)"
    )
    command.add_argument(
        "--format",
        choices=(*FORMS, "schema"),
        default="html",
        help="html; json, its machine-readable twin; docx; pdf; md; or schema, that of the twin",
    )
    command.add_argument("--output", type=Path, metavar="FILE", help="where to write a preview")
    command.add_argument("--template", type=Path, metavar="DIR", help="a firm's own nbconvert template")
    command.add_argument("--letterhead", type=Path, metavar="FILE", help="PNG, JPEG or text, on page 1")
    _with_day(command)
    said = "write an issued memo with exhibits and record as one ZIP that anybody can check"
    command = _with_case(add, "pack", commands.pack, said)
    command.add_argument("--output", type=Path, metavar="FILE", required=True, help="the ZIP file")
    command.add_argument("--memo", metavar="NAME", default="last", help="an issued memo; else the last")
    command.add_argument(
        "--with-names", action="store_true", help="with names and words of people: the memo as it was issued"
    )
    command.add_argument(
        "--with-attachments", action="store_true", help="with the files and pages that people added"
    )
    command.add_argument(
        "--privileged",
        type=Path,
        metavar="FILE",
        help="the notes for counsel too, as a ZIP of their own",
    )
    command = _with_case(add, "bom", commands.bom, "the bill of materials, for machines (CycloneDX)")
    command.add_argument("--output", type=Path, metavar="FILE", help="where to write it; else it is printed")
    command.add_argument("--check", action="store_true", help="ask the validator of CycloneDX (an extra)")
    _with_day(command)
    command = _with_case(add, "sign", commands.sign, "record who prepared, reviewed or released a memo")
    command.add_argument("--as", dest="step", choices=STEPS, required=True, help="what was done")
    command.add_argument(
        "--take-back",
        action="store_true",
        help="take such a sign-off back; needs --reason, both stay on record",
    )
    command.add_argument("--of", metavar="NAME", help="with --take-back: whose sign-off; else your own")
    command.add_argument("--memo", metavar="NAME", default="last", help="an issued memo; else the last")
    _with_reason(command)
    _with_json(_with_case(add, "verify", commands.verify, "hash everything again, of a case or a pack"))
    command = _with_json(add.add_parser("check-legal", help="check the law files"))
    command.add_argument("folder", metavar="DIR", type=Path, nargs="?", help="else those of the package")
    command.add_argument("--html", type=Path, metavar="FILE", help="write them as a page to mark up")
    command.set_defaults(run=commands.check_legal)


def _with_case(
    add: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: object, text: str
) -> argparse.ArgumentParser:
    command = add.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    command.add_argument("case", metavar="CASE", type=Path, help="the case folder")
    command.set_defaults(run=run)
    return command


def _with_json(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("--json", action="store_true", help="as JSON")
    return command


def _with_day(command: argparse.ArgumentParser) -> None:
    command.add_argument("--as-of", type=_day, metavar="DATE", help="the law as of that day, 2026-11-22")


def _with_reason(command: argparse.ArgumentParser) -> None:
    command.add_argument("--reason", metavar="TEXT", help="how you know")
    command.add_argument("--says", metavar="NAME", help="whose words they are")
    command.add_argument("--by", metavar="NAME", help="who typed them; else the name git knows")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2026-11-22") from None

"""What each command does: arguments in, output on the screen, exit code out."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from duediligence import keeping
from duediligence.analysis.situation import Asked
from duediligence.answering import read_answers, with_defaults
from duediligence.bom.checking import problem as bill_problem
from duediligence.candidates import Candidate
from duediligence.case import Case
from duediligence.cautions import BEFORE_ANSWERING, DIRECTED
from duediligence.cli import text
from duediligence.cli.side_by_side import side_by_side
from duediligence.errors import BadInputError, DueDiligenceError, UsageError
from duediligence.facts.lineage import Lineage
from duediligence.facts.reading import read_card
from duediligence.knowledge.check import examine
from duediligence.memo.counsel_form import counsel_form
from duediligence.memo.dress import Dress, read_dress
from duediligence.memo.moments import to_watch
from duediligence.memo.picture import picture, to_svg
from duediligence.memo.timeline_svg import timeline_svg
from duediligence.memo.to_provider import CAUTION, numbered
from duediligence.memo.twin import schema_text
from duediligence.not_there import without_owner
from duediligence.pack.checking import is_pack
from duediligence.pack.checking import verify as verify_pack
from duediligence.reports import CaptureReport
from duediligence.surroundings import command, shared_through
from duediligence.verifying import verified as verify_case

_MAX_ANSWERS = 1 << 20


def _print_json(content: dict[str, Any]) -> None:
    # ASCII: a lone surrogate out of somebody's metadata must not stop the output.
    print(json.dumps({"schema": 1} | content, indent=1))


def new(given: Namespace) -> int:
    """Open a case folder."""
    remote = shared_through(given.case)
    case = Case.new(given.case, given.repo, by=given.by, counsel=given.counsel)
    sample = ", a recorded sample: no network is used" if case.is_sample else ""
    print(f"Opened {given.case} about {case.asked_for.repo}{sample}.")
    if hint := without_owner(case.asked_for.repo):
        print(hint)
    print(BEFORE_ANSWERING)
    if given.counsel:
        print(f"Directed by {given.counsel}: {DIRECTED}")
    if remote:
        print(
            f"{given.case} lies in a git repository with a remote. "
            "Anyone who can read it can read your answers."
        )
    print(f"Next: {command()} capture {given.case}")
    return 0


def status(given: Namespace) -> int:
    """Print the status card."""
    now = Case(given.case).status()
    if given.json:
        rows = [{"title": row.title, "says": row.says, "verb": row.verb} for row in now.rows]
        said = {"repo": now.title, "looked": now.looked, "since": now.since, "dates": list(now.dates)}
        said |= {"notices": list(now.notices), "problems": list(now.problems)}
        _print_json(said | {"rows": rows, "next": now.next})
    else:
        print(now)
    return 0


def capture(given: Namespace) -> int:
    """Look at the Hub now; 3 when the repo itself is not there at the first look."""
    case = Case(given.case)
    with text.progress() as tell:
        report = case.capture(force=True, progress=tell)
    if given.json:
        _print_json(_captured_json(report))
    else:
        print(report)
        print(f"Next: {command()} status {given.case}")
    if report.repo_state == "not_found" and report.first:
        print(
            f"duediligence: What was asked is kept, but {report.not_there}.",
            file=sys.stderr,
        )
        return 3
    return 0


def _captured_json(report: CaptureReport) -> dict[str, Any]:
    return {
        "capture": report.capture,
        "account": report.account,
        "endpoint": report.endpoint,
        "states": dict(report.counts()),
        "limits": list(report.limits),
        "changed": [change.to_json() for change in report.changes],
    }


def facts(given: Namespace) -> int:
    """Print every fact."""
    case = Case(given.case)
    found = case.facts()
    if given.json:
        by_name = sorted(found, key=lambda f: (f.repo, f.key, f.source or "", f.value or "", f.id))
        _print_json({"facts": [fact.to_json() for fact in by_name]})
    else:
        print(text.facts(found, case.repo))
    return 0


def lineage(given: Namespace) -> int:
    """Print the lineage."""
    case = Case(given.case)
    tree = case.lineage()
    if given.svg is not None:
        return _svg(case, tree, given.svg)
    if given.json:
        _print_json(
            {
                "repos": [node.to_json() for node in tree.repos],
                "edges": tree.edges_to_json(),
                "complete": tree.complete,
                "limits": list(tree.limits),
            }
        )
    else:
        print(text.lineage(tree))
    return 0


def _svg(case: Case, tree: Lineage, path: Path) -> int:
    drawn = picture(tree)
    if drawn is None:
        raise BadInputError("There is nothing upstream to draw; no picture was written.")
    case.write(path, f"{to_svg(drawn)}\n".encode())
    more = f" ({drawn.left_out} further names only in the list)" if drawn.left_out else ""
    print(f"{path.absolute()}{more}")
    return 0


def questions(given: Namespace) -> int:
    """Print every question and how it stands."""
    if given.whom is None and given.output is not None:
        raise UsageError("--output goes with a form or a list: add --for counsel or --for provider.")
    case = Case(given.case)
    asked = case.questions()
    if given.whom is not None:
        return _form(case, _listed_for(given.whom, asked, case), given)
    if given.json:
        by_name = sorted(asked, key=lambda one: (one.question.id, one.about or ""))
        _print_json({"questions": [one.to_json() for one in by_name]})
    else:
        print(text.questions(asked))
    return 0


def _listed_for(whom: str, asked: Sequence[Asked], case: Case) -> str:
    """The form for counsel, or the questions to the provider behind what is risky about asking."""
    if whom == "counsel":
        return counsel_form(asked, case.repo)
    listed = numbered(asked, case.law().acts)
    return f"{CAUTION}\n\n{listed or 'Nothing is open that the provider could say.'}\n"


def _form(case: Case, form: str, given: Namespace) -> int:
    if given.json:
        raise UsageError("--for writes a text to send; leave --json away.")
    return _print_or_write(form, given.output, case.write)


def findings(given: Namespace) -> int:
    """Print every finding."""
    case = Case(given.case)
    found = case.findings(given.as_of)
    if given.json:
        _print_json(found.to_json())
    else:
        print(text.findings(found, case.law(given.as_of), given.case))
    return 0


def letter(given: Namespace) -> int:
    """List the letters of a case, or print one with its words."""
    case = Case(given.case)
    if given.name is None:
        if given.output is not None:
            raise UsageError("--output goes with one letter: letter CASE T2 --output FILE")
        offered = case.letters()
        if given.json:
            _print_json({"letters": [one.to_json() for one in offered]})
        else:
            print(text.letters(offered, given.case))
        return 0
    one = case.letter(given.name)
    if given.json:
        _print_json(one.to_json())
        return 0
    return _print_or_write(f"{one}\n", given.output, case.write)


def matrix(given: Namespace) -> int:
    """Print the legal-basis matrix."""
    made = Case(given.case).matrix(given.as_of)
    if given.json:
        _print_json(made.to_json())
    else:
        print(text.matrix(made))
    return 0


def derivative(given: Namespace) -> int:
    """Print the three questions behind the word derivative."""
    made = Case(given.case).derivative(given.as_of)
    if given.json:
        print(json.dumps(made.to_json(), indent=1))
    else:
        print(text.derivative(made))
    return 0


def changes(given: Namespace) -> int:
    """Print what differs between two captures or memos."""
    found = Case(given.case).changes(given.since or "capture", given.until)
    if given.json:
        _print_json(found.to_json())
    else:
        print(found)
    return 0


def outdated(given: Namespace) -> int:
    """Look whether cases are behind, one after the other; 1 when one is, 4 when the Hub was not reached."""
    rows: list[dict[str, Any]] = []
    code = 0
    for folder in given.cases:
        try:
            found = Case(folder).outdated()
        except DueDiligenceError as error:
            # One case that cannot be looked at stops no other.
            rows.append({"case": str(folder), "outdated": None, "problem": str(error)})
            code = max(code, error.exit_code)
            if not given.json:
                print(f"{folder}: {error}")
            continue
        rows.append(found.to_json())
        code = max(code, 1 if found.behind else 0)
        if not given.json:
            print(found)
    if given.json:
        _print_json({"cases": rows})
    return code


def compare(given: Namespace) -> int:
    """Print several cases side by side; 3 when one cannot be read, and the others all the same."""
    read: list[Candidate] = []
    problems: dict[str, str] = {}
    code = 0
    for folder in given.cases:
        try:
            read.append(Case(folder).candidate(given.as_of))
        except DueDiligenceError as error:
            # One case that cannot be read stops no other.
            problems[str(folder)] = str(error)
            code = max(code, error.exit_code)
    if given.json:
        unread = [{"case": folder, "problem": why} for folder, why in problems.items()]
        _print_json({"cases": [one.to_json() for one in read], "not_read": unread})
    else:
        print(side_by_side(read, problems))
    return code


def chronology(given: Namespace) -> int:
    """Print every event of the record and the dates to watch, or write both as a picture."""
    case = Case(given.case)
    if given.svg is not None:
        return _over_time(case, given.svg)
    events = case.chronology()
    looked = any(event["event"] == "captured" for event in events)
    dates = to_watch(case.findings().dates) if looked else []
    if given.json:
        ahead = [one.to_json() for one in dates if one.state == "running"]
        _print_json({"events": [dict(event) for event in events], "ahead": ahead})
    else:
        print(text.chronology(events, dates))
    return 0


def _over_time(case: Case, path: Path) -> int:
    drawn = case.timeline().drawn
    if drawn is None:
        raise BadInputError("Nothing in the record has a day; no picture was written.")
    case.write(path, f"{timeline_svg(drawn)}\n".encode())
    print(path.absolute())
    return 0


def answer(given: Namespace) -> int:
    """Answer one question, or all of a file."""
    case = Case(given.case)
    if given.file is not None:
        if given.address is not None:
            raise UsageError("Give either --file or an address and a value, not both.")
        return _answer_file(case, given)
    if given.address is None:
        raise UsageError("Name a question and a value, or a file: answer CASE use.commercial none")
    if len(given.value) > 1:
        raise UsageError(
            f"One value was expected, and {len(given.value)} came: put commas between several "
            f"({','.join(given.value)}), and a text in quotation marks."
        )
    value = given.value[0] if given.value else ("unknown" if given.ask else None)
    if value is None:
        raise UsageError(f"{given.address} needs a value; `unknown` is one.")
    said = {"reason": given.reason, "says": given.says, "by": given.by, "ask": given.ask}
    if given.for_all:
        if given.attach:
            raise UsageError("--attach goes with one answer; leave it or --for-all away.")
        print(case.answer_for_all(given.address, value, **said))
        return 0
    copies = [(path.name, _read_whole(path)) for path in given.attach]
    print(case.answer(given.address, value, copies=copies, **said))
    return 0


def _answer_file(case: Case, given: Namespace) -> int:
    """Take every answer of a file; what the command says goes for each that does not say it itself."""
    if given.ask is not None:
        raise UsageError("--ask goes with one question; in a file, write ask: beside the answer.")
    read = read_answers(_read_text(given.file), str(given.file))
    if not read:
        print(f"Nothing is filled in in {given.file}; nothing was recorded.")
        return 0
    print(case.answer_all(with_defaults(read, reason=given.reason, says=given.says, by=given.by)))
    return 0


def _read_whole(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {error.strerror}.") from error


def _read_text(path: Path) -> str:
    data = _read_whole(path)
    if len(data) > _MAX_ANSWERS:
        raise BadInputError(f"{path} is larger than 1 MB; that is no answers file.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path} is not UTF-8 (byte {error.start}). Save it as UTF-8.") from error


def withdraw(given: Namespace) -> int:
    """Take an answer back."""
    print(Case(given.case).withdraw(given.address, reason=given.reason, by=given.by))
    return 0


def keep(given: Namespace) -> int:
    """Keep an answer that needs another look."""
    print(Case(given.case).keep(given.address, reason=given.reason, says=given.says, by=given.by))
    return 0


def accept(given: Namespace) -> int:
    """Accept a mention."""
    print(Case(given.case).accept(given.address, reason=given.reason, says=given.says, by=given.by))
    return 0


def reject(given: Namespace) -> int:
    """Reject a mention."""
    print(Case(given.case).reject(given.address, reason=given.reason, says=given.says, by=given.by))
    return 0


def undo(given: Namespace) -> int:
    """Take the last own step back."""
    print(Case(given.case).undo(reason=given.reason, by=given.by))
    return 0


def note(given: Namespace) -> int:
    """Add a note."""
    print(Case(given.case).note(given.text, by=given.by, privileged=given.privileged))
    return 0


def attach(given: Namespace) -> int:
    """Add a page outside the Hub."""
    case = Case(given.case)
    print(case.attach(given.source, about=given.about, reason=given.reason, by=given.by))
    return 0


def sign(given: Namespace) -> int:
    """Record who prepared, reviewed or released a memo, or that somebody took that back."""
    case = Case(given.case)
    if given.take_back:
        said = {"reason": given.reason or "", "of": given.of, "says": given.says, "by": given.by}
        print(case.take_back(given.step, given.memo, **said))
        return 0
    if given.of is not None:
        raise UsageError("--of goes with --take-back; whose sign-off it is, says --says NAME.")
    print(case.sign(given.step, given.memo, reason=given.reason, says=given.says, by=given.by))
    return 0


def hold(given: Namespace) -> int:
    """Put the case on hold."""
    case = Case(given.case)
    print(case.hold(scope=given.scope, custodian=given.custodian, reason=given.reason, by=given.by))
    return 0


def release(given: Namespace) -> int:
    """Lift the hold."""
    print(Case(given.case).release(reason=given.reason, by=given.by))
    return 0


def copies(given: Namespace) -> int:
    """List what exists of a case and where."""
    found = Case(given.case).copies()
    if given.json:
        _print_json(found.to_json())
    else:
        print(found)
    return 0


def memo(given: Namespace) -> int:
    """Preview or issue the memo; prints where it lies."""
    if given.format == "schema":
        return _schema(given)
    dress = read_dress(given.template, given.letterhead)
    case = Case(given.case)
    if given.again is not None:
        return _again(case, given, dress)
    if given.issue:
        return _issue(case, given, dress)
    if given.despite:
        raise UsageError("--despite goes with --issue: a preview needs no reason.")
    print(case.preview(given.format, given.as_of, given.output, dress=dress).absolute())
    return 0


def _issue(case: Case, given: Namespace, dress: Dress | None) -> int:
    """Issue the memo, also in the form that was asked for."""
    if given.output is not None:
        raise UsageError("An issued memo lies in the case; --output goes with a preview.")
    if dress is not None:
        raise UsageError(
            "An issued memo has our own template, so that it can be made again anywhere. Issue it, "
            "then dress a copy: memo CASE --again last --letterhead FILE --output FILE"
        )
    issued = case.issue(given.as_of, despite=given.despite, also=(given.format,))
    path = issued.path.with_name(f"memo.{given.format}")
    if not path.is_file():
        copy = case.copy_of(issued.path.parent.name, given.format).absolute()
        print(f"{copy} (a copy: the memo was issued before, and not in this form)")
        return 0
    print(path.absolute() if issued.new else f"{path.absolute()} (issued before; nothing has changed since)")
    return 0


def _schema(given: Namespace) -> int:
    """The published schema of the memo's machine-readable twin."""
    return _print_or_write(schema_text(), given.output, _write)


def _print_or_write(text: str, output: Path | None, write: Callable[[Path, bytes], None]) -> int:
    if output is None:
        print(text, end="")
    else:
        write(output, text.encode())
        print(output.absolute())
    return 0


def _again(case: Case, given: Namespace, dress: Dress | None) -> int:
    """Make an issued memo again; 1 when its bytes are not those that were issued."""
    if given.issue or given.despite or given.as_of is not None:
        raise UsageError("--again makes a memo as it was issued; leave --issue, --despite and --as-of away.")
    if dress is not None and given.output is None:
        raise UsageError("Name the file for the copy in your own dress: --output FILE")
    found = case.reissue(given.again)
    print(found)
    if given.output is not None:
        case.write(given.output, found.rendered.form(given.format, dress))
        print(given.output.absolute())
    return 0 if found.same else 1


def bom(given: Namespace) -> int:
    """Print the bill of materials, or write it to a file; with ``--check`` only a valid one."""
    case = Case(given.case)
    made = case.bom(given.as_of)
    if given.check and (wrong := bill_problem(made)):
        raise BadInputError(f"The bill of materials is not valid and was NOT written: {wrong}")
    return _print_or_write(made, given.output, case.write)


def pack(given: Namespace) -> int:
    """Write the pack of an issued memo, and what is kept for counsel as one of its own."""
    case = Case(given.case)
    made = case.pack(
        given.output,
        given.memo,
        names=given.with_names,
        attachments=given.with_attachments,
        privileged=given.privileged,
    )
    for one in made:
        print(f"{one.path.absolute()}\nSHA-256 {one.sha256}")
        print("".join(f"  left out: {line}\n" for line in one.left_out), end="")
    return 0


def verify(given: Namespace) -> int:
    """Hash everything again; 1 when something is not as it was."""
    if not given.case.exists():
        raise BadInputError(
            f"{given.case} is not there, so nothing was checked. Name a case folder, a pack, or the folder "
            "it was unpacked into."
        )
    found = verify_pack(given.case) if is_pack(given.case) else verify_case(given.case)
    if given.json:
        _print_json(
            {"problems": list(found.problems), "redacted": found.redacted, "left_out": list(found.notes)}
        )
    else:
        print("\n".join(found.problems) or "Everything is as it was written.")
        if found.redacted:
            events = "1 event is" if found.redacted == 1 else f"{found.redacted} events are"
            print(f"{events} redacted in this copy; their names, and links to them, are whole.")
        print(*found.notes, sep="\n", end="\n" if found.notes else "")
    return 1 if found.problems else 0


def card(given: Namespace) -> int:
    """Read cards on this computer; 1 when one cannot be read, or leaves its license or its origin open."""
    kind = "datasets" if given.dataset else "models"
    read = [(path, read_card(_read_body(path), f"{kind}/local/card")) for path in given.files]
    if given.json:
        _print_json(
            {
                "cards": [
                    {
                        "file": str(path),
                        "state": one.state,
                        "error": one.error,
                        "missing": list(text.lacking(one)),
                        "facts": [fact.to_json() for fact in one.facts],
                    }
                    for path, one in read
                ]
            }
        )
    else:
        print("\n\n".join(text.card(str(path), one) for path, one in read))
    return 1 if any(one.error or text.lacking(one) for _, one in read) else 0


def _read_body(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {error.strerror}.") from error


def check_legal(given: Namespace) -> int:
    """Check the law files; 1 when something is wrong."""
    if given.folder is not None and not given.folder.is_dir():
        raise BadInputError(f"{given.folder} is no folder. Name the folder with the law files.")
    found = examine(given.folder)
    if given.json:
        _print_json({"problems": found.problems})
    else:
        print("\n".join(found.problems) or "The law files are in order.")
    if given.html is not None:
        # The templates' language is slow to load and only needed for a page.
        from duediligence.memo.overview import overview

        page = overview(found.entries, found.problems, found.digest, date.today())
        _write(given.html, page.encode())
        print(given.html.absolute(), file=sys.stderr if given.json else sys.stdout)
    return 1 if found.problems else 0


def _write(path: Path, data: bytes) -> None:
    """Write a file that is about no case of the command."""
    if said := keeping.write(path, data):
        print(said, file=sys.stderr)

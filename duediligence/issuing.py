"""Memos on disk: previews, issued memos with the edition of the law they rest on."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from duediligence import keeping, ledger
from duediligence.errors import NotSavedError
from duediligence.folder import CaseFolder
from duediligence.history import Record
from duediligence.knowledge import edition
from duediligence.knowledge.law import Law
from duediligence.memo.dress import Dress
from duediligence.memo.inputs import MemoInputs
from duediligence.reports import Reissued
from duediligence.surroundings import command
from duediligence.version import VERSION

_KEPT = ("html", "json")
"""Forms every issued memo is kept in."""


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A memo and its machine-readable twin; functions of the inputs alone, each made when it is asked for."""

    inputs: MemoInputs

    @cached_property
    def html(self) -> str:
        # The templates' language is slow to load and only needed here.
        from duediligence.memo import page, view

        return page.to_html(view.build(self.inputs))

    @cached_property
    def json(self) -> str:
        from duediligence.memo import twin

        return twin.to_json(self.inputs)

    def form(self, form: str, dress: Dress | None = None) -> bytes:
        """The memo in one of the forms a memo can take, in a firm's own *dress* if it has one.

        Raises:
            BadInputError: what makes that form is not installed, or the dress cannot be used.
        """
        if form == "json":
            return self.json.encode()
        from duediligence.memo import formats, page, view

        html = page.to_html(view.build(self.inputs), dress) if dress else self.html
        return html.encode() if form == "html" else formats.from_page(form, html, self.inputs)


def render(inputs: MemoInputs) -> Rendered:
    """The memo for *inputs*: the same inputs give the same bytes."""
    return Rendered(inputs=inputs)


def decisions_due(inputs: MemoInputs) -> tuple[str, ...]:
    """The legal sources whose decision was due, which findings wait for, and which nobody put aside."""
    due = {str(one["authority"]) for finding in inputs.findings.findings for one in finding.decision_due}
    aside = {id for event in inputs.record.overridden for id in event["decisions"]}
    return tuple(sorted(due - aside))


def why_not(inputs: MemoInputs, due: Sequence[str], folder: Path) -> str:
    """The sentence that refuses a memo: which decision was due when, and what to do."""
    dates = {
        str(one["authority"]): str(one["date"])
        for finding in inputs.findings.findings
        for one in finding.decision_due
    }
    named = "; ".join(f"{inputs.law.authorities[id].title}, {dates[id]}" for id in due)
    return (
        f"The memo was NOT issued: a decision that findings wait for was due ({named}). Look it up and "
        f"correct the law files, or record why you go on: {command()} memo {folder} --issue --despite REASON"
    )


def already_issued(
    files: CaseFolder, record: Record, made_from: Sequence[str], as_of: date, law: Law
) -> Path | None:
    """The HTML file of a memo issued from the very same inputs, if there is one."""
    wanted = (list(made_from), as_of.isoformat(), law.digest, VERSION)
    for event in record.issued:
        if (event["made_from"], event["as_of"], event["law_digest"], event["program"]) == wanted:
            path: Path = files.memos / event["memo"] / "memo.html"
            if path.is_file():
                return path
    return None


def keep(
    files: CaseFolder,
    rendered: Rendered,
    *,
    made_from: Sequence[str],
    as_of: date,
    by: str,
    also: Sequence[str] = (),
) -> tuple[Mapping[str, Any], Path]:
    """Write memo, twin, further forms and law edition; give the ``issued`` event's fields and the HTML path.

    The folder is written beside and renamed; it counts when the event names it.

    Raises:
        NotSavedError: the disk refused; what was there is unchanged.
    """
    data = {form: rendered.form(form) for form in dict.fromkeys((*_KEPT, *also))}
    digests = {form: _digest(body) for form, body in data.items()}
    name = f"{as_of.isoformat()}-{digests['html'][:8]}"
    try:
        files.keep_law(rendered.inputs.law.digest, edition.edition_files())
        _write_folder(files.memos / name, {f"memo.{form}": body for form, body in data.items()})
    except OSError as error:
        raise NotSavedError(
            f"The memo was NOT issued: {files.memos} refused it ({error.strerror})."
        ) from error
    event = {
        "event": "issued",
        "memo": name,
        "made_from": list(made_from),
        "as_of": as_of.isoformat(),
        "law_digest": rendered.inputs.law.digest,
        "program": VERSION,
        "by": by,
        "files": digests,
    }
    return event, files.memos / name / "memo.html"


def in_form(files: CaseFolder, event: Mapping[str, Any], form: str, rendered: Rendered) -> bytes:
    """An issued memo in a form it was not issued in: made from the page that was kept.

    Raises:
        BadInputError: what makes that form is not installed.
    """
    from duediligence.memo import formats

    again = made_again(files, event, rendered)
    html = again.kept.read_text("utf-8") if again.kept else again.html
    return formats.from_page(form, html, rendered.inputs)


def made_again(files: CaseFolder, event: Mapping[str, Any], rendered: Rendered) -> Reissued:
    """What was issued beside what this program makes of the same record; the kept file is the memo."""
    folder = files.memos / str(event["memo"])
    made = {"html": rendered.html, "json": rendered.json}
    page = folder / "memo.html"
    whole = page.is_file() and _digest(page.read_bytes()) == event["files"]["html"]
    return Reissued(
        memo=str(event["memo"]),
        rendered=rendered,
        html=rendered.html,
        json=rendered.json,
        same=all(_digest(text.encode()) == event["files"].get(form) for form, text in made.items()),
        program=str(event["program"]),
        kept=page if whole else None,
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    beside = folder.with_name(f".{folder.name}.part")
    beside.mkdir(parents=True, exist_ok=True)
    for name, data in contents.items():
        ledger.write_whole(beside / name, data)
    if folder.exists():
        # A run that ended between the folder and its event left the same bytes there, if not every form.
        for path in beside.iterdir():
            if not _same(path, folder / path.name):
                keeping.put_aside(folder / path.name)
            path.replace(folder / path.name)
        beside.rmdir()
        return
    beside.rename(folder)
    ledger.sync_folder(folder.parent)


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()

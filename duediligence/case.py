"""One case: the flow in order, over one folder."""

import hashlib
import secrets
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from duediligence import comparing, issuing, ledger, pages, snapshot
from duediligence.analysis.differences import changes_between
from duediligence.analysis.disputes import derivative
from duediligence.analysis.matrix import matrix
from duediligence.analysis.situation import Asked
from duediligence.bom import document as bill
from duediligence.bom.component import Materials
from duediligence.candidates import Candidate, candidate
from duediligence.contributions import Contributions
from duediligence.errors import (
    BadInputError,
    DecisionDueError,
)
from duediligence.evidence import capture as capturing
from duediligence.facts import reading
from duediligence.facts.fact import Fact
from duediligence.folder import CaseFolder, local_date
from duediligence.knowledge.law import Law, overdue
from duediligence.letters import Draft, drafts
from duediligence.memo.chronology import told
from duediligence.memo.dress import Dress
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.inputs import MemoInputs
from duediligence.memo.moments import to_watch
from duediligence.memo.timeline import case_timeline
from duediligence.memo.words import on_day
from duediligence.opened import Listener, Progress, now_utc
from duediligence.pack import build
from duediligence.pack import privileged as for_counsel
from duediligence.pack.choice import Choice
from duediligence.pack.listing import left_out
from duediligence.pack.material import Material
from duediligence.pack.record import event_of
from duediligence.pack.zipped import zipped
from duediligence.repo import RepoRef, parse_repo
from duediligence.reports import (
    CaptureReport,
    Chronicle,
    Evidence,
    Found,
    Grid,
    Issued,
    MemoPreview,
    News,
    Outdated,
    Packed,
    Questionnaire,
    Reissued,
    Senses,
    Status,
    Tree,
)
from duediligence.sample import server as sample
from duediligence.snapshot import Snapshot
from duediligence.standing import later_looks, since_last_entry, status_of
from duediligence.surroundings import author, command, time_zone
from duediligence.version import VERSION

SAMPLE = "sample"
"""Given instead of a repo: the recorded sample inside the package, asked without network."""

_YOUNG = timedelta(days=1)

_Report = TypeVar("_Report")


class Case(Contributions):
    """One matter about one repo and what it is made from; its state is the folder.

    Args:
        folder: an existing case folder; see `new` for opening one.
        clock: gives the time of every event.
        randomness: gives that many random bytes.

    Raises:
        NotACaseError: there is no case in *folder*.
        CaseIsNewerError: a newer version wrote even its first event.
    """

    @classmethod
    def new(
        cls,
        folder: str | Path,
        repo: str,
        *,
        by: str | None = None,
        zone: str | None = None,
        counsel: str | None = None,
        clock: Callable[[], datetime] = now_utc,
        randomness: Callable[[int], bytes] = secrets.token_bytes,
    ) -> "Case":
        """Open a case about *repo*: an id, an id with ``@revision``, any address of the Hub, or `SAMPLE`.

        *counsel* is the lawyer who directs the file, if one does: then notes for counsel are kept outside the
        record (`note`), and no preview is written by itself.

        Raises:
            BadInputError: *repo* cannot be read, or something else lies in *folder*.
            NotSavedError: the disk refused.
        """
        is_sample = repo == SAMPLE
        ref = RepoRef(repo=sample.SAMPLE_REPO) if is_sample else parse_repo(repo)
        files = CaseFolder(Path(folder))
        if files.ledger.is_dir() and any(files.ledger.glob("[!.]*")):
            raise BadInputError(f"{folder} holds a case already. See it with: {command()} status {folder}")
        files.create()
        fields: dict[str, Any] = {"event": "opened", "repos": [ref.repo], "time_zone": zone or time_zone()}
        if ref.revision:
            fields["revision"] = ref.revision
        if ref.discussion:
            fields["discussion"] = ref.discussion
        if is_sample:
            fields["sample"] = True
        if counsel:
            fields["counsel"] = counsel
        fields |= {"by": by or author(), "program": VERSION}
        ledger.append(files.ledger, fields, seen=(), clock=clock, randomness=randomness)
        return cls(folder, clock=clock, randomness=randomness)

    # Capture.

    def capture(
        self,
        *,
        force: bool = False,
        progress: Progress | None = None,
        stop: threading.Event | None = None,
    ) -> CaptureReport:
        """Look at the Hub, once a day unless *force* is set, and keep what it sent.

        *progress* is told every step and every wait in one line. Setting *stop* ends it within two seconds.

        Raises:
            HubUnreachableError: the repo itself gave no definite answer; nothing was written.
            StoppedError: it was stopped; nothing was written.
            NotSavedError: the disk refused.
        """
        before = self._reading()
        last = before.record.captures[-1] if before.record.captures else None
        if last and not force and self._clock() - datetime.fromisoformat(last["at"]) < _YOUNG:
            return self._report(before, reused=True)
        self._refuse_when_read_only(before.graph)
        showing = nullcontext(Listener(tell=progress)) if progress else self.show_progress()
        with self._hub() as endpoint, showing as heard:
            done = self._look(before, self._files.captures, heard.tell, stop or heard.stop, endpoint)
        self._append(
            {
                "event": "captured",
                "capture": done.manifest.capture,
                "manifest": done.manifest_sha256,
                "exchanges": done.exchanges_sha256,
                "endpoint": done.endpoint,
                "complete": done.complete,
                "limits": list(done.limits),
            }
        )
        looked = self._reading()
        for _, event in pages.again(self._files, looked, self._files.captures, self._clock, self._randomness):
            self._append({**event, "reason": "It has changed.", "by": author()})
        return self._report(before, reused=False)

    def _look(
        self,
        now: Snapshot,
        folder: Path,
        tell: Progress,
        stop: threading.Event | None,
        endpoint: str | None,
    ) -> capturing.Captured:
        """Gather the repo and what it is made from into *folder*; nothing is recorded yet."""
        decisions, asked = now.record.decisions, self.asked_for
        return capturing.capture(
            folder,
            RepoRef(repo=now.lineage.repo, revision=asked.revision, discussion=asked.discussion),
            read_upstream=partial(
                reading.read_upstream,
                accepted=[edge for edge, yes in decisions.items() if yes],
                rejected=[edge for edge, yes in decisions.items() if not yes],
            ),
            known=now.manifests,
            kept_in=self._files.captures,
            clock=self._clock,
            randomness=self._randomness,
            progress=tell,
            stop=stop,
            endpoint=endpoint,
        )

    @contextmanager
    def _hub(self) -> Iterator[str | None]:
        if not self.is_sample:
            yield None
            return
        with sample.serve() as endpoint:
            yield endpoint

    def _report(self, before: Snapshot, *, reused: bool) -> CaptureReport:
        after = self._reading()
        last = after.record.captures[-1]
        # Not simply the newest: pages that somebody added, or that have changed, come behind it.
        newest = next(one for one in reversed(after.manifests) if one.capture == last["capture"])
        main = next(
            (e for e in newest.entries if e.repo == after.lineage.repo and e.resource == "info"), None
        )
        differs = changes_between(before.situation, after.situation) if before.record.captures else ()
        changes = comparing.with_passages(self._files, after, differs)
        return CaptureReport(
            capture=last["capture"],
            looked_at=last["at"][:16].replace("T", " ") + " UTC",
            reused=reused,
            account=newest.account,
            endpoint=last["endpoint"],
            entries=newest.entries,
            limits=tuple(last.get("limits", ())),
            changes=changes,
            repo_state=main.state if main else "not_found",
            first=not before.record.captures,
            case=self,
        )

    # What is known.

    def facts(self) -> tuple[Fact, ...]:
        """Every fact of every repo of the chain, sorted.

        Raises:
            NothingCapturedError: nothing was captured yet.
        """
        return self._captured().facts

    def evidence(self) -> Evidence:
        """The facts, for looking at in a notebook."""
        now = self._captured()
        return Evidence(facts=now.facts, around=snapshot.around_quotes(self._files, now), case=self)

    def lineage(self) -> Tree:
        """What the repo is made from.

        Raises:
            NothingCapturedError: nothing was captured yet.
        """
        lineage = self._captured().lineage
        return _of(self, Tree, lineage)

    def questions(self) -> tuple[Asked, ...]:
        """Every question about everything it is asked of, first questions first."""
        return self._asked(self._reading())

    def questionnaire(self) -> Questionnaire:
        """The questions, for answering in a notebook."""
        return Questionnaire(case=self)

    def findings(self, as_of: date | None = None) -> Found:
        """What the rules say, under the law as of a day (today when left out).

        Raises:
            NothingCapturedError: nothing was captured yet.
        """
        now = self._captured(as_of)
        return _of(self, Found, self._found(now))

    def matrix(self, as_of: date | None = None) -> Grid:
        """Who relies on what for which act, by place and regime; see `Findings` for the day.

        Raises:
            NothingCapturedError: nothing was captured yet.
        """
        now = self._captured(as_of)
        made = matrix(now.situation, self._asked(now), self._found(now))
        return _of(self, Grid, made)

    def derivative(self, as_of: date | None = None) -> Senses:
        """The three questions behind *is the model a derivative of the dataset?*; see `findings` for the day.

        Raises:
            NothingCapturedError: nothing was captured yet.
        """
        now = self._captured(as_of)
        made = derivative(now.situation, self._asked(now), self._found(now))
        return _of(self, Senses, made)

    def letters(self) -> tuple[Draft, ...]:
        """The letters one can send in this case, with their words; first those that findings name.

        Raises:
            NothingCapturedError: nothing was captured yet.
        """
        now = self._captured()
        info = next((e for e in now.entries if e.repo == now.lineage.repo and e.resource == "info"), None)
        at = datetime.fromisoformat(now.record.captures[-1]["at"])
        day = on_day(local_date(at, self.zone))
        read = f"revision {info.revision[:12]}, read on {day}" if info and info.revision else f"read on {day}"
        return drafts(now.situation, self._asked(now), self._found(now), read)

    def letter(self, name: str) -> Draft:
        """One of `letters`, by its short name.

        Raises:
            BadInputError: there is no such letter, or it is not offered in this case; says why.
        """
        offered = self.letters()
        one = next((one for one in offered if one.id.lower() == name.strip().lower()), None)
        if one is None:
            names = ", ".join(one.id for one in offered if not one.withheld)
            raise BadInputError(f"{name!r} is no letter of this case. There are: {names}")
        if one.withheld:
            raise BadInputError(f"The {one.title} is not offered here. {one.withheld}")
        return one

    def changes(self, since: str | None = None, until: str | None = None) -> News:
        """What differs between two moments of the case, the kinds of change told apart.

        Args:
            since: the name of a capture or of a memo, ``memo`` for the last memo, ``capture`` for the capture
                before the newest. Left out: the last memo, else the capture before.
            until: a later one; left out, today.

        Raises:
            BadInputError: there is no such capture or memo, or *since* is ``capture`` and there is only one.
            NothingCapturedError: nothing was captured yet.
        """
        now = self._captured()
        found = comparing.differences(self._files, now, self._asked(now), since, until)
        news: News = _of(self, News, found)
        return replace(news, wanted=(since, until))

    def outdated(self, *, progress: Progress | None = None) -> Outdated:
        """Look at the Hub without keeping anything: what has changed since the last capture, and what is due.

        Raises:
            NothingCapturedError: nothing was captured yet.
            HubUnreachableError: the repo itself gave no definite answer.
        """
        now = self._captured()
        with tempfile.TemporaryDirectory() as folder, self._hub() as endpoint:
            done = self._look(now, Path(folder), progress or _unheard, None, endpoint)
            again = pages.again(self._files, now, Path(folder), self._clock, self._randomness)
            more = [done.manifest, *(manifest for manifest, _ in again)]
            then = snapshot.with_more(self._files, now, Path(folder), more)
        asked, found = self._asked(now), self._found(now)
        states = Counter(one.state for one in asked)
        return Outdated(
            folder=self.folder,
            changes=changes_between(now.situation, then),
            another_look=states["needs_another_look"],
            two_answers=states["two_answers"],
            passed=tuple(str(one) for one in found.dates if one.state == "passed"),
            overdue=len(overdue(now.situation.law)),
        )

    def law(self, as_of: date | None = None) -> Law:
        """The law the case is read under, as of a day (today when left out)."""
        return self._reading(as_of).situation.law

    def status(self) -> Status:
        """Where the case stands and what is next."""
        now = self._reading()
        asked = self._asked(now)
        found = self._found(now) if now.record.captures else None
        mine = self.typist
        looks = later_looks(now.record, mine)
        changed = snapshot.changes_by_capture(self._files, now) if looks else {}
        status = status_of(self.folder, now.graph, now.record, now.entries, now.situation, asked, found)
        return replace(status, since=since_last_entry(now.record, mine, changed, self.zone))

    def candidate(self, as_of: date | None = None) -> Candidate:
        """What is known so far, to stand beside other cases; see `findings` for the day."""
        now = self._reading(as_of)
        asked = self._asked(now)
        found = self._found(now) if now.record.captures else None
        return candidate(self.folder, now, asked, found)

    def chronology(self) -> tuple[Mapping[str, Any], ...]:
        """Every event of the case in the graph's order, as it was written, with ``name`` and ``sha256``."""
        return self._reading().record.chronology

    def timeline(self, as_of: date | None = None) -> Chronicle:
        """The case over time: what happened in words, the dates to watch, and both as a picture.

        Raises:
            NothingCapturedError: nothing was captured yet.
        """
        ex = Exhibits(self._memo_inputs(as_of, draft=True))
        events = ex.inputs.record.chronology
        return Chronicle(
            rows=told(ex, events),
            dates=tuple(to_watch(ex.inputs.findings.dates)),
            drawn=case_timeline(ex, events),
            case=self,
        )

    # The memo.

    def memo(self, as_of: date | None = None, output: Path | None = None) -> MemoPreview:
        """A preview of the memo, written to *output* or to the case's own preview folder.

        Where a lawyer directs the file and no *output* is named, it is written nowhere.

        Raises:
            NothingCapturedError: nothing was captured yet.
        """
        if self.counsel and output is None:
            rendered = issuing.render(self._memo_inputs(as_of, draft=True))
            return MemoPreview(html=rendered.html, path=None, case=self)
        path = self.preview("html", as_of, output)
        return MemoPreview(html=path.read_text("utf-8"), path=path, case=self)

    def preview(
        self,
        form: str = "html",
        as_of: date | None = None,
        output: Path | None = None,
        *,
        dress: Dress | None = None,
    ) -> Path:
        """Write a preview of the memo (``html``, ``docx``, ``pdf``, ``md``) or of its twin (``json``).

        *dress* is a firm's own template and letterhead. Gives the path.

        Raises:
            BadInputError: what makes that form is not installed, or the dress cannot be used.
            NothingCapturedError: nothing was captured yet.
            NotSavedError: the disk refused.
        """
        if self.counsel and output is None:
            raise BadInputError(
                f"{self.counsel} directs {self.folder}, so no copy is written by itself. "
                f"Name where: {command()} memo {self.folder} --output FILE"
            )
        rendered = issuing.render(self._memo_inputs(as_of, draft=True))
        data = rendered.form(form, dress)
        path = output or self._files.preview / f"memo.{form}"
        self.write(path, data)
        return path

    def issue(
        self,
        as_of: date | None = None,
        by: str | None = None,
        *,
        despite: str | None = None,
        also: Sequence[str] = (),
    ) -> Issued:
        """Issue the memo: keep it, its twin and the edition of the law, and record it.

        The same case, day, law and program give the memo that is there already; nothing is added then.
        *also* names further forms to keep beside page and twin: ``docx``, ``pdf``, ``md``.
        *despite* is the reason to issue although a decision that findings wait for was due; it is recorded.

        Raises:
            NothingCapturedError: nothing was captured yet.
            DecisionDueError: such a decision was due, and no reason to go on is on record.
            NotSavedError: the disk refused.
        """
        now = self._captured(as_of)
        day = as_of or self.today()
        kept = issuing.already_issued(self._files, now.record, now.made_from, day, now.situation.law)
        if kept:
            return Issued(path=kept, new=False)
        self._refuse_when_read_only(now.graph)
        inputs = self._memo_inputs(as_of, draft=False)
        due = issuing.decisions_due(inputs)
        if due and despite:
            reason = {"event": "overridden", "decisions": list(due), "reason": despite, "by": by or author()}
            self._append(reason)
            return self.issue(as_of, by, also=also)
        if due:
            raise DecisionDueError(issuing.why_not(inputs, due, self.folder))
        rendered = issuing.render(inputs)
        event, path = issuing.keep(
            self._files, rendered, made_from=now.made_from, as_of=day, by=by or author(), also=also
        )
        self._append(event)
        return Issued(path=path, new=True)

    def reissue(self, memo: str) -> Reissued:
        """Make an issued memo again from the record, and say whether it is byte for byte what was issued.

        Raises:
            BadInputError: no such memo was issued, or what it was made from is missing or altered.
            LawError: this program cannot use the edition of the law it was made from.
        """
        return issuing.made_again(self._files, *self._rendered_again(memo))

    def copy_of(self, memo: str, form: str) -> Path:
        """Write an issued memo in a form it was not issued in among the previews; gives the path.

        Raises:
            BadInputError: as `reissue`, or what makes that form is not installed.
            NotSavedError: the disk refused.
        """
        event, rendered = self._rendered_again(memo)
        path = self._files.preview / f"{event['memo']}.{form}"
        self.write(path, issuing.in_form(self._files, event, form, rendered))
        return path

    def _rendered_again(self, memo: str) -> tuple[Mapping[str, Any], issuing.Rendered]:
        now = self._captured()
        event = comparing.issued_as(now, memo)
        then = snapshot.at_memo(self._files, now.graph, event)
        return event, issuing.render(self._inputs(then, draft=False))

    def pack(
        self,
        output: Path,
        memo: str = "last",
        *,
        names: bool = False,
        attachments: bool = False,
        privileged: Path | None = None,
    ) -> tuple[Packed, ...]:
        """Write an issued memo with its exhibits and record as one ZIP that anybody can check.

        Args:
            output: the ZIP file.
            memo: the name of an issued memo, or ``last``.
            names: with names and words of people, and the memo as it was issued.
            attachments: with the files and pages that people added.
            privileged: where to write what is kept for the counsel who directs the file, as a second ZIP.

        Raises:
            BadInputError: no such memo was issued, something of the case is missing or altered, or nothing is
                kept for counsel; nothing was written.
            NotSavedError: the disk refused.
        """
        if privileged is not None and privileged.resolve() == output.resolve():
            raise BadInputError(f"Both sets would be {output}. Nothing was written; name two files.")
        now = self._captured()
        event = comparing.issued_as(now, memo)
        then = snapshot.at_memo(self._files, now.graph, event)
        made = Material(
            files=self._files,
            graph=now.graph,
            issued=event_of(now.graph, event),
            inputs=self._inputs(then, draft=False),
            choice=Choice(names=names, attachments=attachments),
        )
        packs = [(output, build.pack(made), tuple(left_out(made)))]
        if privileged is not None:
            packs.append((privileged, for_counsel.pack(self._files, self.counsel), ()))
        self._files.ignore_ours()
        return tuple(self._keep_pack(*one) for one in packs)

    def _keep_pack(self, path: Path, files: Mapping[str, bytes], gone: tuple[str, ...]) -> Packed:
        data = zipped(files)
        self.write(path, data)
        return Packed(path=path, sha256=hashlib.sha256(data).hexdigest(), left_out=gone)

    def bom(self, as_of: date | None = None) -> str:
        """The bill of materials as CycloneDX JSON: what the repo was made from, as the sources say.

        Raises:
            NothingCapturedError: nothing was captured yet.
        """
        now = self._captured(as_of)
        made = Materials(situation=now.situation, asked=self._asked(now), entries=now.entries)
        return bill.to_json(made, made_from=now.made_from, program=VERSION, sample=self.is_sample)

    def _memo_inputs(self, as_of: date | None, *, draft: bool) -> MemoInputs:
        return self._inputs(self._captured(as_of), draft=draft)

    def _inputs(self, now: Snapshot, *, draft: bool) -> MemoInputs:
        """Everything a memo is made from; of *now* alone, so that an earlier one can be made again."""
        problems: list[str] = []
        asked, found = self._asked(now), self._found(now)
        before = comparing.last_seen(now)
        until = "this memo"
        since = comparing.since_memo(self._files, before, now, asked, found, until) if before else None
        return MemoInputs(
            repo=now.lineage.repo,
            opened=self._opened,
            record=now.record,
            entries=now.entries,
            manifests=now.manifests,
            facts=now.facts,
            lineage=now.lineage,
            asked=asked,
            findings=found,
            law=now.situation.law,
            as_of=now.situation.law.as_of,
            made_from=now.made_from,
            program=VERSION,
            draft=draft,
            sample=self.is_sample,
            time_zone=self.zone,
            limits=now.lineage.limits,
            since=since,
            changed=snapshot.changed_by_capture(self._files, now),
            numbers=comparing.numbers(self._files, now, problems),
            problems=tuple(dict.fromkeys((*problems, *(since.problems if since else ())))),
        )


def _of(case: Case, kind: Callable[..., _Report], made: Any) -> _Report:
    """*made* as a report of *case*: the same fields, and the case they belong to."""
    return kind(**{one.name: getattr(made, one.name) for one in fields(made)}, case=case)


def open_case(folder: str | Path, repo: str | None = None, *, by: str | None = None, **options: Any) -> Case:
    """Open the case in *folder*; when there is none yet and *repo* is given, begin one.

    *by* is who opens it; else the name git knows.

    Raises:
        BadInputError: the case there is about another repo.
        NotACaseError: there is no case and no *repo* to begin one with.
    """
    ours = CaseFolder(Path(folder))
    if repo is None or (ours.ledger.is_dir() and any(ours.ledger.glob("[!.]*"))):
        case = Case(folder, **options)
        _same_repo(case, repo)
        return case
    return Case.new(folder, repo, by=by, **options)


def _same_repo(case: Case, repo: str | None) -> None:
    if repo is None or (repo == SAMPLE and case.is_sample):
        return
    wanted = SAMPLE if repo == SAMPLE else parse_repo(repo).repo
    if case.is_sample or wanted not in (case.asked_for.repo, case.repo):
        raise BadInputError(f"{case.folder} is a case about {case.asked_for.repo}. Name another folder.")


def _unheard(line: str) -> None:
    """Progress nobody listens to."""

"""One case: the flow in order, over one folder."""

import secrets
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from duediligence import answering, comparing, issuing, ledger, pages, snapshot
from duediligence.analysis import abouts, questionnaire
from duediligence.analysis.answers import find_question
from duediligence.analysis.differences import changes_between
from duediligence.analysis.disputes import derivative
from duediligence.analysis.findings import apply_rules
from duediligence.analysis.matrix import matrix
from duediligence.analysis.situation import Asked
from duediligence.copies import Copies, copies_of
from duediligence.errors import (
    BadAnswersError,
    BadInputError,
    CaseIsNewerError,
    DecisionDueError,
    NothingCapturedError,
)
from duediligence.evidence import capture as capturing
from duediligence.facts import reading
from duediligence.facts.fact import Fact
from duediligence.folder import CaseFolder, local_date
from duediligence.history import Answer, fold
from duediligence.knowledge.law import Law, overdue
from duediligence.knowledge.reader import load_law
from duediligence.memo.chronology import told
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.inputs import MemoInputs
from duediligence.memo.moments import to_watch
from duediligence.memo.timeline import case_timeline
from duediligence.repo import RepoRef, parse_repo
from duediligence.reports import (
    CaptureReport,
    Chronicle,
    Effect,
    Evidence,
    Found,
    Grid,
    Issued,
    MemoPreview,
    News,
    Outdated,
    Questionnaire,
    Reissued,
    Senses,
    Status,
    Tree,
)
from duediligence.sample import server as sample
from duediligence.snapshot import Snapshot
from duediligence.standing import effect_text, later_looks, since_last_entry, status_of
from duediligence.surroundings import author, command, time_zone
from duediligence.version import VERSION

SAMPLE = "sample"
"""Given instead of a repo: the recorded sample inside the package, asked without network."""

_YOUNG = timedelta(days=1)

Progress = Callable[[str], None]


def _now() -> datetime:
    return datetime.now(UTC)


_Report = TypeVar("_Report")


class Case:
    """One matter about one repo and what it is made from; its state is the folder.

    Args:
        folder: an existing case folder; see `new` for opening one.
        clock: gives the time of every event.
        randomness: gives that many random bytes.

    Raises:
        NotACaseError: there is no case in *folder*.
        CaseIsNewerError: a newer version wrote even its first event.
    """

    def __init__(
        self,
        folder: str | Path,
        *,
        clock: Callable[[], datetime] = _now,
        randomness: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self.folder = Path(folder)
        self._files = CaseFolder(self.folder)
        self._clock = clock
        self._randomness = randomness
        self.show_progress: Callable[[], AbstractContextManager[Progress]] = _quiet
        """Shows the progress of a capture that was given none to tell; a notebook sets its own."""

        self._read: tuple[object, Snapshot] | None = None
        self._opened = fold(self._files.graph()).opened

    @classmethod
    def new(
        cls,
        folder: str | Path,
        repo: str,
        *,
        by: str | None = None,
        zone: str | None = None,
        counsel: str | None = None,
        clock: Callable[[], datetime] = _now,
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

    # What it is about.

    @property
    def asked_for(self) -> RepoRef:
        """The repo, revision and discussion the case was opened for."""
        opened = self._opened
        return RepoRef(
            repo=opened["repos"][0], revision=opened.get("revision"), discussion=opened.get("discussion")
        )

    @property
    def repo(self) -> str:
        """Typed id of the repo, by its name of today."""
        return self._reading().lineage.repo

    @property
    def is_sample(self) -> bool:
        """Whether it rests on the recorded sample."""
        return bool(self._opened.get("sample"))

    @property
    def counsel(self) -> str | None:
        """The lawyer who directs the file, if one does."""
        return self._opened.get("counsel")

    @property
    def zone(self) -> str:
        """Time zone of the dates people see."""
        return str(self._opened.get("time_zone", "UTC"))

    def today(self) -> date:
        """The day, in the time zone of the case."""
        return local_date(self._clock(), self.zone)

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
        showing = nullcontext(progress) if progress else self.show_progress()
        with self._hub() as endpoint, showing as tell:
            done = self._look(before, self._files.captures, tell, stop, endpoint)
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
        return Evidence(facts=self.facts(), case=self)

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
        found = apply_rules(now.situation, self._asked(now))
        return _of(self, Found, found)

    def matrix(self, as_of: date | None = None) -> Grid:
        """Who relies on what for which act, by place and regime; see `Findings` for the day.

        Raises:
            NothingCapturedError: nothing was captured yet.
        """
        now = self._captured(as_of)
        asked = self._asked(now)
        made = matrix(now.situation, asked, apply_rules(now.situation, asked))
        return _of(self, Grid, made)

    def derivative(self, as_of: date | None = None) -> Senses:
        """The three questions behind *is the model a derivative of the dataset?*; see `findings` for the day.

        Raises:
            NothingCapturedError: nothing was captured yet.
        """
        now = self._captured(as_of)
        asked = self._asked(now)
        made = derivative(now.situation, asked, apply_rules(now.situation, asked))
        return _of(self, Senses, made)

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
        found = apply_rules(now.situation, self._asked(now))
        return Outdated(
            folder=self.folder,
            changes=changes_between(now.situation, then),
            another_look=sum(one.state == "needs_another_look" for one in self._asked(now)),
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
        found = apply_rules(now.situation, asked) if now.record.captures else None
        mine = self.typist
        looks = later_looks(now.record, mine)
        changed = snapshot.changed_by_capture(self._files, now) if looks else {}
        status = status_of(self.folder, now.graph, now.record, now.entries, now.situation, asked, found)
        return replace(status, since=since_last_entry(now.record, mine, changed, self.zone))

    # What people say.

    def answer(
        self,
        address: str,
        value: str | Sequence[str],
        *,
        reason: str | None = None,
        says: str | None = None,
        by: str | None = None,
        ask: str | None = None,
        files: Sequence[str] = (),
    ) -> Effect:
        """Answer the question at *address*, ``QUESTION`` or ``QUESTION@ABOUT``; the record keeps it for good.

        *ask* names who can say (or ``provider``) and goes with ``unknown``. *says* is whose words they
        are, *by* who typed them; both default to the name git knows.

        Raises:
            BadInputError: no such question, or a value its type does not take.
            CaseIsNewerError: the case can only be read here.
            NotSavedError: the disk refused; the answer is not saved.
        """
        given = answering.Given(
            address=address, value=value, reason=reason, says=says, by=by, ask=ask, files=tuple(files)
        )
        return self.answer_all([given], one=True)

    def answer_all(self, given: Sequence["answering.Given"], *, one: bool = False) -> Effect:
        """Answer several questions; all are checked before the first is written.

        Raises:
            BadAnswersError: every answer that cannot be taken, named; nothing was written.
        """
        now = self._reading()
        self._refuse_when_read_only(now.graph)
        typed = author()
        events, problems = answering.events_for(given, now.situation, typed)
        if problems:
            raise BadInputError(problems[0]) if one else BadAnswersError(problems)
        written = [self._append(event) for event in events]
        for event in events:
            self.drop_draft(abouts.address(event["question"], event["about"]))
        return self._effect(now, written)

    def withdraw(self, address: str, *, reason: str | None = None, by: str | None = None) -> Effect:
        """Take the answer at *address* back; the history keeps it.

        Raises:
            BadInputError: there is no answer there, or the case is on hold.
        """
        now = self._reading()
        self._refuse_when_read_only(now.graph)
        if now.record.held:
            raise BadInputError(
                f"{self.folder} is on hold since {self._day(now.record.held)}: nothing is withdrawn. "
                "Answer anew instead; the answer before it stays in the record."
            )
        asked, _, about = self._answer_at(now, address)
        event = {"event": "withdrawn", "question": asked.question.id, "about": about, "reason": reason}
        return self._effect(now, [self._append(event | {"by": by or author()})])

    def keep(
        self, address: str, *, reason: str | None = None, says: str | None = None, by: str | None = None
    ) -> Effect:
        """Keep an answer although what it rested on has changed; it stays its author's, kept by you.

        Raises:
            BadInputError: there is no answer there, or it needs no other look.
        """
        now = self._reading()
        self._refuse_when_read_only(now.graph)
        asked, answer, about = self._answer_at(now, address)
        if asked.state != "needs_another_look":
            raise BadInputError(f"{address} needs no other look: nothing it rested on has changed.")
        typed = by or author()
        event = {
            "event": "kept",
            "question": asked.question.id,
            "about": about,
            "answer": answer.event,
            "reason": reason,
            "says": says or typed,
            "by": typed,
            "shown": questionnaire.shown(asked.question, asked.about, now.situation).to_json(),
        }
        return self._effect(now, [self._append(event)])

    def accept(
        self, edge: str, *, reason: str | None = None, says: str | None = None, by: str | None = None
    ) -> Effect:
        """Accept what the prose names as really upstream; *edge* is its id in the lineage."""
        return self._decide("accepted", edge, reason, says, by)

    def reject(
        self, edge: str, *, reason: str | None = None, says: str | None = None, by: str | None = None
    ) -> Effect:
        """Reject what the prose seems to name; the edge stays, marked, and no rule reads it."""
        return self._decide("rejected", edge, reason, says, by)

    def _decide(self, kind: str, edge: str, reason: str | None, says: str | None, by: str | None) -> Effect:
        now = self._captured()
        self._refuse_when_read_only(now.graph)
        mentions = {e.id: e for e in now.lineage.edges if e.stated_in == "prose"}
        if edge not in mentions:
            known = "; ".join(mentions) or "none"
            raise BadInputError(f"{edge!r} is no mention of this case. Its mentions: {known}.")
        typed = by or author()
        facts = [fact.to_json() for fact in now.facts if fact.id == mentions[edge].fact]
        event = {"event": kind, "mention": edge, "reason": reason, "says": says or typed, "by": typed}
        return self._effect(now, [self._append(event | {"shown": {"facts": facts}})])

    def attach(
        self,
        source: str | Path,
        *,
        about: str | None = None,
        reason: str | None = None,
        by: str | None = None,
    ) -> Effect:
        """Add a page outside the Hub as evidence: a file, or an address, which is asked for now.

        It is read for what it says on provider, contact, legal basis and personal data of *about*, the repo
        of the case when left out; a later capture looks at its address again.

        Raises:
            BadInputError: no such file or address, or *about* is no repo of the case.
            HubUnreachableError: the address gave no page; nothing was kept.
            NotSavedError: the disk refused.
        """
        now = self._reading()
        self._refuse_when_read_only(now.graph)
        fields, entry = pages.add(self._files, now, str(source), about, self._clock, self._randomness)
        event = self._append({**fields, "reason": reason, "by": by or author()})
        return Effect(text=pages.told(entry, self._reading()), event=event.sha256[:8])

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

    def note(self, text: str, *, by: str | None = None, privileged: bool = False) -> Effect:
        """Add a note to the record; a *privileged* one is kept beside it, for counsel who directs the file.

        Raises:
            BadInputError: it is empty, or privileged in a file no lawyer directs.
        """
        now = self._reading()
        self._refuse_when_read_only(now.graph)
        if not text.strip():
            raise BadInputError("The note is empty. Write what should be kept.")
        if privileged:
            return self._privileged_note(text, by or author())
        event = self._append({"event": "noted", "text": text, "by": by or author()})
        return Effect(text="Noted.", event=event.sha256[:8])

    def _privileged_note(self, text: str, by: str) -> Effect:
        if self.counsel is None:
            raise BadInputError(
                f"No lawyer directs {self.folder}, so a note there is not kept apart. It was NOT kept. "
                f"Open a case that one directs: {command()} new CASE REPO --counsel NAME"
            )
        at = self._clock()
        name = f"{at:%Y-%m-%dT%H%M%S}-{self._randomness(4).hex()}.md"
        head = f"For {self.counsel}. Written by {by}, {at:%Y-%m-%d %H:%M} UTC."
        path = self._files.keep_privileged(name, f"{head}\n\n{text}\n")
        return Effect(text=f"Kept outside the record: {path}", event="")

    # Hold and copies.

    def hold(
        self,
        *,
        scope: str | None = None,
        custodian: str | None = None,
        reason: str | None = None,
        by: str | None = None,
    ) -> Effect:
        """Keep everything from now on: nothing is withdrawn, drafts and previews are put aside, not replaced.

        Args:
            scope: what is to be kept, in words; else the whole case.
            custodian: who keeps it.
            reason: why.
            by: who typed it.

        Raises:
            BadInputError: it is on hold already.
        """
        now = self._reading()
        self._refuse_when_read_only(now.graph)
        if now.record.held:
            raise BadInputError(f"{self.folder} is on hold already, since {self._day(now.record.held)}.")
        held = {"event": "held", "scope": scope or "the whole case", "custodian": custodian}
        event = self._append(held | {"reason": reason, "by": by or author()})
        return Effect(
            text="On hold: nothing is withdrawn or deleted until it is released.", event=event.sha256[:8]
        )

    def release(self, *, reason: str, by: str | None = None) -> Effect:
        """Lift the hold.

        Raises:
            BadInputError: there is none, or no reason is given.
        """
        now = self._reading()
        self._refuse_when_read_only(now.graph)
        if now.record.held is None:
            raise BadInputError(f"{self.folder} is not on hold.")
        if not reason.strip():
            raise BadInputError("Lifting a hold needs a reason: who said so, and why.")
        event = self._append({"event": "released", "reason": reason, "by": by or author()})
        return Effect(text="The hold is lifted.", event=event.sha256[:8])

    def copies(self) -> Copies:
        """What exists of the case, and where."""
        return copies_of(self._files)

    def _day(self, event: Mapping[str, Any]) -> str:
        at = datetime.fromisoformat(event["at"])
        return local_date(at, self.zone).isoformat()

    # Drafts, and who types here: no answer, not in the record.

    @property
    def typist(self) -> str:
        """Who types on this computer: the name given in this case, else the one git knows."""
        return self._files.read_typist() or author()

    def keep_typist(self, name: str) -> None:
        """Remember *name* for the next sitting with this case on this computer."""
        self._files.keep_typist(name)

    def keep_draft(self, address: str, draft: Mapping[str, Any]) -> None:
        """Keep what is being typed at *address*."""
        self._files.keep_draft(address, draft)

    def drop_draft(self, address: str) -> None:
        """Forget what was being typed at *address*; put it aside while the case is on hold."""
        self._files.drop_draft(address, held=self._reading().record.held is not None)

    def drafts(self) -> Mapping[str, Mapping[str, Any]]:
        """Address to what was being typed there."""
        return self._files.read_drafts()

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

    def preview(self, form: str = "html", as_of: date | None = None, output: Path | None = None) -> Path:
        """Write a preview of the memo (``html``) or of its machine-readable twin (``json``); gives its path.

        Raises:
            NothingCapturedError: nothing was captured yet.
            NotSavedError: the disk refused.
        """
        if self.counsel and output is None:
            raise BadInputError(
                f"{self.counsel} directs {self.folder}, so no copy is written by itself. "
                f"Name where: {command()} memo {self.folder} --output FILE"
            )
        rendered = issuing.render(self._memo_inputs(as_of, draft=True))
        text = rendered.html if form == "html" else rendered.json
        held = self._reading().record.held is not None
        return issuing.write_preview(self._files, text, output, f"memo.{form}", held=held)

    def issue(
        self, as_of: date | None = None, by: str | None = None, *, despite: str | None = None
    ) -> Issued:
        """Issue the memo: keep it, its twin and the edition of the law, and record it.

        The same case, day, law and program give the memo that is there already; nothing is added then.
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
            return self.issue(as_of, by)
        if due:
            raise DecisionDueError(issuing.why_not(inputs, due, self.folder))
        rendered = issuing.render(inputs)
        event, path = issuing.keep(
            self._files, rendered, made_from=now.made_from, as_of=day, by=by or author()
        )
        self._append(event)
        return Issued(path=path, new=True)

    def reissue(self, memo: str) -> Reissued:
        """Make an issued memo again from the record, and say whether it is byte for byte what was issued.

        Raises:
            BadInputError: no such memo was issued, or what it was made from is missing or altered.
            LawError: this program cannot use the edition of the law it was made from.
        """
        now = self._captured()
        event = comparing.issued_as(now, memo)
        then = snapshot.at_memo(self._files, now.graph, event)
        rendered = issuing.render(self._inputs(then, self._asked(then), draft=False))
        return issuing.made_again(self._files, event, rendered)

    def _memo_inputs(self, as_of: date | None, *, draft: bool) -> MemoInputs:
        now = self._captured(as_of)
        return self._inputs(now, self._asked(now), draft=draft)

    def _inputs(self, now: Snapshot, asked: tuple[Asked, ...], *, draft: bool) -> MemoInputs:
        """Everything a memo is made from; of *now* alone, so that an earlier one can be made again."""
        problems: list[str] = []
        before = comparing.last_seen(now)
        until = "this memo"
        since = comparing.since_memo(self._files, before, now, asked, until) if before else None
        return MemoInputs(
            repo=now.lineage.repo,
            opened=self._opened,
            record=now.record,
            entries=now.entries,
            manifests=now.manifests,
            facts=now.facts,
            lineage=now.lineage,
            asked=asked,
            findings=apply_rules(now.situation, asked),
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

    # Reading the folder, once for each state of it.

    def _reading(self, as_of: date | None = None) -> Snapshot:
        graph = self._files.graph()
        day = as_of or self.today()
        key = (graph.heads(), graph.problems, day)
        if self._read is None or self._read[0] != key:
            self._read = (key, snapshot.take(self._files, graph, load_law(day)))
        return self._read[1]

    def _captured(self, as_of: date | None = None) -> Snapshot:
        now = self._reading(as_of)
        if not now.record.captures:
            raise NothingCapturedError(
                f"{self.folder} holds no capture yet. Look at the Hub: {command()} capture {self.folder}"
            )
        return now

    def _asked(self, now: Snapshot) -> tuple[Asked, ...]:
        asked = questionnaire.ask(now.situation)
        if not any(one.changes for one in asked):
            return asked
        # Something differs from what was shown: reading the earlier captures again tells whether the
        # source changed or this program reads the same bytes differently.
        return questionnaire.ask(now.situation, reread=snapshot.read_again(self._files, now))

    # Writing to the record.

    def _append(self, fields: Mapping[str, Any]) -> ledger.Event:
        heads = ledger.read(self._files.ledger).heads()
        return ledger.append(
            self._files.ledger, fields, seen=heads, clock=self._clock, randomness=self._randomness
        )

    def _refuse_when_read_only(self, graph: ledger.Graph) -> None:
        if graph.read_only:
            raise CaseIsNewerError(
                f"{self.folder} can only be read here: {graph.read_only}. It was left as it is; "
                "install that version to write to it."
            )

    def _answer_at(self, now: Snapshot, address: str) -> tuple[Asked, Answer, str | None]:
        """The question at *address*, its answer, and what the event that gave it says it is about."""
        question, about = find_question(now.situation, address)
        answers = now.record.answers.get((question.id, about))
        if not answers:
            raise BadInputError(f"There is no answer at {address}.")
        asked = next(one for one in self._asked(now) if (one.question.id, one.about) == (question.id, about))
        given = next(e for e in now.record.chronology if e["sha256"].startswith(answers[-1].event))
        return asked, answers[-1], given.get("about")

    def _effect(self, before: Snapshot, written: Sequence[ledger.Event]) -> Effect:
        after = self._reading()
        return Effect(text=effect_text(before.situation, after.situation), event=written[-1].sha256[:8])


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


def _quiet() -> AbstractContextManager[Progress]:
    """Progress nobody listens to."""
    return nullcontext(lambda line: None)

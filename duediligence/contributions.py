"""What people add to the record of a case: answers, decisions, pages, notes, a hold; and drafts beside it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from duediligence import about_us, answering, comparing, ledger, pages, signing, undoing
from duediligence.about_us import Earlier
from duediligence.analysis import abouts, questionnaire
from duediligence.analysis.answers import find_question
from duediligence.analysis.situation import Asked
from duediligence.copies import Copies, copies_of
from duediligence.effect import effect_text
from duediligence.errors import BadAnswersError, BadInputError
from duediligence.folder import local_date
from duediligence.history import Answer
from duediligence.memo.words import counted
from duediligence.opened import OpenedCase
from duediligence.remarks import remarks
from duediligence.reports import Effect
from duediligence.signatures import SignedMemo, last_memo, later_entries
from duediligence.snapshot import Snapshot
from duediligence.steps import UNDOES
from duediligence.surroundings import author, command


class Contributions(OpenedCase):
    """A case that people add to; each step is one event, and none overwrites another."""

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
        copies: Sequence[tuple[str, bytes]] = (),
    ) -> Effect:
        """Answer the question at *address*, ``QUESTION`` or ``QUESTION@ABOUT``; the record keeps it for good.

        *ask* names who can say (or ``provider``) and goes with ``unknown``. *says* is whose words they
        are, *by* who typed them; both default to the name git knows. *files* are names of files in the
        case it rests on, *copies* are files to copy into it, each a name and its bytes: only with the answer.

        Raises:
            BadInputError: no such question, or a value its type does not take.
            CaseIsNewerError: the case can only be read here.
            NotSavedError: the disk refused; the answer is not saved.
        """
        named = (*files, *(self._files.attachment_name(*copy) for copy in copies))
        given = answering.Given(
            address=address, value=value, reason=reason, says=says, by=by, ask=ask, files=named
        )
        return self.answer_all([given], one=True, copies=copies)

    def answer_all(
        self,
        given: Sequence["answering.Given"],
        *,
        one: bool = False,
        copies: Sequence[tuple[str, bytes]] = (),
    ) -> Effect:
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
        with self._files.attaching(copies):
            written = [self._append(event) for event in events]
        for event in events:
            self.drop_draft(abouts.address(event["question"], event["about"]))
        return self._effect(now, written)

    def answer_for_all(
        self,
        question: str,
        value: str | Sequence[str],
        *,
        reason: str | None = None,
        says: str | None = None,
        by: str | None = None,
        ask: str | None = None,
    ) -> Effect:
        """Answer *question* alike about everything it is still open about: an event for each, which says so.

        Raises:
            BadInputError: it is asked about nothing, or nothing of it is open.
            BadAnswersError: the value cannot be taken; nothing was written.
        """
        given = answering.Given(address=question, value=value, reason=reason, says=says, by=by, ask=ask)
        return self.answer_all(answering.for_all(given, self._asked(self._reading())))

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
        if asked.state == "two_answers":
            raise BadInputError(
                f"{address} has {len(asked.given)} answers that did not know of each other; keeping chooses "
                f"none. Choose: {command()} answer {self.folder} {address} VALUE"
            )
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
        """Accept what the prose names as upstream; *edge* is its id in the lineage, or its short one."""
        return self._decide("accepted", edge, reason, says, by)

    def reject(
        self, edge: str, *, reason: str | None = None, says: str | None = None, by: str | None = None
    ) -> Effect:
        """Reject what the prose seems to name, as in `accept`; the edge stays, marked; no rule reads it."""
        return self._decide("rejected", edge, reason, says, by)

    def _decide(self, kind: str, edge: str, reason: str | None, says: str | None, by: str | None) -> Effect:
        now = self._captured()
        self._refuse_when_read_only(now.graph)
        mention = now.lineage.mention(edge)
        typed = by or author()
        facts = [fact.to_json() for fact in now.facts if fact.id == mention.fact]
        event = {"event": kind, "mention": mention.id, "reason": reason, "says": says or typed, "by": typed}
        return self._effect(now, [self._append(event | {"shown": {"facts": facts}})])

    def last_step(self, *, by: str | None = None) -> str | None:
        """What `undo` would take back, in words; ``None`` when nothing is, or others went on from it."""
        try:
            step = undoing.last_step(self._reading().graph, by or author())
        except BadInputError:
            return None
        return step.words if step else None

    def undo(self, *, reason: str | None = None, by: str | None = None) -> Effect:
        """Take back the last answer, decision or note that *by* typed: what stood before stands again.

        The record keeps both steps, and *reason*, why. Called again, it takes back the one before.

        Raises:
            BadInputError: there is none, somebody has gone on from it, or a hold keeps it.
            CaseIsNewerError: the case can only be read here.
            NotSavedError: the disk refused.
        """
        now = self._reading()
        self._refuse_when_read_only(now.graph)
        who = by or author()
        step = undoing.last_step(now.graph, who, reason)
        if step is None:
            raise BadInputError(
                f"There is no answer, decision or note of {who} in {self.folder} to take back."
            )
        if step.withdraws and now.record.held:
            raise BadInputError(
                f"{self.folder} is on hold since {self._day(now.record.held)}: {step.words} is not taken "
                "back. Answer or decide anew instead; what was there stays in the record."
            )
        heads = now.graph.heads()
        effect = self._effect(now, [self._append(event, seen=heads) for event in step.events])
        more = effect.text.removeprefix("Recorded.").strip()
        return Effect(text=f"Taken back: {step.words}. {more}".strip(), event=effect.event)

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

    def sign(
        self,
        step: str,
        memo: str = "last",
        *,
        reason: str | None = None,
        says: str | None = None,
        by: str | None = None,
    ) -> Effect:
        """Record that an issued memo was ``prepared``, ``reviewed`` or ``released``.

        Args:
            step: one of the three.
            memo: its name, or ``last``.
            reason: what to add, such as what was reviewed.
            says: who did it; else who typed it.
            by: who typed it; else the name git knows.

        Raises:
            BadInputError: no such memo or step, it is signed so already, or its files are not as issued.
        """
        now = self._reading()
        self._refuse_when_read_only(now.graph)
        typed = by or author()
        issued = comparing.issued_as(now, memo)
        event = signing.fields(
            self._files, now.record, issued, step, says=says or typed, by=typed, reason=reason
        )
        name = self._append(event).sha256[:8]
        later = later_entries(now.record.chronology, str(issued["memo"]))
        more = f" It says nothing on the {counted(later, 'entry', 'entries')} made since." if later else ""
        return Effect(text=f"Signed: {issued['memo']}, {step} by {says or typed}.{more}", event=name)

    def signed(self) -> SignedMemo | None:
        """The last issued memo with its sign-offs; ``None`` before the first."""
        return last_memo(self._reading().record)

    def take_back(
        self,
        step: str,
        memo: str = "last",
        *,
        reason: str,
        of: str | None = None,
        says: str | None = None,
        by: str | None = None,
    ) -> Effect:
        """Take a sign-off back; the record keeps both, on hold too.

        Args:
            step: what it was signed as.
            memo: its name, or ``last``.
            reason: why.
            of: whose sign-off; else that of *says*.
            says: who takes it back; else who typed it.
            by: who typed it; else the name git knows.

        Raises:
            BadInputError: no such memo, no such sign-off stands, or no reason is given.
        """
        now = self._reading()
        self._refuse_when_read_only(now.graph)
        typed = by or author()
        issued = comparing.issued_as(now, memo)
        event = signing.taking_back(
            now.record, issued, step, whose=of, says=says or typed, by=typed, reason=reason
        )
        name = self._append(event).sha256[:8]
        again = " It is a draft again." if step == "released" else ""
        said = f"Taken back: {issued['memo']}, {step} by {of or says or typed}.{again}"
        return Effect(text=said, event=name)

    def keep_file(self, name: str, data: bytes) -> str:
        """Keep a file to go with an answer, in ``attachments/``; gives the name to put into its ``files``.

        Raises:
            BadInputError: it is empty or larger than 20 MB.
            NotSavedError: the disk refused.
        """
        return self._files.keep_attachment(name, data)

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
        self._files.keep_draft(address, draft, held=self._reading().record.held is not None)

    def drop_draft(self, address: str) -> None:
        """Forget what was being typed at *address*; put it aside while the case is on hold."""
        self._files.drop_draft(address, held=self._reading().record.held is not None)

    def drafts(self) -> Mapping[str, Mapping[str, Any]]:
        """Address to what was being typed there."""
        return self._files.read_drafts()

    def earlier(self, asked: Asked) -> tuple[Earlier, ...]:
        """What cases beside this one were told on *asked*, if it is about whoever asks; nothing is taken."""
        return about_us.earlier(self.folder, asked)

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
        events = [one.content for one in written]
        places = {(str(one["question"]), one.get("about")) for one in events if "question" in one}
        text = effect_text(before.situation, after.situation, places)
        said = () if any(UNDOES in one for one in events) else remarks(events, after.situation)
        return Effect(text=" ".join([text, *said]), event=written[-1].sha256[:8])

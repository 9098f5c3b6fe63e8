"""The questionnaire as a conversation: which page comes next, and what each message makes of the case."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from duediligence.analysis.abouts import address
from duediligence.analysis.situation import Asked
from duediligence.case import Case
from duediligence.errors import BadInputError, DueDiligenceError
from duediligence.history import Answer
from duediligence.memo.words import joined
from duediligence.surroundings import NOT_NAMED, local_zone
from duediligence.visible import visible_line
from duediligence.widgets import beginning, question, review
from duediligence.widgets.field import answer_from, values_of
from duediligence.widgets.places import groups_of, law_of, place_names
from duediligence.widgets.queue import place_in, queue
from duediligence.widgets.screen import Reply, Tell
from duediligence.widgets.sheet import Sheet, address_of
from duediligence.widgets.tree import Node
from duediligence.widgets.words import capitalized


class Interview:
    """One sitting with the questions of a case; only *Continue* makes an answer, the rest is a draft."""

    name = "Questions"

    def __init__(self, case: Case) -> None:
        self.case = case
        self.author = case.typist
        self._at: str | None = None
        self._begun = False
        self._visited: list[str] = []
        self._back_to_review = False
        self._reviewing = False
        self._changing = False
        self._rested = False

    # What the screen calls.

    def show(self) -> Reply:
        """The page as it is now; the first one is what needs another look first."""
        return self._page()

    def follow(self) -> Reply:
        """Another screen changed the case: a page somebody may be typing on stays."""
        return Reply() if self._at else self._page()

    def handle(self, action: str, given: Mapping[str, Any], tell: Tell) -> Reply:
        """Do what the browser asks: see the methods named after the actions."""
        steps = {
            "begin": self._begin,
            "author": self._name_author,
            "answer": self._answer,
            "prefill": self._prefill,
            "draft": self._draft,
            "keep": self._keep,
            "ask": self._ask,
            "change": self._change,
            "take": self._take,
            "copy": self._copy,
            "attach": self._attach,
            "undo": self._undo,
            "close": self._close,
            "back": self._back,
            "review": self._review,
            "resume": self._resume,
            "go": self._go,
        }
        step = steps.get(action)
        return step(given) if step else Reply()

    # One step for each thing a person can do.

    def _begin(self, given: Mapping[str, Any]) -> Reply:
        name = str(_values(given).get("author") or "").strip()
        if not name:
            problem = "Write your name: it stands beside every answer you type."
            return Reply(page=beginning.page("", problem), focus="problem")
        self.author, self._begun = name, True
        self.case.keep_typist(name)
        return self._page(focus=True)

    def _name_author(self, given: Mapping[str, Any]) -> Reply:
        self._begun = False
        known = "" if self.author == NOT_NAMED else self.author
        return Reply(page=beginning.page(known, None), focus="question")

    def _answer(self, given: Mapping[str, Any]) -> Reply:
        asked, values = self._asked(given), _values(given)
        try:
            answer = answer_from(asked.question, values)
            if given.get("by") == "for_all" and not values.get("files"):
                return self._give_all(asked, answer, values)
            return self._give(
                asked,
                answer["value"],
                ask=answer["ask"],
                reason=_text(values, "reason"),
                says=_text(values, "says"),
                files=_listed(values.get("files")),
            )
        except BadInputError as error:
            return self._again(asked, values, _on_screen(error, asked))
        except DueDiligenceError as error:
            # What was typed stays on the screen as it is; at least the draft may still be kept.
            return Reply(
                problem=f"This answer is NOT saved. {error} What you typed is still here.", focus="loud"
            )

    def _prefill(self, given: Mapping[str, Any]) -> Reply:
        asked = self._asked(given)
        if asked.prefill_value is None:
            return self._page()
        return self._give(asked, asked.prefill_value, reason="As the sources shown say.")

    def _take(self, given: Mapping[str, Any]) -> Reply:
        asked = self._asked(given)
        for one in (asked.answer, *asked.others):
            if one is not None and one.event == given.get("event"):
                return self._give(
                    asked, one.value, ask=one.ask, reason=one.reason, says=one.says, files=one.files
                )
        return self._page()

    def _copy(self, given: Mapping[str, Any]) -> Reply:
        """Put what another case was told into the form, as a draft."""
        asked = self._asked(given)
        offers = self.case.earlier(asked)
        one = next((one for one in offers if one.answer.event == given.get("event")), None)
        if one is None:
            return self._page()
        at = address_of(asked)
        typed = {**self.case.drafts().get(at, {}), **_values(given)}
        values = typed | _as_given(asked, one.answer, typist=self.author)
        own = _text(typed, "reason")
        added = own if own not in (None, *(other.reason for other in offers)) else None
        values["reason"] = "\n".join(filter(None, (added, one.reason)))
        values["files"] = _listed(typed.get("files"))
        values["way"] = None
        self.case.keep_draft(at, values)
        line = "It stands in the form as a draft. Continue makes it an answer."
        return Reply(page=self._drawn(asked, values, None), focus="question", line=line)

    def _give(
        self, asked: Asked, value: str | Sequence[str], *,
        ask: str | None = None, reason: str | None = None, says: str | None = None, files: Sequence[str] = (),
    ) -> Reply:  # fmt: skip
        at = address_of(asked)
        effect = self.case.answer(
            at, value, reason=reason, says=says or self.author, by=self.author, ask=ask, files=files
        )
        self.case.drop_draft(at)
        return self._on(at, effect.text)

    def _give_all(self, asked: Asked, answer: Mapping[str, Any], values: Mapping[str, Any]) -> Reply:
        effect = self.case.answer_for_all(
            asked.question.id,
            answer["value"],
            ask=answer["ask"],
            reason=_text(values, "reason"),
            says=_text(values, "says") or self.author,
            by=self.author,
        )
        return self._on(address_of(asked), effect.text)

    def _keep(self, given: Mapping[str, Any]) -> Reply:
        at = str(given.get("address"))
        effect = self.case.keep(at, reason=_text(_values(given), "reason"), by=self.author)
        return self._on(at, effect.text)

    def _ask(self, given: Mapping[str, Any]) -> Reply:
        asked, who = self._asked(given), _text(_values(given), "who")
        if who is None:
            return self._again(asked, {}, "Write the name of the person who should look at it.")
        return self._give(asked, "unknown", ask=who, reason="What the answer before rested on has changed.")

    def _draft(self, given: Mapping[str, Any]) -> Reply:
        try:
            self.case.keep_draft(str(given.get("address")), _values(given))
        except DueDiligenceError as error:
            return Reply(draft="Draft NOT kept", problem=str(error))
        return Reply(draft=f"Draft kept {datetime.now(local_zone(self.case.zone)):%H:%M}", problem="")

    def _attach(self, given: Mapping[str, Any]) -> Reply:
        """Keep files beside the draft; they count once the answer is given."""
        asked, values = self._asked(given), dict(_values(given))
        pairs = zip(given.get("names") or (), given.get("bytes") or (), strict=False)
        names = [self.case.keep_file(str(name), data) for name, data in pairs]
        values["files"] = list(dict.fromkeys((*_listed(values.get("files")), *names)))
        if asked.question.type == "file" and names and not values.get("value"):
            values["value"] = names[0]
        self.case.keep_draft(address_of(asked), values)
        added = f"Added {joined([name.rpartition('/')[2] for name in names])}."
        return Reply(page=self._drawn(asked, values, None), focus="upload", line=visible_line(added))

    def _undo(self, given: Mapping[str, Any]) -> Reply:
        effect = self.case.undo(by=self.author)
        last = self.case.chronology()[-1]
        question, about = last.get("question"), last.get("about")
        self._changing = True
        self._at = address(str(question), about) if question and not self._reviewing else None
        reply = self._page(focus=True)
        return Reply(page=reply.page, focus=reply.focus, line=effect.text, changed=True)

    def _close(self, given: Mapping[str, Any]) -> Reply:
        at, self._at = self._at, None
        asked = self.case.questions()
        return Reply(page=self._review_page(asked), focus=review.row_id(asked, at))

    def _change(self, given: Mapping[str, Any]) -> Reply:
        self._changing = True
        return self._page(focus=True)

    def _go(self, given: Mapping[str, Any]) -> Reply:
        self._at, self._changing = str(given.get("address")), False
        self._back_to_review = not self._reviewing
        return self._page(focus=True)

    def _back(self, given: Mapping[str, Any]) -> Reply:
        if self._back_to_review or not self._visited:
            return self._review(given)
        self._at, self._changing = self._visited.pop(), True
        return self._page(focus=True)

    def _review(self, given: Mapping[str, Any]) -> Reply:
        self._at, self._back_to_review, self._reviewing = None, False, True
        return self._page(focus=True)

    def _resume(self, given: Mapping[str, Any]) -> Reply:
        self._rested, self._back_to_review, self._reviewing, self._at = True, False, False, None
        return self._page(focus=True)

    # Which page comes next.

    def _on(self, at: str, line: str) -> Reply:
        self._visited.append(at)
        self._at, self._changing = None, False
        if self._back_to_review or self._reviewing:
            self._back_to_review, self._reviewing = False, True
            asked = self.case.questions()
            page, focus = self._review_page(asked), review.row_id(asked, at)
            return Reply(page=page, focus=focus, line=line, changed=True)
        reply = self._page(focus=True)
        return Reply(page=reply.page, focus=reply.focus, line=line, changed=True)

    def _again(self, asked: Asked, values: Mapping[str, Any], problem: str) -> Reply:
        """The same page with what was typed and what is wrong with it."""
        return Reply(page=self._drawn(asked, values, problem), focus="problem")

    def _page(self, *, focus: bool = False) -> Reply:
        asked = self.case.questions()
        to = "question" if focus else None
        if not self._begun and not any(one.answer for one in asked):
            known = "" if self.author == NOT_NAMED else self.author
            return Reply(page=beginning.page(known, None), focus=to)
        if self._reviewing:
            return Reply(
                page=self._review_page(asked), focus=("question" if self._at else "review") if to else None
            )
        pending = queue(asked)
        one = self._current(asked) or (pending[0] if pending else None)
        if one is None:
            self._at, self._reviewing = None, True
            return Reply(page=self._review_page(asked), focus="review" if focus else None)
        if self._at is None and self._is_time_to_rest(asked, one):
            return Reply(page=beginning.rest(len(pending), self._found()), focus=to)
        self._at = address_of(one)
        return Reply(page=question.page(self._sheet(one, asked, self._filled(one), None)), focus=to)

    def _is_time_to_rest(self, asked: Sequence[Asked], one: Asked) -> bool:
        """After the first questions, before the rest: findings come first."""
        answered = any(other.answer for other in asked if other.question.first is not None)
        return answered and one.question.first is None and one.state == "unanswered" and not self._rested

    def _found(self) -> Mapping[str, int]:
        try:
            findings = self.case.findings().findings
        except DueDiligenceError:
            # Before the first look at the Hub nothing can be found; questions can be answered all the same.
            return {}
        owners = [one.owner for one in findings if one.status != "not_applicable"]
        return {owner: owners.count(owner) for owner in ("you", "provider", "counsel")}

    def _current(self, asked: Sequence[Asked]) -> Asked | None:
        return next((one for one in asked if address_of(one) == self._at), None) if self._at else None

    def _asked(self, given: Mapping[str, Any]) -> Asked:
        at = given.get("address")
        for one in self.case.questions():
            if address_of(one) == at:
                return one
        raise BadInputError(f"{at} is no question of this case any more. Go on with the questions.")

    # What a page is drawn from.

    def _filled(self, one: Asked) -> Mapping[str, Any]:
        """A draft first; then the answer that is looked at again; else nothing: no answer is pre-set."""
        draft = self.case.drafts().get(address_of(one))
        if draft:
            return draft
        if one.answer is None or one.state == "two_answers":
            return {}
        return _as_given(one, one.answer)

    def _drawn(self, one: Asked, values: Mapping[str, Any], problem: str | None) -> Node:
        """The page for *one*, alone or in the list of answers."""
        asked = self.case.questions()
        sheet = self._sheet(one, asked, values, problem)
        return self._review_page(asked, sheet) if self._reviewing else question.page(sheet)

    def _sheet(
        self, one: Asked, asked: Sequence[Asked], values: Mapping[str, Any], problem: str | None
    ) -> Sheet:
        law = law_of(self.case)
        return Sheet(
            asked=one,
            where=place_in(one, asked),
            author=self.author,
            repo=self.case.repo,
            law=law,
            places=place_names(),
            groups=groups_of(law),
            values=values,
            # What a question is about is known from a capture; before the first one there is no lineage.
            by_list=one.about is not None
            and any(edge.by_list and edge.upstream == one.about for edge in self.case.lineage().edges),
            problem=problem,
            back=bool(self._visited) or self._back_to_review,
            warn=not any(other.answer for other in asked),
            earlier=self.case.earlier(one) if one.state == "unanswered" else (),
            undo=self.case.last_step(by=self.author),
            same=_still_open(one, asked),
            form=one.state != "needs_another_look" or self._changing,
        )

    def _review_page(self, asked: Sequence[Asked], sheet: Sheet | None = None) -> Node:
        ours = [one for one in queue(asked) if one.state == "unanswered"]
        line = f"{len(ours)} open" if ours else "Every question asked of you has an answer."
        one = None if sheet else self._current(asked)
        sheet = self._sheet(one, asked, self._filled(one), None) if one else sheet
        opened = (address_of(sheet.asked), question.in_place(sheet)) if sheet else None
        undo = self.case.last_step(by=self.author)
        acts = law_of(self.case).acts
        return review.page(asked, ours, place_names(), line, acts, undo=undo, opened=opened)


def _still_open(one: Asked, asked: Sequence[Asked]) -> int:
    """How many things the question of *one* is still open about."""
    same = [other for other in asked if other.question.id == one.question.id and other.about is not None]
    return sum(other.asked and other.state == "unanswered" for other in same)


def _as_given(one: Asked, answer: Answer, *, typist: str | None = None) -> dict[str, Any]:
    """What the form holds for *answer*; *typist* is who types now, where that is another sitting."""
    says = "" if answer.says == (typist or answer.by) else answer.says
    words = {"reason": answer.reason or "", "says": says, "files": list(answer.files)}
    return values_of(one.question, answer.value, answer.ask) | words


def _values(given: Mapping[str, Any]) -> Mapping[str, Any]:
    values = given.get("values")
    return values if isinstance(values, Mapping) else {}


def _listed(given: Any) -> list[str]:
    return [given] if isinstance(given, str) else [str(one) for one in given or ()]


def _text(values: Mapping[str, Any], name: str) -> str | None:
    return str(values.get(name) or "").strip() or None


def _on_screen(error: BadInputError, asked: Asked) -> str:
    """What is wrong, without the address the command line needs."""
    said = str(error)
    for name in (address_of(asked), asked.question.id):
        said = said.removeprefix(f"{name}: ")
    return capitalized(said)

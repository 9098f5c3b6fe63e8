"""The questionnaire as a conversation: which page comes next, and what each message makes of the case."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from duediligence.analysis.situation import Asked
from duediligence.case import Case
from duediligence.errors import BadInputError, DueDiligenceError
from duediligence.history import Answer
from duediligence.surroundings import NOT_NAMED, local_zone
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
            return self._give(
                asked,
                answer["value"],
                ask=answer["ask"],
                reason=_text(values, "reason"),
                says=_text(values, "says"),
            )
        except BadInputError as error:
            page = self._sheet_page(asked, self.case.questions(), values, _on_screen(error, asked))
            return Reply(page=page, focus="problem")
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
                return self._give(asked, one.value, ask=one.ask, reason=one.reason, says=one.says)
        return self._page()

    def _give(
        self, asked: Asked, value: str | Sequence[str], *,
        ask: str | None = None, reason: str | None = None, says: str | None = None,
    ) -> Reply:  # fmt: skip
        address = address_of(asked)
        effect = self.case.answer(
            address, value, reason=reason, says=says or self.author, by=self.author, ask=ask
        )
        self.case.drop_draft(address)
        return self._on(address, effect.text)

    def _keep(self, given: Mapping[str, Any]) -> Reply:
        address = str(given.get("address"))
        effect = self.case.keep(address, reason=_text(_values(given), "reason"), by=self.author)
        return self._on(address, effect.text)

    def _ask(self, given: Mapping[str, Any]) -> Reply:
        asked, who = self._asked(given), _text(_values(given), "who")
        if who is None:
            problem = "Write the name of the person who should look at it."
            page = self._sheet_page(asked, self.case.questions(), {}, problem)
            return Reply(page=page, focus="problem")
        return self._give(asked, "unknown", ask=who, reason="What the answer before rested on has changed.")

    def _draft(self, given: Mapping[str, Any]) -> Reply:
        try:
            self.case.keep_draft(str(given.get("address")), _values(given))
        except DueDiligenceError as error:
            return Reply(draft="Draft NOT kept", problem=str(error))
        return Reply(draft=f"Draft kept {datetime.now(local_zone(self.case.zone)):%H:%M}", problem="")

    def _change(self, given: Mapping[str, Any]) -> Reply:
        self._changing = True
        return self._page(focus=True)

    def _go(self, given: Mapping[str, Any]) -> Reply:
        self._at, self._changing, self._back_to_review = str(given.get("address")), False, True
        return self._page(focus=True)

    def _back(self, given: Mapping[str, Any]) -> Reply:
        if self._back_to_review or not self._visited:
            return self._review(given)
        self._at, self._changing = self._visited.pop(), True
        return self._page(focus=True)

    def _review(self, given: Mapping[str, Any]) -> Reply:
        self._at, self._back_to_review = None, False
        return Reply(page=self._review_page(self.case.questions()), focus="question")

    def _resume(self, given: Mapping[str, Any]) -> Reply:
        self._rested, self._back_to_review, self._at = True, False, None
        return self._page(focus=True)

    # Which page comes next.

    def _on(self, address: str, line: str) -> Reply:
        self._visited.append(address)
        self._at, self._changing = None, False
        if self._back_to_review:
            self._back_to_review = False
            page = self._review_page(self.case.questions())
            return Reply(page=page, focus="question", line=line, changed=True)
        reply = self._page(focus=True)
        return Reply(page=reply.page, focus=reply.focus, line=line, changed=True)

    def _page(self, *, focus: bool = False) -> Reply:
        asked = self.case.questions()
        to = "question" if focus else None
        if not self._begun and not any(one.answer for one in asked):
            known = "" if self.author == NOT_NAMED else self.author
            return Reply(page=beginning.page(known, None), focus=to)
        pending = queue(asked)
        one = self._current(asked) or (pending[0] if pending else None)
        if one is None:
            self._at = None
            return Reply(page=self._review_page(asked), focus=to)
        if self._at is None and self._is_time_to_rest(asked, one):
            return Reply(page=beginning.rest(len(pending), self._found()), focus=to)
        self._at = address_of(one)
        return Reply(page=self._sheet_page(one, asked, self._filled(one), None), focus=to)

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
        address = given.get("address")
        for one in self.case.questions():
            if address_of(one) == address:
                return one
        raise BadInputError(f"{address} is no question of this case any more. Go on with the questions.")

    # What a page is drawn from.

    def _filled(self, one: Asked) -> Mapping[str, Any]:
        """A draft first; then the answer that is looked at again; else nothing: no answer is pre-set."""
        draft = self.case.drafts().get(address_of(one))
        if draft:
            return draft
        if one.answer is None or one.state == "two_answers":
            return {}
        return _as_given(one, one.answer)

    def _sheet_page(
        self, one: Asked, asked: Sequence[Asked], values: Mapping[str, Any], problem: str | None
    ) -> Node:
        law = law_of(self.case)
        sheet = Sheet(
            asked=one,
            where=place_in(one, asked),
            author=self.author,
            repo=self.case.repo,
            law=law,
            places=place_names(),
            groups=groups_of(law),
            values=values,
            problem=problem,
            back=bool(self._visited) or self._back_to_review,
            warn=not any(other.answer for other in asked),
            form=one.state != "needs_another_look" or self._changing,
        )
        return question.page(sheet)

    def _review_page(self, asked: Sequence[Asked]) -> Node:
        ours = [one for one in queue(asked) if one.state == "unanswered"]
        line = f"{len(ours)} open" if ours else "Every question asked of you has an answer."
        return review.page(asked, ours, place_names(), line)


def _as_given(one: Asked, answer: Answer) -> dict[str, Any]:
    says = "" if answer.says == answer.by else answer.says
    return values_of(one.question, answer.value, answer.ask) | {"reason": answer.reason or "", "says": says}


def _values(given: Mapping[str, Any]) -> Mapping[str, Any]:
    values = given.get("values")
    return values if isinstance(values, Mapping) else {}


def _text(values: Mapping[str, Any], name: str) -> str | None:
    return str(values.get(name) or "").strip() or None


def _on_screen(error: BadInputError, asked: Asked) -> str:
    """What is wrong, without the address the command line needs."""
    said = str(error)
    for name in (address_of(asked), asked.question.id):
        said = said.removeprefix(f"{name}: ")
    return capitalized(said)

"""Inputs of a memo without the names and the own words of people: roles for names, a mark for words."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any

from duediligence.analysis.changes import Change, OtherWords
from duediligence.evidence.manifest import PAGES, Entry
from duediligence.facts.fact import Fact
from duediligence.facts.lineage import Edge
from duediligence.history import Answer
from duediligence.knowledge.law import Law, Question
from duediligence.memo.inputs import MemoInputs
from duediligence.pack.choice import LEFT_OUT, Choice
from duediligence.signatures import Signature
from duediligence.steps import WHY_UNDONE

_NAMED = ("by", "says", "custodian", "counsel", "ask")
_WRITTEN = ("reason", WHY_UNDONE, "text", "scope", "source", "files")
_FREE = ("text", "file")
_WHOLE = ("provider", "unknown")
_SOMEBODY = "a person"
_COUNSEL = "counsel"
_LONG = 12
_MANY = 4
_ATTACHMENT = f"{PAGES}attachment"
_NO_ADDRESS = "file:attachment"


@dataclass(frozen=True, kw_only=True)
class Withheld(Fact):
    """A fact whose words are not in the copy; it keeps the id of the whole one."""

    kept_id: str

    @property
    def id(self) -> str:
        """The id of the fact with its words."""
        return self.kept_id


@dataclass(frozen=True, kw_only=True)
class People:
    """Who is named in a record, what each is called in a copy without names, and what they wrote."""

    roles: Mapping[str, str]
    """Name to role: ``person 1`` in the order in which they come up, ``counsel`` for who directs the file."""

    words: tuple[str, ...] = ()
    """Texts in words of their own, the longest first; short ones may be words of the memo as well."""

    public: str = ""
    """What the published sources say: a name or a text that stands there is left where they say it."""

    def role(self, name: str) -> str:
        """What *name* is called."""
        return name if name in _WHOLE else self.roles.get(name, _SOMEBODY)

    def signature(self, one: Signature) -> Signature:
        """*one* with roles for names."""
        back = one.taken_back
        if back is not None:
            back = replace(back, says=self.role(back.says), by=self.role(back.by), reason=LEFT_OUT)
        reason = LEFT_OUT if one.reason else one.reason
        return replace(one, says=self.role(one.says), by=self.role(one.by), reason=reason, taken_back=back)

    def swept(self, text: str) -> str:
        """*text* without a name or a text of theirs that still stands in it: the second wall."""
        for written in self.words:
            text = text.replace(written, LEFT_OUT)
        return self._names.sub(lambda found: self.role(found[0]), text)

    @cached_property
    def _names(self) -> re.Pattern[str]:
        # A name of one short word may be a word of the memo as well: there only its own fields are changed.
        long = [name for name in self.roles if " " in name.strip() or "@" in name or len(name) >= _LONG]
        ordered = sorted((name for name in long if name not in self.public), key=len, reverse=True)
        return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in ordered) or r"(?!)")


def people_of(events: Iterable[Mapping[str, Any]], questions: Mapping[str, Question], public: str) -> People:
    """Everybody named in *events* and everything they wrote there; *public* is what published sources say."""
    roles: dict[str, str] = {}
    words: set[str] = set()
    for event in events:
        for key in _NAMED:
            name = event.get(key)
            if isinstance(name, str) and name and name not in _WHOLE and name not in roles:
                persons = sum(role != _COUNSEL for role in roles.values())
                roles[name] = _COUNSEL if key == "counsel" else f"person {persons + 1}"
        written = [event.get(key) for key in _WRITTEN]
        if is_free(event.get("question"), event.get("value"), questions):
            written.append(event["value"])
        words |= {one for one in written if isinstance(one, str) and len(one.split()) >= _MANY}
    own = sorted((one for one in words if one not in public), key=lambda one: (-len(one), one))
    return People(roles=roles, words=tuple(own), public=public)


def public_words(inputs: MemoInputs, choice: Choice) -> str:
    """Every value and quote of *inputs* from a source that the copy shows."""
    hidden = _hidden(inputs, choice)
    facts = [one for one in inputs.facts if one.evidence and one.evidence not in hidden]
    return "\n".join(text for fact in facts for text in (fact.value, fact.quote) if text)


def is_free(question: Any, value: Any, questions: Mapping[str, Question]) -> bool:
    """Whether *value* answers *question* in words of somebody's own."""
    known = questions.get(str(question))
    return question is not None and value not in (None, "unknown") and (known is None or known.type in _FREE)


def questions_of(inputs: MemoInputs) -> dict[str, Question]:
    """Every question of the law, as asked in the case or as the law has it."""
    in_law = {one.id: one for one in inputs.law.questions}
    return in_law | {one.question.id: one.question for one in inputs.asked}


def without_names(inputs: MemoInputs, people: People, choice: Choice) -> MemoInputs:
    """*inputs* with roles for names, and without what people, threads and attachments say in free words."""
    withholding = _Withholding(
        people=people, choice=choice, questions=questions_of(inputs), hidden=_hidden(inputs, choice)
    )
    changed: MemoInputs = withholding.changed(inputs)
    return changed


def _hidden(inputs: MemoInputs, choice: Choice) -> frozenset[str]:
    entries = [*inputs.entries, *(entry for one in inputs.manifests for entry in one.entries)]
    return frozenset(one.evidence for one in entries if one.evidence and choice.leaves_out(one.resource))


@dataclass(frozen=True, kw_only=True)
class _Withholding:
    """The change, made wherever an answer, an event, a fact or a file stands."""

    people: People
    choice: Choice
    questions: Mapping[str, Question]
    hidden: frozenset[str]
    """Numbers of the evidence that is not in the copy."""

    def changed(self, value: Any) -> Any:
        """*value*, and whatever it is made of, as it stands in the copy."""
        if isinstance(value, Law | Question):
            return value
        changes: tuple[tuple[type, Callable[[Any], Any]], ...] = (
            (Fact, self._fact),
            (Answer, self._answer),
            (Edge, self._edge),
            (Change, self._change),
            (OtherWords, self._other_words),
            (Entry, self._entry),
            (Mapping, self._mapping),
        )
        for kind, change in changes:
            if isinstance(value, kind):
                return change(value)
        if isinstance(value, tuple | list):
            return type(value)(self.changed(one) for one in value)
        if is_dataclass(value) and not isinstance(value, type):
            parts = {f.name: self.changed(getattr(value, f.name)) for f in fields(value) if f.init}
            return replace(value, **parts)
        return value

    def _mapping(self, value: Mapping[Any, Any]) -> Mapping[Any, Any]:
        if "event" in value and "at" in value:
            return self._event(value)
        return {key: self.changed(one) for key, one in value.items()}

    def _event(self, event: Mapping[str, Any]) -> Mapping[str, Any]:
        out = {key: one for key, one in event.items() if key != "shown"}
        for key in _NAMED:
            if isinstance(out.get(key), str):
                out[key] = self.people.role(out[key])
        # The files of an issued memo are its digests.
        written = [key for key in _WRITTEN if out.get(key) and not isinstance(out[key], Mapping)]
        if is_free(out.get("question"), out.get("value"), self.questions):
            written.append("value")
        return out | {key: LEFT_OUT for key in written}

    def _answer(self, answer: Answer) -> Answer:
        free = is_free(answer.question, answer.value, self.questions)
        return replace(
            answer,
            value=LEFT_OUT if free else answer.value,
            reason=LEFT_OUT if answer.reason else answer.reason,
            says=self.people.role(answer.says),
            by=self.people.role(answer.by),
            ask=self.people.role(answer.ask) if answer.ask else answer.ask,
            kept_by=self.people.role(answer.kept_by) if answer.kept_by else answer.kept_by,
            files=(LEFT_OUT,) * len(answer.files),
            shown=replace(answer.shown, facts=self.changed(answer.shown.facts)),
        )

    def _fact(self, fact: Fact) -> Fact:
        if fact.evidence not in self.hidden:
            return fact
        kept = {one.name: getattr(fact, one.name) for one in fields(fact)}
        for name in ("value", "quote"):
            kept[name] = LEFT_OUT if kept[name] is not None else None
        attached = (fact.file or "").startswith(PAGES)
        kept |= {"bytes": None, "file": _ATTACHMENT if attached else fact.file}
        return Withheld(**kept, kept_id=fact.id)

    def _change(self, change: Change) -> Change:
        hidden = any(one and one.evidence in self.hidden for one in (change.before, change.after))
        return replace(
            change,
            before=self.changed(change.before),
            after=self.changed(change.after),
            passages=(LEFT_OUT, LEFT_OUT) if hidden and change.passages else change.passages,
        )

    def _other_words(self, one: OtherWords) -> OtherWords:
        if not self.choice.leaves_out(one.file):
            return one
        file = _ATTACHMENT if one.file.startswith(PAGES) else one.file
        return replace(one, file=file, passages=(LEFT_OUT, LEFT_OUT))

    def _edge(self, edge: Edge) -> Edge:
        return replace(edge, quote=LEFT_OUT) if edge.evidence in self.hidden and edge.quote else edge

    def _entry(self, entry: Entry) -> Entry:
        if not entry.resource.startswith(PAGES) or self.choice.attachments:
            return entry
        return replace(entry, resource=_ATTACHMENT, url=_NO_ADDRESS)

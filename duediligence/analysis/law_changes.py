"""What two editions of the law, or one on two days, do not hold alike, as far as a case rests on it."""

from collections.abc import Collection, Iterator

from duediligence.analysis.changes import LawChange
from duediligence.analysis.differences import Stands
from duediligence.knowledge.law import Authority, Law, Question
from duediligence.knowledge.vocabulary import CONFIRMED


def law_changes(
    before: Law, after: Law, stood: Stands, stands: Stands, answered: Collection[str]
) -> tuple[LawChange, ...]:
    """The legal sources and rules behind the findings, and the questions answered, that differ.

    Args:
        before: the law of the earlier moment.
        after: the law now.
        stood: the findings of then.
        stands: the findings now.
        answered: ids of the questions that have an answer.
    """
    if (before.digest, before.as_of) == (after.digest, after.as_of):
        return ()
    findings = [*stood.values(), *stands.values()]
    cited = {str(one["id"]) for finding in findings for one in finding.get("authorities", ())}
    return (
        *_sources(before, after, cited),
        *_rules(before, after, {at[0] for at in stood.keys() | stands.keys()}, {**stood, **stands}),
        *_questions(before, after, answered),
    )


def _sources(before: Law, after: Law, cited: Collection[str]) -> Iterator[LawChange]:
    for id in sorted(cited):
        old, new = before.authorities.get(id), after.authorities.get(id)
        named = new or old
        if named is not None and _told(old) != _told(new):
            yield LawChange(
                kind="legal source", id=id, title=named.title, before=_told(old), after=_told(new)
            )


def _told(one: Authority | None) -> str | None:
    """What of a legal source a finding depends on, in words."""
    if one is None:
        return None
    final = "" if one.final else ", not final"
    return f"{one.state}{final}, {CONFIRMED.get(one.confirmed, one.confirmed)}"


def _rules(before: Law, after: Law, ids: Collection[str], findings: Stands) -> Iterator[LawChange]:
    old = {rule.id: rule for rule in before.rules}
    new = {rule.id: rule for rule in after.rules}
    titles: dict[str, str] = {at[0]: str(one.get("proposition", "")) for at, one in findings.items()}
    for id in sorted(ids):
        if old.get(id) != new.get(id):
            yield LawChange(
                kind="rule",
                id=id,
                title=titles.get(id, id),
                before="as it was" if id in old else None,
                after="changed" if id in new else None,
            )


def _questions(before: Law, after: Law, answered: Collection[str]) -> Iterator[LawChange]:
    old = {question.id: _words(question) for question in before.questions}
    new = {question.id: _words(question) for question in after.questions}
    for id in sorted(answered):
        if old.get(id) != new.get(id):
            words = (new.get(id) or old.get(id) or [id])[0]
            yield LawChange(
                kind="question",
                id=id,
                title=str(words),
                before="as it was" if id in old else None,
                after="reworded" if id in new else None,
            )


def _words(question: Question) -> list[str]:
    return [question.text, *question.choices]

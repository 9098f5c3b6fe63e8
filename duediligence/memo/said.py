"""Section 1 of the memo, last part: what people said, each question once and as far as there is room."""

from collections.abc import Sequence
from dataclasses import dataclass

from duediligence.memo.answers import Given
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.statement import Span, listed, words

MOST = 20
"""Rows the body prints; annex D holds every answer."""

_EACH = "each of these"
_GONE = ("replaced", "withdrawn", "no longer")


@dataclass(frozen=True, kw_only=True)
class Said:
    """Answers of one person that say the same to one question, about one thing or several."""

    question: tuple[Span, ...]
    about: tuple[Span, ...]
    value: tuple[Span, ...]
    note: str
    says: str
    given: tuple[Given, ...]
    """The answers, as annex D prints them."""


@dataclass(frozen=True, kw_only=True)
class People:
    """What people said, as far as it is used."""

    rows: tuple[Said, ...]
    further: int
    """Answers there is no room for; they stand in annex D."""


def people(ex: Exhibits, given: Sequence[Given]) -> People:
    """The answers that stand; where they are many, those the issues of section 2 rest on come first."""
    rows = _rows([one for one in given if not one.note.startswith(_GONE)])
    body = {ex.finding_anchor(one) for _, issues in ex.arrangement.body for issue in issues for one in issue}
    first = sorted(rows, key=lambda row: not _carries(row, body))[:MOST]
    left = [row for row in rows if row not in first]
    return People(
        rows=tuple(row for row in rows if row in first), further=sum(len(row.given) for row in left)
    )


def _carries(row: Said, body: set[str]) -> bool:
    return any(ref.anchor in body for one in row.given for ref in one.used_by)


def _rows(given: Sequence[Given]) -> list[Said]:
    groups: dict[tuple[str, str, str, str], list[Given]] = {}
    for one in given:
        groups.setdefault((_general(one), one.value.text, one.note, one.says), []).append(one)
    return [_row(same) for same in groups.values()]


def _general(one: Given) -> str:
    """The question without what it is about: the same for all it is asked about."""
    asked = "".join(span.text for span in one.question)
    about = "".join(span.text for span in one.subject)
    return asked.replace(about, _EACH) if about else asked


def _row(same: list[Given]) -> Said:
    first = same[0]
    names = [span for one in same for span in one.subject]
    return Said(
        question=words(_general(first)) if len(same) > 1 else first.question,
        about=words("(", *listed(names), ")") if len(same) > 1 and names else first.about,
        value=first.value.spans,
        note=first.note,
        says=first.says,
        given=tuple(same),
    )

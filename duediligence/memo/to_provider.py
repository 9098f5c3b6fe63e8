"""What only the provider can answer, numbered and in its own wording, ready to be sent."""

from collections.abc import Mapping, Sequence

from duediligence.analysis.situation import Asked
from duediligence.memo.open_questions import filled
from duediligence.visible import visible_line

CAUTION = "Asking in public shows what you do not know. In a dispute, ask counsel first."
"""What is risky about asking; it stands before the questions."""


def to_provider(asked: Sequence[Asked]) -> list[list[Asked]]:
    """The open questions that name the provider first or were left to it; each question once."""
    groups: dict[str, list[Asked]] = {}
    for one in asked:
        if one.asked and (_first(one) or _left(one)):
            groups.setdefault(one.question.id, []).append(one)
    return list(groups.values())


def _first(one: Asked) -> bool:
    return one.state == "unanswered" and one.question.who[:1] == ("provider",)


def _left(one: Asked) -> bool:
    return one.state == "unknown" and one.answer is not None and one.answer.ask == "provider"


def numbered(asked: Sequence[Asked], acts: Mapping[str, str]) -> str:
    """The questions as numbered lines; one that is asked about several things names them all."""
    lines = []
    for i, same in enumerate(to_provider(asked), 1):
        said = same[0].question.provider_text or same[0].question.text
        text = same[0].to_provider if len(same) == 1 else ""
        lines.append(f"{i}. {visible_line(text or filled(said, same, acts), 1200)}")
    return "\n".join(lines)

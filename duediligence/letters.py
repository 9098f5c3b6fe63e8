"""The letters a case names: their words with what the file knows, blanks for the rest, risks first."""

import re
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from duediligence.analysis.offering import letters_for
from duediligence.analysis.situation import Asked, Findings, Situation
from duediligence.memo.to_provider import numbered
from duediligence.repo import kind_of, shown
from duediligence.visible import visible_line


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One letter as it could be sent once the sender has filled in what stands in square brackets."""

    id: str
    title: str
    to: str
    caution: str
    """What is risky about it; read it before the text."""

    text: str
    """Empty where it is withheld."""

    withheld: str | None
    """Why it is not offered here."""

    named: int
    """How many findings that apply name it."""

    def to_json(self) -> dict[str, Any]:
        """The letter as JSON; ``withheld`` is null where it is offered."""
        return asdict(self)

    def __str__(self) -> str:
        return "\n".join(
            [
                f"{self.title[:1].upper()}{self.title[1:]}",
                *textwrap.wrap(f"To: {self.to}", 100),
                *textwrap.wrap(f"Read first: {self.caution}", 100),
                "What stands in [ ] is for you to fill in. Nothing is sent.",
                "",
                self.text.rstrip(),
            ]
        )


def drafts(situation: Situation, asked: Sequence[Asked], found: Findings, read: str) -> tuple[Draft, ...]:
    """Every letter that is whoever asks's to send: first those that findings name, then the others.

    Args:
        situation: facts, lineage, answers and law.
        asked: how its questions stand.
        found: what the rules say.
        read: which revision was read and when, in a few words.
    """
    named = Counter(one.letter for one in found.findings if one.status != "not_applicable")
    blanks = _blanks(situation, asked, found, read)
    made = []
    for id, why in letters_for(situation, asked).items():
        letter = situation.law.letters[id]
        made.append(
            Draft(
                id=id,
                title=letter.title,
                to=letter.to,
                caution=letter.caution,
                text="" if why else _filled(letter.text, blanks),
                withheld=why,
                named=named[id],
            )
        )
    return tuple(sorted(made, key=lambda one: not one.named))


def _blanks(situation: Situation, asked: Sequence[Asked], found: Findings, read: str) -> Mapping[str, str]:
    name = visible_line(shown(situation.repo), 120)
    kind = "datasets/" if kind_of(situation.repo) == "datasets" else ""
    dates = [f"   - {visible_line(str(one), 300)}" for one in found.dates if one.state != "met"]
    none = "   - none found; the day of first knowledge may not be on file."
    return {
        "{repo}": name,
        "{link}": f"https://huggingface.co/{kind}{name}",
        "{read}": read,
        "{questions}": numbered(asked, situation.law.acts) or "1. [your questions]",
        "{dates}": "\n".join(dates) or none,
    }


def _filled(text: str, blanks: Mapping[str, str]) -> str:
    # In one pass: what looks like a blank in other people's words stays as it is.
    return re.sub(r"\{[a-z]+\}", lambda found: blanks.get(found[0], found[0]), text)

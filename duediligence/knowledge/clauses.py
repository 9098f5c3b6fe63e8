"""Conditions of the law files in words, for whoever reads the law and not a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from duediligence.knowledge import vocabulary as words
from duediligence.knowledge.entries import Entries

_JOINED = {"all": "all of these hold", "any": "at least one of these holds"}
_EACH = {
    "dataset": "the dataset",
    "parent": "the parent",
    "licensed": "the licensed repository",
    "act": "the act",
    "letter": "the letter",
}


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One part of a condition, with the parts below it."""

    text: str
    question: str | None = None
    """Id of the question whose answer it looks at."""

    below: tuple["Clause", ...] = ()


def clause(condition: Any, entries: Entries) -> Clause:
    """*condition* in words; what cannot be understood is shown as it is written."""
    return _Reader(entries).clause(condition)


class _Reader:
    def __init__(self, entries: Entries) -> None:
        self._questions = {one.id: one.content for one in entries.usable("questions")}
        self._terms = entries.terms

    def clause(self, given: Any) -> Clause:
        if not isinstance(given, dict) or not given:
            return Clause(text=f"{given}")
        for join, text in _JOINED.items():
            if isinstance(given.get(join), list):
                parts = tuple(self.clause(one) for one in given[join])
                return parts[0] if len(parts) == 1 else Clause(text=text, below=parts)
        if "not" in given:
            return Clause(text="this does not hold", below=(self.clause(given["not"]),))
        if "answer" in given:
            return self._answer(given)
        if "fact" in given:
            return Clause(text=self._fact(given))
        if "repo_kind" in given:
            kind = "a model" if given["repo_kind"] == "models" else "a dataset"
            return Clause(text=f"the repository holds {kind}")
        if "about" in given:
            return Clause(text=f"it is about {words.ACT_WORDS.get(str(given['about']), given['about'])}")
        return Clause(text=f"{given}")

    def _answer(self, given: Mapping[str, Any]) -> Clause:
        id, _, about = str(given["answer"]).partition("@")
        question = self._questions.get(id, {})
        named = words.ACT_WORDS.get(about, about) or _EACH.get(str(question.get("each")), "")
        asked = str(question.get("text", id)).replace("{about}", named)
        choices = question.get("choices") if isinstance(question.get("choices"), dict) else {}
        said = _compared(given, "answer", lambda value: f"“{choices.get(value, value)}”")
        return Clause(text=f"the answer to “{asked}” {said}", question=id)

    def _fact(self, given: Mapping[str, Any]) -> str:
        key = str(given["fact"])
        term = self._terms.get(key.removeprefix("license.")) if key.startswith("license.") else None
        if isinstance(term, dict) and isinstance(term.get("values"), dict):
            values = term["values"]
            on = key.removeprefix("license.").replace("_", " ")
            said = _compared(given, "fact", lambda value: f"“{str(values.get(value, value)).rstrip('.')}”")
            return f"the license on {on} {said}"
        if key in words.COMPUTED_WORDS and given.get("is") in ("true", "false"):
            return words.COMPUTED_WORDS[key][given["is"] == "false"].format(repo="the repository")
        about = words.FACT_WORDS.get(key, key)
        if "stated" in given:
            return f"the sources {'state' if given['stated'] == 'yes' else 'do not state'} {about}"
        if "read" in given:
            could = "could" if given["read"] == "yes" else "could not"
            return f"the places that may state {about} {could} be read"
        return f"what the sources state on {about.removeprefix('a ')} {_compared(given, 'fact', repr)}"


def _compared(given: Mapping[str, Any], subject: str, said: Any) -> str:
    operator, value = next(((key, one) for key, one in given.items() if key != subject), ("", ""))
    listed = [said(one) for one in (value if isinstance(value, list) else [value])]
    each = " or ".join(listed)
    return {
        "is": f"is {each}",
        "is_not": f"is not {each}",
        "in": f"is {each}",
        "includes": f"includes {each}",
        "stated": "is on file" if value == "yes" else "is not on file",
        "read": "could be read" if value == "yes" else "could not be read",
        "before": f"lies before {each}",
        "after": f"lies after {each}",
        "at_least": f"is {each} or more",
        "at_most": f"is {each} or less",
    }.get(operator, f"{operator} {each}")

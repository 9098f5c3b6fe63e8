"""Exhibits: each body as received, under a name of ours that is readable, safe and opens as plain text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from duediligence.errors import BadInputError
from duediligence.evidence.manifest import PAGES, Entry
from duediligence.pack.choice import Choice
from duediligence.repo import shown

FOLDER = "exhibits"
_NUMBER = re.compile(r"E[1-9][0-9]{0,6}[a-z]?", re.ASCII)
_MOST = 60


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """One exhibit of the copy, or one that is left out."""

    entry: Entry
    number: str
    file: str
    """Path in the copy; empty when it is left out."""

    why: str
    """Why it is left out; empty when it is there."""


def numbered(evidence: Mapping[str, Entry], choice: Choice) -> tuple[Numbered, ...]:
    """Every piece of evidence of a memo, by number, in its order.

    Raises:
        BadInputError: a manifest holds a number that is none.
    """
    for number in evidence:
        if not _NUMBER.fullmatch(number):
            raise BadInputError(f"{number!r} is no number of an exhibit. No pack was made; see: verify CASE")
    found = sorted(evidence.items(), key=lambda one: (int(re.sub(r"\D", "", one[0])), one[0]))
    return tuple(_numbered(number, entry, choice) for number, entry in found)


def _numbered(number: str, entry: Entry, choice: Choice) -> Numbered:
    why = choice.leaves_out(entry.resource)
    return Numbered(entry=entry, number=number, file="" if why else _name(number, entry, choice), why=why)


def _name(number: str, entry: Entry, choice: Choice) -> str:
    attached = entry.resource.startswith(PAGES)
    what = entry.resource if choice.names or not attached else "attachment"
    # Whatever it is, it opens as text: markup and scripts of others do not run on a click.
    return f"{FOLDER}/{number}-{slug(f'{what} of {shown(entry.repo)}')}.txt"


def slug(text: str) -> str:
    """*text* as part of a file name that every system takes: ASCII letters, digits, dots and dashes."""
    plain = re.sub(r"[^A-Za-z0-9.]+", "-", text)
    return re.sub(r"\.{2,}", ".", plain)[:_MOST].strip("-.") or "document"

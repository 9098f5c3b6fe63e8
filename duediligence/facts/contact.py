"""Where a card says its provider can be reached."""

import re

from duediligence.facts.passage import Passage
from duediligence.facts.statement import Statement, is_placeholder, statement
from duediligence.facts.titles import titles

LABEL = titles(
    r"^(?:point of contact|contact(?:s| us| information| person)?|send questions to|questions|support"
    r"|feedback|e-?mail"
    r"|model card contact|where to send questions.*|correspondence)\b",
    "point contact send questions support feedback email e-mail model where correspondence",
)
TITLE = titles(
    r"\bcontact\b|\bfeedback\b|^(?:(?:any|further|more|have)\s+)*questions\W*$"
    r"|\bquestions\s+(?:and|or|&)\s+(?:comments|contact|support|issues)\b|\bget in touch\b|\bsupport\b",
    "contact feedback questions get support",
)
_CONTACT = re.compile(
    r"\b(?:contact|questions?|inquir\w+|enquir\w+|e-?mail|reach (?:out|us)|comments|takedown|take-down"
    r"|write (?:to|us)|to object|objections?|opt(?:ing)?[- ]?out)\b",
    re.I,
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,12}(?![\w-])")


def contact(passage: Passage) -> Statement | None:
    """An address to write to, where the passage gives it as one."""
    labelled = passage.labelled & LABEL
    under_title = passage.heading & TITLE
    if not labelled and not under_title and "@" not in passage.raw and "mailto:" not in passage.raw:
        return None
    seen = passage.seen
    mails = (
        _MAIL.fullmatch(mark.target.removeprefix("mailto:").strip()) for mark in seen.marks if mark.target
    )
    mail = next((found.group() for found in mails if found), None)
    written = _MAIL.search(seen.words) if "@" in seen.words else None
    address = mail or (written.group() if written else None)
    if labelled:
        behind = passage.told
        return (
            statement("contact", passage, address or behind)
            if behind and not is_placeholder(behind)
            else None
        )
    if address and (under_title or _CONTACT.search(seen.words)):
        return statement("contact", passage, address)
    if under_title and _CONTACT.search(passage.section) and (seen.marks or "http" in seen.words):
        return statement("contact", passage)
    return None

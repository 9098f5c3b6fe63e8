"""What a copy holds: people's names and words, and attached files, only when somebody chose them."""

from dataclasses import dataclass

from duediligence.evidence.manifest import PAGES

LEFT_OUT = "[left out of this copy]"
"""Stands where a text was."""

WORDS = "names and words of people"
LATER = "came after this memo"
"""Why the content of an event is not in a copy."""

_BY_BYSTANDERS = ("commits", "discussions")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What somebody chose to send along."""

    names: bool = False
    """Who says and types what, and everything people wrote in words of their own."""

    attachments: bool = False
    """Files and pages that people added."""

    def leaves_out(self, resource: str) -> str:
        """Why what was received as *resource* is not in the copy; empty when it is."""
        if resource.startswith(PAGES):
            return "" if self.attachments else "attachments"
        written = resource.partition("/")[0].partition("?")[0]
        if written in _BY_BYSTANDERS and not self.names:
            return f"{written}, which name bystanders"
        return ""

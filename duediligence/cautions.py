"""What is said to people before they write into a file that may have to be shown."""

BEFORE_ANSWERING = (
    "Write facts, not opinions. In-house notes may have to be disclosed. In a dispute, ask counsel first."
)
BEFORE_FINDINGS = (
    "From here on this file records what was known and when; it may be used as evidence against whoever goes"
    " on. For each risk, note what was decided about it, by whom and when."
)
"""For somebody who plans to use the model: knowledge can be part of liability."""

DIRECTED = "notes for counsel go to privileged/, outside the record; no preview is written by itself."
"""What it means that a lawyer directs a file."""

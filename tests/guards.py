"""What no sentence of the program may say about anybody's position."""

import re

# Fixed terms of the law in which such a word says nothing about anybody's position.
_TERMS = r"legal (basis|bases|source|entity|person|text|obligation)|lawful access|unlawfully trained"
_VERDICT = re.compile(
    r"\b(il)?legal(ly)?\b|\b(un)?lawful(ly)?\b|\b(non-)?complian(t|ce)\b|\b(un)?safe\b"
    r"|\byou (may|can|are allowed to|are free to|infringe|violate|breach)\b"
    r"|\byour (infringement|violation|breach)\b",
    re.IGNORECASE,
)


def judges(text: str) -> bool:
    """Whether *text* holds a verdict: legal, compliant, safe, or what somebody may do."""
    return bool(_VERDICT.search(re.sub(_TERMS, "", text, flags=re.IGNORECASE)))

"""Signs that hide or steer are named; ordinary writing is left alone."""

import pytest

from duediligence.visible import names_of_hidden, visible, visible_line


@pytest.mark.parametrize("text", ["Grüße", "שלום עולם", "مرحبا", "می\u200cخواهم", "👩\u200d🔬", "a\tb\nc"])
def test_ordinary_writing_is_left_alone(text: str) -> None:
    """Hebrew, Arabic, Persian, emoji, tabs and new lines look as they were written."""
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("li\u200bcense", "li[U+200B]cense"),
        ("\u202etxet", "[U+202E]txet"),
        ("\x1b[31mred", "[U+001B][31mred"),
        ("mi\u200ct", "mi[U+200C]t"),
        ("a\U000e0041", "a[U+E0041]"),
        ("\ud800", "[U+D800]"),
    ],
)
def test_hidden_signs_are_named(text: str, seen: str) -> None:
    """Zero-width, direction, escape, tag characters and lone surrogates become their code points."""
    assert visible(text) == seen


def test_a_line_says_what_it_left_out() -> None:
    """One line, cut with a count; the names of what was hidden can be told."""
    assert visible_line("a\n  b") == "a b"
    assert visible_line("x" * 60, 5) == "xxxxx … (55 more characters)"
    assert visible_line("x" * 20, 5) == "x" * 20, "the note would be longer than what it spares"
    assert names_of_hidden("a\u202eb\u202e") == ["U+202E RIGHT-TO-LEFT OVERRIDE"]

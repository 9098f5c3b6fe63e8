"""A place that is left out is read from the words that leave it out, and from no others."""

import pytest

from duediligence.facts.excluded import clauses
from duediligence.facts.reading import read_card

LEFT_OUT = (
    "Not for use in the EU.",
    "EU residents are not granted any rights under this license.",
    "The license does not extend to persons domiciled in the European Union.",
    "You may use the model worldwide, excluding the European Union.",
    "Use in the EU is prohibited.",
    "The weights are not available in the European Economic Area.",
    "Users from the EU may not download the weights.",
    "No right is granted if you are an individual domiciled in, or a company run from, the European Union.",
    "We do not license this model to entities in the EU.",
    "This model must not be deployed in Europe.",
)
NOT_LEFT_OUT = (
    "The model was trained in the EU.",
    "The model is not subject to the EU AI Act.",
    "The pictures were taken in the European Union and are not public.",
    "Do not use it for practices that are prohibited in the EU AI Act.",
    "The model was not tested on European languages.",
    "This model is available in Europe and may be used freely.",
    "We thank the European Union for its grant; the model is not a product.",
    "It is not licensed under that text, and was released in Europe.",
    "Not intended for translation between languages of the European Parliament.",
)


def _read(sentence: str) -> list[str | None]:
    card = f"# Encoder\n\nIt makes vectors. {sentence} It is small.\n"
    facts = read_card(card.encode(), "models/example/encoder").facts
    return [fact.quote for fact in facts if fact.key == "excluded_places" and fact.state == "stated"]


@pytest.mark.parametrize("sentence", LEFT_OUT)
def test_words_that_leave_the_union_out_are_quoted(sentence: str) -> None:
    """The sentence alone, from a card and from a license file."""
    text = f"Harbour License\n\nYou may use it. {sentence}\n\nPass it on.\n"

    assert _read(sentence) == [sentence]
    assert [text[start:end] for start, end in clauses(text)] == [sentence]


@pytest.mark.parametrize("sentence", NOT_LEFT_OUT)
def test_words_that_only_name_the_union_leave_nothing_out(sentence: str) -> None:
    """A law, a language, a place where something was made."""
    assert _read(sentence) == []
    assert list(clauses(sentence)) == []


def test_the_last_sentence_of_a_file_is_quoted_without_the_end_of_its_line() -> None:
    """However many empty lines follow it."""
    text = f"Harbour License\n\n  {LEFT_OUT[0]}\n"

    assert [text[start:end] for start, end in clauses(text)] == [LEFT_OUT[0]]

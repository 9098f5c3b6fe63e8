"""A card split as the Hub splits it, with the bytes of every character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duediligence.errors import UnreadableError
from duediligence.facts.card import MAX_CARD, MAX_METADATA, split_card
from duediligence.facts.prose import passages


def _passages(body):
    card = split_card(body)
    return passages(card.text, card.prose_start)


@pytest.mark.parametrize(
    ("body", "block", "prose"),
    [
        (b"---\nlicense: mit\n---\n# A", "present", "# A"),
        (b"\xef\xbb\xbf---\nlicense: mit\n---\n# A", "present", "# A"),
        (b"\r\n ---\r\nlicense: mit\r\n---\r\n# A", "present", "# A"),
        (b"---\n\n\n---\n# A", "empty", "# A"),
        (b"---\n---\n# A", "empty", "\n# A"),
        (b"---\n# nothing\n---\n# A", "empty", "# A"),
        (b"# A\n---\nlicense: mit\n---\n", "none", "# A\n---\nlicense: mit\n---\n"),
        (b"```\n---\nlicense: mit\n---\n```\n", "none", "```\n---\nlicense: mit\n---\n```\n"),
        (b"", "none", ""),
        (b"---\n# A rule, and a heading\n", "none", "---\n# A rule, and a heading\n"),
        (b"---\nlicense: mit\n\n# A", "unreadable", "\n\n# A"),
        (b"--- \nlicense: mit\n---\n", "unreadable", "\n---\n"),
        (b"---\n- mit\n---\n# A", "unreadable", "# A"),
        (b"---\nlicense: mit\nlicense: gpl\n---\n# A", "unreadable", "# A"),
    ],
)
def test_the_metadata_block_is_the_one_the_hub_reads(body, block, prose):
    """No block, an empty one, one without an end and one that is no YAML are told apart."""
    card = split_card(body)

    assert card.block == block
    assert card.text[card.prose_start :].strip() == prose.strip()
    assert (card.problem is not None) == (block == "unreadable")


def test_a_broken_block_says_on_which_line():
    """The reason reaches the memo."""
    card = split_card(b"---\nlicense: mit\nlicense: gpl\n---\n")

    assert card.problem == "The metadata block cannot be read: line 3: the key 'license' is repeated."


def test_long_cards_and_other_encodings_are_refused_with_a_reason():
    """A cap is said, not silent."""
    with pytest.raises(UnreadableError, match="bytes"):
        split_card(b"a" * (MAX_CARD + 1))
    with pytest.raises(UnreadableError, match="UTF-16"):
        split_card("---\nlicense: mit\n---\n".encode("utf-16"))
    long = split_card(b"---\na: " + b"x" * MAX_METADATA + b"\n---\nProse.")
    assert long.problem is not None and "256 KB" in long.problem
    assert [passage.raw for passage in passages(long.text, long.prose_start)] == ["Prose."]


def test_ranges_are_those_of_the_bytes_received():
    """A byte order mark, two-byte letters, emoji and broken bytes all count as what they are."""
    body = b"\xef\xbb\xbf---\nlicense: mit\n---\n\xc3\xa9\xff\xf0\x9f\x98\x80 Two words.\r\nNext."
    card = split_card(body)

    found = passages(card.text, card.prose_start)

    assert [card.quote(one.start, one.end) for one in found] == ["é\ufffd😀 Two words.", "Next."]
    assert [body[slice(*card.span(one.start, one.end))] for one in found] == [
        b"\xc3\xa9\xff\xf0\x9f\x98\x80 Two words.",
        b"Next.",
    ]


def test_prose_is_read_in_sentences_items_and_rows():
    """Each under its headings, with what announces it; code, comments and tables of HTML left out."""
    body = (
        "# A\nOne e.g. two. Three (see [x. Y](http://z.example/a.b)).\n\n## B\nWe used:\n- first\n  more\n"
        "- second. Third.\n\n|Set|n|\n|---|---|\n|C-4|1|\n\n```\ncode. Code\n```\n<!-- hidden -->\n"
        "<table><tr><td>cell</td></tr></table>\n\n**Label:** value\n\nUnder\n-----\nlast\n"
    )

    found = [(one.kind, one.raw, one.section, one.lead, one.label) for one in _passages(body.encode())]

    assert found == [
        ("sentence", "One e.g. two.", "A", "", ""),
        ("sentence", "Three (see [x. Y](http://z.example/a.b)).", "A", "", ""),
        ("sentence", "We used:", "B", "", ""),
        ("item", "first\n  more", "B", "We used:", ""),
        ("item", "second.", "B", "We used:", ""),
        ("item", "Third.", "B", "We used:", ""),
        ("row", "|C-4|1|", "B", "We used:", ""),
        ("sentence", "**Label:** value", "B", "", "Label"),
        ("sentence", "last", "Under", "", ""),
    ]


@given(
    st.binary(max_size=400)
    | st.text(st.sampled_from("-#*_[]()<>`|:.\n\r \ufeffaé😀\t!"), max_size=300).map(str.encode)
)
def test_any_bytes_are_split_and_every_range_gives_back_its_quote(body):
    """The card reader never raises but for its caps, and quotes what it points at."""
    try:
        card = split_card(body)
    except UnreadableError:
        return
    for one in passages(card.text, card.prose_start):
        first, last = card.span(one.start, one.end)
        assert 0 <= first <= last <= len(body)
        assert body[first:last].decode("utf-8", "replace") == card.quote(one.start, one.end)
        assert one.raw == card.text[one.start : one.end]


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "\n",
        "[",
        "([",
        "`",
        '"',
        "*",
        "_a",
        "---\n",
        "|",
        "<",
        "<!--",
        ".",
        ". ",
        "- x\n",
        "# a\n",
        "trained on ",
    ],
)
def test_a_long_hostile_text_is_read_in_pieces(piece):
    """No passage is longer than a sentence can be, so nothing that reads them takes long."""
    body = (piece * (MAX_CARD // len(piece)))[:MAX_CARD].encode()

    found = _passages(body)

    assert all(len(one.raw) <= 3000 for one in found)

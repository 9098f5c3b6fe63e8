"""YAML in which everything is text."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from duediligence import plain_yaml
from duediligence.errors import UnreadableError


@pytest.fixture(params=["libyaml", "python"])
def parser(request, monkeypatch):
    """Both parsers: what one installation reads, another one reads the same."""
    if request.param == "libyaml" and not yaml.__with_libyaml__:
        pytest.skip("PyYAML was installed without libyaml")
    one = yaml.cyaml.CParser if request.param == "libyaml" else plain_yaml._PurePythonParser
    monkeypatch.setattr(plain_yaml, "_PARSER", one)


@pytest.mark.usefixtures("parser")
def test_every_scalar_stays_the_text_it_is():
    """No country becomes false, no number loses its zero, no day becomes a date."""
    text = "a: NO\nb: 010\nc: 2026-01-02\nd: 1_000\ne: ~\nf:\ng: [yes, 'x']\n"

    read = plain_yaml.load(text)

    assert read == {
        "a": "NO",
        "b": "010",
        "c": "2026-01-02",
        "d": "1_000",
        "e": "~",
        "f": "",
        "g": ["yes", "x"],
    }


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: 1\nb: 2\na: 3\n", "line 3: the key 'a' is repeated"),
        ("a: &x 1\n", "line 1: an anchor"),
        ("a: 1\nb: *x\n", "line 2: an alias"),
        ("a: !!python/object/apply:os.system [x]\n", "line 1: a tag"),
        ("? [1]\n: 2\n", "line 1: a key must be a text"),
        ("a: 1\n---\nb: 2\n", "line 2: a second document"),
        ("a: 'x\n", "no valid YAML"),
        ("a:\n\t- b\n", "line 2: no valid YAML"),
        ("[" * 65, "line 1: more than 64 levels"),
        ("- " * 5000, "line 1: more than 64 levels"),
        ("a: 1\nb: \0\n", "line 2: no valid YAML"),
        ("a: 1\nb: \ud800\n", "line 2: it holds half of a character"),
    ],
)
def test_what_would_have_to_be_guessed_is_refused_with_its_line(text, reason):
    """A reason a person can act on, never an exception of the parser."""
    with pytest.raises(UnreadableError, match=reason.replace("[", r"\[")):
        plain_yaml.load(text)


@pytest.mark.usefixtures("parser")
def test_places_give_back_what_was_written():
    """Key, value and items stand where they are said to stand."""
    text = "# é\nlicense: mit  # why\nfold: >\n  a\n  b\n\ndatasets:\n- 'x/y'\n- z😀\nmap: {k: [v]}\n"

    read = plain_yaml.compose(text)

    assert isinstance(read.value, dict)
    written = {key: text[node.key_start : node.end].rstrip() for key, node in read.value.items()}
    assert written == {
        "license": "license: mit",
        "fold": "fold: >\n  a\n  b",
        "datasets": "datasets:\n- 'x/y'\n- z😀",
        "map": "map: {k: [v]}",
    }
    items = read.value["datasets"].value
    assert [text[item.start : item.end] for item in items] == ["'x/y'", "z😀"]
    assert [item.line for item in items] == [8, 9]


@pytest.mark.usefixtures("parser")
def test_tabs_inside_brackets_are_read_and_before_keys_are_not():
    """As libyaml and the Hub read them, whichever parser is installed."""
    assert plain_yaml.load("a: [\n\t\tb,\n\tc]\n") == {"a": ["b", "c"]}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", ["", "  \n\n", "# only a comment"])
def test_an_empty_document_is_an_empty_text(text):
    """Nothing is not an error."""
    assert plain_yaml.load(text) == ""


@given(st.text(st.characters(codec=None), max_size=200))
def test_no_text_breaks_the_reader(text):
    """Anything is read or refused."""
    try:
        node = plain_yaml.compose(text)
    except UnreadableError as error:
        assert str(error)
    else:
        assert 0 <= node.start <= node.end <= len(text)

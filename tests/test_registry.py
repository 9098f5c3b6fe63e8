"""The registry of well-known data sets: what an entry may say, and that the entries hold together."""

import re

import pytest

from duediligence.errors import LawError
from duediligence.facts.known_dataset import COLLECTED, CONFIRMED, LICENSED
from duediligence.facts.registry import find_dataset, read_entries, registry, same_name
from duediligence.repo import is_hub_name

ENTRY = """
- id: the-shelf
  name: The Shelf
  source: A catalogue of 2024
  confirmed: K
"""


def read(text):
    """The entries of one file with *text*."""
    return read_entries({"shelf.yaml": text})


def refused(text):
    """What is said of a file that cannot be used."""
    with pytest.raises(LawError) as error:
        read(text)
    return error.value.problems


def test_the_registry_holds_the_data_sets_people_name():
    """Enough of them, with ids that could be on the Hub and countries that are codes."""
    assert len(registry()) >= 125
    assert all(is_hub_name(one.removeprefix("datasets/")) for known in registry() for one in known.hub)
    assert all(re.fullmatch("[A-Z]{2}", known.country) for known in registry() if known.country)
    assert find_dataset("LAION-2B English subset of LAION-5B").upstream == "datasets/laion/laion2B-en"
    assert find_dataset("no such thing") is None


def test_every_entry_says_where_it_comes_from_and_how_far_it_was_checked():
    """What was read has the address that was read."""
    for known in registry():
        assert known.source
        assert known.confirmed in CONFIRMED
        assert known.confirmed not in ("P", "S") or "://" in known.source


def test_every_entry_keeps_to_the_closed_words():
    """And what is said of personal data and of withdrawal comes with its reason."""
    for known in registry():
        assert set(known.collected) <= set(COLLECTED)
        assert known.license is None or known.license["of"] in LICENSED
        assert known.personal_data is None or known.note
        assert known.withdrawn is None or {"why", "source"} <= set(known.withdrawn)
        assert known.criticized is None or set(known.criticized) == {"what", "source"}


def test_no_two_entries_share_a_name():
    """Names are compared by their letters and digits alone."""
    owners = {}
    for known in registry():
        for name in (known.name, *known.aliases):
            assert owners.setdefault(same_name(name), known.id) == known.id


@pytest.mark.parametrize(
    "word",
    [
        "books",
        "code",
        "orca",
        "flan",
        "wit",
        "math",
        "mathematics",
        "github",
        "self-instruct",
        "openhermes",
        "gpt4all",
        "brainwash",
        "kinetics",
        "starcoder",
        "codeparrot",
        "evol-instruct",
        "gutenberg",
        "p3",
        "github code",
    ],
)
def test_an_ordinary_word_a_model_or_a_method_is_no_data_set(word):
    """Else a sentence that speaks of something else would be linked to a repository."""
    assert find_dataset(word) is None


def test_parents_are_entries():
    """The Pile names its parts, and each of them is held."""
    held = {known.id for known in registry()}

    assert all(set(known.parents) <= held for known in registry())
    assert {"books3", "pile-cc", "enron-emails"} <= set(find_dataset("The Pile").parents)


def test_what_an_entry_leaves_out_stays_unknown():
    """No is said only where the entry says it."""
    (known,) = read(ENTRY)

    assert (known.personal_data, known.license, known.criticized, known.withdrawn) == (None,) * 4
    assert (known.collected, known.parents, known.upstream) == ((), (), None)


def test_what_an_entry_says_is_read():
    """Every field that may be left out."""
    _, known = read(
        ENTRY
        + """
- id: z-letters
  name: Letters
  hub: [datasets/harbour/letters]
  collected: [crawled, generated]
  personal_data: "no"
  license: {license: cc-by-4.0, of: annotations}
  criticized: {what: Nobody was asked., source: A study}
  withdrawn: {why: A court forbade it., source: A judgment}
  parents: [the-shelf]
  source: "https://example.org/letters"
  confirmed: P
  note: Made by a program.
"""
    )

    assert known.personal_data is False
    assert known.collected == ("crawled", "generated")
    assert known.license == {"license": "cc-by-4.0", "of": "annotations"}
    assert known.criticized["source"] == "A study"
    assert known.parents == ("the-shelf",)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("collected: [stolen]", "collected must be one of crawled, licensed"),
        ("collected: crawled", "collected must be a list of texts"),
        ("personal_data: maybe\n  note: A guess.", "personal_data must be one of yes, no"),
        ('personal_data: "yes"', "personal_data needs a note"),
        ("license: mit", "license must be a mapping"),
        ("license: {license: mit}", "license: of must be a text"),
        ("license: {license: mit, of: everything}", "license: of must be one of data, metadata"),
        ("criticized: {what: Nobody was asked.}", "criticized: source must be a text"),
        ('withdrawn: {since: "2024", why: Gone.}', "withdrawn: source must be a text"),
        ("withdrawn: {why: Gone., source: A page, by: a judge}", "withdrawn: by is no field"),
        ("parents: [the-attic]", "parents: the-attic is no entry of the registry"),
        ("parents: [the-shelf]", "parents: it would be made from itself"),
        ("hub: [harbour/letters]", "hub: harbour/letters is no data set's typed id"),
        ("content: [content]", "content must be a text"),
        ("licence: mit", "licence is no field; allowed: id, name"),
    ],
)
def test_an_entry_is_refused_with_its_field_and_what_is_allowed(line, said):
    """A slip of the pen never becomes a fact."""
    (problem,) = refused(f"{ENTRY}  {line}\n")

    assert "the-shelf: " in problem
    assert said in problem


def test_a_source_that_was_read_has_an_address():
    """P and S are only for what somebody can open again."""
    assert refused(ENTRY.replace("K", "P"))[0].endswith("or confirmed must be R or K")
    assert refused(ENTRY.replace("  source: A catalogue of 2024\n", ""))[0].endswith("source is missing")


def test_entries_that_share_an_id_or_a_name_are_refused():
    """Also between two files."""
    assert refused(ENTRY + ENTRY) == ["the-shelf: the id is given twice"]
    assert refused(ENTRY + ENTRY.replace("the-shelf", "other").replace("The Shelf", "shelf dataset")) == [
        "other: the name shelf is one of the-shelf"
    ]


def test_parents_do_not_run_in_a_circle():
    """Whoever follows them comes to an end."""
    other = ENTRY.replace("the-shelf", "other").replace("The Shelf", "Other")

    assert refused(f"{ENTRY}  parents: [other]\n{other}  parents: [the-shelf]\n") == [
        "the-shelf: parents: it would be made from itself",
        "other: parents: it would be made from itself",
    ]

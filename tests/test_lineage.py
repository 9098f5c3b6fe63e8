"""The graph of what a repo is made from."""

import pytest

from duediligence.errors import BadInputError
from duediligence.evidence.manifest import Entry
from duediligence.facts.fact import Fact
from duediligence.facts.lineage import datasets_of, parents_of, read_lineage

REPO = "models/m/m"


def info(repo, state="present", now=None):
    """The entry of a repo's info."""
    return Entry(
        repo=repo,
        resource="info",
        url="",
        state=state,
        revision="a" * 40,
        received_at="",
        sha256=None,
        length=None,
        evidence="E1",
        record=None,
        now=now,
    )


def declared(repo, key, value, source="front_matter"):
    """A declared fact."""
    return Fact(repo=repo, key=key, value=value, state="stated", source=source, evidence="E2", quote=value)


def mention(repo, upstream, relation, value="X"):
    """A fact from prose that names something upstream."""
    return Fact(
        repo=repo,
        key="training_data",
        value=value,
        state="stated",
        source="prose",
        quote=f"{value}.",
        evidence="E2",
        upstream=upstream,
        relation=relation,
    )


def lineage(facts, decisions=None, entries=(), limits=()):
    """The lineage of `REPO`."""
    return read_lineage(REPO, [info(REPO), *entries], facts, decisions or {}, limits)


def test_declared_upstream_becomes_edges_with_the_stated_relation():
    """From front matter and API once; ids as written; what is no id keeps its name."""
    facts = [
        declared(REPO, "base_model", "o/base"),
        declared(REPO, "base_model", "o/base", "api"),
        declared(REPO, "base_model_relation", "adapter"),
        declared(REPO, "datasets", "squad"),
        declared(REPO, "datasets", "https://huggingface.co/datasets/o/d/tree/main"),
        declared(REPO, "datasets", "our own logs"),
        declared("datasets/squad", "source_datasets", "original"),
        declared("datasets/squad", "source_datasets", "extended|wikipedia"),
    ]

    edges = lineage(facts).edges

    assert [edge.id for edge in edges] == [
        "datasets/squad:derived_from:datasets/wikipedia",
        "models/m/m:adapter_of:models/o/base",
        "models/m/m:trained_on:datasets/o/d",
        "models/m/m:trained_on:datasets/squad",
        "models/m/m:trained_on:name:our own logs",
    ]
    assert {edge.stated_in for edge in edges} == {"declared"}
    assert all(edge.quote and edge.evidence == "E2" for edge in edges)


def test_a_base_model_without_a_relation_is_derived_from():
    """The Hub's guess is not ours."""
    facts = [declared(REPO, "base_model", "o/base"), declared(REPO, "base_model_relation", "unheard-of")]

    assert [edge.relation for edge in lineage(facts).edges] == ["derived_from"]


def test_prose_adds_edges_that_wait_for_a_person():
    """What is declared is not stated twice; decisions stay with the edge."""
    facts = [
        declared(REPO, "datasets", "o/d"),
        mention(REPO, "datasets/o/d", "trained_on"),
        mention(REPO, "name:Logs", "trained_on"),
        mention(REPO, "name:Old", "trained_on"),
        mention(REPO, "datasets/o/test", "evaluated_on"),
    ]
    decisions = {
        "models/m/m:trained_on:name:Logs": True,
        "models/m/m:trained_on:name:Old": False,
        "models/m/m:finetuned_from:models/o/lost": True,
        "models/m/m:trained_on:name:Gone": False,
    }

    edges = {edge.upstream: (edge.stated_in, edge.accepted) for edge in lineage(facts, decisions).edges}

    assert edges == {
        "datasets/o/d": ("declared", None),
        "name:Logs": ("prose", True),
        "name:Old": ("prose", False),
        "datasets/o/test": ("prose", None),
        "models/o/lost": ("person", True),
    }


def test_walls_hold_the_whole_chain_of_what_nobody_rejected():
    """Through renames and cycles, without what only measures; each once."""
    facts = [
        declared(REPO, "base_model", "p"),
        declared(REPO, "base_model", "m/m"),
        declared("models/o/p", "base_model", "q/q"),
        declared("models/q/q", "base_model", "m/m"),
        declared("models/q/q", "datasets", "d/d"),
        mention(REPO, "datasets/o/test", "evaluated_on"),
        mention("datasets/d/d", "name:Web", "derived_from"),
        mention(REPO, "name:No", "trained_on"),
    ]
    entries = [info("models/p", "renamed", "models/o/p"), info("models/o/p")]

    found = lineage(facts, {"models/m/m:trained_on:name:No": False}, entries)

    assert parents_of(found) == ("models/p", "models/q/q")
    assert datasets_of(found) == ("datasets/d/d", "name:Web")
    nodes = {node.id: (node.state, node.now) for node in found.repos}
    assert nodes["models/p"] == ("renamed", "models/o/p")
    assert nodes["models/q/q"] == (None, None)


def test_it_says_when_the_chain_is_cut():
    """Never complete when something was left out or not reached."""
    facts = [
        declared(REPO, "base_model", "o/a"),
        declared(REPO, "datasets", "o/b"),
        mention(REPO, "name:X", "trained_on"),
    ]

    whole = lineage(facts, entries=[info("models/o/a"), info("datasets/o/b", "not_found")])
    cut = lineage(facts, entries=[info("models/o/a", "unreachable")], limits=["Only 250 were asked for."])

    assert (whole.complete, whole.limits) == (True, ())
    assert cut.complete is False
    assert cut.limits == (
        "Only 250 were asked for.",
        "o/a could not be reached; what it is made from is not known.",
        "o/b was not asked for; what it is made from is not known.",
    )


def test_a_renamed_repo_is_known_by_its_id_of_today():
    """Its old id stays a node that says where it went."""
    entries = [info("models/old", "renamed", "models/o/new"), info("models/o/new")]

    found = read_lineage("models/old", entries, [declared("models/o/new", "license", "mit")], {})

    assert found.repo == "models/o/new"
    assert [(node.id, node.state, node.license) for node in found.repos] == [
        (
            "models/o/new",
            "present",
            (("mit", "front_matter", declared("models/o/new", "license", "mit").id),),
        ),
        ("models/old", "renamed", ()),
    ]


def test_a_gated_card_makes_the_node_gated():
    """The state of a repo is that of its info, but for the gate."""
    entries = [Entry(**(vars(info(REPO)) | {"resource": "README.md", "state": "gated"}))]

    assert lineage([], entries=entries).repos[0].state == "gated"


def test_long_chains_end():
    """A thousand generations, each linked to the first: walked once."""
    facts = [declared(f"models/a/{n}", "base_model", f"a/{n + 1}") for n in range(1000)]
    facts += [declared(f"models/a/{n}", "base_model", "a/0", "api") for n in range(1000)]

    found = read_lineage("models/a/0", [], facts, {})

    assert len(parents_of(found)) == 1000


def test_a_mention_is_named_by_its_id_its_short_id_or_how_that_begins():
    """The short one follows from the long one alone; what fits several, or none, is told in a sentence."""
    named = [mention(REPO, f"name:X{i}", "trained_on", value=f"X{i}") for i in range(20)]
    tree = read_lineage(REPO, [info(REPO)], named, {})
    first = tree.edges[0]
    # sha256 of models/m/m:trained_on:name:X0
    assert (first.id, first.short) == (f"{REPO}:trained_on:name:X0", "m-04358e")
    assert tree.mention(first.id) == tree.mention(first.short) == tree.mention(first.short[:-1]) == first

    # Of twenty names two must begin with the same of sixteen digits.
    digits = [edge.short[:3] for edge in tree.edges]
    twice = next(one for one in digits if digits.count(one) > 1)
    with pytest.raises(
        BadInputError, match=f"{twice} fits more than one mention; write one in full: {twice}"
    ):
        tree.mention(twice)
    for wrong in ("m-", "X0", "m-zzzzzz", f"{first.id}0"):
        with pytest.raises(BadInputError, match=r"is no mention of this case\. Its mentions: m-"):
            tree.mention(wrong)


def test_what_metadata_declare_is_no_mention():
    """There is nothing to decide about."""
    tree = read_lineage(REPO, [info(REPO)], [declared(REPO, "datasets", "a/b")], {})
    with pytest.raises(BadInputError, match="Its mentions: none"):
        tree.mention(tree.edges[0].short)

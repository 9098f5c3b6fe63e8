"""Repositories as people write them."""

import pytest

from duediligence.errors import BadInputError
from duediligence.repo import RepoRef, is_hub_name, kind_of, parse_repo, shown, typed


@pytest.mark.parametrize(
    ("text", "repo", "revision", "discussion"),
    [
        ("laion/clip", "models/laion/clip", None, None),
        ("gpt2", "models/gpt2", None, None),
        ("datasets/squad", "datasets/squad", None, None),
        ("models/a/b@v1.0", "models/a/b", "v1.0", None),
        ("https://huggingface.co/laion/clip/discussions/4", "models/laion/clip", None, 4),
        ("https://huggingface.co/datasets/a/b/blob/0a1b2c/README.md", "datasets/a/b", "0a1b2c", None),
        ("https://huggingface.co/a/b/tree/main", "models/a/b", None, None),
        ("hf.co/a/b", "models/a/b", None, None),
        ("https://huggingface.co/api/models/a/b", "models/a/b", None, None),
    ],
)
def test_people_point_at_a_repo_in_many_ways(
    text: str, repo: str, revision: str | None, discussion: int | None
) -> None:
    """An id, an id with a revision and any address of the Hub are read; a plain id is a model."""
    assert parse_repo(text) == RepoRef(repo=repo, revision=revision, discussion=discussion)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "spaces/a/b",
        "https://huggingface.co/spaces/a/b",
        "a/b/c",
        "../../etc/passwd",
        "a/..",
        "-x/y",
        "a/b@",
        "a/b@--upload-pack=x",
        "https://example.com/a/b",
        "file:///etc/passwd",
        "a/b\nc",
        "a/б",
        "x" * 97,
    ],
)
def test_what_is_no_repo_is_refused_with_a_sentence(text: str) -> None:
    """Spaces, other sites, paths and options never become an id."""
    with pytest.raises(BadInputError, match=r"\.$"):
        parse_repo(text)


def test_a_configured_hub_is_the_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address of the Hub named in HF_ENDPOINT is read like the public one's."""
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert parse_repo("http://127.0.0.1:9/datasets/a/b").repo == "datasets/a/b"


def test_what_the_hub_cannot_have_keeps_its_words() -> None:
    """A name out of a card that is no id is kept as a name, and nothing is asked for it."""
    assert typed("datasets", "Our own  web crawl") == "name:Our own web crawl"
    assert typed("datasets", "squad") == "datasets/squad"
    assert shown("name:YFCC100M") == "YFCC100M"
    assert kind_of("name:x/y") is None
    assert not is_hub_name("a--b")

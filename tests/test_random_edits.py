"""A thousand random edits of a card: every telling one is seen under its key, and no noise is."""

import random
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from duediligence.analysis.look import changed, same
from duediligence.facts.fact import Fact
from duediligence.facts.reading import read_card
from duediligence.history import Shown

REPO = "models/example/encoder"

DECLARED = {
    "license": ("mit", "apache-2.0", "cc-by-nc-4.0", "other"),
    "license_name": ("Harbour License", "Tide License 2"),
    "license_link": ("LICENSE.md", "https://example.org/license"),
    "datasets": ("example/harbour-photos", "example/tide-logs", "other-lab/ferry-speech"),
    "base_model": ("example/base", "other-lab/large-base"),
    "base_model_relation": ("finetune", "quantized"),
    "language": ("en", "de", "fr"),
    "pipeline_tag": ("image-classification", "feature-extraction"),
    "extra_gated_prompt": ("Tell us what it is for.", "Please say who asks."),
}
LISTS = ("datasets", "base_model", "language")

SENTENCES = {
    "training_data": (
        "The network was trained on LAION-2B-en, a set of pictures with captions.",
        "We trained the encoder on the ImageNet dataset for twelve weeks.",
        "- **Training data:** Common Voice, which volunteers recorded",
    ),
    "evaluation_data": (
        "We evaluated the network on MS COCO.",
        "Accuracy was measured on the Flickr30k dataset.",
    ),
    "base_model": ("The encoder was initialized from the weights of RoBERTa.",),
    "undisclosed_data": ("We do not disclose the training data.",),
    "personal_data": (
        "The training data contain personal data of the people in the pictures.",
        "The training data contain no personal data of the people in the pictures.",
        "E-mail addresses were removed from the training data.",
    ),
    "intended_use": (
        "The model is intended for sorting pictures by their content.",
        "The model is meant to be used as a tool for archivists.",
    ),
    "out_of_scope_use": (
        "Use in medical diagnosis is out of scope.",
        "The model must not be used for surveillance.",
    ),
    "contact": (
        "Please contact harbour@example.org with questions.",
        "For questions, write to tide@example.org.",
    ),
    "legal_basis": (
        "We rely on legitimate interests for training the model.",
        "For collecting the pictures, we rely on Article 3 of Directive (EU) 2019/790.",
        "For collecting the pictures, we rely on Article 4 of Directive (EU) 2019/790.",
    ),
    "provider": (
        "This model was developed by Example Labs GmbH in Hamburg.",
        "- **Developed by:** Harbour Institute",
    ),
}
"""Each sentence states something under its key alone."""

UNRELATED = (
    "It runs on a laptop and needs two gigabytes of memory.",
    "Larger pictures take longer, and the answer comes at once.",
    "Thanks to everybody who sent a correction.",
    "Numbers are kept in half precision to save space.",
    "The name is that of a small boat.",
    "A tokenizer with 32 thousand entries comes along.",
    "## Speed",
    "## Names\n\nThe second version is called Gull.",
    '```python\nfrom boats import load\n\nnetwork = load("gull")\n```',
    "| size | seconds |\n| --- | --- |\n| small | 2 |\n| large | 9 |",
    "- first the picture,\n- then the numbers",
    "![A gull on a pier](gull.png)",
    "<!-- written by hand -->",
)
NOISE = (
    "space",
    "wrap",
    "blank",
    "order",
    "unrelated",
    "quotes",
    "comments",
    "keys",
    "lists",
    "crlf",
    "tags",
)

Content = Mapping[tuple[str, str], frozenset[int]]
"""Which of the values or sentences stand in a card, by place (``---`` or ``prose``) and key."""


def _pool(place: str, key: str) -> tuple[str, ...]:
    return (DECLARED if place == "---" else SENTENCES)[key]


_PLACES = [("---", key) for key in DECLARED] + [("prose", key) for key in SENTENCES]


@st.composite
def _some(draw: st.DrawFn, place: str, key: str) -> frozenset[int]:
    """None, one, or where several can stand, several of them."""
    most = len(_pool(place, key)) if place == "prose" or key in LISTS else 1
    return draw(st.frozensets(st.integers(0, len(_pool(place, key)) - 1), max_size=most))


@st.composite
def edits(draw: st.DrawFn) -> tuple[Content, Content, frozenset[str], int]:
    """A card before, the same after up to four telling edits, the kinds of noise, and a seed for both."""
    before = {at: draw(_some(*at)) for at in _PLACES}
    told = draw(st.lists(st.sampled_from(_PLACES), max_size=4, unique=True))
    after = {**before, **{at: draw(_some(*at)) for at in told}}
    return before, after, draw(st.frozensets(st.sampled_from(NOISE))), draw(st.integers(0, 2**32 - 1))


def _written(content: Content, noise: frozenset[str], dice: random.Random) -> bytes:
    """The card with *content*, written with the liberties of *noise*."""
    text = (
        f"---\n{_front_matter(content, noise, dice)}---\n# A small encoder\n\n{_prose(content, noise, dice)}"
    )
    return (text.replace("\n", "\r\n") if "crlf" in noise else text).encode()


def _front_matter(content: Content, noise: frozenset[str], dice: random.Random) -> str:
    lines = []
    for (place, key), chosen in content.items():
        values = [_scalar(DECLARED[key][i], noise, dice) for i in sorted(chosen)] if place == "---" else []
        if values:
            lines.append(_field(key, values, noise, dice))
    if "tags" in noise:
        lines.append("tags:\n- boats\n- gulls\nlibrary_name: boats\n")
    if "keys" in noise:
        dice.shuffle(lines)
    if "comments" in noise:
        lines = [part for line in lines for part in (line, dice.choice(("", "# kept as it was\n", "\n")))]
    return "".join(lines) or "tags: []\n"


def _scalar(value: str, noise: frozenset[str], dice: random.Random) -> str:
    return dice.choice((value, f"'{value}'", f'"{value}"')) if "quotes" in noise else value


def _field(key: str, values: list[str], noise: frozenset[str], dice: random.Random) -> str:
    style = dice.choice(("block", "indented", "flow", "scalar")) if "lists" in noise else "block"
    if key not in LISTS or (style == "scalar" and len(values) == 1):
        return f"{key}: {values[0]}\n"
    if "lists" in noise:
        dice.shuffle(values)
    if style == "flow":
        return f"{key}: [{', '.join(values)}]\n"
    dash = "  - " if style == "indented" else "- "
    return f"{key}:\n" + "".join(f"{dash}{value}\n" for value in values)


def _prose(content: Content, noise: frozenset[str], dice: random.Random) -> str:
    blocks = [
        _joined(_reflowed(SENTENCES[key][i], noise, dice), noise, dice)
        for (place, key), chosen in content.items()
        if place == "prose"
        for i in sorted(chosen)
    ]
    others = list(UNRELATED[:4])
    if "unrelated" in noise:
        others = dice.sample(UNRELATED, dice.randrange(len(UNRELATED)))
    for other in others:
        at = dice.randint(0, len(blocks)) if "order" in noise else len(blocks)
        blocks.insert(at, _reflowed(other, noise, dice) if other in UNRELATED[:6] else other)
    if "order" in noise:
        dice.shuffle(blocks)
    return "".join(block + "\n" * (dice.randint(2, 4) if "blank" in noise else 2) for block in blocks)


def _joined(sentence: str, noise: frozenset[str], dice: random.Random) -> str:
    """The sentence alone, or in one paragraph with one that states nothing before or behind it."""
    if "joined" not in noise or sentence.startswith("-") or dice.random() < 0.5:
        return sentence
    other = dice.choice(UNRELATED[:6])
    return f"{other} {sentence}" if dice.random() < 0.5 else f"{sentence.rstrip()} {other}"


def _reflowed(sentence: str, noise: frozenset[str], dice: random.Random) -> str:
    """The words with other white space between them; a list item goes on under its own words."""
    first, *words = sentence.split(" ")
    out = first
    for i, word in enumerate(words):
        gap = " "
        if "space" in noise and dice.random() < 0.2:
            gap = dice.choice(("  ", "   ", "\t", " \u00a0"))
        if "wrap" in noise and dice.random() < 0.2 and not (first == "-" and i == 0):
            gap = "\n  " if first == "-" else "\n"
        out += (" " if first == "-" and i == 0 else gap) + word
    return out + (" " if "space" in noise and dice.random() < 0.2 else "")


def _by_key(body: bytes) -> dict[str, tuple[Fact, ...]]:
    reading = read_card(body, REPO)
    assert reading.error is None
    out: dict[str, tuple[Fact, ...]] = {}
    for fact in reading.facts:
        out[fact.key] = (*out.get(fact.key, ()), fact)
    return out


@settings(max_examples=1000, derandomize=True)
@given(edits())
def test_an_edit_is_seen_under_its_key_and_nowhere_else(
    edit: tuple[Content, Content, frozenset[str], int],
) -> None:
    """The keys whose facts differ, and the answers that need another look, are those that were edited."""
    before, after, noise, seed = edit
    expected = {key for place, key in _PLACES if before[place, key] != after[place, key]}
    old = _by_key(_written(before, frozenset(), random.Random(seed)))
    new = _by_key(_written(after, noise, random.Random(seed)))

    assert old.keys() == new.keys()
    assert {key for key in old if {*map(same, old[key])} != {*map(same, new[key])}} == expected
    answers = {key: Shown(text="?", choices=(), facts=facts) for key, facts in old.items()}
    another_look = {
        key for key, shown in answers.items() if changed(shown, "?", (), lambda _, asked: new.get(asked, ()))
    }
    assert another_look == expected


def test_each_sentence_states_something_under_its_key_alone() -> None:
    """What the edits rest on: without it a lost sentence would be no miss."""
    for key, sentences in SENTENCES.items():
        for sentence in sentences:
            found = _by_key(f"---\ntags: []\n---\n# A small encoder\n\n{sentence}\n".encode())
            stated = {one for one, facts in found.items() if any(fact.state == "stated" for fact in facts)}
            assert stated == {key}, sentence
    found = _by_key("---\ntags: []\n---\n# A small encoder\n\n{}\n".format("\n\n".join(UNRELATED)).encode())
    assert not any(fact.state == "stated" for facts in found.values() for fact in facts)

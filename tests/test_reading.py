"""From received bodies to facts: what is stated, where, and what was looked for in vain."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duediligence.evidence.manifest import STATES, Entry
from duediligence.facts.fact import Fact
from duediligence.facts.places import KEYS
from duediligence.facts.reading import read_card, read_facts, read_upstream
from duediligence.memo.keys import fact_words

CARDS = Path(__file__).parent / "cards"
REPO = "models/harbour-lab/pilot-7b-chat"
INFO = {"id": "harbour-lab/pilot-7b-chat", "gated": False, "siblings": [{"rfilename": "README.md"}]}


def read(resources, repo=REPO, states=None):
    """The facts of one repo, from resource to body; *states* for those without one."""
    bodies, entries = {}, []
    for resource, body in resources.items():
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        bodies[resource] = raw
        entries.append(entry(resource, "present" if raw else "empty", raw, len(entries) + 1, repo))
    for resource, state in (states or {}).items():
        entries.append(entry(resource, state, None, 0, repo))
    return read_facts(entries, lambda one: bodies[one.resource])


def entry(resource, state, body, number, repo=REPO):
    """One entry of a manifest."""
    return Entry(
        repo=repo,
        resource=resource,
        url=f"https://hub.example/{repo}/{resource}",
        state=state,
        revision="a" * 40,
        received_at="2026-11-22T09:14:06.130Z",
        sha256=None if body is None else hashlib.sha256(body).hexdigest(),
        length=None if body is None else len(body),
        evidence=f"E{number}" if body is not None else None,
        record=None,
    )


def stated(facts, key, source=None):
    """Values stated under *key*."""
    return [
        fact.value
        for fact in facts
        if fact.key == key and fact.state == "stated" and source in (None, fact.source)
    ]


def only(facts, key):
    """The one fact under *key*."""
    (fact,) = [fact for fact in facts if fact.key == key]
    return fact


def test_the_card_of_the_contract_gives_its_fact():
    """Id, range and quote are the published ones."""
    body = (CARDS / "contract.md").read_bytes()
    repo = "models/laion/CLIP-ViT-H-14-laion2B-s32B-b79K"

    fact = only(read({"info": INFO, "README.md": body}, repo), "training_data")

    assert len(body) == 136
    assert fact.id == "f-590136bf3e92"
    assert fact.bytes == (38, 105)
    assert fact.quote == "This model was trained on LAION-2B, the English subset of LAION-5B."
    assert fact.sha256 == "13139305ab7079bf59bac15b6c57121119873afc27035855920684e4acec5da6"
    assert (fact.value, fact.source, fact.evidence, fact.pointer) == ("LAION-2B", "prose", "E2", None)
    assert (fact.upstream, fact.relation) == ("datasets/laion/laion2B-en", "trained_on")


def test_declared_values_are_quoted_as_written():
    """A scalar with its key, an item alone, a mapping whole; country codes stay text."""
    facts = read({"info": INFO, "README.md": (CARDS / "model.md").read_bytes()})

    declared = [fact for fact in facts if fact.source == "front_matter" and "gated" not in fact.key]
    assert {fact.value: fact.quote for fact in declared if fact.key != "provider"} == {
        "other": "license: other",
        "harbour-license-2": "license_name: harbour-license-2",
        "LICENSE.md": "license_link: LICENSE.md",
        "no": "no",
        "en": "en",
        "harbour-lab/pilot-7b": "base_model: harbour-lab/pilot-7b",
        "finetune": "base_model_relation: finetune",
        "harbour-lab/tides": "harbour-lab/tides",
        "old-name": '"old-name"',
        "text-generation": "pipeline_tag: text-generation",
    }
    assert stated(facts, "extra_gated_fields") == ['{"Name":"text","I accept":"checkbox"}']


def test_prose_is_read_under_every_key():
    """What a person would underline; comments, code, citations and inspirations are not."""
    facts = read({"info": INFO, "README.md": (CARDS / "model.md").read_bytes()})

    assert stated(facts, "training_data") == ["Harbour News", "SeaTalk-2M", "TideText", "Tides"]
    assert stated(facts, "evaluation_data") == ["BuoyBench", "ShipQA"]
    assert stated(facts, "base_model", "prose") == ["pilot-encoder-small"]
    assert stated(facts, "license", "prose") == ["Harbour License 2"]
    assert stated(facts, "contact") == ["pilot@harbour.example"]
    assert stated(facts, "provider", "prose") == ["Harbour Lab", "It was developed by Harbour Lab."]
    assert stated(facts, "provider", "front_matter") == ['"Harbour" or "we" means Harbour Lab GmbH (Kiel).']
    assert stated(facts, "legal_basis") == ["We collected the logs on the basis of Art. 6(1)(f) GDPR."]
    assert stated(facts, "personal_data") == ["The logs contain the names of captains."]
    assert stated(facts, "out_of_scope_use") == ["Deciding who may land.", "Steering a ship."]
    assert "It is meant for harbour offices." in stated(facts, "intended_use")
    assert stated(facts, "undisclosed_data") == [
        "Parts of the corpus come from publicly available web pages."
    ]


def test_an_empty_heading_or_a_denial_states_nothing():
    """*More Information Needed* is no personal data, *No license in metadata* no license."""
    facts = read(
        {"info": INFO, "README.md": (CARDS / "dataset.md").read_bytes()}, "datasets/harbour-lab/tides"
    )

    assert only(facts, "personal_data").state == "absent"
    assert stated(facts, "license") == ["cc-by-4.0", "odbl"]
    assert stated(facts, "source_datasets", "prose") == ["HarbourNet", "Raw"]


def test_the_answer_of_the_api_is_read_with_pointers():
    """Values that are no text are shown as JSON; nothing that is declared oddly is lost or breaks."""
    info = {
        "gated": "manual",
        "pipeline_tag": "text-generation",
        "cardData": {
            "license": ["mit", 7, None, {"name": "x/y"}],
            "datasets": "a/b",
            "language": False,
            "base_model": {"id": "c/d"},
            "extra_gated_heading": "Ask",
        },
        "siblings": [
            {"rfilename": "LICENSE"},
            {"rfilename": "use_policy.md"},
            {"rfilename": "model.bin"},
            3,
            {},
        ],
    }

    facts = {
        (fact.key, fact.pointer, fact.value)
        for fact in read({"info": info})
        if fact.source == "api" and (fact.bytes, fact.quote) == (None, None)
    }

    assert facts == {
        ("gated", "/gated", "manual"),
        ("pipeline_tag", "/pipeline_tag", "text-generation"),
        ("license", "/cardData/license/0", "mit"),
        ("license", "/cardData/license/1", "7"),
        ("license", "/cardData/license/3", '{"name":"x/y"}'),
        ("datasets", "/cardData/datasets", "a/b"),
        ("language", "/cardData/language", "false"),
        ("base_model", "/cardData/base_model", '{"id":"c/d"}'),
        ("extra_gated_heading", "/cardData/extra_gated_heading", "Ask"),
        ("files", "/siblings/0/rfilename", "LICENSE"),
        ("files", "/siblings/1/rfilename", "use_policy.md"),
    }


@pytest.mark.parametrize(
    ("states", "card", "state"),
    [
        ({}, b"# Silent", "absent"),
        ({}, b"", "absent"),
        ({"README.md": "not_found"}, None, "absent"),
        ({"README.md": "gated"}, None, "not_reached"),
        ({"README.md": "unreachable"}, None, "not_reached"),
        ({"README.md": "unreadable"}, None, "unreadable"),
        ({}, b"---\na: 1\na: 2\n---\n# Broken", "unreadable"),
        ({}, b"\xff\xfea\0", "unreadable"),
    ],
)
def test_what_nobody_states_has_one_fact_that_says_why(states, card, state):
    """Silence, a card that cannot be read and one that was not shown are three different things."""
    bodies = {"info": INFO} | ({"README.md": card} if card is not None else {})

    fact = only(read(bodies, states=states), "datasets")

    assert (fact.state, fact.value, fact.source, fact.bytes, fact.sha256) == (state, None, None, None, None)
    assert (fact.reason is None) == (state == "absent")
    assert "E1" in fact.searched


@pytest.mark.parametrize("state", ["not_found", "gated", "disabled", "unreachable"])
def test_a_repo_that_was_not_reached_leaves_every_key_open(state):
    """One fact a key, none of them absent."""
    facts = read({}, states={"info": state, "README.md": "unreachable"})

    assert sorted({fact.key for fact in facts}) == sorted(KEYS)
    assert {fact.state for fact in facts} == {"not_reached"}


def test_broken_metadata_leaves_what_the_api_and_the_prose_say():
    """The API may have read an older card; its word is kept beside the reason."""
    info = INFO | {"cardData": {"license": "mit"}}
    card = b"---\nlicense: mit\nlicense: gpl\n---\nIt was trained on the Tide-9 corpus."

    facts = read({"info": info, "README.md": card})

    assert stated(facts, "license") == ["mit"]
    assert stated(facts, "training_data") == ["Tide-9"]
    assert only(facts, "language").reason.startswith("The metadata block cannot be read: line 3")


def test_a_renamed_id_has_no_facts():
    """It is a pointer; the repo it leads to speaks for itself."""
    old = entry("info", "renamed", None, 0, "models/old")

    assert read_facts([old], lambda _: b"") == ()


def test_a_license_file_is_told_by_its_text():
    """A common text gives its id, another one its own first line; a pointer file gives a reason."""
    mit = (
        "The MIT License\n\nCopyright (c) 2026 Harbour\n\nPermission is hereby granted, free of charge, to\n"
        "any person obtaining a copy of this software … all copies or substantial portions of the Software.\n"
        'THE SOFTWARE IS PROVIDED "AS IS".\n'
    ).encode()
    own = b"\n# Harbour License 2\n\nYou may sail.\n"

    facts = read({"info": INFO, "LICENSE": mit, "LICENSE-MODEL.md": own})
    pointer = read({"info": INFO, "LICENSE": b"version https://git-lfs.github.com/spec/v1\noid x\n"})

    assert [(fact.value, fact.quote) for fact in facts if fact.source == "license_file"] == [
        ("Harbour License 2", "Harbour License 2"),
        ("mit", "The MIT License"),
    ]
    assert only(pointer, "license").state == "unreadable"


def test_threads_about_law_are_facts_with_the_bytes_of_their_title():
    """A basis counts when the provider says *we*; questions and other people's guesses do not."""
    thread = {
        "title": "Legal basis for \u201etides\u201c \\ logs?",
        "events": [
            {"data": {"latest": {"raw": "Is this under fair use? They say the data is fair use."}}},
            {"data": {"latest": {"raw": "Hello.\nWe rely on Art. 3 DSM for collecting the data. Ask us."}}},
        ],
    }
    body = json.dumps(thread).encode()

    facts = read({"info": INFO, "discussions/4": body, "discussions/5": {"title": "Great model"}})

    (title,) = [fact for fact in facts if fact.key == "discussion"]
    (basis,) = [fact for fact in facts if fact.key == "legal_basis"]
    assert (title.value, title.pointer, title.file) == (thread["title"], "/title", "discussions/4")
    assert body[slice(*title.bytes)].decode() == title.quote == json.dumps(thread["title"])
    assert basis.value == "We rely on Art. 3 DSM for collecting the data."
    assert body[slice(*basis.bytes)].decode() == basis.quote == basis.value
    assert basis.pointer == "/events/1/data/latest/raw"


@pytest.mark.parametrize(
    "sentence",
    [
        "Is this covered by fair use?",
        "We do not know whether fair use applies to the data.",
        "Further testing norms are needed to ensure its fair use.",
        "See the text and data mining exception in the law.",
        "You must obtain informed consent before collecting data.",
        "If Art. 6(1)(f) GDPR applies, data may be processed.",
    ],
)
def test_a_question_or_a_bare_mention_is_no_legal_basis(sentence):
    """Only who claims a basis has stated one."""
    assert only(read_card(sentence.encode(), REPO).facts, "legal_basis").state == "absent"


@pytest.mark.parametrize(
    "sentence",
    [
        "The images were collected under § 60d UrhG.",
        "Our legal basis for processing the data is legitimate interest.",
        "We rely on the text and data mining exception for crawling.",
        "The corpus was compiled in accordance with Article 3 of the DSM Directive.",
        "We consider training on this data to be fair use.",
        "We rely on Section 60d of the Copyright Act for mining the pages.",
    ],
)
def test_a_claimed_basis_is_stated_as_it_stands(sentence):
    """The whole sentence is value and quote."""
    fact = only(read_card(sentence.encode(), REPO).facts, "legal_basis")

    assert fact.value == fact.quote == sentence


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("- **License:** Apache 2.0", ["Apache 2.0"]),
        ("The model is released under the MIT license.", ["MIT license"]),
        ("## License\n\n[CC BY-NC-SA 4.0](https://x.example)", ["CC BY-NC-SA 4.0"]),
        ("It is available under Apache-2.0 and CC-BY-4.0 licenses.", ["Apache-2.0", "CC-BY-4.0 license"]),
        ("This code repository is licensed under the MIT License.", []),
        ("The code is MIT licensed, the weights are released under CC BY-NC 4.0.", ["CC BY-NC 4.0"]),
        ("The weights are Apache-2.0 licensed.", ["Apache-2.0"]),
        ("It is MIT-licensed and free to use.", ["MIT"]),
        ("It is not MIT-licensed.", []),
        ("Our library is MIT-licensed.", []),
        ("The model is not licensed for medical use.", []),
        ("Weights: Apache-2.0", ["Apache-2.0"]),
        ("- Code: MIT\n- **Weights:** CC BY-NC 4.0.", ["CC BY-NC 4.0"]),
        ("Weights: see the MIT-licensed library.", []),
        ("## License\n\nWeights: Apache 2.0. Letters: CC-BY-4.0.", ["Apache 2.0"]),
        ("It is released under the same license as its parent.", []),
        ("The model is released under Apache 2.0.", ["Apache 2.0"]),
        ("Photos published under CC BY 2.0 were collected.", []),
        ("The logbook was published under embargo.", []),
        ("No license in metadata.", []),
        ("**License:** More information needed", []),
        ("## License\n\nLicense to follow.", []),
        ("Please respect the license of your country.", []),
    ],
)
def test_prose_states_a_license_only_for_the_work_itself(line, values):
    """Not for its code, not for a missing one."""
    assert stated(read_card(line.encode(), REPO).facts, "license") == values


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("All user names and e-mail addresses of the captains were removed.", True),
        ("The logs are public and may contain names of their authors.", True),
        ("Phone numbers were redacted in the letters.", True),
        ("Speakers gave their consent before they were recorded.", True),
        ("The faces on the harbour photos were blurred.", True),
        ("The images show identifiable people on the quay.", True),
        ("The letters consist of emails of some hundred pilots.", True),
        ("All names and addresses were removed before release.", True),
        ("The speakers agreed to be recorded.", True),
        ("The training pictures show sailors and people who can be recognized.", True),
        ("The captions hold names and e-mail addresses.", True),
        ("The data contains faces of children and patients.", True),
        ("The pictures show real people, among them children.", True),
        ("The dataset has scans of hospital patients in it.", True),
        ("The pictures show boats and people on the quay.", False),
        ("The data includes pictures of children's toys.", False),
        ("The data holds stories for children.", False),
        ("The model finds names of people in texts.", False),
        ("By asking for access you agree that we keep your e-mail addresses.", False),
        ("Do not use it to make texts that contain phone numbers.", False),
        ("It shows faces of people in the style of a comic.", False),
    ],
)
def test_details_of_people_in_the_data_are_personal_data(sentence, said):
    """Held, taken out or agreed to; what a model does with its input, and rules for users, are not."""
    fact = only(read_card(sentence.encode(), REPO).facts, "personal_data")

    assert (fact.state == "stated") is said


@pytest.mark.parametrize(
    "sentence",
    ["Write to {} to object.", "To opt out, use {}.", "Objections go to {}.", "You can write us at {}."],
)
def test_an_address_to_object_at_is_a_contact(sentence):
    """Where people can object, the provider can be reached."""
    card = f"The captions hold names and e-mail addresses.\n{sentence.format('privacy@harbour.example')}"

    assert stated(read_card(card.encode(), REPO).facts, "contact") == ["privacy@harbour.example"]


def test_a_place_of_machines_is_not_the_providers():
    """Neither is a region tag or an account name."""
    card = b"Training was done on a supercomputer located in Berlin, funded by a foundation based in Kiel."

    assert only(read_card(card, REPO).facts, "provider").state == "absent"


def test_upstream_is_followed_when_declared_or_accepted():
    """What only prose names is asked for, not followed; what a person rejected is not even asked for."""
    card = (
        b"---\ndatasets: [a/b, original name, https://huggingface.co/datasets/c/d]\nbase_model: e/f\n---\n"
        b"It was trained on the [G](https://huggingface.co/datasets/g/h) dataset and the "
        b"[I](https://huggingface.co/datasets/i/j) dataset.\n"
        b"It was evaluated on the [K](https://huggingface.co/datasets/k/l) dataset."
    )

    found = read_upstream(
        "models/m/n",
        {"README.md": card, "info": b"{}"},
        accepted=["models/m/n:trained_on:datasets/g/h"],
        rejected=["models/m/n:trained_on:datasets/i/j", "models/m/n:derived_from:models/e/f"],
    )

    assert [(one.repo, one.follow) for one in found] == [
        ("datasets/a/b", True),
        ("datasets/c/d", True),
        ("models/e/f", False),
        ("datasets/g/h", True),
    ]


def test_a_card_by_itself_says_whether_it_can_be_read():
    """For authors who look at their own card."""
    broken = read_card(b"---\na: [\n---\nIt was trained on the Tide-9 corpus.", REPO)

    assert (broken.state, broken.error is not None) == ("unreadable", True)
    assert [fact.upstream for fact in broken.mentions] == ["name:Tide-9"]
    assert read_card(b"", REPO).state == "empty"
    assert read_card(b"# Hello", REPO).state == "present"


_json = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_keys = st.sampled_from(
    ("license", "datasets", "base_model", "gated", "siblings", "cardData", "title", "language")
)


@given(st.dictionaries(_keys, _json | st.dictionaries(_keys, _json, max_size=4), max_size=6))
def test_no_answer_of_the_api_breaks_the_reader(info):
    """Any JSON gives facts that are valid JSON and can be read back."""
    facts = read({"info": info, "discussions/1": info, "README.md": b"# A"})

    assert {fact.key for fact in facts} >= set(KEYS)
    for fact in facts:
        assert Fact.from_json(json.loads(json.dumps(fact.to_json()))) == fact


@given(st.text(st.sampled_from("-:#[](){}*`|.,\n \"'aBtrained on the Tide-9 dataset license"), max_size=300))
def test_no_card_breaks_the_reader(text):
    """Every quote is the bytes it points at; every key nobody states has one fact."""
    body = text.encode()

    for fact in read_card(body, REPO).facts:
        if fact.bytes:
            assert body[slice(*fact.bytes)].decode("utf-8", "replace") == fact.quote
        assert (fact.value is None) == (fact.state != "stated")


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_a_card_gives_every_key(state):
    """None is forgotten, none is guessed."""
    body = b"# A" if state in ("present", "empty") else None
    entries = [entry("info", "present", b"{}", 1), entry("README.md", state, body, 2)]

    facts = read_facts(entries, lambda one: b"{}" if one.resource == "info" else b"# A")

    assert {fact.key for fact in facts} == set(KEYS)


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("We advise against building finished products with it.", True),
        ("For research only, do not use commercially.", True),
        ("For research only; commercial use is not permitted.", True),
        ("MIT. Non-commercial use only.", True),
        ("Not for commercial use.", True),
        ("This model can be used commercially.", False),
        ("It is not a commercial product.", False),
        ("The model is intended for research purposes only.", False),
        ("The makers do not recommend using the weights in production.", True),
        ("They caution users against deploying it in harbours.", True),
        ("Compared against other models, it uses less memory.", False),
        ("We recommend using the newest version of the tool.", False),
    ],
)
def test_advice_against_a_use_is_a_use_that_is_out_of_scope(sentence, is_one):
    """Wherever it stands in the card; praise and comparison are none."""
    facts = read_card(f"# A model\n\n## Data\n\n{sentence}\n".encode(), "models/a/b").facts

    assert any(one.key == "out_of_scope_use" and one.state == "stated" for one in facts) is is_one


def test_a_prohibition_under_a_heading_on_use_is_no_intended_use():
    """What must not be done with it is not what it is meant for."""
    facts = read_card(b"## Use\n\nDo not use it to identify sailors.\n", "models/a/b").facts

    assert {one.key for one in facts if one.state == "stated"} == {"out_of_scope_use"}


@pytest.mark.parametrize(
    ("sentence", "is_use"),
    [
        ("The model was first fine-tuned on a cleaned part of the Tides dataset.", False),
        ("We then further aligned the model with a trainer of ours on the Tides letters.", False),
        ("You can find the datasets used for training it here.", False),
        ("Note: it has been trained on more languages than these.", False),
        ("The model was trained to answer questions about tides.", True),
        ("It was trained on tide tables and can be used by pilots.", True),
        ("It is fine-tuned for letters from harbours.", True),
        ("It is mostly meant to be fine-tuned on a task of your own.", True),
        ("Pilots may tune it with letters of their own.", True),
        ("Research on models that were trained with few letters could gain from it.", True),
        ("Answering letters.", True),
        ("It is used for training pilots' models.", True),
    ],
)
def test_how_it_was_trained_is_no_use(sentence, is_use):
    """Wherever it stands; what it was trained for, and a use told in the same breath, are one."""
    card = f"## Intended uses & limitations\n\n{sentence}\n"
    facts = read_card(card.encode(), "models/a/b").facts

    assert any(one.key == "intended_use" and one.state == "stated" for one in facts) is is_use


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("You agree to not attempt to determine the identity of speakers in this dataset.", True),
        ("By downloading it you agree not to identify anybody.", True),
        ("Users undertake never to pass the recordings on.", True),
        ("You must not share the letters with others.", True),
        ("Recipients are not allowed to publish the photos.", True),
        ("Do not attempt to re-identify the pilots.", True),
        ("The recordings must not be redistributed.", True),
        ("Redistribution is not allowed.", True),
        ("Do not use it to find out where pilots live.", True),
        ("We do not use the test set for any tasks downstream.", False),
        ("The annotators did not agree on how to label the photos.", False),
        ("You may not need a machine of your own.", False),
        ("You agree to be named in the list of readers.", False),
        ("It may not be accurate for small harbours.", False),
        ("Users agree on most labels, but not to all.", False),
        ("Annotators were told not to try to identify anybody.", False),
        ("You may not use the recordings to clone voices.", True),
    ],
)
def test_a_duty_in_the_words_of_the_card_is_a_limit_of_use(sentence, is_one):
    """Whoever takes the data is told what not to do with it; what may go wrong is no duty."""
    facts = read_card(f"## Personal and Sensitive Information\n\n{sentence}\n".encode(), "datasets/a/b").facts

    assert any(one.key == "out_of_scope_use" and one.state == "stated" for one in facts) is is_one


def test_a_data_set_declares_its_task_under_keys_of_its_own():
    """It has no pipeline tag, so the silence of that key is not that of the task."""
    card = b"---\ntask_categories:\n- text-generation\ntask_ids: [language-modeling]\n---\n# Tides\n"
    info = INFO | {"cardData": {"task_categories": ["text-generation"]}}

    facts = read({"info": info, "README.md": card}, "datasets/harbour-lab/tides")
    (tag,) = [fact for fact in facts if fact.key == "pipeline_tag"]

    assert stated(facts, "task_categories") == ["text-generation", "text-generation"]
    assert stated(facts, "task_ids", "front_matter") == ["language-modeling"]
    assert "/cardData/task_categories/0" in {fact.pointer for fact in facts}
    assert (tag.state, fact_words(tag)) == ("absent", "pipeline tag")


def test_the_task_is_looked_for_in_data_sets_alone():
    """A model declares its own with a tag."""
    silent = {"info": INFO, "README.md": b"# A"}

    assert only(read(silent, "datasets/a/b"), "task_categories").state == "absent"
    assert "task_categories" not in {fact.key for fact in read(silent)}


def test_the_name_of_a_license_is_no_training_data():
    """Not behind a label that speaks of data either."""
    facts = read_card(b"## License\n\nData: CC-BY-4.0.\n", "models/a/b").facts

    assert not [one for one in facts if one.key == "training_data" and one.state == "stated"]


def test_who_developed_it_opens_a_sentence_without_a_label():
    """*Developed by X.* is what the label says, written as a sentence."""
    for sentence in (
        "Developed by Quay Systems GmbH, Kiel.",
        "Quay Systems GmbH is the provider of this model.",
    ):
        assert stated(read_card(sentence.encode(), REPO).facts, "provider") == [sentence]


def test_a_label_broken_over_lines_is_a_label():
    """How a card is wrapped, and how wide its gaps are, says nothing."""
    for label in (
        "**Developed by:** Harbour",
        "**Developed\n  by:** Harbour",
        "**Developed \t by:**\n  Harbour",
    ):
        card = f"---\nlicense: mit\n---\n# Card\n\n- {label} Institute\n".encode()
        (provider,) = [fact for fact in read_card(card, REPO).facts if fact.key == "provider"]
        assert provider.value == "Harbour Institute"


_OUT = "## Out-of-Scope Use\n\n"


@pytest.mark.parametrize(
    "fragment",
    [
        "As per the models of the harbour,",
        "Further to this, the data have other limits, see below.",
        "They are:",
    ],
)
def test_a_fragment_that_announces_nothing_is_no_use(fragment):
    """What breaks off or only points elsewhere states no use, whatever heading it stands under."""
    facts = read_card(f"{_OUT}{fragment}\n\nSurveillance of ports.\n".encode(), REPO).facts

    assert stated(facts, "out_of_scope_use") == ["Surveillance of ports."]


def test_an_item_that_ends_with_a_comma_is_a_use():
    """Lists are often written so."""
    facts = read_card(f"{_OUT}- Spam,\n- threats.\n".encode(), REPO).facts

    assert stated(facts, "out_of_scope_use") == ["Spam,", "threats."]


@pytest.mark.parametrize(
    ("sentence", "permits"),
    [
        ("Commercial deployment is welcome.", True),
        ("You may use it for boats.", True),
        ("Everyone is free to adapt it.", True),
        ("Commercial use is not allowed.", False),
        ("Use is permitted only for research.", False),
        ("You may use it if you ask us.", False),
        ("Surveillance is out of scope, see below.", False),
    ],
)
def test_a_sentence_that_permits_is_not_out_of_scope(sentence, permits):
    """A permission with a limit stays where it stands."""
    facts = read_card(f"{_OUT}{sentence}\n".encode(), REPO).facts

    assert stated(facts, "intended_use" if permits else "out_of_scope_use") == [sentence]
    assert only(facts, "out_of_scope_use" if permits else "intended_use").state == "absent"


def test_what_data_were_made_for_is_no_word_on_keeping_them_secret():
    """The aim of a data set that the card names, and data of public sources beside it."""
    named = "## Training Data\n\nIt was trained on the Tides-2 dataset.\n\n"
    aim = "Our motivation is to open up research on datasets crawled from the public internet.\n"
    facts = read_card(f"{named}{aim}".encode(), REPO).facts
    assert only(facts, "undisclosed_data").state == "absent"

    facts = read_card(f"{named}Further data come from public sources.\n".encode(), REPO).facts
    assert only(facts, "undisclosed_data").state == "stated"


def test_who_built_the_training_corpus_provides_no_model():
    """What is said of the data somebody trained on names no provider of the model."""
    card = b"The training corpus, Zorban-10K, was built by the team of Harbour Lab."
    assert only(read_card(card, REPO).facts, "provider").state == "absent"


def test_who_made_the_data_provides_no_model():
    """*Trained on X, a dataset created by Y* names no provider; *this dataset was created by Y* does."""
    card = b"Keel-J was trained on Zorban-7K, a large-scale dataset created by Harbour Lab."
    assert only(read_card(card, REPO).facts, "provider").state == "absent"
    assert (
        only(read_card(b"This dataset was created by Harbour Lab.", REPO).facts, "provider").state == "stated"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Such letters carry names, addresses and phone numbers, so every document was pseudonymized.",
        "PII was redacted from the source files.",
        "Consent was waived because the radiographs had been anonymized.",
        "Names of natural persons are already replaced in the documents.",
        "The speaker agreed to this use in a written contract.",
        "They show real people who signed a model release.",
        "The conversations can contain private details of those who wrote them.",
        "It holds conversations between doctors and patients.",
        "Each post comes with the blogger's self-provided gender and age.",
        "We label all recognizable faces in the dataset.",
        "Ce corpus ne contient aucune donn\u00e9e personnelle.",
        "Los datos no contienen datos personales.",
        "The user mentions were substituted by @USER in the corpus.",
        "Data de-identification was performed.",
        "The dataset could contain sensitive health-related information.",
    ],
)
def test_people_in_the_data_are_spoken_of_in_many_words(text):
    """What was taken out, agreed to or kept of people is a statement on personal data."""
    assert only(read_card(text.encode(), REPO).facts, "personal_data").state == "stated"


def test_what_announces_a_list_leaves_nothing_unnamed():
    """*On a blend of public data:* is followed by what it is made of."""
    card = b"It was trained on a blend of public data:\n- Zorban-7K\n- KeluMivo\n"
    assert only(read_card(card, REPO).facts, "undisclosed_data").state == "absent"
    secret = b"We do not disclose the composition of the training set."
    assert only(read_card(secret, REPO).facts, "undisclosed_data").state == "stated"


def test_what_stands_behind_a_bold_label_stands_under_it():
    """The second sentence behind *Out of scope:* is out of scope as the first is."""
    card = b"## Intended use\n\n**Out of scope:** Use that violates laws. Use in languages other than Norse."
    facts = read_card(card, REPO).facts
    assert len(stated(facts, "out_of_scope_use")) == 2
    assert only(facts, "intended_use").state == "absent"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("## Intended use\n\nThe model was not trained to follow instructions.", "intended_use"),
        ("You must not use the model to collect or disclose personal data.", "undisclosed_data"),
        ("Note that outputs of Keel models may not be used to develop other models.", "generated_by"),
        ("**Does it contain PII?**\n\nSee below.", "personal_data"),
        ("**Paper:** [Finding Names in Norse Health Records](https://x.example)", "personal_data"),
        ("We tokenize with `TideTokenizer` and use it to translate signs.", "generated_by"),
        ("It was tuned on top of Tidal's KEEL-200-distilled-600M.", "generated_by"),
        ("The notice is preserved verbatim in the license file beside the training data.", "memorization"),
        ("They are not covered by the code license.", "license"),
        ("The underlying letter model was created by Harbour Lab.", "provider"),
        ("We developed this model during a week of tides.", "provider"),
        ("## Uses\n\nSee the [list](https://x.example) of tuned versions.", "intended_use"),
        ("## Uses\n\nIt has been tested on sorting and set a new record.", "intended_use"),
        ("**Are there tasks for which the data should not be used?**", "out_of_scope_use"),
        ("# Keel tuned on Tide Questions\n\nIt corresponds to this [page](https://x.example).", "contact"),
        ("The data is human generated using Amazon Mechanical Turk.", "generated_by"),
        ("The data are the output of an NMT model.", "generated_by"),
        ("Both models were trained on the same dataset.", "undisclosed_data"),
        ("It was trained with code provided in [the tutorial](https://x.example).", "undisclosed_data"),
    ],
)
def test_rules_limits_and_questions_state_nothing_else(text, key):
    """What users must not do, what a model was not made for, what is asked: none says more than that."""
    assert only(read_card(text.encode(), REPO).facts, key).state == "absent"


def test_the_license_of_the_code_is_not_that_of_the_weights():
    """Where one sentence gives two licenses, each is of its own part."""
    card = b"The weights are released under CC BY-NC 4.0, the code in this repository under MIT."
    assert stated(read_card(card, REPO).facts, "license") == ["CC BY-NC 4.0"]


def test_a_table_of_properties_says_what_labels_say():
    """Provider, license and contact stand in a row of two cells as they stand behind a label."""
    table = (
        "| Property | Value |\n|---|---|\n| Developed by | Tidal Labs |\n| **License** | Apache 2.0 |\n"
        "| Contact | team@tidal.example |\n| Training data | not disclosed |\n| Intended use | Tides |\n"
    )
    facts = read_card(table.encode(), REPO).facts
    assert stated(facts, "provider") == ["Tidal Labs"]
    assert stated(facts, "license") == ["Apache 2.0"]
    assert stated(facts, "contact") == ["team@tidal.example"]
    assert only(facts, "provider").quote == "Developed by | Tidal Labs"
    assert {only(facts, key).state for key in ("undisclosed_data", "intended_use")} == {"stated"}
    scores = b"| Benchmark | Score |\n|---|---|\n| License | 33.1 |\n| Intended use | 12.0 |\n"
    facts = read_card(scores, REPO).facts
    assert {only(facts, key).state for key in ("license", "intended_use")} == {"absent"}


@pytest.mark.parametrize(
    ("card", "key", "values"),
    [
        (
            "Model was trained by **Tidal Research** team.",
            "provider",
            ["Model was trained by Tidal Research team."],
        ),
        ("Tidal Labs developed this model.", "provider", ["Tidal Labs developed this model."]),
        ("**Point of Contact:** [Lab](tides@lab.example)", "contact", ["tides@lab.example"]),
        ("For questions write to us: <tides@lab.example>.", "contact", ["tides@lab.example"]),
        ("It CANNOT be used commercially.", "out_of_scope_use", ["It CANNOT be used commercially."]),
        (
            "Zorban should not be used to find out who somebody is.",
            "out_of_scope_use",
            ["Zorban should not be used to find out who somebody is."],
        ),
    ],
)
def test_who_made_it_and_where_to_write_in_more_words(card, key, values):
    """Links without a scheme and addresses in angle brackets are addresses."""
    assert stated(read_card(card.encode(), REPO).facts, key) == values


def test_the_license_of_the_training_data_is_not_that_of_the_model():
    """A label *License* under *Training data* is about the data, in a model's card."""
    card = b"## Training data\n\n- **License:** CC BY-NC 4.0\n"
    assert only(read_card(card, REPO).facts, "license").state == "absent"
    assert stated(read_card(card, "datasets/keel/tides").facts, "license") == ["CC BY-NC 4.0"]


def test_use_cannot_be_commercial_in_short_words_too():
    """*Isn't allowed* is *is not allowed*."""
    assert stated(read_card(b"Commercial use isn't allowed.", REPO).facts, "out_of_scope_use")

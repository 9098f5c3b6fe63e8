"""The legal-basis matrix: claims as claims, silence as silence, nothing carried from one act to another."""

import json
from dataclasses import replace

import pytest

from duediligence.analysis import questionnaire
from duediligence.analysis.findings import apply_rules
from duediligence.analysis.matrix import Cell, Line, Matrix, matrix
from duediligence.knowledge.reader import load_law
from tests.situations import DATASET, DAY, MODEL, PARENT, edge, silent, situation, stated

LAW = load_law(DAY)


def _made(facts=(), answers=None, edges=()) -> Matrix:
    given = situation(LAW, facts=facts or [silent("legal_basis")], answers=answers, edges=edges)
    asked = questionnaire.ask(given)
    return matrix(given, asked, apply_rules(given, asked))


def _line(made: Matrix, id: str) -> Line:
    (line,) = (line for place in made.places for line in place.lines if line.id == id)
    return line


def _cell(made: Matrix, id: str, regime: str = "copyright") -> Cell:
    return next(cell for cell in _line(made, id).cells if cell.regime == regime)


def test_silence_says_where_we_looked():
    """Nothing stated is a statement about what was searched."""
    cell = _cell(_made(), "eu.releaser.publish")

    assert (cell.state, cell.searched) == ("nothing_stated", ("E2",))
    assert cell.words[0] == "Nothing stated in what was read. Searched: E2."


@pytest.mark.parametrize("state", ["unreadable", "not_reached"])
def test_what_could_not_be_read_is_not_silence(state):
    """A card nobody could read may hold a basis."""
    assert _cell(_made([silent("legal_basis", state=state)]), "eu.trainer.train").state == "could_not_look"


def test_what_was_read_and_what_was_not_are_told_apart_by_name():
    """A gated parent does not make the card unread, and is named with why; evidence is of what was read."""
    parent = replace(silent("legal_basis", PARENT, "not_reached"), reason="It is gated.")
    made = _made([silent("legal_basis"), parent], edges=[edge(MODEL, "finetuned_from", PARENT)])
    cell = _cell(made, "eu.trainer.train")

    assert (cell.state, cell.searched) == ("could_not_look", ("E2",))
    assert cell.words == (
        "Nothing stated in what was read of laion/CLIP-ViT-H-14-laion2B-s32B-b79K. Searched: E2.",
        "Not read, though it may say one: openai/clip-vit-large-patch14 (it is gated).",
    )


def test_a_claim_for_one_act_does_not_fill_another():
    """A basis named for collecting says nothing about publishing the weights."""
    made = _made(answers={"provider.legal-basis@collect": ("research_tdm",)})

    claimed = _cell(made, "eu.compiler.collect")
    assert claimed.state == "claimed"
    assert claimed.words[0].startswith("Claimed: ") and "so A. Example says" in claimed.words[0]
    assert claimed.rests_on[0]["answer"] == "provider.legal-basis"
    assert _cell(made, "eu.releaser.publish").state == "nothing_stated"


def test_a_claim_under_one_regime_does_not_fill_another():
    """Legitimate interests are no answer to copyright; an exception for mining none to data protection."""
    made = _made(answers={"provider.legal-basis@train": ("legitimate_interests",)})

    assert _cell(made, "eu.trainer.train", "data_protection").state == "claimed"
    assert _cell(made, "eu.trainer.train", "copyright").state == "nothing_stated"


def test_a_sentence_of_the_card_is_quoted_and_gives_no_act_away():
    """What the card says is printed with its evidence; which act it covers is for a person to say."""
    made = _made([stated("legal_basis", "section 60d", source="prose")])
    cell = _cell(made, "eu.releaser.publish")

    assert cell.state == "claimed_generally"
    assert cell.words[0].startswith("A basis is spoken of (E2)") and "60d" not in cell.words[0]
    assert [one.words for one in made.quoted] == ["legal_basis: section 60d"]
    assert "quoted below" in made.sentence


def test_not_knowing_names_who_can_say():
    """The answer unknown stays open, and is no silence of the provider."""
    cell = _cell(_made(answers={"provider.legal-basis@publish": "unknown"}), "eu.releaser.publish")

    assert (cell.state, cell.words[0]) == ("not_known", "Not known.")


def test_the_sentence_above_counts_what_the_cells_say():
    """Six acts of compiler, trainer and releaser; one is claimed, five are left."""
    acts = "acts of compiler, trainer and releaser"
    assert _made().sentence == f"Nobody is recorded to have named a basis for 6 of 6 {acts}."

    one = _made(answers={"provider.legal-basis@publish": ("license",)})
    assert one.sentence == f"Nobody is recorded to have named a basis for 5 of 6 {acts}."


def test_places_are_in_play_when_an_answer_lies_there():
    """The Union is always shown; others when somebody named a place in them."""
    played = {one.place: one.in_play for one in _made(answers={"use.offer-places": ("US-CA",)}).places}

    assert played == {"eu": True, "uk": False, "us": True}


def test_disputes_stand_with_the_court_or_author_on_the_other_side():
    """A contested finding says so, with what is against it; a gap is open and not disputed."""
    made = _made(
        answers={
            "use.role": ("rightsholder",),
            "copyright.exception@collect": "dsm_4",
            "rightsholder.reservation": ("headers",),
            "rightsholder.reserved-since": "2020",
            f"dataset.collected-on@{DATASET}": "2021",
            f"dataset.collected@{DATASET}": ("crawled",),
        },
        edges=[edge(MODEL, "trained_on", DATASET)],
    )
    cell = _cell(made, "eu.compiler.collect")

    assert cell.disputed
    assert any("Against: District Court Amsterdam" in one for one in cell.words)


def test_suno_carries_no_row_on_weights_to_download_and_getty_none_on_memorization():
    """Suno decided on a hosted service; Getty rests on a concession and reads section 27."""
    cited = {row.id: row.authorities for row in LAW.matrix}

    assert {id for id, sources in cited.items() if "DE-GEMA-SUNO" in sources} == {"eu.releaser.hosted"}
    assert {id for id, sources in cited.items() if "UK-GETTY" in sources} == {"uk.releaser.publish"}
    assert not [row for row in LAW.matrix if "19a" in " ".join(row.could.values())]


def test_every_row_has_who_must_prove_and_every_disputed_cell_its_findings():
    """Nothing in the grid hangs in the air; and it is JSON from the first key on."""
    made = _made(answers={"use.role": ("user",), "use.offer-places": ("DE", "GB", "US")})
    whole = json.loads(json.dumps(made.to_json()))

    assert next(iter(whole)) == "schema"
    for place in made.places:
        for line in place.lines:
            assert line.burden and line.evidence and line.authorities
            assert all(cell.findings for cell in line.cells if cell.disputed or cell.state == "findings")


def test_the_table_has_a_row_for_each_act_and_a_column_for_each_regime():
    """For whoever works on in pandas."""
    table = _made().table()

    assert len(table) == len(LAW.matrix)
    assert {"place", "actor", "act", "copyright", "data_protection", "burden"} <= set(table.columns)


def test_a_basis_of_one_place_does_not_fill_another():
    """Section 60d is no law of the US; there the claim stands as one under the law of another place."""
    made = _made(answers={"copyright.exception@collect": "dsm_3"})

    assert _cell(made, "eu.compiler.collect").state == "claimed"
    assert _cell(made, "us.compiler.collect").state == "claimed_elsewhere"
    assert "the law of another place" in _cell(made, "uk.compiler.collect").words[0]
    assert made.sentence.startswith("Nobody is recorded to have named a basis for 5 of 6 acts")


def test_a_person_who_says_none_is_heard():
    """The answer none is a statement; what was searched stands behind it, not in its place."""
    cell = _cell(_made(answers={"provider.legal-basis@publish": ("none",)}), "eu.releaser.publish")

    assert (cell.state, cell.searched) == ("nothing_stated", ("E2",))
    assert cell.words[0] == "None is named; so A. Example says."
    assert cell.rests_on[0]["answer"] == "provider.legal-basis"


def test_what_does_not_apply_is_not_what_was_not_asked():
    """Rules that were looked at and do not apply are told apart from a cell no rule speaks of."""
    made = _made(answers={"use.role": ("user",), "data.personal": "no"})
    states = {cell.state for place in made.places for line in place.lines for cell in line.cells}

    assert {"does_not_apply", "not_asked"} <= states
    for place in made.places:
        for line in place.lines:
            for cell in line.cells:
                assert cell.state != "does_not_apply" or cell.words == (
                    "No rule on this act applies to what is recorded.",
                )


def test_two_answers_are_unsure_and_count_as_neither():
    """An answer beside another one is no basis named, and no silence."""
    given = situation(
        LAW, facts=[silent("legal_basis")], answers={"provider.legal-basis@publish": ("license",)}
    )
    at = ("provider.legal-basis", "publish")
    (one,) = given.answers[at]
    given = replace(given, answers={at: (one, replace(one, value=("fair_use",), event="0000000f"))})
    asked = questionnaire.ask(given)
    made = matrix(given, asked, apply_rules(given, asked))

    assert _cell(made, "eu.releaser.publish").state == "unsure"
    assert "for 5 of 6 acts" in made.sentence and "For 1 an answer needs another look" in made.sentence


def test_each_actor_is_read_in_repos_of_its_own():
    """What the base model's card says is the trainer's, what the dataset's says the compiler's."""
    facts = [
        silent("legal_basis"),
        stated("legal_basis", "fair use", repo=DATASET, source="prose"),
    ]
    made = _made(facts, edges=[edge(MODEL, "trained_on", DATASET)])

    assert _cell(made, "eu.compiler.collect").state == "claimed_generally"
    assert _cell(made, "eu.trainer.train").state == "nothing_stated"
    assert _cell(made, "eu.releaser.publish").state == "nothing_stated"


def test_every_rule_has_a_row_in_the_places_it_belongs_to():
    """No finding falls out of the table because nobody wrote its row."""
    belongs = {"eu": ("eu", "de", "at", "any"), "uk": ("uk", "any"), "us": ("us", "any")}
    rows = {(row.place, row.actor, row.act) for row in LAW.matrix}
    named = {(row.place, id) for row in LAW.matrix for id in row.rules}

    assert not [
        (place, rule.id)
        for place, counted in belongs.items()
        for rule in LAW.rules
        if rule.jurisdiction in counted
        and (place, rule.actor, rule.act) not in rows
        and (place, rule.id) not in named
    ]


def test_a_row_of_its_own_takes_the_rules_it_names():
    """What a court said of a hosted service stands in the row on hosted services, and only there."""
    held = "copyright.hosted-service-in-germany"
    made = _made(
        answers={
            "use.role": ("user",),
            "use.passes-on": ("hosted_access",),
            "use.offer-places": ("DE",),
            "output.kind": "content",
            "copyright.output-shown": "yes",
        }
    )
    shown = [
        line.id
        for place in made.places
        for line in place.lines
        for cell in line.cells
        if (held, None) in cell.findings
    ]

    assert shown == ["eu.inference"]

"""Dates that can end a matter: when they run, how they are counted, and what is said when they cannot be."""

from datetime import date

import pytest

from duediligence.analysis.keydate import KeyDate
from duediligence.analysis.situation import Finding
from duediligence.knowledge.reader import load_law
from tests.situations import DATASET, DAY, MODEL, PARENT, edge, finding, findings, situation, source
from tests.situations import law as small_law
from tests.situations import rule as small_rule

_RIGHTSHOLDER = {"use.role": ("rightsholder",), "rightsholder.places": ("DE",)}
_LETTER = {
    "use.role": ("data_subject",),
    "letter.to@letter:1": "provider",
    "letter.named-rights@letter:1": ("art_15",),
    "letter.reply@letter:1": "none",
}


def _dates(answers, as_of: date = DAY) -> dict[str, KeyDate]:
    found = findings(situation(load_law(as_of), answers=answers))
    return {one.id if one.about is None else f"{one.id}@{one.about}": one for one in found.dates}


def test_knowledge_in_2023_ends_claims_on_31_december_2026():
    """The date that can end the matter comes first, with how it was counted."""
    found = findings(situation(load_law(DAY), answers=_RIGHTSHOLDER | {"matter.known-since": "2023-02-01"}))
    limitation = next(one for one in found.dates if one.id == "period.german-limitation")

    assert (limitation.state, limitation.last) == ("running", date(2026, 12, 31))
    assert limitation.counted == "three years from the end of 2023, the year of first knowledge"
    assert {one.kind for one in found.dates[:2]} == {"period"}
    assert limitation.rests_on[-1]["answer"] == "matter.known-since"


def test_a_limitation_that_has_passed_is_said_to_counsel():
    """Two days later the memo says so; it does not go silent."""
    after = _dates(_RIGHTSHOLDER | {"matter.known-since": "2023-02-01"}, date(2027, 1, 2))

    assert after["period.german-limitation"].state == "passed"
    assert "this date has passed; counsel" in str(after["period.german-limitation"])


def test_a_year_alone_is_enough_for_limitation_and_a_span_for_urgency():
    """What is only known as a year is not made a day."""
    found = _dates(_RIGHTSHOLDER | {"matter.known-since": "2025"})

    assert found["period.german-limitation"].on == "31 December 2028"
    assert found["period.german-urgency"].on == "about 1 February 2025 to 31 January 2026"


@pytest.mark.parametrize("said", [{}, {"matter.known-since": "unknown"}])
def test_without_the_day_of_knowledge_the_period_says_what_is_missing(said):
    """It runs, and nobody can say to when: that is the first thing counsel must hear."""
    limitation = _dates(_RIGHTSHOLDER | said)["period.german-limitation"]

    assert (limitation.state, limitation.on) == ("start_missing", "")
    assert limitation.missing == ("the day of first knowledge is not on file",)


def test_a_user_is_told_of_no_period_for_claims_of_their_own():
    """Whoever only wants to use the model has no claim that runs out."""
    found = _dates({"use.role": ("user",), "matter.known-since": "2023", "use.offer-places": ("DE",)})

    assert not [one for one in found.values() if one.kind == "period"]


def test_the_month_for_a_reply_counts_the_holidays_at_the_controllers_seat():
    """Received 25 November 2026 in Hamburg: Christmas and a Sunday move the end to the 28th."""
    seat = {"provider.place": "DE-HH", "letter.received-on@letter:1": "2026-11-25"}
    reply = _dates(_LETTER | seat)["period.gdpr-reply@letter:1"]

    assert reply.last == date(2026, 12, 28)
    assert "moved from 25 December 2026 (Christmas Day) to the next working day" in reply.counted
    assert "public holidays of DE-HH counted" in reply.counted


def test_an_unknown_seat_is_said_and_no_holiday_is_guessed():
    """Weekends are the same everywhere; holidays are not."""
    reply = _dates(_LETTER | {"letter.received-on@letter:1": "2026-11-25"})["period.gdpr-reply@letter:1"]

    assert reply.last == date(2026, 12, 25)
    assert "public holidays not: the place is not on file" in reply.counted


def test_an_extension_takes_the_place_of_the_month():
    """The day the controller named counts, as answered."""
    said = {"letter.received-on@letter:1": "2026-10-05", "letter.extended-until@letter:1": "2027-01-05"}
    reply = _dates(_LETTER | {"letter.reply@letter:1": "extended"} | said)["period.gdpr-reply@letter:1"]

    assert (reply.state, reply.last) == ("running", date(2027, 1, 5))


def test_a_negative_answer_is_an_answer():
    """Refused is not silence: the period is met."""
    said = {"letter.received-on@letter:1": "2026-10-05", "letter.reply@letter:1": "refused"}

    assert _dates(_LETTER | said)["period.gdpr-reply@letter:1"].state == "met"


def test_austria_has_passed_for_the_old_event_and_is_open_for_the_new():
    """Known in 2023, asked in 2026, no answer: two events, two years."""
    said = {
        "person.home": "AT",
        "matter.known-since": "2023-05-01",
        "letter.received-on@letter:1": "2026-10-05",
    }
    found = _dates(_LETTER | said)

    assert found["period.austrian-complaint"].state == "passed"
    again = found["period.austrian-complaint-on-silence@letter:1"]
    assert (again.state, again.last) == ("running", date(2027, 11, 5))


def test_the_rule_on_a_missed_reply_follows_the_counted_month():
    """R24 needs no hand: the day of receipt and the day of the law decide."""
    said = _LETTER | {"letter.received-on@letter:1": "2026-10-05", "provider.place": "DE-HH"}
    at = "data-protection.reply-period-passed"

    after = finding(situation(load_law(DAY), answers=said), at, "letter:1")
    on_the_day = finding(situation(load_law(date(2026, 11, 5)), answers=said), at, "letter:1")
    unknown = finding(situation(load_law(DAY), answers=_LETTER), at, "letter:1")

    assert (after.status, on_the_day.status, unknown.status) == ("supported", "not_applicable", "gap")
    assert {"answer": "letter.received-on", "about": "letter:1"}.items() <= after.rests_on[-2].items()
    assert any("the day of receipt is not on file" in one for one in unknown.missing)


def test_a_reservation_counts_only_when_it_was_there_before_the_crawl():
    """Two days are compared; a month that holds both leaves it open."""
    answers = {
        "use.role": ("rightsholder",),
        "copyright.exception@collect": "dsm_4",
        "rightsholder.reservation": ("robots_txt",),
        "rightsholder.reserved-since": "2021-03-10",
        "dataset.collected": ("crawled",),
    }

    def status(collected: str) -> str:
        said = {k if "dataset." not in k else f"{k}@{DATASET}": v for k, v in answers.items()}
        said[f"dataset.collected-on@{DATASET}"] = collected
        given = situation(load_law(DAY), answers=said, edges=[edge(MODEL, "trained_on", DATASET)])
        return finding(given, "copyright.machine-readable-reservation").status

    assert (status("2021-07"), status("2020-12-31"), status("2021-03")) == (
        "supported",
        "not_applicable",
        "gap",
    )


def _share(mine: str, base: str) -> set[str]:
    answers = {
        "use.role": ("user",),
        "use.acts": ("fine_tune",),
        "use.offer-places": ("DE",),
        "ai-act.general-purpose": "yes",
        "ai-act.modification-compute": mine,
        f"parent.compute@{PARENT}": base,
    }
    given = situation(load_law(DAY), answers=answers, edges=[edge(MODEL, "finetuned_from", PARENT)])
    return {one.id for one in findings(given).findings if one.status == "supported" and "modifier" in one.id}


def test_a_share_of_compute_near_one_third_is_said_to_be_near():
    """0.325 and 0.42 lie within the margin of 30 percent; 0.5 does not."""
    assert _share("3.25e22", "1e23") == _share("4.2e22", "1e23") == {"ai-act.modifier-near-one-third"}
    assert _share("5e22", "1e23") == {"ai-act.modifier-above-one-third"}


def test_without_the_compute_of_the_base_the_fallback_is_used():
    """One third of 1e23 takes its place; the finding is supported, no gap."""
    assert _share("5e23", "unknown") == {"ai-act.modifier-above-fallback"}


# A decision whose day has come.


def _pending(as_of: date, **more: str) -> Finding:
    watch = "[{date: 2026-12-17, event: Judgment is announced.}]"
    sources = (source("EU-A", state="pending", type="decision", watch=watch),)
    law = small_law(
        rules=[small_rule("r.one", "{fact: license, is: mit}", status="supported", **more)],
        sources=sources,
        as_of=as_of,
    )
    from tests.situations import stated

    return finding(situation(law, facts=[stated("license", "mit")]), "r.one")


def test_a_finding_says_that_the_decision_it_waits_for_was_due():
    """From that day on, not before it."""
    assert _pending(date(2026, 12, 16)).decision_due == ()
    assert _pending(date(2026, 12, 17)).decision_due == (
        {"authority": "EU-A", "date": "2026-12-17", "event": "Judgment is announced."},
    )


def test_a_point_nobody_disputes_waits_for_no_decision():
    """A pending source cited only for its uncontested part does not stop the memo."""
    cited = "[{id: EU-A, uncontested: That there is such a right.}]"

    assert _pending(date(2026, 12, 18), authorities=cited).decision_due == ()


def test_an_extension_told_late_or_too_long_gives_no_more_than_the_law():
    """Told after the month it moves nothing; longer than two months more it ends with the third."""
    said = {"letter.received-on@letter:1": "2026-08-03", "letter.reply@letter:1": "extended"}
    late = {"letter.replied-on@letter:1": "2026-10-01", "letter.extended-until@letter:1": "2026-11-03"}
    long = {"letter.replied-on@letter:1": "2026-08-20", "letter.extended-until@letter:1": "2027-03-01"}

    told_late = _dates(_LETTER | said | late)["period.gdpr-reply@letter:1"]
    too_long = _dates(_LETTER | said | long)["period.gdpr-reply@letter:1"]

    assert (told_late.state, told_late.last) == ("passed", date(2026, 9, 3))
    assert "told on 1 October 2026, after the end, moves nothing" in told_late.counted
    assert too_long.last == date(2026, 11, 3)
    assert "the latest day there is" in too_long.counted

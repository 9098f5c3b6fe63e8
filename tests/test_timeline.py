"""The case over time: rows, columns and marks of the picture, and the dated list beside it."""

import itertools
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import memo_inputs as given
import pytest
from test_cli import run
from test_picture import _SVG

from duediligence.analysis.keydate import KeyDate
from duediligence.case import Case
from duediligence.memo.chronology import chronology, lasting
from duediligence.memo.columns import MOST, columns, gap
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.moments import (
    CHANGES,
    DATES,
    ENTRIES,
    LANES,
    LETTERS,
    LOOKS,
    MEMOS,
    Moment,
    moments,
    to_watch,
)
from duediligence.memo.page import to_html
from duediligence.memo.timeline import Timeline, timeline
from duediligence.memo.timeline_svg import WIDTH, timeline_svg
from duediligence.memo.view import build
from duediligence.widgets.following import Following
from duediligence.widgets.timeline import page
from duediligence.widgets.tree import texts

TODAY = date(2026, 11, 25)


def _moment(on: date, lane: str, count: int = 1) -> Moment:
    return Moment(on=on, lane=lane, what="", ahead=lane == DATES and on >= TODAY, count=count)


def _drawn(*found: Moment) -> Timeline:
    made = timeline(found, today=TODAY)
    assert made is not None
    return made


def _back(days: int) -> date:
    return TODAY - timedelta(days=days)


def _date(title: str, first: date | None, last: date | None, state: str = "running") -> KeyDate:
    return KeyDate(kind="period", id=title, title=title, state=state, first=first, last=last)


BUSY = [
    *(_moment(_back(day), LANES[day % 5].name, day % 7 + 1) for day in range(0, 730, 2)),
    *(_moment(TODAY + timedelta(days=day), DATES) for day in (9, 40, 70, 300, 900)),
]
CASES = {
    "fresh": [_moment(TODAY, LOOKS)],
    "three years ahead": [_moment(_back(3), ENTRIES, 12), _moment(date(2029, 12, 31), DATES)],
    "busy": BUSY,
    "large": [_moment(_back(40 * i), lane.name, 12345) for i in range(30) for lane in LANES],
    "all ahead": [_moment(TODAY + timedelta(days=330 * i), DATES, 3) for i in range(1, 20)],
    "old": [_moment(date(1990 + i, 5, 5), DATES, 3) for i in range(36)],
}


def test_each_event_stands_in_one_row_and_on_its_day_in_the_time_zone_of_the_case() -> None:
    """A look shortly before midnight UTC is one of the next day in Berlin."""
    kinds = {
        "opened": ENTRIES, "captured": LOOKS, "attached": LOOKS, "answered": ENTRIES, "kept": ENTRIES,
        "withdrawn": ENTRIES, "noted": ENTRIES, "held": ENTRIES, "sent": LETTERS, "issued": MEMOS,
    }  # fmt: skip
    events = [{"event": kind, "at": "2026-11-22T23:30:00.000Z", "capture": "c1"} for kind in kinds]
    for zone, day in ((ZoneInfo("Europe/Berlin"), 23), (UTC, 22)):
        found = moments(events, zone=zone, today=TODAY)
        assert {one.what: one.lane for one in found} == kinds
        assert {one.on for one in found} == {date(2026, 11, day)}


def test_a_capture_that_found_changes_says_how_many_facts() -> None:
    """Three changed facts are a three, not a one; an event of no time at all is left out."""
    events = [
        {"event": "captured", "at": "2026-11-22T10:00:00Z", "capture": "first"},
        {"event": "captured", "at": "2026-11-23T10:00:00Z", "capture": "second"},
        {"event": "noted", "at": "in autumn"},
    ]
    found = moments(events, zone=UTC, today=TODAY, changes={"first": 0, "second": 3})

    assert [(one.lane, one.on.day, one.count) for one in found] == [
        (LOOKS, 22, 1),
        (LOOKS, 23, 1),
        (CHANGES, 23, 3),
    ]


def test_of_the_dates_those_with_a_day_that_still_wait_are_watched() -> None:
    """No day, no mark; an answered one waits for nothing; of two days the next one counts."""
    ahead, behind = TODAY + timedelta(days=10), TODAY - timedelta(days=10)
    dates = [
        _date("no day", None, None, "start_missing"),
        _date("answered", ahead, ahead, "met"),
        _date("month", ahead, ahead + timedelta(days=30)),
        _date("half past", behind, ahead),
        _date("passed", behind, behind, "passed"),
        _date("today", TODAY, TODAY),
    ]
    found = {one.what: one for one in moments([], zone=UTC, today=TODAY, dates=dates)}

    assert [one.title for one in to_watch(dates)] == ["passed", "today", "half past", "month"]
    assert {what: (one.on, one.ahead) for what, one in found.items()} == {
        "passed": (behind, False),
        "today": (TODAY, True),
        "half past": (ahead, True),
        "month": (ahead, True),
    }


def test_moments_of_one_row_and_day_are_one_mark_with_their_number() -> None:
    """Minutes of one day and years until a deadline stand side by side, the years in words."""
    made = _drawn(
        _moment(_back(3), LOOKS), _moment(_back(3), ENTRIES), _moment(_back(3), ENTRIES, 12),
        _moment(date(2029, 12, 31), DATES),
    )  # fmt: skip

    assert [step.words for step in made.steps] == [("22 Nov", "2026"), ("25 Nov", "2026"), ("31 Dec", "2029")]
    assert [step.gap for step in made.steps] == ["", "", "3 years"]
    assert (made.now, made.as_of) == (1, "as of 25 Nov 2026")
    assert [(made.rows[m.row], m.step, m.number, m.ahead) for m in made.marks] == [
        (LOOKS, 0, 1, False),
        (ENTRIES, 0, 13, False),
        (DATES, 2, 1, True),
    ]


def test_its_text_says_how_many_of_each() -> None:
    """Who cannot see the picture learns the same from one sentence."""
    made = _drawn(*CASES["three years ahead"], _moment(_back(3), LOOKS, 2), _moment(_back(9), DATES))

    assert made.title == (
        "From 16 Nov 2026 to 31 Dec 2029, as of 25 Nov 2026: 2 looks at the Hub or a page, no changed facts, "
        "12 answers and other entries, no letters, no memos and 2 dates to watch (1 of them passed)."
    )
    assert _drawn(_moment(TODAY, LOOKS)).title.startswith("On 25 Nov 2026: 1 look at the Hub or a page, no")
    assert timeline([], today=TODAY) is None


@pytest.mark.parametrize(
    ("days", "words"),
    [(13, ""), (14, "2 weeks"), (59, "8 weeks"), (61, "2 months"), (400, "13 months"), (1280, "3½ years")],
)
def test_a_long_time_without_anything_is_told(days: int, words: str) -> None:
    """Steps of one width would hide it."""
    assert gap(*columns([_back(days)], TODAY)) == words


def test_days_far_away_share_columns_and_none_is_lost() -> None:
    """Two years of a busy case: months or years behind, today and the next dates each for itself."""
    made = columns([one.on for one in BUSY], TODAY)

    assert [" ".join(one.words) for one in made] == [
        "2024", "2025", "earlier in 2026", "19 Nov 2026", "21 Nov 2026", "23 Nov 2026", "25 Nov 2026",
        "4 Dec 2026", "4 Jan 2027", "later",
    ]  # fmt: skip
    months = columns([_back(day) for day in range(0, 120, 2)], TODAY)
    assert [" ".join(one.words) for one in months] == [
        "Jul 2026", "Aug 2026", "Sep 2026", "Oct 2026", "earlier in Nov 2026",
        "17 Nov 2026", "19 Nov 2026", "21 Nov 2026", "23 Nov 2026", "25 Nov 2026",
    ]  # fmt: skip
    assert columns([one.on for one in CASES["old"]], TODAY)[0].words == ("before",)


@pytest.mark.parametrize("case", CASES)
def test_every_moment_is_in_the_picture_once(case: str) -> None:
    """What a row counts is what there was, in at most as many columns as there is room for."""
    made = _drawn(*CASES[case])

    assert len(made.steps) <= MOST
    for row, lane in enumerate(made.rows):
        wanted = sum(one.count for one in CASES[case] if one.lane == lane)
        assert sum(mark.number for mark in made.marks if mark.row == row) == wanted
    assert all((mark.step >= made.now) >= mark.ahead for mark in made.marks)


@pytest.mark.parametrize("case", CASES)
def test_no_words_cover_others_or_leave_the_picture(case: str) -> None:
    """Measured with letters as wide as a wide one is on average."""
    drawn = ET.fromstring(timeline_svg(_drawn(*CASES[case])))
    width, height = float(drawn.get("width", "")), float(drawn.get("height", ""))
    boxes = []
    for one in drawn.iter(f"{_SVG}text"):
        long = len(one.text or "") * float(one.get("font-size", "11.5")) * 0.5
        x, y = float(one.get("x", "")), float(one.get("y", ""))
        left = x - long * {"start": 0, "middle": 0.5, "end": 1}[one.get("text-anchor", "")]
        boxes.append((left, y - 8, left + long, y + 2, one.text))

    assert width == WIDTH <= 680
    assert all(x1 >= 0 and y1 >= 0 and x2 <= width and y2 <= height for x1, y1, x2, y2, _ in boxes)
    for one, two in itertools.combinations(boxes, 2):
        assert one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1], (one, two)


def test_rows_differ_in_shape_and_what_lies_ahead_is_hollow() -> None:
    """A black and white print loses nothing."""
    svg = timeline_svg(_drawn(*(_moment(TODAY, lane.name) for lane in LANES), _moment(_back(5), DATES)))
    marks = [one for one in ET.fromstring(svg).iter(f"{_SVG}path") if one.get("stroke-linejoin")]

    assert len({one.get("d") for one in marks}) == len(LANES)
    assert [one.get("fill") for one in marks[-2:]] == ["#16161a", "#fff"]
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) == {"none", "#fff", "#16161a", "#cdcdd3"}
    assert all(float(size) >= 11 for size in re.findall(r'font-size="([\d.]+)"', svg))


def test_every_text_stays_text_and_the_same_moments_give_the_same_bytes() -> None:
    """Nothing runs, nothing is loaded, and a memo made again is the same memo."""
    made = _drawn(*BUSY)
    hostile = timeline_svg(replace(made, title="<script>alert(1)</script>", as_of='" onload="x'))

    assert "<script" not in hostile
    assert {one.tag for one in ET.fromstring(hostile).iter()} == {
        f"{_SVG}{tag}" for tag in ("svg", "title", "path", "text")
    }
    assert timeline_svg(made) == timeline_svg(_drawn(*reversed(BUSY)))


def _issued(sha256: str, *seen: str) -> dict[str, object]:
    issued = {"event": "issued", "memo": f"memo-{sha256}", "by": "A. Example"}
    return issued | {"at": "2026-11-23T10:00:00Z", "name": sha256, "sha256": sha256, "seen": list(seen)}


def test_a_memo_names_the_memos_that_something_else_has_seen() -> None:
    """Issuing it adds nothing to it; later it stands in the record like everything else."""
    note = {"event": "noted", "sha256": "n", "at": "2026-11-24T10:00:00Z", "name": "n", "text": "x"}
    one, two, three = _issued("i1", "a"), _issued("i2", "i1"), _issued("i3", "n")
    opened = {"event": "opened", "sha256": "a", "at": "2026-11-22T10:00:00Z"}

    assert lasting((opened, one, two)) == (opened,)
    seen = {**note, "seen": ["i2"]}
    assert lasting((opened, one, two, seen, three)) == (opened, one, two, seen)


def test_the_chronology_tells_memos_and_what_a_look_found_changed() -> None:
    """What the picture counts stands in the list below it."""
    events = (*given.events(), _issued("i1", "1" * 64), {**given.events()[-2], "seen": ["i1"]})
    ex = Exhibits(given.inputs(record=replace(given.record(), chronology=events), changed={given.CAPTURE: 1}))
    rows = [row.what.text for row in chronology(ex)]

    assert rows[1] == "Looked at https://huggingface.co. 1 fact has changed since the look before."
    assert "Memo memo-i1 issued." in rows


def test_the_memo_shows_the_picture_above_its_chronology() -> None:
    """With a text for who cannot see it."""
    memo = build(given.inputs())
    assert memo.timeline is not None
    page = to_html(memo)

    assert (
        page.index('<h2 id="chronology">')
        < page.index(f"<title>{memo.timeline.title}")
        < page.index(">When<")
    )
    assert "11 answers and other entries" in memo.timeline.title
    assert timeline_svg(memo.timeline) in page


@pytest.fixture
def sample(tmp_path: Path) -> Case:
    """The recorded sample, looked at, with a date somebody named."""
    case = Case.new(tmp_path / "case", "sample", by="A. Example", zone="Europe/Berlin")
    case.capture()
    case.answer("use.asked-until", "2999-12-31", by="A. Example", says="A. Example")
    return case


def test_the_screen_shows_the_picture_and_the_list_and_follows_the_answers(sample: Case) -> None:
    """An answer given elsewhere draws it anew; nothing new leaves it as it is."""
    screen = Following("The case over time", sample.timeline(), sample, Case.timeline, page)
    shown = texts(screen.show().page)
    for words in (
        "Case opened on",
        "1 answer given (A1 of the memo).",
        "31 December 2999",
        "Answer asked for",
    ):
        assert words in shown
    assert screen.follow().page is None

    sample.note("A <b>note</b>.", by="B. Example")

    page_now = screen.follow().page
    assert "A <b>note</b>." in texts(page_now) and "B. Example" in texts(page_now)
    image = page_now[2][3] if page_now else []
    assert image[0] == "img" and "3 answers and other entries" in image[1]["alt"]


def test_in_a_terminal_it_is_a_dated_list(sample: Case) -> None:
    """One line a row, then what lies ahead."""
    lines = str(sample.timeline()).splitlines()

    assert len(lines) == 5 and "Looked at the recorded sample." in lines[1]
    assert lines[3:] == ["Ahead:", "  31 December 2999: Answer asked for by this day (as answered)"]


def test_the_command_prints_the_dates_ahead_and_writes_the_picture(sample: Case, tmp_path: Path) -> None:
    """The record as it is, the dates below it; without a capture there are none yet."""
    assert run("chronology", sample.folder).stdout.splitlines()[3] == "Ahead:"
    given_json = json.loads(run("chronology", sample.folder, "--json").stdout)
    assert [one["last"] for one in given_json["ahead"]] == ["2999-12-31"]

    done = run("chronology", sample.folder, "--svg", tmp_path / "time.svg")
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, str(tmp_path / "time.svg"), "")
    assert "31 Dec" in (tmp_path / "time.svg").read_text()

    Case.new(tmp_path / "new", "sample")
    assert len(run("chronology", tmp_path / "new").stdout.splitlines()) == 1


def test_issuing_again_gives_the_same_memo_and_a_later_memo_names_it(sample: Case) -> None:
    """The memo just issued is not in its own next issue until something else came after it."""
    first = sample.issue()
    before = sample.preview().read_text()
    assert sample.issue().path == first.path and first.path.parent.name not in before

    sample.note("Sent to counsel.")
    later = sample.preview().read_text()
    assert f'Memo <bdi class="name">{first.path.parent.name}</bdi> issued.' in later

"""Markdown, PDF, JSON Schema, and a firm's own template and letterhead."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import mistune
import pytest
from cases import Desk
from hypothesis import given as any_of
from hypothesis import settings
from hypothesis import strategies as st
from test_cli import one_sentence, run
from test_memo_html import HOSTILE, Page, hostile
from test_scenarios import _scenarios, _situation
from test_word import paragraphs_of, words

from duediligence.analysis.findings import apply_rules
from duediligence.analysis.questionnaire import ask
from duediligence.case import SAMPLE, Case
from duediligence.errors import BadInputError
from duediligence.memo.blocks import blocks
from duediligence.memo.elements import read_page
from duediligence.memo.formats import from_page
from duediligence.memo.markdown import escaped
from duediligence.memo.page import to_html
from duediligence.memo.printed import NAMED, to_pdf
from duediligence.memo.twin import schema_text, twin
from duediligence.memo.view import MemoInputs, build
from tests import memo_inputs as given
from tests.browser import chromium

GOLDEN = Path(__file__).parent / "golden" / "memo.html"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def page(inputs: MemoInputs) -> str:
    """The page of the case."""
    return to_html(build(inputs))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a captured sample with an answer."""
    folder = tmp_path_factory.mktemp("formats") / "case"
    case = Desk().new(folder, SAMPLE)
    case.capture()
    case.answer("use.commercial", "paid_product", by="A. Example")
    return folder


# Markdown.


def in_browser(markdown: str) -> Page:
    """What a reader of Markdown makes of a text, with the extensions that are widely used."""
    made = mistune.create_markdown(
        escape=False, plugins=["table", "url", "strikethrough", "math", "footnotes"]
    )
    return Page(str(made(markdown)))


def test_every_word_of_the_page_is_in_the_markdown() -> None:
    """Counts in equal counts out, as a reader of Markdown sees it."""
    html = GOLDEN.read_text("utf-8")
    wanted = [
        run.text
        for block in blocks(read_page(html))
        for one in paragraphs_of(block)
        for run in (*one.term, *one.runs)
    ]
    markdown = from_page("md", html, given.inputs()).decode()
    seen = in_browser(markdown)

    assert not words(wanted) - words([seen.text])
    assert [one for one, _ in seen.tags].count("table") == html.count("<table")
    titles = [one for one, _ in seen.tags if re.fullmatch("h[1-6]", one)]
    assert titles == re.findall(r"<(h[1-6])[ >]", html)


@pytest.mark.parametrize(
    "text", [*HOSTILE, "# a\n- b\n1. c", "www.evil.example a@evil.example", "~~a~~ $x$ [^1]"]
)
def test_the_texts_of_others_are_no_markup_in_the_markdown(text: str) -> None:
    """Readable as written; no link, image, heading or element of theirs."""
    ours = in_browser(from_page("md", page(hostile("words")), given.inputs()).decode())
    theirs = in_browser(from_page("md", page(hostile(text)), given.inputs()).decode())

    assert " ".join(text.split()) in " ".join(theirs.text.split())
    assert {tag for tag, _ in theirs.tags} <= {tag for tag, _ in ours.tags}
    assert [one["href"] for one in theirs.all("a")] == [one["href"] for one in ours.all("a")]


@settings(max_examples=200, deadline=None)
@any_of(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=1, max_size=40))
def test_any_sign_is_itself(text: str) -> None:
    """Whatever stands at the beginning of a line, and anywhere in it."""
    seen = in_browser(f"{escaped(text)}\n")

    assert seen.text.strip() == text
    assert {tag for tag, _ in seen.tags} <= {"p"}


# JSON Schema.

SCHEMA = json.loads(schema_text())


def undescribed(schema: dict[str, Any], value: Any, path: str = "$") -> Iterator[str]:
    """The fields of *value* the schema says nothing of."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    for way in schema.get("anyOf", ()):
        if jsonschema.Draft202012Validator({**way, "$defs": SCHEMA["$defs"]}).is_valid(value):
            yield from undescribed(way, value, path)
            return
    if isinstance(value, dict) and "properties" in schema:
        for key, inner in value.items():
            if key in schema["properties"]:
                yield from undescribed(schema["properties"][key], inner, f"{path}.{key}")
            else:
                yield f"{path}.{key}"
    elif isinstance(value, list) and "items" in schema:
        for one in value:
            yield from undescribed(schema["items"], one, f"{path}[]")


def held(content: dict[str, Any]) -> None:
    """The schema holds for *content*, and describes every field in it."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    assert [f"{one.json_path}: {one.message[:200]}" for one in validator.iter_errors(content)] == []
    assert sorted(set(undescribed(SCHEMA, content))) == []


def test_the_twin_of_the_sample_keeps_to_the_published_schema(sample: Path) -> None:
    """And that of a case made by hand, with every state a resource can have."""
    held(json.loads(Case(sample).preview("json").read_text("utf-8")))
    held(twin(given.inputs()))


def test_the_twins_of_the_scenarios_keep_to_the_published_schema() -> None:
    """The first of each file: every regime, role and kind of chain, with findings of every status."""
    first = {one.id.partition(":")[0]: one.values[0] for one in reversed(list(_scenarios()))}
    for scenario in first.values():
        now = _situation(scenario)
        listed = ask(now)
        record = given.record(*(one for answers in now.answers.values() for one in answers))
        inputs = given.inputs(
            repo=now.repo,
            facts=now.facts,
            lineage=now.lineage,
            law=now.law,
            as_of=now.law.as_of,
            asked=listed,
            record=replace(record, answers=now.answers),
            findings=apply_rules(now, listed),
        )
        held(json.loads(json.dumps(twin(inputs))))


def test_the_schema_refuses_what_is_no_twin() -> None:
    """A field that is missing, a state nobody knows, and a digest that is none."""
    good = twin(given.inputs())
    bad: list[dict[str, Any]] = [{**good}, json.loads(json.dumps(good)), {**good, "law_digest": "0"}]
    del bad[0]["facts"]
    bad[1]["facts"][0]["state"] = "guessed"

    validator = jsonschema.Draft202012Validator(SCHEMA)
    assert [validator.is_valid(one) for one in (good, *bad)] == [True, False, False, False]


def test_the_schema_is_printed(tmp_path: Path) -> None:
    """By the command that makes the twin."""
    done = run("memo", tmp_path, "--format", "schema")
    assert (done.returncode, json.loads(done.stdout)) == (0, SCHEMA)


# PDF.


@pytest.mark.browser
def test_the_pdf_is_the_page_on_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tagged, with an outline, made at the day of the memo, the same bytes each time."""
    monkeypatch.setenv(NAMED, chromium())
    html = page(given.inputs())
    made = [to_pdf(html, date(2026, 11, 22)) for _ in range(2)]

    assert made[0] == made[1] and made[0].startswith(b"%PDF")
    assert b"/StructTreeRoot" in made[0] and b"/Outlines" in made[0]
    assert set(re.findall(rb"/(?:Creation|Mod)Date \(D:(\d{14})", made[0])) == {b"20261122000000"}


def test_without_a_browser_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence: what is missing, how to name it, and the way without it."""
    monkeypatch.delenv(NAMED, raising=False)
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(BadInputError, match=f"none was found.*{NAMED}.*print"):
        to_pdf("<p>x</p>", date(2026, 11, 22))
    monkeypatch.setenv(NAMED, "/nowhere/browser")
    with pytest.raises(BadInputError, match="/nowhere/browser"):
        to_pdf("<p>x</p>", date(2026, 11, 22))


# Template and letterhead.


def test_a_letterhead_stands_on_page_1_of_every_form(sample: Path, tmp_path: Path) -> None:
    """An image or lines of text; what the memo says stays as it is."""
    image, text = tmp_path / "head.png", tmp_path / "head.txt"
    image.write_bytes(PIXEL)
    text.write_text("Example & Partners <LLP>\n1 Example Street\n", "utf-8")
    out = tmp_path / "memo"
    plain = Path(run("memo", sample, "--output", out).stdout.strip()).read_text("utf-8")
    drawn = run("memo", sample, "--letterhead", image, "--output", out)
    html = Path(drawn.stdout.strip()).read_text("utf-8")

    assert f'<img src="data:image/png;base64,{base64.b64encode(PIXEL).decode()}" alt="Letterhead">' in html
    without = re.sub(r'<div class="letterhead">.*?</div>\n?', "", html, flags=re.DOTALL)
    assert without == plain
    run("memo", sample, "--letterhead", text, "--format", "md", "--output", out)
    assert "Example & Partners \\<LLP\\> 1 Example Street" in out.read_text("utf-8")
    assert run("memo", sample, "--letterhead", image, "--format", "docx", "--output", out).returncode == 0
    assert PIXEL in out.read_bytes()


def test_a_letterhead_that_is_none_is_refused(sample: Path, tmp_path: Path) -> None:
    """Named, with what would do."""
    wrong = tmp_path / "head.png"
    wrong.write_text("no image")
    assert "no PNG" in one_sentence(run("memo", sample, "--letterhead", wrong), 3)
    assert "cannot be read" in one_sentence(run("memo", sample, "--letterhead", tmp_path / "no.txt"), 3)


def test_a_firm_brings_its_own_template(sample: Path, tmp_path: Path) -> None:
    """It extends ours as nbconvert's templates do; texts of others arrive in it escaped."""
    firm = tmp_path / "firm"
    firm.mkdir()
    (firm / "index.html.j2").write_text(
        '{% extends "counsel_memo/index.html.j2" %}\n'
        "{% block style %}body { color: #222; }{% endblock %}\n"
        "{% block first_page %}<p>Example LLP on {{ memo.repo }}</p>{{ super() }}{% endblock %}\n"
    )
    from duediligence.memo.dress import Dress

    html = to_html(build(hostile("<script>alert(1)</script>")), Dress(template=firm))
    assert "<p>Example LLP on laion/CLIP" in html and "body { color: #222; }" in html
    assert 'id="annex-a"' in html and "script" not in {tag for tag, _ in Page(html).tags}
    out = tmp_path / "memo.md"
    assert run("memo", sample, "--template", firm, "--format", "md", "--output", out).returncode == 0
    assert "Example LLP on laion/CLIP" in out.read_text("utf-8")

    (firm / "index.html.j2").write_text("{% if %}")
    assert "template" in one_sentence(run("memo", sample, "--template", firm), 3)
    assert "no folder" in one_sentence(run("memo", sample, "--template", tmp_path / "none"), 3)


# On the command line.


def test_an_issued_memo_is_kept_in_the_form_that_is_asked_for(sample: Path, tmp_path: Path) -> None:
    """With its digest in the record; asked for later, it is a copy among the previews, made from the page."""
    done = run("memo", sample, "--issue", "--format", "docx")
    path = Path(done.stdout.strip())
    event = Case(sample).chronology()[-1]
    assert path.name == "memo.docx" and set(event["files"]) == {"html", "json", "docx"}
    assert run("verify", sample).returncode == 0
    assert "issued before" in run("memo", sample, "--issue", "--format", "docx").stdout

    copy = run("memo", sample, "--issue", "--format", "md").stdout
    assert "a copy" in copy and Path(copy.split(" (")[0]).is_file()
    assert Case(sample).chronology()[-1] == event
    letter = tmp_path / "head.txt"
    letter.write_text("Example LLP")
    assert "--again last" in one_sentence(run("memo", sample, "--issue", "--letterhead", letter), 2)
    out = tmp_path / "memo.docx"
    assert run("memo", sample, "--again", "last", "--format", "docx", "--output", out).returncode == 0
    assert out.read_bytes() == path.read_bytes()
    run("memo", sample, "--again", "last", "--letterhead", letter, "--output", out)
    assert "Example LLP" in out.read_text("utf-8")
    path.write_bytes(b"")
    assert "memo.docx was altered" in run("verify", sample).stdout

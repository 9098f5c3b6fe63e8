"""The memo for Word: what the page says, as headings, tables, footnotes and a picture that can be edited."""

import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from test_memo_html import HOSTILE, hostile

from duediligence.errors import BadInputError
from duediligence.memo.blocks import Block, Paragraph, Picture, Table, blocks
from duediligence.memo.elements import read_page
from duediligence.memo.formats import from_page
from duediligence.memo.page import to_html
from duediligence.memo.view import MemoInputs, build
from tests import memo_inputs as given

GOLDEN = Path(__file__).parent / "golden" / "memo.html"


def page(inputs: MemoInputs) -> str:
    """The page of the case."""
    return to_html(build(inputs))


def word(html: str, inputs: MemoInputs | None = None) -> Document:
    """The page as Word sees it."""
    return docx.Document(io.BytesIO(from_page("docx", html, inputs or given.inputs())))


def part(document: Document, name: str) -> Any:
    """One part of the file as a tree."""
    return next(
        parse_xml(one.blob) for one in document.part.package.iter_parts() if one.partname.endswith(name)
    )


def text_of(element: Any) -> str:
    """All text below an element, tabs and new lines as spaces."""
    words = {qn("w:t"): None, qn("w:tab"): " ", qn("w:br"): " ", qn("w:p"): " "}
    parts = [words[one.tag] or one.text or "" for one in element.iter(*words)]
    return " ".join("".join(parts).split())


def words(texts: list[str]) -> Counter[str]:
    """How often each word stands in *texts*."""
    return Counter(word for text in texts for word in re.findall(r"[^\W\d_]+|\d+", text))


def paragraphs_of(block: Block) -> list[Paragraph]:
    """The paragraphs of a block, also those of its cells."""
    if isinstance(block, Table):
        return [one for row in (*block.head, *block.rows) for cell in row for one in cell.blocks]
    return [block] if isinstance(block, Paragraph) else []


@pytest.fixture(scope="module")
def golden() -> tuple[str, Document]:
    """The memo of the sample, as a page and for Word."""
    html = GOLDEN.read_text("utf-8")
    return html, word(html)


def test_headings_are_those_of_the_page(golden: tuple[str, Document]) -> None:
    """In Word's own styles, with the numbers they have in every memo."""
    html, document = golden
    wanted = [
        (one.level, one.text) for one in blocks(read_page(html)) if isinstance(one, Paragraph) and one.level
    ]
    levels = {"Title": 1, **{f"Heading {n}": n + 1 for n in range(1, 6)}}
    found = [
        (levels[one.style.name], " ".join(one.text.split()))
        for one in document.paragraphs
        if one.style.name in levels
    ]

    assert found == wanted
    assert (2, "1 Facts") in found and (2, "Annex A Evidence") in found


def test_tables_are_those_of_the_page_and_repeat_their_heads(golden: tuple[str, Document]) -> None:
    """Row by row and cell by cell; a head stands on every page the table runs over, no row breaks."""
    html, document = golden
    wanted = [one for one in blocks(read_page(html)) if isinstance(one, Table)]
    assert len(document.tables) == len(wanted) > 4

    for made, table in zip(document.tables, wanted, strict=True):
        rows = [*table.head, *table.rows]
        assert len(made.rows) == len(rows)
        for tr, row in zip(made._tbl.tr_lst, rows, strict=True):
            assert len(tr.tc_lst) == len(row)
            assert tr.trPr.find(qn("w:cantSplit")) is not None
        heads = [tr for tr in made._tbl.tr_lst if tr.trPr.find(qn("w:tblHeader")) is not None]
        assert [text_of(tr) for tr in heads] == [
            " ".join(one.text for c in r for one in c.blocks) for r in table.head
        ]


def test_every_word_of_the_page_is_there(golden: tuple[str, Document]) -> None:
    """Counts in equal counts out; only the labels of references move, into the footnotes."""
    html, document = golden
    wanted = [run.text for block in blocks(read_page(html)) for one in paragraphs_of(block) for run in
              (*one.term, *one.runs) if "refs" not in run.look]  # fmt: skip
    missing = words(wanted) - words([text_of(document.element.body)])

    assert not missing


def test_references_are_footnotes_that_tell_what_they_lead_to(golden: tuple[str, Document]) -> None:
    """Each thing cited has one footnote, in the order of the text; a later mention refers to it."""
    _, document = golden
    notes = part(document, "footnotes.xml")
    told = {int(one.get(qn("w:id"))): text_of(one) for one in notes if int(one.get(qn("w:id"))) > 0}
    marks = [int(one.get(qn("w:id"))) for one in document.element.body.iter(qn("w:footnoteReference"))]

    assert marks == sorted(told) == list(range(1, len(told) + 1))
    kinds = {re.sub(r"\d+", "", text.split()[0]) for text in told.values()}
    assert {"E", "A"} < kinds  # evidence, answers, and titles of legal sources
    (card,) = [text for text in told.values() if text.startswith("E2 ")]
    assert re.search(r"Card of laion/CLIP.*Revision [0-9a-f]{40}.*SHA-256 [0-9a-f]{64}", card)
    again = [one.get(qn("w:instr")) for one in document.element.body.iter(qn("w:fldSimple"))]
    bookmarks = {one.get(qn("w:name")) for one in document.element.body.iter(qn("w:bookmarkStart"))}
    assert again and all(one.split()[1] in bookmarks for one in again)


def test_no_space_stands_before_the_number_of_a_footnote(golden: tuple[str, Document]) -> None:
    """The number clings to the word it is about, in tables too."""
    _, document = golden
    marked = []
    for paragraph in document.element.body.iter(qn("w:p")):
        parts = [
            "\N{DAGGER}" if one.tag == qn("w:footnoteReference") else one.text or ""
            for one in paragraph.iter(qn("w:t"), qn("w:footnoteReference"))
        ]
        marked += ["".join(parts)] if "\N{DAGGER}" in parts else []
    assert len(marked) > 20
    assert [text for text in marked if re.search("[^,] \N{DAGGER}", text)] == []


def test_links_inside_lead_to_a_bookmark(golden: tuple[str, Document]) -> None:
    """Also those of the footnotes."""
    _, document = golden
    names = [one.get(qn("w:name")) for one in document.element.body.iter(qn("w:bookmarkStart"))]
    links = [
        one.get(qn("w:anchor"))
        for tree in (document.element.body, part(document, "footnotes.xml"))
        for one in tree.iter(qn("w:hyperlink"))
        if one.get(qn("w:anchor"))
    ]

    assert len(names) == len(set(names))
    assert links and set(links) <= set(names)


def test_pictures_are_drawn_and_told_in_words(golden: tuple[str, Document]) -> None:
    """The chain and the case over time, as metafiles, with words for who cannot see them."""
    html, document = golden
    wanted = [one.title for one in blocks(read_page(html)) if isinstance(one, Picture)]
    found = [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))]
    drawn = [one.blob for one in document.part.package.iter_parts() if one.partname.endswith(".emf")]

    assert found == wanted and len(drawn) == len(wanted) == 2
    for data in drawn:
        assert data[40:44] == b" EMF" and int.from_bytes(data[48:52], "little") == len(data)
    assert "laion/laion2B-en".encode("utf-16-le") in drawn[0]


def test_running_head_and_page_numbers_are_fields() -> None:
    """From the second page on; a draft says it is one on every page, an issued memo on none."""
    draft = word(page(given.inputs()))
    issued = word(page(given.inputs(draft=False)), given.inputs(draft=False))
    section = draft.sections[0]

    assert (
        "Draft · Memo for counsel · laion/CLIP-ViT-H-14-laion2B-s32B-b79K"
        in section.header.paragraphs[0].text
    )
    assert "Law as of 22 November 2026" in section.header.paragraphs[0].text
    assert "Draft" in section.first_page_header.paragraphs[0].text
    for footer in (section.footer, section.first_page_footer):
        fields = [one.get(qn("w:instr")) for one in footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
    heads = (issued.sections[0].header, issued.sections[0].first_page_header)
    assert not any("Draft" in head.paragraphs[0].text for head in heads)


def test_the_same_memo_gives_the_same_file() -> None:
    """No clock, no user, no library's name: a function of the page and the day of the law."""
    made = [from_page("docx", page(given.inputs()), given.inputs()) for _ in range(2)]
    document = docx.Document(io.BytesIO(made[0]))

    assert made[0] == made[1]
    about = document.core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert about.created.date() == about.modified.date() == date(2026, 11, 22)
    with zipfile.ZipFile(io.BytesIO(made[0])) as file:
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [one for one in file.namelist() if "thumbnail" in one]


@pytest.mark.parametrize("text", [*HOSTILE, "\ufffe\uffff", "]]> &amp; &#x3c; <w:p/>"])
def test_the_texts_of_others_stay_text(text: str) -> None:
    """Nothing of theirs becomes a field, a link or a part of the file's own markup."""
    ours, theirs = word(page(hostile("words"))), word(page(hostile(text)))

    def kinds(document: Document) -> set[str]:
        return {one.tag for one in document.element.body.iter()}

    seen = text.replace("\ufffe", "[U+FFFE]").replace("\uffff", "[U+FFFF]")
    assert kinds(theirs) == kinds(ours)
    assert " ".join(seen.split()) in text_of(theirs.element.body)
    outside = {one.target_ref for one in theirs.part.rels.values() if one.is_external}
    assert outside == {one.target_ref for one in ours.part.rels.values() if one.is_external}


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence with the command."""
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(BadInputError, match=re.escape("pip install 'duediligence[docx]'")):
        from_page("docx", page(given.inputs()), given.inputs())


def test_libreoffice_opens_it_without_loss(golden: tuple[str, Document], tmp_path: Path) -> None:
    """Headings, tables, footnotes and pictures are there after LibreOffice has read and written it."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        pytest.skip("LibreOffice is not installed")
    html, document = golden
    file = tmp_path / "memo.docx"
    file.write_bytes(from_page("docx", html, given.inputs()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    out = tmp_path / "out"
    command = [office, profile, "--headless", "--convert-to", "docx", "--outdir", str(out), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    after = docx.Document(str(out / "memo.docx"))

    def headings(of: Document) -> list[str]:
        return [" ".join(one.text.split()) for one in of.paragraphs if one.style.name.startswith("Heading")]

    assert headings(after) == headings(document)
    assert [len(one.rows) for one in after.tables] == [len(one.rows) for one in document.tables]
    assert [text_of(one._tbl) for one in after.tables] == [text_of(one._tbl) for one in document.tables]
    described = [one.get("descr") for one in after.element.body.iter(qn("wp:docPr"))]
    assert described == [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))]
    notes = [text_of(one) for one in part(after, "footnotes.xml")]
    assert [one for one in notes if one] == [
        one for one in map(text_of, part(document, "footnotes.xml")) if one
    ]

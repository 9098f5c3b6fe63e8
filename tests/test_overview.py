"""The law files as one page: all that is in them, each link leading somewhere, also when they are faulty."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from test_cli import one_sentence, run

from duediligence.knowledge.check import examine
from duediligence.knowledge.clauses import clause
from duediligence.knowledge.edition import edition_files
from duediligence.memo.overview import overview
from tests.situations import DAY, PLACES, question, rule, source

SOUND = {
    "authorities/a.yaml": source("A-1"),
    "questions/a.yaml": question("a.one"),
    "rules/a.yaml": rule("a.rule", "{answer: a.one, is: 'yes'}", authorities="[A-1]"),
    **PLACES,
}


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a":
            self.links.append(str(given["href"]))


def _folder(at: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = at / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return at


@pytest.fixture(scope="module")
def page() -> str:
    """The page of the law that comes with the program."""
    found = examine()
    return overview(found.entries, found.problems, found.digest, DAY)


def test_every_entry_is_there_and_every_link_leads_somewhere(page: str) -> None:
    """Nothing is left out, nothing stands twice under one anchor, and no link hangs in the air."""
    entries, read = examine().entries, _Page(page)

    assert len(read.ids) == len(set(read.ids))
    assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids)
    for kind, listed in entries.kinds.items():
        assert sum(id.startswith(f"{kind}-") for id in read.ids) == len(listed)
        assert all(f"<code>{entry.id}</code>" in page for entry in listed)


def test_it_loads_nothing_and_runs_nothing(page: str) -> None:
    """A page to send around: no script, no image, nothing from elsewhere."""
    assert not _Page(page).tags & {"script", "img", "iframe", "link", "object", "form", "input"}
    assert "default-src 'none'" in page


def test_conditions_are_words() -> None:
    """Whoever reads the law reads questions and answers, no slugs and no operators."""
    entries = examine().entries
    written = [
        entry.content[field]
        for kind in ("rules", "questions", "periods")
        for entry in entries.usable(kind)
        for field in ("when", "applies", "met")
        if field in entry.content
    ]

    def said(one):  # type: ignore[no-untyped-def]
        return [one.text, *(text for part in one.below for text in said(part))]

    texts = [text for condition in written for text in said(clause(condition, entries))]
    assert len(texts) > 500
    slugs = {
        slug for one in entries.usable("questions") for slug in one.content.get("choices", {}) if "_" in slug
    }
    assert not [text for text in texts if set(re.findall(r"\w+", text)) & slugs or "{" in text]


def test_a_source_says_who_cites_it_and_when_it_is_due(tmp_path: Path) -> None:
    """Before it is corrected, the lawyer sees what hangs on it; what is past its day stands first."""
    late = SOUND | {"authorities/a.yaml": source("A-1", review_by="2026-01-31", as_of="2025-11-22")}
    found = examine(_folder(tmp_path, late))
    page = overview(found.entries, found.problems, found.digest, DAY)

    assert found.problems == []
    assert "since 31 January 2026" in page
    assert '<a href="#rules-a-rule">a.rule</a>' in page


def test_the_text_of_an_entry_stays_text(tmp_path: Path) -> None:
    """Law files come from others too: markup in them is shown, and only web addresses become links."""
    markup = "'<script>alert(1)</script><img src=x onerror=alert(1)>'"
    hostile = source("A-1", effect=markup, address="'javascript:alert(1)'")
    found = examine(_folder(tmp_path, SOUND | {"authorities/a.yaml": hostile}))
    page = overview(found.entries, found.problems, found.digest, DAY)

    assert "&lt;script&gt;" in page and not _Page(page).tags & {"script", "img"}
    assert not [link for link in _Page(page).links if link.startswith("javascript")]


def _rule(condition: str = "{answer: a.one, is: 'yes'}", **fields: str) -> dict[str, str]:
    return {"rules/a.yaml": rule("a.rule", condition, **fields)}


def _without_next_step() -> dict[str, str]:
    (written,) = _rule().values()
    return {"rules/a.yaml": "".join(line for line in written.splitlines(True) if "next_step" not in line)}


_LICENSE = """\
- {id: x, title: X, family: permissive, terms: {flavor: sweet}, confirmed: P, as_of: 2026-11-22,
   review_by: 2027-11-22}
"""
FAULTS = {
    "an unknown field": (_rule(colour="red"), "colour: no such field; allowed: id"),
    "a repeated key": ({"questions/a.yaml": question("a.one") + "  type: text\n"}, "'type'"),
    "a dangling reference": (_rule("{answer: a.two, is: 'yes'}"), "'a.two': no such question"),
    "an unknown legal source": (_rule(authorities="[B-9]"), "'B-9' is no legal source"),
    "an unknown term": ({"licenses/a.yaml": _LICENSE}, "'flavor' is no term"),
    "a date that is none": ({"authorities/a.yaml": source("A-1", as_of="2026-02-30")}, "is no date"),
    "a rule without source": (_rule(authorities="[]"), "a rule needs a legal source"),
    "a rule without next step": (_without_next_step(), "next_step: is missing"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_command_refuses_and_names_file_entry_and_field(fault: str, tmp_path: Path) -> None:
    """As a lawyer runs it after a correction: a line a fault, exit code 1, and the page shows it too."""
    files, says = FAULTS[fault]
    folder = _folder(tmp_path / "legal", SOUND | files)
    done = run("check-legal", folder, "--html", tmp_path / "law.html")

    assert done.returncode == 1, done
    where = next(iter(files))
    told = [line for line in done.stdout.splitlines() if line.startswith(where)]
    assert any(says in line for line in told), done.stdout
    assert "Traceback" not in done.stderr
    assert "What the check found" in (tmp_path / "law.html").read_text()


def test_the_command_writes_the_page_of_the_law_that_came_with_it(tmp_path: Path) -> None:
    """In order: exit code 0, the sentence, and where the page lies."""
    done = run("check-legal", "--html", tmp_path / "law.html")

    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        ["The law files are in order.", str(tmp_path / "law.html")],
    )
    assert "cannot be written" in one_sentence(run("check-legal", "--html", tmp_path), 3)


def test_files_that_are_no_entries_make_a_page_too(tmp_path: Path) -> None:
    """A half-written file is shown as it is; nothing of it is lost and nothing breaks."""
    broken = SOUND | {
        "rules/b.yaml": "- just words\n- {id: b.rule, when: oops, authorities: {a: b}, when_false: [x]}\n",
        "questions/b.yaml": "- {id: b.q, choices: [a, b], text: [1, 2]}\n",
        "letters/a.yaml": "- {id: T1, withheld: [{because: x, when: {all: []}}, y]}\n",
        "authorities/b.yaml": "- {id: B-2, watch: [soon], states: late, title: Title}\n",
    }
    found = examine(_folder(tmp_path, broken))
    page = overview(found.entries, found.problems, found.digest, DAY)

    assert len(found.problems) > 5
    assert "just words" in page and "oops" in page and "b.q" in page


def test_the_files_are_those_of_the_edition() -> None:
    """The page shows the digest that memos print."""
    from duediligence.knowledge.edition import edition_digest

    assert examine().digest == edition_digest(edition_files())

"""One line for every file of a pack: its path, and what it is."""

from collections.abc import Iterable, Iterator, Mapping

from duediligence.evidence import archive
from duediligence.ledger import Event
from duediligence.memo.contents import Part
from duediligence.memo.words import plain
from duediligence.pack.zipped import SUMS

CONTENTS = {
    "contents.html": "this list",
    "contents.txt": "this list as plain text",
    "contents.json": "this list for machines, as duediligence verify reads it",
}
_FORMS = {
    "html": "the memo",
    "json": "the memo for machines",
    "docx": "the memo for Word",
    "pdf": "the memo as PDF",
    "md": "the memo as Markdown",
}
_FILES = {
    "page-1.html": "page 1 of the memo, to read first",
    "bom.cdx.json": "the bill of materials for machines (CycloneDX)",
    "how-to-verify.txt": "how to check everything here without our software",
    SUMS: "SHA-256 of every other file",
    **CONTENTS,
}
_LAW = {
    "authorities": "statutes, decisions and other legal sources",
    "datasets": "known datasets",
    "disputes": "questions on which courts and authors differ",
    "jurisdictions": "countries and groups of countries",
    "letters": "letters",
    "licenses": "licenses and their terms",
    "matrix": "legal bases by act and place",
    "periods": "periods",
    "questions": "questions that are asked",
    "rules": "rules",
}
_CAPTURE = {
    archive.EXCHANGES: "what was received from the web, as a web archive (WARC)",
    archive.MANIFEST: "the list of what was received, with numbers, addresses and digests",
}


def each_file(
    paths: Iterable[str], events: Iterable[tuple[Event, str]], exhibits: Mapping[str, str]
) -> Iterator[Part]:
    """A line for each of *paths* and for the contents pages, sorted.

    *events* are those of the copy, each with why its content is left out; *exhibits* says what was received
    under which path.
    """
    kinds = {event.name: why or plain(event.kind) for event, why in events}
    left_out = {event.name for event, why in events if why}
    for path in sorted({*paths, *CONTENTS, SUMS}):
        own = path.rpartition("/")[2]
        if own in kinds:
            what = f"an event{' without its content' * (own in left_out)}: {kinds[own]}"
        else:
            what = exhibits.get(path) or _what(path, own)
        yield Part(path=path, what=what)


def _what(path: str, own: str) -> str:
    """What a file is, told by its place alone."""
    if path in _FILES:
        return _FILES[path]
    folder = path.removesuffix(own).removeprefix("record/")
    form = _FORMS.get(own.rpartition(".")[2], "the memo in another form")
    if folder.startswith("memos/"):
        return f"{form}, as issued: {folder.split('/')[1]}"
    if folder.startswith("captures/"):
        return _CAPTURE[own]
    if path.startswith("law/"):
        return f"law files: {_LAW.get(folder.split('/')[1], 'about them')}"
    return {
        "memo/": form,
        "law/": "an edition of the law files, packed, as the case keeps it",
        "attachments/": "a file that an answer rests on",
    }[folder]

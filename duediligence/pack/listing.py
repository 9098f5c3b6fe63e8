"""What the contents page of a pack says, and the same for machines."""

import json
from collections.abc import Iterator, Sequence

from duediligence.memo.contents import Contents, Listed, Part
from duediligence.memo.exhibits import Exhibits
from duediligence.memo.first_page import NOT, SAMPLE
from duediligence.memo.words import counted, on_day
from duediligence.pack.attached import attached
from duediligence.pack.choice import LATER, WORDS
from duediligence.pack.each_file import each_file
from duediligence.pack.material import Material
from duediligence.pack.zipped import SUMS
from duediligence.repo import shown
from duediligence.signatures import Signature, signatures, standing
from duediligence.signatures import told as signed_lines

_FIRST = ("page-1.html", "memo/memo.html")
_LAST = ("bom.cdx.json", "how-to-verify.txt", SUMS)
_FOLDERS = (
    ("exhibits/", "what was received, a file for each number"),
    ("law/", "the law files the memo was made from"),
    ("record/ledger/", "who did what and when, one event a file"),
    ("record/captures/", "what was received from the web, as web archives (WARC), with a list each"),
    ("record/attachments/", "files that answers rest on, as they were given"),
    ("record/memos/", "this memo and those issued before it"),
    ("record/law/", "the same law files as the case keeps them"),
)
_CHECKS = (
    "sha256sum -c SHA256SUMS",
    "warcio check record/captures/*/exchanges.warc.gz",
    "duediligence verify .",
)


def listing(made: Material, files: Sequence[str]) -> Contents:
    """The contents page of a pack that holds *files*."""
    ex = Exhibits(made.shown)
    exhibits = tuple(_exhibits(made, ex))
    every = tuple(each_file(files, made.events, {one.file: f"{one.number}, {one.what}" for one in exhibits}))
    return Contents(
        title="Memo for counsel, with exhibits",
        about=shown(made.inputs.repo),
        lines=tuple(_lines(made, ex)),
        signed=tuple(signed_lines(_signed(made), lambda at: ex.moment(at, time=False))),
        parts=tuple(_parts(every)),
        exhibits=exhibits,
        left_out=tuple(left_out(made)),
        checks=_CHECKS,
        every=every,
    )


def _lines(made: Material, ex: Exhibits) -> Iterator[str]:
    issued = made.issued.content
    by = str(issued.get("by") or "somebody")
    by = by if made.choice.names else made.people.role(by)
    yield (
        f"Memo {issued['memo']}, issued {ex.moment(str(issued['at']))} ({ex.zone[1]}) by {by}. "
        f"Law as of {on_day(made.inputs.as_of)}."
    )
    released = [one for one in _signed(made) if one.step == "released"]
    if not standing(released):
        taken_back = "Its release was taken back: this memo is a draft again. Read it as one."
        yield taken_back if released else "Nobody has released this memo. Read it as a draft."
    if made.inputs.sample:
        yield SAMPLE
    if made.inputs.opened.get("counsel"):
        yield "A lawyer directs this file. This is the set of facts: no note for counsel is in it."
    yield NOT


def _signed(made: Material) -> tuple[Signature, ...]:
    signed = signatures(made.record, str(made.issued.content["memo"]))
    return signed if made.choice.names else tuple(made.people.signature(one) for one in signed)


def _parts(every: Sequence[Part]) -> Iterator[Part]:
    """What a reader looks for first: the memo in each form, the lists, and the folders."""
    there = {part.path: part for part in every}
    forms = [path for path in there if path.startswith("memo/") and path not in _FIRST]
    yield from (there[path] for path in (*_FIRST, *forms, *_LAST) if path in there)
    for folder, what in _FOLDERS:
        if number := sum(path.startswith(folder) for path in there):
            yield Part(path=folder, what=f"{what}: {counted(number, 'file')}", opens=False)


def _exhibits(made: Material, ex: Exhibits) -> Iterator[Listed]:
    for one in made.exhibits:
        entry = ex.evidence[one.number]
        yield Listed(
            number=one.number,
            what=f"{entry.resource} of {shown(entry.repo)}",
            file=one.file,
            why=one.why,
            address=ex.address(entry.url),
            revision=entry.revision or "none",
            received=f"{ex.moment(entry.received_at)} ({ex.zone[1]})",
            sha256=entry.sha256 or "",
        )


def left_out(made: Material) -> Iterator[str]:
    """Everything that is not in the copy, counted and by name."""
    reasons = [why for _, why in made.events if why]
    if not made.choice.names:
        named = counted(len(made.people.roles), "name")
        yield f"{named} of people who worked on the file or are named in it; the memo says “person 1”."
        yield "Everything people wrote in words of their own: reasons, notes, answers in free text."
        digests = ", ".join(f"{form} {digest}" for form, digest in made.issued.content["files"].items())
        yield f"The memo as it was issued; this one was made again without the above. Its SHA-256: {digests}."
    for why in (WORDS, LATER):
        if number := reasons.count(why):
            yield f"The content of {counted(number, 'event')} of the record ({why}); their digests are here."
    for reason in sorted({one.why for one in made.exhibits if one.why}):
        numbers = ", ".join(one.number for one in made.exhibits if one.why == reason)
        quoted = "" if made.choice.names else " Quotes from them are not in this memo."
        yield f"{reason.capitalize()}: {numbers}. The list of exhibits has their digests.{quoted}"
    files = attached(made.files, made.record, made.choice)
    if gone := sorted({f"{one.begins}…" for one in files if not one.file}):
        yield f"{counted(len(gone), 'file')} that answers rest on. SHA-256: {', '.join(gone)}."
    for capture, kept in made.captures.items():
        if kept is None:
            yield f"The web archive of capture {capture}: an attachment."
        elif kept.left_out:
            records = counted(kept.left_out, "record")
            yield f"{records} of the web archive of capture {capture}; all others are there byte for byte."


def told(made: Material) -> str:
    """What `duediligence verify` needs to know of the pack, as JSON."""
    content = {
        "schema": 1,
        "set": "facts",
        "memo": made.issued.content["memo"],
        "names": made.choice.names,
        "attachments": made.choice.attachments,
        "attached": [
            {"begins": one.begins, "file": one.file or None, "sha256": one.sha256}
            for one in attached(made.files, made.record, made.choice)
        ],
        "law_digest": made.inputs.law.digest,
        "signatures": [one.to_json() for one in _signed(made)],
        "exhibits": [
            {
                "evidence": one.number,
                "file": one.file or None,
                "sha256": one.entry.sha256,
                "left_out": one.why,
            }
            for one in made.exhibits
        ],
        "captures": [
            {"capture": capture, "left_out": kept is None, "records_left_out": kept.left_out if kept else 0}
            for capture, kept in made.captures.items()
        ],
    }
    return json.dumps(content, ensure_ascii=True, indent=1) + "\n"

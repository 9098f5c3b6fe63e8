"""Everything in a pack: from one issued memo and its record to paths and bytes; same case, same bytes."""

from collections.abc import Iterator

from duediligence.bom import document as bill
from duediligence.bom.component import Materials
from duediligence.errors import BadInputError
from duediligence.evidence import archive
from duediligence.memo import contents
from duediligence.pack import record
from duediligence.pack.attached import attached
from duediligence.pack.first_sheet import first_sheet
from duediligence.pack.how_to_verify import how_to_verify
from duediligence.pack.listing import listing, told
from duediligence.pack.material import Material, read
from duediligence.pack.memo_copy import issued_files, without_people
from duediligence.pack.zipped import is_safe, with_sums


def pack(made: Material) -> dict[str, bytes]:
    """Path to bytes of everything in the pack, ``SHA256SUMS`` included.

    Raises:
        BadInputError: something of the case is missing or altered; no pack is made of it.
    """
    files: dict[str, bytes] = {}
    memo = issued_files(made.files, made.issued.content) if made.choice.names else without_people(made)
    files |= {f"memo/{name}": data for name, data in memo.items()}
    sheet = first_sheet(memo["memo.html"].decode(), "memo/memo.html")
    files |= {"page-1.html": sheet.encode()} if sheet else {}
    files |= {
        one.file: archive.read_body(made.files.captures, one.entry) for one in made.exhibits if one.file
    }
    files |= dict(_record(made))
    law = made.files.read_law(made.inputs.law.digest)
    files |= {f"law/{path}": text.encode() for path, text in law.items()}
    files["bom.cdx.json"] = _bill(made).encode()
    files["how-to-verify.txt"] = how_to_verify(
        law=made.inputs.law.digest, spec=bill.SPEC, heads=made.heads
    ).encode()
    page = listing(made, list(files))
    files["contents.html"] = contents.to_html(page).encode()
    files["contents.txt"] = contents.to_text(page).encode()
    files["contents.json"] = told(made).encode()
    if strange := [path for path in files if not is_safe(path)]:
        raise BadInputError(f"{strange[0]!r} is no name for a file of a pack. No pack was made.")
    return with_sums(files)


def _record(made: Material) -> Iterator[tuple[str, bytes]]:
    for name, data in record.files_of(made.events, lambda name: read(made.files.ledger / name)):
        yield f"record/ledger/{name}", data
    for capture, kept in made.captures.items():
        manifest = made.files.captures / capture / archive.MANIFEST
        if kept is not None:
            yield f"record/captures/{capture}/{archive.EXCHANGES}", kept.data
        if kept is not None or made.choice.names:
            yield f"record/captures/{capture}/{archive.MANIFEST}", read(manifest)
    for one in attached(made.files, made.record, made.choice):
        if one.file:
            yield one.file, one.data
    if made.choice.names:
        for event in made.record.issued:
            for name, data in issued_files(made.files, event).items():
                yield f"record/memos/{event['memo']}/{name}", data
    for digest in sorted({str(one["law_digest"]) for one in made.record.issued}):
        made.files.read_law(digest)
        yield f"record/law/{digest}.json.gz", read(made.files.law / f"{digest}.json.gz")


def _bill(made: Material) -> str:
    inputs = made.shown
    materials = Materials(situation=inputs.situation, asked=inputs.asked, entries=inputs.entries)
    return bill.to_json(materials, made_from=inputs.made_from, program=inputs.program, sample=inputs.sample)

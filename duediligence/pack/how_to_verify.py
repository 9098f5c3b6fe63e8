"""The page on how to check a pack without this program."""

_TEXT = """\
How to check this pack without our software
===========================================

You need a shell with sha256sum (on a Mac: shasum -a 256) and, for the web archives, warcio
(pip install warcio) or any other program that opens WARC files. Type the commands in the folder this
page lies in.

1. Nothing in the pack was changed since it was made
   sha256sum -c SHA256SUMS
   Every line must end in OK. Whoever hands over the whole pack could write this list anew. So compare
   one number that came to you another way, the SHA-256 of the ZIP file or of the list itself:
   sha256sum SHA256SUMS

2. What was received from the web
   warcio check record/captures/*/exchanges.warc.gz
   Each record carries its own digest; no output means that all are right. The same files open in
   any web-archive viewer.

3. An exhibit is the body that was received
   sha256sum exhibits/E2-*
   The number must be the "sha256" of "evidence": "E2" in record/captures/*/manifest.json. "record" there
   names the capture and the offset of the record that holds the same bytes:
   warcio extract --payload record/captures/CAPTURE/exchanges.warc.gz OFFSET | sha256sum
   (Where records were left out of a web archive, contents.txt says so, and offsets are smaller. The
   bodies that are there are found with: warcio index -f offset,warc-target-uri FILE)

4. The record: who did what, in which order
   sha256sum record/ledger/*.json
   The first eight digits of each number stand in the name of its file. "seen" in an event names the
   whole numbers of the events before it, so a change of an earlier one breaks every later one. An event
   that holds only "redacted" and "sha256" was taken out of this copy: its number is the one it had, and
   what refers to it still fits. The record in the house is whole.
   An event "captured" names the numbers of manifest.json and exchanges.warc.gz of its folder; "issued"
   those of the memo's files. Where records were left out, the number of exchanges.warc.gz differs from
   the one in its event; contents.txt names each such file. "answered" names the files the answer rests
   on; where this copy has them, they lie in record/attachments, and the first eight digits of the number
   of each stand in its name.

5. The law files the memo was made from
   (cd law && sha256sum $(find * -type f | LC_ALL=C sort) | sha256sum)
   gives the edition that the memo names, {law}.

6. The bill of materials, bom.cdx.json, is CycloneDX {spec}; any tool for CycloneDX reads it.

All of this at once, with our software: duediligence verify FOLDER-OR-ZIP

What none of this shows
   That the web said this: it shows what one program received and when its clock said so.
   That nobody built the whole record anew: only somebody who kept an older number can show that. The
   numbers to keep are those of the record's last events:
{heads}
"""


def how_to_verify(*, law: str, spec: str, heads: tuple[str, ...]) -> str:
    """The page, for an edition of the law and the heads of a record."""
    return _TEXT.format(law=law, spec=spec, heads="\n".join(f"   {head}" for head in heads))

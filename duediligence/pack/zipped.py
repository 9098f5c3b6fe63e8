"""A pack as one ZIP file: the same files give the same bytes, and reading one writes nothing elsewhere."""

import hashlib
import io
import re
import stat
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

SUMS = "SHA256SUMS"
_SAFE = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/)*[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_MOST_BYTES = 2 << 30
_MOST_FILES = 100_000
_WHEN = (1980, 1, 1, 0, 0, 0)


def with_sums(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """*files* with the list of their digests, as ``sha256sum -c`` reads it."""
    lines = [f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files)]
    return {**files, SUMS: "".join(lines).encode("ascii")}


def is_safe(path: str) -> bool:
    """Whether *path* is one a pack may hold: below its own folder, in plain letters."""
    return len(path) < 240 and _SAFE.fullmatch(path) is not None


def zipped(files: Mapping[str, bytes]) -> bytes:
    """*files* as a ZIP; nothing in it but their names and bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as pack:
        for path in sorted(files):
            assert is_safe(path), path
            info = zipfile.ZipInfo(path, _WHEN)
            # Not compressed: two versions of a compressor give other bytes for the same files.
            info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            pack.writestr(info, files[path])
    return out.getvalue()


def unzipped(path: Path, into: Path) -> Iterator[str]:
    """Write the files of the ZIP at *path* into the folder *into*; one sentence for each that is not taken.

    Raises:
        OSError: it cannot be read.
        zipfile.BadZipFile: it is no ZIP, or a file in it is damaged.
    """
    with zipfile.ZipFile(path) as pack:
        infos = pack.infolist()
        if len(infos) > _MOST_FILES or sum(info.file_size for info in infos) > _MOST_BYTES:
            yield f"{path} holds more than any pack and was not unpacked."
            return
        taken: set[str] = set()
        for info in infos:
            if info.is_dir():
                continue
            link = stat.S_ISLNK(info.external_attr >> 16)
            if link or not is_safe(info.filename) or info.filename.lower() in taken:
                yield f"{info.filename!r} is no name a pack uses, or is there twice; it was not unpacked."
                continue
            taken.add(info.filename.lower())
            target = into / info.filename
            target.parent.mkdir(parents=True, exist_ok=True)
            with pack.open(info) as source:
                target.write_bytes(source.read(info.file_size))

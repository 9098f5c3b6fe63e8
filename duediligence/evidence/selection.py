"""What of a repo is worth asking for: its license and policy files, and the threads about law."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MAX_FILES = 20
FEW_THREADS = 20
MAX_THREADS = 50

# LICENSE, LICENCE-MODEL.md, COPYING, NOTICE.txt, USE_POLICY.md and their like; also MODEL_LICENSE.
_LEGAL_FILE = re.compile(
    r"(?:licen[cs]e|copying|notice|use[-_ ]?policy)|.*[-_ .]licen[cs]e(?:[-_ .]|$)", re.I
)
_CODE_OR_DATA = re.compile(
    r"\.(?:py|ipynb|js|ts|css|sh|c|h|cpp|java|rs|go|json|jsonl|ya?ml|toml|csv|tsv|parquet|arrow"
    r"|png|jpe?g|gif|svg|webp|mp[34]|wav|safetensors|bin|pt|pth|onnx|gguf|zip|tar|gz|7z)$",
    re.I,
)
_LEGAL_TITLE = re.compile(
    r"licen[cs]|copyright|copyleft|legal|lawful|\blaws?\b|lawsuit|lawyer|gdpr|dsgvo|ccpa|privacy"
    r"|personal (?:data|info)|\bpii\b|consent|take[- ]?down|dmca|infring|fair use|opt[- ]?out|terms of"
    r"|permission|permitted|allowed|commercial|attribution|trademark|patent|\brights?\b|\bai act\b"
    r"|stolen|pirat|csam|lizenz|urheber|datenschutz|\brecht|droit|licenza|ライセンス|著作権|许可|授权|版权|라이선스|저작권",
    re.I,
)


@dataclass(frozen=True, kw_only=True)
class Thread:
    """One discussion as the list shows it."""

    number: int
    title: str


def file_names(info: Mapping[str, Any]) -> list[str]:
    """The paths that the info lists, each once, sorted; what is no path at all is left out."""
    listed = info.get("siblings")
    rows = listed if isinstance(listed, list) else []
    names = (row.get("rfilename") for row in rows if isinstance(row, dict))
    return sorted({name for name in names if isinstance(name, str) and name})


def legal_files(names: Iterable[str]) -> list[str]:
    """License, notice and policy files among *names*: the ones at the top first, then by path."""
    found = [name for name in names if _LEGAL_FILE.match(_base(name)) and not _CODE_OR_DATA.search(name)]
    return sorted(found, key=lambda name: (name.count("/"), name))


def can_be_asked_for(path: str) -> bool:
    """Whether *path* stays inside its repo and inside one address."""
    parts = path.split("/")
    inside = not any(part in ("", ".", "..") for part in parts) and "\\" not in path
    return inside and len(path) <= 500 and path.isprintable()


def threads(listing: Any) -> list[Thread]:
    """The threads on one page of the list."""
    found = []
    for row in _rows(listing):
        number = row.get("num") if isinstance(row, dict) else None
        if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 10**9:
            title = row.get("title")
            found.append(Thread(number=number, title=title if isinstance(title, str) else ""))
    return found


def pages_of(first: Any) -> tuple[int, int, int]:
    """From the first page of the list: how many pages there are, threads on a page, and threads in all."""
    size = len(_rows(first))
    count = first.get("count") if isinstance(first, dict) else None
    count = count if isinstance(count, int) and not isinstance(count, bool) else size
    return (-(-count // size) if size else 1), size, count


def worth_reading(found: Iterable[Thread], wanted: int | None) -> list[int]:
    """Numbers of the threads to open: all when they are few, else those whose title speaks of law.

    *wanted* is opened in any case.
    """
    listed = {thread.number: thread for thread in found}
    chosen = sorted(listed, reverse=True)
    if len(listed) > FEW_THREADS:
        chosen = [number for number in chosen if _LEGAL_TITLE.search(listed[number].title)][:MAX_THREADS]
    return sorted({*chosen, *([wanted] if wanted else [])})


def _rows(listing: Any) -> list[Any]:
    rows = listing.get("discussions") if isinstance(listing, dict) else None
    return rows if isinstance(rows, list) else []


def _base(path: str) -> str:
    return path.rpartition("/")[2]

"""The memo on paper: its page printed to PDF by the browser that is on this computer."""

import os
import re
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from duediligence.errors import BadInputError, NotSavedError

NAMED = "DUEDILIGENCE_BROWSER"
"""Set in the environment, the browser to print with."""

_BROWSERS = (
    *(
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
        "microsoft-edge",
        "msedge",
    ),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
)
_QUIET = (
    *("--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-default-apps"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", "--generate-pdf-document-outline"),
)
"""Alone with our page: the page loads nothing, and the browser looks up no name for itself either."""

_SECONDS = 120
_DATES = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}([+-]\d\d'\d\d')?\)")


def to_pdf(html: str, at: date) -> bytes:
    """*html* as a PDF that says it was made at the day *at*; the same browser and fonts give the same bytes.

    Raises:
        BadInputError: there is no such browser here.
        NotSavedError: it printed nothing.
    """
    browser = _browser()
    # Chromium refuses its sandbox to the superuser; the page holds no script and loads nothing.
    as_root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    with tempfile.TemporaryDirectory() as folder:
        page, printed = Path(folder) / "memo.html", Path(folder) / "memo.pdf"
        page.write_text(html, "utf-8")
        command = [
            browser,
            *_QUIET,
            *as_root,
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={printed}",
        ]
        try:
            done = subprocess.run(
                [*command, page.as_uri()], capture_output=True, timeout=_SECONDS, check=False
            )
            data = printed.read_bytes() if printed.is_file() else b""
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NotSavedError(
                f"{browser} could not print the memo ({_why(error)}). Print the HTML."
            ) from error
    if not data.startswith(b"%PDF"):
        raise NotSavedError(
            f"{browser} printed no PDF (it ended with {done.returncode}). Print the HTML page."
        )
    return _DATES.sub(lambda found: _same_length(found[0], at), data)


def _browser() -> str:
    named = os.environ.get(NAMED)
    for name in [named] if named else _BROWSERS:
        if found := shutil.which(name):
            return found
    where = f"{named} ({NAMED}) is not there" if named else "none was found"
    raise BadInputError(
        f"A PDF is printed by Chromium, Chrome or Edge, and {where}. Install one, say where it is with "
        f"{NAMED}=/path/to/it, or open the HTML memo in any browser and print it."
    )


def _why(error: Exception) -> str:
    return f"no end after {_SECONDS} seconds" if isinstance(error, subprocess.TimeoutExpired) else str(error)


def _same_length(written: bytes, at: date) -> bytes:
    """The day of the memo instead of the browser's clock; places in the file do not move."""
    key, _, stamp = written.partition(b" ")
    day = f"(D:{at:%Y%m%d}000000".encode()
    return key + b" " + day + stamp[len(day) :]


__all__ = ["NAMED", "to_pdf"]

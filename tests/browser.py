"""Where the tests find Chromium, and what happens where there is none."""

import os
import shutil

import pytest

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
"""What Chromium is started with: it also runs as root, and calls nobody by itself."""

REQUIRED = "DUEDILIGENCE_REQUIRE_BROWSER"
"""Set in the environment, a missing Chromium fails a test instead of skipping it."""


def chromium() -> str:
    """The path of Chromium: ``CHROMIUM`` in the environment, else the one installed.

    Where there is none the test that asks is skipped; with ``DUEDILIGENCE_REQUIRE_BROWSER`` set it fails.
    """
    named = os.environ.get("CHROMIUM")
    for name in [named] if named else ["chromium", "chromium-browser", "google-chrome"]:
        if found := shutil.which(name):
            return found
    reason = f"{named or 'Chromium'} is not installed; say where it is with CHROMIUM=/path/to/chromium"
    if os.environ.get(REQUIRED):
        pytest.fail(f"{reason}. {REQUIRED} is set, so this is no reason to skip.")
    pytest.skip(reason)

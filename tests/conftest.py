"""What every test starts from: no account, no real Hub, and a fake one where it asks for it."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from fake_hub import FakeHub
from hypothesis import settings

if TYPE_CHECKING:
    from cases import Desk

# huggingface_hub reads these when it is imported, which is after this file.
os.environ["HF_HOME"] = tempfile.mkdtemp(prefix="duediligence-test-")
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
for _name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_IMPLICIT_TOKEN", "HF_OIDC_RESOURCE"):
    os.environ.pop(_name, None)
atexit.register(shutil.rmtree, os.environ["HF_HOME"], ignore_errors=True)

# How long an example takes says how busy a machine is, and nothing about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

_NOBODY = "http://127.0.0.1:9"
"""Nothing listens here: a test that forgets to name its Hub reaches none."""


@pytest.fixture(autouse=True)
def no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is logged in and no real Hub is named, whoever runs the tests."""
    for name in ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_HUB_OFFLINE", "HF_HUB_DISABLE_IMPLICIT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_ENDPOINT", _NOBODY)


@pytest.fixture
def fake_hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """A running Hub that holds the sample and can be changed; HF_ENDPOINT names it."""
    with FakeHub().running() as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
        yield hub


@pytest.fixture
def desk() -> "Desk":
    """Somebody at a computer: a clock and dice of their own."""
    # Not above: what it imports reads the environment set there.
    from cases import Desk

    return Desk()

"""Killed at any moment, a case loses nothing that was acknowledged."""

import random
import signal
import subprocess
import sys
from pathlib import Path

from duediligence import ledger
from duediligence.history import fold

WRITER = """
import secrets, sys
from datetime import UTC, datetime
from pathlib import Path
from duediligence import ledger

folder = Path(sys.argv[1])
number = 0
while True:
    shown = {"text": "?", "choices": [], "facts": []}
    fields = {"event": "answered", "question": f"q.{number}", "value": "x" * 2000, "says": "A", "by": "A",
              "shown": shown}
    seen = ledger.read(folder).heads()
    clock = lambda: datetime.now(UTC)
    event = ledger.append(folder, fields, seen=seen, clock=clock, randomness=secrets.token_bytes)
    print(event.name, f"q.{number}", flush=True)
    number += 1
"""


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    """Twenty writers are killed at random moments; every line they had printed is in the ledger, whole."""
    chance = random.Random(0)
    for run in range(20):
        folder = tmp_path / str(run)
        told = _write_until_killed(folder, after=chance.randrange(1, 12), linger=chance.random() * 0.004)
        graph = ledger.read(folder)
        names = {event.name for event in graph.events}
        assert graph.problems == ()
        assert {name for name, _ in told} <= names
        assert {question for _, question in told} <= {question for question, _ in fold(graph).answers}


def _write_until_killed(folder: Path, after: int, linger: float) -> list[tuple[str, str]]:
    command = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(after)]
        try:
            writer.wait(linger)
        except subprocess.TimeoutExpired:
            writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read()
        lines += rest.splitlines(keepends=True)
    whole = [line.split() for line in lines if line.endswith("\n")]
    return [(name, question) for name, question in whole]

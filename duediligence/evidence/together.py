"""Several questions at once: answers in the order of the questions, an end within a blink when stopped."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import TypeVar

Got = TypeVar("Got")
_BLINK = 0.1
_GRACE = 0.3


def together(
    jobs: Sequence[Callable[[], Got]], *, threads: int = 8, idle: Callable[[], None] = lambda: None
) -> Iterator[Got]:
    """Run *jobs* on at most *threads* threads and yield their results in the order of *jobs*.

    *idle* is called by the caller's thread about ten times a second; what it raises ends the work.
    Raises what the first failing job in that order raised. A thread that hangs in a read is not waited for:
    it dies with that read, or with the program.
    """
    waiting: SimpleQueue[int] = SimpleQueue()
    for place in range(len(jobs)):
        waiting.put(place)
    done: SimpleQueue[tuple[int, Got | None, BaseException | None]] = SimpleQueue()
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            try:
                place = waiting.get_nowait()
            except Empty:
                return
            try:
                done.put((place, jobs[place](), None))
            except BaseException as error:  # handed to the caller, who raises it
                ended.set()  # all jobs before this one have begun, and none behind it is wanted
                done.put((place, None, error))

    workers = [
        threading.Thread(target=work, daemon=True, name="duediligence-capture")
        for _ in range(min(threads, len(jobs)))
    ]
    for worker in workers:
        worker.start()
    try:
        yield from _in_order(done, len(jobs), idle)
    finally:
        ended.set()
        until = time.monotonic() + _GRACE
        for worker in workers:
            worker.join(max(0.0, until - time.monotonic()))


def _in_order(
    done: "SimpleQueue[tuple[int, Got | None, BaseException | None]]", count: int, idle: Callable[[], None]
) -> Iterator[Got]:
    early: dict[int, tuple[Got | None, BaseException | None]] = {}
    for place in range(count):
        while place not in early:
            idle()
            try:
                arrived, result, error = done.get(timeout=_BLINK)
            except Empty:
                continue
            early[arrived] = (result, error)
        result, error = early.pop(place)
        if error is not None:
            raise error
        yield result  # type: ignore[misc]  # without an error there is a result

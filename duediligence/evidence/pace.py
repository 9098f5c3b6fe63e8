"""How fast and how long to ask: the Hub's limits, pauses between attempts, and when to give up."""

import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from duediligence.errors import DueDiligenceError, StoppedError
from duediligence.evidence.exchange import Exchange

# "api";r=0;t=55: how many calls are left in this window, and how many seconds it still lasts.
_LIMIT = re.compile(r'"\w+"\s*;\s*r\s*=\s*(\d{1,9})\s*;\s*t\s*=\s*(\d{1,9})', re.ASCII)
_BLINK = 0.1


class NoAnswerError(DueDiligenceError):
    """Asking ended without an answer; the text is the reason that reaches the memo."""


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long to wait for what; all in seconds but where it says otherwise."""

    connect: float = 5.0
    read: float = 10.0
    """Longest silence."""

    answer: float = 30.0
    """Longest time for one whole answer, however steadily it drips."""

    pauses: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0)
    """Between one attempt and the next: one attempt more than there are pauses."""

    longest_wait: float = 300.0
    """Most that the Hub may ask us to wait: the length of its own window."""

    failures: int = 3
    """Questions in a row without an answer after which no more are asked."""

    max_bytes: int = 16 << 20
    """Largest body that is kept."""


class Pace:
    """The pace of one capture, shared by its threads."""

    def __init__(
        self,
        patience: Patience,
        *,
        clock: Callable[[], datetime],
        tell: Callable[[str], None],
        stop: threading.Event,
    ) -> None:
        self.patience = patience
        self._clock, self._tell, self._stop = clock, tell, stop
        self._changed = threading.Condition()
        self._not_before = 0.0
        # Calls left in the Hub's window as far as known, None without a limit; when that window ends.
        self._left: int | None = None
        self._window_end = 0.0
        self._probing = False
        self._in_flight = 0
        self._failures = 0
        self._under_way = 0
        self._told = 0.0
        self._closed = False

    def close(self) -> None:
        """End every wait: nobody is interested any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @contextmanager
    def question(self) -> Iterator[None]:
        """Around all attempts of one question; after a failure the next one waits for those under way.

        Raises:
            StoppedError, NoAnswerError: as `begin`.
        """
        with self._changed:
            self._check()
            while self._failures and self._under_way:
                self._changed.wait(_BLINK)
                self._check()
            self._under_way += 1
        try:
            yield
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def begin(self) -> None:
        """Wait until one more call may go out.

        Raises:
            StoppedError: a person stopped it.
            NoAnswerError: the Hub asks for too long a wait, or has stopped answering.
        """
        with self._changed:
            while (due := self._due()) is not None:
                if due - time.monotonic() > self.patience.longest_wait + 1.5:
                    raise NoAnswerError(
                        f"The Hub asks to wait until {self._at(due)}, longer than this program waits."
                    )
                if not self._probing:
                    self._tell_wait(due, "the Hub asks for a pause")
                self._changed.wait(_BLINK)
            if self._left is not None:
                self._left -= 1
            self._in_flight += 1

    def _due(self) -> float | None:
        """When the next call may go out; ``None`` for now."""
        self._check()
        now = time.monotonic()
        if self._left == 0 and now >= self._window_end and not self._probing:
            # A new window of unknown size: one call goes ahead and brings the number.
            self._left, self._probing = 1, True
        due = self._shut_until()
        return due if due > now else None

    def _shut_until(self) -> float:
        """Until when the Hub wants no call; while one call finds that out, for a blink."""
        window = time.monotonic() + _BLINK if self._probing else self._window_end
        return max(self._not_before, window if self._left == 0 else 0.0)

    def _check(self) -> None:
        if self._stop.is_set() or self._closed:
            raise StoppedError("Stopped. Nothing was written.")
        if self._failures >= self.patience.failures:
            raise NoAnswerError(
                f"Not asked: the Hub had just left {self.patience.failures} questions in a row unanswered."
            )

    def end(self, exchange: Exchange | None) -> None:
        """Learn from what a call brought; ``None`` when nothing came back."""
        with self._changed:
            self._in_flight -= 1
            self._probing = False
            if exchange is None:
                # A call the Hub may never have seen gives its place back, or a window could stay shut.
                self._left = self._left + 1 if self._left is not None else None
            else:
                self._learn(exchange)
            self._changed.notify_all()

    def _learn(self, exchange: Exchange) -> None:
        now = time.monotonic()
        limit = _LIMIT.search(exchange.header("RateLimit"))
        if limit is None:
            self._left = None
        else:
            left, seconds = int(limit[1]), int(limit[2])
            end = now + seconds + 1  # whole seconds, rounded down: one more, or the call comes too early
            same_window = self._left is not None and abs(end - self._window_end) <= 2
            # Within a window our own count is exact and answers come out of order; a new one is told to us.
            known = min(self._left or 0, left) if same_window else max(0, left - self._in_flight)
            self._left, self._window_end = known, end
        if may_change(exchange.status):
            self._not_before = max(self._not_before, now + _retry_after(exchange, self._clock))

    def answered(self) -> None:
        """Somebody is there."""
        with self._changed:
            self._failures = 0

    def gave_up(self) -> None:
        """All attempts of one question failed."""
        with self._changed:
            self._failures += 1
            self._changed.notify_all()

    def pause(self, attempt: int, why: str) -> bool:
        """Wait before the next attempt; false when there is none.

        Raises:
            StoppedError, NoAnswerError: as `begin`.
        """
        if attempt >= len(self.patience.pauses):
            return False
        # Spread out, so that eight threads do not come back at once.
        until = time.monotonic() + self.patience.pauses[attempt] * random.uniform(0.8, 1.2)
        with self._changed:
            if until > self._shut_until():  # else the longer wait that the Hub asks for is told
                self._tell_wait(until, why)
            while time.monotonic() < until:
                self._check()
                self._changed.wait(min(_BLINK, max(0.001, until - time.monotonic())))
        return True

    def _tell_wait(self, until: float, why: str) -> None:
        if until > self._told + 0.3:  # one line for one wait, however many threads are in it
            self._told = until
            self._tell(f"Waiting until {self._at(until)}: {why}.")

    def _at(self, moment: float) -> str:
        ends = self._clock() + timedelta(seconds=max(0.0, moment - time.monotonic()))
        return f"{ends.astimezone(UTC):%H:%M:%S} UTC"


def may_change(status: int) -> bool:
    """Whether the same call may bring another answer a moment later."""
    return status in (408, 429) or status >= 500


def _retry_after(exchange: Exchange, clock: Callable[[], datetime]) -> float:
    """Seconds that the answer asks us to wait; 0 when it does not say."""
    given = exchange.header("Retry-After").strip()
    if given.isascii() and given.isdigit():
        return float(given[:9])
    try:
        until = parsedate_to_datetime(given)
        # Both times by the Hub's clock, where it shows it: ours may be wrong.
        now = parsedate_to_datetime(exchange.header("Date")) if exchange.header("Date") else clock()
        return max(0.0, (_aware(until) - _aware(now)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

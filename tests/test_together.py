"""Several questions at once: order, errors, and the end."""

import threading
import time

import pytest

from duediligence.evidence.together import together


def test_results_come_in_the_order_of_the_questions() -> None:
    """However long each takes."""
    jobs = [lambda n=n: (time.sleep(0.01 * (5 - n)), n)[1] for n in range(5)]

    assert list(together(jobs, threads=3)) == [0, 1, 2, 3, 4]
    assert list(together([])) == []


def test_first_error_in_that_order_is_raised() -> None:
    """What comes before it is handed out first; nothing begins after it."""
    begun: list[int] = []

    def job(number: int) -> int:
        begun.append(number)
        if number == 1:
            raise ValueError("second")
        return number

    results = together([lambda n=n: job(n) for n in range(50)], threads=1)

    assert next(results) == 0
    with pytest.raises(ValueError, match="second"):
        next(results)
    assert begun == [0, 1]


def test_caller_can_end_it_while_a_question_hangs() -> None:
    """What the idle function raises ends the wait at once."""
    hang = threading.Event()

    def idle() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(together([hang.wait], idle=idle))
    hang.set()

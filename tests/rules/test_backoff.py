"""How long a failed job waits, and when it is left to people."""

from datetime import timedelta

import pytest
from procrastinate.jobs import Job

from smartkampung.jobs.registry import Backoff
from smartkampung.kernel.claim import Busy
from smartkampung.kernel.errors import Refused

BACKOFF = Backoff(first=timedelta(seconds=2), longest=timedelta(minutes=15), tries=12)


def job(attempts: int) -> Job:
    return Job(
        id=1,
        queue="default",
        lock=None,
        queueing_lock=None,
        task_name="aid.verify_report",
        attempts=attempts,
    )


@pytest.mark.parametrize(
    ("failures_before", "seconds"),
    [(0, 2), (1, 4), (2, 8), (8, 512), (9, 900), (11, 900), (10_000, 900)],
)
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(
    failures_before: int, seconds: int
) -> None:
    assert BACKOFF.wait(failures_before) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("failures_before", "error", "again"),
    [
        (0, OSError("network"), True),
        (10, OSError("network"), True),
        (11, OSError("network"), False),
        (0, Refused("not allowed"), False),
        (0, Busy("ask again"), True),
    ],
    ids=[
        "first failure is tried again",
        "last but one is tried again",
        "last is given up",
        "a refusal is an answer",
        "too busy is asked again",
    ],
)
def test_what_is_tried_again(
    failures_before: int, error: Exception, again: bool
) -> None:
    decision = BACKOFF.get_retry_decision(exception=error, job=job(failures_before))
    assert (decision is not None) == again

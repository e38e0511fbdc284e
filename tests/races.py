"""Real threads that all begin at the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Generic, TypeVar

from django.db import connections

Answer = TypeVar("Answer")


class _Runner(Thread, Generic[Answer]):
    def __init__(self, start: Barrier, work: Callable[[], Answer]) -> None:
        super().__init__()
        self.begin, self.work = start, work
        self.answer: list[Answer] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        """Wait for the others, work, and give the connection back."""
        self.begin.wait()
        try:
            self.answer.append(self.work())
        except BaseException as error:
            self.error = error
        finally:
            connections.close_all()


def at_once(times: int, work: Callable[[], Answer]) -> list[Answer]:
    """Run ``work`` in so many threads at once; return every answer, raise any error."""
    return together(*[work] * times)


def together(*works: Callable[[], Answer]) -> list[Answer]:
    """Run different work in threads at once; return every answer, raise any error."""
    start = Barrier(len(works))
    runners = [_Runner(start, work) for work in works]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    for runner in runners:
        if runner.error is not None:
            raise runner.error
    return [answer for runner in runners for answer in runner.answer]

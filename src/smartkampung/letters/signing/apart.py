"""pyHanko begins an event loop of its own, which a thread that runs one cannot do."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")


def apart(
    work: Callable[Given, Found], *given: Given.args, **more: Given.kwargs
) -> Found:
    """Return what some work finds in a thread of its own; raise what it raises.

    The work may touch no table: its connection to the database would be another.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work, *given, **more).result()

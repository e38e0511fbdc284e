"""Availability of isolation houses: the public page, and the question behind it.

    python -m bench.isolation_houses [--people 8000] [--requests 6000]

The almost 300 houses of the demo, with sixty days of people in them. The page comes
through the whole HTTP stack: every day of arrival of two months in turn, so that most
answers are at most a minute old and some are made anew; beside it an empty public page
in the same processes. The question to the database is measured without any memory.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import timedelta

from rich.console import Console

from bench import clients, wire
from bench.town import HOST, PORT, served, town

ROUNDS, DAYS, ASKED = 3, 60, 40
AIM = 375
out = Console()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description="Look for houses with room.")
    options.add_argument("--people", type=int, default=8_000)
    options.add_argument("--requests", type=int, default=6_000)
    asked = options.parse_args()
    with town(asked.people) as site:
        _question()
        with served(site):
            _page(asked.requests)


def _question() -> None:
    # Django is set up by now.
    from django.db import transaction

    from smartkampung.isolation.queries.free import free_houses, last_day
    from smartkampung.kernel.clock import today
    from smartkampung.kernel.rls import Kind, act_as

    taken = []
    with transaction.atomic():
        act_as(Kind.PUBLIC)
        for at in range(ASKED):
            since = today() + timedelta(days=at)
            begun = time.perf_counter()
            houses = free_houses(since, last_day(since))
            taken.append((time.perf_counter() - begun) * 1000)
    p95 = sorted(taken)[int(len(taken) * 0.95)]
    out.print(
        f"question               {len(houses)} houses   p50"
        f" {statistics.median(taken):5.1f} ms   p95 {p95:5.1f} ms   (no memory)"
    )


def _page(requests: int) -> None:
    from smartkampung.kernel.clock import today

    days = [today() + timedelta(days=at) for at in range(DAYS)]
    pages = [wire.request("GET", f"/isolation/houses/?from={day}") for day in days]
    empty = wire.request("GET", "/healthz")
    _run("warm", len(pages) * 4, lambda at: pages[at % DAYS], tell=False)
    rates = [
        (
            _run("health check", requests, lambda _: empty),
            _run("availability page", requests, lambda at: pages[at % DAYS]),
        )
        for _ in range(ROUNDS)
    ]
    rate = statistics.median(page for _, page in rates)
    out.print(f"availability page      {rate:6.0f} hits/s   (aim {AIM})")


def _run(
    name: str, requests: int, make: Callable[[int], bytes], *, tell: bool = True
) -> float:
    timing = clients.run((HOST, PORT), requests=requests, make=make, check=_fine)
    if tell:
        out.print(
            f"{name:<22}{timing.rate:6.0f} requests/s"
            f"   p50 {timing.percentile(0.5):5.1f} ms"
            f"   p95 {timing.percentile(0.95):5.1f} ms   {clients.CLIENTS} clients"
        )
    return timing.rate


def _fine(answer: bytes) -> bool:
    return answer.startswith(b"HTTP/1.1 200")


if __name__ == "__main__":
    main()

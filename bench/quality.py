"""Data quality: boards of each level as a browser gets them, against the raw count.

    python -m bench.quality [--people 1750000] [--requests 40]

The ceiling is one bare statement that reads and groups the same living residents by
RT and judges nothing. Kecamatan and below are judged at every look; the regency shows
what the hourly job counted, whose run is timed, too.
"""

import argparse
import time
from collections.abc import Callable
from functools import partial

from rich.console import Console

from bench import clients
from bench.town import HOST, PORT, served, town

out = Console(width=100)
ONE_AFTER_ANOTHER = 1


def main() -> None:
    """Measure the job, then the boards."""
    options = argparse.ArgumentParser(description="Open boards of data quality.")
    options.add_argument("--people", type=int, default=60_000)
    options.add_argument("--requests", type=int, default=40)
    asked = options.parse_args()
    with town(asked.people) as site:
        # Django is set up by now.
        from bench import registry
        from bench.staff import session_of

        cookies = session_of("dinsos").cookies
        out.print(
            f"count of the whole regency  {_seconds(registry.keep_scores):6.2f} s"
        )
        with served(site):
            for place in registry.largest_places():
                ceiling = _milliseconds(partial(registry.bare_count, place))
                _board(place, cookies, asked.requests, ceiling)


def _board(place: str, cookies: str, requests: int, ceiling: float) -> None:
    request = (
        f"GET /staff/quality/{place}/ HTTP/1.1\r\nHost: localhost\r\n"
        f"Cookie: {cookies}\r\n\r\n"
    ).encode()
    run = clients.run(
        (HOST, PORT),
        requests=requests,
        make=lambda _: request,
        check=lambda answer: answer.startswith(b"HTTP/1.1 200"),
        clients=ONE_AFTER_ANOTHER,
    )
    p50, p95 = run.percentile(0.5), run.percentile(0.95)
    out.print(
        f"board of {place:<18} p50 {p50:7.1f} ms   p95 {p95:7.1f} ms"
        f"   bare count {ceiling:7.1f} ms   ratio {ceiling / p50:5.2f}"
    )


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _milliseconds(work: Callable[[], object], times: int = 5) -> float:
    return sorted(_seconds(work) for _ in range(times))[times // 2] * 1000


if __name__ == "__main__":
    main()

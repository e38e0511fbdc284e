"""The family list of the largest village, as a browser gets it, against raw SQL.

    python -m bench.families [--people 1750000] [--requests 200]

Every page of the list in turn, from the first to the last, through the web server:
session, permission, families, members, looks written, page rendered. The ceiling is
two bare statements (the families of a page by RT, and who lives in them) on the same
keys, without Django. The aim is a p95 under 100 ms for a village of 10,000.
"""

import argparse
import time
from collections.abc import Callable
from typing import Any

from rich.console import Console

from bench import clients
from bench.town import HOST, PORT, served, town

out = Console(width=100)
AIM = 100
ONE_AFTER_ANOTHER = 1


def main() -> None:
    """Measure and print the ratio."""
    options = argparse.ArgumentParser(description="List the families of a village.")
    options.add_argument("--people", type=int, default=60_000)
    options.add_argument("--requests", type=int, default=200)
    asked = options.parse_args()
    with town(asked.people) as site:
        # Django is set up by now.
        from bench import registry
        from bench.staff import session_of

        village, people = registry.largest_village()
        keys = registry.keys_of_pages(village)
        bare = [_seconds(registry.bare_page, village, key) for key in keys * 3]
        cookies = session_of("dinsos").cookies
        pages = [_page(village, key, cookies) for key in keys]
        with served(site):
            _run(pages, len(pages))
            run = _run(pages, asked.requests)
    p50, p95 = run.percentile(0.5), run.percentile(0.95)
    ceiling = sorted(bare)[int(len(bare) * 0.95)] * 1000
    out.print(f"village of {people} people, {len(keys)} pages")
    out.print(f"raw SQL   p95 {ceiling:6.1f} ms")
    out.print(f"the page  p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   (aim under {AIM} ms)")
    out.print(f"p95 of raw SQL to p95 of the page  {ceiling / p95:5.2f}")


def _seconds(work: Callable[[str, tuple[str, int]], object], *asked: Any) -> float:
    begun = time.perf_counter()
    work(*asked)
    return time.perf_counter() - begun


def _page(village: str, key: tuple[str, int], cookies: str) -> bytes:
    after = f"?after={key[0]}~{key[1]}" if key[1] else ""
    return (
        f"GET /staff/residents/families/in/{village}/{after} HTTP/1.1\r\n"
        f"Host: localhost\r\nCookie: {cookies}\r\n\r\n"
    ).encode()


def _run(pages: list[bytes], requests: int) -> clients.Timing:
    return clients.run(
        (HOST, PORT),
        requests=requests,
        make=lambda at: pages[at % len(pages)],
        check=lambda answer: answer.startswith(b"HTTP/1.1 200"),
        clients=ONE_AFTER_ANOTHER,
    )


if __name__ == "__main__":
    main()

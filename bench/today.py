"""What applies in my village today: the public page, asked for every village in turn.

    python -m bench.today [--people 6000] [--requests 3000]

Through the whole HTTP stack and the program's own server, each village remembered for a
minute at most. Beside it, in the same run, a public page that shows and asks nothing:
the ratio says what the page itself costs.
"""

import argparse
import statistics
from collections.abc import Callable

from rich.console import Console

from bench import clients, wire
from bench.town import HOST, PORT, served, town

ROUNDS, AIM = 3, 375
out = Console()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description="Ask what applies today.")
    options.add_argument("--people", type=int, default=6_000)
    options.add_argument("--requests", type=int, default=3_000)
    asked = options.parse_args()
    with town(asked.people) as site:
        pages = [wire.request("GET", f"/today/{code}/") for code in _places()]
        with served(site):
            _measure(pages, asked.requests)


def _places() -> list[str]:
    """Return every village, and one RT of each. Django is set up by now."""
    from smartkampung.regions.queries import regency, rts_of, villages_of

    here = regency()
    assert here is not None
    villages = [row.code for row in villages_of(here.code)]
    rts = [rts_of(code).values_list("code", flat=True).first() for code in villages]
    return villages + [code for code in rts if code]


def _measure(pages: list[bytes], requests: int) -> None:
    empty = wire.request("GET", "/bench/empty-page/")
    _run("warm", len(pages) * 2, lambda at: pages[at % len(pages)], tell=False)
    rates = [
        (
            _run("empty page", requests, lambda _: empty),
            _run("today", requests, lambda at: pages[at % len(pages)]),
        )
        for _ in range(ROUNDS)
    ]
    rate = statistics.median(page for _, page in rates)
    ratio = statistics.median(page / none for none, page in rates)
    out.print(f"today{len(pages):>10} places  {rate:6.0f} hits/s   (aim {AIM})")
    out.print(f"ratio to an empty page   {ratio:6.2f}")


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

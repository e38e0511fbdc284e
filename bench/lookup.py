"""Lookup: a NIK through the whole HTTP stack, against an empty signed-in page.

    python -m bench.lookup [--people 1750000] [--requests 8000]

Signed in with a second factor, CSRF checked, row-level security set, the look written
to the access log, and what the family gets shown. Both run in the same process pool,
one after the other, several rounds, so that the machine's moods cancel out.
"""

import argparse
import statistics
from collections.abc import Callable
from urllib.parse import urlencode

from rich.console import Console

from bench import clients, wire
from bench.town import HOST, PORT, served, town

LOOKUP, EMPTY = "/staff/residents/nik/", "/bench/empty/"
ROUNDS = 3
out = Console()


def main() -> None:
    """Measure and print the ratio."""
    options = argparse.ArgumentParser(description="Look up NIKs through the web.")
    options.add_argument("--people", type=int, default=60_000)
    options.add_argument("--requests", type=int, default=8_000)
    asked = options.parse_args()
    with town(asked.people) as site:
        # Django is set up by now.
        from bench.staff import looks_written, niks, session_of

        session = session_of("dinsos")
        posts = [_post(session.cookies, session.token, nik) for nik in niks(4_000)]
        empty = wire.request("GET", EMPTY, cookies=session.cookies)
        with served(site):
            _measure(posts, empty, asked.requests, looks_written)


def _measure(
    posts: list[bytes], empty: bytes, requests: int, looks_written: Callable[[], int]
) -> None:
    address = (HOST, PORT)
    for warm in ([empty] * 200, posts[:400]):
        clients.run(address, requests=len(warm), make=warm.__getitem__, check=_fine)
    before = looks_written()
    ceilings, lookups = [], []
    for _ in range(ROUNDS):
        ceilings.append(
            clients.run(address, requests=requests, make=lambda _: empty, check=_fine)
        )
        lookups.append(
            clients.run(
                address,
                requests=requests,
                make=lambda at: posts[at % len(posts)],
                check=_found,
            )
        )
    if looks_written() - before < ROUNDS * requests:
        raise RuntimeError("a look was not written to the access log")
    _tell("empty signed-in page", ceilings)
    _tell("NIK lookup", lookups)
    ratio = _rate(lookups) / _rate(ceilings)
    out.print(f"ratio                 {ratio:6.2f}   (aim 0.45)")


def _rate(timings: list[clients.Timing]) -> float:
    return statistics.median(timing.rate for timing in timings)


def _tell(name: str, timings: list[clients.Timing]) -> None:
    p50 = statistics.median(timing.percentile(0.5) for timing in timings)
    p95 = statistics.median(timing.percentile(0.95) for timing in timings)
    out.print(
        f"{name:<22}{_rate(timings):6.0f} requests/s   p50 {p50:5.1f} ms"
        f"   p95 {p95:5.1f} ms   {clients.CLIENTS} clients"
    )


def _fine(answer: bytes) -> bool:
    return answer.startswith(b"HTTP/1.1 200")


def _found(answer: bytes) -> bool:
    return _fine(answer) and b"card-link" in answer


def _post(cookies: str, token: str, nik: str) -> bytes:
    body = urlencode({"csrfmiddlewaretoken": token, "nik": nik})
    return wire.request("POST", LOOKUP, cookies=cookies, body=body)


if __name__ == "__main__":
    main()

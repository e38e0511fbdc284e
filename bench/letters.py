"""Letters: from the click to the signed PDF, many by the worker, proofs, and numbers.

    python -m bench.letters [--letters 200] [--hits 4000]

The ceiling of the worker is a bare loop over the same letters: Typst draws and the same
key signs, nothing else. A key is opened by its passphrase at the cost of a deployment.
Aims: 300 ms from click to PDF (95 of 100), 0.6 of the bare loop, 375 proofs a second.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread
from typing import TYPE_CHECKING

from django.core.management import call_command
from rich.console import Console

from bench import clients, place, wire
from smartkampung.cli.serve import web
from smartkampung.cli.supervise import Supervisor

if TYPE_CHECKING:
    from bench.papers import Office

AIM_MS, AIM_RATIO, AIM_HITS = 300, 0.6, 375
HOST, PORT = "127.0.0.1", 8765
THREADS, EACH = 50, 20
CLICKS = 60
out = Console()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description="Write, sign and prove letters.")
    options.add_argument("--letters", type=int, default=200)
    options.add_argument("--hits", type=int, default=4_000)
    asked = options.parse_args()
    from bench.papers import office_with

    office = office_with(letters=asked.letters + CLICKS)
    _click(office)
    _worker(office, asked.letters)
    _numbers(office)
    _proofs(office, asked.hits)


def _click(office: "Office") -> None:
    times = []
    for _ in range(CLICKS):
        begun = time.perf_counter()
        pdf = office.sign_next()
        times.append((time.perf_counter() - begun) * 1000)
        if not pdf.startswith(b"%PDF"):
            raise RuntimeError("no letter")
    warm = sorted(times[5:])
    p95 = warm[int(len(warm) * 0.95)]
    out.print(
        f"click to signed PDF    p50 {statistics.median(warm):6.1f} ms   p95 {p95:6.1f} ms"
        f"   (aim {AIM_MS} ms)"
    )


def _worker(office: "Office", letters: int) -> None:
    begun = time.perf_counter()
    office.bare(letters)
    bare = letters / (time.perf_counter() - begun)
    office.order(letters)
    begun = time.perf_counter()
    done = office.work()
    worked = done / (time.perf_counter() - begun)
    if done != letters:
        raise RuntimeError(f"{done} of {letters} letters were signed")
    out.print(f"bare Typst + signature {bare:8.1f} letters/s")
    out.print(
        f"signing order, worker  {worked:8.1f} letters/s   ratio {worked / bare:.2f}"
        f" (aim {AIM_RATIO})"
    )


def _numbers(office: "Office") -> None:
    start, given = Barrier(THREADS), []

    def take() -> None:
        start.wait()
        given.extend(office.numbers(EACH))

    threads = [Thread(target=take) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    if sorted(given) != list(range(1, THREADS * EACH + 1)):
        raise RuntimeError("a gap or a double")
    out.print(
        f"numbers, {THREADS} threads   {len(given) / took:8.0f} /s   no gap, no double"
    )


def _proofs(office: "Office", hits: int) -> None:
    pages = [_get(at, path) for at, path in enumerate(office.addresses() * 20)]
    empty = [_get(at, "/bench/empty-page/") for at in range(len(pages))]
    with served():
        address = (HOST, PORT)
        for warm in (pages[:400], empty[:400]):
            clients.run(address, requests=400, make=warm.__getitem__, check=_fine)
        ceiling = clients.run(
            address, requests=hits, make=lambda n: empty[n % len(empty)], check=_fine
        )
        proofs = clients.run(
            address, requests=hits, make=lambda n: pages[n % len(pages)], check=_fine
        )
    out.print(
        f"proof of a square      {proofs.rate:8.0f} hits/s   p95"
        f" {proofs.percentile(0.95):5.1f} ms   ratio to an empty page"
        f" {proofs.rate / ceiling.rate:.2f} (aim {AIM_HITS} hits/s)"
    )


def _get(number: int, path: str) -> bytes:
    return wire.request("GET", path, wire.from_address(number * 7919))


def _fine(answer: bytes) -> bool:
    return answer.startswith(b"HTTP/1.1 200")


@contextmanager
def served() -> Iterator[None]:
    """Serve what was made, by the program's own web server."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    log = Path(place.HOME) / "web.log"
    supervisor = Supervisor([web(HOST, PORT, 0, environment, log)])
    try:
        supervisor.start()
        supervisor.wait_until_open(HOST, PORT)
        yield
    finally:
        supervisor.stop()


if __name__ == "__main__":
    main()

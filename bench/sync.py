"""Phones come home: 500 forms over a 3G line, and a thousand phones in ten minutes.

    python -m bench.sync [--people 6000] [--full] [--seed 1]

Through the whole HTTP stack and the program's own server. The line (150 ms, 384 kbit/s
up, 2 Mbit/s down) is reckoned in the client and not waited for; its bare time is the
ceiling of the first figure. Without ``--full``, a hundred phones come in one minute: at
the same pace. The ceiling of the second is an empty public page in the same run.
"""

import argparse
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from random import Random
from typing import TYPE_CHECKING

from rich.console import Console

from bench.town import HOST, PORT, served, town

if TYPE_CHECKING:
    from bench.phones import Phone

FORMS, PHOTOS = 500, 100
A_PHONE = 5  # forms of each of the many
DELAY, UP, DOWN = 0.150, 384_000 / 8, 2_000_000 / 8
AIM = 500
THREADS = 24
out = Console()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description="Let phones come home.")
    options.add_argument("--people", type=int, default=6_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--full", action="store_true")
    asked = options.parse_args()
    draw = Random(f"{asked.seed}:{time.time()}")
    count, seconds = (1_000, 600) if asked.full else (100, 60)
    with town(asked.people) as site:
        from bench.phones import enrolled

        one, *many = enrolled(1 + count)
        with served(site):
            _one_over_3g(one, draw)
            _many(many, seconds, draw)


def _one_over_3g(phone: "Phone", draw: Random) -> None:
    from bench.phones import Line, a_photo, registration

    line = phone.line = Line(DELAY, UP, DOWN)
    phone.caseload()
    content = [a_photo(draw) for _ in range(PHOTOS)]
    named = [phone.photo(one) for one in content]
    forms = [registration(phone, draw, photos=[name]) for name in named]
    forms += [registration(phone, draw) for _ in range(FORMS - PHOTOS)]
    phone.send(forms)
    spent = sum(seconds for _name, seconds in phone.server)
    out.print(
        f"{FORMS} forms, {PHOTOS} photos of {len(content[0]) / 1024:.0f} kB over 3G:"
        f" {line.spent + spent:.0f} s, of which the line {line.spent:.0f} s and the"
        f" server {spent:.1f} s; {len(phone.errors)} errors"
    )
    out.print(f"ratio to the bare line   {line.spent / (line.spent + spent):6.2f}")
    _tell(phone.errors)


def _many(phones: list["Phone"], seconds: float, draw: Random) -> None:
    seeds = [draw.getrandbits(64) for _ in phones]
    starts = sorted(draw.uniform(0, seconds) for _ in phones)
    begun = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        late = list(
            pool.map(
                lambda told: _come_home(*told, begun=begun),
                zip(phones, starts, seeds, strict=True),
            )
        )
        empty = [_empty() for _ in range(200)]
    answers = [one for phone in phones for one in phone.server]
    for name in ("caseload", "photo", "records", "receipts"):
        found = sorted(took for call, took in answers if call == name)
        out.print(f"{name:<10}{len(found):6}   {_spread(found)}")
    everything = sorted(took for _name, took in answers)
    errors = [error for phone in phones for error in phone.errors]
    p95 = _percentile(everything, 0.95)
    out.print(
        f"{len(phones)} phones in {seconds:.0f} s: {len(answers)} calls,"
        f" {len(errors)} errors, p95 {p95:.0f} ms (aim {AIM}), at most"
        f" {max(late):.1f} s late"
    )
    middle = statistics.median(empty) / statistics.median(everything)
    out.print(f"ratio of an empty page   {middle:6.2f}   ({_spread(sorted(empty))})")
    _tell(errors)


def _come_home(phone: "Phone", start: float, seed: int, *, begun: float) -> float:
    from bench.phones import a_photo, registration

    draw = Random(seed)
    wait = begun + start - time.perf_counter()
    time.sleep(max(wait, 0))
    phone.caseload()
    name = phone.photo(a_photo(draw, 160))
    forms = [registration(phone, draw, photos=[name])]
    forms += [registration(phone, draw) for _ in range(A_PHONE - 1)]
    phone.send(forms)
    ids = ",".join(form["id"] for form in forms)
    phone.call("receipts", "GET", f"receipts?ids={ids}")
    if phone.link is not None:
        phone.link.close()
    return max(-wait, 0)


def _empty() -> float:
    link = HTTPConnection(HOST, PORT, timeout=60)
    begun = time.perf_counter()
    link.request("GET", "/bench/empty-page/")
    link.getresponse().read()
    took = time.perf_counter() - begun
    link.close()
    return took


def _percentile(ordered: list[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000


def _spread(ordered: list[float]) -> str:
    shares = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
    return "   ".join(
        f"{n} {_percentile(ordered, share):5.0f} ms" for n, share in shares
    )


def _tell(errors: list[str]) -> None:
    for error in errors[:5]:
        out.print(f"  {error}")


if __name__ == "__main__":
    main()

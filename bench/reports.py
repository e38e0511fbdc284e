"""Reports: 45 a second through the whole HTTP stack, and what 10,000 guesses learn.

    python -m bench.reports [--people 60000] [--seconds 20] [--guesses 10000]
        [--hits 375]

Arrivals are constant and do not wait for answers: the time of an answer counts from
the moment its request was due. With ``--hits`` so many public pages a second are asked
for at the same time; any answer but a page ends it. The ceiling is the empty public page of the same run.
Guesses alternate between registered and made-up NIKs, one after the other.
"""

import argparse
import asyncio
import re
import statistics
import time
from collections.abc import Sequence

from rich.console import Console

from bench import wire
from bench.town import HOST, PORT, served, town

RATE = 45
AIM_MS, AIM_GAP_MS = 350, 5
EMPTY, SEND = "/t/", "/aid/report/send/"
READ = ("/", "/open/", EMPTY, "/grievance/")
CLOSE = "Connection: close"
RANDOM = re.compile(
    rb"(?im)^location:.*|^date:.*|^expires:.*|^x-request-id:.*|^set-cookie:.*|nonce-[^']+"
)
out = Console()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description="Send reports through the web.")
    options.add_argument("--people", type=int, default=60_000)
    options.add_argument("--seconds", type=int, default=20)
    options.add_argument("--guesses", type=int, default=10_000)
    options.add_argument("--hits", type=int, default=0)
    asked = options.parse_args()
    with town(asked.people) as site:
        # Django is set up by now.
        from bench.reporters import filled_in, guesses, open_wide, visitor

        open_wide()
        count = RATE * asked.seconds
        with served(site):
            someone = visitor()
            posts = [_post(form, someone, n) for n, form in enumerate(filled_in(count))]
            pages = [_get(EMPTY, n) for n in range(count)]
            asyncio.run(_at_rate(pages[: RATE * 2], 200))
            _tell("empty public page", asyncio.run(_at_rate(pages, 200)))
            hits = [
                _get(READ[n % len(READ)], n) for n in range(asked.hits * asked.seconds)
            ]
            sent, read = asyncio.run(_together(posts, hits, asked.hits))
            _tell("report", sent)
            if read:
                _tell("page beside it", read, rate=asked.hits)
            pairs = [
                (_post(hit, someone, n), _post(miss, someone, n))
                for n, (hit, miss) in enumerate(guesses(asked.guesses // 2))
            ]
            asyncio.run(_guess(pairs))


async def _together(
    posts: Sequence[bytes], hits: Sequence[bytes], rate: int
) -> tuple[list[float], list[float]]:
    sent, read = await asyncio.gather(
        _at_rate(posts, 302), _at_rate(hits, 200, rate=rate or RATE)
    )
    return sent, read


async def _at_rate(
    requests: Sequence[bytes], status: int, *, rate: int = RATE
) -> list[float]:
    begin = time.perf_counter() + 0.1

    async def one(number: int, request: bytes) -> float:
        due = begin + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        answer = await _ask(request)
        _expect(answer, status)
        return time.perf_counter() - due

    return list(await asyncio.gather(*(one(*pair) for pair in enumerate(requests))))


async def _guess(pairs: Sequence[tuple[bytes, bytes]]) -> None:
    seconds: tuple[list[float], list[float]] = ([], [])
    answers = set()
    for pair in pairs:
        for kind, request in enumerate(pair):
            begun = time.perf_counter()
            answer = await _ask(request)
            seconds[kind].append(time.perf_counter() - begun)
            _expect(answer, 302)
            answers.add(RANDOM.sub(b"", answer))
    hit, miss = (statistics.median(times) * 1000 for times in seconds)
    out.print(
        f"{2 * len(pairs)} guesses: {len(answers)} kind of answer; median hit"
        f" {hit:.2f} ms, miss {miss:.2f} ms, gap {abs(hit - miss):.2f} ms"
        f" (aim < {AIM_GAP_MS})"
    )


async def _ask(request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(HOST, PORT)
    writer.write(request)
    answer = await reader.read()
    writer.close()
    return answer


def _expect(answer: bytes, status: int) -> None:
    if not answer.startswith(b"HTTP/1.1 %d" % status):
        raise RuntimeError(f"wrong answer: {answer[:600]!r}")


def _tell(name: str, seconds: list[float], *, rate: int = RATE) -> None:
    ordered = sorted(seconds)
    p50, p95 = (ordered[int(len(ordered) * share)] * 1000 for share in (0.5, 0.95))
    out.print(
        f"{name:<20}{rate} arrivals/s   p50 {p50:6.1f} ms   p95 {p95:6.1f} ms"
        f"   (aim p95 < {AIM_MS})"
    )


def _get(path: str, number: int) -> bytes:
    return wire.request("GET", path, wire.from_address(number), CLOSE)


def _post(form: str, visitor: tuple[str, str], number: int) -> bytes:
    cookies, token = visitor
    body = f"csrfmiddlewaretoken={token}&form={form.replace('=', '%3D')}"
    # Many people behind many addresses.
    headers = (wire.from_address(number), CLOSE)
    return wire.request("POST", SEND, *headers, cookies=cookies, body=body)


if __name__ == "__main__":
    main()

"""Bookers: 200 people press "book now" for the last 20 beds of a house, over HTTP.

    python -m bench.bookers [--people 8000] [--bookers 200] [--within 0]

All send a filled-in form from an address of their own, at the same moment or spread
evenly over ``--within`` seconds; the time of an answer counts from the moment its
request was due. Twenty must get a pass, nobody a bed of another, and everybody else
the page with the nearest houses that have room.
"""

import argparse
import asyncio
import re
import time
from collections import Counter
from collections.abc import Sequence

from rich.console import Console

from bench import wire
from bench.town import HOST, PORT, served, town

SEND, FORM = "/isolation/book/send/", "/isolation/book/"
BEDS, AIM_MS = 20, 1000
OFFERED = re.compile(rb'name="house"')
out = Console()


def main() -> None:
    """Let them press, and print who got what."""
    options = argparse.ArgumentParser(description="Contest the last beds.")
    options.add_argument("--people", type=int, default=8_000)
    options.add_argument("--bookers", type=int, default=200)
    options.add_argument("--within", type=float, default=0.0)
    asked = options.parse_args()
    with town(asked.people) as site:
        # Django is set up by now.
        from bench.bookings import forms, last_beds, taken
        from bench.reporters import visitor

        house = last_beds()
        with served(site):
            someone = visitor(FORM)
            posts = [
                _post(form, someone, number)
                for number, form in enumerate(forms(house, asked.bookers))
            ]
            asyncio.run(_press([_get(number) for number in range(40)], 1.0))
            answers = asyncio.run(_press(posts, asked.within))
        _tell(answers, taken(house))


async def _press(requests: Sequence[bytes], within: float) -> list[tuple[float, bytes]]:
    begin, step = time.perf_counter() + 0.2, within / len(requests)

    async def one(number: int, request: bytes) -> tuple[float, bytes]:
        due = begin + number * step
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        reader, writer = await asyncio.open_connection(HOST, PORT)
        writer.write(request)
        answer = await reader.read()
        writer.close()
        return time.perf_counter() - due, answer

    return list(await asyncio.gather(*(one(*pair) for pair in enumerate(requests))))


def _tell(answers: Sequence[tuple[float, bytes]], beds: tuple[int, int]) -> None:
    kinds = Counter(answer[9:12].decode() for _seconds, answer in answers)
    others = sum(len(OFFERED.findall(answer)) > 1 for _seconds, answer in answers)
    ordered = sorted(seconds for seconds, _answer in answers)
    p50, p95 = (ordered[int(len(ordered) * share)] * 1000 for share in (0.5, 0.95))
    out.print(f"answers by status: {dict(kinds)}")
    out.print(f"{beds[1]} people in {beds[0]} different beds of {BEDS}")
    out.print(f"{others} of {len(answers) - kinds['302']} others were offered houses")
    out.print(f"p50 {p50:.0f} ms, p95 {p95:.0f} ms (aim p95 < {AIM_MS})")
    if beds != (BEDS, BEDS) or kinds["302"] != BEDS:
        raise SystemExit("not exactly twenty")


def _get(number: int) -> bytes:
    headers = (wire.from_address(number), "Connection: close")
    return wire.request("GET", "/isolation/", *headers)


def _post(form: str, visitor: tuple[str, str], number: int) -> bytes:
    cookies, token = visitor
    body = f"csrfmiddlewaretoken={token}&form={form.replace('=', '%3D')}"
    headers = (wire.from_address(number), "Connection: close")
    return wire.request("POST", SEND, *headers, cookies=cookies, body=body)


if __name__ == "__main__":
    main()

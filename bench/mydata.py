"""My data: what somebody learns who guesses numbers at its door.

    python -m bench.mydata [--people 60000] [--guesses 2000]

Guesses go in pairs, one after the other and each first in turn: the numbers of a
family with a phone, and numbers of which one is nobody's. Both ask for a code, the
worker looks, both type a wrong code. The gap of the medians is what can be measured.
"""

import argparse
import asyncio
import re
import statistics
import time
from collections.abc import Iterator

from rich.console import Console

from bench import wire
from bench.reports import AIM_GAP_MS, CLOSE, RANDOM, _ask, _expect
from bench.town import served, town

DOOR, CODE, WRONG = "/my-data/", "/my-data/code/", "000000"
PENDING = re.compile(rb"(?im)^set-cookie: +(pending=[^;]+)")
TOKEN = re.compile(rb'(?<=csrfmiddlewaretoken" value=")\w+')
Pair = tuple[str, str]
A_ROUND = 500  # pairs of guesses
out = Console()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description="Guess at the door of my data.")
    options.add_argument("--people", type=int, default=60_000)
    options.add_argument("--guesses", type=int, default=2_000)
    asked = options.parse_args()
    with town(asked.people) as site:
        # Django is set up by now.
        from bench.guessed import let_the_worker_look, pairs_to_guess, start_counting
        from bench.reporters import visitor

        guesses = list(pairs_to_guess(asked.guesses // 2))
        with served(site):
            door = Door(visitor())
            for begin in range(0, len(guesses), A_ROUND):
                # The door closes for everybody after so many; it is not measured here.
                start_counting()
                asyncio.run(door.ask_all(guesses[begin : begin + A_ROUND]))
                let_the_worker_look()
                asyncio.run(door.type_wrong_codes())
        door.asked.tell("asking for a code")
        door.typed.tell("typing a wrong code")


class Times:
    """Seconds of hits and misses, and every kind of answer there was."""

    def __init__(self) -> None:
        self.seconds: tuple[list[float], list[float]] = ([], [])
        self.answers: set[bytes] = set()

    async def take(self, kind: int, request: bytes, status: int) -> bytes:
        """Send one request and keep how long it took."""
        begun = time.perf_counter()
        answer = await _ask(request)
        self.seconds[kind].append(time.perf_counter() - begun)
        _expect(answer, status)
        self.answers.add(TOKEN.sub(b"", RANDOM.sub(b"", answer)))
        return answer

    def tell(self, name: str) -> None:
        """Print the medians and their gap."""
        hit, miss = (statistics.median(times) * 1000 for times in self.seconds)
        out.print(
            f"{name:<20}{sum(map(len, self.seconds))} guesses: {len(self.answers)} kind"
            f" of answer; median hit {hit:.2f} ms, miss {miss:.2f} ms,"
            f" gap {abs(hit - miss):.2f} ms (aim < {AIM_GAP_MS})"
        )


class Door:
    """Somebody at the door with many pairs of numbers, each from another address."""

    def __init__(self, visitor: tuple[str, str]) -> None:
        self.cookie, self.token = visitor
        self.waiting: list[tuple[int, int, str]] = []
        self.asked, self.typed = Times(), Times()

    async def ask_all(self, guesses: list[tuple[Pair, Pair]]) -> None:
        """Ask for a code with every pair; keep the cookie that waits for it."""
        for number, pairs in enumerate(guesses):
            for kind in in_turn(number):
                nik, kk = pairs[kind]
                request = self._post(DOOR, number, self.cookie, f"nik={nik}&kk={kk}")
                answer = await self.asked.take(kind, request, 302)
                found = PENDING.search(answer)
                if found is None:
                    raise RuntimeError("no numbers wait in this browser")
                self.waiting.append((number, kind, found[1].decode()))

    async def type_wrong_codes(self) -> None:
        """Type a wrong code for every pair that waits."""
        waiting, self.waiting = self.waiting, []
        for number, kind, pending in waiting:
            cookies = f"{self.cookie}; {pending}"
            request = self._post(CODE, number, cookies, f"digits={WRONG}")
            await self.typed.take(kind, request, 422)

    def _post(self, path: str, number: int, cookies: str, body: str) -> bytes:
        headers = (wire.from_address(number), CLOSE)
        form = f"csrfmiddlewaretoken={self.token}&{body}"
        return wire.request("POST", path, *headers, cookies=cookies, body=form)


def in_turn(number: int) -> Iterator[int]:
    """Yield hit and miss, and the other way round the next time."""
    yield number % 2
    yield 1 - number % 2


if __name__ == "__main__":
    main()

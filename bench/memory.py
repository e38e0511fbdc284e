"""Memory: a web process before and after 10,000 mixed requests.

    python -m bench.memory [--people 60000] [--requests 10000]

Public pages, look-ups by NIK, and the boards of an officer, from 16 clients.
Read after a warm-up, at half, and at the end: it may not grow. Aim: each web process
under 300 MB (resident set, shared pages counted in full).
"""

import argparse
import uuid
from pathlib import Path
from urllib.parse import urlencode

from rich.console import Console

from bench import clients, wire
from bench.lookup import LOOKUP
from bench.town import HOST, PORT, served, town

AIM_MB = 300
WARM = 400
# The first screen of a form: its opening only leads there.
REPORT = f"/aid/report/{uuid.UUID(int=0)}/who/"
PUBLIC = ("/", "/t/", REPORT, "/regions/")
STAFF = ("/staff/", "/staff/residents/", "/staff/aid/claims/")
out = Console()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description="Watch the memory of web processes.")
    options.add_argument("--people", type=int, default=60_000)
    options.add_argument("--requests", type=int, default=10_000)
    asked = options.parse_args()
    with town(asked.people) as site:
        # Django is set up by now.
        from bench.staff import niks, session_of

        session = session_of("dinsos")
        known = niks(1_000)

        def make(number: int) -> bytes:
            """Return requests of every kind in turn."""
            turn, kind = divmod(number, len(PUBLIC) + len(STAFF) + 1)
            if kind == 0:
                form = {"csrfmiddlewaretoken": session.token}
                form["nik"] = known[turn % len(known)]
                return wire.request(
                    "POST", LOOKUP, cookies=session.cookies, body=urlencode(form)
                )
            if kind <= len(STAFF):
                return wire.request("GET", STAFF[kind - 1], cookies=session.cookies)
            return wire.request(
                "GET", PUBLIC[kind - len(STAFF) - 1], wire.from_address(number)
            )

        with served(site):
            _tell("just started")
            for when, count in (
                ("warm", WARM),
                ("half way", asked.requests // 2),
                (f"after {asked.requests}", asked.requests // 2),
            ):
                clients.run((HOST, PORT), requests=count, make=make, check=_fine)
                _tell(when)


def _fine(answer: bytes) -> bool:
    return answer.startswith(b"HTTP/1.1 200")


def _tell(when: str) -> None:
    sizes = ", ".join(f"{megabytes:.0f}" for megabytes in _web_processes())
    out.print(f"{when:<16} web processes of {sizes} MB   (aim < {AIM_MB})")


def _web_processes() -> list[float]:
    """Return the resident megabytes of each process of this town's web server."""
    sizes = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
            status = (process / "status").read_text()
        except OSError:
            continue  # it ended meanwhile
        if b"smartkampung.cli.web" in words and str(PORT).encode() in words:
            line = next(row for row in status.splitlines() if row.startswith("VmRSS"))
            sizes.append(int(line.split()[1]) / 1024)
    return sorted(sizes)


if __name__ == "__main__":
    main()

"""A time-stamp authority to test and demonstrate with: RFC 3161 over HTTP.

    python -m smartkampung.letters.signing.simulators.tsa --port 8901 --root tsa.pem

Its certificates are made at the start and hang on a root that it writes to ``--root``, for
SMARTKAMPUNG_TSA_ROOTS. ``PUT /`` tells it how to behave: ``up``, ``down`` (503), ``garbled``
(no answer of the protocol) and ``yesterday`` (another time, for the curious).
"""

import argparse
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from smartkampung.kernel.orphan import end_with_parent
from smartkampung.letters.signing.stamping import answer
from smartkampung.letters.signing.x509 import Pair, new_clock, new_issuer, new_root

LONGEST_BODY = 10_000
REPLY = "application/timestamp-reply"


@dataclass
class Clock:
    """A root, the clock that hangs on it, and how to behave just now."""

    born: datetime
    mode: str = "up"
    at: datetime | None = None
    asked: int = 0
    root: Pair = field(init=False)
    pair: Pair = field(init=False)

    def __post_init__(self) -> None:
        self.root = new_root("Simulator of a time-stamp authority", at=self.born)
        issuer = new_issuer("Simulator", self.root, at=self.born)
        # One step below what is trusted: the file for the operator holds both.
        self.pair = new_clock("Simulator", issuer, at=self.born)
        self.issuer = issuer

    @property
    def trusted(self) -> str:
        """Return what the operator is to trust, as a file."""
        return self.root.pem + self.issuer.pem

    def stamp(self, request: bytes) -> bytes:
        """Return the answer to one request."""
        self.asked += 1
        at = self.at or datetime.now(UTC)
        if self.mode == "yesterday":
            at -= timedelta(days=1)
        return answer(request, self.pair, at=at)


class Desk(BaseHTTPRequestHandler):
    """Answers one request after another."""

    clock: Clock
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Write nothing."""

    def do_POST(self) -> None:
        """Stamp a print."""
        body = self._body()
        if self.clock.mode == "down":
            return self._send(503, "text/plain", b"down")
        if self.clock.mode == "garbled":
            return self._send(200, REPLY, b"maintenance")
        if self.headers.get("Content-Type") != "application/timestamp-query":
            return self._send(415, "text/plain", b"application/timestamp-query")
        return self._send(200, REPLY, self.clock.stamp(body))

    def do_PUT(self) -> None:
        """Change how to behave."""
        self.clock.mode = self._body().decode()
        self._send(200, "text/plain", b"ok")

    def _body(self) -> bytes:
        length = min(int(self.headers.get("Content-Length", "0")), LONGEST_BODY)
        return self.rfile.read(length)

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def server(
    clock: Clock, *, host: str = "127.0.0.1", port: int = 0
) -> ThreadingHTTPServer:
    """Return a server that is ready to serve; port 0 takes a free one."""
    desk = type("DeskOfClock", (Desk,), {"clock": clock})
    return ThreadingHTTPServer((host, port), desk)


def main() -> None:
    """Serve until told to stop."""
    options = argparse.ArgumentParser(description="Simulate a time-stamp authority.")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8901)
    options.add_argument("--root", type=Path, required=True)
    asked = options.parse_args()
    end_with_parent()
    clock = Clock(datetime.now(UTC))
    asked.root.write_text(clock.trusted)
    with server(clock, host=asked.host, port=asked.port) as ready:
        ready.serve_forever()


if __name__ == "__main__":
    main()

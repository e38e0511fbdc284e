"""The line between a phone and the server: cut, lossy, stuttering, out of order.

A proxy of real sockets. What it drops was committed by the server before; what it
repeats reaches the server twice; what it keeps back arrives after everything else.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

HOP = {"connection", "transfer-encoding", "content-encoding", "content-length"}
API = "/api/v1/field/"


@dataclass(frozen=True)
class Asked:
    """A request as it was sent, to send it again."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Line:
    """What the proxy does to requests of the field app; other requests pass."""

    target: str
    url: str = ""
    cut: bool = False
    api_cut: bool = False
    drop_every: int = 0
    twice: bool = False
    keep_back: bool = False
    kept: list[Asked] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def pass_on(self, asked: Asked) -> tuple[int, list[tuple[str, str]], bytes]:
        """Ask the server; return what it answered."""
        line = HTTPConnection(urlsplit(self.target).netloc, timeout=30)
        try:
            line.request(asked.method, asked.path, asked.body, asked.headers)
            answer: HTTPResponse = line.getresponse()
            body = answer.read()
            return answer.status, answer.getheaders(), body
        finally:
            line.close()

    def deliver_late(self) -> None:
        """Let what was kept back arrive now, the last first."""
        while self.kept:
            self.pass_on(self.kept.pop())

    def through(self, asked: Asked) -> tuple[int, list[tuple[str, str]], bytes] | None:
        """Return the answer, or None where the line swallows it."""
        if self.cut or (self.api_cut and asked.path.startswith(API)):
            return None
        if not asked.path.startswith(API):
            return self.pass_on(asked)
        self.asked.append(asked)
        answer = self.pass_on(asked)
        if self.twice:
            self.pass_on(asked)
        if self.keep_back and asked.method != "GET":
            self.kept.append(asked)
        number = len(self.asked)
        return None if self.drop_every and number % self.drop_every == 0 else answer


@contextmanager
def opened(target: str) -> Iterator[Line]:
    """Give a line to the server, on an address of its own."""
    line = Line(target)

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            asked = Asked(
                self.command, self.path, dict(self.headers), self.rfile.read(length)
            )
            answer = line.through(asked)
            self.close_connection = True
            if answer is None:
                return
            status, headers, body = answer
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _do

        def log_message(self, *_: Any) -> None:
            """Keep the test's output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    line.url = f"http://localhost:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield line
    finally:
        server.shutdown()
        server.server_close()

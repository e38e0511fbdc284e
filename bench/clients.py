"""Sixteen impatient clients in one thread: as little of the machine as possible.

They keep their connections open and send their next request when the last is
answered. Requests are bytes made beforehand, so that the measuring costs little of
the two processors that are measured.
"""

import selectors
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

CLIENTS = 16
_LENGTH = b"\r\ncontent-length:"


@dataclass
class Timing:
    """How a run went: seconds of each request, in the order of their answers."""

    seconds: list[float] = field(default_factory=list)
    took: float = 0.0

    @property
    def rate(self) -> float:
        """Return requests a second."""
        return len(self.seconds) / self.took

    def percentile(self, share: float) -> float:
        """Return the milliseconds within which a share of the answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000


@dataclass
class _Client:
    link: socket.socket
    begun: float = 0.0
    read: bytearray = field(default_factory=bytearray)

    def send(self, request: bytes) -> None:
        self.read.clear()
        self.begun = time.perf_counter()
        self.link.sendall(request)

    def complete(self) -> bool:
        """Say whether the whole answer has come."""
        self.read += self.link.recv(1 << 18)
        head_end = self.read.find(b"\r\n\r\n")
        if head_end < 0:
            return False
        head = bytes(self.read[:head_end]).lower()
        at = head.find(_LENGTH)
        length = int(head[at + len(_LENGTH) :].split(b"\r\n", 1)[0])
        return len(self.read) >= head_end + 4 + length


def run(
    address: tuple[str, int],
    *,
    requests: int,
    make: Callable[[int], bytes],
    check: Callable[[bytes], bool],
    clients: int = CLIENTS,
) -> Timing:
    """Send requests 0, 1, 2 ... from all clients; raise when an answer is not right."""
    timing = Timing()
    choir = selectors.DefaultSelector()
    for _ in range(clients):
        link = socket.create_connection(address)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        choir.register(link, selectors.EVENT_READ, _Client(link))
    begun = time.perf_counter()
    waiting = map(make, range(requests))
    for key in list(choir.get_map().values()):
        key.data.send(next(waiting))
    while len(timing.seconds) < requests:
        for key, _ in choir.select():
            if key.data.complete():
                timing.seconds.append(time.perf_counter() - key.data.begun)
                _next(key.data, waiting, check)
    timing.took = time.perf_counter() - begun
    for key in list(choir.get_map().values()):
        key.data.link.close()
    return timing


def _next(
    client: _Client, waiting: Iterator[bytes], check: Callable[[bytes], bool]
) -> None:
    if not check(bytes(client.read)):
        raise RuntimeError(f"wrong answer: {bytes(client.read[:400])!r}")
    request = next(waiting, None)
    if request is not None:
        client.send(request)

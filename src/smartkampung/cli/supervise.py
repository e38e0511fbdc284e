"""Starts the parts of the program as processes, and sees that they start and end together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address
from pathlib import Path
from threading import Event
from types import FrameType
from typing import IO

from smartkampung.cli.trouble import Trouble
from smartkampung.kernel.orphan import SUPERVISOR

POLITE = 10.0  # seconds between asking a part to stop and killing it
LOOK_EVERY = 0.2
FALLS = 5  # a part that ends by itself so often within a minute will not come up
FREE_WITHIN = 5.0  # an orphan of a killed run lets its port go this soon


@dataclass
class Part:
    """One process: what to run, in which environment, and where its words go."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    log: Path | None = None
    process: "subprocess.Popen[bytes] | None" = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only the supervisor."""
        output: IO[bytes] | None = self.log.open("ab") if self.log else None
        self.process = subprocess.Popen(
            self.command,
            env={**os.environ, **self.environment, SUPERVISOR: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=True,
        )
        if output:
            output.close()
        self.starts.append(time.monotonic())

    def ended(self) -> bool:
        """Say whether it ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        """Ask it to stop, and kill it when it does not."""
        if self.process is None or self.ended():
            return
        self.process.terminate()
        try:
            self.process.wait(POLITE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def finish(self) -> None:
        """Run it to its end; leave the program with its exit code when it fails."""
        self.start()
        self.wait()

    def wait(self) -> None:
        """Wait for its end; leave the program with its exit code when it failed."""
        if self.process and self.process.wait():
            sys.exit(self.process.returncode)  # it said why

    def falls(self) -> int:
        """Return how often it was started within the last minute."""
        return sum(time.monotonic() - start < 60 for start in self.starts)


class Supervisor:
    """Runs parts until a signal asks for the end; starts a part again that ended."""

    def __init__(self, parts: list[Part]) -> None:
        self.parts = parts
        self.asked_to_end = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._end)

    def start(self) -> None:
        """Start every part."""
        for part in self.parts:
            part.start()

    def finish(self, part: Part, *, beside: Part) -> None:
        """Run a part to its end; leave the program when it fails or we are to stop.

        Another part runs ``beside`` it, whose failure does not matter.
        """
        beside.start()
        part.start()
        while not (part.ended() and beside.ended()):
            if self.asked_to_end.wait(LOOK_EVERY):
                beside.stop()
                part.stop()
                sys.exit(128 + signal.SIGINT)
        if part.process and part.process.returncode:
            sys.exit(part.process.returncode)  # it said why

    def watch(self) -> None:
        """Wait for the end; raise Trouble when a part cannot be kept running."""
        while not self.asked_to_end.wait(LOOK_EVERY):
            for part in self.parts:
                if part.ended():
                    self._again(part)

    def stop(self) -> None:
        """Stop the parts, the last started first."""
        for part in reversed(self.parts):
            part.stop()

    def wait_until_open(self, host: str, port: int, patience: float = 60.0) -> None:
        """Return when the web server answers; raise Trouble when it never does."""
        until = time.monotonic() + patience
        while not answers(host, port):
            if any(part.falls() > 1 or part.ended() for part in self.parts):
                self._look_once()
            if time.monotonic() > until:
                raise Trouble(
                    f"The web server does not answer on port {port}.{self._logs()}"
                )
            if self.asked_to_end.wait(0.05):
                return

    def _look_once(self) -> None:
        for part in self.parts:
            if part.ended():
                self._again(part)

    def _again(self, part: Part) -> None:
        if part.falls() >= FALLS:
            raise Trouble(f"The {part.name} does not keep running.{self._logs()}")
        time.sleep(0.5)
        part.start()

    def _logs(self) -> str:
        logs = [str(part.log) for part in self.parts if part.log]
        return f" See {' and '.join(logs)}." if logs else ""

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_end.set()


def python(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module of ours with this very interpreter."""
    return [sys.executable, "-m", module, *arguments]


def answers(host: str, port: int) -> bool:
    """Say whether the web server is up and healthy."""
    connection = HTTPConnection(_reachable(host), port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def need_free_port(host: str, port: int) -> None:
    """Raise Trouble when something else listens there."""
    until = time.monotonic() + FREE_WITHIN
    while True:
        try:
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except PermissionError:
            raise Trouble(
                f"Port {port} is reserved for the system. Choose one above 1023."
            ) from None
        except OSError as error:
            if time.monotonic() > until:
                raise Trouble(
                    f"Port {port} cannot be used ({error.strerror}). Stop the program"
                    f" that uses it, or choose another: --port {port + 1}"
                ) from None
            time.sleep(LOOK_EVERY)
        else:
            return


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {str(IPv4Address(0)), ""} else host

"""Runs ``demo`` as a stranger would, and ends it in every rude way."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

import psutil

PATIENCE = 240
COMMAND = [sys.executable, "-m", "smartkampung.cli", "demo"]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Demonstration:
    """One demo in a folder of its own."""

    home: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    options: tuple[str, ...] = ("--people", "2000")

    @property
    def place(self) -> Path:
        """Return the folder that the demo keeps."""
        return self.home / "demo"

    def command(self, *more: str) -> list[str]:
        """Return the command line of this demo."""
        return [*COMMAND, "--port", str(self.port), *self.options, *more]

    def environment(self) -> dict[str, str]:
        """Return the environment, without anything from the tests' own."""
        ours = ("SMARTKAMPUNG_", "DATABASE_", "DJANGO_", "SK_TEST_")
        clean = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
        return {**clean, "SMARTKAMPUNG_HOME": str(self.home), **self.settings}

    def try_to_start(self, *more: str) -> subprocess.CompletedProcess[str]:
        """Run it to its end, for when it is expected to refuse."""
        return subprocess.run(
            self.command(*more),
            env=self.environment(),
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    def launch(self) -> Path:
        """Start it and return the file in which it writes."""
        output = self.home / "output"
        with output.open("wb") as file:
            self.process = subprocess.Popen(
                self.command(),
                env=self.environment(),
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return output

    def start(self) -> str:
        """Start it and wait until it is open; return what it printed."""
        output = self.launch()
        assert self.process is not None
        until = time.monotonic() + PATIENCE
        while "Ctrl-C stops" not in (said := output.read_text()):
            assert self.process.poll() is None, said
            assert time.monotonic() < until, said
            time.sleep(0.1)
        return said

    def end(self, number: signal.Signals) -> int:
        """Send a signal to the supervisor alone, and return its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(60)

    def get(self, path: str) -> int:
        """Ask for a page and return the status."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        with closing(connection):
            connection.request("GET", path)
            return connection.getresponse().status

    def leftovers(self) -> list[str]:
        """Return the processes that still work for this demo."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                words = " ".join(process.cmdline())
                environment = process.environ()
                if str(self.home) in words or (
                    environment.get("SMARTKAMPUNG_HOME") == str(self.place)
                ):
                    found.append(words)
        return found

    def wait_until_all_is_gone(self) -> None:
        """Wait for the last process to end; fail when one stays."""
        until = time.monotonic() + 30
        while left := self.leftovers():
            assert time.monotonic() < until, left
            time.sleep(0.2)

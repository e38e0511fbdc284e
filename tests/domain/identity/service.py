"""A real simulator in a process of its own, to be slow, down, killed and restarted."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from smartkampung.identity.simulator import KNOCK, PKS
from tests.population import WAYAN_KK, WAYAN_NIK

WAYAN = {
    "nik": WAYAN_NIK,
    "name": "I WAYAN SUDARMA",
    "birth_date": "1985-04-12",
    "sex": "L",
    "kk": WAYAN_KK,
}


@dataclass
class Simulator:
    """The service of the tests: start, kill, tell how to behave, ask what it counted."""

    folder: Path
    port: int = 0
    people: list[Mapping[str, str]] = field(default_factory=lambda: [WAYAN])
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Return its address, which stays over restarts."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.port = self.port or free_port()
        listed = self.folder / "people.jsonl"
        listed.write_text("\n".join(json.dumps(person) for person in self.people))
        command = [sys.executable, "-m", "smartkampung.identity.simulator"]
        command += ["--port", str(self.port), "--people", str(listed)]
        command += ["--journal", str(self.folder / "journal.jsonl")]
        self.process = subprocess.Popen(command)
        for _ in range(200):
            try:
                self.facts()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("the simulator does not come up")

    def kill(self) -> None:
        """Kill it as a power cut would."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def tell(self, **behaviour: Any) -> None:
        """Tell it how to behave from now on."""
        self._talk("PUT", json.dumps(behaviour))

    def facts(self) -> dict[str, Any]:
        """Return what it counted."""
        return self._talk("GET")

    def counted(self) -> list[str]:
        """Return the keys of the questions it counted, as its journal has them."""
        journal = self.folder / "journal.jsonl"
        lines = journal.read_text().splitlines() if journal.exists() else []
        return [json.loads(line)["key"] for line in lines]

    def _talk(self, method: str, body: str | None = None) -> dict[str, Any]:
        line = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            line.request(method, "/simulator", body)
            told: dict[str, Any] = json.loads(line.getresponse().read())
        finally:
            line.close()
        return told


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def point_at(settings: Settings, simulator: Simulator) -> None:
    """Configure the program to ask this simulator."""
    settings.IDENTITY_URL = simulator.url
    settings.IDENTITY_TOKEN = KNOCK
    settings.IDENTITY_PKS = PKS
    settings.IDENTITY_QUOTA = 1000
    settings.IDENTITY_SECONDS = 2.0


@pytest.fixture
def simulator(tmp_path: Path, settings: Settings) -> Iterator[Simulator]:
    """A simulator that knows Wayan, and the program that asks it."""
    made = Simulator(tmp_path)
    made.start()
    point_at(settings, made)
    yield made
    made.kill()

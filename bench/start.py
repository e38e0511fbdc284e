"""Start: ``./run demo`` as a person sees it, from the command to an open page.

    python -m bench.start [--people 60000]

From nothing (the libraries are there), again after Ctrl-C, and again after everything
was killed at once. Aims: 30 s, 5 s, 5 s.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from rich.console import Console

PORT = 8766
PATIENCE = 900.0
out = Console()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description="Start the demo, three times.")
    options.add_argument("--people", type=int, default=60_000)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="sk-start-") as folder:
        Path(folder).chmod(0o755)
        for name, aim, end in (
            ("from nothing", 30, signal.SIGINT),
            ("after Ctrl-C", 5, signal.SIGKILL),
            ("after kill -9", 5, signal.SIGINT),
        ):
            seconds = _start(Path(folder), asked.people, end)
            out.print(f"{name:<16}{seconds:6.1f} s   (aim {aim} s)")


def _start(folder: Path, people: int, end: signal.Signals) -> float:
    """Start the demo, wait for its first page, and end it by a signal."""
    command = [sys.executable, "-m", "smartkampung.cli", "demo"]
    options = ["--people", str(people), "--port", str(PORT)]
    begun = time.perf_counter()
    with (folder / "demo.log").open("ab") as log:
        demo = subprocess.Popen(
            [*command, *options],
            env={**os.environ, "SMARTKAMPUNG_HOME": str(folder)},
            stdout=log,
            stderr=log,
        )
    while not _answers():
        if demo.poll() is not None or time.perf_counter() - begun > PATIENCE:
            raise RuntimeError((folder / "demo.log").read_text())
        time.sleep(0.05)
    seconds = time.perf_counter() - begun
    demo.send_signal(end)
    demo.wait()
    return seconds


def _answers() -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{PORT}/", timeout=30) as page:
            return bool(page.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    main()

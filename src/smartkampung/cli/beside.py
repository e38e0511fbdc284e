"""The demo that runs on this machine, for commands that only look."""

import os

from rich.console import Console

from smartkampung.cli.environment import home
from smartkampung.cli.site import Site

LOOKING = {"zones"}
HOST, PORT = "127.0.0.1", 8000
SOCKET = ".s.PGSQL.5432"


def look_at_demo(word: str) -> None:
    """Let a command that only looks read the running demo, when no database is named."""
    site = Site(home() / "demo", HOST, PORT)
    running = (site.cluster.socket_folder / SOCKET).exists()
    if word not in LOOKING or not site.brings_its_database or not running:
        return
    os.environ.update(site.environment())
    Console(stderr=True).print(
        f"Reads the demo in {site.place} / Membaca demo di {site.place}",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )

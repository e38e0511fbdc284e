"""The web server: Granian with as many processes as processors, and few threads.

Run as ``python -m smartkampung.cli.web``; ``smartkampung serve`` starts it so.
"""

import gc
import os
from importlib import import_module
from typing import Annotated

import django
import typer
from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from smartkampung.kernel.orphan import end_with_parent, name_as_parent

# Every thread holds a database connection of its own.
THREADS = 4


def serve(
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    port: Annotated[int, typer.Option()] = 8000,
    processes: Annotated[int, typer.Option()] = 0,
) -> None:
    """Serve the pages until told to stop."""
    end_with_parent()
    name_as_parent()
    _load_once()
    Server(
        "smartkampung.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes or min(os.cpu_count() or 1, 8),
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=600,
        backlog=1024,
        backpressure=256,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,  # the program writes its own, without codes in paths
    ).serve()


def _load_once() -> None:
    """Load the program before the processes fork, so that they share what is loaded.

    Nothing here opens a connection or starts a thread: those belong to each process.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartkampung.config.settings")
    django.setup()
    import_module(settings.ROOT_URLCONF)
    gc.freeze()


if __name__ == "__main__":
    typer.run(serve)

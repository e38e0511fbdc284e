"""``smartkampung serve``: the web server and the worker of a real deployment."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from smartkampung.cli.environment import home, need_database_url
from smartkampung.cli.supervise import Part, Supervisor, need_free_port, python
from smartkampung.cli.trouble import plain_words


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    processes: Annotated[int, typer.Option(help="Web processes; 0 chooses.")] = 0,
    worker: Annotated[bool, typer.Option(help="Run the worker, too.")] = True,
) -> None:
    """Serve the pages and run the jobs, until told to stop."""
    need_database_url()
    need_free_port(host, port)
    parts = [web(host, port, processes)]
    if worker:
        parts.insert(0, Part("worker", python("smartkampung.cli", "worker"), {}))
    supervisor = Supervisor(parts)
    try:
        supervisor.start()
        supervisor.watch()
    finally:
        supervisor.stop()


def web(
    host: str,
    port: int,
    processes: int,
    environment: Mapping[str, str] | None = None,
    log: Path | None = None,
) -> Part:
    """Return the web server as a part; its processes measure into one folder."""
    measures = home() / "measures"
    with plain_words(measures):
        shutil.rmtree(measures, ignore_errors=True)
        measures.mkdir(parents=True)
    options = ["--host", host, "--port", str(port), "--processes", str(processes)]
    return Part(
        "web server",
        python("smartkampung.cli.web", *options),
        {"PROMETHEUS_MULTIPROC_DIR": str(measures), **(environment or {})},
        log,
    )

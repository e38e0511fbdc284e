"""A regency to measure in: made once by the program's own demo, kept for the next run.

Making 1.75 million people takes minutes, so a town stays in a folder per size
(``SK_BENCH_HOME``, by default /var/tmp/sk-bench) and is brought up to date when the
program changes. It is served by the program's own web server, with the application's
role, row-level security and all.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from smartkampung.cli.demo import SEED, preparation
from smartkampung.cli.serve import web
from smartkampung.cli.site import Site
from smartkampung.cli.supervise import Supervisor

HOME = Path(os.environ.get("SK_BENCH_HOME", "/var/tmp/sk-bench"))
HOST, PORT = "127.0.0.1", 8765
SETTINGS = "bench.settings"


@contextmanager
def town(people: int) -> Iterator[Site]:
    """Start the database of a town of that size, and Django in this process."""
    site = Site(HOME / str(people), HOST, PORT)
    site.place.mkdir(parents=True, exist_ok=True)
    with site.alone():
        site.start_database()
        try:
            if not site.prepared():
                preparation(site, people, SEED).finish()
                site.remember_prepared()
            os.environ.update(site.environment(), DJANGO_SETTINGS_MODULE=SETTINGS)
            django.setup()
            yield site
        finally:
            site.stop_database()


@contextmanager
def served(site: Site) -> Iterator[str]:
    """Serve the town as a deployment does, without the worker; give its address."""
    environment = {
        **site.environment(),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    log = site.place / "web.log"
    supervisor = Supervisor([web(HOST, PORT, 0, environment, log)])
    try:
        supervisor.start()
        supervisor.wait_until_open(HOST, PORT)
        yield f"http://localhost:{PORT}"
    finally:
        supervisor.stop()

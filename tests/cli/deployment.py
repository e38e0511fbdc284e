"""A real deployment beside the test databases: two roles, processes of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from smartkampung.cli.embedded import APP, OWNER, Cluster
from tests.database import HOME

COMMAND = [sys.executable, "-m", "smartkampung.cli"]


@dataclass(frozen=True)
class Deployment:
    """The environment of one deployment, and commands run in it."""

    environment: dict[str, str]

    def run(self, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
        """Run ``smartkampung`` to its end and return what it said."""
        return subprocess.run(
            [*COMMAND, *words],
            env={**self.environment, **changes},
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def python(self, program: str) -> None:
        """Run a program in this deployment, as a job of it would run."""
        subprocess.run(
            [sys.executable, "-c", f"import django; django.setup(){program}"],
            env={
                **self.environment,
                "DJANGO_SETTINGS_MODULE": "smartkampung.config.settings",
            },
            check=True,
            timeout=120,
        )

    @contextmanager
    def running(self, *words: str, **changes: str) -> Iterator["subprocess.Popen[str]"]:
        """Run ``smartkampung`` beside the test, and stop it afterwards."""
        process = subprocess.Popen(
            [*COMMAND, *words],
            env={**self.environment, **changes},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=30)


def deployed(home: Path, database: str, *, copying: str = "template1") -> Deployment:
    """Make a database in the test cluster, and what an operator would set.

    It is empty, or a copy of another one: migrating takes 15 s.
    """
    cluster = Cluster(HOME / "db", HOME / "s")
    with cluster.superuser() as connection:
        connection.execute(
            f"CREATE DATABASE {database} OWNER {OWNER} TEMPLATE {copying}"
        )
    clean = {k: v for k, v in os.environ.items() if not k.startswith("SMARTKAMPUNG_")}
    return Deployment(
        {
            **clean,
            "DATABASE_URL": cluster.url(role=APP, database=database),
            "DATABASE_OWNER_URL": cluster.url(role=OWNER, database=database),
            "SMARTKAMPUNG_HOME": str(home),
            "SMARTKAMPUNG_SECRET_KEY": "kD8f0sNq3-Zx9vLw2RtYp7_mHc5jBa1uEo6iGd4lTyKx0wPz3Q",
            "SMARTKAMPUNG_SITE_URL": "https://kampung.example",
            "SMARTKAMPUNG_HOSTS": "kampung.example,127.0.0.1",
            "SMARTKAMPUNG_MESSAGES": "apprise",
            "SMARTKAMPUNG_APPRISE_URL": "json://127.0.0.1:9/{to}",
            "SMARTKAMPUNG_BACKUPS": "elsewhere",
        }
    )

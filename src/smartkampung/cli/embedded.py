"""Starts and stops a PostgreSQL of our own: shipped in a wheel, or installed.

Everything here may be killed at any moment and started again: a new data folder
appears whole or not at all, and locks left behind by a killed server are removed.
"""

import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg import sql

from smartkampung.cli.binaries import Account, account_for, programs
from smartkampung.cli.trouble import Trouble, disk_full, plain_words

OWNER, APP = "sk_owner", "sk_app"
DATABASE = "smartkampung"
LONGEST_SOCKET_PATH = 80  # the system allows 107, of which PostgreSQL needs some
PATIENCE = 60.0
# Statements in the log of errors would hold what people typed.
QUIET = ("log_min_error_statement=panic", "log_checkpoints=off", "jit=off")
LOCKS_ARE_HELD = ("lock file", "shared memory block")


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL data folder, reached only through a socket in ``sockets``."""

    data: Path
    sockets: Path

    def url(self, *, role: str = APP, database: str = DATABASE) -> str:
        """Return the address that Django and jobs connect to."""
        return f"postgresql://{role}@/{database}?host={self.socket_folder}"

    @property
    def socket_folder(self) -> Path:
        """Return ``sockets``, or a short folder when the path would be too long."""
        if len(str(self.sockets)) <= LONGEST_SOCKET_PATH:
            return self.sockets
        name = sha256(str(self.sockets).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"sk-{name}"

    def start(self, *options: str) -> None:
        """Make the cluster if it is new, start it, and see to its roles.

        Raises Trouble with a sentence for the operator when that cannot be.
        """
        account = account_for(self.data)
        with plain_words(self.data):
            self._folders(account)
        if not (self.data / "PG_VERSION").exists():
            self._make(account)
        self._clear_stale_locks()
        self._launch(account, options)
        self._see_to_roles()

    def stop(self) -> None:
        """Stop the server at once, keeping the data; nothing when it is not running."""
        if self.server_pid() is not None:
            self._pg_ctl(account_for(self.data), "-w", "-m", "fast", "stop")

    def stop_when_this_process_ends(self) -> None:
        """Leave a watcher behind that stops the server, even after ``kill -9``.

        The watcher reads a pipe that only this process holds open; when this process
        is gone, for whatever reason, the pipe ends.
        """
        account = account_for(self.data)
        reading, writing = os.pipe()
        os.set_inheritable(writing, False)
        # The shell leaves the watcher behind and ends, so there is no child to wait for.
        watch = 'exec 3<&0; (read _ <&3; exec "$0" -D "$1" -m fast stop) &'
        subprocess.run(
            ["/bin/sh", "-c", watch, str(programs(account) / "pg_ctl"), str(self.data)],
            check=True,
            stdin=reading,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
            user=account.user,
            group=account.group,
            extra_groups=account.groups,
        )
        os.close(reading)

    def make_database_anew(self) -> None:
        """Drop the database with all that is in it, and make an empty one."""
        with self.superuser() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")

    def server_pid(self) -> int | None:
        """Return the process of the running server, or None."""
        lock = self.data / "postmaster.pid"
        try:
            pid = int(lock.read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return None
        return pid if _is_postgres(pid) else None

    def superuser(
        self, database: str = "postgres"
    ) -> "psycopg.Connection[tuple[object, ...]]":
        """Open a connection that may do everything; only this machine can."""
        return psycopg.connect(
            self.url(role="postgres", database=database), autocommit=True
        )

    def _folders(self, account: Account) -> None:
        self.data.parent.mkdir(parents=True, exist_ok=True)
        _own_folder(self.data, account)
        _own_folder(self.socket_folder, account)
        if account.other:
            self._must_be_reachable(account)

    def _must_be_reachable(self, account: Account) -> None:
        if account.run(["test", "-w", str(self.data)]).returncode:
            raise Trouble(
                f"PostgreSQL runs as {account.name!r} here and cannot reach {self.data}."
                " Choose another folder with SMARTKAMPUNG_HOME, for example"
                " /var/lib/smartkampung."
            )

    def _make(self, account: Account) -> None:
        # Made beside and moved in: a killed initdb leaves no half a cluster behind.
        beside = self.data.with_name(f"{self.data.name}.new")
        with plain_words(self.data):
            if beside.exists():
                shutil.rmtree(beside)
            _own_folder(beside, account)
        command = [str(programs(account) / "initdb"), "-U", "postgres", "-A", "trust"]
        options = ["-E", "UTF8", "--locale=C", "--no-sync", "-D", str(beside)]
        answer = account.run(command + options)
        if answer.returncode:
            shutil.rmtree(beside, ignore_errors=True)
            raise _sentence(answer.stderr, self.data)
        with plain_words(self.data):
            beside.rename(self.data)

    def _clear_stale_locks(self) -> None:
        if self.server_pid() is not None:
            self.stop()  # ours, from a run whose starter was killed
        socket = self.socket_folder / ".s.PGSQL.5432"
        for lock in (
            self.data / "postmaster.pid",
            socket,
            socket.with_name(f"{socket.name}.lock"),
        ):
            lock.unlink(missing_ok=True)

    def _launch(self, account: Account, options: tuple[str, ...]) -> None:
        settings = [
            "listen_addresses=''",
            f"unix_socket_directories='{self.socket_folder}'",
            *QUIET,
        ]
        flags = " ".join([*(f"-c {setting}" for setting in settings), *options])
        until = time.monotonic() + PATIENCE
        while True:
            log = self.data / "log"
            begin = log.stat().st_size if log.exists() else 0
            answer = self._pg_ctl(account, "-w", "-o", flags, "-l", str(log), "start")
            if answer.returncode == 0:
                return
            said = (
                log.read_text(errors="replace")[begin:]
                if log.exists()
                else answer.stderr
            )
            # Children of a killed server take a moment to notice and let go.
            if time.monotonic() > until or not any(
                word in said for word in LOCKS_ARE_HELD
            ):
                raise _sentence(said or answer.stderr, self.data)
            time.sleep(0.2)

    def _see_to_roles(self) -> None:
        with self.superuser() as connection:
            roles = {
                row[0] for row in connection.execute("SELECT rolname FROM pg_roles")
            }
            for role, rights in ((OWNER, "LOGIN CREATEDB"), (APP, "LOGIN")):
                if role not in roles:
                    connection.execute(
                        sql.SQL("CREATE ROLE {} " + rights).format(sql.Identifier(role))
                    )
            found = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone()
            if not found:
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")

    def _pg_ctl(
        self, account: Account, *arguments: str
    ) -> subprocess.CompletedProcess[str]:
        # Not captured: a server that keeps running would keep the pipe open.
        return subprocess.run(
            [str(programs(account) / "pg_ctl"), "-D", str(self.data), *arguments],
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd="/",
            user=account.user,
            group=account.group,
            extra_groups=account.groups,
        )


def _own_folder(folder: Path, account: Account) -> None:
    folder.mkdir(mode=0o700, exist_ok=True, parents=True)
    if account.other:
        os.chown(folder, account.uid, account.gid)


def _is_postgres(pid: int) -> bool:
    """Say whether a process runs and is PostgreSQL; numbers are used again."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_text()
    except FileNotFoundError:
        answer = subprocess.run(
            ["/bin/ps", "-o", "command=", "-p", str(pid)],
            check=False,
            capture_output=True,
            text=True,
        )
        command = answer.stdout
    return "postgres" in command


def _sentence(said: str, data: Path) -> Trouble:
    """Return what PostgreSQL complained about, as one sentence."""
    if "No space left on device" in said:
        return disk_full(data)
    if "initialized by PostgreSQL version" in said:
        return Trouble(
            f"The data in {data} was made by another version of PostgreSQL. See"
            " docs/how-to/upgrade.md, or begin anew with --reset."
        )
    lines = [line for line in said.splitlines() if "FATAL" in line or "error:" in line]
    why = lines[-1].split(":", 2)[-1].strip() if lines else "see the log beside it"
    return Trouble(f"PostgreSQL does not start in {data}: {why}")

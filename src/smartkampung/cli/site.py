"""The place where a demo lives: its folder, its database, and whether it is complete."""

import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from smartkampung.cli.embedded import APP, OWNER, Cluster
from smartkampung.cli.environment import kept_secret
from smartkampung.cli.trouble import Trouble
from smartkampung.cli.tuning import tuned

# Measured: tables, indexes and write-ahead log of one person, with room to spare.
BYTES_A_PERSON = 4_000
BYTES_AT_LEAST = 700_000_000
PROGRAM = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Site:
    """Where a demo lives, and on which address it opens.

    With DATABASE_URL set it uses that database, which must be empty at first, and
    starts none of its own.
    """

    place: Path
    host: str
    port: int

    @property
    def ready(self) -> Path:
        """Return the file that says that the demo is complete, and of what."""
        return self.place / "ready.json"

    @property
    def cluster(self) -> Cluster:
        """Return the embedded PostgreSQL of this place."""
        return Cluster(self.place / "db", self.place / "s")

    @property
    def brings_its_database(self) -> bool:
        """Say whether the operator named no database."""
        return not os.environ.get("DATABASE_URL")

    def environment(self) -> dict[str, str]:
        """Return what the parts of the program need to know."""
        mine = {
            "SMARTKAMPUNG_DEMO": "1",
            "SMARTKAMPUNG_PAYER": "114:0000000001:Kas Daerah (demo)",
            "SMARTKAMPUNG_HOME": str(self.place),
            "SMARTKAMPUNG_SECRET_KEY": kept_secret(self.place / "secret"),
            "SMARTKAMPUNG_SITE_URL": f"http://localhost:{self.port}",
            "SMARTKAMPUNG_TIME_TRAVEL": str(self.days_ahead),
        }
        if self.brings_its_database:
            mine["DATABASE_URL"] = self.cluster.url(role=APP)
            mine["DATABASE_OWNER_URL"] = self.cluster.url(role=OWNER)
        return mine

    @property
    def days_ahead(self) -> int:
        """Return how many days the clock of the demo has travelled so far."""
        kept = self.place / "days-ahead"
        return int(kept.read_text()) if kept.exists() else 0

    def travel(self, days: int) -> None:
        """Move the clock of the demo on; it never goes back, as its history cannot."""
        (self.place / "days-ahead").write_text(str(self.days_ahead + days))

    def prepared(self) -> bool:
        """Say whether the demo was made ready by this very version of the program."""
        stamp = self.place / "prepared"
        known = stamp.read_text() if stamp.exists() else ""
        return self.ready.exists() and known == fingerprint()

    def remember_prepared(self) -> None:
        """Note that nothing is left to do until the program changes."""
        (self.place / "prepared").write_text(fingerprint())

    def start_database(self) -> None:
        """Start the embedded PostgreSQL, empty when a build was killed half-way."""
        if not self.brings_its_database:
            return
        self.cluster.start(*tuned())
        self.cluster.stop_when_this_process_ends()
        if not self.ready.exists():
            self.cluster.make_database_anew()
            # The ledger begins anew, too: the seal that was kept is of another one.
            for kept in ("last-seal.json", "last-event-seal.json"):
                (self.place / "checkpoints" / kept).unlink(missing_ok=True)

    def stop_database(self) -> None:
        """Stop the embedded PostgreSQL, if it runs."""
        if self.brings_its_database:
            self.cluster.stop()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep a second demo out of this folder; the lock ends with the process."""
        self.place.mkdir(parents=True, exist_ok=True)
        with (self.place / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Trouble(
                    f"A demo already runs from {self.place}. Stop it, or run another"
                    " one with SMARTKAMPUNG_HOME set to another folder."
                ) from None
            yield

    def clear(self) -> None:
        """Delete everything that the demo made."""
        if not self.brings_its_database:
            raise Trouble(
                "A database of your own is not deleted from here. Make it empty"
                f" yourself, delete {self.place}, and start again without --reset."
            )
        self.cluster.stop()
        for entry in self.place.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry.name != "lock":
                entry.unlink()

    def need_space(self, people: int) -> None:
        """Raise Trouble when the disk has no room for so many people."""
        if self.ready.exists() or not self.brings_its_database:
            return
        need = max(BYTES_AT_LEAST, people * BYTES_A_PERSON)
        free = shutil.disk_usage(self.place).free
        if free < need:
            raise Trouble(
                f"The disk that holds {self.place} has {free // 10**6} MB free; a demo"
                f" of {people} people needs {need // 10**6} MB. Free some space, choose"
                " fewer --people, or another folder with SMARTKAMPUNG_HOME."
            )


def fingerprint() -> str:
    """Return what changes when any file of the program or its Python does."""
    facts = [
        f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}"
        for file in PROGRAM.rglob("*")
        if file.suffix not in {".pyc", ".mo"} and file.is_file()
    ]
    return sha256("\n".join([sys.prefix, *sorted(facts)]).encode()).hexdigest()

"""What should be going on: a worker, an empty queue, a right clock, fresh backups."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from smartkampung.kernel.clock import now
from smartkampung.kernel.queue import ALIVE, last_heartbeat, queue_facts

LONGEST_WAIT = timedelta(minutes=10)
CLOCKS_DIFFER = timedelta(seconds=2)
BACKUP_AGE = timedelta(hours=26)


def worker() -> Iterator[str]:
    """Find a queue that nobody works on."""
    beat = last_heartbeat()
    if beat is None or now() - beat > ALIVE:
        yield "No worker is running. Start: smartkampung worker"


def jobs() -> Iterator[str]:
    """Find jobs that need a person."""
    facts = queue_facts(at=now())
    counts, oldest = facts["jobs"], facts["oldest_job_seconds"]
    failed = counts["failed"] if isinstance(counts, dict) else 0
    if failed:
        yield f"{failed:.0f} jobs were given up. Look at /staff/jobs/."
    if isinstance(oldest, float) and oldest > LONGEST_WAIT.total_seconds():
        yield f"The oldest job waits since {oldest / 60:.0f} minutes."


def clock() -> Iterator[str]:
    """Find clocks that disagree: deadlines and one-time codes depend on them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone() or (now(),)
    difference = abs(now() - theirs)
    if difference > CLOCKS_DIFFER:
        yield (
            f"The clocks of this machine and of the database differ by"
            f" {difference.total_seconds():.0f} s. Set both by NTP."
        )


def backups() -> Iterator[str]:
    """Find data that only one disk holds."""
    if settings.BACKUPS == "elsewhere":
        return
    stamp = Path(settings.BACKUP_STAMP)
    if not stamp.exists():
        yield (
            "No base backup was made. See docs/how-to/restore.md; if somebody else backs"
            " up this database, set SMARTKAMPUNG_BACKUPS=elsewhere."
        )
    elif now().timestamp() - stamp.stat().st_mtime > BACKUP_AGE.total_seconds():
        yield "The last base backup is older than a day. Look at its timer."
    yield from _archive()


def _archive() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('archive_mode'), last_archived_time,"
            " last_failed_time FROM pg_stat_archiver"
        )
        mode, archived, failed = cursor.fetchone() or ("off", None, None)
    if mode == "off":
        yield "WAL is not archived (archive_mode = off): what was entered today is lost."
    elif _later(failed, archived):
        yield "The last try to archive WAL failed. Is the archive full or away?"


def _later(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and (other is None or one > other)

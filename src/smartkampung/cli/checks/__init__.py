"""``smartkampung check``: everything wrong with a deployment, each with what to do.

Every check is a generator of sentences; silence means that all is well. A ``Note`` is
worth knowing and not wrong.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import DatabaseError

from smartkampung.cli.checks import (
    database,
    files,
    identity,
    letters,
    running,
    settings,
)
from smartkampung.cli.checks.notes import Note

Check = Callable[[], Iterator[str]]

CHECKS: list[tuple[str, Check]] = [
    ("Demo mode", settings.demo_mode),
    ("Secret key", settings.secret_key),
    ("Addresses", settings.addresses),
    ("Other systems", settings.exchange),
    ("Messages", settings.messages),
    ("Measurements", settings.measurements),
    ("Identity checks", identity.service),
    ("Key file", files.key_file),
    ("Folders", files.folders),
    ("Database server", database.server),
    ("Migrations", database.migrations),
    ("Rights of the program", database.role),
    ("Append-only tables", database.append_only),
    ("Ledger", database.ledger),
    ("Row-level security", database.row_level_security),
    ("What the server logs", database.server_logs),
    ("Demo accounts", database.demo_accounts),
    ("Worker", running.worker),
    ("Jobs", running.jobs),
    ("Clock", running.clock),
    ("Backups", running.backups),
    ("Public holidays", letters.holidays),
]


@dataclass(frozen=True)
class Result:
    """What one check found; no problem means that it is well."""

    title: str
    problems: list[str]
    notes: list[str] = field(default_factory=list)


def run_checks() -> Iterator[Result]:
    """Run every check; one that cannot reach the database says so and the rest go on."""
    for title, check in CHECKS:
        try:
            said = list(check())
        except DatabaseError as error:
            words = " ".join(str(error).split())
            yield Result(title, [f"The database does not answer: {words[:200]}"])
            continue
        notes = [sentence for sentence in said if isinstance(sentence, Note)]
        yield Result(title, [one for one in said if one not in notes], list(notes))

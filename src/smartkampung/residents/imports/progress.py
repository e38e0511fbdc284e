"""How far a running import is, told beside its own transaction."""

from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from django.db import DatabaseError, connection

from smartkampung.residents.imports.bulk import note_progress

EVERY_SECONDS = 1.0


class Reporter:
    """Writes progress on a connection of its own, at most once a second.

    Progress is a courtesy: when it cannot be written, the import goes on.
    """

    def __init__(
        self, import_id: int | None, also: Callable[[int, int], None] | None = None
    ) -> None:
        self._import_id, self._also = import_id, also
        self._next = monotonic() + EVERY_SECONDS

    def tell(self, done: int, total: int) -> None:
        """Say that so much of the total (0: not known) was read."""
        if self._also is not None:
            self._also(done, total)
        if self._import_id is None or monotonic() < self._next:
            return
        self._next = monotonic() + EVERY_SECONDS
        beside = connection.copy()
        with suppress(DatabaseError):
            try:
                note_progress(beside, self._import_id, done, total)
            finally:
                beside.close()

"""What an import of one kind must be able to do; people, deciles, recipients."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from smartkampung.kernel.sealed import keyring
from smartkampung.regions.queries import villages_of
from smartkampung.residents.imports import registry
from smartkampung.residents.imports.bulk import PeopleWriter
from smartkampung.residents.imports.findings import Finding, Outcome
from smartkampung.residents.imports.judging import PeopleJudge
from smartkampung.residents.imports.lives import act_of_file, append_events
from smartkampung.residents.imports.reading.records import Format
from smartkampung.residents.imports.ready import Preparer
from smartkampung.residents.imports.source import Batch


@dataclass(frozen=True)
class Task:
    """What somebody wants imported: which kind, where, with which options.

    ``by`` and ``context`` are those of the import once it is applied.
    """

    format: Format
    scope: str
    at: datetime
    options: dict[str, str]
    by: str = ""
    context: uuid.UUID | None = None

    @property
    def today(self) -> date:
        """Return the day of the import."""
        return self.at.date()


class Handler(Protocol):
    """Judges the batches of one import, and writes what was judged.

    ``prepare`` runs in another thread, ahead of the rest: it must not use the
    database. ``settle`` ends a batch, written or not.
    """

    def prepare(self, batches: Iterator[Batch]) -> Iterator[Any]:
        """Yield what ``judge`` takes, one for each batch."""
        ...

    def judge(self, prepared: Any) -> list[Finding]:
        """Return the finding of each row that could be read."""
        ...

    def write(self, findings: list[Finding]) -> None:
        """Write the batch that was judged last."""
        ...

    def settle(self) -> None:
        """End the batch that was judged last."""
        ...

    def added(self) -> dict[str, list[Any]]:
        """Return what was added that the history does not hold, for undo."""
        ...


Factory = Callable[[Task, bool], Handler]


class PeopleHandler:
    """People of a village, or of a whole regency where rows name their village."""

    def __init__(self, task: Task, lock: bool) -> None:
        self._preparer = Preparer(
            scope=task.scope,
            villages={row.code for row in villages_of(task.scope)},
            keys=keyring(),
            all_new=lock and registry.is_empty(),
        )
        self._act = act_of_file(task.context or uuid.uuid4(), by=task.by, at=task.at)
        self._judge = PeopleJudge(scope=task.scope, lock=lock)
        self._writer = PeopleWriter(registry.regions_in(task.scope))

    def prepare(self, batches: Iterator[Batch]) -> Iterator[Any]:
        """Compute the keys of each batch, ahead."""
        return self._preparer.prepare(batches)

    def judge(self, prepared: Any) -> list[Finding]:
        """Compare a batch with the registry."""
        return self._judge.judge(prepared)

    def write(self, findings: list[Finding]) -> None:
        """Write the batch, and what it means for lives."""
        self._writer.write(findings, self._judge.cards.book.items())
        changed = (f for f in findings if f.outcome is Outcome.CHANGED)
        append_events(changed, self._act)
        self._judge.first_added = self._writer.first_added

    def settle(self) -> None:
        """Remember the cards of the batch."""
        self._judge.cards.settle()

    def added(self) -> dict[str, list[Any]]:
        """Return the RWs and RTs that were added."""
        return {"regions": self._writer.added_regions}

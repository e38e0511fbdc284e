"""The course of an import: read, judge, count, and write when it is meant."""

from collections import Counter
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Protocol

from smartkampung.kernel.sealed import keyring
from smartkampung.residents.bulk import ahead, short_turns
from smartkampung.residents.imports import source
from smartkampung.residents.imports.findings import Finding, Outcome
from smartkampung.residents.imports.handling import Handler, Task
from smartkampung.residents.imports.reading.records import Defect, Unusable
from smartkampung.residents.imports.recording import settle
from smartkampung.residents.imports.source import Batch

COUNTED = tuple(Outcome)
PLAN = "import-plan"


class Keeper(Protocol):
    """Whoever wants to see each batch as it was judged."""

    def __call__(self, batch: Batch, findings: list[Finding]) -> None:
        """Take a batch."""
        ...


@dataclass
class Summary:
    """What an import found, in numbers, and a print of every single finding."""

    counts: Counter[str] = field(default_factory=Counter)
    noted: int = 0
    fingerprint: bytes = b""
    columns: dict[str, list[str]] = field(default_factory=dict)

    def as_counts(self) -> dict[str, int]:
        """Return every count, zeros too."""
        return {outcome.value: self.counts[outcome] for outcome in COUNTED}


def run(
    task: Task,
    blocks: Iterable[bytes],
    handler: Handler,
    *,
    write: bool,
    printed: bool,
    keep: Keeper,
    progress: Callable[[int, int], None],
) -> Summary:
    """Read a file to its end and judge it; write each batch when ``write``.

    ``printed`` asks for the print by which a preview is known again.
    Runs in the caller's transaction. Raises Unusable with the reason.
    """
    summary = Summary()
    batches: list[Batch] = []

    def noted() -> Generator[Batch, None, None]:
        for batch in source.read(task.format, blocks, today=task.today):
            batches.append(batch)
            yield batch

    with (
        short_turns(),
        closing(noted()) as reading,
        closing(ahead(handler.prepare(reading))) as made_ready,
    ):
        for prepared in made_ready:
            batch = batches.pop(0)
            findings = handler.judge(prepared)
            settle(findings)
            if write:
                handler.write(findings)
            handler.settle()
            keep(batch, findings)
            _count(summary, batch, findings)
            if printed:
                _print(summary, findings)
            progress(batch.done, batch.total)
    if not sum(summary.counts.values()):
        raise Unusable(Defect.NO_ROWS)
    return summary


def _count(summary: Summary, batch: Batch, findings: list[Finding]) -> None:
    summary.counts.update(finding.outcome for finding in findings)
    summary.counts[Outcome.REJECTED] += len(batch.rejected)
    summary.noted += len(batch.noted)
    for name, columns in (
        ("unknown", batch.head.unknown),
        ("absent", batch.head.absent),
    ):
        known = summary.columns.setdefault(name, [])
        known.extend(column for column in columns if column not in known)


def _print(summary: Summary, findings: list[Finding]) -> None:
    told = repr([_told(finding) for finding in findings])
    before = summary.fingerprint.hex()
    summary.fingerprint = keyring().index(before + told, PLAN)


def _told(finding: Finding) -> tuple[Any, ...]:
    known = finding.outcome is not Outcome.NEW
    return (
        finding.line,
        finding.outcome.value,
        finding.person_id if known else None,
        finding.review,
        [tuple(change) for change in finding.changes],
    )

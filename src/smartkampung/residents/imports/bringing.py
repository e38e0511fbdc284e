"""A file brought on the command line: looked at, or applied at once."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from smartkampung.residents.imports import course, files
from smartkampung.residents.imports.applying import (
    Factories,
    close_applied,
    write_file,
)
from smartkampung.residents.imports.course import Summary
from smartkampung.residents.imports.handling import Task
from smartkampung.residents.imports.models import Import
from smartkampung.residents.imports.progress import Reporter
from smartkampung.residents.imports.recording import (
    ASKS_A_HUMAN,
    ChangedRow,
    Recorder,
)
from smartkampung.residents.imports.rejections import RejectionBook

KEPT_FOR = timedelta(days=7)
NOT_READ_YET = b""


@dataclass
class Done:
    """What came of a file brought on the command line."""

    summary: Summary
    rejections: RejectionBook
    changes: list[ChangedRow]
    imported: Import | None = None


def bring(
    *,
    task: Task,
    file_name: str,
    blocks: Iterable[bytes],
    by: str,
    apply: bool,
    factories: Factories,
    reporter: Reporter,
) -> Done:
    """Preview a file, or apply it at once, in the caller's transaction.

    A number that somebody else wrote down at the same moment makes a second try
    necessary: then IntegrityError passes through, and nothing was changed.
    """
    if apply:
        with transaction.atomic():
            return _applied(
                task,
                blocks,
                file_name=file_name,
                by=by,
                factories=factories,
                reporter=reporter,
            )
    recorder = Recorder(None, store=())
    summary = course.run(
        task,
        blocks,
        factories[task.format](task, False),
        write=False,
        printed=False,
        keep=recorder.keep,
        progress=reporter.tell,
    )
    return Done(summary, recorder.rejections, recorder.changes)


def _applied(
    task: Task,
    blocks: Iterable[bytes],
    *,
    file_name: str,
    by: str,
    factories: Factories,
    reporter: Reporter,
) -> Done:
    imported = _new_record(task, file_name, by)
    recorder = Recorder(imported, store=ASKS_A_HUMAN, reviews_at=task.at)
    content = files.Measured(blocks)
    summary = write_file(
        imported,
        task,
        content,
        recorder,
        factories=factories,
        reporter=reporter,
        printed=False,
        by=by,
    )
    imported.file_size, imported.file_hash = content.size, content.print()
    imported.counts = summary.as_counts()
    imported.columns = dict(summary.columns)
    close_applied(imported, summary, by=by, at=task.at)
    return Done(summary, recorder.rejections, recorder.changes, imported)


def _new_record(task: Task, file_name: str, by: str) -> Import:
    return Import.objects.create(
        format=task.format.value,
        region_code=task.scope,
        file_name=file_name[:120],
        file_size=0,
        file_hash=NOT_READ_YET,
        options=task.options,
        received_by=by,
        received_at=task.at,
        expires_at=task.at + KEPT_FOR,
        state=Import.State.APPLYING,
        context=uuid.uuid4(),
        applied_by=by,
        applied_at=task.at,
    )

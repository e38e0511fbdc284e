"""What applying is, whoever asks for it: judge and write a file, and close the record."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from smartkampung.audit.actions import record
from smartkampung.residents.imports import bulk, course, files
from smartkampung.residents.imports.course import Summary
from smartkampung.residents.imports.handling import Factory, Task
from smartkampung.residents.imports.models import Import
from smartkampung.residents.imports.progress import Reporter
from smartkampung.residents.imports.reading.records import Format
from smartkampung.residents.imports.recording import Recorder
from smartkampung.residents.imports.waiting import put_reviews_on_the_list

Factories = Mapping[Format, Factory]


def write_file(
    imported: Import,
    task: Task,
    blocks: Iterable[bytes],
    recorder: Recorder,
    *,
    factories: Factories,
    reporter: Reporter,
    printed: bool,
    by: str,
) -> Summary:
    """Judge and write a file in the caller's transaction, marked as this import's work."""
    bulk.lock_area(task.scope)  # first: what the handler learns must stay true
    task = replace(task, by=by, context=imported.context)
    handler = factories[task.format](task, True)
    bulk.mark_history(imported.context, imported.pk)
    summary = course.run(
        task,
        blocks,
        handler,
        write=True,
        printed=printed,
        keep=recorder.keep,
        progress=reporter.tell,
    )
    bulk.mark_history(None)
    imported.added = handler.added()
    return summary


def close_applied(imported: Import, summary: Summary, *, by: str, at: datetime) -> None:
    """Write down that an import was applied, and put what it asks on the list."""
    imported.state = Import.State.APPLIED
    imported.applied_by, imported.applied_at = by, at
    imported.changed_meanwhile = False
    forget_file(imported)
    imported.save()
    put_reviews_on_the_list(imported, at=at)
    record(
        "residents.import_applied",
        target=imported,
        by=by,
        region_code=imported.region_code,
        format=imported.format,
        **summary.as_counts(),
    )


def forget_file(imported: Import) -> None:
    """Let go of a file that is not needed any more, once this is certain."""
    path, imported.path = imported.path, ""
    transaction.on_commit(lambda: files.forget(path))

"""The heavy part of imports: what jobs do with a file.

Each function runs in one transaction of its caller, so that a killed process or a
killed database leaves the registry as it was before, or as it is after.
"""

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import translation

from smartkampung.accounts.queries.actors import language_of
from smartkampung.audit.actions import record
from smartkampung.kernel.errors import constraint_name
from smartkampung.kernel.later import later
from smartkampung.residents.imports import bulk, course, files
from smartkampung.residents.imports.applying import (
    Factories,
    close_applied,
    forget_file,
    write_file,
)
from smartkampung.residents.imports.course import Summary
from smartkampung.residents.imports.handling import Task
from smartkampung.residents.imports.lives import take_back_events
from smartkampung.residents.imports.models import Import
from smartkampung.residents.imports.progress import Reporter
from smartkampung.residents.imports.reading.records import Format, Unusable
from smartkampung.residents.imports.recording import ALL, Recorder
from smartkampung.residents.imports.refusals import CannotDo
from smartkampung.residents.imports.rejections import RejectionBook
from smartkampung.residents.imports.reviews import forget_open_reviews
from smartkampung.residents.imports.rules import bar_to_undo
from smartkampung.residents.imports.undoing import Undone, undo_history

Undoer = Callable[[Import, Undone], None]
State = Import.State
TAKEN_MEANWHILE = {"person_nik_unique", "family_kk_unique"}


class ChangedMeanwhile(Exception):
    """The registry is not what it was when the preview was made."""


def read_import(*, import_id: int, at: datetime, factories: Factories) -> None:
    """Make the preview of an uploaded file: counts, rows to look at, rejections."""
    imported = _locked(import_id)
    if imported.state != State.RECEIVED:
        return
    recorder = Recorder(imported, store=ALL)
    reporter = Reporter(import_id)
    try:
        with transaction.atomic():
            imported.rows.all().delete()
            task = _task(imported, at)
            summary = course.run(
                task,
                files.blocks_of(imported.path),
                factories[task.format](task, False),
                write=False,
                printed=True,
                keep=recorder.keep,
                progress=reporter.tell,
            )
    except Unusable as error:
        imported.problem = {"code": error.defect.value, "details": error.details}
        imported.state = State.UNUSABLE
        forget_file(imported)
    else:
        _show(imported, summary, recorder.rejections)
    imported.save()


def apply_import(
    *, import_id: int, by: str, at: datetime, factories: Factories
) -> None:
    """Apply what the preview showed, all of it; or renew the preview if that changed."""
    imported = _locked(import_id)
    if imported.state != State.APPLYING:
        return
    recorder = Recorder(imported, store=(), reviews_at=at)
    task = _task(imported, at)
    try:
        with transaction.atomic():
            imported.context = uuid.uuid4()
            summary = write_file(
                imported,
                task,
                files.blocks_of(imported.path),
                recorder,
                factories=factories,
                reporter=Reporter(import_id),
                printed=True,
                by=by,
            )
            if summary.fingerprint != bytes(imported.fingerprint):
                raise ChangedMeanwhile
    except (ChangedMeanwhile, IntegrityError) as error:
        if not _is_meanwhile(error):
            raise
        imported.context, imported.added = None, {}
        imported.state, imported.changed_meanwhile = State.RECEIVED, True
        imported.save()
        later("residents.read_import", import_id=import_id)
        return
    close_applied(imported, summary, by=by, at=at)


def undo_import(
    *, import_id: int, by: str, at: datetime, undoers: Iterable[Undoer] = ()
) -> Import:
    """Put back what an import changed, unless somebody changed it since.

    ``undoers`` put back what domains above wrote for it. What was kept, and why,
    stands in ``kept`` afterwards.
    """
    with transaction.atomic():
        imported = _locked(import_id)
        bulk.lock_area(imported.region_code)
        bar = bar_to_undo(state=imported.state, asked=True)
        if bar is not None:
            raise CannotDo(bar)
        undone = Undone()
        for undoer in undoers:
            undoer(imported, undone)
        undo_history(imported, undone)
        people = {row["id"] for row in undone.kept if row["kind"] == "person"}
        if imported.context is not None:
            take_back_events(imported.context, kept=people, by=by, at=at)
        imported.state, imported.kept = State.UNDONE, undone.kept
        imported.undone_by, imported.undone_at = by, at
        imported.save()
        forget_open_reviews(imported, by=by)
        record(
            "residents.import_undone",
            target=imported,
            by=by,
            region_code=imported.region_code,
            restored=undone.restored,
            removed=undone.removed,
            kept=len(undone.kept),
        )
    return imported


def _show(imported: Import, summary: Summary, rejections: RejectionBook) -> None:
    imported.counts = {**summary.as_counts(), "noted": summary.noted}
    imported.columns = dict(summary.columns)
    imported.fingerprint = summary.fingerprint
    imported.state = State.READY
    files.forget(imported.rejections_path)
    imported.rejections_path = ""
    if len(rejections):
        with translation.override(language_of(imported.received_by)):
            imported.rejections_path = files.keep([rejections.as_workbook()])


def _locked(import_id: int) -> Import:
    return Import.objects.select_for_update(no_key=True).get(pk=import_id)


def _task(imported: Import, at: datetime) -> Task:
    return Task(Format(imported.format), imported.region_code, at, imported.options)


def _is_meanwhile(error: Exception) -> bool:
    known = isinstance(error, ChangedMeanwhile)
    return known or constraint_name(error) in TAKEN_MEANWHILE

"""Cases from a file: read by a child, looked at by a human, then written by a job."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries import acting_still
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.kernel.sealed import Sealed
from smartkampung.regions.codes import holds_all
from smartkampung.reopening.cases.actions.recording import Origin, write
from smartkampung.reopening.cases.checking import Checker, Row
from smartkampung.reopening.cases.models import Case, CaseFile
from smartkampung.reopening.cases.models.files import ROWS
from smartkampung.reopening.cases.queries.people import note_cases, villages_to_tell
from smartkampung.residents.imports import files, source
from smartkampung.residents.imports.reading.records import (
    Defect,
    Format,
    Unusable,
)
from smartkampung.residents.imports.words import masked

FOLDER = "case-files"
LARGEST = 20 * 1024 * 1024
MOST = 5_000  # rows
KEPT = timedelta(days=30)
SHOWN = 200  # cells that are named at once
State = CaseFile.State


class FileTooLarge(Refused):
    """The file is larger than any list of cases."""

    code = "cases_too_large"


class NotReady(Refused):
    """Somebody took the file or left it already, or it is still being read."""

    code = "cases_not_ready"


def receive_file(*, blocks: Iterable[bytes], by: Actor, at: datetime) -> CaseFile:
    """Take a file in, sealed, and have it read by a job. Raises FileTooLarge."""
    content = files.Measured(
        blocks,
        most=LARGEST,
        too_large=FileTooLarge(
            _("The file is larger than 20 MB. Bring one month at a time.")
        ),
    )
    path = files.keep(content, folder=FOLDER)
    try:
        with transaction.atomic():
            row = CaseFile.objects.create(
                region_code=holds_all(by.regions_where(Permission.CASE_RECORD)),
                path=path,
                brought_by_id=by.staff_id,
                brought_at=at,
            )
            _note("cases.file_received", row, by.username)
            later("cases.check_file", file_id=row.pk)
    except BaseException:
        files.forget(path)
        raise
    return row


def check_file(*, file_id: int, at: datetime) -> None:
    """Read a file to its end; keep what can be written, name what is wrong."""
    row = CaseFile.objects.select_for_update(no_key=True).get(pk=file_id)
    if row.state != State.CHECKING:
        return
    by = acting_still(row.brought_by_id, on=day(at))
    checker = Checker(villages_to_tell(by), most_shown=SHOWN)
    try:
        for batch in source.read(
            Format.CASES, files.blocks_of(row.path), today=day(at)
        ):
            checker.look_at(batch)
            if checker.read > MOST:
                raise Unusable(Defect.TOO_MANY_ROWS, most=MOST)
        if not checker.read:
            raise Unusable(Defect.NO_ROWS)
    except Unusable as error:
        row.state = State.UNUSABLE
        row.defect = {"code": error.defect.value, "details": error.details}
    else:
        _keep(row, checker)
    # Whoever is named as known was looked up, whatever became of the file.
    note_cases(by, checker.met, Permission.CASE_RECORD)
    path, row.path = row.path, ""
    row.save()
    transaction.on_commit(lambda: files.forget(path))


def _keep(row: CaseFile, checker: Checker) -> None:
    row.state = State.READY
    row.total, row.rejected = len(checker.rows), checker.rejected
    row.rows = Sealed.of(json.dumps(checker.rows), ROWS)
    row.problems = [
        [*issue._replace(value=masked(issue.column, issue.value))]
        for issue in checker.problems[:SHOWN]
    ]
    if len(checker.book):
        row.rejected_path = files.keep([checker.book.as_workbook()], folder=FOLDER)


def take_file(*, file: CaseFile, by: Actor, at: datetime) -> None:
    """Have the rows of a file written by a job, in one's name. Raises NotReady."""
    with transaction.atomic():
        row = _locked(file)
        row.state, row.ended_by, row.ended_at = State.TAKEN, by.username, at
        row.save()
        _note("cases.file_taken", row, by.username, total=row.total)
        later("cases.write_file", file_id=row.pk, staff_id=by.staff_id)


def leave_file(*, file: CaseFile, by: Actor, at: datetime) -> None:
    """Write nothing of a file. Raises NotReady."""
    with transaction.atomic():
        row = _locked(file)
        path, row.rejected_path = row.rejected_path, ""
        row.state, row.ended_by, row.ended_at = State.LEFT, by.username, at
        row.rows = None
        row.save()
        _note("cases.file_left", row, by.username)
        transaction.on_commit(lambda: files.forget(path))


def expire_files(*, at: datetime) -> int:
    """Forget what is left of files that were brought long ago; return of how many.

    Nobody took them, or their rejected rows lie here still: names of who is ill.
    """
    old = CaseFile.objects.filter(brought_at__lt=at - KEPT)
    waiting = Q(state__in=[State.CHECKING, State.READY])
    kept = old.filter(waiting | Q(written__isnull=False) & ~Q(rejected_path=""))
    count = 0
    for row in kept.select_for_update(no_key=True, skip_locked=True):
        paths = row.path, row.rejected_path
        row.path = row.rejected_path = ""
        if row.state != State.TAKEN:
            row.state, row.ended_by, row.ended_at = State.LEFT, "system", at
            row.rows = None
        row.problems = []
        row.save()
        _note("cases.file_expired", row, "system")
        transaction.on_commit(partial(files.forget, *paths))
        count += 1
    return count


def write_file(*, file_id: int, staff_id: int, at: datetime) -> None:
    """Write every row that still can be; the others are counted."""
    row = CaseFile.objects.select_for_update(no_key=True).get(pk=file_id)
    if row.state != State.TAKEN or row.rows is None:
        return
    by = acting_still(staff_id, on=day(at))
    origin = Origin(source=Case.Source.FILE, file=row)
    rows = [Row(*each) for each in json.loads(row.rows.open())]
    written = 0
    # In the order of the places that are locked, so that two files never cross.
    for one in sorted(rows, key=lambda each: each.place):
        try:
            with transaction.atomic():
                write(one.told(), origin, by=by, at=at)
        except Refused:
            continue
        written += 1
    row.rows, row.written = None, written
    row.save()
    _note("cases.file_written", row, by.username, written=written)


def _locked(file: CaseFile) -> CaseFile:
    row = CaseFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    if row.state != State.READY:
        raise NotReady(
            _("This file is still being read, or was taken or left already.")
        )
    return row


def _note(name: str, row: CaseFile, by: str, **detail: object) -> None:
    record(name, target=row, by=by, region_code=row.region_code, **detail)

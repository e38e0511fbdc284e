"""Daily reports from a file: brought, read by a child, looked at, taken or left."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.kernel.later import later
from smartkampung.reopening.signals import bulk
from smartkampung.reopening.signals.actions.reporting import NeedsReason, ToldMeanwhile
from smartkampung.reopening.signals.bulk import Given
from smartkampung.reopening.signals.checking import Checker
from smartkampung.reopening.signals.models import DayFile
from smartkampung.reopening.signals.queries.here import must_enter, regency_for
from smartkampung.reopening.signals.rules.kinds import Kind
from smartkampung.residents.imports import files, source
from smartkampung.residents.imports.hiding import hidden_details, without_numbers
from smartkampung.residents.imports.reading.records import (
    Defect,
    Format,
    Issue,
    Unusable,
)

FOLDER = "day-reports"
LARGEST = 20 * 1024 * 1024
MOST = 10_000  # rows
SHOWN = 200  # cells that are named at once
State = DayFile.State


class FileTooLarge(Refused):
    """The file is larger than any list of daily reports."""

    code = "reports_too_large"


class NotReady(Refused):
    """Somebody took the file or left it already, or it is still being read."""

    code = "reports_not_ready"


def receive_file(
    *, kind: Kind, name: str, blocks: Iterable[bytes], by: Actor, at: datetime
) -> DayFile:
    """Take a file in, sealed, and have it read by a job. Raises FileTooLarge."""
    region = regency_for(by, Permission.SIGNAL_ENTER)
    must_enter(by, region)
    too_large = FileTooLarge(
        _("The file is larger than 20 MB. Bring one year at a time.")
    )
    content = files.Measured(blocks, most=LARGEST, too_large=too_large)
    path = files.keep(content, folder=FOLDER)
    try:
        with transaction.atomic():
            row = DayFile.objects.create(
                kind=kind,
                region=region,
                name=without_numbers(name)[:120],
                path=path,
                brought_by=by.username,
                brought_at=at,
            )
            _note("signals.file_received", row, by.username, kind=kind.value)
            later("signals.check_file", file_id=row.pk)
    except BaseException:
        files.forget(path)
        raise
    return row


def check_file(*, file_id: int, at: datetime) -> None:
    """Read a file to its end; keep what can be written, name what is wrong."""
    row = DayFile.objects.select_for_update(no_key=True).get(pk=file_id)
    if row.state != State.CHECKING:
        return
    checker = Checker(Kind(row.kind), row.region, name=row.name, today=day(at))
    blocks = files.blocks_of(row.path)
    try:
        for batch in source.read(Format(row.kind), blocks, today=day(at)):
            checker.look_at(batch)
        if not checker.rows:
            raise Unusable(Defect.NO_ROWS)
        if checker.rows > MOST:
            raise Unusable(Defect.TOO_MANY_ROWS, most=MOST)
    except Unusable as error:
        details = hidden_details(error.details)
        row.defect = {"code": error.defect.value, "details": details}
        row.state = State.UNUSABLE
    else:
        row.state = State.READY
        row.rows = [_kept(one) for one in checker.given]
    row.problems, row.remarks = _named(checker.problems), _named(checker.remarks)
    row.unread = [without_numbers(one)[:60] for one in checker.unread]
    row.faulty = checker.faulty
    path, row.path = row.path, ""
    row.save()
    transaction.on_commit(lambda: files.forget(path))


def take_file(*, file: DayFile, reason: str, seen: str, by: Actor, at: datetime) -> int:
    """Write what a file tells, all of it or nothing; return how many reports.

    ``seen`` is the mark of what was looked at. Raises NotReady, NeedsReason and
    ToldMeanwhile.
    """
    must_enter(by, file.region)
    meanwhile = ToldMeanwhile(
        _("Somebody told of one of these days meanwhile. Look at the file again.")
    )
    with atomic_or_refuse({"day_report_once": meanwhile}):
        row = _locked(file)
        found = sorted_of(row)
        if found.mark() != seen:
            raise meanwhile
        if found.changed and not reason.strip():
            raise NeedsReason(
                _("A report of one of these days stands there. Say why it changes.")
            )
        rows = bulk.write(
            Kind(row.kind),
            row.region,
            found,
            reason=reason.strip(),
            by=by.username,
            at=at,
        )
        row.written = len(rows)
        _end(row, State.TAKEN, by, at)
    return row.written


def leave_file(*, file: DayFile, by: Actor, at: datetime) -> None:
    """Write nothing of a file. Raises NotReady."""
    must_enter(by, file.region)
    with transaction.atomic():
        _end(_locked(file), State.LEFT, by, at)


def sorted_of(row: DayFile) -> bulk.Sorted:
    """Compare what a file tells with what stands now."""
    given = [
        Given(place, date.fromisoformat(on), first, second, said)
        for place, on, first, second, said in row.rows
    ]
    return bulk.sort(Kind(row.kind), row.region, given)


def _locked(file: DayFile) -> DayFile:
    row = DayFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    if row.state != State.READY:
        raise NotReady(
            _("This file is still being read, or was taken or left already.")
        )
    return row


def _end(row: DayFile, state: str, by: Actor, at: datetime) -> None:
    row.state, row.ended_by, row.ended_at, row.rows = state, by.username, at, []
    row.save()
    _note(
        "signals.file_ended",
        row,
        by.username,
        state=str(state),
        written=row.written,
        faulty=row.faulty,
    )


def _note(name: str, row: DayFile, by: str, **detail: Any) -> None:
    record(name, target=row, by=by, region_code=row.region, **detail)


def _kept(one: Given) -> list[Any]:
    return [one.place, one.on.isoformat(), one.first, one.second, one.source]


def _named(issues: list[Issue]) -> list[list[Any]]:
    return [[*issue] for issue in issues[:SHOWN]]

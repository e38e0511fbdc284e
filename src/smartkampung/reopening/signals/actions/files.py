"""Daily reports from a file: brought, read by a child, looked at, taken or left."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.kernel.later import later
from smartkampung.reopening.signals import bulk
from smartkampung.reopening.signals.actions.reporting import (
    NeedsReason,
    ToldMeanwhile,
    strange,
)
from smartkampung.reopening.signals.bulk import Given
from smartkampung.reopening.signals.checking import Checker
from smartkampung.reopening.signals.models import DayFile
from smartkampung.reopening.signals.queries.here import must_enter, regency_for
from smartkampung.reopening.signals.queries.reports import days_told, spelled
from smartkampung.reopening.signals.rules.kinds import Kind
from smartkampung.reopening.signals.rules.places import is_strange, meant
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
KEPT = timedelta(days=30)
STUCK = timedelta(hours=1)
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
    kind, today = Kind(row.kind), day(at)
    checker = Checker(kind, row.region, name=row.name, today=today, most_shown=SHOWN)
    blocks = files.blocks_of(row.path)
    try:
        for batch in source.read(Format(row.kind), blocks, today=today):
            checker.look_at(batch)
            if checker.rows > MOST:
                raise Unusable(Defect.TOO_MANY_ROWS, most=MOST)
        if not checker.rows:
            raise Unusable(Defect.NO_ROWS)
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


def take_file(
    *,
    file: DayFile,
    reason: str,
    seen: str,
    new_places: bool = False,
    by: Actor,
    at: datetime,
) -> int:
    """Write what a file tells, all of it or nothing; return how many reports.

    ``seen`` is the mark of what was looked at, ``new_places`` that places are new which
    never told. Raises NotReady, StrangePlace, NeedsReason and ToldMeanwhile.
    """
    must_enter(by, file.region)
    meanwhile = ToldMeanwhile(
        _("Somebody told of one of these days meanwhile. Look at the file again.")
    )
    with atomic_or_refuse({"day_report_once": meanwhile}):
        row = _locked(file)
        found = sorted_of(row)
        if found.mark() != seen or _mixed(row, found):
            raise meanwhile
        unknown = strangers_of(row, found)
        if unknown and not new_places:
            raise strange(unknown)
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
        row = _locked(file, stuck=at)
        path, row.path = row.path, ""
        _end(row, State.LEFT, by, at)
        transaction.on_commit(lambda: files.forget(path))


def is_stuck(row: DayFile, *, at: datetime) -> bool:
    """Say whether a file was being read for so long that nobody reads it any more."""
    return row.state == State.CHECKING and row.brought_at < at - STUCK


def expire_files(*, at: datetime) -> int:
    """Forget what is left of files that were brought long ago; return of how many."""
    old = DayFile.objects.filter(brought_at__lt=at - KEPT)
    waiting = Q(state__in=[State.CHECKING, State.READY])
    kept = old.filter(waiting | ~Q(problems=[]) | ~Q(remarks=[]))
    count = 0
    for row in kept.select_for_update(no_key=True, skip_locked=True):
        path, row.path = row.path, ""
        if row.state in (State.CHECKING, State.READY):
            row.state, row.ended_by, row.ended_at = State.LEFT, "system", at
        row.rows, row.problems, row.remarks = [], [], []
        row.save()
        _note("signals.file_expired", row, "system")
        transaction.on_commit(partial(files.forget, path))
        count += 1
    return count


def strangers_of(row: DayFile, found: bulk.Sorted) -> list[tuple[str, str]]:
    """Return the places of a file that never told, each with what may be meant."""
    known = spelled(Kind(row.kind), row.region)
    places = sorted({one.place for one in found.new})
    return [(one, meant(one, known)) for one in places if is_strange(one, known)]


def _mixed(row: DayFile, found: bulk.Sorted) -> bool:
    """Say whether a single place and all together stand on one day meanwhile."""
    together, single = days_told(Kind(row.kind), row.region)
    return any(one.on in (together if one.place else single) for one in found.new)


def sorted_of(row: DayFile) -> bulk.Sorted:
    """Compare what a file tells with what stands now."""
    given = [
        Given(place, date.fromisoformat(on), first, second, said)
        for place, on, first, second, said in row.rows
    ]
    return bulk.sort(Kind(row.kind), row.region, given)


def _locked(file: DayFile, *, stuck: datetime | None = None) -> DayFile:
    row = DayFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    may = row.state == State.READY or (stuck is not None and is_stuck(row, at=stuck))
    if not may:
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

"""Figures from a file: brought, read by a child, looked at, then taken or left."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.recovery.economy import bulk
from smartkampung.recovery.economy.actions.entering import write_down
from smartkampung.recovery.economy.bulk import Given
from smartkampung.recovery.economy.checking import Checker
from smartkampung.recovery.economy.models import FigureFile
from smartkampung.recovery.economy.queries.here import must_see
from smartkampung.recovery.economy.rules.kinds import Kind, Measure
from smartkampung.residents.imports import files, source
from smartkampung.residents.imports.hiding import hidden_details, without_numbers
from smartkampung.residents.imports.reading.records import (
    Defect,
    Format,
    Issue,
    Unusable,
)

FOLDER = "economy-figures"
LARGEST = 20 * 1024 * 1024
SHOWN = 200  # cells that are named at once
State = FigureFile.State
FORMATS: dict[Kind, Format] = {kind: Format(kind.value) for kind in Kind}


class FileTooLarge(Refused):
    """The file is larger than any list of monthly figures."""

    code = "figures_too_large"


class NotReady(Refused):
    """Somebody took the file or left it already, or it is still being read."""

    code = "figures_not_ready"


def receive_file(
    *, kind: Kind, name: str, blocks: Iterable[bytes], by: Actor, at: datetime
) -> FigureFile:
    """Take a file in, sealed, and have it read by a job. Raises FileTooLarge."""
    must_see(by, Permission.ECONOMY_ENTER)
    content = files.Measured(
        blocks,
        most=LARGEST,
        too_large=FileTooLarge(
            _("The file is larger than 20 MB. Bring one year at a time.")
        ),
    )
    path = files.keep(content, folder=FOLDER)
    try:
        with transaction.atomic():
            row = FigureFile.objects.create(
                kind=kind,
                name=without_numbers(name)[:120],
                digest=content.print().hex(),
                path=path,
                brought_by=by.username,
                brought_at=at,
            )
            record("economy.file_received", target=row, by=by.username, kind=kind.value)
            later("economy.check_file", file_id=row.pk)
    except BaseException:
        files.forget(path)
        raise
    return row


def check_file(*, file_id: int, at: datetime) -> None:
    """Read a file to its end; keep what can be written, name what is wrong."""
    row = FigureFile.objects.select_for_update(no_key=True).get(pk=file_id)
    if row.state != State.CHECKING:
        return
    checker = Checker(Kind(row.kind), day(at))
    blocks = files.blocks_of(row.path)
    try:
        for batch in source.read(FORMATS[Kind(row.kind)], blocks, today=day(at)):
            checker.look_at(batch)
    except Unusable as error:
        row.defect = {
            "code": error.defect.value,
            "details": hidden_details(error.details),
        }
    if not row.defect and not checker.rows:
        row.defect = {"code": Defect.NO_ROWS.value, "details": {}}
    row.state = State.UNUSABLE if row.defect else State.READY
    row.rows = [] if row.defect else [_kept(one) for one in checker.given]
    row.problems, row.remarks = _named(checker.problems), _named(checker.remarks)
    row.faulty = checker.faulty
    path, row.path = row.path, ""
    row.save()
    transaction.on_commit(lambda: files.forget(path))


def take_file(*, file: FigureFile, reason: str, by: Actor, at: datetime) -> int:
    """Write what a file tells; return how many figures that changed.

    All of them in one transaction. Raises NotReady, NeedsReason, ChangedMeanwhile.
    """
    must_see(by, Permission.ECONOMY_ENTER)
    with transaction.atomic():
        row = _locked(file)
        row.written = write_down(
            bulk.sort(given_of(row)),
            source=f"{row.name} ({row.pk})",
            reason=reason,
            by=by.username,
            at=at,
        )
        _end(row, State.TAKEN, by, at)
    return row.written


def leave_file(*, file: FigureFile, by: Actor, at: datetime) -> None:
    """Write nothing of a file. Raises NotReady."""
    must_see(by, Permission.ECONOMY_ENTER)
    with transaction.atomic():
        _end(_locked(file), State.LEFT, by, at)


def _locked(file: FigureFile) -> FigureFile:
    row = FigureFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    if row.state != State.READY:
        raise NotReady(
            _("This file is still being read, or was taken or left already.")
        )
    return row


def _end(row: FigureFile, state: str, by: Actor, at: datetime) -> None:
    row.state, row.ended_by, row.ended_at, row.rows = state, by.username, at, []
    row.save()
    record(
        "economy.file_ended",
        target=row,
        by=by.username,
        state=str(state),
        written=row.written,
        faulty=row.faulty,
    )


def given_of(row: FigureFile) -> list[Given]:
    """Return the figures that a file tells."""
    return [
        Given(Measure(measure), item, date.fromisoformat(month), Decimal(value))
        for measure, item, month, value in row.rows
    ]


def _kept(one: Given) -> list[Any]:
    return [one.measure.value, one.item, one.month.isoformat(), str(one.value)]


def _named(issues: list[Issue]) -> list[list[Any]]:
    return [[*issue] for issue in issues[:SHOWN]]

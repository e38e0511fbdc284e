"""Bring the list of an employer or association: preview it first, then take it over."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries import acting_still
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.kernel.sealed import Sealed
from smartkampung.recovery.affected.bulk import take_rows
from smartkampung.recovery.affected.models import AffectedList, AffectedListPart
from smartkampung.recovery.affected.models.lists import ROWS
from smartkampung.recovery.affected.queries.lists import Checker, Row, stale_lists
from smartkampung.regions.codes import holds_all
from smartkampung.residents.imports import files, source
from smartkampung.residents.imports.reading.records import (
    Defect,
    Format,
    Issue,
    Unusable,
)
from smartkampung.residents.imports.rules import LARGEST
from smartkampung.residents.imports.words import masked
from smartkampung.worklist.actions import close_work, open_work

FOLDER = "affected-lists"
PART = 1_000  # rows that are written in one transaction
SHOWN = 200  # cells that are named at once
WAITS = timedelta(days=14)  # for somebody to take a previewed list over
TAKE = "affected.take_list"
DECIDE_WITHIN = timedelta(days=3)
State = AffectedList.State


class ListTooLarge(Refused):
    """The file is larger than any list of a regency."""

    code = "list_too_large"


class CannotTake(Refused):
    """The list is not previewed, was taken over, or was dropped."""

    code = "cannot_take"


@dataclass(frozen=True)
class Given:
    """Who gave the list, and what holds for rows that say nothing else."""

    kind: str
    organisation: str
    sector: str
    what: str
    happened_on: date


def receive_list(
    *, given: Given, blocks: Iterable[bytes], by: Actor, at: datetime
) -> AffectedList:
    """Take a list in, sealed, and have it previewed by a job. Raises ListTooLarge."""
    content = files.Measured(
        blocks,
        most=LARGEST,
        too_large=ListTooLarge(_("The file is larger than 200 MB. Divide it.")),
    )
    path = files.keep(content, folder=FOLDER)
    told = asdict(given)
    sector = told.pop("sector")
    try:
        with transaction.atomic():
            row = AffectedList.objects.create(
                **told,
                sector_id=sector,
                region_code=holds_all(by.regions_where(Permission.AFFECTED_IMPORT)),
                digest=content.print().hex(),
                path=path,
                brought_by_id=by.staff_id,
                brought_at=at,
            )
            _note("affected.list_received", row, by.username)
            later("affected.check_list", list_id=row.pk)
    except BaseException:
        files.forget(path)
        raise
    return row


def check_list(*, list_id: int, at: datetime) -> None:
    """Look at every row of a list; nothing is written before somebody says so."""
    row = AffectedList.objects.select_for_update(no_key=True).get(pk=list_id)
    if row.state != State.CHECKING:
        return
    by = acting_still(row.brought_by_id, on=day(at))
    checker = Checker(by.regions_where(Permission.AFFECTED_IMPORT), most_shown=SHOWN)
    try:
        for batch in source.read(
            Format.AFFECTED, files.blocks_of(row.path), today=day(at)
        ):
            checker.look_at(batch)
        if not checker.read:
            raise Unusable(Defect.NO_ROWS)
    except Unusable as error:
        row.state = State.UNUSABLE
        row.defect = {"code": error.defect.value, "details": error.details}
    else:
        _keep(row, checker)
        open_work(
            kind=TAKE,
            target=row,
            permission=Permission.AFFECTED_IMPORT,
            region_code=row.region_code,
            due_at=at + DECIDE_WITHIN,
        )
    path, row.path = row.path, ""
    row.save()
    _note(
        "affected.list_checked",
        row,
        by.username,
        total=row.total,
        rejected=row.rejected,
    )
    transaction.on_commit(lambda: files.forget(path))


def _keep(row: AffectedList, checker: Checker) -> None:
    row.state, row.read = State.READY, checker.read
    row.total, row.known = len(checker.rows), checker.known
    row.rejected = checker.rejected
    row.problems = [
        [*issue._replace(value=masked(issue.column, issue.value))]
        for issue in sorted(checker.problems[:SHOWN], key=_line_of)
    ]
    row.more_problems = max(checker.wrong_cells - SHOWN, 0)
    if len(checker.book):
        row.rejected_path = files.keep([checker.book.as_workbook()], folder=FOLDER)
    # In the order of the locks, so that two lists at once never cross.
    rows = sorted(checker.rows, key=lambda one: one.person_id)
    AffectedListPart.objects.bulk_create(
        AffectedListPart(
            list=row,
            number=number,
            rows=Sealed.of(json.dumps(rows[start : start + PART]), ROWS),
        )
        for number, start in enumerate(range(0, len(rows), PART))
    )


def _line_of(issue: Issue) -> int:
    return int("".join(filter(str.isdigit, issue.cell)) or 0)


def take_list(*, affected_list: AffectedList, by: Actor, at: datetime) -> None:
    """Take over every row that holds, part by part in jobs. Raises CannotTake."""
    row = AffectedList.objects.select_for_update(no_key=True).get(pk=affected_list.pk)
    if row.state != State.READY or not row.total:
        raise CannotTake(_("This list has nothing to take over, or was taken over."))
    row.state, row.taken_by = State.WRITING, by.username
    row.save(update_fields=["state", "taken_by"])
    close_work(target=row, by=by.username)
    _note("affected.list_taken", row, by.username, total=row.total)
    later("affected.write_list", list_id=row.pk)


def drop_list(*, affected_list: AffectedList, by: str, at: datetime) -> None:
    """Throw away a list that was previewed, or cannot be read. Raises CannotTake."""
    row = AffectedList.objects.select_for_update(no_key=True).get(pk=affected_list.pk)
    if row.state not in (State.READY, State.UNUSABLE):
        raise CannotTake(_("This list has nothing to take over, or was taken over."))
    row.parts.all().delete()
    path, row.rejected_path = row.rejected_path, ""
    row.state, row.finished_at = State.DROPPED, at
    row.save()
    close_work(target=row, by=by)
    _note("affected.list_dropped", row, by)
    transaction.on_commit(lambda: files.forget(path))


def write_part(*, list_id: int, at: datetime) -> None:
    """Write the next part of a list, and have the one after it written."""
    row = AffectedList.objects.select_for_update(no_key=True).get(pk=list_id)
    part = row.parts.order_by("number").first()
    if row.state != State.WRITING or part is None:
        return
    rows = [Row(*told) for told in json.loads(part.rows.open())]
    taken = take_rows(row, rows, by=row.taken_by, at=at)
    row.opened += taken.opened
    row.too_late += taken.too_late
    row.done += len(rows)
    part.delete()
    if row.parts.exists():
        later("affected.write_list", list_id=row.pk)
    else:
        row.state, row.finished_at = State.DONE, at
        _note("affected.list_done", row, row.taken_by, opened=row.opened)
    row.save()


def tidy_lists(*, at: datetime) -> int:
    """Drop the lists that nobody took over in two weeks; return how many."""
    stale = list(stale_lists(before=at - WAITS))
    for row in stale:
        drop_list(affected_list=row, by="upkeep", at=at)
    return len(stale)


def _note(name: str, row: AffectedList, by: str, **detail: object) -> None:
    record(name, target=row, by=by, region_code=row.region_code, **detail)

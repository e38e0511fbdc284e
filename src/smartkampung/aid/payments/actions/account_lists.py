"""Accounts from a list: one person brings it, another brings their own copy."""

import json
import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries import acting_still
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import AccountList, AccountListPart, BankAccount
from smartkampung.aid.payments.actions.accounts import (
    AccountRefused,
    decide_account,
    record_account,
)
from smartkampung.aid.payments.models.account_lists import ROWS
from smartkampung.aid.payments.queries.account_lists import Checked, Checker
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.kernel.sealed import Sealed
from smartkampung.residents.imports import files, source
from smartkampung.residents.imports.reading.records import (
    Defect,
    Fault,
    Format,
    Issue,
    Unusable,
)
from smartkampung.residents.imports.rules import LARGEST
from smartkampung.residents.models import Person

FORMS = uuid.UUID("6b1f3a52-5b0e-4c9e-9a41-0f8c0b8f7d60")
FOLDER = "account-lists"
PART = 500  # rows that are written in one transaction
SHOWN = 200  # cells that are named at once
Kind, State = AccountList.Kind, AccountList.State
NEEDS: dict[str, Permission] = {
    Kind.BRING: Permission.ACCOUNT_RECORD,
    Kind.CONFIRM: Permission.ACCOUNT_CONFIRM,
}


class ListTooLarge(Refused):
    """The file is larger than any list of a regency."""

    code = "list_too_large"


def receive_list(
    *, kind: str, blocks: Iterable[bytes], by: Actor, at: datetime
) -> AccountList:
    """Take a list in, sealed, and have it checked by a job. Raises ListTooLarge."""
    content = files.Measured(
        blocks,
        most=LARGEST,
        too_large=ListTooLarge(_("The file is larger than 200 MB. Divide it.")),
    )
    path = files.keep(content, folder=FOLDER)
    try:
        with transaction.atomic():
            row = AccountList.objects.create(
                kind=Kind(kind),
                region_code=by.regions_where(NEEDS[kind])[0],
                digest=content.print().hex(),
                path=path,
                brought_by_id=by.staff_id,
                brought_at=at,
            )
            _note("aid.account_list_received", row, by)
            later("aid.check_account_list", list_id=row.pk)
    except BaseException:
        files.forget(path)
        raise
    return row


def check_list(*, list_id: int, at: datetime) -> None:
    """Look at every row of a list; nothing is taken where one cell is wrong.

    What is right is kept sealed, in parts, each of which a job writes.
    """
    row = AccountList.objects.select_for_update(no_key=True).get(pk=list_id)
    if row.state != State.CHECKING:
        return
    by = _actor(row, at)
    checker = _checked(row, by, at)
    row.faulty, row.same = len(checker.problems), checker.same
    row.problems = _named(checker.problems)
    if row.defect or checker.problems:
        row.state = State.REFUSED
    else:
        _keep(row, checker.to_write)
    _end(row, by, at)
    path, row.path = row.path, ""
    row.save()
    transaction.on_commit(lambda: files.forget(path))


def _checked(row: AccountList, by: Actor, at: datetime) -> Checker:
    """Read the file to its end; what makes it useless is written on the list."""
    regions = by.regions_where(NEEDS[row.kind])
    checker = Checker(regions, confirming=row.kind == Kind.CONFIRM, by=by.staff_id)
    blocks = files.blocks_of(row.path)
    try:
        for batch in source.read(Format.ACCOUNTS, blocks, today=day(at)):
            checker.look_at(batch)
    except Unusable as error:
        row.defect = {"code": error.defect.value, "details": error.details}
    if not row.defect and not checker.rows:
        row.defect = {"code": Defect.NO_ROWS.value, "details": {}}
    return checker


def _keep(row: AccountList, rows: list[Checked]) -> None:
    # In the order of the locks, so that two lists at once never cross.
    rows.sort(key=lambda each: each.person_id)
    row.total, row.state = len(rows), State.WRITING
    AccountListPart.objects.bulk_create(
        AccountListPart(
            list=row,
            number=number,
            rows=Sealed.of(json.dumps(rows[start : start + PART]), ROWS),
        )
        for number, start in enumerate(range(0, len(rows), PART))
    )
    if rows:
        later("aid.write_account_list", list_id=row.pk)


def write_part(*, list_id: int, at: datetime) -> None:
    """Write the next part of a checked list, and have the one after it written.

    A row under which something changed since the check is named; the others stay.
    """
    row = AccountList.objects.select_for_update(no_key=True).get(pk=list_id)
    part = row.parts.order_by("number").first()
    if part is None:
        return
    by = _actor(row, at)
    rows = [Checked(*told) for told in json.loads(part.rows.open())]
    people = Person.objects.in_bulk([each.person_id for each in rows])
    refused: list[Issue] = []
    for each in rows:
        try:
            with transaction.atomic():
                _must_still_be_allowed(row, people[each.person_id], by)
                _write(row, each, people[each.person_id], by, at)
            row.changed += 1
        except AccountRefused:
            refused.append(each.issue(Fault.ACCOUNT_REFUSED))
    row.done += len(rows)
    row.refused += len(refused)
    row.problems = [*row.problems, *_named(refused)][:SHOWN]
    part.delete()
    if row.parts.exists():
        later("aid.write_account_list", list_id=row.pk)
    _end(row, by, at)
    row.save()


def _write(
    row: AccountList, told: Checked, person: Person, by: Actor, at: datetime
) -> None:
    if row.kind == Kind.BRING:
        record_account(
            # Of this list: what was refused may be brought again in the same file.
            form_id=uuid.uuid5(FORMS, f"{row.pk}:{told.line}"),
            person=person,
            bank=told.bank,
            number=told.number,
            holder=told.holder,
            by=by,
            at=at,
        )
        return
    account = BankAccount.objects.filter(
        person=person, state=BankAccount.State.WAITING, bank_code=told.bank
    ).first()
    if account is None:
        raise AccountRefused("")
    decide_account(account=account, confirmed=True, number=told.number, by=by, at=at)


def _must_still_be_allowed(row: AccountList, person: Person, by: Actor) -> None:
    if not by.may_in(NEEDS[row.kind], person.region_code):
        raise AccountRefused("")


def _end(row: AccountList, by: Actor, at: datetime) -> None:
    """Close a list of which nothing is left to write."""
    if row.state == State.WRITING and row.done == row.total:
        row.state = State.DONE
    if row.state in (State.DONE, State.REFUSED):
        row.finished_at = at
        counts = {"changed": row.changed, "same": row.same, "faulty": row.faulty}
        _note("aid.account_list_ended", row, by, state=row.state, **counts)


def _named(issues: list[Issue]) -> list[list[object]]:
    return [[*issue._replace(value="")] for issue in issues[:SHOWN]]


def _actor(row: AccountList, at: datetime) -> Actor:
    return acting_still(row.brought_by_id, on=day(at))


def _note(name: str, row: AccountList, by: Actor, **detail: object) -> None:
    record(
        name,
        target=row,
        by=by.username,
        region_code=row.region_code,
        kind=row.kind,
        **detail,
    )

"""Accounts from a list: one person brings it, another brings their own copy."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import BankAccount
from smartkampung.aid.payments.actions.accounts import (
    AccountRefused,
    decide_account,
    record_account,
)
from smartkampung.aid.payments.actions.answers import AnswerRefused
from smartkampung.aid.payments.rules.account_list import Row, read_accounts
from smartkampung.aid.payments.rules.files import SHOWN, BadFile, Fault, Problem
from smartkampung.kernel.sealed import blind_index
from smartkampung.regions.codes import within
from smartkampung.residents.models import NIK, Person

FORMS = uuid.UUID("6b1f3a52-5b0e-4c9e-9a41-0f8c0b8f7d60")
State = BankAccount.State


class ListRefused(AnswerRefused):
    """The list cannot be used; nothing of it was taken. ``problems`` says where."""

    code = "list_refused"


@dataclass(frozen=True)
class Taken:
    """How many accounts a list changed, and how many stood so already."""

    changed: int
    same: int


def record_list(*, content: bytes, by: Actor, at: datetime) -> Taken:
    """Write down the accounts of a list, all or none, to be confirmed by another.

    The same list twice is one. Raises ListRefused with line and column of each fault.
    """
    digest = sha256(content).hexdigest()

    def write(row: Row, person: Person) -> bool:
        if _stands(person, row, State.IN_FORCE, State.WAITING):
            return False
        record_account(
            form_id=uuid.uuid5(FORMS, f"{digest}:{row.line}"),
            person=person,
            bank=row.bank,
            number=row.number,
            holder=row.holder,
            by=by,
            at=at,
        )
        return True

    return _each(content, by, Permission.ACCOUNT_RECORD, write)


def confirm_list(*, content: bytes, by: Actor, at: datetime) -> Taken:
    """Confirm the accounts that wait and stand the same in one's own copy of a list.

    So two people bring the numbers, and no page shows them. All or none; raises
    ListRefused with the line of each that differs, or that does not wait.
    """

    def confirm(row: Row, person: Person) -> bool:
        if _stands(person, row, State.IN_FORCE):
            return False
        account = BankAccount.objects.filter(person=person, state=State.WAITING).first()
        if account is None or account.bank_code != row.bank:
            raise AccountRefused("")
        decide_account(account=account, confirmed=True, number=row.number, by=by, at=at)
        return True

    return _each(content, by, Permission.ACCOUNT_CONFIRM, confirm)


def _each(
    content: bytes,
    by: Actor,
    permission: Permission,
    act: Callable[[Row, Person], bool],
) -> Taken:
    try:
        rows = read_accounts(content)
    except BadFile as bad:
        raise ListRefused(bad.problems) from None
    people = _people(rows, by, permission)
    problems = [
        Problem(Fault.NOBODY_HERE, "nik", row.line)
        for row in rows
        if row.line not in people
    ]
    # In the order of the locks, so that two lists at once never cross.
    known = [row for row in rows if row.line in people]
    known.sort(key=lambda row: people[row.line].pk)
    changed = 0
    with transaction.atomic():
        for row in known:
            try:
                changed += act(row, people[row.line])
            except AccountRefused:
                problems.append(Problem(Fault.ACCOUNT_REFUSED, "number", row.line))
        if problems:
            problems.sort(key=lambda problem: problem.line)
            raise ListRefused(problems[:SHOWN])
    return Taken(changed, len(rows) - changed)


def _people(
    rows: Sequence[Row], by: Actor, permission: Permission
) -> dict[int, Person]:
    keys = {blind_index(row.nik, NIK): row.line for row in rows}
    here = within("region_code", by.regions_where(permission))
    found = Person.objects.filter(here, nik_index__in=list(keys))
    return {keys[bytes(person.nik_index or b"")]: person for person in found}


def _stands(person: Person, row: Row, *states: str) -> bool:
    rows = BankAccount.objects.filter(person=person, state__in=states)
    return any(
        account.bank_code == row.bank and account.number.open() == row.number
        for account in rows
    )

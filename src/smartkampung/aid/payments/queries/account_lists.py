"""Lists of accounts: whose they are, and what is wrong with them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import AccountList, BankAccount
from smartkampung.aid.payments.rules.accounts import (
    AccountFault,
    account_faults,
    bank_code,
    digits,
)
from smartkampung.kernel.sealed import keyring
from smartkampung.regions.codes import within
from smartkampung.residents.imports.reading.records import AccountDraft, Fault, Issue
from smartkampung.residents.imports.source import Batch, Head
from smartkampung.residents.models import NIK, Person

_FAULTS: dict[AccountFault, tuple[str, Fault]] = {
    AccountFault.BANK: ("bank", Fault.ACCOUNT_BANK),
    AccountFault.NUMBER: ("number", Fault.ACCOUNT_NUMBER),
    AccountFault.HOLDER: ("holder", Fault.ACCOUNT_HOLDER),
}
State = BankAccount.State
Standing = dict[int, list[BankAccount]]


def account_lists_for(actor: Actor, permission: Permission) -> QuerySet[AccountList]:
    """Return the lists of one kind inside the actor's regions, the latest first."""
    confirming = permission is Permission.ACCOUNT_CONFIRM
    kind = AccountList.Kind.CONFIRM if confirming else AccountList.Kind.BRING
    inside = within("region_code", actor.regions_where(permission))
    return AccountList.objects.filter(inside, kind=kind).order_by("-pk")


def account_list_for(actor: Actor, list_id: int, permission: Permission) -> AccountList:
    """Return one list; 404 outside the actor's jurisdiction."""
    return get_object_or_404(account_lists_for(actor, permission), pk=list_id)


class Checked(NamedTuple):
    """One row of a list that can be written, and the cell of its number."""

    line: int
    person_id: int
    bank: str
    number: str
    holder: str
    column: str
    cell: str

    def issue(self, fault: Fault) -> Issue:
        """Return what is wrong with it after all."""
        return Issue(self.column, self.cell, "", fault.value, {})


class Checker:
    """Looks at a list batch by batch: what can be written, what stands so already."""

    def __init__(self, regions: Sequence[str], *, confirming: bool, by: int) -> None:
        self._here, self._confirming, self._by = regions, confirming, by
        self._seen: dict[bytes, int] = {}
        self._keys = keyring()
        self.problems: list[Issue] = []
        self.to_write: list[Checked] = []
        self.same = self.rows = 0

    def look_at(self, batch: Batch) -> None:
        """Check some thousand rows with a few statements."""
        self.rows += len(batch.drafts) + len(batch.rejected)
        for rejected in batch.rejected:
            self.problems += rejected.issues
        drafts: list[AccountDraft] = batch.drafts
        indexes = [self._keys.index(draft.nik, NIK) for draft in drafts]
        people = self._people(indexes)
        standing = _standing(set(people.values()))
        for draft, index in zip(drafts, indexes, strict=True):
            self._row(batch.head, draft, index, people, standing)

    def _row(
        self,
        head: Head,
        draft: AccountDraft,
        index: bytes,
        people: dict[bytes, int],
        standing: Standing,
    ) -> None:
        code, number = bank_code(draft.bank), digits(draft.number)
        issues = [
            head.issue(draft.line, *_FAULTS[fault])
            for fault in account_faults(bank=code, number=number, holder=draft.holder)
        ]
        before = self._seen.setdefault(index, draft.line)
        if before != draft.line:
            twice = head.issue(draft.line, "nik", Fault.REPEATED_ROW, before=before)
            issues.append(twice)
        elif index not in people:
            issues.append(head.issue(draft.line, "nik", Fault.NOBODY_HERE))
        if issues:
            self.problems += issues
            return
        person = people[index]
        where = head.issue(draft.line, "number", Fault.ACCOUNT_REFUSED)
        found = standing.get(person, [])
        if self._stands(found, code, number):
            self.same += 1
        elif self._bars(found, code, number):
            self.problems.append(where)
        else:
            told = (draft.line, person, code, number, draft.holder)
            self.to_write.append(Checked(*told, where.column, where.cell))

    def _people(self, indexes: list[bytes]) -> dict[bytes, int]:
        here = within("region_code", self._here)
        found = Person.objects.filter(here, nik_index__in=indexes)
        return {
            bytes(index or b""): key
            for index, key in found.values_list("nik_index", "pk")
        }

    def _stands(self, found: list[BankAccount], code: str, number: str) -> bool:
        """Say whether a list has nothing to do for a person."""
        states = (
            [State.IN_FORCE] if self._confirming else [State.IN_FORCE, State.WAITING]
        )
        return any(row.state in states and _is(row, code, number) for row in found)

    def _bars(self, found: list[BankAccount], code: str, number: str) -> bool:
        waiting = [row for row in found if row.state == State.WAITING]
        if not self._confirming:
            return bool(waiting)
        return not any(
            _is(row, code, number) and row.asked_by_id != self._by for row in waiting
        )


def _is(row: BankAccount, code: str, number: str) -> bool:
    return row.bank_code == code and row.number.open() == number


def _standing(people: set[int]) -> Standing:
    found: Any = BankAccount.objects.filter(
        person__in=people, state__in=[State.IN_FORCE, State.WAITING]
    )
    standing: Standing = {}
    for row in found:
        standing.setdefault(row.person_id, []).append(row)
    return standing

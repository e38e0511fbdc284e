"""Accounts: written down by one, confirmed by another, never shown."""

import uuid
from typing import Any

import pytest

from smartkampung.aid.models import BankAccount
from smartkampung.aid.payments.actions.accounts import AccountRefused, decide_account
from smartkampung.audit.models import Event
from tests import cases, payments
from tests.cases import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "told", [{"bank": "999"}, {"number": "12a456"}, {"number": "1"}, {"holder": " "}]
)
def test_a_wrong_account_is_not_written_down(told: dict[str, Any]) -> None:
    desk = payments.counter()
    with pytest.raises(AccountRefused):
        payments.waiting_account(desk.sari, desk.wayan, **told)


def test_a_new_account_counts_only_when_a_second_person_confirms_it() -> None:
    desk = payments.counter()
    old = BankAccount.objects.get(person=desk.wayan)
    form = uuid.uuid4()
    new = payments.waiting_account(desk.sari, desk.wayan, "7777 8888-9", form_id=form)
    again = payments.waiting_account(desk.sari, desk.wayan, "7777 8888-9", form_id=form)
    assert again.pk == new.pk
    with pytest.raises(AccountRefused):
        payments.waiting_account(desk.sari, desk.wayan, "77778888", form_id=form)
    with pytest.raises(AccountRefused):
        payments.waiting_account(desk.sari, desk.wayan, "55554444")
    assert BankAccount.objects.get(pk=old.pk).state == "in_force"
    assert cases.open_work_kinds() == ["aid.confirm_account"]

    def decide(by: Any = desk.head, *, confirmed: bool = True, number: str) -> None:
        decide_account(account=new, confirmed=confirmed, number=number, by=by, at=NOW)

    with pytest.raises(AccountRefused):
        decide(desk.sari, number="777788889")
    with pytest.raises(AccountRefused):
        decide(number="777788880")
    decide(number="777788889")
    with pytest.raises(AccountRefused):
        decide(number="777788889")
    assert BankAccount.objects.get(pk=old.pk).state == "replaced"
    assert cases.open_work_kinds() == []


def test_an_account_of_somebody_else_is_refused() -> None:
    desk = payments.counter()
    taken = BankAccount.objects.get(person=desk.komang).number.open()
    row = payments.waiting_account(desk.sari, desk.wayan, taken)
    with pytest.raises(AccountRefused):
        decide_account(account=row, confirmed=True, number=taken, by=desk.head, at=NOW)
    decide_account(account=row, confirmed=False, by=desk.head, at=NOW)
    assert BankAccount.objects.get(pk=row.pk).state == "refused"


def test_no_diary_and_no_print_shows_a_number() -> None:
    desk = payments.counter()
    payments.sent(desk)
    row = BankAccount.objects.get(person=desk.wayan)
    number = row.number.open()
    assert number not in f"{row.number} {row.number!r} {row}"
    assert not any(number in str(event.__dict__) for event in Event.objects.all())

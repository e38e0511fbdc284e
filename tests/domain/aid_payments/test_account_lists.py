"""Accounts from a list: two people bring it, every bad cell is named, all or none."""

import pytest

from smartkampung.aid.models import BankAccount
from smartkampung.aid.payments.actions.account_lists import (
    ListRefused,
    Taken,
    confirm_list,
    record_list,
)
from smartkampung.aid.payments.rules.files import Fault
from tests import payments, population
from tests.cases import NOW

pytestmark = pytest.mark.django_db
HEAD = "nik,bank,number,holder\n"
WAYAN = f"{population.WAYAN_NIK},Bank Jatim,7777-8888-9,I Wayan Sudarma\n"
KOMANG = "3510095505900001,014,66665555,Komang\n"


def brought(desk: payments.Counter, text: str) -> Taken:
    """Let Sari bring a list."""
    return record_list(content=text.encode(), by=desk.sari, at=NOW)


def confirmed(desk: payments.Counter, text: str) -> Taken:
    """Let the village head bring their own."""
    return confirm_list(content=text.encode(), by=desk.head, at=NOW)


def faults(caught: pytest.ExceptionInfo[ListRefused]) -> list[tuple[Fault, str, int]]:
    """Return what is wrong, and in which cell."""
    return [(p.fault, p.element, p.line) for p in caught.value.problems]


def waiting() -> int:
    """Return how many accounts wait."""
    return BankAccount.objects.filter(state="waiting").count()


def test_a_list_is_brought_by_one_and_confirmed_by_the_copy_of_another() -> None:
    desk = payments.counter()
    text = HEAD + WAYAN + KOMANG
    assert brought(desk, text) == Taken(2, 0)
    assert brought(desk, text) == Taken(0, 2)
    assert waiting() == 2
    with pytest.raises(ListRefused) as caught:
        confirmed(desk, text.replace("66665555", "66665556"))
    assert faults(caught) == [(Fault.ACCOUNT_REFUSED, "number", 3)]
    assert waiting() == 2
    semicolons = text.replace(",", ";").replace("014", "BCA")
    assert confirmed(desk, semicolons) == Taken(2, 0)
    assert confirmed(desk, semicolons) == Taken(0, 2)
    now_is = BankAccount.objects.get(person=desk.wayan, state="in_force")
    assert now_is.number.open() == "777788889"


def test_every_bad_cell_is_named_and_nothing_is_taken() -> None:
    desk = payments.counter()
    bad = (
        HEAD
        + WAYAN
        + "351009,BRI,777788889,A\n"
        + "3510095505900001,Bank Senja,12,\n"
        + WAYAN
    )
    with pytest.raises(ListRefused) as caught:
        brought(desk, bad)
    assert faults(caught) == [
        (Fault.VALUE_UNKNOWN, "nik", 3),
        (Fault.VALUE_UNKNOWN, "bank", 4),
        (Fault.VALUE_UNKNOWN, "number", 4),
        (Fault.VALUE_UNKNOWN, "holder", 4),
        (Fault.TWICE_HERE, "nik", 5),
    ]
    assert population.WAYAN_NIK not in str(caught.value)
    assert waiting() == 0


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("nik,bank,number\n", Fault.COLUMN_MISSING),
        (HEAD, Fault.MISSING),
        (HEAD + WAYAN * 501, Fault.TOO_MANY),
        ('"', Fault.NOT_CSV),
        ("x" * 8_388_609, Fault.TOO_LARGE),
    ],
)
def test_a_file_that_is_no_list_is_refused(text: str, fault: Fault) -> None:
    with pytest.raises(ListRefused) as caught:
        brought(payments.counter(), text)
    assert caught.value.problems[0].fault is fault


def test_nobody_elsewhere_and_no_second_account_is_taken() -> None:
    desk = payments.counter()
    stranger = "3510091505900044,014,66665555,Made\n"
    payments.waiting_account(desk.sari, desk.wayan)
    with pytest.raises(ListRefused) as caught:
        brought(desk, HEAD + WAYAN + stranger)
    assert faults(caught) == [
        (Fault.ACCOUNT_REFUSED, "number", 2),
        (Fault.NOBODY_HERE, "nik", 3),
    ]
    with pytest.raises(ListRefused) as caught:
        confirmed(desk, HEAD + KOMANG)
    assert faults(caught) == [(Fault.ACCOUNT_REFUSED, "number", 2)]

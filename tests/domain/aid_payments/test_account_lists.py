"""Accounts from a list: two people bring it, every bad cell is named, all or none."""

import io
from collections.abc import Iterable

import pytest
import xlsxwriter

from smartkampung.accounts.models import Staff
from smartkampung.aid.models import AccountList, AccountListPart, BankAccount
from smartkampung.aid.payments.actions import account_lists
from smartkampung.aid.payments.actions.account_lists import (
    ListTooLarge,
    check_list,
    receive_list,
    write_part,
)
from smartkampung.aid.payments.actions.accounts import decide_account
from smartkampung.jobs.inline import run_waiting
from smartkampung.residents.imports import files, source
from tests import payments, population
from tests.cases import NOW
from tests.domain.imports.conftest import read_here

pytestmark = pytest.mark.django_db
NIK = population.WAYAN_NIK
KOMANG_NIK = "3510095505900001"
HEAD = "nik,bank,number,holder\n"
WAYAN = f"{NIK},Bank Jatim,7777-8888-9,I Wayan Sudarma\n"
KOMANG = f"{KOMANG_NIK},014,66665555,Komang\n"


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "real_child" not in request.fixturenames:
        monkeypatch.setattr(source, "read", read_here)


@pytest.fixture
def real_child() -> None:
    """Let this test read through the child process, as in production."""


def taken(kind: str, content: bytes, desk: payments.Counter) -> AccountList:
    """Let Sari bring a list, or the village head confirm one; do the jobs."""
    by = desk.sari if kind == "bring" else desk.head
    row = receive_list(kind=kind, blocks=[content], by=by, at=NOW)
    run_waiting()
    row.refresh_from_db()
    return row


def brought(desk: payments.Counter, text: str) -> AccountList:
    return taken("bring", text.encode(), desk)


def confirmed(desk: payments.Counter, text: str) -> AccountList:
    return taken("confirm", text.encode(), desk)


def counts(row: AccountList) -> tuple[str, int, int]:
    """Return how a list ended, what it changed, and what stood so already."""
    return row.state, row.changed, row.same


def faults(row: AccountList) -> list[tuple[str, str]]:
    """Return which cells are wrong, and how."""
    return [(cell, fault) for _column, cell, _value, fault, _more in row.problems]


def waiting() -> int:
    """Return how many accounts wait."""
    return BankAccount.objects.filter(state="waiting").count()


def workbook(rows: Iterable[Iterable[object]]) -> bytes:
    """Return a workbook as a bank gives it out, with a title above the columns."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("Rekening")
        page.write(0, 0, "Daftar rekening penerima bantuan")
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                page.write(line, column, value)
    return target.getvalue()


def test_a_list_is_brought_by_one_and_confirmed_by_the_copy_of_another() -> None:
    desk = payments.counter()
    text = HEAD + WAYAN + KOMANG
    assert counts(brought(desk, text)) == ("done", 2, 0)
    assert counts(brought(desk, text)) == ("done", 0, 2)
    assert waiting() == 2
    wrong = confirmed(desk, text.replace("66665555", "66665556"))
    assert counts(wrong) == ("refused", 0, 0)
    assert faults(wrong) == [("C3", "account_refused")]
    assert waiting() == 2
    semicolons = text.replace(",", ";").replace("014", "BCA")
    assert counts(confirmed(desk, semicolons)) == ("done", 2, 0)
    assert counts(confirmed(desk, semicolons)) == ("done", 0, 2)
    now_is = BankAccount.objects.get(person=desk.wayan, state="in_force")
    assert now_is.number.open() == "777788889"


def test_what_was_refused_can_be_brought_again_in_the_same_list() -> None:
    desk = payments.counter()
    assert counts(brought(desk, HEAD + WAYAN)) == ("done", 1, 0)
    account = BankAccount.objects.get(state="waiting")
    decide_account(account=account, confirmed=False, by=desk.head, at=NOW)
    assert counts(brought(desk, HEAD + WAYAN)) == ("done", 1, 0)
    assert waiting() == 1


def test_a_list_of_somebody_whose_office_ended_is_not_written() -> None:
    desk = payments.counter()
    text = HEAD + WAYAN
    row = receive_list(kind="bring", blocks=[text.encode()], by=desk.sari, at=NOW)
    check_list(list_id=row.pk, at=NOW)
    Staff.objects.filter(pk=desk.sari.staff_id).update(is_active=False)
    run_waiting()
    row.refresh_from_db()
    assert (counts(row), row.refused, waiting()) == (("done", 0, 0), 1, 0)


def test_a_workbook_is_read_by_the_child_and_names_its_cells(real_child: None) -> None:
    desk = payments.counter()
    titles: list[object] = ["No", "NIK", "Nama Bank", "No. Rekening", "Atas Nama"]
    first_row: list[object] = [1, NIK, "BRI", "001234567890123", "I Wayan Sudarma"]
    rows = [titles, first_row]
    lost: list[object] = [2, KOMANG_NIK, "BCA", 66665555, "Komang"]
    row = taken("bring", workbook([*rows, lost]), desk)
    assert faults(row) == [("D4", "account_as_number")]
    assert waiting() == 0
    right: list[object] = [2, KOMANG_NIK, 14, "66665555", "Komang"]
    assert counts(taken("bring", workbook([*rows, right]), desk)) == ("done", 2, 0)
    first = BankAccount.objects.get(person=desk.wayan, state="waiting")
    assert (first.bank_code, first.number.open()) == ("002", "001234567890123")


def test_every_bad_cell_is_named_and_nothing_is_taken() -> None:
    desk = payments.counter()
    bad = (
        HEAD
        + WAYAN
        + "351009,BRI,777788889,A\n"
        + f"{KOMANG_NIK},Bank Senja,12,\n"
        + WAYAN
    )
    row = brought(desk, bad)
    assert set(faults(row)) == {
        ("A3", "nik_length"),
        ("B4", "account_bank"),
        ("C4", "account_number"),
        ("D4", "account_holder"),
        ("A5", "repeated_row"),
    }
    assert row.faulty == 5
    assert NIK not in str(row.problems)
    assert waiting() == 0
    assert not AccountListPart.objects.exists()


@pytest.mark.parametrize(
    ("text", "defect"),
    [
        ("nik,bank,number\n", "columns_missing"),
        (HEAD, "no_rows"),
        ("", "empty"),
    ],
)
def test_a_file_that_is_no_list_is_refused(text: str, defect: str) -> None:
    row = brought(payments.counter(), text)
    assert (row.state, row.defect["code"]) == ("refused", defect)


def test_what_is_larger_than_any_list_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(account_lists, "LARGEST", 10)
    desk = payments.counter()
    with pytest.raises(ListTooLarge):
        receive_list(kind="bring", blocks=[b"x" * 11], by=desk.sari, at=NOW)
    assert not AccountList.objects.exists()


def test_nobody_elsewhere_and_no_second_account_is_taken() -> None:
    desk = payments.counter()
    stranger = "3510091505900044,014,66665555,Made\n"
    payments.waiting_account(desk.sari, desk.wayan)
    assert faults(brought(desk, HEAD + WAYAN + stranger)) == [
        ("C2", "account_refused"),
        ("A3", "nobody_here"),
    ]
    assert faults(confirmed(desk, HEAD + KOMANG)) == [("C2", "account_refused")]


def test_parts_are_written_one_by_one_and_what_changed_meanwhile_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(account_lists, "PART", 1)
    desk = payments.counter()
    row = receive_list(
        kind="bring", blocks=[(HEAD + WAYAN + KOMANG).encode()], by=desk.sari, at=NOW
    )
    account_lists.check_list(list_id=row.pk, at=NOW)
    write_part(list_id=row.pk, at=NOW)
    row.refresh_from_db()
    assert (row.state, row.done, row.total) == ("writing", 1, 2)
    # Between check and writing, somebody writes an account of the other down.
    left = {desk.wayan.pk, desk.komang.pk} - {
        account.person_id for account in BankAccount.objects.filter(state="waiting")
    }
    who = desk.wayan if desk.wayan.pk in left else desk.komang
    payments.waiting_account(desk.sari, who)
    run_waiting()
    row.refresh_from_db()
    assert (row.state, row.done, row.changed, row.refused) == ("done", 2, 1, 1)
    assert [fault for _cell, fault in faults(row)] == ["account_refused"]
    write_part(list_id=row.pk, at=NOW)
    account_lists.check_list(list_id=row.pk, at=NOW)
    assert not AccountListPart.objects.exists()


def test_who_wrote_accounts_down_does_not_confirm_them_by_a_list() -> None:
    desk = payments.counter()
    brought(desk, HEAD + WAYAN)
    BankAccount.objects.filter(state="waiting").update(asked_by=desk.head.staff_id)
    assert faults(confirmed(desk, HEAD + WAYAN)) == [("C2", "account_refused")]


def test_an_account_that_is_somebody_elses_by_now_is_not_confirmed() -> None:
    desk = payments.counter()
    mine = f"{NIK},114,001122331,I Wayan Sudarma\n"  # Komang's, in force
    brought(desk, HEAD + mine)
    row = confirmed(desk, HEAD + mine)
    assert (row.state, row.changed, row.refused) == ("done", 0, 1)
    assert waiting() == 1


def test_what_cannot_be_kept_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = payments.counter()
    gone: list[str] = []

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no queue")

    monkeypatch.setattr(account_lists, "later", broken)
    monkeypatch.setattr(files, "forget", gone.append)
    with pytest.raises(RuntimeError):
        receive_list(kind="bring", blocks=[HEAD.encode()], by=desk.sari, at=NOW)
    assert len(gone) == 1
    assert not AccountList.objects.exists()

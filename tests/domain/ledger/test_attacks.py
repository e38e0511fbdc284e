"""Ways round the proof that worked once, by a superuser without the key. None does now."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from smartkampung.jobs.tasks import ledger
from smartkampung.ledger import bulk
from smartkampung.ledger.actions import transfer
from smartkampung.ledger.bulk import seal_waiting
from smartkampung.ledger.models import Seal, Transfer
from smartkampung.ledger.queries.kept import LedgerCutOff, kept_file, kept_seals
from smartkampung.ledger.rules.faults import Kind
from tests.tampering import (
    AT,
    BUDGET,
    SOURCE,
    Superuser,
    as_superuser,
    faults,
    moved,
    numbers,
    sealed_ledger,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Settings) -> None:
    settings.HOME = tmp_path


def cut_out(mallory: Superuser, number: int) -> None:
    """Delete a transfer with its entries, and make the balances fit."""
    mallory.does("DELETE FROM ledger_entry WHERE transfer_id = %s", number)
    mallory.does("DELETE FROM ledger_transfer WHERE id = %s", number)
    mallory.does(
        "UPDATE ledger_account SET balance = (SELECT sum(amount) FROM ledger_entry"
        " WHERE account_id = code)"
    )


def test_entries_cannot_hide_in_the_name_of_the_writer() -> None:
    (first, *_rest) = sealed_ledger(3)
    with as_superuser() as mallory:
        mallory.does(
            "UPDATE ledger_transfer SET by = by || (SELECT string_agg(E'\\x1f' ||"
            " account_id || E'\\x1e' || amount, '' ORDER BY account_id)"
            " FROM ledger_entry WHERE transfer_id = %s) WHERE id = %s",
            *(first, first),
        )
        mallory.does("DELETE FROM ledger_entry WHERE transfer_id = %s", first)
    assert first in numbers(faults(), Kind.CHANGED)


@pytest.mark.parametrize("mark", ["\x1d", "\x1e", "\x1f"])
def test_nobody_writes_a_separator_into_a_transfer(mark: str) -> None:
    moved(1)
    with pytest.raises(ValueError, match="separator"):
        transfer(
            key="odd",
            kind="test",
            legs=[(SOURCE, -1), (BUDGET, 1)],
            by=f"sari{mark}budi",
            at=AT,
        )
    assert Transfer.objects.count() == 1


def test_a_year_before_christ_is_another_year() -> None:
    (first, *_rest) = sealed_ledger(3)
    before_christ = (
        "(to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00 BC')"
        "::timestamptz"
    )
    with as_superuser() as mallory:
        for column, table, key in (
            ("at", "transfer", f"id = {first}"),
            ("sealed_at", "seal", "number = 1"),
        ):
            mallory.does(
                f"UPDATE ledger_{table} SET {column} = {before_christ.format(column)}"
                f" WHERE {key}"
            )
    assert numbers(faults(), Kind.CHANGED) == {first}
    assert numbers(faults(), Kind.SEAL_BROKEN) == {1}


def test_what_lost_its_signature_is_never_chained_again() -> None:
    every = sealed_ledger(3)
    with as_superuser() as mallory:
        mallory.does("DELETE FROM ledger_chainlink")
        mallory.does("DELETE FROM ledger_seal")
        mallory.does("UPDATE ledger_transfer SET by = 'budi', mac = NULL")
    assert seal_waiting(at=AT) == 0
    assert numbers(faults(), Kind.UNSIGNED) == set(every)


def test_a_signed_transfer_that_was_copied_is_named() -> None:
    (first, *_rest) = sealed_ledger(3)
    with as_superuser() as mallory:
        mallory.does("ALTER TABLE ledger_transfer DROP CONSTRAINT transfer_done_once")
        mallory.does(
            "INSERT INTO ledger_transfer (id, key, kind, at, by, mac)"
            " SELECT 900, key, kind, at, by, mac FROM ledger_transfer WHERE id = %s",
            first,
        )
        mallory.does(
            "INSERT INTO ledger_entry (transfer_id, account_id, amount)"
            " SELECT 900, account_id, amount FROM ledger_entry WHERE transfer_id = %s",
            first,
        )
    try:
        assert numbers(faults(), Kind.REPEATED) == {900}
        assert numbers(faults(), Kind.GUARD) == {"transfer_done_once"}
    finally:
        with as_superuser() as mended:
            mended.does("DELETE FROM ledger_transfer WHERE id = 900")
            mended.does(
                "ALTER TABLE ledger_transfer ADD CONSTRAINT transfer_done_once"
                " UNIQUE (key)"
            )


@pytest.mark.parametrize(
    "change", ["may_go_below_zero = true", "commodity = 'RICE'", "mac = '\\x01'"]
)
def test_an_account_that_was_changed_is_named(change: str) -> None:
    sealed_ledger(2)
    with as_superuser() as mallory:
        mallory.does(f"UPDATE ledger_account SET {change} WHERE code = %s", BUDGET)
    assert numbers(faults(), Kind.CHANGED) == {BUDGET}


def test_an_account_that_the_program_did_not_open_is_named() -> None:
    with as_superuser() as mallory:
        mallory.does(
            "INSERT INTO ledger_account (code, commodity, may_go_below_zero, balance,"
            " mac) VALUES ('mine', 'IDR', true, 0, NULL),"
            " (E'odd\\x1fIDR', 'IDR', true, 0, 'x')"
        )
    assert numbers(faults(), Kind.UNSIGNED) == {"mine"}
    assert numbers(faults(), Kind.CHANGED) == {"odd\x1fIDR"}


def test_a_chain_made_anew_without_one_transfer_lacks_the_last_seal() -> None:
    moved(3)
    ledger.seal(timestamp=0)
    (kept,) = kept_seals()
    first = Transfer.objects.order_by("pk").values_list("pk", flat=True)[0]
    with as_superuser() as mallory:
        mallory.does("DELETE FROM ledger_chainlink")
        mallory.does("DELETE FROM ledger_seal")
        cut_out(mallory, first)
    # The worker does not help by chaining what is left, and does not forget.
    with pytest.raises(LedgerCutOff, match="seal 1 was there"):
        ledger.seal(timestamp=1)
    assert not Seal.objects.exists()
    assert numbers(faults(kept_seals()), Kind.CUT_OFF) == {1}
    # Nor does it when somebody else chained it.
    assert seal_waiting(at=AT) == 2
    with pytest.raises(LedgerCutOff, match="seal 1 is another one"):
        ledger.seal(timestamp=2)
    assert kept_seals() == [kept]
    assert numbers(faults(kept_seals()), Kind.REWRITTEN) == {1}


def test_the_last_seal_goes_with_the_chain() -> None:
    ledger.seal(timestamp=0)
    assert not kept_file().exists()
    for number in range(2):
        moved(1, since=number)
        ledger.seal(timestamp=number)
    assert [seal.number for seal in kept_seals()] == [2]
    assert faults(kept_seals()) == ()


def test_forged_rows_keep_no_true_transfer_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 5)
    with as_superuser() as mallory:
        mallory.does(
            "INSERT INTO ledger_transfer (key, kind, at, by)"
            " SELECT 'forged:' || n, 'test', now(), 'sari'"
            " FROM generate_series(1, 12) AS n"
        )
    moved(7)
    assert seal_waiting(at=AT) == 7
    assert len(numbers(faults(), Kind.UNSIGNED)) == 12


def test_a_number_far_ahead_keeps_no_true_transfer_waiting() -> None:
    moved(1)
    with as_superuser() as mallory:
        for table, column in (("entry", "transfer_id"), ("transfer", "id")):
            mallory.does(f"UPDATE ledger_{table} SET {column} = 10 ^ 15")
    assert seal_waiting(at=AT) == 1
    moved(2, since=1)
    assert seal_waiting(at=AT) == 2
    assert faults() == ()

"""Whoever tampers with the ledger is found, and so is each row."""

import json
import random
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django.fixtures import Settings

from smartkampung.jobs.tasks import ledger
from smartkampung.kernel.chains import Fault
from smartkampung.ledger.actions import transfer
from smartkampung.ledger.bulk import seal_waiting
from smartkampung.ledger.models import ChainLink, Seal
from smartkampung.ledger.queries.proof import seal_facts, verify
from smartkampung.ledger.rules.chain import read_checkpoint
from smartkampung.ledger.rules.faults import Kind
from tests.races import together
from tests.tampering import (
    AT,
    BUDGET,
    SOURCE,
    as_superuser,
    faults,
    moved,
    numbers,
    sealed_ledger,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_untouched_ledger_is_whole() -> None:
    sealed_ledger(6, under=3)
    moved(2, since=6)
    proof = verify()
    assert proof.whole
    assert (proof.transfers, proof.seals, proof.waiting) == (8, 3, 2)


def test_an_empty_ledger_is_whole() -> None:
    assert seal_waiting(at=AT) == 0
    assert verify().whole


def test_seal_holds_something() -> None:
    with pytest.raises(IntegrityError, match="seal_holds_something"):
        Seal.objects.create(number=1, first=2, last=1, sealed_at=AT, mac=b"x")


def test_seal_append_only() -> None:
    sealed_ledger(2)
    with pytest.raises(Exception, match="seal"), transaction.atomic():
        Seal.objects.update(last=9)
    with pytest.raises(Exception, match="seal"), transaction.atomic():
        Seal.objects.all().delete()


def test_chain_link_append_only() -> None:
    sealed_ledger(2)
    with pytest.raises(Exception, match="link"), transaction.atomic():
        ChainLink.objects.update(transfer_number=9)
    with pytest.raises(Exception, match="link"), transaction.atomic():
        ChainLink.objects.all().delete()


def test_chain_link_once() -> None:
    (first, _second) = sealed_ledger(2)
    with pytest.raises(IntegrityError, match="chain_link_once"):
        ChainLink.objects.create(position=3, transfer_number=first, seal_id=1, mac=b"x")


@pytest.mark.slow
def test_a_superuser_who_tampers_with_a_thousand_rows_is_found_a_thousand_times() -> (
    None
):
    every = sealed_ledger(1_250, under=5)
    kept = seal_facts()
    # The last seal is cut off, with all that it holds; 750 of the rest are touched.
    cut = every[-250:]
    chosen = random.Random(35_10).sample(every[:-250], 750)
    changed, deleted, swapped, unlinked = (
        chosen[start:end] for start, end in pairwise((0, 150, 350, 550, 750))
    )
    with as_superuser() as mallory:
        mallory.does(
            "UPDATE ledger_entry SET amount = amount * 7 WHERE transfer_id = ANY(%s)",
            changed,
        )
        for table, column in (("entry", "transfer_id"), ("transfer", "id")):
            mallory.does(
                f"DELETE FROM ledger_{table} WHERE {column} = ANY(%s)", deleted + cut
            )
        # Pairs change places; positions go through negative numbers.
        pairs = list(zip(swapped[::2], swapped[1::2], strict=True))
        for one, other in pairs:
            mallory.does(
                "UPDATE ledger_chainlink l SET position = -o.position"
                " FROM ledger_chainlink o WHERE (l.transfer_number, o.transfer_number)"
                " IN ((%s, %s), (%s, %s))",
                *(one, other, other, one),
            )
        mallory.does(
            "UPDATE ledger_chainlink SET position = -position WHERE position < 0"
        )
        mallory.does(
            "DELETE FROM ledger_chainlink WHERE transfer_number = ANY(%s)",
            unlinked + cut,
        )
        mallory.does("DELETE FROM ledger_seal WHERE number = 5")
        for code in (SOURCE, BUDGET):
            mallory.does(
                "UPDATE ledger_account SET balance = (SELECT sum(amount) FROM"
                " ledger_entry WHERE account_id = code) WHERE code = %s",
                code,
            )

    found = faults(kept)

    assert set(changed) <= numbers(found, Kind.CHANGED)
    assert set(deleted) <= numbers(found, Kind.DELETED)
    assert set(swapped) <= numbers(found, Kind.MOVED)
    # A link that is gone is a hole in the positions; of the last seal only the
    # auditor's checkpoint still tells.
    holes = numbers(found, Kind.GAP)
    assert len(holes) == len(unlinked) + len(cut)
    assert Fault(Kind.CUT_OFF, "seal", 5) in found
    named = numbers(found, Kind.CHANGED, Kind.DELETED, Kind.MOVED) & set(chosen)
    assert len(named) + len(holes) == 1_000


def test_a_transfer_that_the_program_did_not_write_is_named() -> None:
    sealed_ledger(3)
    with as_superuser() as mallory:
        mallory.does(
            "INSERT INTO ledger_transfer (id, key, kind, at, by, mac)"
            " VALUES (900, 'gift', 'test', now(), 'sari', NULL),"
            " (901, 'more', 'test', now(), 'sari', %s)",
            b"\x01" + bytes(16),
        )
    found = faults()
    assert numbers(found, Kind.UNSIGNED) == {900}
    assert numbers(found, Kind.CHANGED) == {901}
    # Sealing leaves them outside: they do not become true by waiting.
    assert seal_waiting(at=AT) == 0
    assert faults() == found


def test_the_same_words_under_another_number_are_another_transfer() -> None:
    (first, *_rest) = sealed_ledger(3)
    with as_superuser() as mallory:
        for table, column in (("entry", "transfer_id"), ("transfer", "id")):
            mallory.does(
                f"UPDATE ledger_{table} SET {column} = 900 WHERE {column} = %s", first
            )
        mallory.does(
            "UPDATE ledger_chainlink SET transfer_number = 900"
            " WHERE transfer_number = %s",
            first,
        )
    assert numbers(faults(), Kind.MOVED) == {900}


def test_a_seal_written_anew_without_the_key_is_broken() -> None:
    sealed_ledger(4, under=2)
    with as_superuser() as mallory:
        mallory.does("UPDATE ledger_seal SET sealed_at = now() WHERE number = 1")
    assert numbers(faults(), Kind.SEAL_BROKEN) == {1}


def test_a_seal_in_the_middle_that_is_gone_is_missed() -> None:
    sealed_ledger(6, under=3)
    with as_superuser() as mallory:
        mallory.does("DELETE FROM ledger_seal WHERE number = 2")
    found = faults()
    assert numbers(found, Kind.SEAL_MISSING) == {2}
    assert numbers(found, Kind.SEAL_BROKEN) == {3}  # it signs the one before it


def test_a_whole_history_written_anew_is_found_by_the_checkpoint() -> None:
    sealed_ledger(4, under=2)
    kept = seal_facts()
    with as_superuser() as mallory:
        for table in ("chainlink", "seal", "entry", "transfer", "account"):
            mallory.does(f"DELETE FROM ledger_{table}")
    sealed_ledger(2)  # with the program, and so with the key
    assert faults() == ()
    found = faults(kept)
    assert numbers(found, Kind.REWRITTEN) == {1}
    assert numbers(found, Kind.CUT_OFF) == {2}


def test_sums_orphans_and_balances_are_looked_at() -> None:
    (first, second) = sealed_ledger(2)
    with as_superuser() as mallory:
        mallory.does(
            "UPDATE ledger_entry SET amount = 5 WHERE transfer_id = %s AND amount > 0",
            first,
        )
        mallory.does("DELETE FROM ledger_transfer WHERE id = %s", second)
        mallory.does(
            "ALTER TABLE ledger_account DROP CONSTRAINT account_never_below_zero"
        )
        mallory.does("UPDATE ledger_account SET balance = -9 WHERE code = %s", BUDGET)
    try:
        found = faults()
        assert numbers(found, Kind.UNBALANCED) == {first}
        assert len(numbers(found, Kind.ORPHAN)) == 2
        assert BUDGET in numbers(found, Kind.BALANCE)
        assert numbers(found, Kind.BELOW_ZERO) == {BUDGET}
        assert numbers(found, Kind.GUARD) == {"account_never_below_zero"}
    finally:
        with as_superuser() as mended:
            mended.does("UPDATE ledger_account SET balance = 0")
            mended.does(
                "ALTER TABLE ledger_account ADD CONSTRAINT account_never_below_zero"
                " CHECK (may_go_below_zero OR balance >= 0)"
            )


def test_a_trigger_that_is_switched_off_no_longer_guards() -> None:
    with as_superuser() as mallory:
        mallory.does("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
    try:
        assert numbers(faults(), Kind.GUARD) == {
            "entry_append_only",
            "entries_sum_to_zero",
        }
    finally:
        with as_superuser() as mended:
            mended.does("ALTER TABLE ledger_entry ENABLE TRIGGER USER")


def test_who_commits_late_finds_a_place_in_the_chain() -> None:
    moved(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('ledger_transfer_id_seq')")
        (number,) = cursor.fetchone() or (0,)
    moved(3, since=1)
    assert seal_waiting(at=AT) == 4

    _late_transfer(number)

    assert seal_waiting(at=AT + timedelta(minutes=5)) == 1
    assert ChainLink.objects.get(transfer_number=number).position == 5
    assert faults() == ()


def _late_transfer(number: int) -> None:
    """Write a transfer that took its number before others and commits after them."""
    movement = transfer(
        key="late",
        kind="test",
        legs=[(SOURCE, -1), (BUDGET, 1)],
        by="sari",
        at=AT,
    )
    with as_superuser() as clock:
        for table, column in (("entry", "transfer_id"), ("transfer", "id")):
            clock.does(
                f"UPDATE ledger_{table} SET {column} = %s WHERE {column} = %s",
                number,
                movement.pk,
            )


def test_two_workers_who_seal_at_once_make_one_chain() -> None:
    moved(20)
    counts = together(*[lambda: seal_waiting(at=AT)] * 4)
    assert sum(counts) == 20
    assert Seal.objects.count() == 1
    assert faults() == ()


def test_writers_and_a_look_at_the_ledger_do_not_disturb_each_other() -> None:
    moved(5)

    def write() -> bool:
        for number in range(10):
            transfer(
                key=f"beside:{number}",
                kind="test",
                legs=[(SOURCE, -1), (BUDGET, 1)],
                by="sari",
                at=AT,
            )
        return True

    answers = together(write, *[lambda: verify().whole] * 3)
    assert answers == [True] * 4


def test_the_worker_seals_and_keeps_a_checkpoint(
    tmp_path: Path, settings: Settings
) -> None:
    settings.HOME = tmp_path
    moved(3)
    ledger.seal(timestamp=0)
    ledger.keep_checkpoint(timestamp=0)
    ledger.keep_checkpoint(timestamp=1)  # a night that is told twice is one file
    (file,) = (tmp_path / "checkpoints").glob("ledger-*.json")
    kept = read_checkpoint(json.loads(file.read_text()))
    assert kept == seal_facts()
    assert faults(kept) == ()

"""The ledger: movements a second against bare inserts, and how long a proof takes.

    python -m bench.ledger [--transfers 2000] [--rows 100000]

The ceiling of a movement is its two rows inserted bare in one transaction, by one
client. The ceiling of a proof is a bare sum over the same rows. Aims: ratio of at
least 0.3 for movements; a million rows proved within 60 s.
"""

import argparse
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction
from rich.console import Console

from bench import place
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.sealed import blind_index
from smartkampung.ledger.actions import open_account, transfer
from smartkampung.ledger.bulk import seal_waiting
from smartkampung.ledger.queries.proof import verify
from smartkampung.ledger.rules.chain import TRANSFER, transfer_text

AT = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
LEGS = [("source/x", -1), ("budget/x", 1)]
BARE = "INSERT INTO bare_row (account, amount) VALUES (%s, %s)"
out = Console()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description="Move, seal and verify.")
    options.add_argument("--transfers", type=int, default=2_000)
    options.add_argument("--rows", type=int, default=100_000)
    asked = options.parse_args()
    open_account(code="source/x", commodity="IDR", may_go_below_zero=True)
    open_account(code="budget/x", commodity="IDR")
    bare, moved = _bare(asked.transfers), _moved(asked.transfers)
    out.print(f"two rows, bare   {bare:10,.0f} /s   (in {place.HOME.name})")
    out.print(
        f"transfers        {moved:10,.0f} /s   ratio {moved / bare:.2f} (aim 0.3)"
    )
    _proof(asked.rows)


def _bare(count: int) -> float:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bare_row (id bigserial, account text, amount bigint)"
        )
        begun = time.perf_counter()
        for _number in range(count):
            with transaction.atomic():
                for leg in LEGS:
                    cursor.execute(BARE, leg)
    return count / (time.perf_counter() - begun)


def _moved(count: int) -> float:
    begun = time.perf_counter()
    for number in range(count):
        transfer(key=f"move:{number}", kind="bench", legs=LEGS, by="bench", at=AT)
    return count / (time.perf_counter() - begun)


def _proof(rows: int) -> None:
    _load(rows // 2)
    begun = time.perf_counter()
    sealed = seal_waiting(at=AT)
    out.print(f"sealing          {sealed / (time.perf_counter() - begun):10,.0f} /s")
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT account_id, sum(amount) FROM ledger_entry GROUP BY 1")
    bare = time.perf_counter() - begun
    begun = time.perf_counter()
    proof = verify()
    took = time.perf_counter() - begun
    if not proof.whole:
        raise RuntimeError(f"the ledger is not whole: {proof.faults[:3]}")
    entries = proof.transfers * 2
    out.print(f"verify, {entries:,} rows  {took:6.1f} s   bare sum {bare:.2f} s")
    out.print(f"a million rows in  {took / entries * 1_000_000:6.1f} s   (aim 60 s)")


def _load(transfers: int) -> None:
    """Copy signed transfers in, as the program would have written them."""
    # The sums are checked at commit by one plan for all rows: with the tables believed
    # empty it would read all of them for each row.
    _count_rows()
    with connection.cursor() as cursor, transaction.atomic():
        with cursor.copy(
            "COPY ledger_transfer (id, key, kind, at, by, mac) FROM STDIN"
        ) as copy:
            for row in _transfers(transfers):
                copy.write_row(row)
        cursor.execute(
            "INSERT INTO ledger_entry (transfer_id, account_id, amount)"
            " SELECT t.id, leg.account, leg.amount FROM ledger_transfer t CROSS JOIN"
            " (VALUES ('source/x', -1), ('budget/x', 1)) AS leg (account, amount)"
            " WHERE t.key LIKE 'load:%'"
        )
        cursor.execute(
            "UPDATE ledger_account a SET balance = (SELECT sum(amount) FROM"
            " ledger_entry WHERE account_id = a.code)"
        )
    _count_rows()


def _count_rows() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ledger_account, ledger_transfer, ledger_entry")


def _transfers(count: int) -> Iterator[tuple[object, ...]]:
    for number in range(count):
        at = AT + timedelta(seconds=number)
        key = f"load:{number}"
        text = transfer_text(key=key, kind="bench", at=at, by="bench", legs=LEGS)
        yield 1_000_000 + number, key, "bench", at, "bench", blind_index(text, TRANSFER)


if __name__ == "__main__":
    main()

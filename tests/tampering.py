"""Somebody with the password of the database superuser, and a ledger to tamper with."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.db import connection

from smartkampung.cli.embedded import Cluster
from smartkampung.kernel.chains import Fault
from smartkampung.kernel.clock import WIB
from smartkampung.ledger.actions import open_account, transfer
from smartkampung.ledger.bulk import seal_waiting
from smartkampung.ledger.models import Transfer
from smartkampung.ledger.queries.proof import verify
from smartkampung.ledger.rules.chain import SealFacts
from smartkampung.ledger.rules.faults import Kind
from tests.database import HOME

AT = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
SOURCE, BUDGET = "source/x", "budget/x"


def moved(count: int, *, since: int = 0) -> None:
    """Move one rupiah so often from the source to the budget."""
    open_account(code=SOURCE, commodity="IDR", may_go_below_zero=True)
    open_account(code=BUDGET, commodity="IDR")
    for number in range(since, since + count):
        transfer(
            key=f"move:{number}",
            kind="test",
            legs=[(SOURCE, -1), (BUDGET, 1)],
            by="sari",
            at=AT + timedelta(seconds=number),
        )


def sealed_ledger(count: int, *, under: int = 1) -> list[int]:
    """Make a ledger of so many transfers under some seals; return their numbers."""
    share = count // under
    for number in range(under):
        moved(share, since=number * share)
        seal_waiting(at=AT + timedelta(hours=number))
    return list(Transfer.objects.order_by("pk").values_list("pk", flat=True))


@contextmanager
def as_superuser() -> Iterator["Superuser"]:
    """Write what nobody may: as superuser, with every trigger off."""
    cluster = Cluster(HOME / "db", HOME / "s")
    with cluster.superuser(database=connection.settings_dict["NAME"]) as session:
        session.execute("SET session_replication_role = replica")
        yield Superuser(session)


class Superuser:
    """What somebody does who may do everything in the database."""

    def __init__(self, session: "psycopg.Connection[Any]") -> None:
        self._session = session

    def does(self, statement: str, *values: object) -> None:
        """Run one statement."""
        self._session.execute(statement.encode(), values)


def numbers(faults: tuple[Fault, ...], *kinds: Kind) -> set[int | str]:
    """Return which rows have a fault of these kinds."""
    return {fault.number for fault in faults if fault.kind in kinds}


def faults(kept: list[SealFacts] | None = None) -> tuple[Fault, ...]:
    """Return everything that is wrong with the ledger."""
    return verify(kept=kept or []).faults

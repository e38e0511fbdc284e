"""One way to take what is scarce: beds, places, quotas, budgets.

Locks alone can be forgotten by a caller and constraints alone deadlock under
crossed load, so both are used: lock in one documented order, choose inside the
lock, write, retry once; a named constraint has the last word.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import QuerySet

from smartkampung.kernel.errors import Refused, constraint_name

Taken = TypeVar("Taken")
LOCK_TIMEOUT = "5s"
# serialization_failure, deadlock_detected, lock_not_available
TRY_AGAIN = {"40001", "40P01", "55P03"}


class Rank(IntEnum):
    """The lock order of the whole program (docs/invariants.md)."""

    PERSON = 1
    HOUSE = 2
    BED = 3
    QUOTA = 4


@dataclass(frozen=True)
class Lock:
    """Rows to lock, and where they stand in the order."""

    rank: Rank
    rows: QuerySet[Any]

    def statement(self) -> tuple[str, tuple[Any, ...]]:
        """Return SQL that locks the rows by primary key ascending, and its values.

        In that order, so that two callers never cross. Raises EmptyResultSet when no
        row can be meant.
        """
        rows = self.rows.order_by("pk").select_for_update(no_key=True)
        sql, values = rows.values_list("pk").query.sql_with_params()
        return sql, tuple(values)


class Busy(Refused):
    """Too many people ask for the same thing at once; asking again is safe."""

    code = "busy"


def claim_scarce(
    *,
    locks: Sequence[Lock],
    take: Callable[[], Taken],
    refusals: Mapping[str, Refused],
    busy: Busy,
) -> Taken:
    """Lock, choose and write in one savepoint; return what ``take`` returned.

    ``refusals`` maps constraint names to what the person is told. Raises those,
    whatever ``take`` raises, or ``busy`` when two tries met locks or deadlocks.
    """
    ranks = [lock.rank for lock in locks]
    if ranks != sorted(ranks):
        raise RuntimeError(f"locks out of order: {ranks}")
    for _ in range(2):
        try:
            return _attempt(locks, take)
        except IntegrityError as error:
            refusal = refusals.get(constraint_name(error) or "")
            if refusal is None:
                raise
            raise refusal from error
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) not in TRY_AGAIN:
                raise
    raise busy


def _attempt(locks: Sequence[Lock], take: Callable[[], Taken]) -> Taken:
    with transaction.atomic():
        _lock(locks)
        return take()


def _lock(locks: Sequence[Lock]) -> None:
    """Take all locks in one message: each trip to the database prolongs every queue.

    Statements of one message still run one after another, each with its own view.
    """
    sql, values = ["SELECT set_config('lock_timeout', %s, true)"], [LOCK_TIMEOUT]
    for lock in locks:
        with suppress(EmptyResultSet):
            text, more = lock.statement()
            sql.append(text)
            values.extend(more)
    with connection.cursor() as cursor:
        cursor.execute("; ".join(sql), values)

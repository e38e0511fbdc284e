"""Count what comes in, so that nobody can ask too often."""

from datetime import datetime

from django.db import connection

from smartkampung.intake.models import HitCount
from smartkampung.intake.rules import Limit
from smartkampung.kernel.sealed import blind_index


def count_hit(limit: Limit, *, key: str, at: datetime) -> int:
    """Count one more hit; return how many the present window now holds.

    The key (an address, a NIK) is kept as keyed hash only.
    """
    table = HitCount._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (scope, key_hash, window_start, hits)"
            " VALUES (%s, %s, %s, 1)"
            " ON CONFLICT ON CONSTRAINT hit_count_once_a_window"
            f" DO UPDATE SET hits = {table}.hits + 1 RETURNING hits",
            [limit.scope, blind_index(key, "hit"), limit.window_start(at)],
        )
        (hits,) = cursor.fetchone()
    return int(hits)


def used_up(limit: Limit, *, key: str, at: datetime) -> bool:
    """Say whether no hit is left, and count none: for who counts failures only."""
    rows = HitCount.objects.filter(
        scope=limit.scope,
        key_hash=blind_index(key, "hit"),
        window_start=limit.window_start(at),
    )
    return rows.filter(hits__gte=limit.count).exists()


def over(limit: Limit, *, key: str, at: datetime) -> bool:
    """Count one more hit, and say whether that is more than the limit."""
    return count_hit(limit, key=key, at=at) > limit.count

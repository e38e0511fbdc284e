"""Zones of 10,600 RTs on any day, and a year of days replayed, beside raw SQL.

    python -m bench.zones [--rts 10600] [--cases 40000] [--days 365]

The ceiling of a day is one bare statement that counts distinct houses by RT in seven
days; that of the replay is the same statement for every day. Every tenth case was
withdrawn later, and each day was decided by what was known in its night.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial

from django.db import connection, transaction
from rich.console import Console

from bench import place
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.models import Region
from smartkampung.reopening.cases.actions.deciding import decide_day
from smartkampung.reopening.cases.models import Heard, Mark
from smartkampung.reopening.cases.queries.counting import rts_by_village
from smartkampung.reopening.cases.queries.zones import (
    days_decided,
    replay,
    zones_decided,
    zones_known,
)
from smartkampung.reopening.cases.rules.zones import rows_of

out = Console(width=100)
FIRST = date(2021, 4, 6)
REGENCY = "35.10"
VILLAGES = 217
BARE = """SELECT region_code, count(DISTINCT house) FROM cases_mark
WHERE confirmed_on BETWEEN %s AND %s GROUP BY region_code"""


def main() -> None:
    """Make a year of cases, decide every day, and replay it."""
    options = argparse.ArgumentParser(description="Zones of every RT.")
    options.add_argument("--rts", type=int, default=10_600)
    options.add_argument("--cases", type=int, default=40_000)
    options.add_argument("--days", type=int, default=365)
    asked = options.parse_args()
    days = [FIRST + timedelta(days=number) for number in range(asked.days)]
    with transaction.atomic():
        act_as(Kind.JOB)
        _fill(asked.rts, asked.cases, days)
        _one_day(days[len(days) // 2])
        out.print(
            f"deciding {len(days)} days  {_seconds(lambda: _decide(days)):6.2f} s"
            f"   (in {place.HOME.name})"
        )
        bare = sum(_seconds(partial(_bare, day)) for day in days)
        took = _seconds(lambda: _replay(days))
        out.print(
            f"replaying them  {took:6.2f} s   bare SQL {bare:6.2f} s"
            f"   ratio {bare / took:5.2f}"
        )
        transaction.set_rollback(True)


def _one_day(day: date) -> None:
    known = _night(day)
    bare = _milliseconds(lambda: _bare(day))
    took = _milliseconds(lambda: zones_known(day, known=known))
    out.print(
        f"zones of a day  {took:6.1f} ms   bare SQL {bare:6.1f} ms"
        f"   ratio {bare / took:5.2f}"
    )


def _decide(days: list[date]) -> None:
    for day in days:
        decide_day(on=day, at=_night(day))


def _replay(days: list[date]) -> None:
    rts = rts_by_village()
    for kept in days_decided(days[0], days[-1] + timedelta(days=1)):
        told = rows_of(zones_decided(kept, rts=rts))
        if told != rows_of(replay(kept, rts=rts)):
            raise AssertionError(f"{kept.day} was decided otherwise")


def _bare(day: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [day - timedelta(days=6), day])
        cursor.fetchall()


def _night(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=WIB) + timedelta(hours=25)


def _fill(rts: int, cases: int, days: list[date]) -> None:
    dice = random.Random(7)
    villages = [f"{REGENCY}.{n // 9 + 1:02}.{2001 + n % 9}" for n in range(VILLAGES)]
    kecamatan = sorted({village.rpartition(".")[0] for village in villages})
    codes = [f"{villages[n % VILLAGES]}.001.{n // VILLAGES + 1:03}" for n in range(rts)]
    levels = [("province", ["35"]), ("regency", [REGENCY]), ("kecamatan", kecamatan)]
    levels += [("desa", villages), ("rw", [f"{one}.001" for one in villages])]
    for kind, found in [*levels, ("rt", codes)]:
        Region.objects.bulk_create(
            Region(
                code=code,
                name=code,
                kind=kind,
                parent_id=code.rpartition(".")[0] or None,
            )
            for code in found
        )
    # Keys of cases that are not there are asked for at a commit that never comes.
    Mark.objects.bulk_create(_marks(cases, codes, days, dice), batch_size=5_000)
    Heard.objects.bulk_create(
        (
            Heard(village_code=village, day=day, at=_night(day), by="bench")
            for day in days[::3]
            for village in villages
        ),
        batch_size=10_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _marks(
    cases: int, codes: list[str], days: list[date], dice: random.Random
) -> Iterator[Mark]:
    for number in range(cases):
        day = dice.choice(days)
        known = _night(day) + timedelta(hours=dice.randrange(-20, 60))
        ends = known + timedelta(days=3) if number % 10 == 0 else None
        yield Mark(
            case_id=number,
            region_code=dice.choice(codes[: len(codes) // 3]),
            house=number // 2,
            confirmed_on=day,
            known_from=known,
            known_until=ends,
        )


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _milliseconds(work: Callable[[], object], times: int = 7) -> float:
    return sorted(_seconds(work) for _ in range(times))[times // 2] * 1000


if __name__ == "__main__":
    main()

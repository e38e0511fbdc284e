"""Two nights of April 2021: the same houses, judged by one rule and then by the next.

Inmendagri 7/2021 held from 6 April on, in place of 3/2021. All cases are invented.
"""

from datetime import date, datetime, timedelta

from smartkampung.kernel.clock import WIB
from smartkampung.regions.queries import regency, rts_of, villages_of
from smartkampung.reopening.cases.actions.deciding import decide_day
from smartkampung.reopening.cases.models import Case, Heard, House

BEFORE, AFTER = date(2021, 4, 5), date(2021, 4, 6)
HOUSES = (1, 2, 3, 5, 6, 10, 11)  # where a colour of either rule begins or ends
BY = "demo"


def tell_april(*, at: datetime) -> None:
    """Tell of both days in every village, of cases in a few RTs, and decide them.

    After the weeks were told to everybody: those of 2021 are not told anew.
    """
    here = regency()
    if here is None or at < _noon(AFTER + timedelta(days=7)):
        return
    villages = villages_of(here.code).values_list("code", flat=True)
    Heard.objects.bulk_create(
        Heard(village_code=one, day=on, at=_noon(on), by=BY)
        for one in villages
        for on in (BEFORE, AFTER)
    )
    rts = list(rts_of(here.code).values_list("code", flat=True))
    for rt, count in zip(rts[:: max(1, len(rts) // len(HOUSES))], HOUSES, strict=False):
        _houses(rt, count)
    for on in (BEFORE, AFTER):
        decide_day(on=on, at=_noon(on + timedelta(days=1)))


def _houses(rt: str, count: int) -> None:
    told = _noon(BEFORE - timedelta(days=1))
    for number in range(1, count + 1):
        house = House.objects.create(region_code=rt, key=f"anggrek {number}")
        name = f"Contoh {number}"
        Case.objects.create(
            region_code=rt,
            house=house,
            address=f"Anggrek {number}",
            name=name,
            name_folded=name.lower(),
            confirmed_on=told.date(),
            outcome="recovered",
            outcome_on=told.date() + timedelta(days=1),
            source=Case.Source.CENTRE,
            recorded_at=told,
            recorded_by=BY,
        )


def _noon(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 12, tzinfo=WIB)

"""Confirmed cases of five weeks, and the zones that were decided in the last nights.

All of them are invented; the names are those of residents of the demo's village.
"""

import random
from datetime import datetime, timedelta

from smartkampung.accounts.actor import Actor
from smartkampung.kernel.clock import day
from smartkampung.regions.codes import village_of
from smartkampung.regions.queries import regency, rts_of, villages_of
from smartkampung.reopening.cases.actions.deciding import SETTLED, decide_day
from smartkampung.reopening.cases.actions.recording import (
    Told,
    correct_case,
    record_case,
)
from smartkampung.reopening.cases.models import Case, Heard, House
from smartkampung.residents.rules.names import fold_name

DAYS = 35
HEARD, NIGHTS = 15, 8  # days of which every village is heard, and nights decided
BY = "demo"
NAMES = ("Ketut", "Made", "Nyoman", "Putu", "Slamet", "Sutrisno", "Wahyuni", "Yuliana")
LATER = ("Adi", "Lestari", "Prasetyo", "Rahayu", "Santoso", "Wulandari", "Hidayat")


def tell_cases(*, at: datetime, seed: int, by: Actor, village: str) -> None:
    """Fill the regency with cases and the village of the demo with some by hand."""
    dice = random.Random(seed)
    place = regency()
    if place is None:
        return
    villages = list(villages_of(place.code).values_list("code", flat=True))
    _hear(villages, at, dice)
    _pour(list(rts_of(place.code).values_list("code", flat=True)), at, dice)
    _by_hand(village, at, by)
    # Just after midnight the day before is still to be decided, here as anywhere.
    last = day(at - SETTLED)
    for ago in range(NIGHTS, 0, -1):
        decide_day(on=last - timedelta(days=ago), at=at - timedelta(days=ago - 1))


def _hear(villages: list[str], at: datetime, dice: random.Random) -> None:
    """Let every village be heard each day but a few, of which nobody tells."""
    silent = set(dice.sample(villages, len(villages) // 40))
    days = [at - timedelta(days=ago) for ago in range(HEARD)]
    Heard.objects.bulk_create(
        Heard(village_code=one, day=day(when), at=when, by=BY)
        for when in days
        for one in villages
        if one not in silent
    )


def _pour(rts: list[str], at: datetime, dice: random.Random) -> None:
    """Write some hundred cases, more of them in a few RTs."""
    crowded = dice.sample(rts, min(12, len(rts)))
    houses, cases = [], []
    for number in range(len(rts) // 25 + 60):
        rt = dice.choice(crowded) if number % 3 == 0 else dice.choice(rts)
        name = f"{dice.choice(NAMES)} {dice.choice(LATER)}"
        when = at - timedelta(days=dice.randrange(1, DAYS), minutes=30)
        house = House(region_code=rt, key=f"mawar {number}")
        houses.append(house)
        recovered = when < at - timedelta(days=14)
        cases.append(
            Case(
                region_code=rt,
                house=house,
                address=f"Mawar {number}",
                name=name,
                name_folded=fold_name(name),
                confirmed_on=day(when),
                outcome="recovered" if recovered else "ill",
                outcome_on=day(when) + timedelta(days=10) if recovered else None,
                source=Case.Source.CENTRE,
                recorded_at=when,
                recorded_by=BY,
            )
        )
    House.objects.bulk_create(houses)
    Case.objects.bulk_create(cases)
    Heard.objects.bulk_create(
        [
            Heard(
                village_code=village_of(one.region_code),
                day=one.confirmed_on,
                at=one.recorded_at,
                by=BY,
            )
            for one in cases
        ],
        ignore_conflicts=True,
    )


def _by_hand(village: str, at: datetime, by: Actor) -> None:
    """Record three in the village of the demo, and correct one."""
    rt = rts_of(village).values_list("code", flat=True)[0]
    on = day(at) - timedelta(days=4)  # the pilot of this village is held against it
    for number, name in enumerate(("Agus Hariyadi", "Dewi Anggraini", "Rudi Hartono")):
        told = Told(name, rt, on, address=f"Melati {number // 2 + 1}")
        row = record_case(told=told, by=by, at=at - timedelta(days=3))
    better = Told("Rudi Hartono", rt, on - timedelta(days=1), address="Melati 4")
    correct_case(case=row, told=better, reason="Salah alamat", by=by, at=at)

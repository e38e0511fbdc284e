"""Anybody does anything with the beds of a kecamatan, at random; promises are watched.

Seeded, so that a broken promise can be seen again. What is watched, besides what the
constraints refuse by themselves: nobody is lost (whoever is expected or present in a
house lies in a bed, or stands on the list of those to be relocated), no bed holds two
people or two sexes of strangers, and freed beds go to who asked first.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from smartkampung.isolation.actions import beds, waiting
from smartkampung.isolation.actions.beds import Ending
from smartkampung.isolation.actions.change import cancel, change_arrival
from smartkampung.isolation.actions.reserve import reserve
from smartkampung.isolation.actions.wish import Guest, Wish
from smartkampung.isolation.models import Bed, BedUse, Opening, Reservation, Stay
from smartkampung.isolation.queries.rooms import rooms_of
from smartkampung.isolation.rules import rooms
from smartkampung.isolation.rules.rooms import choose_beds
from smartkampung.isolation.rules.states import (
    LIVE_RESERVATIONS,
    LIVE_STAYS,
    StayState,
)
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from tests.cast import HERE, NEXT_DOOR
from tests.isolating import MONDAY, SURABAYA, a_house

Row = TypeVar("Row", bound=Model)
LOST = """
    SELECT count(*) FROM isolation_stay s
    JOIN isolation_reservation r ON r.id = s.reservation_id
    WHERE s.state IN ('expected', 'present') AND r.setting = 'house'
        AND r.state IN ('held', 'booked', 'arrived')
        AND NOT EXISTS (SELECT FROM isolation_beduse u WHERE u.stay_id = s.id AND u.live
            AND upper(u.during) = upper(s.during))
        AND NOT EXISTS (SELECT FROM worklist_workitem w
            WHERE w.kind = 'isolation.relocate' AND w.closed_at IS NULL
                AND w.target = 'isolation.reservation:' || r.id)
"""
DOUBLED = """
    SELECT count(*) FROM isolation_beduse a JOIN isolation_beduse b
        ON a.bed_id = b.bed_id AND a.id < b.id AND a.taken && b.taken
    WHERE a.live AND b.live
"""
HAUNTED = """
    SELECT count(*) FROM isolation_beduse u JOIN isolation_stay s ON s.id = u.stay_id
    WHERE u.live AND s.state IN ('cancelled', 'no_show')
"""


class Nobody(Refused):
    """There is nobody to do this to."""

    code = "nobody"


class Machine:
    """A kecamatan with four houses, in which somebody does something each step."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.at = MONDAY
        self.tally: Counter[str] = Counter()
        self.house_ids = [
            a_house(f"Rumah {number}", beds=number, village=village).pk
            for number, village in enumerate((HERE, NEXT_DOOR, HERE, NEXT_DOOR), 1)
        ]
        self.moves: list[Callable[[], str]] = [
            *[self.book] * 4,
            self.extend,
            self.cancel,
            self.move,
            self.relocate,
            self.leave,
            self.arrive,
            self.change_day,
            self.take_up,
            self.shut_or_open,
            self.pass_time,
        ]

    def step(self) -> None:
        """Let somebody try something; refusals are answers, all else is a fault."""
        move = self.random.choice(self.moves)
        try:
            said = move()
        except Refused as refused:
            said = refused.code
        self.tally[f"{move.__name__}: {said}"] += 1

    def check(self) -> None:
        """Raise AssertionError when a promise is broken."""
        for name, question in {
            "lost": LOST,
            "doubled": DOUBLED,
            "haunted": HAUNTED,
        }.items():
            with connection.cursor() as cursor:
                cursor.execute(question)
                (count,) = cursor.fetchone()
            assert count == 0, (name, count, self.tally)

    def book(self) -> str:
        """Somebody books for one to three people, in a house they name or the nearest."""
        sex = self.random.choice("LP")
        guests = tuple(
            Guest(f"Tamu {number}", sex if number else "P", date(1990, 1, 1))
            for number in range(self.random.choice((1, 1, 2, 3)))
        )
        wish = Wish(
            self.random.choice((HERE, NEXT_DOOR)),
            self._today() + timedelta(days=self.random.randrange(20)),
            SURABAYA,
            "ketapang",
            guests,
            house_id=self.random.choice([None, None, *self.house_ids]),
        )
        return reserve(wish, key=str(self.random.random()), at=self.at).state.value

    def extend(self) -> str:
        """Somebody falls ill and stays up to ten days longer."""
        stay = self._stay()
        until = stay.during.upper + timedelta(days=self.random.randint(1, 10))
        displaced = beds.extend(stay, until=until, at=self.at, by="ratna")
        return f"{len(displaced)} displaced"

    def move(self) -> str:
        """An officer puts somebody into another bed, of whatever house."""
        bed = self.random.choice(list(Bed.objects.order_by("pk")))
        beds.move(self._stay(), bed_id=bed.pk, on=self._today(), at=self.at, by="sari")
        return "done"

    def relocate(self) -> str:
        """A party goes to another house."""
        beds.relocate(
            self._stay().reservation,
            house_id=self.random.choice(self.house_ids),
            on=self._today(),
            at=self.at,
            by="sari",
        )
        return "done"

    def leave(self) -> str:
        """Somebody goes home, to hospital, or away."""
        stay = self._stay()
        state = self.random.choice(
            (StayState.RELEASED, StayState.HOSPITAL, StayState.LOST)
        )
        first = self._waiting()
        beds.free_from(stay, Ending(self._today(), self.at, "ratna", state))
        return self._fair(first)

    def cancel(self) -> str:
        """Somebody does not come after all; who asked first and fits gets the bed."""
        first = self._waiting()
        cancel(self._reservation(), at=self.at)
        return self._fair(first)

    def arrive(self) -> str:
        """Everybody of a party is there."""
        row = self._reservation()
        if row.state != "booked":
            return "not booked"
        row.stays.filter(state="expected").update(state="present")
        Reservation.objects.filter(pk=row.pk).update(state="arrived")
        return "done"

    def change_day(self) -> str:
        """A party comes on another day."""
        row = self._reservation()
        if row.state not in ("waiting", "booked"):
            return "too late"
        day = self._today() + timedelta(days=self.random.randrange(20))
        change_arrival(row, arrives_on=day, at=self.at)
        return "done"

    def take_up(self) -> str:
        """Whoever was offered a bed says yes."""
        row = Reservation.objects.filter(state="held").order_by("pk").first()
        if row is None:
            return "nobody"
        waiting.take_up(row, at=self.at)
        return "done"

    def shut_or_open(self) -> str:
        """A house takes nobody in from now on, or again."""
        house = self.random.choice(self.house_ids)
        if Opening.objects.filter(house=house).delete()[0]:
            return "shut"
        Opening.objects.create(
            house_id=house, during=(date(2020, 4, 1), None), by="sari", at=self.at
        )
        waiting.offer_freed(house, at=self.at)
        return "opened"

    def pass_time(self) -> str:
        """Some hours go by; the jobs of the night run."""
        self.at += timedelta(hours=self.random.choice((6, 30)))
        waiting.expire_offers(at=self.at)
        waiting.release_no_shows(at=self.at)
        return "done"

    def _fair(self, before: list[Reservation]) -> str:
        """Assert that nobody who asked earlier would fit where a later one now lies."""
        offered = [row for row in before if self._is_held(row)]
        if not offered:
            return "nobody waits that fits"
        first = before[: before.index(offered[-1])]
        with transaction.atomic():
            uses = BedUse.objects.filter(stay__reservation=offered[-1])
            houses = set(uses.values_list("bed__room__house", flat=True))
            uses.update(live=False)
            for row in first:
                assert row in offered or not self._would_fit(row, houses), row.pk
            transaction.set_rollback(True)
        return "offered"

    def _would_fit(self, row: Reservation, houses: set[int]) -> bool:
        stays = list(row.stays.all())
        party = [rooms.Guest(stay.sex, stay.born_on) for stay in stays]
        since, until = row.arrives_on, stays[0].during.upper
        return since >= self._today() and any(
            choose_beds(
                rooms_of(house, since=since, until=until),
                party,
                needs=frozenset(),
                on=since,
            )
            for house in houses
        )

    def _is_held(self, row: Reservation) -> bool:
        return Reservation.objects.filter(pk=row.pk, state="held").exists()

    def _waiting(self) -> list[Reservation]:
        rows = Reservation.objects.filter(state="waiting")
        return list(rows.order_by("waits_since", "pk"))

    def _today(self) -> date:
        return day(self.at)

    def _stay(self) -> Stay:
        rows = Stay.objects.exclude(reservation__state="waiting")
        return self._any(rows.filter(state__in=LIVE_STAYS))

    def _reservation(self) -> Reservation:
        return self._any(Reservation.objects.filter(state__in=LIVE_RESERVATIONS))

    def _any(self, rows: QuerySet[Row]) -> Row:
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        if not ids:
            raise Nobody("nobody")
        return rows.get(pk=self.random.choice(ids))


def let_anybody_do(steps: int, *, seed: int, every: int = 20) -> Counter[str]:
    """Take so many steps, and look after each few; return how often what came about."""
    machine = Machine(seed)
    for number in range(1, steps + 1):
        machine.step()
        if number % every == 0:
            machine.check()
    machine.check()
    return machine.tally

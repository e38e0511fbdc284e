"""Many ask for the same beds: bookings a second against the bare lock and constraint.

    python -m bench.contested [--beds 300] [--asks 900] [--clients 8]

Every bed of one kecamatan is asked for three times, by real threads. The floor does
what cannot be left out: one transaction, a lock on the house, a look for a free bed, an
insert under the exclusion constraint. The product does that and all the rest: the
limits of village and Puskesmas, the person, the code, the message, the work of those
who wait for them, the audit. Aim: a ratio of at least 0.25, and no bed given twice.
"""

import argparse
import queue
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, connections, transaction
from rich.console import Console

from bench import place
from smartkampung.isolation.actions.intake import set_limit
from smartkampung.isolation.actions.reserve import reserve
from smartkampung.isolation.actions.wish import Guest, Wish
from smartkampung.isolation.models import Bed, BedUse, House, Inspection, Opening, Room
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.models import HealthCentre, Region, ServedVillage

AT = datetime(2020, 6, 1, 9, tzinfo=WIB)
ARRIVES = date(2020, 6, 4)
VILLAGE = "35.10.01.2001"
BEDS_A_HOUSE = 3
out = Console()
Ask = Callable[[int], str]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description="Ask for the same beds.")
    options.add_argument("--beds", type=int, default=300)
    options.add_argument("--asks", type=int, default=900)
    options.add_argument("--clients", type=int, default=8)
    asked = options.parse_args()
    houses = _houses(asked.beds // BEDS_A_HOUSE)
    asks = [houses[number % len(houses)] for number in range(asked.asks)]
    floor = _measure("lock + constraint, bare", asks, asked.clients, _bare)
    BedUse.objects.all().delete()
    product = _measure("through the actions", asks, asked.clients, _book)
    out.print(f"ratio {product / floor:.2f} (aim 0.25), in {place.HOME.name}")


def _houses(count: int) -> list[int]:
    for code, kind in (
        ("35", "province"),
        ("35.10", "regency"),
        ("35.10.01", "kecamatan"),
    ):
        _region(code, kind)
    _region(VILLAGE, "desa")
    HealthCentre.objects.create(code="P1", name="Lereng", village_id=VILLAGE)
    ServedVillage.objects.create(centre_id="P1", village_id=VILLAGE)
    for where in ({"village": VILLAGE}, {"centre": "P1"}):
        set_limit(most=1_000_000, at=AT, by="bench", **where)
    return [_house(number) for number in range(count)]


def _region(code: str, kind: str) -> None:
    parent = code.rpartition(".")[0] or None
    Region.objects.create(code=code, name=code, kind=kind, parent_id=parent)


def _house(number: int) -> int:
    house = House.objects.create(
        village_id=VILLAGE,
        place_id=VILLAGE,
        fed_by_id=VILLAGE,
        centre_id="P1",
        kind="village_hall",
        name=f"Rumah {number}",
        added_at=AT,
    )
    room = Room.objects.create(house=house, name="1")
    Bed.objects.bulk_create(
        Bed(room=room, name=str(bed)) for bed in range(BEDS_A_HOUSE)
    )
    Inspection.objects.create(
        house=house, form_id=uuid.uuid4(), faults=[], passed=True, by="bench", at=AT
    )
    Opening.objects.create(
        house=house, during=(date(2020, 1, 1), None), by="bench", at=AT
    )
    return house.pk


def _measure(what: str, asks: list[int], clients: int, ask: Ask) -> float:
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for house in asks:
        waiting.put(house)
    said: Counter[str] = Counter()

    def client() -> None:
        while True:
            try:
                house = waiting.get_nowait()
            except queue.Empty:
                break
            said[ask(house)] += 1
        connections.close_all()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = len(asks) / (time.perf_counter() - begun)
    uses = BedUse.objects.filter(live=True)
    doubled = uses.count() - uses.values("bed").distinct().count()
    out.print(f"{what:24} {rate:8,.0f} asks/s   {dict(said)}   given twice: {doubled}")
    return rate


def _bare(house: int) -> str:
    until = ARRIVES + timedelta(days=14)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '5s'")
        cursor.execute(
            "SELECT FROM isolation_house WHERE id = %s FOR NO KEY UPDATE", [house]
        )
        cursor.execute(
            "SELECT b.id FROM isolation_bed b JOIN isolation_room r ON r.id = b.room_id"
            " WHERE r.house_id = %s AND NOT EXISTS (SELECT FROM isolation_beduse u"
            " WHERE u.bed_id = b.id AND u.live AND u.taken && daterange(%s, %s))"
            " ORDER BY b.id LIMIT 1",
            [house, ARRIVES, until],
        )
        found = cursor.fetchone()
        if found is None:
            return "no_room"
        cursor.execute(
            "INSERT INTO isolation_beduse (bed_id, during, taken, live, work)"
            " VALUES (%s, daterange(%s, %s), daterange(%s, %s), true, 'bench')",
            [found[0], ARRIVES, until, ARRIVES, until],
        )
    return "booked"


def _book(house: int) -> str:
    guest = Guest("Wayan", "L", date(1990, 3, 12))
    wish = Wish(VILLAGE, ARRIVES, "35.78", "ketapang", (guest,), house_id=house)
    try:
        with transaction.atomic():
            act_as(Kind.PUBLIC)
            return reserve(wish, key=uuid.uuid4().hex, at=AT).state.value
    except (Refused, IntegrityError) as refused:
        return getattr(refused, "code", "bed_taken_once")


if __name__ == "__main__":
    main()

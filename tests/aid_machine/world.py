"""The place where anybody tries anything: six people, two programmes, little money."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from smartkampung.accounts.actor import Actor
from smartkampung.aid.models import Cycle, Tranche, VillageList
from smartkampung.residents.models import Person
from tests import cast, payments, population, reporting, rounds
from tests.cases import NOW

PACKS, MONEY, PLACES = 3, 1_500_000, 3


@dataclass(frozen=True)
class World:
    """Who lives here, who works here, and the cycle of cash with its list."""

    people: tuple[Person, ...]
    staff: tuple[Actor, ...]
    cycle: Cycle
    tranches: tuple[Tranche, ...]
    village: VillageList


def new_world() -> World:
    """Make the world: fewer packs, rupiah and places than people."""
    counter = payments.counter_without_dues(money=MONEY, packs=PACKS, places=PLACES)
    round_ = counter.round
    reporting.open_phase(quota=1_000)
    second = rounds.a_tranche(
        round_.cycle, number=2, period=rounds.BEGINS.replace(month=12)
    )
    made = round_.desk.made
    office = rounds.Office(round_, counter.head)
    rounds.funded(office, 100 * MONEY)
    staff = (counter.sari, made, counter.head, counter.endang, counter.bambang)
    return World(
        people=_people(counter),
        staff=(*staff, counter.dian),
        cycle=round_.cycle,
        tranches=(round_.tranche, second),
        village=round_.village,
    )


def _people(counter: payments.Counter) -> tuple[Person, ...]:
    home = counter.wayan.family
    people = [
        counter.wayan,
        population.person("Ni Luh", "3510095204870004", household=home, relation=3),
        counter.komang,
        population.person("Nyoman", "3510091204700005"),
        population.person("Ketut Rai", "3510091204710006", status="dead"),
        population.person("Gede", "3510091204720007"),
    ]
    for number, person in enumerate(people[3:], start=3):
        payments.account(counter, person, f"00112233{number}")
    return tuple(people)


def later(tries: int) -> datetime:
    """Return the moment of a try: a minute after the one before."""
    return NOW + timedelta(minutes=tries)


def kecamatan() -> str:
    """Return where batches are made."""
    return cast.KECAMATAN

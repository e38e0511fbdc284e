"""What the tables of houses, reservations and stays promise, whoever writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, transaction

from smartkampung.isolation.models import (
    BedUse,
    IntakeLimit,
    Opening,
    Reservation,
    Room,
    Stay,
)
from smartkampung.kernel.errors import constraint_name
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import blind_index
from tests.cast import HERE, NEXT_DOOR, PUSKESMAS
from tests.isolating import (
    ARRIVAL,
    MONDAY,
    WAYAN_NIK,
    a_bed_use,
    a_house,
    a_reservation,
    a_stay,
    beds_of,
    days,
)

pytestmark = pytest.mark.django_db
WAYAN = blind_index(WAYAN_NIK, "nik")


@pytest.fixture(autouse=True)
def _as_job() -> None:
    act_as(Kind.JOB)


@contextmanager
def broken(name: str) -> Iterator[None]:
    """Expect that a constraint of this name refuses."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert constraint_name(caught.value) == name


def test_house_name_once_in_a_village() -> None:
    a_house("Balai Desa")
    a_house("Balai Desa", village=NEXT_DOOR)
    with broken("house_name_once_in_a_village"):
        a_house("Balai Desa")


def test_room_name_once_in_a_house() -> None:
    house = a_house()
    with broken("room_name_once_in_a_house"):
        Room.objects.create(house=house, name="Kamar 1")


def test_bed_name_once_in_a_room() -> None:
    bed = beds_of(a_house())[0]
    with broken("bed_name_once_in_a_room"):
        bed.room.beds.create(name=bed.name)


def test_house_open_once_a_day() -> None:
    house = a_house()
    with broken("house_open_once_a_day"):
        Opening.objects.create(house=house, during=days(ARRIVAL), by="sari", at=MONDAY)


def test_opening_has_a_day() -> None:
    house = a_house(opened=False)
    with broken("opening_has_a_day"):
        Opening.objects.create(
            house=house, during=days(ARRIVAL, 0), by="sari", at=MONDAY
        )


def test_reservation_setting_fits() -> None:
    with broken("reservation_setting_fits"):
        a_reservation(address="")
    with broken("reservation_setting_fits"):
        a_reservation(a_house(), setting="home")
    with broken("reservation_setting_fits"):
        a_reservation(setting="house")
    a_reservation(setting="house", state="waiting", waits_since=MONDAY)


def test_reservation_offer_has_an_end() -> None:
    with broken("reservation_offer_has_an_end"):
        a_reservation(a_house(), state="held")


def test_reservation_waits_since() -> None:
    with broken("reservation_waits_since"):
        a_reservation(setting="house", state="waiting")


def test_stay_has_a_day() -> None:
    with broken("stay_has_a_day"):
        a_stay(a_reservation(), during=days(ARRIVAL, 0))


def test_stay_person_once() -> None:
    first = a_stay(a_reservation(), identity=WAYAN, bound=True)
    # A stranger may type Wayan's NIK: that binds nobody, and takes nothing from him.
    second = a_stay(a_reservation(), identity=WAYAN)
    with broken("stay_person_once"):
        Stay.objects.filter(pk=second.pk).update(bound=True)
    Stay.objects.filter(pk=first.pk).update(state="cancelled")
    Stay.objects.filter(pk=second.pk).update(bound=True)


def test_stay_person_once_lets_the_next_begin_when_the_first_ends() -> None:
    a_stay(a_reservation(), identity=WAYAN, bound=True)
    after = days(ARRIVAL + timedelta(days=14))
    a_stay(a_reservation(), identity=WAYAN, bound=True, during=after)


def test_stay_present_is_bound() -> None:
    with broken("stay_present_is_bound"):
        a_stay(a_reservation(), identity=WAYAN, state="present")
    a_stay(a_reservation(), name="Bayi Wayan", state="present")


def test_bed_taken_once() -> None:
    house = a_house()
    bed = beds_of(house)[0]
    first = a_bed_use(a_stay(a_reservation(house)), bed)
    other = a_stay(a_reservation(house))
    with broken("bed_taken_once"):
        a_bed_use(other, bed)
    # The day of the cleaning is taken, too; the day after it is free.
    fourteen, fifteen = (ARRIVAL + timedelta(days=gap) for gap in (14, 15))
    with broken("bed_taken_once"):
        a_bed_use(other, bed, during=days(fourteen), taken=days(fourteen, 15))
    a_bed_use(other, bed, during=days(fifteen), taken=days(fifteen, 15))
    BedUse.objects.filter(pk=first.pk).update(live=False)
    a_bed_use(None, bed, work="atap bocor", during=days(ARRIVAL), taken=days(ARRIVAL))


def test_stay_in_one_bed() -> None:
    house = a_house()
    one, two = beds_of(house)
    stay = a_stay(a_reservation(house))
    a_bed_use(stay, one)
    with broken("stay_in_one_bed"):
        a_bed_use(stay, two)


def test_bed_use_says_why() -> None:
    house = a_house()
    bed = beds_of(house)[0]
    with broken("bed_use_says_why"):
        a_bed_use(None, bed)
    with broken("bed_use_says_why"):
        a_bed_use(a_stay(a_reservation(house)), bed, work="cat ulang")


def test_bed_use_days_are_taken() -> None:
    bed = beds_of(a_house())[0]
    with broken("bed_use_days_are_taken"):
        a_bed_use(None, bed, work="cat ulang", taken=days(ARRIVAL, 3))


def test_intake_limit_of_one_place() -> None:
    a_house()
    with broken("intake_limit_of_one_place"):
        IntakeLimit.objects.create(most=1, by="dinkes", at=MONDAY)
    with broken("intake_limit_of_one_place"):
        IntakeLimit.objects.create(
            most=1, by="dinkes", at=MONDAY, village_id=HERE, centre_id=PUSKESMAS
        )


def test_intake_limit_append_only() -> None:
    a_house()
    row = IntakeLimit.objects.create(most=1, by="dinkes", at=MONDAY, village_id=HERE)
    for change in (lambda: IntakeLimit.objects.update(most=2), row.delete):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            change()


@pytest.fixture
def two() -> tuple[Reservation, Reservation]:
    """Return a reservation here and one next door, each with a stay."""
    here, there = a_reservation(), a_reservation(region_code=NEXT_DOOR)
    a_stay(here)
    a_stay(there)
    return here, there


def seen() -> set[str]:
    """Return the places of the stays that the present actor sees."""
    return set(Stay.objects.values_list("reservation__region_code", flat=True))


def test_staff_see_stays_of_their_own_village(
    two: tuple[Reservation, Reservation],
) -> None:
    act_as(Kind.STAFF, scope=[HERE])
    assert seen() == {HERE}
    assert {row.region_code for row in Reservation.objects.all()} == {HERE}


def test_a_code_opens_one_reservation_wherever_it_goes(
    two: tuple[Reservation, Reservation],
) -> None:
    _, there = two
    for kind in (Kind.PUBLIC, Kind.STAFF):
        act_as(kind, tracking=bytes(there.code_hash))
        assert seen() == {NEXT_DOOR}


@pytest.mark.parametrize("kind", [Kind.PUBLIC, Kind.STAFF, Kind.RESIDENT])
def test_nobody_sees_anything_without_a_right(
    kind: Kind, two: tuple[Reservation, Reservation]
) -> None:
    act_as(kind)
    assert seen() == set()


def test_history_is_hidden_like_the_rows(
    two: tuple[Reservation, Reservation],
) -> None:
    events = apps.get_model("isolation", "StayEvent").objects
    assert events.count() == 2
    act_as(Kind.STAFF, scope=[HERE])
    assert events.count() == 1
    act_as(Kind.PUBLIC)
    assert events.count() == 0

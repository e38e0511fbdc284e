"""A code to the recorded phone of a family binds that family, and tells nobody else."""

from datetime import date, timedelta

import pytest

from smartkampung.intake.models import OneTimeCode
from smartkampung.isolation.actions.wish import Guest
from smartkampung.isolation.booking.actions import (
    PURPOSE,
    NotConfirmed,
    confirm,
    send_confirm_code,
)
from smartkampung.isolation.models import Reservation, Stay
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.notify.models import Message
from smartkampung.residents.models import PHONE, Family, Person
from tests import population
from tests.isolating import ARRIVAL, MONDAY, a_house, book, row_of

pytestmark = pytest.mark.django_db
SIDIK_NIK, SIDIK_PHONE = "3510091204800001", "+6281111111111"
PUTU_NIK = "3510091204900007"
SOON = MONDAY + timedelta(minutes=1)
WAYAN = Guest("X", "L", date(1985, 4, 12), nik=population.WAYAN_NIK)
SIDIK = Guest("Y", "L", date(1980, 4, 12), nik=SIDIK_NIK)
PUTU = Guest("Z", "P", date(1990, 4, 12), nik=PUTU_NIK)


@pytest.fixture(autouse=True)
def sidik() -> Person:
    """Return Sidik, who is curious about Wayan, and has a phone on record himself."""
    act_as(Kind.JOB)
    a_house(beds=6)
    own = population.family(kk=None, phone=SIDIK_PHONE)
    return population.person("Sidik", SIDIK_NIK, household=own)


def asked_by_sidik(*guests: Guest) -> Reservation:
    """Book for the guests, and let the job send the codes."""
    row = row_of(book(guests=guests))
    send_confirm_code(reservation_id=row.pk, at=MONDAY)
    return row


def codes_to(phone: str) -> list[str]:
    """Return the codes that a phone got, the earliest first."""
    sent = Message.objects.filter(template="code").order_by("pk")
    return [
        row.secret.open()
        for row in sent
        if row.address.open() == phone and row.secret is not None
    ]


def bound_in(row: Reservation) -> list[str]:
    stays = Stay.objects.filter(reservation=row, bound=True)
    return list(stays.order_by("pk").values_list("name", flat=True))


@pytest.mark.parametrize("known", [True, False])
def test_a_code_to_sidik_tells_nothing_about_wayan(known: bool) -> None:
    if known:
        population.wayan()
    row = asked_by_sidik(WAYAN, SIDIK)
    (own,) = codes_to(SIDIK_PHONE)
    assert len(codes_to(population.WAYAN_PHONE)) == known
    # As many codes are kept, and tried, for a number that nobody has.
    assert OneTimeCode.objects.filter(purpose=PURPOSE).count() == 2
    assert confirm(reservation=row, code=own, at=SOON)
    assert bound_in(row) == ["Y"]


def test_a_code_binds_the_whole_family_and_no_other(sidik: Person) -> None:
    population.wayan()
    population.person("Putu", PUTU_NIK, household=sidik.family)
    row = asked_by_sidik(WAYAN, SIDIK, PUTU)
    (own,) = codes_to(SIDIK_PHONE)
    assert confirm(reservation=row, code=own, at=SOON)
    assert bound_in(row) == ["Y", "Z"]
    (his,) = codes_to(population.WAYAN_PHONE)
    assert confirm(reservation=row, code=his, at=SOON)
    assert bound_in(row) == ["X", "Y", "Z"]


def test_a_code_opens_only_while_the_phone_stays_on_record(sidik: Person) -> None:
    row = asked_by_sidik(SIDIK)
    (old,) = codes_to(SIDIK_PHONE)
    Family.objects.filter(pk=sidik.family_id).update(
        phone=Sealed.of("+6282222222222", PHONE),
        phone_index=blind_index("+6282222222222", PHONE),
    )
    assert not confirm(reservation=row, code=old, at=SOON)
    assert bound_in(row) == []


def test_whoever_joined_the_family_of_the_code_meanwhile_is_not_bound() -> None:
    wayan = population.wayan()
    row = asked_by_sidik(WAYAN)
    (code,) = codes_to(population.WAYAN_PHONE)
    elsewhere = population.family(kk=None, phone=SIDIK_PHONE)
    Person.objects.filter(pk=wayan.pk).update(family=elsewhere)
    assert not confirm(reservation=row, code=code, at=SOON)


def test_a_wrong_code_costs_a_try_for_a_known_number_and_an_unknown_one() -> None:
    row = asked_by_sidik(WAYAN, SIDIK)
    assert not confirm(reservation=row, code="nought", at=SOON)
    left = OneTimeCode.objects.filter(purpose=PURPOSE).values_list("tries_left")
    assert set(left) == {(4,)}


def test_where_one_has_a_place_elsewhere_nobody_of_the_family_is_bound(
    sidik: Person,
) -> None:
    population.person("Putu", PUTU_NIK, household=sidik.family)
    first = row_of(book(guests=(PUTU,), arrives_on=ARRIVAL))
    Stay.objects.filter(reservation=first).update(bound=True)
    row = asked_by_sidik(SIDIK, PUTU)
    (code,) = codes_to(SIDIK_PHONE)
    with pytest.raises(NotConfirmed):
        confirm(reservation=row, code=code, at=SOON)
    assert bound_in(row) == []


def test_a_family_gets_six_codes_a_day_from_all_bookings() -> None:
    rows = [row_of(book(guests=(SIDIK,))) for _again in range(2)]
    for minute in range(8):
        at = MONDAY + timedelta(minutes=minute)
        send_confirm_code(reservation_id=rows[minute % 2].pk, at=at)
    assert len(codes_to(SIDIK_PHONE)) == 6

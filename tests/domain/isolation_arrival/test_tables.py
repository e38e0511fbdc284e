"""What the tables of arrival promise, and who reads them, whatever a query forgets."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.db import Error, IntegrityError, transaction

from smartkampung.isolation.models import (
    CheckIn,
    Departure,
    Passage,
    Screening,
    Stay,
    SupervisionVisit,
)
from smartkampung.kernel.errors import constraint_name
from smartkampung.kernel.rls import Kind, act_as
from tests.arriving import NOON
from tests.cast import HERE, NEXT_DOOR, sari
from tests.isolating import a_reservation, a_stay

pytestmark = pytest.mark.django_db


@pytest.fixture
def stay() -> Stay:
    """Wayan, expected at home in Sumberwangi."""
    act_as(Kind.JOB)
    return a_stay(a_reservation())


@contextmanager
def broken(name: str) -> Iterator[None]:
    """Expect that a constraint of this name refuses."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert constraint_name(caught.value) == name


def a_passage(stay: Stay) -> Passage:
    return Passage.objects.create(
        id=uuid.uuid4(), stay=stay, place="ketapang", goes_on=True, by="gede", at=NOON
    )


def a_screening(stay: Stay, **fields: Any) -> Screening:
    values: dict[str, Any] = {
        "temperature": Decimal("36.6"),
        "symptoms": ["cough"],
        "test": "not_done",
        "advice": "watch",
        "at": NOON,
    }
    passage = a_passage(stay)
    return Screening.objects.create(passage=passage, stay=stay, **values | fields)


def a_visit(stay: Stay, **fields: Any) -> SupervisionVisit:
    values: dict[str, Any] = {
        "id": uuid.uuid4(),
        "officer": sari(),
        "role": "village_officer",
        "found": "present",
        "safety": [],
        "missing": "HP mati",
        "at": NOON,
    }
    return SupervisionVisit.objects.create(stay=stay, **values | fields)


def a_departure(stay: Stay, **fields: Any) -> Departure:
    return Departure.objects.create(
        stay=stay, noticed_at=NOON, by="sari", at=NOON, **fields
    )


def test_screening_readings_possible(stay: Stay) -> None:
    for wrong in ({"temperature": Decimal("29.9")}, {"spo2": 101}):
        with broken("screening_readings_possible"):
            a_screening(stay, **wrong)
    a_screening(stay, temperature=None, spo2=None)


def test_visit_shows_its_place(stay: Stay) -> None:
    with broken("visit_shows_its_place"):
        a_visit(stay, missing="", lat=-8.2, lng=114.3)


def test_visit_position_possible(stay: Stay) -> None:
    with broken("visit_position_possible"):
        a_visit(stay, lat=114.3, lng=-8.2)


def test_departure_open_once(stay: Stay) -> None:
    a_departure(stay, ended="returned", ended_by="made", ended_at=NOON)
    a_departure(stay)
    with broken("departure_open_once"):
        a_departure(stay)


def test_departure_end_says_how(stay: Stay) -> None:
    with broken("departure_end_says_how"):
        a_departure(stay, ended_at=NOON)
    with broken("departure_end_says_how"):
        a_departure(stay, ended="returned")


@contextmanager
def kept_as_it_was() -> Iterator[None]:
    with pytest.raises(Error, match="Cannot update or delete"), transaction.atomic():
        yield


def test_passage_append_only(stay: Stay) -> None:
    a_passage(stay)
    with kept_as_it_was():
        Passage.objects.update(goes_on=False)


def test_screening_append_only(stay: Stay) -> None:
    a_screening(stay)
    with kept_as_it_was():
        Screening.objects.update(advice="go_on")


def test_check_in_append_only(stay: Stay) -> None:
    CheckIn.objects.create(
        stay=stay, contact_name="Komang", consent_by="Wayan", by="sari", at=NOON
    )
    with kept_as_it_was():
        CheckIn.objects.all().delete()


def test_visit_append_only(stay: Stay) -> None:
    a_visit(stay)
    with kept_as_it_was():
        SupervisionVisit.objects.update(found="absent")


class TestWhoReads:
    """Row-level security: presence by area, health by the right to see health."""

    def test_a_screening_is_for_health_workers_of_the_place(self, stay: Stay) -> None:
        a_screening(stay)
        for scope, health, seen in (
            ([HERE], [HERE], 1),
            ([HERE], [], 0),  # the pillars, the village, the checkpoint itself
            ([HERE], [NEXT_DOOR], 0),
            ([NEXT_DOOR], [HERE], 0),
        ):
            act_as(Kind.STAFF, scope=scope, health=health)
            assert Screening.objects.count() == seen, (scope, health)

    def test_whoever_screens_writes_and_cannot_read_back(self, stay: Stay) -> None:
        act_as(Kind.STAFF, scope=[HERE])
        row = a_screening(stay)
        assert not Screening.objects.filter(pk=row.pk).exists()
        act_as(Kind.JOB)
        assert Screening.objects.filter(pk=row.pk).exists()

    def test_a_code_lets_write_and_no_more(self, stay: Stay) -> None:
        code = bytes(stay.reservation.code_hash)
        act_as(Kind.STAFF, scope=[NEXT_DOOR], tracking=code, health=[NEXT_DOOR])
        a_screening(stay)
        assert (Passage.objects.count(), Screening.objects.count()) == (1, 0)

    def test_nothing_is_seen_from_elsewhere_or_by_the_public(self, stay: Stay) -> None:
        a_screening(stay)
        a_visit(stay)
        a_departure(stay)
        tables = (Passage, Screening, CheckIn, SupervisionVisit, Departure)
        code = bytes(stay.reservation.code_hash)
        act_as(Kind.PUBLIC, tracking=code)
        assert not any(table._default_manager.exists() for table in tables)
        act_as(Kind.STAFF, scope=[NEXT_DOOR], health=[NEXT_DOOR])
        assert not any(table._default_manager.exists() for table in tables)

    def test_nothing_is_written_about_whom_one_does_not_see(self, stay: Stay) -> None:
        act_as(Kind.STAFF, scope=[NEXT_DOOR])
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            a_passage(stay)

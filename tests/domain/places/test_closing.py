"""A place that is closed keeps nothing that it could hang up again."""

import pytest
from django.db import IntegrityError

from smartkampung.kernel.clock import day
from smartkampung.notify.models import Message
from smartkampung.reopening.places.actions.errors import CannotSuspend, PlaceRefused
from smartkampung.reopening.places.actions.registering import close_place
from smartkampung.reopening.places.actions.suspending import (
    decide_suspension,
    lift_suspension,
    suspend_place,
)
from smartkampung.reopening.places.models import Certificate, Place, Suspension
from smartkampung.reopening.places.queries.standing import open_suspension, verify
from smartkampung.reopening.places.rules.standing import Standing
from tests.domain.places.test_certificates import the_code, waiting
from tests.visiting import DAY, MONDAY, a_place, a_visit, babinsa, dinkes

pytestmark = pytest.mark.django_db


def test_a_place_that_gave_up_has_a_withdrawn_certificate() -> None:
    place, joko = a_place(), babinsa()
    a_visit(place, by=joko)
    code, told = the_code(place), Message.objects.count()
    with pytest.raises(PlaceRefused):
        close_place(place=place, reason="", by=joko, at=MONDAY + DAY)
    close_place(place=place, reason="Pindah", by=joko, at=MONDAY + DAY)
    assert Message.objects.count() == told + 1  # the owner hears of it
    found = verify(code, day(MONDAY + DAY))
    assert (found.standing, found.why) == (Standing.WITHDRAWN, "Pindah")
    for again in (
        lambda: close_place(place=place, reason="x", by=joko, at=MONDAY + DAY),
        lambda: a_visit(_fresh(place), by=joko),
    ):
        with pytest.raises(PlaceRefused):
            again()
    with pytest.raises(CannotSuspend):
        suspend_place(place=_fresh(place), reason="x", by=dinkes(), at=MONDAY)


@pytest.mark.closes("places.lift")
def test_a_closed_place_never_gets_a_certificate_back() -> None:
    place, joko, hadi = a_place(), babinsa(), dinkes()
    a_visit(place, by=joko)
    held = suspend_place(place=place, reason="x", by=hadi, at=MONDAY + DAY)
    a_visit(place, by=joko, at=MONDAY + 2 * DAY)
    assert waiting("places.lift") == 1
    close_place(place=place, reason="Pindah", by=joko, at=MONDAY + 3 * DAY)
    assert waiting("places.lift") == 0
    assert Suspension.objects.get().state == "ended"
    with pytest.raises(CannotSuspend):
        lift_suspension(suspension=held, by=hadi, at=MONDAY + 4 * DAY)
    assert verify(the_code(place), day(MONDAY + 5 * DAY)).standing == "withdrawn"


@pytest.mark.closes("places.suspend")
def test_a_proposal_ends_with_its_place() -> None:
    place, joko = a_place(), babinsa()
    a_visit(place, by=joko)
    a_visit(place, "mask", by=joko, at=MONDAY + DAY)
    proposed = open_suspension(place)
    assert proposed is not None
    close_place(place=place, reason="Pindah", by=joko, at=MONDAY + 2 * DAY)
    assert waiting("places.suspend") == 0
    with pytest.raises(CannotSuspend):
        decide_suspension(
            suspension=proposed, agreed=True, reason="x", by=dinkes(), at=MONDAY
        )


def test_certificate_of_a_registered_place() -> None:
    a_visit(a_place(), by=babinsa())
    # Neither a new one, nor one that ended and is opened again.
    Certificate.objects.update(
        ended="withdrawn", ended_on=day(MONDAY), ended_why="x", ended_by="hadi"
    )
    Place.objects.update(state="closed", reason="Pindah", closed_at=MONDAY)
    with pytest.raises(IntegrityError, match="not in the register"):
        Certificate.objects.update(ended="", ended_on=None, ended_why="", ended_by="")


def _fresh(place: Place) -> Place:
    place.refresh_from_db()
    return place

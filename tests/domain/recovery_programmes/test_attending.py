"""Who was there: written once a form, corrected by a later sheet."""

from datetime import date, datetime

import pytest

from smartkampung.audit.models import Event
from smartkampung.recovery.programmes.actions.attending import (
    CannotAttend,
    FormReused,
    record_sheet,
)
from smartkampung.recovery.programmes.actions.leaving import drop
from smartkampung.recovery.programmes.models import Attendance, Sheet
from smartkampung.recovery.programmes.queries.days import (
    days_held,
    days_of,
    days_present,
    present_on,
)
from tests.recovering import (
    DAY,
    ENDS,
    FIRST_DAY,
    STARTS,
    Running,
    accepted,
    form,
    running,
    there,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Running:
    """Return work on the beach to which Ayu and Bagus said yes."""
    return accepted()


def test_who_was_there_takes_part(made: Running) -> None:
    there(made, "Ayu")
    assert made.states() == {"Ayu": "attending", "Bagus": "accepted"}
    ayu, bagus = made.seat("Ayu"), made.seat("Bagus")
    assert days_present([ayu.pk, bagus.pk]) == {ayu.pk: 1}
    assert present_on(made.offer.pk, STARTS) == {ayu.pk: True, bagus.pk: False}
    assert days_of(bagus.pk) == [(STARTS, False)]
    assert days_held(made.offer.pk) == [STARTS]


def test_the_same_form_is_one_sheet(made: Running) -> None:
    same = form()
    for _twice in range(2):
        there(made, "Ayu", form_id=same)
    assert Sheet.objects.count() == 1
    assert Event.objects.filter(name="recovery.attendance").count() == 1


def test_the_same_form_with_other_answers_is_refused(made: Running) -> None:
    same = form()
    there(made, "Ayu", form_id=same)
    with pytest.raises(FormReused):
        there(made, "Bagus", form_id=same)
    assert Attendance.objects.filter(present=True).count() == 1


def test_a_later_sheet_of_the_day_has_the_last_word(made: Running) -> None:
    there(made, "Ayu", at=FIRST_DAY)
    there(made, "Bagus", at=FIRST_DAY + DAY / 24)
    ayu, bagus = made.seat("Ayu"), made.seat("Bagus")
    assert days_present([ayu.pk, bagus.pk]) == {bagus.pk: 1}
    assert Sheet.objects.count() == 2


def test_a_day_counts_once_however_often_it_is_written(made: Running) -> None:
    for _twice in range(2):
        there(made, "Ayu")
    there(made, "Ayu", on=STARTS + DAY, at=FIRST_DAY + DAY)
    ayu = made.seat("Ayu")
    assert days_present([ayu.pk]) == {ayu.pk: 2}


@pytest.mark.parametrize(
    ("on", "at", "words"),
    [
        (STARTS + DAY, FIRST_DAY, "belum tiba"),
        (STARTS - DAY, FIRST_DAY, "berlangsung"),
        (ENDS + DAY, FIRST_DAY + 60 * DAY, "berlangsung"),
    ],
)
def test_nobody_is_there_on_a_day_that_is_not_of_the_offer(
    made: Running, on: date, at: datetime, words: str
) -> None:
    with pytest.raises(CannotAttend, match=words):
        there(made, "Ayu", on=on, at=at)


def test_nobody_is_there_before_anybody_accepted() -> None:
    made = running()
    with pytest.raises(CannotAttend, match="Belum ada"):
        record_sheet(
            form_id=form(),
            offer=made.offer,
            on=STARTS,
            shown=[],
            present=[],
            by="sari",
            at=FIRST_DAY,
        )


def test_who_gave_up_meanwhile_is_no_longer_on_the_sheet(made: Running) -> None:
    drop(seat=made.seat("Ayu"), reason="Sakit", by="sari", at=FIRST_DAY)
    with pytest.raises(CannotAttend, match="Buka lagi"):
        there(made, "Ayu")


def test_somebody_of_another_offer_is_not_on_the_sheet(made: Running) -> None:
    other = accepted(names=("Zaki", "Yuni"))
    with pytest.raises(CannotAttend, match="Buka lagi"):
        record_sheet(
            form_id=form(),
            offer=made.offer,
            on=STARTS,
            shown=[other.seat("Zaki").pk],
            present=[],
            by="sari",
            at=FIRST_DAY,
        )

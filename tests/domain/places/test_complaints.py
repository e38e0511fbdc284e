"""Visitors complain, inspectors answer and look again."""

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError

from smartkampung.reopening.places.actions import complaining
from smartkampung.reopening.places.actions.complaining import (
    answer_complaint,
    complain,
)
from smartkampung.reopening.places.actions.errors import (
    OwnPlace,
    PlaceRefused,
    TooMany,
)
from smartkampung.reopening.places.models import Complaint, InspectionPhoto, Place
from smartkampung.reopening.places.queries.register import complaint_by_code, file_of
from smartkampung.worklist.models import WorkItem
from tests.visiting import DAY, MONDAY, a_photo, a_place, a_visit, babinsa, dinkes

pytestmark = pytest.mark.django_db


def told(place: Place, form_id: UUID | None = None, text: str = "Tanpa masker") -> str:
    return complain(
        place=place, form_id=form_id or uuid4(), text=text, photo=None, at=MONDAY
    )


def steps(code: str) -> set[str]:
    found = complaint_by_code(code, at=MONDAY + DAY)
    assert found is not None
    return set(found.case.reached)


def test_a_complaint_is_answered_and_looked_at() -> None:
    place, joko = a_place(), babinsa()
    a_visit(place, by=joko)
    code = told(place)
    assert steps(code) == {"received"}
    assert WorkItem.objects.filter(kind="places.complaint", closed_at=None).exists()
    row = Complaint.objects.get()
    answer_complaint(
        complaint=row, answer="Kami datang", inspects=True, by=joko, at=MONDAY
    )
    assert steps(code) == {"received", "answered"}
    again = WorkItem.objects.get(kind="places.inspect", closed_at=None)
    assert again.urgent
    a_visit(place, "mask", by=joko, at=MONDAY + DAY)
    assert steps(code) == {"received", "answered", "inspected"}
    with pytest.raises(PlaceRefused):
        answer_complaint(complaint=row, answer="x", inspects=False, by=joko, at=MONDAY)


def test_place_complaint_form_once() -> None:
    place, form = a_place(), uuid4()
    assert told(place, form) == told(place, form)
    row = Complaint.objects.get()
    row.pk, row.code_hash = None, b"x"
    with pytest.raises(IntegrityError, match="place_complaint_form_once"):
        row.save()


def test_place_complaint_not_by_who_runs_it() -> None:
    joko = babinsa()
    place = a_place(run_by=joko.username)
    told(place)
    with pytest.raises(OwnPlace):
        answer_complaint(
            complaint=Complaint.objects.get(),
            answer="Semua baik",
            inspects=False,
            by=joko,
            at=MONDAY,
        )


def test_place_complaint_answered_whole() -> None:
    told(a_place())
    with pytest.raises(IntegrityError, match="place_complaint_answered_whole"):
        Complaint.objects.update(answer="Ya")


def test_nobody_floods_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    few = type(complaining.PER_PLACE)("places.few", 1, DAY)
    monkeypatch.setattr(complaining, "PER_PLACE", few)
    place = a_place()
    told(place)
    with pytest.raises(TooMany):
        told(place, text="Lagi")


def test_place_inspection_photo_once() -> None:
    place = a_place()
    photo = a_photo()
    visit = a_visit(place, by=dinkes(), photos=[photo.pk])
    assert [one.upload_id for one in file_of(place).inspections[0].photos.all()] == [
        photo.pk
    ]
    with pytest.raises(IntegrityError, match="place_inspection_photo_once"):
        InspectionPhoto.objects.create(inspection=visit, upload=photo)


def test_a_code_of_something_else_opens_no_complaint() -> None:
    assert complaint_by_code("K7QF-2M9X-TB4C", at=MONDAY) is None

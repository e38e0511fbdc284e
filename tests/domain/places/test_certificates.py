"""A homestay earns its certificate, loses it, and earns another."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import day
from smartkampung.kernel.months import months_later
from smartkampung.reopening.places.actions.certifying import issue_certificate
from smartkampung.reopening.places.actions.errors import (
    CannotSuspend,
    OwnPlace,
    PlaceRefused,
)
from smartkampung.reopening.places.actions.inspecting import assess_own
from smartkampung.reopening.places.actions.suspending import (
    decide_suspension,
    lift_suspension,
    suspend_place,
)
from smartkampung.reopening.places.models import (
    Certificate,
    Inspection,
    Place,
    Suspension,
)
from smartkampung.reopening.places.queries.standing import (
    certificate_of,
    code_of,
    open_suspension,
    verify,
)
from smartkampung.reopening.places.rules.standing import Standing
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.visiting import (
    DAY,
    MONDAY,
    a_place,
    a_visit,
    actor,
    babinsa,
    dinkes,
    every_item,
)

pytestmark = pytest.mark.django_db


def waiting(kind: str) -> int:
    return WorkItem.objects.filter(kind=kind, closed_at=None).count()


def the_code(place: Place) -> str:
    found = certificate_of(place)
    assert found is not None
    return code_of(found)


def test_a_passed_visit_gives_a_certificate_that_anybody_verifies() -> None:
    place = a_place()
    assert waiting("places.inspect") == 1
    visit = a_visit(place, "air", by=babinsa())
    assert visit.passed
    assert waiting("places.inspect") == 0
    found = verify(the_code(place).lower().replace("-", " "), day(MONDAY))
    assert found.standing == Standing.VALID
    assert found.certificate is not None
    assert found.certificate.until == months_later(day(MONDAY), 6)
    assert verify(the_code(place), found.certificate.until).standing == "expired"


def test_a_code_that_is_not_ours_is_not_known() -> None:
    for typed in ("K7QF-2M9X-TB4C", "", "x" * 500):
        found = verify(typed, day(MONDAY))
        assert (found.standing, found.certificate) == (Standing.UNKNOWN, None)


def test_a_must_that_fails_gives_none_and_asks_for_another_visit() -> None:
    place = a_place()
    visit = a_visit(place, "mask", by=babinsa())
    assert (visit.passed, visit.failed) == (False, ["mask"])
    assert certificate_of(place) is None
    # Nothing hangs on the wall yet, so there is nothing to suspend.
    assert open_suspension(place) is None
    assert waiting("places.inspect") == 1


def test_place_inspection_form_once() -> None:
    place, joko, form = a_place(), babinsa(), uuid4()
    first = a_visit(place, by=joko, form_id=form)
    again = a_visit(place, "mask", by=joko, form_id=form, at=MONDAY + DAY)
    assert (first.pk, again.passed) == (again.pk, True)
    assert Certificate.objects.count() == 1


def test_place_inspection_not_by_who_runs_it() -> None:
    joko = babinsa()
    place = a_place(run_by=joko.username)
    with pytest.raises(OwnPlace):
        a_visit(place, by=joko)
    assert not Inspection.objects.exists()


def test_place_inspection_passes_by_score() -> None:
    visit = a_visit(a_place(), by=babinsa())
    for wrong in ({"points": 10}, {"failed": ["mask"]}, {"passed": False}):
        copy = Inspection.objects.get(pk=visit.pk)
        copy.pk, copy.form_id = None, uuid4()
        for name, value in wrong.items():
            setattr(copy, name, value)
        with (
            pytest.raises(IntegrityError, match="passes_by_score"),
            transaction.atomic(),
        ):
            copy.save()


def test_certificate_only_ends() -> None:
    a_visit(a_place(), by=babinsa())
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Certificate.objects.update(number="2020-1")


def test_certificate_one_a_place() -> None:
    place, joko = a_place(), babinsa()
    a_visit(place, by=joko)
    old = the_code(place)
    a_visit(place, by=joko, at=MONDAY + DAY)
    found = verify(old, day(MONDAY + DAY))
    assert found.standing == Standing.REPLACED
    assert found.why == Certificate.objects.get(ended="").number
    assert verify(the_code(place), day(MONDAY + DAY)).standing == Standing.VALID
    with pytest.raises(IntegrityError, match="certificate_one_a_place"):
        Certificate.objects.update(ended="", ended_on=None, ended_why="", ended_by="")


def test_the_certificate_of_a_suspended_place_verifies_as_suspended() -> None:
    place = a_place()
    a_visit(place, by=babinsa())
    suspend_place(place=place, reason="Tanpa masker", by=dinkes(), at=MONDAY + DAY)
    found = verify(the_code(place), day(MONDAY + DAY))
    assert (found.standing, found.why) == (Standing.SUSPENDED, "Tanpa masker")
    assert found.since == MONDAY + DAY
    # It does not become harmless when its months are over.
    assert verify(the_code(place), day(MONDAY + 400 * DAY)).standing == "suspended"


def test_a_failed_visit_proposes_and_somebody_else_suspends() -> None:
    place, hadi = a_place(), dinkes()
    a_visit(place, by=hadi)
    a_visit(place, "mask", by=hadi, at=MONDAY + DAY)
    proposed = open_suspension(place)
    assert proposed is not None
    assert waiting("places.suspend") == 1
    assert verify(the_code(place), day(MONDAY + DAY)).standing == Standing.VALID
    camat = actor(cast.camat())
    with pytest.raises(CannotSuspend, match=r"Write|Tulis"):
        decide_suspension(
            suspension=proposed, agreed=True, reason="", by=camat, at=MONDAY + DAY
        )
    decide_suspension(
        suspension=proposed, agreed=True, reason="Masker", by=camat, at=MONDAY + DAY
    )
    assert verify(the_code(place), day(MONDAY + DAY)).standing == "suspended"
    assert waiting("places.suspend") == 0
    with pytest.raises(CannotSuspend):
        decide_suspension(
            suspension=proposed, agreed=False, reason="x", by=camat, at=MONDAY + DAY
        )


def test_suspension_not_by_who_inspected() -> None:
    place, hadi = a_place(), dinkes()
    a_visit(place, by=hadi)
    a_visit(place, "mask", by=hadi, at=MONDAY + DAY)
    proposed = open_suspension(place)
    assert proposed is not None
    for agreed in (True, False):
        with pytest.raises(CannotSuspend):
            decide_suspension(
                suspension=proposed, agreed=agreed, reason="x", by=hadi, at=MONDAY
            )
    with pytest.raises(CannotSuspend):
        suspend_place(place=place, reason="x", by=hadi, at=MONDAY + DAY)
    assert not Suspension.objects.filter(state="open").exists()


def test_suspension_not_by_who_proposed() -> None:
    place, hadi, joko = a_place(), dinkes(), babinsa()
    a_visit(place, by=joko)
    a_visit(place, "mask", by=hadi, at=MONDAY + DAY)
    proposed = open_suspension(place)
    assert proposed is not None
    # The later visit of a colleague does not make hadi somebody else.
    a_visit(place, "mask", by=joko, at=MONDAY + 2 * DAY)
    at = MONDAY + 3 * DAY
    with pytest.raises(CannotSuspend):
        suspend_place(place=place, reason="x", by=hadi, at=at)
    for again in (hadi, joko):
        with pytest.raises(CannotSuspend):
            decide_suspension(
                suspension=proposed, agreed=True, reason="x", by=again, at=at
            )
    decide_suspension(
        suspension=proposed, agreed=True, reason="x", by=actor(cast.camat()), at=at
    )
    assert Suspension.objects.get().state == "open"


def test_a_proposal_is_dropped_with_a_reason_and_not_when_it_passed() -> None:
    place, joko, hadi = a_place(), babinsa(), dinkes()
    a_visit(place, by=joko)
    a_visit(place, "mask", by=joko, at=MONDAY + DAY)
    first = open_suspension(place)
    assert first is not None
    decide_suspension(
        suspension=first, agreed=False, reason="Sudah", by=hadi, at=MONDAY + DAY
    )
    assert open_suspension(place) is None
    a_visit(place, "mask", by=joko, at=MONDAY + 2 * DAY)
    a_visit(place, by=joko, at=MONDAY + 3 * DAY)
    assert open_suspension(place) is None
    assert waiting("places.suspend") == 0
    assert Suspension.objects.latest("pk").decided_by == "system"


def test_suspension_one_open_a_place() -> None:
    place, hadi = a_place(), dinkes()
    held = suspend_place(place=place, reason="x", by=hadi, at=MONDAY)
    with pytest.raises(CannotSuspend, match=r"already|sudah"):
        suspend_place(place=place, reason="x", by=hadi, at=MONDAY)
    held.pk = None
    with pytest.raises(IntegrityError, match="suspension_one_open_a_place"):
        held.save()


def test_suspension_lifted_after_passing() -> None:
    place, joko, hadi = a_place(), babinsa(), dinkes()
    a_visit(place, by=joko)
    old = the_code(place)
    held = suspend_place(place=place, reason="x", by=hadi, at=MONDAY + DAY)
    # The visit before it says nothing about what was wrong afterwards.
    with pytest.raises(CannotSuspend):
        lift_suspension(suspension=held, by=hadi, at=MONDAY + DAY)
    a_visit(place, "mask", by=joko, at=MONDAY + 2 * DAY)
    with pytest.raises(CannotSuspend):
        lift_suspension(suspension=held, by=hadi, at=MONDAY + 2 * DAY)
    a_visit(place, by=joko, at=MONDAY + 3 * DAY)
    assert waiting("places.lift") == 1
    assert verify(old, day(MONDAY + 3 * DAY)).standing == Standing.SUSPENDED
    lift_suspension(suspension=held, by=hadi, at=MONDAY + 4 * DAY)
    assert waiting("places.lift") == 0
    assert verify(old, day(MONDAY + 4 * DAY)).standing == Standing.REPLACED
    assert verify(the_code(place), day(MONDAY + 4 * DAY)).standing == Standing.VALID
    with pytest.raises(CannotSuspend):
        lift_suspension(suspension=held, by=hadi, at=MONDAY + 4 * DAY)


@pytest.mark.closes("places.inspect")
def test_who_made_the_visit_that_passed_does_not_lift() -> None:
    place, hadi = a_place(), dinkes()
    held = suspend_place(place=place, reason="x", by=hadi, at=MONDAY)
    a_visit(place, by=hadi, at=MONDAY + DAY)
    with pytest.raises(CannotSuspend):
        lift_suspension(suspension=held, by=hadi, at=MONDAY + DAY)


def test_certificate_not_while_suspended() -> None:
    place, hadi = a_place(), dinkes()
    suspend_place(place=place, reason="x", by=hadi, at=MONDAY)
    visit = a_visit(place, by=babinsa(), at=MONDAY + DAY)
    assert certificate_of(place) is None
    with pytest.raises(IntegrityError, match="gets no certificate"):
        issue_certificate(visit=visit, months=6, by="hadi", at=MONDAY + DAY)


def test_certificate_after_a_passed_inspection() -> None:
    visit = a_visit(a_place(), "mask", by=babinsa())
    with pytest.raises(IntegrityError, match="follows a passed"):
        issue_certificate(visit=visit, months=6, by="hadi", at=MONDAY)


def test_self_assessment_form_once() -> None:
    place, form = a_place(), uuid4()
    kept = every_item() - {"mask"}
    first = assess_own(place=place, form_id=form, kept=kept, at=MONDAY)
    again = assess_own(place=place, form_id=form, kept=every_item(), at=MONDAY + DAY)
    assert first.pk == again.pk
    assert first.failed == ["mask"]
    # It says what an owner thinks, and certifies nothing.
    assert certificate_of(place) is None


def test_work_about_places_reaches_those_who_may_do_it() -> None:
    place = a_place()
    found = WorkItem.objects.get(kind="places.inspect")
    assert found.permission == Permission.PLACE_INSPECT
    assert found.region_code == place.region_code


def broken(name: str, **values: object) -> None:
    a_visit(a_place(), by=babinsa())
    row = Certificate.objects.get()
    row.pk, row.code_hash, row.number = None, b"x", "2020-2"
    row.inspection = a_visit(a_place(name="Lain"), by=babinsa())
    Certificate.objects.filter(inspection=row.inspection).delete()
    row.place = row.inspection.place
    for key, value in values.items():
        setattr(row, key, value)
    with pytest.raises(IntegrityError, match=name):
        row.save()


def test_certificate_number_once() -> None:
    joko = babinsa()
    for name in ("Melati", "Mawar"):
        a_visit(a_place(name=name), by=joko)
    first, second = Certificate.objects.order_by("pk")
    assert first.number != second.number
    second.delete()
    second.pk, second.number = None, first.number
    with pytest.raises(IntegrityError, match="certificate_number_once"):
        second.save()


def test_certificate_ends_after_it_begins() -> None:
    broken("certificate_ends_after_it_begins", until=day(MONDAY))


def test_certificate_ended_whole() -> None:
    broken("certificate_ended_whole", ended="withdrawn")


def test_suspension_decided_whole() -> None:
    suspend_place(place=a_place(), reason="x", by=dinkes(), at=MONDAY)
    with pytest.raises(IntegrityError, match="suspension_decided_whole"):
        Suspension.objects.update(decided_at=None)


def test_before_the_first_protocol_nobody_is_inspected() -> None:
    with pytest.raises(PlaceRefused):
        a_visit(a_place(), by=babinsa(), at=MONDAY - 60 * DAY)

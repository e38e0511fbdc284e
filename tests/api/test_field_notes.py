"""What is written beside the answers of a visit, and what becomes of it."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from smartkampung.accounts.roles import Permission, Role
from smartkampung.frontline.field.actions.reviewing import set_aside
from smartkampung.frontline.field.models import Record
from smartkampung.isolation.actions.beds import VISIT_AGAIN, Ending, free_from
from smartkampung.isolation.arrival.actions.supervising import (
    Seen,
    ask_for_visit,
    visit,
)
from smartkampung.isolation.arrival.models import SupervisionVisit
from smartkampung.isolation.arrival.rules.visits import Found
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.worklist.models import WorkItem
from tests import arriving, cases, cast
from tests.fieldwork import phone_of
from tests.population import WAYAN_NIK

pytestmark = pytest.mark.django_db


def test_a_number_in_a_note_holds_no_visit_up_and_is_shown_nowhere() -> None:
    stay = arriving.secluded(cast.RT_HERE, "Ketut Darma")
    phone = phone_of(cast.staff("joko", Role.BABINSA, cast.HERE))
    body = {"found": "absent", "note": f"Pintu tutup. {WAYAN_NIK[:6]} {WAYAN_NIK[6:]}"}
    form = phone.form(
        "isolation.visit", f"isolation.stay:{stay.pk}", {**body, "missing": "Gelap."}
    )
    receipt = phone.send_one(form)
    assert (receipt["state"], receipt["errors"]) == ("done", {})
    assert "dihapus" in receipt["message"]["id"]
    act_as(Kind.JOB)
    visit = SupervisionVisit.objects.get()
    assert (visit.found, visit.note) == ("absent", "Pintu tutup. •••")


@pytest.mark.closes("isolation.visit_again")
def test_after_a_visit_that_does_not_count_somebody_is_asked_to_go_again() -> None:
    stay = arriving.secluded(cast.RT_HERE, "Ketut Darma")
    phone = phone_of(cast.staff("joko", Role.BABINSA, cast.HERE))
    target, body = f"isolation.stay:{stay.pk}", {"found": "absent"}
    assert phone.send_one(phone.form("isolation.visit", target, body))["code"] == (
        "proof_missing"
    )
    camat = cases.rights(cast.camat())
    act_as(Kind.STAFF, scope=camat.regions_where(Permission.FIELD_REVIEW))
    row = Record.objects.get()
    set_aside(row=row, note="Tanpa bukti.", by=camat, at=now())
    act_as(Kind.JOB)
    again = WorkItem.objects.get(kind="isolation.visit_again")
    assert (again.target, again.closed_at) == (target, None)
    seen = {**body, "missing": "Kamera rusak."}
    assert (
        phone.send_one(phone.form("isolation.visit", target, seen))["state"] == "done"
    )
    act_as(Kind.JOB)
    again.refresh_from_db()
    assert again.closed_at is not None


def test_nobody_is_asked_to_go_where_nobody_is_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Who is put into isolation here has no code to follow it by.
    path = "smartkampung.isolation.actions.beds.reach_step"
    monkeypatch.setattr(path, lambda **_given: None)
    stay = arriving.secluded(cast.RT_HERE, "Ketut Darma")
    asked: dict[str, Any] = {"inside": cast.HERE, "since": now(), "at": now()}
    assert ask_for_visit(stay_id=stay.pk, **asked)
    free_from(stay, Ending(today(), now(), "joko", StayState.LOST))
    assert not WorkItem.objects.filter(closed_at=None, kind=VISIT_AGAIN).exists()
    assert not ask_for_visit(stay_id=stay.pk, **asked)
    assert WorkItem.objects.filter(kind=VISIT_AGAIN).count() == 1


def set_aside_by_the_camat(note: str) -> None:
    """Let the camat say that the only form does not count."""
    camat = cases.rights(cast.camat())
    act_as(Kind.STAFF, scope=camat.regions_where(Permission.FIELD_REVIEW))
    set_aside(row=Record.objects.get(), note=note, by=camat, at=now())
    act_as(Kind.JOB)


def test_nobody_is_sent_to_people_whom_a_form_only_named() -> None:
    stay = arriving.secluded(cast.RT_HERE, "Ketut Darma")
    phone = phone_of(cast.staff("joko", Role.BABINSA, cast.NEXT_DOOR))
    target = f"isolation.stay:{stay.pk}"
    form = phone.form("isolation.visit", target, {"found": "absent"})
    assert phone.send_one(form)["code"] == "not_yours"
    set_aside_by_the_camat("Bukan wilayahnya.")
    assert not WorkItem.objects.filter(kind=VISIT_AGAIN).exists()


@pytest.mark.parametrize(
    ("days_ago", "asked"), [(0, False), (2, True)], ids=["that day", "before"]
)
def test_where_somebody_came_by_that_day_nobody_goes_again(
    days_ago: int, asked: bool, one_morning: Any
) -> None:
    stay = arriving.secluded(cast.RT_HERE, "Ketut Darma")
    joko = cast.staff("joko", Role.BABINSA, cast.HERE)
    phone, target = phone_of(joko), f"isolation.stay:{stay.pk}"
    phone.send_one(phone.form("isolation.visit", target, {"found": "absent"}))
    visit(
        form_id=uuid.uuid4(),
        stay=stay,
        seen=Seen(found=Found.PRESENT, missing="Dicatat di kertas."),
        by=cases.rights(joko),
        at=now() - timedelta(days=days_ago, hours=1),
    )
    set_aside_by_the_camat("Sudah dicatat.")
    assert WorkItem.objects.filter(kind=VISIT_AGAIN).exists() is asked

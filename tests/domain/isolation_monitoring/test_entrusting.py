"""People in isolation are entrusted to an officer, and handed over to the next."""

import pytest
from django.db import DatabaseError, transaction

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Permission, Role
from smartkampung.audit.models import Event
from smartkampung.isolation.models import Carer, Entrusting, Stay
from smartkampung.isolation.monitoring.actions.entrusting import (
    NobodyChosen,
    NotOfTheTeam,
    entrust,
)
from smartkampung.isolation.monitoring.queries import due_now
from smartkampung.isolation.queries import carers
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.isolating import a_reservation
from tests.watching import due, on_day, present, ratna, rights, see_as

pytestmark = pytest.mark.django_db


def tono() -> Staff:
    return cast.staff("tono", Role.PUSKESMAS_OFFICER, centre=cast.PUSKESMAS)


def two_at_home() -> tuple[Stay, Stay]:
    act_as(Kind.JOB)
    party = a_reservation(state="arrived")
    return present(party), present(party, name="Kadek", sex="P")


def test_handed_over_people_are_on_the_next_list_at_once_and_from_then_on() -> None:
    by, colleague = ratna(), tono()
    wayan, kadek = two_at_home()
    entrust(
        stays=[wayan.pk, kadek.pk], officer=by.staff_id, note="", by=by, at=on_day(1)
    )
    assert due(wayan, at=on_day(1)).officer_id == by.staff_id
    assert len(due_now(by, at=on_day(1), mine=True)) == 2

    count = entrust(
        stays=[wayan.pk], officer=colleague.pk, note="Cuti.", by=by, at=on_day(1)
    )
    assert count == 1
    theirs = rights(colleague)
    assert [one.name for one in due_now(theirs, at=on_day(1), mine=True)] == ["Wayan"]
    assert [one.name for one in due_now(by, at=on_day(1), mine=True)] == ["Kadek"]
    assert due(wayan, at=on_day(2)).officer_id == colleague.pk
    assert due(kadek, at=on_day(2)).officer_id == by.staff_id


def test_the_hand_over_is_kept_with_its_note() -> None:
    by, colleague = ratna(), tono()
    wayan, _kadek = two_at_home()
    for officer, note in ((by.staff_id, ""), (colleague.pk, "Rumah belakang warung.")):
        entrust(stays=[wayan.pk], officer=officer, note=note, by=by, at=on_day(1))
    found = carers.hand_overs_of(wayan)
    assert [(one.officer.username, one.note) for one in found] == [
        ("tono", "Rumah belakang warung."),
        ("ratna", ""),
    ]
    assert Event.objects.filter(name="isolation.entrusted").count() == 2


def test_only_the_team_of_the_puskesmas_is_entrusted_with_its_people() -> None:
    by = ratna()
    far = cast.staff("jauh", Role.PUSKESMAS_OFFICER, cast.FAR_AWAY)
    wayan, _kadek = two_at_home()
    for officer in (far.pk, cast.sari().pk):
        with pytest.raises(NotOfTheTeam):
            entrust(stays=[wayan.pk], officer=officer, note="", by=by, at=on_day(1))
    assert not Carer.objects.exists()


def test_who_has_left_is_entrusted_to_nobody() -> None:
    by = ratna()
    wayan, _kadek = two_at_home()
    Stay.objects.filter(pk=wayan.pk).update(state="lost")
    with pytest.raises(NobodyChosen):
        entrust(stays=[wayan.pk], officer=by.staff_id, note="", by=by, at=on_day(1))


def test_the_team_shows_how_many_each_has_and_who_is_left_over() -> None:
    by, colleague = ratna(), tono()
    wayan, kadek = two_at_home()
    entrust(stays=[wayan.pk], officer=colleague.pk, note="", by=by, at=on_day(1))
    see_as(by, Permission.MONITORING_RECORD)
    team = carers.officers_of(by, cast.PUSKESMAS, on=on_day(1).date())
    assert {one.pk: one.people for one in team} == {by.staff_id: 0, colleague.pk: 1}
    assert carers.without_officer(by, cast.PUSKESMAS) == [kadek]


def test_entrusting_append_only() -> None:
    by = ratna()
    wayan, _kadek = two_at_home()
    entrust(stays=[wayan.pk], officer=by.staff_id, note="", by=by, at=on_day(1))
    for change in (
        Entrusting.objects.all().delete,
        lambda: Entrusting.objects.update(note="x"),
    ):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            change()


def test_another_place_sees_no_hand_over() -> None:
    by = ratna()
    wayan, _kadek = two_at_home()
    entrust(stays=[wayan.pk], officer=by.staff_id, note="", by=by, at=on_day(1))
    see_as(rights(cast.budi()), Permission.STAY_VIEW)
    assert not Entrusting.objects.exists()
    see_as(rights(cast.sari()), Permission.STAY_VIEW)
    assert Entrusting.objects.count() == 1

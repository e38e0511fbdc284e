"""A registration is taken in once, and never tells what the registry holds."""

from dataclasses import replace

import pytest
from django.db import connection

from smartkampung.intake.actions.answers import KeyReused
from smartkampung.intake.queries import case_by_code
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.notify.models import Message
from smartkampung.recovery.affected.actions import register
from smartkampung.recovery.affected.actions.register import (
    OutsideYourArea,
    TooManyRegistrations,
    register_for,
    send_registration,
)
from smartkampung.recovery.affected.models import Registration
from smartkampung.recovery.affected.rules.registration import Channel
from tests.affected import NOON, actor, rt_head, told
from tests.cast import FAR_AWAY, places
from tests.reporting import STRANGER_NIK, WAYAN_NIK, wayan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places() -> None:
    places()


def test_what_was_told_is_kept_with_its_number_sealed() -> None:
    code = send_registration(told=told(), at=NOON)
    act_as(Acting.JOB)
    row = Registration.objects.get()
    assert (row.kind, row.sector_id, row.channel) == ("laid_off", "boat", "web")
    assert row.nik.open() == WAYAN_NIK
    with connection.cursor() as cursor:
        cursor.execute("SELECT affected_registration::text FROM affected_registration")
        assert WAYAN_NIK not in cursor.fetchone()[0]
    assert Message.objects.get().secret is not None
    assert code.count("-") == 2


def test_registration_form_once() -> None:
    wanted = told()
    first = send_registration(told=wanted, at=NOON)
    assert send_registration(told=wanted, at=NOON) == first
    act_as(Acting.JOB)
    assert Registration.objects.count() == 1
    with pytest.raises(KeyReused):
        send_registration(told=replace(wanted, debts=1), at=NOON)


def test_known_and_unknown_look_the_same_from_outside() -> None:
    wayan()
    codes = [
        send_registration(told=told(nik=nik), at=NOON)
        for nik in (WAYAN_NIK, STRANGER_NIK)
    ]
    codes.append(send_registration(told=told(), at=NOON))  # he stands there by now
    run_waiting()
    seen = [case_by_code(code, at=NOON) for code in codes]
    assert {case.due_on for case in seen if case} == {seen[0] and seen[0].due_on}
    assert [list(case.reached) for case in seen if case] == [["received"]] * 3


def test_one_sender_is_heard_ten_times_a_day_about_one_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limit = replace(register.PER_PERSON, count=2)
    monkeypatch.setattr(register, "PER_PERSON", limit)
    for _ in range(2):
        send_registration(told=told(), sender="a", at=NOON)
    with pytest.raises(TooManyRegistrations):
        send_registration(told=told(), sender="a", at=NOON)
    assert send_registration(told=told(), sender="b", at=NOON)


def test_an_rt_head_registers_neighbours_and_nobody_else() -> None:
    tini = actor(rt_head())
    act_as(Acting.STAFF, scope=["35.10.09.2003.002.007"])
    assert register_for(told=told(), by=tini, at=NOON)
    row = Registration.objects.get()
    assert (row.channel, row.registered_by_id) == (Channel.ASSISTED, tini.staff_id)
    with pytest.raises(OutsideYourArea):
        register_for(told=told(region_code=FAR_AWAY), by=tini, at=NOON)


def test_a_number_is_written_to_a_few_times_a_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = replace(register.TEXTS_PER_PHONE, count=1)
    monkeypatch.setattr(register, "TEXTS_PER_PHONE", few)
    for nik in (WAYAN_NIK, STRANGER_NIK):
        send_registration(told=told(nik=nik), at=NOON)
    assert Message.objects.filter(template="affected_received").count() == 1

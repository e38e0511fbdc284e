"""Somebody with many invented senders empties the day; STOP is heard all the same."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.http import Http404
from pytest_django import Settings

from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.frontline.texting.actions.full_day import have_looked
from smartkampung.frontline.texting.actions.receive import (
    PER_PHONE,
    Taken,
    Text,
    receive,
)
from smartkampung.frontline.texting.models import FullDay
from smartkampung.frontline.texting.queries.full_days import full_day_for, texts_of
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.models import Message
from smartkampung.notify.queries import has_opted_out
from smartkampung.residents.rules.consents import Purpose
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.reporting import FAMILY_PHONE, NOON, wayan
from tests.texting import a_full_day, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_a_day(settings: Settings) -> None:
    settings.TEXT_ANSWERS_A_DAY = 3
    wayan()


def invented(number: int, said: str = "?") -> str:
    return write(said, at=NOON, phone=f"+62857000{number:05}")


def test_after_the_last_answer_of_a_day_nothing_is_sent_and_one_alarm_raised() -> None:
    assert all(invented(number) for number in range(3))
    assert [invented(number) for number in range(3, 6)] == ["", "", ""]
    assert Message.objects.count() == 3
    item = WorkItem.objects.get()
    assert (item.kind, item.permission, item.urgent) == (
        "texting.full_day",
        "jobs.view",
        True,
    )
    write("?", at=NOON + timedelta(days=1))
    assert Message.objects.count() == 4, "each day begins anew"


def test_stop_is_heard_and_acknowledged_once() -> None:
    for number in range(3):
        invented(number)
    assert "peringatan desa tidak dikirim lagi" in write("STOP", at=NOON)
    phone = Sealed.of(FAMILY_PHONE, "phone")
    assert has_opted_out(phone, Purpose.AREA_NEWS)
    assert write("STOP", at=NOON) == ""
    assert "semua kabar tidak dikirim" in write("STOP SEMUA", at=NOON)
    assert has_opted_out(phone)
    assert receive(Text("x", FAMILY_PHONE, "MULAI", "sms"), at=NOON) is Taken.LIMITED


def test_texts_of_one_phone_beyond_its_own_limit_use_nothing_up(
    settings: Settings,
) -> None:
    settings.TEXT_ANSWERS_A_DAY = PER_PHONE.count + 2
    for _text in range(PER_PHONE.count + 10):
        write("?", at=NOON)
    assert invented(1) != "", "twenty answers, one that it is enough, and this one"
    assert invented(2) == ""


def test_who_looks_for_the_cause_sees_numbers_and_no_phone() -> None:
    for number in (1, 1, 1, 2, 3):
        invented(number)
    told = texts_of(FullDay.objects.get())
    assert (told.texts, told.phones, told.most_of_one, told.unanswered) == (5, 3, 3, 2)


@pytest.mark.closes("texting.full_day")
def test_looking_takes_it_off_the_list() -> None:
    for number in range(4):
        invented(number)
    row = FullDay.objects.get()
    assert have_looked(full_day=row, by="nyoman")
    assert WorkItem.objects.get().closed_by == "nyoman"
    assert not have_looked(full_day=row, by="kadek")


def test_only_who_runs_the_system_sees_it() -> None:
    row = a_full_day()
    day = NOON.date()
    admin = cast.staff("nyoman", Role.SYSTEM_ADMIN, cast.REGENCY)
    assert full_day_for(actor_for(admin, on=day), row.pk) == row
    with pytest.raises(Http404):
        full_day_for(actor_for(cast.sari(), on=day), row.pk)


def test_full_day_once() -> None:
    a_full_day()
    with pytest.raises(IntegrityError, match="full_day_once"):
        a_full_day()

"""Announcements reach officers where they are: on the phone, else by e-mail, or a call."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError
from pytest_django import Settings

from smartkampung.accounts.actions.phones import change_wish, write_phone_down
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries.offices import holders
from smartkampung.accounts.roles import Role
from smartkampung.frontline.voice.actions import spreading
from smartkampung.frontline.voice.actions.announcing import withdraw
from smartkampung.frontline.voice.actions.reminding import remind_readers
from smartkampung.frontline.voice.actions.sending_out import settle_broadcasts
from smartkampung.frontline.voice.models import Allowance, Telling
from smartkampung.frontline.voice.queries.counting import purse_of
from smartkampung.frontline.voice.queries.told import Way, ways_of
from smartkampung.frontline.voice.rules.asking import Ask
from smartkampung.frontline.voice.rules.broadcasting import Danger
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import WIB, now
from smartkampung.notify.adapters.fake import OUTBOX
from smartkampung.notify.models import Message
from tests.cast import HERE, KECAMATAN, camat, staff
from tests.covering import stands_in
from tests.speaking import NUMBER, asked, heads, rights, said, with_phone

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 30, 9, 0, tzinfo=WIB)
MONTH = MORNING.date().replace(day=1)
NIGHT = timedelta(hours=12)


@pytest.fixture(autouse=True)
def _morning(settings: Settings) -> Iterator[None]:
    settings.MESSAGES, settings.MESSAGE_PRICES = "fake", {"sms": 350, "fake": 350}
    OUTBOX.reset()
    with time_machine.travel(MORNING, tick=False):
        yield
    OUTBOX.reset()


@pytest.fixture
def people() -> dict[str, Staff]:
    """Make the RT head reachable by phone, who is next door by e-mail, nobody else."""
    found = heads()
    with_phone(found["rt"])
    run_waiting()
    Staff.objects.filter(pk=found["rt_next"].pk).update(email="nengah@desa.example")
    OUTBOX.reset()
    return found


def heard() -> list[str]:
    return sorted(message.to for message in OUTBOX.sent)


def test_news_comes_to_the_phone_else_by_mail_with_a_link_and_no_name(
    people: dict[str, Staff],
) -> None:
    row = said(camat(), title="Pak Made sakit")
    run_waiting()
    assert heard() == [NUMBER, "nengah@desa.example"]
    text = OUTBOX.sent[0].text
    assert f"/staff/news/{row.pk}/" in text
    assert "Made" not in text
    assert "STOP" in text


def test_what_is_asked_says_by_when(people: dict[str, Staff]) -> None:
    asked(camat())
    run_waiting()
    assert "3 Desember 2026" in next(
        message.text for message in OUTBOX.sent if message.to == NUMBER
    )


def test_news_of_the_night_waits_for_the_morning_and_danger_does_not(
    people: dict[str, Staff],
) -> None:
    endang = camat()
    with time_machine.travel(MORNING + NIGHT, tick=False):
        said(endang)
        run_waiting()
        assert heard() == []
        said(endang, public=True, danger=Danger.FLOOD)
        run_waiting()
        assert heard() == [NUMBER, "nengah@desa.example"]
    with time_machine.travel(MORNING + timedelta(days=1), tick=False):
        run_waiting()
    assert len(heard()) == 4


def test_a_no_is_a_no_also_for_what_waits(people: dict[str, Staff]) -> None:
    with time_machine.travel(MORNING + NIGHT, tick=False):
        said(camat())
        run_waiting()
        change_wish(staff=people["rt"], wants=False, at=now())
    with time_machine.travel(MORNING + timedelta(days=1), tick=False):
        run_waiting()
    assert heard() == ["nengah@desa.example"]


def test_a_withdrawn_announcement_is_not_told_but_that_a_danger_is_over_is(
    people: dict[str, Staff],
) -> None:
    endang = camat()
    from_endang = said(endang)
    flood = said(endang, public=True, danger=Danger.FLOOD)
    for row in (from_endang, flood):
        withdraw(announcement=row, reason="Salah.", by=rights(endang), at=now())
    run_waiting()
    assert heard() == [NUMBER, "nengah@desa.example"]
    assert "tidak berlaku lagi" in OUTBOX.sent[0].text


def test_the_silent_are_reminded_on_the_phone(people: dict[str, Staff]) -> None:
    said(camat(), asks=Ask.ACKNOWLEDGE)
    run_waiting()
    OUTBOX.reset()
    with time_machine.travel(MORNING + timedelta(days=2), tick=False):
        for _twice in range(2):
            remind_readers(at=now())
        run_waiting()
    assert heard() == [NUMBER, "nengah@desa.example"]


def test_who_stands_in_hears_too(people: dict[str, Staff]) -> None:
    rw = with_phone(staff("luh", Role.RW_HEAD, f"{HERE}.002"), "+6281300000002")
    run_waiting()
    OUTBOX.reset()
    stands_in(
        absent=people["rt"],
        stand_in=rw,
        since=now().date(),
        until=now().date() + timedelta(days=2),
        by="made",
        at=now(),
    )
    said(camat(), roles=(Role.RT_HEAD.value,))
    run_waiting()
    assert "+6281300000002" in heard()


def test_it_is_paid_from_the_month_and_settled(people: dict[str, Staff]) -> None:
    said(people["head"], region_code=HERE)
    run_waiting()
    told = Telling.objects.get()
    parts = Message.objects.get(about=told.about).parts
    assert (told.purse, told.cost) == (HERE, 350 * parts)
    assert purse_of(HERE, month=MONTH).spent == told.cost
    Message.objects.filter(about=told.about).update(state="failed", cost=0)
    assert settle_broadcasts(at=now()) == 0, "its parts may still come"
    assert settle_broadcasts(at=now() + timedelta(hours=2)) == 1
    assert purse_of(HERE, month=MONTH).spent == 0


def test_an_empty_month_leaves_news_and_not_danger(people: dict[str, Staff]) -> None:
    Allowance.objects.create(purse=KECAMATAN, month=MONTH, cap=10, spent=0)
    endang = camat()
    said(endang)
    run_waiting()
    assert heard() == ["nengah@desa.example"]
    said(endang, public=True, danger=Danger.FLOOD)
    run_waiting()
    assert NUMBER in heard()
    assert purse_of(KECAMATAN, month=MONTH).spent == 10


def test_thousands_are_told_in_parts_and_once(
    people: dict[str, Staff], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "PART", 1)
    row = said(camat())
    run_waiting()
    spreading.tell_part(
        announcement_id=row.pk, occasion=spreading.SAID, after=0, at=now()
    )
    assert heard() == [NUMBER, "nengah@desa.example"]


def test_the_readers_page_knows_the_way_to_each(people: dict[str, Staff]) -> None:
    write_phone_down(
        staff=people["head"], number="+6281300000003", by="endang", at=now()
    )
    row = said(camat())
    run_waiting()
    found = ways_of(row, holders(KECAMATAN, [], on=now().date()))
    assert found[people["rt"].pk] == Way("phone", "sent", NUMBER)
    assert found[people["rt_next"].pk] == Way("email", "sent", "")
    assert found[people["head"].pk] == Way("", "", "+6281300000003")


def test_telling_once(people: dict[str, Staff]) -> None:
    said(camat())
    row = Telling.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError, match="telling_once"):
        row.save(force_insert=True)

"""A flood at nine in the evening: allowed by a second person, told at once, called off."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.db.models import F
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.frontline.voice.actions import sending_out
from smartkampung.frontline.voice.actions.announcing import withdraw
from smartkampung.frontline.voice.actions.broadcasting import (
    ask_broadcast,
    decide_broadcast,
)
from smartkampung.frontline.voice.actions.calling_off import call_off
from smartkampung.frontline.voice.actions.errors import (
    CannotAnnounce,
    NobodyWarned,
    NoGrounds,
    NotWarnedOf,
    NotYourArea,
    SaidBefore,
    TooLate,
)
from smartkampung.frontline.voice.actions.sending_out import settle_broadcasts
from smartkampung.frontline.voice.models import Allowance, Announcement, Broadcast
from smartkampung.frontline.voice.queries.counting import purse_of
from smartkampung.frontline.voice.rules.broadcasting import Danger, State, Wording
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import WIB, now
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.actions import opt_out
from smartkampung.notify.adapters.fake import OUTBOX
from smartkampung.residents.actions.consents import change_consent
from smartkampung.residents.rules.consents import Purpose
from smartkampung.worklist.models import WorkItem
from tests.cast import HERE, NEXT_DOOR, camat, staff
from tests.population import family, person
from tests.speaking import heads, rights, said

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 30, 21, 0, tzinfo=WIB)
MONTH = EVENING.date().replace(day=1)
SEEN = "Made melihat air setinggi lutut di jembatan pukul 20.40."


@pytest.fixture(autouse=True)
def _evening(settings: Settings) -> Iterator[None]:
    settings.MESSAGES = "fake"
    OUTBOX.reset()
    with time_machine.travel(EVENING, tick=False):
        yield
    OUTBOX.reset()


@pytest.fixture
def head() -> Staff:
    return heads()["head"]


def home(number: int) -> None:
    card = family(kk=None, region=f"{HERE}.002.007", phone=f"+62812000{number:05}")
    person(f"Warga {number}", household=card)
    change_consent(
        family_id=card.pk, purpose=Purpose.AREA_NEWS, given=True, by="test", at=now()
    )


def warned_of(head: Staff, danger: str = Danger.FLOOD) -> Announcement:
    return said(head, region_code=HERE, public=True, danger=danger, title="Banjir")


def ask(head: Staff, row: Announcement, **changes: Any) -> Broadcast:
    told: dict[str, Any] = {"wording": Wording.FLOOD, "region_code": HERE}
    told |= {"due_on": None, "grounds": SEEN, **changes}
    return ask_broadcast(announcement=row, by=rights(head), at=now(), **told)


def allowed(head: Staff) -> Announcement:
    """Let a warning of a flood go out to whoever lives here."""
    row = warned_of(head)
    decide_broadcast(
        broadcast=ask(head, row), allowed=True, by=rights(camat()), at=now()
    )
    run_waiting()
    return row


def heard() -> list[str]:
    return sorted(message.to for message in OUTBOX.sent)


def test_a_warning_wakes_people_up_and_passes_no_stop(head: Staff) -> None:
    home(1)
    home(2)
    opt_out(
        phone=Sealed.of("+6281200000002", "phone"),
        through="sms",
        at=now(),
        purpose=Purpose.AREA_NEWS,
    )
    allowed(head)
    assert heard() == ["+6281200000001"], "at nine in the evening"


def test_a_warning_passes_thousands_of_news_by(head: Staff) -> None:
    home(1)
    row = said(head, region_code=HERE, public=True)
    ask(head, row, wording=Wording.NEWS, grounds="")
    decide_broadcast(
        broadcast=ask(head, warned_of(head)), allowed=True, by=rights(camat()), at=now()
    )
    lanes = ProcrastinateJob.objects.filter(task_name__startswith="voice.send_")
    first = lanes.order_by("-priority", "pk").values_list("task_name", flat=True)
    assert list(first) == ["voice.send_warning", "voice.send_broadcast"]
    run_waiting()
    waits = ProcrastinateJob.objects.get(task_name__startswith="notify.")
    assert waits.task_name == "notify.deliver", "the news, for the morning"


def test_one_family_is_enough_for_a_second_person_at_once(head: Staff) -> None:
    home(1)
    row = ask(head, warned_of(head))
    run_waiting()
    assert (row.state, row.grounds, heard()) == (State.WAITING, SEEN, [])
    item = WorkItem.objects.get()
    assert (item.urgent, (item.due_at - EVENING).seconds) == (True, 15 * 60)


def test_nobody_allows_a_warning_of_two_hours_ago_but_a_new_one(head: Staff) -> None:
    home(1)
    row = warned_of(head)
    stale, other = ask(head, row), rights(camat())
    with pytest.raises(SaidBefore):
        ask(head, row)
    with time_machine.travel(EVENING + timedelta(hours=2), tick=False):
        with pytest.raises(TooLate):
            decide_broadcast(broadcast=stale, allowed=True, by=other, at=now())
        fresh = ask(head, row)
        stale.refresh_from_db()
        assert (stale.state, stale.decided_by) == (State.REFUSED, "job")
        assert WorkItem.objects.filter(closed_at=None).count() == 1
        decide_broadcast(broadcast=fresh, allowed=True, by=other, at=now())
        run_waiting()
    assert heard() == ["+6281200000001"]


@pytest.mark.parametrize("danger", ["", Danger.STORM], ids=["work", "a storm"])
def test_no_flood_hangs_on_an_announcement_of_something_else(
    head: Staff, danger: str
) -> None:
    home(1)
    with pytest.raises(NotWarnedOf):
        ask(head, warned_of(head, danger))
    with pytest.raises(NotWarnedOf):
        ask(head, warned_of(head), wording=Wording.CALLED_OFF)


def test_who_warns_says_how_it_is_known(head: Staff) -> None:
    home(1)
    with pytest.raises(NoGrounds):
        ask(head, warned_of(head), grounds=" ")


def test_a_danger_is_kept_from_nobody(head: Staff) -> None:
    with pytest.raises(CannotAnnounce):
        said(head, region_code=HERE, danger=Danger.FLOOD)


def test_who_was_warned_hears_that_it_is_over_and_nobody_else(
    head: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending_out, "PART", 1)
    for number in (1, 2, 3):
        home(number)
    row = allowed(head)
    home(4)  # agreed too late to be warned
    opt_out(phone=Sealed.of("+6281200000003", "phone"), through="sms", at=now())
    with pytest.raises(NobodyWarned):
        call_off(announcement=row, by=rights(head), at=now())
    withdraw(announcement=row, reason="Air surut.", by=rights(head), at=now())
    before = purse_of(HERE, month=MONTH).spent
    OUTBOX.reset()
    (told,) = call_off(announcement=row, by=rights(head), at=now())
    run_waiting()
    assert heard() == ["+6281200000001", "+6281200000002"]
    assert "tidak berlaku lagi" in OUTBOX.sent[0].text
    assert (told.families, told.large) == (3, False)
    assert purse_of(HERE, month=MONTH).spent == before + told.cost
    with pytest.raises(NobodyWarned):
        call_off(announcement=row, by=rights(head), at=now())


@pytest.mark.closes("voice.call_off")
def test_phones_that_do_not_know_that_it_is_over_are_urgent_work(head: Staff) -> None:
    home(1)
    row = allowed(head)
    withdraw(announcement=row, reason="Salah.", by=rights(head), at=now())
    item = WorkItem.objects.get(closed_at=None)
    assert (item.kind, item.urgent) == ("voice.call_off", True)
    call_off(announcement=row, by=rights(head), at=now())
    assert not WorkItem.objects.filter(closed_at=None).exists()


def test_a_warning_that_still_waits_is_never_sent_once_withdrawn(head: Staff) -> None:
    home(1)
    OUTBOX.down = True
    row = allowed(head)
    withdraw(announcement=row, reason="Salah.", by=rights(head), at=now())
    OUTBOX.down = False
    with time_machine.travel(EVENING + timedelta(hours=1), tick=False):
        run_waiting()
        with pytest.raises(NobodyWarned):
            call_off(announcement=row, by=rights(head), at=now())
    assert heard() == []


@pytest.mark.parametrize("hours", [5, 6], ids=["still", "too late"])
def test_nobody_is_warned_of_a_flood_of_six_hours_ago(head: Staff, hours: int) -> None:
    home(1)
    OUTBOX.down = True
    allowed(head)
    OUTBOX.down = False
    with time_machine.travel(EVENING + timedelta(hours=hours), tick=False):
        run_waiting()
    assert len(heard()) == (hours < 6)


def test_an_empty_month_keeps_nobody_from_hearing_that_it_is_over(head: Staff) -> None:
    home(1)
    row = allowed(head)
    withdraw(announcement=row, reason="Salah.", by=rights(head), at=now())
    Allowance.objects.update(cap=F("spent") + 1)
    OUTBOX.reset()
    (told,) = call_off(announcement=row, by=rights(head), at=now())
    run_waiting()
    settle_broadcasts(at=now() + sending_out.SURELY_OVER)
    told.refresh_from_db()
    assert heard() == ["+6281200000001"]
    assert told.cost == 1 < (told.used or 0)


def test_nobody_calls_off_what_another_area_warned_of(head: Staff) -> None:
    home(1)
    row = allowed(head)
    withdraw(announcement=row, reason="Salah.", by=rights(head), at=now())
    other = staff("luh", Role.VILLAGE_HEAD, NEXT_DOOR)
    with pytest.raises(NotYourArea):
        call_off(announcement=row, by=rights(other), at=now())


def test_announcement_danger_is_public(head: Staff) -> None:
    row = said(head, region_code=HERE)
    row.pk, row.danger = None, Danger.FLOOD
    with pytest.raises(IntegrityError, match="announcement_danger_is_public"):
        row.save(force_insert=True)


@pytest.mark.parametrize(
    "changes", [{"large": False}, {"grounds": ""}], ids=["alone", "no grounds"]
)
def test_broadcast_danger_needs_two(head: Staff, changes: dict[str, Any]) -> None:
    home(1)
    row = ask(head, warned_of(head))
    with pytest.raises(IntegrityError, match="broadcast_danger_needs_two"):
        Broadcast.objects.filter(pk=row.pk).update(**changes)

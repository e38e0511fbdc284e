"""One message to an area: counted, paid for, allowed by another, and only where wanted."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from pytest_django import Settings

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Permission, Role
from smartkampung.frontline.voice.actions.announcing import withdraw
from smartkampung.frontline.voice.actions.broadcasting import (
    ask_broadcast,
    change_cap,
    decide_broadcast,
)
from smartkampung.frontline.voice.actions.errors import (
    Decided,
    NobodyAgreed,
    NotYourArea,
    NotYours,
    OverTheCap,
    SaidBefore,
    Withdrawn,
)
from smartkampung.frontline.voice.models import Allowance, Announcement, Broadcast
from smartkampung.frontline.voice.queries.counting import count, purse_of
from smartkampung.frontline.voice.rules import broadcasting as rules
from smartkampung.frontline.voice.rules.broadcasting import State, Wording
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import WIB, now
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.actions import opt_out
from smartkampung.notify.adapters.fake import OUTBOX
from smartkampung.notify.models import Message
from smartkampung.residents.actions.consents import change_consent
from smartkampung.residents.models import Family
from smartkampung.residents.rules.consents import Purpose
from smartkampung.worklist.models import WorkItem
from smartkampung.worklist.queries import work_for
from tests.cast import FAR_AWAY, HERE, KECAMATAN, NEXT_DOOR, REGENCY, camat, staff
from tests.population import family, person
from tests.speaking import heads, rights, said

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 30, 9, 0, tzinfo=WIB)
MONTH = MORNING.date().replace(day=1)


@pytest.fixture(autouse=True)
def _day(settings: Settings) -> Any:
    settings.MESSAGES = "fake"
    OUTBOX.reset()
    with time_machine.travel(MORNING, tick=False):
        yield
    OUTBOX.reset()


def home(
    number: int, *, region: str = f"{HERE}.002.007", agrees: bool = True
) -> Family:
    """Make a family with a phone and somebody living there."""
    card = family(kk=None, region=region, phone=f"+62812000{number:05}")
    person(f"Warga {number}", household=card)
    if agrees:
        agree(card, given=True)
    return card


def agree(card: Family, *, given: bool) -> None:
    change_consent(
        family_id=card.pk, purpose=Purpose.AREA_NEWS, given=given, by="test", at=now()
    )


def spoken() -> tuple[Staff, Announcement]:
    """Let the head of the village say something that residents may read."""
    head = heads()["head"]
    return head, said(head, region_code=HERE, public=True)


def ask(by: Staff, row: Announcement, **changes: Any) -> Broadcast:
    told: dict[str, Any] = {"wording": Wording.NEWS, "region_code": HERE}
    told |= {"due_on": None, **changes}
    return ask_broadcast(announcement=row, by=rights(by), at=now(), **told)


def test_each_phone_that_agreed_hears_once_and_nobody_else() -> None:
    head, row = spoken()
    home(1)
    twin = family(kk=None, phone="+6281200000001")
    person("Kembar", household=twin)
    agree(twin, given=True)
    home(2, agrees=False)
    home(3, region=f"{NEXT_DOOR}.001.001")
    changed_mind, stopped = home(4), home(5)
    agree(changed_mind, given=False)
    assert stopped.phone is not None
    opt_out(phone=stopped.phone, through="sms", at=now())
    agree(family(kk=None, phone="+6281200000006"), given=True)  # nobody lives there
    sent = ask(head, row)
    run_waiting()
    assert (sent.families, sent.large, sent.cost) == (1, False, sent.parts * 350)
    (message,) = OUTBOX.sent
    assert message.to == "+6281200000001"
    sent.refresh_from_db()
    assert sent.state == State.SENT
    assert purse_of(HERE, month=MONTH).spent == sent.cost


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("wording", list(Wording))
def test_a_message_names_the_place_and_where_to_read_and_nobody(
    wording: Wording, language: str
) -> None:
    _head, row = spoken()
    home(1)
    counted = count(
        wording=wording, region_code=HERE, announcement_id=row.pk, due_on=MONTH
    )
    text = counted.texts[language]
    assert "Sumberwangi" in text
    assert f"/news/{row.pk}/" in text
    assert row.title not in text
    assert row.body not in text
    assert counted.parts <= 2


def test_who_withdraws_or_stops_before_it_goes_out_gets_nothing() -> None:
    head, row = spoken()
    cards = [home(number) for number in range(3)]
    with time_machine.travel(MORNING.replace(hour=21), tick=False) as clock:
        ask(head, row)
        run_waiting()
        assert OUTBOX.sent == [], "nobody is woken up"
        agree(cards[0], given=False)
        opt_out(phone=Sealed.of("+6281200000001", "phone"), through="sms", at=now())
        clock.shift(60 * 60 * 11)
        run_waiting()
    assert [message.to for message in OUTBOX.sent] == ["+6281200000002"]
    assert Message.objects.filter(state="unwanted").count() == 2


@pytest.fixture
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LARGE_FAMILIES", 1)


@pytest.mark.usefixtures("_large")
def test_what_reaches_many_is_allowed_by_somebody_else() -> None:
    endang = camat()
    heads()
    row = said(endang, public=True)
    home(1)
    home(2)
    waiting = ask(endang, row, region_code=KECAMATAN)
    assert (waiting.state, WorkItem.objects.get().kind) == (
        State.WAITING,
        "voice.approve_broadcast",
    )
    run_waiting()
    assert OUTBOX.sent == []
    assert not work_for(rights(endang), list(Permission)), "she asked for it herself"
    decide: dict[str, Any] = {"broadcast": waiting, "allowed": True, "at": now()}
    with pytest.raises(NotYours):
        decide_broadcast(**decide, by=rights(endang))
    colleague = staff("kadek", Role.KECAMATAN_OFFICER, KECAMATAN)
    with pytest.raises(NotYourArea):
        decide_broadcast(**decide, by=rights(heads_of_far_away()))
    decide_broadcast(**decide, by=rights(colleague))
    assert not WorkItem.objects.filter(closed_at=None).exists()
    with pytest.raises(Decided):
        decide_broadcast(**decide, by=rights(colleague))
    run_waiting()
    assert len(OUTBOX.sent) == 2


def heads_of_far_away() -> Staff:
    return staff("jauh", Role.KECAMATAN_OFFICER, "35.10.10")


@pytest.mark.closes("voice.approve_broadcast")
@pytest.mark.usefixtures("_large")
def test_refused_costs_nothing_and_can_be_asked_again() -> None:
    head, row = spoken()
    home(1)
    home(2)
    waiting = ask(head, row)
    with pytest.raises(SaidBefore):
        ask(head, row)
    decide_broadcast(
        broadcast=waiting, allowed=False, reason="x", by=rights(camat()), at=now()
    )
    assert purse_of(HERE, month=MONTH).spent == 0
    assert ask(head, row).state == State.WAITING


@pytest.mark.usefixtures("_large")
def test_withdrawn_meanwhile_is_not_sent() -> None:
    head, row = spoken()
    home(1)
    home(2)
    waiting = ask(head, row)
    withdraw(announcement=row, reason="Salah", by=rights(head), at=now())
    with pytest.raises(Withdrawn):
        decide_broadcast(broadcast=waiting, allowed=True, by=rights(camat()), at=now())
    with pytest.raises(Withdrawn):
        ask(head, row, wording=Wording.NEWS)


def test_nobody_pays_for_another_area_or_for_nobody() -> None:
    head, row = spoken()
    with pytest.raises(NobodyAgreed):
        ask(head, row)
    with pytest.raises(NotYourArea):
        ask(head, row, region_code=FAR_AWAY)


def test_broadcast_cost_within_cap() -> None:
    head, row = spoken()
    home(1)
    leader = staff("bupati", Role.LEADERSHIP, REGENCY)
    told: dict[str, Any] = {"purse": HERE, "month": MONTH, "at": now()}
    with pytest.raises(NotYourArea):
        change_cap(cap=1, by=rights(head), **told)
    change_cap(cap=100, by=rights(camat()), **told)
    with pytest.raises(OverTheCap):
        ask(head, row)
    assert not Broadcast.objects.exists(), "nothing is left of what is not paid"
    change_cap(cap=100_000, by=rights(leader), **told)
    sent = ask(head, row)
    with pytest.raises(OverTheCap):
        change_cap(cap=sent.cost - 1, by=rights(leader), **told)
    with pytest.raises(IntegrityError, match="broadcast_cost_within_cap"):
        Allowance.objects.update(spent=100_001)


def test_allowance_once() -> None:
    Allowance.objects.create(purse=HERE, month=MONTH, cap=1)
    with pytest.raises(IntegrityError, match="allowance_once"):
        Allowance.objects.create(purse=HERE, month=MONTH, cap=2)


def written(**changes: Any) -> Broadcast:
    _head, row = spoken()
    told: dict[str, Any] = {"announcement": row, "wording": Wording.NEWS}
    told |= {"region_code": HERE, "purse": HERE, "families": 1, "parts": 1, "cost": 1}
    told |= {"large": False, "state": State.SENT, "by": "ketut", "at": now()}
    return Broadcast.objects.create(**{**told, **changes})


@pytest.mark.parametrize("decided_by", ["", "ketut"])
def test_broadcast_large_needs_two(decided_by: str) -> None:
    with pytest.raises(IntegrityError, match="broadcast_large_needs_two"):
        written(large=True, decided_by=decided_by)


def test_broadcast_not_twice() -> None:
    first = written()
    first.pk = None
    with pytest.raises(IntegrityError, match="broadcast_not_twice"):
        first.save(force_insert=True)


def test_many_small_messages_of_a_day_are_a_large_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rules, "LARGE_FAMILIES", 2)
    head, row = spoken()
    home(1)
    home(2, region=f"{HERE}.001.001")
    home(3, region=f"{HERE}.001.001")
    first = ask(head, row, region_code=f"{HERE}.002")
    second = ask(head, row, region_code=f"{HERE}.001")
    assert (first.large, second.state) == (False, State.WAITING)
    third = ask(head, row, region_code=f"{HERE}.002", wording=Wording.MEETING)
    assert not third.large, "what waits for a colleague is counted by the colleague"
    again = ask(head, row, region_code=f"{HERE}.002", wording=Wording.HEALTH_POST)
    assert again.large, "other words to the same families count again"
    with time_machine.travel(MORNING.replace(month=12, day=1), tick=False):
        late = ask(head, row, region_code=f"{HERE}.002", wording=Wording.OFFICE_CLOSED)
    assert not late.large, "each day begins anew"


def test_that_a_warning_is_over_counts_as_no_message_of_the_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rules, "LARGE_FAMILIES", 1)
    head, row = spoken()
    home(1)
    ask(head, row, wording=Wording.NEWS)
    Broadcast.objects.update(wording=Wording.CALLED_OFF)
    assert not ask(head, row, wording=Wording.MEETING).large


def test_what_a_colleague_of_one_purse_sent_counts_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rules, "LARGE_COST", 699)
    endang, kadek = camat(), staff("kadek", Role.KECAMATAN_OFFICER, KECAMATAN)
    heads()
    row = said(endang, public=True)
    home(1)
    assert not ask(endang, row, wording=Wording.NEWS).large
    assert ask(kadek, row, wording=Wording.HEALTH_POST).large

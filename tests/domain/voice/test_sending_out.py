"""What was counted is a bound: of families, of money, and of what is given back."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from pytest_django import Settings

from smartkampung.accounts.models import Staff
from smartkampung.frontline.voice.actions import sending_out
from smartkampung.frontline.voice.actions.announcing import withdraw
from smartkampung.frontline.voice.actions.broadcasting import ask_broadcast
from smartkampung.frontline.voice.actions.sending_out import settle_broadcasts
from smartkampung.frontline.voice.models import Announcement, Broadcast
from smartkampung.frontline.voice.queries.counting import purse_of
from smartkampung.frontline.voice.rules.broadcasting import State, Wording
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import WIB, now
from smartkampung.notify.actions import ReceiptState, take_receipt
from smartkampung.notify.adapters.fake import NEXT, OUTBOX
from smartkampung.notify.models import Message
from smartkampung.residents.actions.consents import change_consent
from smartkampung.residents.rules.consents import Purpose
from tests.cast import HERE
from tests.population import family, person
from tests.speaking import heads, rights, said

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 30, 9, 0, tzinfo=WIB)
MONTH = MORNING.date().replace(day=1)
PRICES = {"sms": 350, "whatsapp": 350}


@pytest.fixture(autouse=True)
def _two_channels(settings: Settings) -> Iterator[None]:
    settings.MESSAGES, settings.MESSAGE_PRICES = "fake,fake_next", PRICES
    OUTBOX.reset()
    NEXT.reset()
    with time_machine.travel(MORNING, tick=False):
        yield
    OUTBOX.reset()
    NEXT.reset()


def home(number: int) -> None:
    card = family(kk=None, region=f"{HERE}.002.007", phone=f"+62812000{number:05}")
    person(f"Warga {number}", household=card)
    change_consent(
        family_id=card.pk, purpose=Purpose.AREA_NEWS, given=True, by="test", at=now()
    )


def spoken() -> tuple[Staff, Announcement]:
    """Let the head of the village say something that residents may read."""
    head = heads()["head"]
    return head, said(head, region_code=HERE, public=True)


def ask(by: Staff, row: Announcement) -> Broadcast:
    """Ask for a message to the village, which is small."""
    return ask_broadcast(
        announcement=row,
        wording=Wording.NEWS,
        region_code=HERE,
        due_on=None,
        by=rights(by),
        at=now(),
    )


def spent() -> int:
    return purse_of(HERE, month=MONTH).spent


def told(state: ReceiptState) -> None:
    """Let the service say what became of every message that it took."""
    for row in Message.objects.filter(state="sent").order_by("pk"):
        assert row.reference is not None
        take_receipt(
            reference=row.reference, channel=row.channel, state=state, at=now()
        )


def test_a_long_one_goes_out_in_parts_and_nobody_hears_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending_out, "PART", 2)
    head, row = spoken()
    for number in range(5):
        home(number)
    sent = ask(head, row)
    for _again in range(2):
        sending_out.send_part(broadcast_id=sent.pk, after="", at=now())
    run_waiting()
    sent.refresh_from_db()
    assert sent.state == State.SENT
    assert len({message.to for message in OUTBOX.sent}) == len(OUTBOX.sent) == 5


def test_no_more_families_hear_than_were_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending_out, "PART", 2)
    head, row = spoken()
    for number in range(3):
        home(number)
    sent = ask(head, row)
    for number in range(3, 6):
        home(number)  # agreed between the question and the sending
    run_waiting()
    sent.refresh_from_db()
    assert (len(OUTBOX.sent), sent.families, sent.state) == (3, 3, State.SENT)


def test_every_channel_is_paid_before_the_first_message() -> None:
    head, row = spoken()
    home(1)
    sent = ask(head, row)
    assert spent() == sent.cost == 2 * 350 * sent.parts
    run_waiting()
    told(ReceiptState.FAILED)
    run_waiting()
    told(ReceiptState.DELIVERED)
    assert Message.objects.get().cost == sent.cost, "dearest, and not above"
    assert settle_broadcasts(at=now()) == 1
    assert spent() == sent.cost


def test_what_was_not_used_goes_back_once_nothing_is_under_way() -> None:
    head, row = spoken()
    home(1)
    home(2)
    sent = ask(head, row)
    run_waiting()
    assert settle_broadcasts(at=now()) == 0, "a service may still say that it failed"
    told(ReceiptState.DELIVERED)
    assert [settle_broadcasts(at=now()), settle_broadcasts(at=now())] == [1, 0]
    sent.refresh_from_db()
    assert spent() == sent.used == sent.cost // 2


def test_after_five_days_nothing_is_waited_for_and_nothing_sent_again() -> None:
    head, row = spoken()
    home(1)
    sent = ask(head, row)
    run_waiting()
    assert settle_broadcasts(at=now() + timedelta(days=5)) == 2, (
        "and what offices heard"
    )
    assert spent() == sent.cost // 2
    with time_machine.travel(MORNING + timedelta(days=5), tick=False):
        told(ReceiptState.FAILED)
        run_waiting()
    assert Message.objects.get().state == "failed"
    assert NEXT.sent == []


def test_what_is_withdrawn_before_it_goes_costs_nothing() -> None:
    head, row = spoken()
    home(1)
    ask(head, row)
    withdraw(announcement=row, reason="Salah", by=rights(head), at=now())
    run_waiting()
    settle_broadcasts(at=now())
    assert (OUTBOX.sent, spent()) == ([], 0)

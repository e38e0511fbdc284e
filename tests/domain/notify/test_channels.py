"""Channels in order, what services say later, quiet hours, and phones that want none."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from pytest_django import Settings

from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import WIB, now
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.notify.actions import (
    ReceiptState,
    opt_in,
    opt_out,
    send,
    take_receipt,
)
from smartkampung.notify.adapters.fake import NEXT, OUTBOX
from smartkampung.notify.models import Message, OptOut
from smartkampung.notify.queries import has_opted_out, phones_opted_out
from smartkampung.notify.rules import reference_of

pytestmark = pytest.mark.django_db
PHONE = "+6281234500001"
FIRST, SECOND = "fake", "fake_next"


@pytest.fixture(autouse=True)
def _two_channels(settings: Settings) -> Iterator[None]:
    settings.MESSAGES = f"{FIRST}, {SECOND}"
    OUTBOX.reset()
    NEXT.reset()
    yield
    OUTBOX.reset()
    NEXT.reset()


def wayan() -> Sealed:
    return Sealed.of(PHONE, "phone")


def sent(key: str = "news/1", **options: Any) -> Message:
    """Send a message and let the jobs run; return the row."""
    send(key=key, to=wayan(), template="news", **options)
    run_waiting()
    return Message.objects.get(key=key)


def told(state: ReceiptState, channel: str = "", key: str = "news/1") -> bool:
    reference = reference_of(key)
    return take_receipt(reference=reference, channel=channel, state=state, at=now())


def test_a_refused_phone_is_reached_over_the_next_channel() -> None:
    OUTBOX.refuses.add(PHONE)
    row = sent()
    assert (row.state, row.channel, row.refused_by) == ("sent", SECOND, [FIRST])
    assert len(NEXT.sent) == 1


def test_a_channel_that_is_down_holds_nothing_up() -> None:
    OUTBOX.down = True
    assert sent().channel == SECOND
    NEXT.down = True
    row = sent("news/2")
    assert (row.state, row.error) == ("queued", "down")


def test_whom_no_channel_reaches_is_told_as_failed() -> None:
    OUTBOX.refuses.add(PHONE)
    NEXT.refuses.add(PHONE)
    row = sent()
    assert (row.state, row.tries, row.cost) == ("failed", 1, 0)


def test_a_receipt_says_delivered_once_and_for_all() -> None:
    assert sent().parts == 1
    assert told(ReceiptState.DELIVERED)
    row = Message.objects.get()
    assert (row.state, row.delivered_at is not None) == ("delivered", True)
    assert told(ReceiptState.FAILED), "late, and the other way round"
    assert Message.objects.get().state == "delivered"
    assert not told(ReceiptState.DELIVERED, key="nobody knows this one")


def test_what_did_not_arrive_goes_out_over_the_next_channel_and_costs_twice() -> None:
    price = sent().cost
    told(ReceiptState.FAILED, FIRST)
    run_waiting()
    row = Message.objects.get()
    assert (row.state, row.channel, row.cost) == ("sent", SECOND, price * 2)
    told(ReceiptState.FAILED, FIRST)
    assert Message.objects.get().state == "sent", "that channel was left before"
    told(ReceiptState.DELIVERED)
    assert Message.objects.get().state == "sent", "of which of two channels?"
    told(ReceiptState.FAILED, SECOND)
    assert Message.objects.get().state == "failed"


def test_after_three_days_nothing_goes_out_again() -> None:
    sent()
    Message.objects.update(queued_at=now() - timedelta(days=3, minutes=1))
    told(ReceiptState.FAILED)
    assert Message.objects.get().state == "failed"


def test_a_code_that_is_over_is_not_sent_again() -> None:
    context = {"minutes": 15}
    send(key="code", to=wayan(), template="code", secret="471108", context=context)
    run_waiting()
    Message.objects.update(queued_at=now() - timedelta(minutes=16))
    told(ReceiptState.FAILED, key="code")
    assert Message.objects.get().state == "failed"


def test_message_reference_once() -> None:
    row = sent()
    with pytest.raises(IntegrityError, match="message_reference_once"):
        Message.objects.create(
            key="other",
            address=wayan(),
            template="news",
            queued_at=now(),
            reference=row.reference,
        )


def test_a_phone_that_said_stop_gets_only_what_was_asked_for() -> None:
    for _twice in range(2):
        opt_out(phone=wayan(), through="sms", at=now())
    assert has_opted_out(wayan())
    assert sent("news", wish="news_messages:family:1").state == "unwanted"
    assert sent("answer").state == "sent"
    opt_in(phone=wayan())
    assert not has_opted_out(wayan())
    assert sent("later", wish="news_messages:family:1").state == "sent"


def test_a_stop_to_one_purpose_ends_nothing_else() -> None:
    opt_out(phone=wayan(), through="sms", at=now(), purpose="area_news")
    assert sent("meeting", wish="area_news:family:1").state == "unwanted"
    assert sent("hand-over", wish="news_messages:family:1").state == "sent"
    assert list(phones_opted_out("news_messages")) == []
    opt_out(phone=wayan(), through="sms", at=now())
    assert sent("later", wish="news_messages:family:1").state == "unwanted"


def test_a_stop_meets_messages_that_wait() -> None:
    send(key="a", to=wayan(), template="news", wish="news_messages:family:1")
    opt_out(phone=wayan(), through="sms", at=now())
    run_waiting()
    assert OUTBOX.sent == []


def test_opt_out_once() -> None:
    opt_out(phone=wayan(), through="sms", at=now())
    with pytest.raises(IntegrityError, match="opt_out_once"):
        OptOut.objects.create(
            phone=wayan(),
            phone_index=blind_index(PHONE, "phone"),
            since=now(),
            through="sms",
        )


def test_nobody_is_woken_up_but_a_code_comes_at_once() -> None:
    night = datetime(2026, 11, 30, 21, 15, tzinfo=WIB)
    with time_machine.travel(night, tick=False) as clock:
        assert sent("news", by_day=True).state == "queued"
        assert sent("code").state == "sent"
        clock.move_to(night.replace(day=1, month=12, hour=6, minute=59))
        assert run_waiting() == 0
        clock.move_to(night.replace(day=1, month=12, hour=7, minute=0))
        run_waiting()
    assert Message.objects.get(key="news").state == "sent"


def test_a_try_that_failed_in_the_evening_waits_for_the_morning() -> None:
    evening = datetime(2026, 11, 30, 19, 59, 40, tzinfo=WIB)
    OUTBOX.down = NEXT.down = True
    with time_machine.travel(evening, tick=False) as clock:
        sent("news", by_day=True)
        OUTBOX.reset()
        clock.shift(timedelta(minutes=5))
        run_waiting()
        assert Message.objects.get().state == "queued"
        clock.shift(timedelta(hours=11))
        run_waiting()
    assert Message.objects.get().state == "sent"


def test_a_service_is_told_a_name_of_the_message_and_not_its_key() -> None:
    assert isinstance(sent().reference, uuid.UUID)

"""Messages: queued with the change, sent once, patient when the service is down."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection
from pytest_django import Settings

from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import now
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.actions import deliver, end_silence, send, silence
from smartkampung.notify.adapters.fake import OUTBOX
from smartkampung.notify.models import Message
from smartkampung.notify.queries import counts_by_state, demo_inbox

PHONE = "+6281234500001"


@pytest.fixture(autouse=True)
def _fake_service(settings: Settings) -> Iterator[None]:
    settings.MESSAGES = "fake"
    OUTBOX.reset()
    yield
    OUTBOX.reset()


def wayan() -> Sealed:
    return Sealed.of(PHONE, "phone")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "kode Anda 471108. Berlaku 15 menit"), ("en", "your code is 471108")],
)
def test_a_person_is_told_in_their_language(language: str, words: str) -> None:
    send(
        key="code/1",
        to=wayan(),
        template="code",
        secret="471108",
        context={"minutes": 15},
        language=language,
    )
    assert OUTBOX.sent == []
    run_waiting()
    (sent,) = OUTBOX.sent
    assert (sent.to, sent.key) == (PHONE, "code/1")
    assert words in sent.text
    assert counts_by_state()["sent"] == 1


@pytest.mark.django_db
def test_message_queued_once() -> None:
    for _ in range(2):
        send(key="news/1", to=wayan(), template="news")
    run_waiting()
    assert len(OUTBOX.sent) == 1
    with pytest.raises(IntegrityError, match="message_queued_once"):
        Message.objects.create(
            key="news/1", address=wayan(), template="news", queued_at=now()
        )


@pytest.mark.django_db
def test_a_job_run_again_sends_nothing_more() -> None:
    message = send(key="news/1", to=wayan(), template="news")
    assert message is not None
    run_waiting()
    OUTBOX.sent.clear()
    deliver(message_id=message.pk, at=now())
    assert OUTBOX.sent == []


@pytest.mark.django_db
def test_a_person_without_a_phone_is_told_at_the_village() -> None:
    assert send(key="news/1", to=None, template="news") is None
    assert not Message.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["name", "programme", "symptom", "nik"])
def test_a_message_may_not_name_anything(word: str) -> None:
    with pytest.raises(ValueError, match=word):
        send(key="k", to=wayan(), template="news", context={word: "Wayan"})


@pytest.mark.django_db
def test_an_unwanted_message_is_not_sent_until_it_is_wanted_again() -> None:
    for _twice in range(2):
        silence(wish="news:1", at=now())
    for key, wish in (("a", "news:1"), ("b", "news:2"), ("c", "")):
        send(key=key, to=wayan(), template="news", wish=wish)
    run_waiting()
    assert [sent.key for sent in OUTBOX.sent] == ["b", "c"]
    assert counts_by_state()["unwanted"] == 1
    end_silence(wish="news:1")
    send(key="d", to=wayan(), template="news", wish="news:1")
    run_waiting()
    assert [sent.key for sent in OUTBOX.sent] == ["b", "c", "d"]


@pytest.mark.slow
@pytest.mark.django_db
def test_a_service_down_for_four_hours_loses_nothing_and_refuses_nothing() -> None:
    start = now()
    OUTBOX.down = True
    with time_machine.travel(start, tick=False) as clock:
        for number in range(10):
            send(key=f"news/{number}", to=wayan(), template="news")
        for _minute in range(240):
            run_waiting()
            clock.shift(timedelta(minutes=1))
        assert counts_by_state()["queued"] == 10
        OUTBOX.down = False
        for _minute in range(17):
            run_waiting()
            clock.shift(timedelta(minutes=1))
    assert sorted(sent.key for sent in OUTBOX.sent) == sorted(
        f"news/{number}" for number in range(10)
    )
    assert counts_by_state()["sent"] == 10
    # 30 s, 1, 2, 4, 8 and then every 15 minutes: patient, not a hammer.
    assert max(Message.objects.values_list("tries", flat=True)) < 30


@pytest.mark.django_db
def test_after_three_days_a_message_is_given_up_and_says_why() -> None:
    message = send(key="news/1", to=wayan(), template="news")
    assert message is not None
    OUTBOX.down = True
    deliver(message_id=message.pk, at=now() + timedelta(days=3, minutes=1))
    message.refresh_from_db()
    assert (message.state, message.error) == ("failed", "down")


@pytest.mark.django_db
def test_a_refused_address_is_not_tried_again() -> None:
    OUTBOX.refuses.add(PHONE)
    send(key="news/1", to=wayan(), template="news")
    assert run_waiting() == 1
    assert counts_by_state()["failed"] == 1


@pytest.mark.django_db
def test_the_inbox_is_for_the_demo_only(settings: Settings) -> None:
    send(
        key="code/1",
        to=wayan(),
        template="code",
        secret="471108",
        context={"minutes": 15},
    )
    settings.DEMO = False
    with pytest.raises(RuntimeError):
        demo_inbox()
    settings.DEMO = True
    (letter,) = demo_inbox()
    assert letter.to == "••••••••••0001"
    assert "471108" in letter.text


@pytest.mark.django_db
def test_neither_phone_nor_code_is_readable_in_the_tables() -> None:
    send(
        key="code/1",
        to=wayan(),
        template="code",
        secret="471108",
        context={"minutes": 15},
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT m::text FROM notify_message m")
        shown = "".join(str(row) for row in cursor.fetchall())
    for plain in (PHONE, "471108"):
        assert plain not in shown
        assert plain.encode().hex() not in shown

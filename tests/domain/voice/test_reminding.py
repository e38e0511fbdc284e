"""Who has not answered is reminded, a few times and by day."""

from datetime import datetime, timedelta

import pytest
import time_machine

from smartkampung.accounts.models import Staff
from smartkampung.frontline.voice.actions.reading import acknowledge
from smartkampung.frontline.voice.actions.reminding import remind_readers
from smartkampung.frontline.voice.rules.asking import Ask
from smartkampung.kernel.clock import WIB, now
from smartkampung.notify.models import Message
from tests.cast import camat
from tests.speaking import heads, rights, said

pytestmark = pytest.mark.django_db
SAID = datetime(2026, 11, 30, 9, 0, tzinfo=WIB)


def test_the_silent_are_reminded_once_that_day_and_by_nobodys_name() -> None:
    with time_machine.travel(SAID, tick=False) as clock:
        endang, people = camat(), heads()
        Staff.objects.update(email="kantor@desa.example")
        Staff.objects.filter(username="nengah").update(email="")
        row = said(endang, asks=Ask.ACKNOWLEDGE)
        said(endang, title="just to read")
        acknowledge(announcement=row, by=rights(people["head"]), at=now())
        assert remind_readers(at=now()) == 0
        clock.shift(timedelta(days=2))
        assert remind_readers(at=now()) == 1
        assert remind_readers(at=now()) == 0, "run again"
    message = Message.objects.get()
    assert (message.template, message.by_day, message.context) == (
        "staff_news",
        True,
        {"link": f"http://localhost:8000/staff/news/{row.pk}/"},
    )

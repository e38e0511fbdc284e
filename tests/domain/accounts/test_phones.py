"""The own phone of an officer: theirs once a code came back, and quiet when they say."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError

from smartkampung.accounts.actions.phones import (
    NotProven,
    TooManyPhoneCodes,
    ask_phone_code,
    change_wish,
    forget_phone,
    heard_from,
    prove_phone,
    write_phone_down,
)
from smartkampung.accounts.models import OfficerPhone, Staff
from smartkampung.accounts.queries.phones import (
    has_stopped_all,
    numbers_to_call,
    own_phone,
    phones_of,
)
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import WIB, now
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.actions import opt_in, opt_out
from smartkampung.notify.models import Message
from tests.cast import RT_HERE, staff
from tests.speaking import NUMBER, with_phone

pytestmark = pytest.mark.django_db
PHONE = Sealed.of(NUMBER, "phone")


@pytest.fixture
def made() -> Staff:
    return staff("made", Role.RT_HEAD, RT_HERE, name="Made Artha")


def code_sent() -> str:
    message = Message.objects.latest("pk")
    assert message.secret is not None
    return str(message.secret.open())


def reached(one: Staff) -> bool:
    return one.pk in phones_of([one.pk])


def test_a_number_is_theirs_once_its_code_came_back(made: Staff) -> None:
    ask_phone_code(staff=made, number=NUMBER, at=now())
    code = code_sent()
    wrong = "000000" if code != "000000" else "111111"
    assert not prove_phone(staff=made, number=NUMBER, code=wrong, at=now())
    assert not prove_phone(staff=made, number="+6281200000009", code=code, at=now())
    assert own_phone(made) is None
    assert prove_phone(staff=made, number=NUMBER, code=code, at=now())
    assert not prove_phone(staff=made, number=NUMBER, code=code, at=now()), "spent"
    assert reached(made)
    assert numbers_to_call([made.pk]) == {made.pk: NUMBER}


def test_codes_do_not_rain_on_a_stranger(made: Staff) -> None:
    with time_machine.travel(datetime(2026, 11, 30, 9, 0, tzinfo=WIB)) as clock:
        for _time in range(6):
            ask_phone_code(staff=made, number=NUMBER, at=now())
            clock.shift(timedelta(minutes=1))
        with pytest.raises(TooManyPhoneCodes):
            ask_phone_code(staff=made, number=NUMBER, at=now())


def test_a_no_holds_until_the_next_yes(made: Staff) -> None:
    with_phone(made)
    change_wish(staff=made, wants=False, at=now())
    assert not reached(made)
    assert numbers_to_call([made.pk]), "a call is no message"
    change_wish(staff=made, wants=True, at=now())
    assert reached(made)


def test_stop_from_the_phone_ends_it_and_mulai_begins_it(made: Staff) -> None:
    with_phone(made)
    assert heard_from(phone=PHONE, wants=False, at=now()) == 1
    assert heard_from(phone=PHONE, wants=False, at=now()) == 0
    assert not reached(made)
    assert heard_from(phone=PHONE, wants=True, at=now()) == 1
    assert reached(made)


def test_stop_of_everything_holds_for_an_officer_too(made: Staff) -> None:
    with_phone(made)
    opt_out(phone=PHONE, through="sms", at=now())
    row = own_phone(made)
    assert row is not None
    assert has_stopped_all(row)
    assert not reached(made)
    opt_in(phone=PHONE)
    assert reached(made)


def test_a_number_that_somebody_wrote_down_is_called_and_never_written_to(
    made: Staff,
) -> None:
    write_phone_down(staff=made, number=NUMBER, by="ketut", at=now())
    assert numbers_to_call([made.pk]) == {made.pk: NUMBER}
    assert not reached(made)
    with pytest.raises(NotProven):
        change_wish(staff=made, wants=True, at=now())
    with_phone(made)
    write_phone_down(staff=made, number="+6281200000009", by="ketut", at=now())
    assert numbers_to_call([made.pk]) == {made.pk: NUMBER}, "their own stays"


def test_a_forgotten_number_is_gone(made: Staff) -> None:
    with_phone(made)
    forget_phone(staff=made, by="made", at=now())
    forget_phone(staff=made, by="made", at=now())
    assert not numbers_to_call([made.pk])


def test_officer_phone_proven_before_messages(made: Staff) -> None:
    write_phone_down(staff=made, number=NUMBER, by="ketut", at=now())
    with pytest.raises(IntegrityError, match="officer_phone_proven_before_messages"):
        OfficerPhone.objects.update(wants=True)

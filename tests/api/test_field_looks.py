"""The daily look at somebody in isolation, from a phone without a network."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from smartkampung.frontline.field.models import Record
from smartkampung.isolation.models import Check, Reading
from smartkampung.isolation.monitoring.rules.health import Told
from smartkampung.kernel.rls import Kind, act_as
from tests import cast, watching
from tests.fieldwork import Phone, phone_of
from tests.watching import on_day

pytestmark = pytest.mark.django_db


def record() -> Record:
    act_as(Kind.JOB)
    return Record.objects.latest("pk")


LOOK = {
    "outcome": "seen",
    "state": "unwell",
    "temperature": 38.5,
    "symptoms": ["fever"],
}


def a_look(phone: Phone, number: int, **more: Any) -> dict[str, Any]:
    return phone.form("isolation.check", f"isolation.obligation:{number}", LOOK, **more)


def test_a_look_is_taken_at_the_moment_when_it_was_made() -> None:
    look = watching.due(watching.present(), at=on_day(2))
    with time_machine.travel(on_day(2, 11), tick=False):
        phone = phone_of(cast.dr_ratna())
        [item] = phone.call("GET", "caseload").json()["items"]
        assert item["target"] == f"isolation.obligation:{look.pk}"
        # "Spoken to by phone" is an answer, also where there is no network to ask in.
        party = look.stay.reservation
        assert item["phone"] == (party.phone.open() if party.phone else "")
        assert item["address"]
        saved = (phone.time - timedelta(hours=2)).isoformat()
        assert phone.send_one(a_look(phone, look.pk, saved_at=saved))["state"] == "done"
    act_as(Kind.JOB)
    assert Check.objects.get().at == on_day(2, 9)
    assert Reading.objects.get().symptoms == ["fever"]
    assert record().health


def test_the_evening_look_is_on_the_phone_before_the_network_goes() -> None:
    stay = watching.present()
    ratna = cast.dr_ratna()
    ill = Told(unwell=True)
    watching.look(stay, watching.rights(ratna), at=on_day(1), told=ill)
    watching.due(stay, at=on_day(2))
    with time_machine.travel(on_day(2, 9), tick=False):
        phone = phone_of(ratna)
        day, evening = phone.call("GET", "caseload").json()["items"]
    assert (day["urgent"], evening["urgent"]) == (True, False)
    assert evening["title"]["en"] == "Evening look"
    assert "from 15:00 WIB" in evening["note"]["en"]
    assert "mulai 15.00 WIB" in evening["note"]["id"]
    number = int(evening["target"].rpartition(":")[2])
    with time_machine.travel(on_day(2, 19), tick=False):
        saved = on_day(2, 16).isoformat()
        assert phone.send_one(a_look(phone, number, saved_at=saved))["state"] == "done"


def test_a_look_that_arrives_after_its_day_is_for_a_colleague() -> None:
    look = watching.due(watching.present(), at=on_day(2))
    with time_machine.travel(on_day(3, 8), tick=False):
        phone = phone_of(cast.dr_ratna())
        form = a_look(phone, look.pk, saved_at=on_day(2, 9).isoformat())
        receipt = phone.send_one(form)
    assert (receipt["state"], receipt["code"]) == ("review", "late")
    assert not Check.objects.exists()


def test_nobody_is_let_go_by_phone() -> None:
    look = watching.due(watching.present(), at=on_day(14))
    with time_machine.travel(on_day(14), tick=False):
        phone = phone_of(cast.dr_ratna())
        [item] = phone.call("GET", "caseload").json()["items"]
        offered = [value for value, _words in item["form"]["choices"]["outcome"]]
        assert "called" not in offered
        called = {**LOOK, "outcome": "called"}
        receipt = phone.send_one({**a_look(phone, look.pk), "body": called})
    assert set(receipt["errors"]) == {"outcome"}

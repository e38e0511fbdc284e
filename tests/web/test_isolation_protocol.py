"""The page of the protocol: Dinkes writes the next version, another official confirms."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.isolation.models import Protocol
from smartkampung.isolation.protocol import queries
from smartkampung.isolation.protocol.rules import Kind
from smartkampung.web.isolation_care.protocolforms import FORMS
from tests import cast
from tests.watching import on_day

pytestmark = pytest.mark.django_db
PAGE = "/staff/isolation/care/protocol/"
SOURCE = {
    "since": "2020-06-10",
    "legal_reference": "Keputusan Bupati",
    "source_url": "https://example.id/keputusan",
}


@pytest.fixture(autouse=True)
def first_day() -> Iterator[None]:
    with time_machine.travel(on_day(1), tick=False):
        yield


def dinkes(name: str) -> Client:
    account = cast.staff(name, Role.DINKES, cast.REGENCY, name=name.title())
    return cast.sign_in(cast.english(Client()), account)


def written(kind: str) -> int:
    return Protocol.objects.filter(kind=kind).exclude(by="seed").count()


def test_ketut_writes_new_limits_and_putu_confirms_them() -> None:
    ketut = dinkes("ketut")
    shown = ketut.get(PAGE).content.decode()
    assert "Fever from 38.0 °C" in shown
    assert "Puskesmas officer, within 2 hours; then Health office" in shown
    assert "no official has confirmed it yet" in shown
    told = SOURCE | {"fever": "37.5", "spo2": "94"}
    done = ketut.post(f"{PAGE}limits/", told, follow=True).content.decode()
    assert "Fever from 37.5 °C" in done
    assert "from a later day" in done
    row = Protocol.objects.get(kind="limits", by="ketut")
    confirm = f"{PAGE}{row.pk}/confirm/"
    assert confirm not in done, "not by who wrote it"
    refused = ketut.post(confirm, follow=True).content.decode()
    assert "Somebody else than the writer" in refused
    putu = dinkes("putu")
    assert confirm in putu.get(PAGE).content.decode()
    assert "confirmed by Putu" in putu.post(confirm, follow=True).content.decode()


@pytest.mark.parametrize("kind", list(Kind))
def test_each_form_begins_with_what_holds_and_can_be_sent_back(kind: Kind) -> None:
    client = dinkes("ketut")
    page = client.get(f"{PAGE}{kind}/")
    assert page.status_code == 200
    body = queries.in_force(kind, on_day(1).date()).body
    told = SOURCE | FORMS[kind].initial_of(body)
    assert client.post(f"{PAGE}{kind}/", told).status_code == 302
    row = Protocol.objects.get(kind=kind, by="ketut")
    assert row.body == body


@pytest.mark.parametrize(
    ("kind", "told", "status", "words"),
    [
        ("limits", {"fever": "41", "spo2": "94"}, 422, "between 37.0 and 39.5"),
        ("limits", {"fever": "x", "spo2": ""}, 422, "between 85 and 98"),
        ("limits", {"fever": "38", "spo2": "94", "source_url": "x"}, 422, "https"),
        (
            "limits",
            {"fever": "38", "spo2": "94", "since": "2020-06-04"},
            409,
            "tomorrow or a later day",
        ),
        ("clocks", {"exit_grace_hours": "100"}, 422, "1 and 72 hours"),
        ("classes", {"classes": "otg | OTG | contact"}, 422, "four parts"),
        ("classes", {"classes": "otg | OTG | OTG | sick"}, 422, "other, contact"),
        ("ladder", {"again_after": "2"}, 422, "who is told first"),
    ],
)
def test_what_cannot_hold_is_said(
    kind: str, told: dict[str, str], status: int, words: str
) -> None:
    answer = dinkes("ketut").post(f"{PAGE}{kind}/", SOURCE | told)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not written(kind)


def test_everybody_of_isolation_reads_it_and_only_dinkes_writes() -> None:
    babinsa = cast.staff("one", Role.BABINSA, cast.HERE)
    client = cast.sign_in(cast.english(Client()), babinsa)
    shown = client.get(PAGE).content.decode()
    assert "Close contact" in shown
    assert "Write the next version" not in shown
    assert client.get(f"{PAGE}limits/").status_code == 403
    assert client.post(f"{PAGE}1/confirm/").status_code == 403
    assert dinkes("ketut").get(f"{PAGE}weather/").status_code == 404

"""dr. Ratna looks at what was told to SATUSEHAT, sends again, and takes a file out."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import Settings

from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Event
from smartkampung.isolation.exchange.checking import faults
from smartkampung.isolation.exchange.models import Outgoing
from smartkampung.isolation.models import Stay
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed
from tests import cast
from tests.isolating import WAYAN_NIK
from tests.watching import on_day, present

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_day")]
LINE = "/staff/isolation/exchange/"


@pytest.fixture
def third_day() -> Iterator[None]:
    with time_machine.travel(on_day(3), tick=False):
        yield


@pytest.fixture
def wayan() -> Stay:
    """Wayan, of whom the other system took nothing yet."""
    return present(name="Wayan", nik=Sealed.of(WAYAN_NIK, "nik"))


@pytest.fixture
def ratna() -> Client:
    return cast.sign_in(cast.english(Client()), cast.dr_ratna())


def told(stay: Stay, state: str, trouble: str = "", **fields: Any) -> Outgoing:
    act_as(Kind.JOB)
    answered = None if state == "waiting" else on_day(2, 3)
    return Outgoing.objects.create(
        stay=stay,
        state=state,
        trouble=trouble,
        queued_at=on_day(2),
        queued_by="fhir",
        answered_at=answered,
        tries=1,
        **fields,
    )


def reads(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_she_sees_what_waits_and_why_something_was_refused(
    wayan: Stay, ratna: Client
) -> None:
    told(wayan, "refused", "http_422")
    told(wayan, "waiting", "ConnectTimeoutError")
    page = reads(ratna.get(LINE))
    assert "It finds a fault in what we tell of this stay." in page
    assert "It cannot be reached." in page
    assert "No other system is named here" in page
    only = reads(ratna.get(LINE, {"show": "refused"}))
    assert "It finds a fault" in only
    assert "It cannot be reached." not in only
    assert ratna.get(LINE, {"show": "nonsense", "page": "x"}).status_code == 200


def test_she_sends_a_stay_again(wayan: Stay, ratna: Client, settings: Settings) -> None:
    url = f"{LINE}stays/{wayan.pk}/send/"
    nobody = ratna.post(url, follow=True)
    assert "No other system is named." in reads(nobody)
    settings.FHIR_URL = "http://127.0.0.1:9/"
    for _twice in range(2):
        sent = ratna.post(url, follow=True)
        assert "It stands in line, and goes out soon." in reads(sent)
    act_as(Kind.JOB)
    row = Outgoing.objects.get()
    assert (row.state, row.queued_by) == ("waiting", "ratna")
    assert ratna.get(url).status_code == 405


def test_the_file_is_fhir_and_who_took_it_is_written_down(
    wayan: Stay, ratna: Client
) -> None:
    url = f"{LINE}stays/{wayan.pk}/"
    assert WAYAN_NIK not in reads(ratna.get(url))
    empty = ratna.post(url, {"reason": " "})
    assert empty.status_code == 422
    assert "Write what the file is for." in reads(empty)
    answer = ratna.post(url, {"reason": "diminta RSUD"})
    assert answer.headers["Content-Type"] == "application/fhir+json"
    assert f"stay-{wayan.pk}.fhir.json" in answer.headers["Content-Disposition"]
    bundle = json.loads(answer.content)
    assert faults(bundle) == []
    assert WAYAN_NIK in reads(answer)
    act_as(Kind.JOB)
    event = Event.objects.get(name="isolation.exported")
    assert (event.by, event.detail) == ("ratna", {"reason": "diminta RSUD"})


@pytest.mark.parametrize("role", [Role.BABINSA, Role.VILLAGE_HEAD, Role.LEADERSHIP])
def test_who_is_no_health_worker_finds_no_such_page(wayan: Stay, role: Role) -> None:
    other = cast.sign_in(Client(), cast.staff("other", role, cast.HERE))
    assert other.get(LINE).status_code == 403
    assert other.get(f"{LINE}stays/{wayan.pk}/").status_code == 403


def test_a_stay_elsewhere_is_not_found(wayan: Stay) -> None:
    far = cast.staff("far", Role.DINKES, cast.FAR_AWAY)
    told(wayan, "refused", "http_422")
    client = cast.sign_in(Client(), far)
    assert "Wayan" not in reads(client.get(LINE))
    for url in (f"{LINE}stays/{wayan.pk}/", f"{LINE}stays/{wayan.pk}/send/"):
        assert client.post(url, {"reason": "x"}).status_code == 404

"""Every page of isolation that shows somebody of the registry writes the look down."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Access
from smartkampung.isolation.arrival.actions.leaving import report_left
from smartkampung.isolation.models import DischargeLetter, Escalation, Reservation
from smartkampung.residents.models import Person
from smartkampung.web.isolation_arrival import urls as arrival
from smartkampung.web.isolation_exchange import urls as exchange
from smartkampung.web.isolation_houses import urls as houses
from smartkampung.web.isolation_monitoring import urls as monitoring
from tests import arriving, cast, population, watching
from tests.cast import HERE
from tests.isolating import a_house, a_reservation, a_stay, days

pytestmark = pytest.mark.django_db
NAME = "Sudarma"
PAGES = [
    f"{urls.app_name}:{pattern.name}"
    for urls in (arrival, exchange, houses, monitoring)
    for pattern in urls.urlpatterns
    if isinstance(pattern, URLPattern)
]
# Without these the test would look at nothing.
SURELY_SHOW = {
    "isolation_arrival:arrivals",
    "isolation_arrival:party",
    "isolation_arrival:door",
    "isolation_arrival:hub",
    "isolation_arrival:check_in",
    "isolation_arrival:people",
    "isolation_arrival:person",
    "isolation_arrival:departure",
    "isolation_exchange:stay",
    "isolation_houses:move",
    "isolation_monitoring:today",
    "isolation_monitoring:look",
    "isolation_monitoring:stay",
    "isolation_monitoring:decide",
    "isolation_monitoring:class",
    "isolation_monitoring:alerts",
    "isolation_monitoring:alert",
}


@pytest.fixture(autouse=True)
def third_day() -> Iterator[None]:
    """Let pages be opened on the morning of the third day."""
    with time_machine.travel(watching.on_day(3), tick=False):
        yield


@pytest.fixture
def wayan() -> Person:
    return population.wayan()


def the_keys(wayan: Person) -> dict[str, Any]:
    """Let Wayan be present and gone, and be expected with another party; the arguments."""
    stay = watching.present(name=NAME, person=wayan)
    due = watching.due(stay, at=watching.on_day(3))
    babinsa = arriving.rights(cast.staff("rudi", Role.BABINSA, HERE))
    gone = report_left(stay=stay, words="Pergi.", by=babinsa, at=watching.on_day(3))
    coming = expected(wayan)
    return {
        "stay_id": stay.pk,
        "obligation_id": due.pk,
        "departure_id": gone.pk,
        "escalation_id": Escalation.objects.get(trigger="left").pk,
        "house_id": stay.reservation.house_id,
        "party_id": coming.pk,
        "reservation_id": coming.pk,
        "key": str(coming.pk),
    }


def expected(wayan: Person) -> Reservation:
    arrives = watching.on_day(4).date()
    party = a_reservation(a_house("Rumah Singgah"), arrives_on=arrives)
    a_stay(party, name=NAME, person=wayan, during=days(arrives))
    return party


def officers() -> list[Client]:
    """Sign in dr. Ratna, Sari, a village head and a Bhabinkamtibmas."""
    accounts: list[Staff] = [
        cast.dr_ratna(),
        cast.sari(),
        cast.staff("kades", Role.VILLAGE_HEAD, HERE),
        cast.staff("polisi", Role.BHABINKAMTIBMAS, HERE),
    ]
    return [cast.sign_in(Client(), account) for account in accounts]


def looks_at(person: Person) -> int:
    return Access.objects.filter(person_id=person.pk).count()


def test_every_page_which_shows_a_person_writes_the_look_down(wayan: Person) -> None:
    keys, clients = the_keys(wayan), officers()
    silent, shown = [], set()
    for name in PAGES:
        for client in clients:
            before = looks_at(wayan)
            if NAME in opened(client, name, keys):
                shown.add(name)
                silent += [name] if looks_at(wayan) == before else []
    assert silent == []
    assert shown >= SURELY_SHOW


def opened(client: Client, name: str, keys: dict[str, Any]) -> str:
    """Return what a page says to who may open it; nothing where it needs other keys."""
    for names in ((), *((key,) for key in keys), ("house_id", "stay_id")):
        try:
            url = reverse(name, kwargs={key: keys[key] for key in names})
        except NoReverseMatch:
            continue
        answer = client.get(url)
        return answer.content.decode() if answer.status_code == 200 else ""
    return ""


def test_a_printed_letter_is_a_look_too(wayan: Person) -> None:
    doctor = cast.dr_ratna()
    from_ratna = cast.sign_in(Client(), doctor)
    stay = watching.present(name=NAME, person=wayan)
    DischargeLetter.objects.create(
        stay=stay,
        since=stay.during.lower,
        until=stay.during.upper,
        issued_by=doctor,
        issued_at=watching.on_day(3),
    )
    page = from_ratna.get(reverse("isolation_monitoring:letter", args=[stay.pk]))
    assert page.status_code == 200
    assert looks_at(wayan) == 1

"""A canary walks through every flow; afterwards no dump, log, address or list holds it.

Looked for as typed, in groups of four, and as bytes in hexadecimal and base64: the
shapes in which a number would stand in a dump if somebody had forgotten to seal it.
"""

import base64
import re
import subprocess
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client

from smartkampung.cli.binaries import account_for, programs
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import now
from smartkampung.residents.bulk import FamilyRow, PersonRow, load_people
from smartkampung.residents.models import Person
from tests import cast
from tests.contests import contested
from tests.database import HOME
from tests.isolating import a_house
from tests.owndata import enter
from tests.reporting import (
    FAMILY_PHONE,
    NOON,
    REPORTER_PHONE,
    WAYAN_BORN,
    WAYAN_KK,
    WAYAN_NIK,
    open_phase,
)
from tests.web.bookingform import book, person
from tests.web.reportform import fill, send

REASON = "Reading the number to the bank with the resident present."
NUMBERS = [WAYAN_NIK, WAYAN_KK, FAMILY_PHONE, REPORTER_PHONE]


def shapes(number: str) -> list[str]:
    """Return how a number would look where it must not be."""
    digits = number.removeprefix("+")
    local = "0" + digits.removeprefix("62")
    plain = {digits, local} if number.startswith("+") else {digits}
    found = []
    for text in plain:
        found += [text, " ".join(re.findall("....?", text)), text.encode().hex()]
        found.append(base64.b64encode(text.encode()).decode().rstrip("=")[:-1])
    return found


def found_in(text: str) -> list[str]:
    return [shape for number in NUMBERS for shape in shapes(number) if shape in text]


class Browser:
    """A test client that remembers every address it asked for or was sent to."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.addresses: list[str] = []

    def get(self, path: str) -> str:
        return self._read(self.client.get(path))

    def post(self, path: str, **data: str) -> str:
        return self._read(self.client.post(path, data))

    def _read(self, answer: Any) -> str:
        self.addresses.append(answer.wsgi_request.get_full_path())
        self.addresses.append(answer.get("Location", ""))
        assert answer.status_code < 500
        return str(answer.content.decode(errors="replace"))


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=True):
        yield


def register() -> Person:
    """Load Wayan's family as a village's list brings it."""
    cast.places()
    row = PersonRow(WAYAN_NIK, "Wayan Sudarma", "L", WAYAN_BORN, 1)
    load_people(
        [FamilyRow(WAYAN_KK, cast.RT_HERE, [row], phone=FAMILY_PHONE)], at=now()
    )
    return Person.objects.get()


def report(client: Client) -> list[str]:
    """Report missing aid in public, with a slip of the finger first."""
    wrong = {"nik": WAYAN_NIK, "kk": WAYAN_KK, "born_on_day": "99"}
    page = fill(client, until="card")
    client.post(page.wsgi_request.path, wrong)
    answer = send(client, fill(client))
    slip = answer["Location"]
    client.get(slip)
    run_waiting()
    client.get(slip.replace("slip/", ""))
    return [answer.wsgi_request.get_full_path(), slip]


def isolate(browser: Browser) -> list[str]:
    """Book a bed in Wayan's name, ask for the code, and cancel; return the pages."""
    a_house()
    named = {"guest1": person("Wayan Sudarma", number=WAYAN_NIK)}
    code = book(browser.client, phone={"phone": REPORTER_PHONE}, **named)
    pages = [browser.get(f"/i/{code}/{part}") for part in ("", "slip/", "confirm/")]
    browser.post(f"/i/{code}/confirm/code/")
    run_waiting()
    return [*pages, browser.post(f"/i/{code}/cancel/")]


def look_up(browser: Browser, wayan: Person) -> list[str]:
    """Do all that an officer does; return the pages, of which none shows a number."""
    person = f"/staff/residents/{wayan.pk}/"
    pages = [
        browser.get("/staff/"),
        browser.get("/staff/residents/"),
        browser.post("/staff/residents/nik/", nik=WAYAN_NIK),
        browser.post("/staff/residents/names/", name="Wayan"),
        browser.get(person),
        browser.get(f"/staff/residents/families/{wayan.family_id}/"),
    ]
    for number in ("nik", "kk", "phone"):
        shown = browser.post(f"{person}number/", number=number, reason=REASON)
        assert "shown once" in shown or "ditampilkan satu kali" in shown
    browser.post(f"{person}number/", number="nik", reason=f"NIK {WAYAN_NIK} seen")
    claim = contested(holder=wayan, nik=WAYAN_NIK)
    contest = f"/staff/residents/contested/{claim.pk}/"
    pages += [browser.get("/staff/residents/contested/"), browser.get(contest)]
    browser.post(contest, outcome="holder_keeps", reason=f"It is {WAYAN_NIK}, seen.")
    browser.post(contest, outcome="claimant_takes", reason="Saw the card of Nyoman.")
    pages += [browser.get(f"{person}looks/"), browser.get("/staff/aid/claims/")]
    return pages


def read_own_data(browser: Browser, wayan: Person) -> list[str]:
    """Do all that a family does with its own data, but for taking a copy."""
    enter(browser.client, WAYAN_NIK, WAYAN_KK)
    browser.post(
        f"/my-data/corrections/{wayan.pk}/phone/",
        form_id=str(uuid.uuid4()),
        wanted=REPORTER_PHONE,
        explanation="The old number was lost.",
    )
    rest = ("home", "looks", "consents", "corrections", "copy")
    return [browser.get(f"/my-data/{name}/") for name in rest]


def dump() -> str:
    """Return the whole database as a thief would carry it off."""
    account = account_for(HOME / "db")
    command = [str(programs(account) / "pg_dump"), "-U", "postgres"]
    place = ["-h", connection.settings_dict["HOST"]]
    name = str(connection.settings_dict["NAME"])
    answer = subprocess.run(
        [*command, *place, name], capture_output=True, check=True, text=True, cwd="/"
    )
    return answer.stdout


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_canary_is_in_no_dump_log_address_or_list(
    client: Client, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    wayan = register()
    open_phase()
    addresses = report(Client())
    browser = Browser(cast.sign_in(client, cast.sari()))
    family = Browser(Client())
    pages = read_own_data(family, wayan) + look_up(browser, wayan)
    pages += isolate(family)
    browser.post(
        f"/staff/residents/{wayan.pk}/statement/", reason=REASON, seen_ktp="on"
    )
    addresses += browser.addresses + family.addresses
    said = capfd.readouterr()
    taken = dump()

    assert "Wayan Sudarma" in taken, "the dump is of another database"
    assert found_in(taken) == []
    assert found_in(said.out + said.err + caplog.text) == []
    assert found_in((HOME / "db" / "log").read_text()) == []
    assert found_in("\n".join(addresses)) == []
    for page in pages:
        assert found_in(page) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_the_search_for_the_canary_would_find_it(number: str) -> None:
    digits = number.removeprefix("+")
    grouped = " ".join(re.findall("....?", digits))
    for shape in (
        f"nik={digits}",
        grouped,
        f"\\x{digits.encode().hex()}",
        base64.b64encode(digits.encode()).decode(),
    ):
        assert found_in(shape), shape


def test_values_are_sealed_under_keys_outside_the_database() -> None:
    assert not str(settings.KEY_FILE).startswith(str(HOME / "db"))

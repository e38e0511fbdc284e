"""The pages for auditors: findings, evidence, the table to take away."""

import csv
import io

import pytest
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Access, Event
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.models import Person
from tests import cases, cast, errors, population

pytestmark = pytest.mark.django_db
PAGE = "/staff/audit/"


def enter(role: Role = Role.AUDITOR, place: str = cast.REGENCY) -> Client:
    """Sign somebody in, reading English."""
    return cast.sign_in(cast.english(Client()), cast.staff("lestari", role, place))


def read(client: Client, url: str) -> str:
    """Return a page that is there."""
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_findings_lead_to_their_evidence_and_to_the_case() -> None:
    due = errors.given_after_death()
    client = enter(Role.INSPECTORATE)
    page = read(client, PAGE)
    assert "The recipient has died" in page
    assert f"{PAGE}deceased/?kecamatan={cast.KECAMATAN}" in page
    page = read(client, f"{PAGE}deceased/?programme={due.programme_id}")
    assert "given after the death" in page
    assert f'href="/staff/aid/claims/{due.claim_id}/"' in page
    assert "I••• W••• S•••" in page
    assert "Sudarma" not in page
    assert population.WAYAN_NIK not in page


def test_nothing_found_is_said() -> None:
    cast.places()
    client = enter()
    assert "This page asks anew" in read(client, PAGE)
    assert "No aid here has this error now." in read(client, f"{PAGE}paid_twice/")


def test_bars_show_one_error_and_lead_to_its_place() -> None:
    errors.no_nik()
    page = read(enter(), f"{PAGE}?show=invalid_nik")
    assert f'<a href="{PAGE}invalid_nik/?kecamatan={cast.KECAMATAN}">Lereng</a>' in page


@pytest.mark.parametrize(
    "query",
    ["?programme=nothing&kecamatan=99", "?after=-1", "?after=x' OR 1=1", "?after=9e9"],
)
def test_what_an_address_may_hold_breaks_nothing(query: str) -> None:
    errors.no_nik()
    assert "no NIK in the registry" in read(enter(), f"{PAGE}invalid_nik/{query}")


def test_an_unknown_check_is_no_page() -> None:
    client = enter()
    assert client.get(f"{PAGE}kin/").status_code == 404
    assert client.get(f"{PAGE}kin/table.csv").status_code == 404


def test_long_evidence_goes_on_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartkampung.web.aid_audit.findings.SHOWN", 1)
    desk = cases.desk()
    first, second = (
        cases.approved(desk, population.person(name, nik))
        for name, nik in [("Komang", "3510095505900001"), ("Kadek", "3510091505900006")]
    )
    Person.objects.update(nik=None, nik_index=None)
    client = enter()
    page = read(client, f"{PAGE}invalid_nik/")
    assert f"after={first.pk}" in page
    assert f"#{second.pk}" not in page
    page = read(client, f"{PAGE}invalid_nik/?after={first.pk}")
    assert f"#{second.pk}" in page
    assert 'rel="next"' not in page


def test_the_table_says_when_it_was_asked_and_who_took_it_is_written_down() -> None:
    due = errors.no_nik()
    answer = enter().get(f"{PAGE}invalid_nik/table.csv?after=999")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Check", "No valid NIK"]
    assert rows[2][0] == "Asked at"
    assert rows[2][2].startswith("20")
    assert float(rows[3][1]) >= 0
    assert rows[4][:2] == ["Findings", "1"]
    head, line = rows[6], rows[7]
    told = dict(zip(head, line, strict=True))
    assert told["Entitlement"] == str(due.pk)
    assert told["Name, masked"] == "I••• W••• S•••"
    assert population.WAYAN_NIK not in answer.content.decode()
    act_as(Kind.JOB)
    event = Event.objects.get(name="aid.findings_downloaded")
    assert (event.by, event.detail) == ("lestari", {"check": "invalid_nik", "rows": 1})
    assert Access.objects.filter(by="lestari", person_id=due.person_id).exists()


def test_elsewhere_there_is_nothing_to_see() -> None:
    errors.no_nik()
    client = enter(place=cast.OTHER_KECAMATAN)
    assert "This page asks anew" in read(client, PAGE)
    assert "No aid here" in read(client, f"{PAGE}invalid_nik/")


@pytest.mark.parametrize("role", [Role.DINSOS, Role.LEADERSHIP, Role.SYSTEM_ADMIN])
def test_who_is_audited_has_no_such_page(role: Role) -> None:
    assert enter(role).get(PAGE).status_code == 403

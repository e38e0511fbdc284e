"""Who changed what: events by account, object, programme and day; records over time."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from smartkampung.accounts.roles import Role
from smartkampung.aid.payments.rules.steps import Channel
from smartkampung.audit.actions import record
from smartkampung.audit.models import Access
from smartkampung.jobs.registry import WORK, run_once
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as, as_job
from smartkampung.residents.actions import set_nik
from smartkampung.residents.imports.bulk import mark_history
from smartkampung.residents.models import Family, Person
from tests import cases, cast, lives, payments, population, rounds
from tests.population import WAYAN_NIK

pytestmark = pytest.mark.django_db
PAGE = "/staff/audit/changes/"


def enter(role: Role = Role.AUDITOR, place: str = cast.REGENCY) -> Client:
    """Sign somebody in, reading English."""
    return cast.sign_in(cast.english(Client()), cast.staff("lestari", role, place))


def read(client: Client, url: str, status: int = 200) -> str:
    """Return a page."""
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def done(name: str, target: Any, *, by: str = "sari", **detail: Any) -> None:
    """Write down that something was done here."""
    record(name, target=target, by=by, region_code=cast.RT_HERE, **detail)


def test_events_are_found_by_account_object_and_day() -> None:
    wayan = population.wayan()
    cast.sari()
    done("test.one", wayan)
    done("test.two", wayan.family, by="budi")
    client = enter()
    page = read(client, PAGE)
    assert page.index("test.two") < page.index("test.one")
    assert "Sari Wulandari" in page
    assert f'href="{PAGE}person/{wayan.pk}/"' in page
    for query, found in {
        "by=sari": {"test.one"},
        "by=nobody": set(),
        f"kind=residents.family&target={wayan.family_id}": {"test.two"},
        f"kind=residents.person&target={wayan.pk + 1}": set(),
        f"since={today()}": {"test.one", "test.two"},
        f"since={today() + timedelta(days=1)}": set(),
        f"until={today() - timedelta(days=1)}": set(),
        f"until={today()}&by=budi": {"test.two"},
    }.items():
        page = read(client, f"{PAGE}?{query}")
        assert {name for name in ("test.one", "test.two") if name in page} == found


def test_events_are_found_by_programme_whatever_they_are_about() -> None:
    office = rounds.an_office(code=payments.CASH, budget=2_000_000)
    rounds.funded(office, 10**9)
    rounds.approved(office, population.wayan())
    dian = cases.rights(cast.staff("dian", Role.DINSOS, cast.REGENCY))
    desk = payments.Counter(
        office.round, office.head, dian, Person.objects.get(), Person.objects.get()
    )
    payments.draft(desk, Channel.POST)
    cases.fund(cases.FOOD, 5)
    claim = cases.approved(
        office.round.desk, population.person("Komang", "3510095505900001")
    )
    client = enter()
    page = read(client, f"{PAGE}?programme={payments.CASH}")
    for name in ("aid.list_approved", "aid.proposed", "aid.payment_batch_made"):
        assert name in page, name
    assert f"Claim #{claim.claim_id}" not in page
    page = read(client, f"{PAGE}?programme={cases.FOOD}")
    assert f"Claim #{claim.claim_id}" in page
    assert "aid.payment_batch_made" not in page


def test_pages_follow_one_another_without_loss_or_repetition(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("smartkampung.web.aid_audit.changes.SHOWN", 3)
    wayan = population.wayan()
    for number in range(7):
        done(f"test.n{number}", wayan)
    client, seen, url = enter(), [], f"{PAGE}?by=sari"
    while url:
        page = read(client, url)
        seen += [n for n in reversed(range(7)) if f"test.n{n}<" in page]
        _start, _mark, rest = page.partition('rel="next" href="')
        url = PAGE + rest.partition('"')[0].replace("&amp;", "&") if rest else ""
    assert seen == [6, 5, 4, 3, 2, 1, 0]


def test_an_auditor_of_a_kecamatan_sees_that_kecamatan_only() -> None:
    wayan = population.wayan()
    done("test.here", wayan)
    record("test.nowhere", target=wayan, by="sari")
    assert "test.nowhere" in read(enter(), PAGE)
    here = cast.staff("agus", Role.INSPECTORATE, cast.KECAMATAN)
    page = read(cast.sign_in(cast.english(Client()), here), PAGE)
    assert "test.here" in page
    assert "test.nowhere" not in page
    away = cast.staff("tono", Role.AUDITOR, cast.OTHER_KECAMATAN)
    client = cast.sign_in(cast.english(Client()), away)
    assert "test.here" not in read(client, PAGE)
    assert "Nothing of this kind was done" in read(client, f"{PAGE}?by=sari")
    assert client.get(f"{PAGE}person/{wayan.pk}/").status_code == 404
    assert client.get(f"{PAGE}family/{wayan.family_id}/").status_code == 404


def test_what_somebody_wrote_is_masked_and_codes_are_not() -> None:
    done(
        "test.told",
        population.wayan(),
        outcome="received",
        quantity=3,
        reason="Wayan menelepon",
        number=WAYAN_NIK,
        codes=["dead", "kata bebas"],
        changed={"amount": 600000, "note": "dua kata"},
    )
    page = read(enter(), PAGE)
    for shown in (
        "outcome: received",
        "quantity: 3",
        "reason: •••",
        "number: •••",
        "codes: dead, •••",
        "note: •••",
        "amount: 600000",
    ):
        assert shown in page
    assert "menelepon" not in page
    assert WAYAN_NIK not in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("since=31-31-2026", 422),
        ("since=2026-02-02&until=2026-02-01", 422),
        ("programme=none", 422),
        ("before=x", 200),
        ("before=2026-01-01~5", 200),
        ("before=2026-01-01T00:00:00%2B07:00~y", 200),
        ("target=%00", 400),
    ],
)
def test_what_an_address_may_hold_breaks_nothing(query: str, status: int) -> None:
    done("test.one", population.wayan())
    page = read(enter(), f"{PAGE}?{query}", status)
    assert ("test.one" in page) == (status == 200)


def test_the_record_of_a_resident_is_told_change_by_change() -> None:
    cast.sari()
    wayan = population.person("I Wayan Sudarma", None)
    set_nik(person=wayan, nik=WAYAN_NIK, by="sari", at=now())
    Person.objects.filter(pk=wayan.pk).update(name="I Wayan Sudana", status="dead")
    page = read(enter(), f"{PAGE}person/{wayan.pk}/")
    assert "residents.nik_set" in page
    assert "Sari Wulandari" in page
    assert "living" in page
    assert "dead" in page
    assert "I••• W••• S•••" in page
    for secret in ("Sudana", "Sudarma", WAYAN_NIK, WAYAN_NIK[-4:]):
        assert secret not in page.partition("<h1>")[2]
    act_as(Kind.JOB)
    look = Access.objects.get(purpose="aid.audit_history")
    assert (look.by, look.person_id) == ("lestari", wayan.pk)


def test_what_an_import_changed_says_so() -> None:
    wayan = population.wayan()
    mark_history(uuid.uuid4(), 41)
    Family.objects.filter(pk=wayan.family_id).update(dusun="Krajan")
    mark_history(None)
    page = read(enter(), f"{PAGE}family/{wayan.family_id}/")
    assert "Import #41" in page
    assert "Krajan" not in page
    assert "The row names nobody" in page


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.DINSOS, Role.LEADERSHIP])
def test_only_auditors_have_these_pages(role: Role) -> None:
    assert enter(role).get(PAGE).status_code == 403


def test_each_change_names_who_acted_and_through_what() -> None:
    """Two officers within one minute: each change is told as that person's own."""
    wayan = population.wayan()
    for who, door in (("sari", "people:correct"), ("endang", "life:death")):
        act_as(Kind.JOB, by=who, through=door)
        Person.objects.filter(pk=wayan.pk).update(name=f"Wayan {who}")
        record(f"test.by_{who}", target=wayan, by=who, region_code=cast.RT_HERE)
    page = read(enter(), f"{PAGE}person/{wayan.pk}/")
    first = page.index("life:death")
    assert page.index("test.by_endang") < first
    assert first < page.index("test.by_sari") < page.index("people:correct")


def test_an_officer_who_acts_as_a_job_for_a_while_stays_named() -> None:
    wayan = population.wayan()
    act_as(Kind.STAFF, by="sari", through="people:correct")
    with as_job():
        Person.objects.filter(pk=wayan.pk).update(name="Wayan S")
    mark_history(uuid.uuid4(), 41)
    Person.objects.filter(pk=wayan.pk).update(name="Wayan Su")
    mark_history(None)
    Person.objects.filter(pk=wayan.pk).update(name="Wayan Sud")
    page = read(enter(), f"{PAGE}person/{wayan.pk}/")
    assert page.count("through people:correct") == 3
    assert "Import #41, sari" in page


def test_a_page_and_a_job_leave_their_name_in_the_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = lives.household()
    sari = cast.sign_in(cast.english(Client()), cast.sari())
    death = f"/staff/residents/{at.wayan.pk}/events/death/"
    told = {"form_id": uuid.uuid4(), "on": today().strftime("%d-%m-%Y"), "note": ""}
    assert sari.post(death, {**told, "new_head": at.ketut.pk}).status_code == 302
    auditor = enter()
    page = read(auditor, f"{PAGE}person/{at.wayan.pk}/")
    assert "Sari Wulandari" in page
    assert "through life:" in page

    def grow_up() -> None:
        Person.objects.filter(pk=at.ketut.pk).update(name="Ketut")

    monkeypatch.setitem(WORK, "test.grow_up", grow_up)
    waiting = ProcrastinateJob.objects.values_list("pk", flat=True)[0]
    run_once(waiting, "test.grow_up", {})
    page = read(auditor, f"{PAGE}person/{at.ketut.pk}/")
    assert "the program by itself" in page
    assert "through test.grow_up" in page

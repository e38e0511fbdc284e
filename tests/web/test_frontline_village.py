"""My RT, my village: who lives here, who gets and needs what, whom to think of."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Permission, Role
from smartkampung.aid.models import Enrolment
from smartkampung.audit.models import Access
from smartkampung.kernel.clock import now, today
from smartkampung.residents.models import Person
from smartkampung.worklist.models import WorkItem
from tests import cases, cast, population, texting

pytestmark = pytest.mark.django_db
RT, VILLAGE = "/staff/frontline/my-rt/", "/staff/frontline/my-village/"


def enter(account: Staff) -> Client:
    """Sign somebody in, reading English."""
    return cast.sign_in(cast.english(Client()), account)


def years_ago(years: int, days: int = 0) -> date:
    """Return the day so many years ago, moved by some days."""
    on = today()
    leap = (on.month, on.day) == (2, 29)
    return on.replace(year=on.year - years, day=28 if leap else on.day) + timedelta(
        days=days
    )


def words(client: Client, url: str) -> str:
    """Return what a page says."""
    answer = client.get(url, follow=True)
    assert answer.status_code == 200
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def neighbours() -> dict[str, Person]:
    """Make Wayan with a claim, Putu of 70 alone, and Komang whose birthday is near."""
    cases.desk()
    wayan = population.wayan()
    cases.claim_of(wayan)
    return {
        "wayan": wayan,
        "putu": population.person("Putu Lansia", born_on=years_ago(70, -60)),
        "komang": population.person("Komang Muda", born_on=years_ago(20, 3)),
    }


def made() -> Staff:
    """Return the RT head here."""
    return Staff.objects.get(username="made")


def test_the_rt_head_sees_who_waits_first_and_whom_to_think_of(
    neighbours: dict[str, Person],
) -> None:
    programme = cases.FOOD
    Enrolment.objects.create(
        programme_id=programme,
        family_id=neighbours["putu"].family_id,
        since=today(),
        source="test",
    )
    said = words(enter(made()), RT)
    assert "Komang Muda" in said.partition("Elderly who live alone")[0]
    assert "turns 20" in said
    assert "Putu Lansia 70 years" in said
    families = said.partition("My families")[2]
    assert families.index("Wayan") < families.index("Komang Muda")
    assert "Village checks" in families
    assert "1 families that get aid" in said
    assert "2 families wait for nothing" in families
    waits, _fold, quiet = families.partition("2 families wait for nothing")
    assert "Putu" not in waits
    assert "K P" in quiet[:60]
    looks = Access.objects.filter(by="made", purpose="frontline.neighbourhood")
    assert set(looks.values_list("person_id", flat=True)) == {
        person.pk for person in neighbours.values()
    }
    assert set(looks.values_list("role", flat=True)) == {"rt_head"}


def test_the_page_costs_the_same_however_many_families() -> None:
    cases.desk()
    population.wayan()
    client = enter(made())
    client.get(RT, follow=True)
    with CaptureQueriesContext(connection) as few:
        client.get(f"{RT}{cast.RT_HERE}/")
    for number in range(12):
        population.person(f"Ketut {number}", born_on=years_ago(65))
    with CaptureQueriesContext(connection) as many:
        client.get(f"{RT}{cast.RT_HERE}/")
    assert len(many) <= len(few) + 1 <= 30


@pytest.mark.parametrize(
    ("url", "status"),
    [
        (f"{RT}{cast.NEXT_DOOR}.001.001/", 404),
        (f"{RT}{cast.HERE}/", 404),
        (f"{RT}x/", 404),
        (f"{RT}?rt={cast.NEXT_DOOR}.001.001", 404),
        (f"{RT}?rt={cast.RT_HERE}", 302),
        (f"{VILLAGE}{cast.HERE}/", 404),
        (VILLAGE, 302),
    ],
)
def test_the_rt_head_sees_one_rt(url: str, status: int) -> None:
    cases.desk()
    assert enter(made()).get(url).status_code == status


def test_a_village_officer_chooses_the_rt_and_the_family_sees_the_look(
    neighbours: dict[str, Person],
) -> None:
    said = words(enter(Staff.objects.get(username="sari")), RT)
    assert "Putu Lansia" in said
    with_none = cast.staff("kosong", Role.VILLAGE_OFFICER, cast.FAR_AWAY)
    assert "No RT in your area" in words(enter(with_none), RT)


def test_the_village_in_one_screen(neighbours: dict[str, Person]) -> None:
    kades = cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE, name="H. Suwarno")
    WorkItem.objects.create(
        kind="aid.field_check",
        target="aid.claim:0",
        permission=Permission.FIELD_CHECK,
        region_code=cast.RT_HERE,
        opened_at=now(),
        due_at=now(),
        closed_at=now(),
        closed_by="kades",
    )
    said = words(enter(kades), VILLAGE)
    for part in (
        "3 people",
        "1 60 years or older",
        "Visit a family",
        "Village checks: 1",
        "No family is on the list of a programme.",
        "0 in isolation houses",
        "Nobody is recorded as hit by the crisis.",
        "0 places under protocol",
        "Who serves here H. Suwarno Village head Sumberwangi Sari",
    ):
        assert part in said, part
    assert "Wayan" not in said
    assert words(enter(kades), f"{VILLAGE}{cast.HERE}/")
    assert enter(kades).get(f"{VILLAGE}{cast.NEXT_DOOR}/").status_code == 404


def test_the_rt_head_calls_whom_to_think_of_and_nobody_else() -> None:
    cases.desk()
    wayan = population.wayan()
    home = population.family(kk=None, phone="+6285200001111")
    putu = population.person("Putu Lansia", household=home, born_on=years_ago(70, -60))
    nomad = population.person("Ketut Tanpa Telepon", born_on=years_ago(66, -60))
    client, page = enter(made()), f"{RT}{cast.RT_HERE}/"
    said = words(client, RT)
    assert "Putu Lansia 70 years Jalan Kenanga 3 Call Putu Lansia" in said
    assert "Ketut Tanpa Telepon 66 years Jalan Kenanga 3 " in said
    assert "Call Ketut" not in said
    assert "+6285200001111" not in said
    answer = client.post(f"{page}call/{putu.pk}/").content.decode()
    assert 'href="tel:+6285200001111"' in answer
    looked = Access.objects.get(revealed=True)
    assert (looked.by, looked.person_id, looked.purpose) == (
        "made",
        putu.pk,
        "frontline.call",
    )
    assert client.post(f"{page}call/{nomad.pk}/").status_code == 409
    assert client.post(f"{page}call/{wayan.pk}/").status_code == 404
    assert Access.objects.filter(revealed=True).count() == 1


def test_who_asked_by_text_to_be_called_waits_for_something() -> None:
    cases.desk()
    population.wayan()
    for said in ("LAPOR", "2", "Sumberwangi Lereng RT 7 RW 2"):
        texting.write(said, at=now(), phone=population.WAYAN_PHONE)
    shown = words(enter(made()), RT)
    assert "1 families that wait for something" in shown
    assert "Wants to be called: Report missing aid" in shown
    assert "waits for nothing" not in shown


def test_the_village_page_names_the_heads_and_draws_the_rest() -> None:
    cases.desk()
    kades = cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE, name="H. Suwarno")
    cast.staff("ketut", Role.RW_HEAD, cast.RW_HERE, name="Ketut Sudana")
    kinds = ("aid.decide_list", "aid.propose_list", "aid.field_check", "aid.hand_over")
    more = ("duplicates.pair", "residents.nik_claim", "isolation.expected")
    last = ("aid.grievance", "places.accept", "affected.verify", "affected.match")
    for number, kind in enumerate((*kinds, *more, *last)):
        WorkItem.objects.create(
            kind=kind,
            target=f"aid.claim:{number}",
            permission=Permission.FIELD_CHECK,
            region_code=cast.RT_HERE,
            opened_at=now(),
            due_at=now() + timedelta(days=2),
        )
    said = words(enter(kades), VILLAGE)
    assert "others together 3" in said
    assert "2 heads of RTs and RWs Ketut Sudana RW head RW 002" in said
    assert said.index("Ketut Sudana") < said.index("RT head RT 007")

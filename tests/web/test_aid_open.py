"""Anybody opens the numbers of aid: the regency, a kecamatan, a village."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.disclosure.rules import Stage
from smartkampung.aid.models import ErrorFigure, ProgrammeFigure
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.models import Region
from tests import cases, cast
from tests.cast import FAR_AWAY, HERE, KECAMATAN, NEXT_DOOR, OTHER_KECAMATAN, REGENCY

pytestmark = pytest.mark.django_db
BLT = "blt_dd"
COUNTS: dict[str, int | None] = {
    HERE: 41,
    NEXT_DOOR: None,
    FAR_AWAY: 0,
    KECAMATAN: 52,
    OTHER_KECAMATAN: 0,
    REGENCY: 52,
}


@pytest.fixture(autouse=True)
def counted() -> None:
    """Numbers of one programme, as the job leaves them, and places on a map."""
    cases.desk()
    for code, lng in ((HERE, 114.10), (NEXT_DOOR, 114.13), (FAR_AWAY, 114.40)):
        Region.objects.filter(code=code).update(lat=-8.3, lng=lng)
    for place, count in COUNTS.items():
        ProgrammeFigure.objects.create(
            programme_id=BLT,
            region_code=place,
            total=count,
            given_here=count,
            waiting=None if count is None else 0,
            given=None if count is None else count * 300_000,
            stage=Stage.COMING,
            next_on=(now() + timedelta(days=9)).date(),
            counted_at=now(),
        )
    act_as(Kind.PUBLIC)


def text(url: str) -> str:
    """Return a page that anybody opens, in English."""
    answer = cast.english(Client()).get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_way_from_the_first_page_to_a_village() -> None:
    assert 'href="/open/"' in text("/")
    assert f'href="/open/{BLT}/"' in text("/open/")
    regency = text(f"/open/{BLT}/")
    assert f'href="/open/{BLT}/{KECAMATAN}/"' in regency
    assert f'href="/open/{BLT}/{HERE}/"' in text(f"/open/{BLT}/{KECAMATAN}/")
    village = text(f"/open/{BLT}/{HERE}/")
    assert '<div class="num">41</div>' in village
    assert "Rp12,300,000" in village
    assert "The list is approved, aid is coming" in village
    assert "handed over" in village


def test_the_page_of_a_village_leads_to_its_aid() -> None:
    page = text(f"/regions/{HERE}/")
    assert f'href="/open/{BLT}/{HERE}/"' in page
    assert "The list is approved, aid is coming" in page


def test_what_is_hidden_is_a_dash_in_table_map_and_sum() -> None:
    page = text(f"/open/{BLT}/{KECAMATAN}/")
    assert "Karangjati: –" in page
    assert "fewer than 5 people" in page
    hidden = text(f"/open/{BLT}/{NEXT_DOOR}/")
    assert hidden.count('<div class="num">–</div>') == 4


def test_the_map_is_shaded_by_the_same_numbers() -> None:
    page = text(f"/open/{BLT}/{KECAMATAN}/")
    assert "Sumberwangi: 41" in page
    assert "shade-4" in page


@pytest.mark.parametrize(
    "url",
    [
        "/open/none/",
        "/open/bpnt/",
        f"/open/{BLT}/35.10.09.2999/",
        f"/open/{BLT}/35.09/",
        f"/open/{BLT}/{REGENCY}/",
        f"/open/{BLT}/{cast.RT_HERE}/",
    ],
    ids=["no programme", "no figure", "no village", "elsewhere", "regency", "an RT"],
)
def test_what_has_no_numbers_is_no_page(url: str) -> None:
    assert Client().get(url).status_code == 404


def test_a_name_or_a_nik_in_the_address_changes_nothing() -> None:
    asked = f"/open/{BLT}/{HERE}/?q=Wayan&nik=3510091204850003"
    found, plain = text(asked), text(f"/open/{BLT}/{HERE}/")
    # the language button leads back to the address as it was
    assert found.partition("<main")[2] == plain.partition("<main")[2]


def test_before_the_first_night_the_page_says_so() -> None:
    act_as(Kind.JOB)
    ProgrammeFigure.objects.all().delete()
    assert "Nothing is counted yet" in text("/open/")


def test_without_a_regency_there_is_no_page() -> None:
    act_as(Kind.JOB)
    Region.objects.filter(kind="regency").update(kind="province")
    assert Client().get(f"/open/{BLT}/").status_code == 404
    assert "Nothing is counted yet" in text("/open/")


def test_a_page_asks_little_and_never_about_people(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    text(f"/open/{BLT}/{KECAMATAN}/")
    with django_assert_max_num_queries(10) as asked:
        text(f"/open/{BLT}/{KECAMATAN}/")
    tables = " ".join(query["sql"] for query in asked.captured_queries)
    assert "aid_programmefigure" in tables
    assert not any(word in tables for word in ("residents_", "aid_enrolment"))


def test_errors_that_objections_proved_are_told_of_the_regency_only() -> None:
    act_as(Kind.JOB)
    for programme, place in ((BLT, REGENCY), (BLT, HERE), (None, REGENCY)):
        told = {"programme_id": programme, "region_code": place, "counted_at": now()}
        ErrorFigure.objects.create(total=23, **told)
        ErrorFigure.objects.create(number=0, left_out=17, let_in=6, **told)
    page = text(f"/open/{BLT}/")
    assert "In all: 23." in page
    assert ">17</td>" in page
    assert "named no programme" in text("/open/")
    assert "In all: 23." not in text(f"/open/{BLT}/{HERE}/")


def test_officers_see_errors_in_the_places_of_their_office() -> None:
    act_as(Kind.JOB)
    for place, total in ((KECAMATAN, 41), (HERE, 17), (NEXT_DOOR, None), (FAR_AWAY, 9)):
        told = {"programme_id": BLT, "region_code": place, "counted_at": now()}
        ErrorFigure.objects.create(total=total, **told)
        ErrorFigure.objects.create(number=2, left_out=total, let_in=0, **told)
    url = "/staff/aid/publications/errors/"
    dinda = enter(cast.staff("dinda", Role.DINSOS, REGENCY))
    whole = dinda.get(url).content.decode()
    assert f"in={KECAMATAN}" in whole
    inside = dinda.get(f"{url}?programme={BLT}&in={KECAMATAN}").content.decode()
    assert "Rule, version 2: wrongly left out" in inside
    assert "Sumberwangi: 17" in inside
    assert "Karangjati: –" in inside
    village = enter(Staff.objects.get(username="sari"))
    own = village.get(url).content.decode()
    assert "Sumberwangi" in own
    assert "Karangjati" not in own
    assert village.get(f"{url}?in={KECAMATAN}").status_code == 404


def test_before_the_first_error_the_page_says_so() -> None:
    dinda = enter(cast.staff("dinda", Role.DINSOS, REGENCY))
    page = dinda.get("/staff/aid/publications/errors/").content.decode()
    assert "No error was proved yet" in page


def enter(account: Staff) -> Client:
    """Sign somebody in, reading English."""
    return cast.sign_in(cast.english(Client()), account)


def test_a_page_is_kept_for_a_minute_and_not_sent_twice() -> None:
    first = Client().get(f"/open/{BLT}/")
    assert "max-age=60" in first["Cache-Control"]
    assert "public" in first["Cache-Control"]
    assert {"Cookie", "Accept-Language"} <= set(first["Vary"].split(", "))
    again = Client().get(f"/open/{BLT}/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    english = cast.english(Client()).get(f"/open/{BLT}/")
    assert english["ETag"] != first["ETag"]
    assert "private" in english["Cache-Control"]
    act_as(Kind.JOB)
    ProgrammeFigure.objects.filter(region_code=REGENCY).update(total=60)
    changed = Client().get(f"/open/{BLT}/", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert "ETag" not in Client().get("/open/no_such/")

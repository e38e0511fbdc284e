"""The population report on pages and as a file: numbers, months, places."""

import csv
import io
from datetime import date

import pytest
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import today
from smartkampung.residents.actions.deaths import record_death
from smartkampung.residents.actions.moves import Card, Destination, record_move
from smartkampung.web.population.months import Month
from tests import cast
from tests.lives import Household, act, household
from tests.population import RT_NEXT_DOOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Household:
    family = household()
    record_death(act=act(date(2026, 10, 5)), person=family.nengah)
    record_move(
        act=act(date(2026, 10, 7)),
        people=[family.wayan, family.ketut, family.putu],
        to=Destination(Card.SAME, RT_NEXT_DOOR),
    )
    return family


@pytest.fixture
def camat(client: Client) -> Client:
    return cast.sign_in(cast.english(client), cast.camat())


def rows(answer: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.removeprefix("\ufeff"))))


def test_the_month_of_both_villages(camat: Client, at: Household) -> None:
    page = camat.get(f"/staff/population/{cast.KECAMATAN}/?month=2026-10")
    body = page.content.decode()
    assert "October 2026" in body
    assert "Sumberwangi" in body
    answer = camat.get(f"/staff/population/{cast.KECAMATAN}/table.csv?month=2026-10")
    assert "population-35.10.09-2026-10.csv" in answer["Content-Disposition"]
    table = rows(answer.content.decode())
    counts = {row[0]: list(map(int, row[2:])) for row in table[1:]}
    assert counts[cast.HERE] == [4, 0, 1, 0, 0, 3, 0, 0, 0, 0]
    assert counts[cast.NEXT_DOOR] == [0, 0, 0, 0, 3, 0, 0, 0, 0, 3]
    assert counts[cast.KECAMATAN] == [4, 0, 1, 0, 0, 0, 0, 0, 0, 3]


def test_the_menu_opens_the_place_of_the_officer(camat: Client) -> None:
    answer = camat.get("/staff/population/")
    assert answer["Location"] == f"/staff/population/{cast.KECAMATAN}/"


def test_a_day_of_the_past(camat: Client, at: Household) -> None:
    then = camat.get(f"/staff/population/{cast.HERE}/day/?on=2026-10-01")
    assert "This is the past" in then.content.decode()
    assert '<div class="num">4' in then.content.decode()
    now = camat.get(f"/staff/population/{cast.HERE}/day/")
    assert '<div class="num">0' in now.content.decode()


@pytest.mark.parametrize("code", [cast.FAR_AWAY, "35.10", "nonsense", "35.10.09.20"])
def test_other_places_are_no_page(camat: Client, code: str) -> None:
    assert camat.get(f"/staff/population/{code}/").status_code == 404


def test_a_village_counts_its_rws_and_an_rt_itself(
    client: Client, at: Household
) -> None:
    head = cast.staff("suwarno", Role.VILLAGE_HEAD, cast.HERE)
    suwarno = cast.sign_in(cast.english(client), head)
    page = suwarno.get(f"/staff/population/{cast.HERE}/?month=2026-09").content.decode()
    assert "RW 002" in page
    lowest = suwarno.get(f"/staff/population/{cast.RT_HERE}/?month=2026-09")
    assert "RT 007" in lowest.content.decode()


@pytest.mark.parametrize("text", ["", "x", "2026-13", "2090-01", "1066-01"])
def test_a_month_that_cannot_be_is_this_month(text: str) -> None:
    month = Month.asked(text, today=date(2026, 11, 24))
    assert (month.year, month.number) == (2026, 11)
    assert month.last(date(2026, 11, 24)) == date(2026, 11, 24)


def test_months_follow_each_other() -> None:
    month = Month(2026, 1)
    assert (str(month.before), str(month.after)) == ("2025-12", "2026-02")
    assert (month.eve, month.last(today())) == (date(2025, 12, 31), date(2026, 1, 31))

"""The JSON twin of the list of isolation houses."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client

from smartkampung.kernel.rls import Kind, act_as
from tests.cast import HERE, NEXT_DOOR
from tests.isolating import (
    MONDAY,
    a_bed_use,
    a_house,
    a_reservation,
    a_stay,
    beds_of,
)

pytestmark = pytest.mark.django_db
URL = "/api/v1/isolation/houses"


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    act_as(Kind.JOB)
    caches["local"].clear()
    with time_machine.travel(MONDAY, tick=False):
        yield
    caches["local"].clear()


def ask(query: str = "", *, status: int = 200) -> Any:
    """Ask for houses, reading English."""
    answer = Client().get(f"{URL}?{query}", headers={"accept-language": "en"})
    assert answer.status_code == status
    return answer.json()


def test_a_program_finds_houses_with_room() -> None:
    house = a_house()
    a_house("SD 2", village=NEXT_DOOR, beds=1)
    a_bed_use(a_stay(a_reservation(house), name="Rahasia"), beds_of(house)[0])
    told = ask("from=2020-06-04")
    assert (told["from"], told["to"], told["people"]) == ("2020-06-04", "2020-06-18", 1)
    assert told["as_of"].startswith("2020-06-01T")
    assert [(one["name"], one["free_beds"]) for one in told["houses"]] == [
        ("Balai Desa", 1),
        ("SD 2", 1),
    ]
    first = told["houses"][0]
    assert first["url"].endswith(f"/isolation/houses/{house.pk}/")
    assert (first["village"], first["has"]) == ("Sumberwangi", ["own_bathroom"])
    assert "Rahasia" not in str(told)
    assert ask("from=2020-06-04&people=2")["houses"] == []
    assert len(ask("from=2020-06-01&to=2020-06-03&people=2")["houses"]) == 1
    assert len(ask(f"in={HERE}")["houses"]) == 1
    assert ask("need=wheelchair")["houses"] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=2020-05-31", "from"),
        ("from=2020-09-01", "from"),
        ("from=2020-06-04&to=2020-06-04", "to"),
        ("from=2020-06-04&to=2020-07-05", "to"),
        ("people=0", "people"),
        ("people=13", "people"),
        ("need=kolam", "need"),
        ("from=besok", "from"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(query: str, field: str) -> None:
    told = ask(query, status=422)
    [error] = told["errors"]
    assert field in error["field"].split(".")

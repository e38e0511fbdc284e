"""Anyone may ask where a place is, who heads it, and which health centre cares."""

from datetime import date
from pathlib import Path

import pytest
from django.core.cache import caches
from pytest_django import DjangoAssertNumQueries, Settings

import smartkampung.regions
from smartkampung.regions import queries
from smartkampung.regions.bulk import (
    RegionRow,
    TermRow,
    load_regency,
    save_regions,
    save_terms,
)
from smartkampung.regions.models import HealthCentre, Region

HERE = Path(smartkampung.regions.__file__).parent / "data" / "35.10"
VILLAGE = "35.10.09.2003"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def regency() -> None:
    """A regency with one RT that has a head."""
    caches["local"].clear()
    load_regency(HERE)
    save_regions(
        [
            RegionRow(f"{VILLAGE}.002", "RW 002", dusun="Krajan"),
            RegionRow(f"{VILLAGE}.002.007", "RT 007"),
        ]
    )
    save_terms(
        [
            TermRow(VILLAGE, "Sutrisno", date(2013, 1, 1), date(2019, 1, 1)),
            TermRow(VILLAGE, "Wagimin", date(2019, 1, 1), None),
            TermRow(f"{VILLAGE}.002", "Suwarno", date(2020, 1, 1), None),
        ]
    )


def test_the_only_regency_with_health_centres_is_the_one_served() -> None:
    save_regions([RegionRow("35.09", "Another")])

    served = queries.regency()
    assert served is not None
    assert served.code == "35.10"


def test_the_operator_may_name_the_regency(settings: Settings) -> None:
    save_regions([RegionRow("35.09", "Another")])
    settings.REGENCY = "35.09"

    served = queries.regency()
    assert served is not None
    assert served.name == "Another"


def test_without_health_centres_the_first_regency_is_served() -> None:
    HealthCentre.objects.all().delete()

    served = queries.regency()
    assert served is not None
    assert served.code == "35.10"


def test_parts_are_counted_inside_and_directly_below() -> None:
    assert queries.kecamatan_of("35.10").count() == 25
    assert queries.villages_of("35.10").count() == 217
    assert queries.villages_of("35.10.09").count() == 5
    assert [part.code for part in queries.parts_of(VILLAGE)] == [f"{VILLAGE}.002"]
    assert [rt.name for rt in queries.rts_of("35.10.09")] == ["RT 007"]


def test_the_path_leads_from_the_province_to_the_rt() -> None:
    names = [region.name for region in queries.path_of(f"{VILLAGE}.002.007")]
    assert names[1:] == ["Banyuwangi", "Genteng", "Genteng Kulon", "RW 002", "RT 007"]


def test_a_head_changes_on_the_day_the_term_ends() -> None:
    before = queries.head_of(VILLAGE, on=date(2018, 12, 31))
    after = queries.head_of(VILLAGE, on=date(2019, 1, 1))
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("Sutrisno", "Wagimin")
    assert queries.head_of(VILLAGE, on=date(2012, 12, 31)) is None
    heads = queries.heads_of_parts(VILLAGE, on=date(2026, 11, 24))
    assert heads == {f"{VILLAGE}.002": "Suwarno"}


def test_a_health_centre_knows_its_villages_and_a_village_its_centre() -> None:
    centre = queries.health_centre_serving(VILLAGE)
    assert centre is not None
    assert centre.name == "Puskesmas Genteng Kulon"
    assert VILLAGE in {row.code for row in queries.villages_served_by(centre.code)}
    assert queries.health_centres_of("35.10").count() == 45
    assert [row.village_id for row in queries.health_centres_of("35.10.15")] == [
        "35.10.15.2007"
    ]


def test_names_of_a_whole_list_cost_one_query_and_then_none(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    codes = [f"{VILLAGE}.002.007", "35.10.16.1004", "35.10.77.2001", "35"]
    with django_assert_num_queries(1):
        places = queries.places(codes)
    with django_assert_num_queries(0):
        queries.places(codes[:2])

    assert places[codes[0]] == (codes[0], "007", "002", "Genteng Kulon", "Genteng")
    assert places[codes[1]] == (codes[1], "", "", "Penganjuran", "Banyuwangi")
    assert places[codes[2]] == (codes[2], "", "", "", "")
    assert places["35"].kecamatan == ""


def test_a_renamed_region_is_new_after_the_memory_is_cleared() -> None:
    assert queries.names([VILLAGE]) == {VILLAGE: "Genteng Kulon"}
    Region.objects.filter(code=VILLAGE).update(name="Genteng Barat")
    caches["local"].clear()

    assert queries.names([VILLAGE, "99"]) == {VILLAGE: "Genteng Barat"}
    assert queries.region("99") is None

"""A map shows official borders where there are some, and says so where not."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from pytest_django import DjangoAssertNumQueries

from smartkampung.regions.maps import RegionMap, map_of
from smartkampung.regions.models import Region
from tests.cast import FAR_AWAY, HERE, KECAMATAN, NEXT_DOOR, OTHER_KECAMATAN, REGENCY
from tests.cast import places as made_up_places

pytestmark = pytest.mark.django_db
SQUARE = [[[[114.0, -8.0], [114.1, -8.0], [114.1, -8.1], [114.0, -8.1], [114.0, -8.0]]]]


@pytest.fixture(autouse=True)
def places() -> Iterator[None]:
    """Two villages side by side in one kecamatan, one far away in another."""
    caches["local"].clear()
    made_up_places()
    for code, lng in ((HERE, 114.10), (NEXT_DOOR, 114.13), (FAR_AWAY, 114.40)):
        Region.objects.filter(code=code).update(lat=-8.3, lng=lng)
    yield
    caches["local"].clear()


def drawn(code: str) -> RegionMap:
    """Return the map, which must be there."""
    found = map_of(code)
    assert found is not None
    return found


def test_without_borders_a_map_is_indicative_and_groups_villages() -> None:
    found = drawn(REGENCY)
    assert found.indicative
    assert [shape.code for shape in found.shapes] == [KECAMATAN, OTHER_KECAMATAN]
    # Two villages in one path, and no edge between them.
    assert found.shapes[0].path.count("M") == 2
    assert found.edges.count("M") == 3


def test_the_map_of_a_kecamatan_has_an_edge_between_its_villages() -> None:
    found = drawn(KECAMATAN)
    assert [shape.name for shape in found.shapes] == ["Sumberwangi", "Karangjati"]
    assert all(shape.path.count("M") == 1 for shape in found.shapes)


def test_a_village_is_bounded_by_its_neighbour_outside_the_kecamatan() -> None:
    alone = drawn(OTHER_KECAMATAN).view_box
    caches["local"].clear()
    Region.objects.filter(code=HERE).update(lng=114.42)
    assert drawn(OTHER_KECAMATAN).view_box != alone


def test_official_borders_come_first_and_name_their_source() -> None:
    for code in (KECAMATAN, OTHER_KECAMATAN):
        Region.objects.filter(code=code).update(
            boundary=SQUARE, boundary_source="batas.geojson"
        )
    found = drawn(REGENCY)
    assert not found.indicative
    assert found.source == "batas.geojson"
    assert found.missing == ()


def test_what_has_no_border_yet_is_named() -> None:
    Region.objects.filter(code=KECAMATAN).update(boundary=SQUARE)
    assert drawn(REGENCY).missing == ("Pesisir",)


def test_too_few_borders_are_not_used() -> None:
    Region.objects.create(
        code="35.10.11", name="Tengah", kind="kecamatan", parent_id=REGENCY
    )
    Region.objects.filter(code=KECAMATAN).update(boundary=SQUARE)
    assert drawn(REGENCY).indicative


def test_nothing_known_is_no_map() -> None:
    Region.objects.update(lat=None, lng=None)
    assert map_of(REGENCY) is None


def test_a_map_is_made_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    drawn(REGENCY)
    with django_assert_num_queries(0):
        drawn(REGENCY)


def test_no_map_at_all_is_remembered_too(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    Region.objects.update(lat=None, lng=None)
    map_of(REGENCY)
    with django_assert_num_queries(0):
        assert map_of(REGENCY) is None

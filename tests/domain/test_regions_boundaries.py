"""Official polygons load whole, and an unfit shape is named, never dropped quietly."""

import json
from pathlib import Path
from typing import Any

import pytest

import smartkampung.regions
from smartkampung.audit.models import Event
from smartkampung.regions.actions import BoundariesUnfit, import_boundaries
from smartkampung.regions.bulk import load_regency
from smartkampung.regions.models import Region
from smartkampung.regions.tables import BadTable
from tests.shared import SHARED

HERE = Path(smartkampung.regions.__file__).parent / "data" / "35.10"
VILLAGES = SHARED / "banyuwangi_desa.geojson"
SQUARE = [[114.1, -8.4], [114.2, -8.4], [114.2, -8.3], [114.1, -8.4]]

pytestmark = pytest.mark.django_db


@pytest.fixture
def regency() -> None:
    """The regions that boundaries belong to."""
    load_regency(HERE)


def shape(code: object, rings: object = None, kind: str = "Polygon") -> dict[str, Any]:
    """Make one feature as GIS programs write them."""
    geometry = {"type": kind, "coordinates": [SQUARE] if rings is None else rings}
    return {"type": "Feature", "properties": {"kode": code}, "geometry": geometry}


def written(folder: Path, *features: object) -> Path:
    """Write the features to a file."""
    file = folder / "batas.geojson"
    content = {"type": "FeatureCollection", "features": features}
    file.write_text(json.dumps(content))
    return file


@pytest.mark.usefixtures("regency")
def test_polygons_and_multipolygons_keep_every_point(tmp_path: Path) -> None:
    island = [[[114.3, -8.4], [114.4, -8.4], [114.4, -8.3], [114.3, -8.4]]]
    file = written(
        tmp_path,
        shape("35.10.09.2003"),
        shape("35.10.01.2001", [[SQUARE], island], "MultiPolygon"),
    )

    imported = import_boundaries(path=file, skip=False, by="sari")

    assert imported == (2, [])
    polygon = Region.objects.get(code="35.10.09.2003")
    assert polygon.boundary == [[SQUARE]]
    assert polygon.boundary_source == "batas.geojson"
    assert Region.objects.get(code="35.10.01.2001").boundary == [[SQUARE], island]
    assert Event.objects.get().name == "regions.boundaries_imported"


@pytest.mark.usefixtures("regency")
@pytest.mark.parametrize(
    "feature",
    [
        shape("3510092003"),
        shape(3510092003),
        {**shape(None), "id": "35.10.09.2003"},
        {**shape(None), "properties": {"KODE_DESA": "3510092003"}},
    ],
    ids=["packed", "a number", "in the id", "upper case"],
)
def test_codes_are_found_however_they_are_written(
    tmp_path: Path, feature: dict[str, Any]
) -> None:
    import_boundaries(path=written(tmp_path, feature), skip=False, by="sari")

    assert Region.objects.get(code="35.10.09.2003").boundary == [[SQUARE]]


@pytest.mark.usefixtures("regency")
@pytest.mark.parametrize(
    ("feature", "reason"),
    [
        (shape("35.10.99"), "35.10.99"),
        (shape("Genteng"), "“kode”"),
        (shape("35.10.09", kind="LineString"), "LineString"),
        ({"type": "Feature", "properties": {"kode": "35.10.09"}}, "Polygon"),
        (shape("35.10.09", []), "35.10.09"),
        (shape("35.10.09", [[]]), "35.10.09"),
        (shape("35.10.09", "x"), "35.10.09"),
        (shape("35.10.09", [SQUARE[:3]]), "4"),
        (shape("35.10.09", [[*SQUARE[:3], [114.15, -8.4]]]), "35.10.09"),
        (shape("35.10.09", [[[lat, lng] for lng, lat in SQUARE]]), "[-8.4, 114.1]"),
        (shape("35.10.09", [[[2e5, 9e6]] * 4]), "200000"),
        (shape("35.10.09", [[["114", "-8"]] * 4]), "35.10.09"),
        (shape("35.10.09", [[[114.1]] * 4]), "35.10.09"),
        (shape("35.10.09", [[[114.1, float("nan")]] * 4]), "35.10.09"),
        (shape("35.10.09", [[[True, False]] * 4]), "35.10.09"),
        (shape("35.10.09.2003"), "35.10.09.2003"),
        ("not a feature", "2"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_unfit_shape_is_named_and_stops_the_whole_file(
    tmp_path: Path, feature: object, reason: str
) -> None:
    file = written(tmp_path, shape("35.10.09.2003"), feature)

    with pytest.raises(BoundariesUnfit) as refusal:
        import_boundaries(path=file, skip=False, by="sari")

    assert len(refusal.value.problems) == 1
    assert reason in refusal.value.problems[0]
    assert not Region.objects.exclude(boundary=None).exists()

    assert import_boundaries(path=file, skip=True, by="sari").stored == 1
    assert Region.objects.get(code="35.10.09.2003").boundary == [[SQUARE]]


@pytest.mark.usefixtures("regency")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 shapefile.zip",
        b"\xff\xfe\x00",
        b"[]",
        b"{}",
        b'{"features": []}',
        b'{"features": {"a": 1}}',
        b"[" * 100_000,
    ],
    ids=lambda value: repr(value[:12]),
)
def test_what_is_no_geojson_is_refused_with_its_name(
    tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "batas.geojson"
    file.write_bytes(content)

    with pytest.raises(BadTable, match=r"batas\.geojson"):
        import_boundaries(path=file, skip=False, by="sari")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match=r"none\.geojson"):
        import_boundaries(path=tmp_path / "none.geojson", skip=False, by="sari")


def test_boundaries_before_regions_say_what_to_load_first(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="smartkampung regions load"):
        import_boundaries(
            path=written(tmp_path, shape("35.10.09")), skip=False, by="sari"
        )


@pytest.mark.usefixtures("regency")
@pytest.mark.skipif(not VILLAGES.exists(), reason="the shared folder is not here")
def test_the_real_boundaries_of_all_villages_load() -> None:
    assert import_boundaries(path=VILLAGES, skip=False, by="sari").stored == 217

    kept = Region.objects.exclude(boundary=None).values_list("code", "boundary")
    source = json.loads(VILLAGES.read_text())["features"]
    assert dict(kept) == {f["id"]: f["geometry"]["coordinates"] for f in source}

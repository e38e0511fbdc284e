"""Operators load regions by command; a wrong file ends in a sentence and exit code 1."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import smartkampung.regions
from smartkampung.cli.regions import app
from smartkampung.regions.models import Region

HERE = Path(smartkampung.regions.__file__).parent / "data" / "35.10"
SQUARE = [[114.1, -8.4], [114.2, -8.4], [114.2, -8.3], [114.1, -8.4]]

pytestmark = pytest.mark.django_db


def run(*words: object) -> tuple[int, str]:
    """Run ``smartkampung regions`` and return the exit code and all it said."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, " ".join(result.output.split())


def boundaries(folder: Path, *codes: str) -> Path:
    """Write a GeoJSON file with one square for each code."""
    file = folder / "batas.geojson"
    geometry = {"type": "Polygon", "coordinates": [SQUARE]}
    features = [
        {"type": "Feature", "properties": {"kode": code}, "geometry": geometry}
        for code in codes
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return file


def test_load_says_what_it_loaded() -> None:
    code, said = run("load", HERE)

    assert code == 0
    assert "regions: 244" in said
    assert "health_centres: 45" in said


def test_load_national_reads_the_table_as_it_comes(tmp_path: Path) -> None:
    table = tmp_path / "codes.csv"
    table.write_text("kode,nama,jenis\n91,Papua,provinsi\n91.03,Jayapura,kabupaten\n")

    assert run("load-national", table) == (0, "regions: 2")
    assert Region.objects.count() == 2


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    code, said = run("load", tmp_path)

    assert code == 1
    assert "regency.csv" in said
    assert "Traceback" not in said


def test_boundaries_are_imported_or_named(tmp_path: Path) -> None:
    run("load", HERE)
    file = boundaries(tmp_path, "35.10.09.2003", "35.99")

    code, said = run("import-boundaries", file)
    assert code == 1
    assert "35.99" in said
    assert not Region.objects.exclude(boundary=None).exists()

    code, said = run("import-boundaries", file, "--skip")
    assert code == 0
    assert "boundaries: 1, skipped: 1" in said
    assert "35.99" in said

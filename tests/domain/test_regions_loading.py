"""A regency loads from its folder, a nation from its code table; twice is once."""

import gzip
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError

import smartkampung.regions
from smartkampung.regions.bulk import (
    RegionRow,
    TermRow,
    load_national,
    load_regency,
    save_regions,
    save_terms,
)
from smartkampung.regions.codes import within
from smartkampung.regions.models import HealthCentre, Region, ServedVillage
from smartkampung.regions.tables import BadTable
from tests.shared import SHARED

HERE = Path(smartkampung.regions.__file__).parent / "data" / "35.10"
NATIONAL = SHARED / "wilayah_nasional_kemendagri_2025.csv.gz"

pytestmark = pytest.mark.django_db


def test_the_regency_has_all_its_parts() -> None:
    counts = load_regency(HERE)

    kinds = Counter(Region.objects.values_list("kind", flat=True))
    assert kinds == {
        "province": 1,
        "regency": 1,
        "kecamatan": 25,
        "desa": 189,
        "kelurahan": 28,
    }
    assert counts == {"regions": 244, "health_centres": 45, "served_villages": 217}
    assert HealthCentre.objects.count() == 45


def test_every_village_is_served_from_within_its_own_kecamatan() -> None:
    load_regency(HERE)

    pairs = ServedVillage.objects.values_list("village_id", "centre__village_id")
    assert len(pairs) == 217
    assert all(village[:8] == centre[:8] for village, centre in pairs)


def test_loading_again_corrects_but_never_doubles_or_erases(tmp_path: Path) -> None:
    load_regency(HERE)
    Region.objects.filter(code="35.10.09.2003").update(
        name="Gentng Kulon", phone="0333-1", postal_code="68465"
    )

    load_regency(HERE)

    village = Region.objects.get(code="35.10.09.2003")
    assert (village.name, village.phone) == ("Genteng Kulon", "0333-1")
    assert Region.objects.count() == 244
    # Its postal code is not in our files; one that somebody wrote stays.
    Region.objects.filter(code="35.10.25.2009").update(postal_code="68462")
    load_regency(HERE)
    assert Region.objects.get(code="35.10.25.2009").postal_code == "68462"


def test_inside_a_kecamatan_is_a_prefix_test() -> None:
    load_regency(HERE)

    rows = Region.objects.filter(within("code", ["35.10.09"]))
    assert rows.count() == 6
    assert not Region.objects.filter(within("code", [])).exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "villages.csv",
            "35.10.09.2003,",
            "35.10.9.2003,",
            "villages.csv, baris 68, kolom code: “35.10.9.2003”",
        ),
        ("villages.csv", "35.10.09.2003,", "35.10.99.2003,", "35.10.99"),
        ("villages.csv", "35.10.09.2003,", "35.10.09.2002,", "35.10.09.2002"),
        ("villages.csv", "Genteng Kulon", "", "baris 68, kolom name"),
        ("villages.csv", "Genteng Kulon", "x" * 121, "kolom name"),
        ("villages.csv", ",-8.35536,", ",selatan,", "kolom lat: “selatan”"),
        ("villages.csv", "code,name", "kd,name", "villages.csv"),
        ("kecamatan.csv", "Genteng", "Gen\udcffteng", "kecamatan.csv"),
        ("kecamatan.csv", "Genteng", '"Genteng', "kecamatan.csv"),
        ("health_centres.csv", "35.10.09.2003", "35.10.09.2099", "35.10.09.2099"),
        ("served_villages.csv", "pkm-3510092003", "pkm-1", "pkm-1"),
        ("served_villages.csv", "35.10.09.2003,", "35.10.09.2099,", "35.10.09.2099"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_wrong_file_is_named_with_its_place_and_nothing_is_loaded(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    folder = Path(shutil.copytree(HERE, tmp_path / "35.10"))
    content = (folder / file).read_text(encoding="utf-8")
    assert old in content
    (folder / file).write_bytes(
        content.replace(old, new, 1).encode("utf-8", "surrogateescape")
    )

    with pytest.raises(BadTable) as refusal:
        load_regency(folder)

    assert message in str(refusal.value)
    assert not Region.objects.exists()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match=r"regency\.csv"):
        load_regency(tmp_path)


def test_a_national_table_loads_with_the_columns_it_comes_with(tmp_path: Path) -> None:
    table = tmp_path / "codes.csv.gz"
    rows = "kode,nama,jenis\n91,Papua,provinsi\n91.03,Jayapura,kabupaten\n"
    rows += "91.03.01,Sentani,kecamatan\n91.03.01.3001,Yobeh,desa_adat\n"
    table.write_bytes(gzip.compress(rows.encode()))

    assert load_national(table) == 4
    assert Region.objects.get(code="91.03.01.3001").kind == "desa"
    assert Region.objects.get(code="91.03.01.3001").parent_id == "91.03.01"


def test_a_cut_off_archive_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "codes.csv.gz"
    whole = gzip.compress(b"kode,nama\n" + b"35,Jawa Timur\n" * 500)
    table.write_bytes(whole[:-20])

    with pytest.raises(BadTable, match=r"codes\.csv\.gz"):
        load_national(table)


@pytest.mark.slow
@pytest.mark.skipif(not NATIONAL.exists(), reason="the shared folder is not here")
def test_the_national_table_loads_whole() -> None:
    assert load_national(NATIONAL) == 91_599

    kinds = Counter(Region.objects.values_list("kind", flat=True))
    assert (kinds["province"], kinds["regency"]) == (38, 416 + 98)
    assert (kinds["kecamatan"], kinds["desa"]) == (7_285, 75_266)
    assert load_regency(HERE)["regions"] == 244


def test_region_has_one_head() -> None:
    load_regency(HERE)
    since = Region.objects.get(code="35.10.09.2003")
    row = TermRow(since.code, "Sutrisno", date(2019, 1, 1), None)
    assert save_terms([row]) == 1
    assert save_terms([row._replace(name="Another")]) == 0

    with pytest.raises(IntegrityError, match="region_has_one_head"):
        since.heads.create(name="Another", since=date(2022, 1, 1))


def test_a_successor_may_begin_the_day_the_term_ends() -> None:
    load_regency(HERE)
    first = TermRow("35.10.09", "Sutrisno", date(2013, 1, 1), date(2019, 1, 1))
    second = TermRow("35.10.09", "Wagimin", date(2019, 1, 1), None)

    assert save_terms([first, second]) == 2


def test_head_term_ends_after_it_begins() -> None:
    load_regency(HERE)
    village = Region.objects.get(code="35.10.09.2003")

    with pytest.raises(IntegrityError, match="head_term_ends_after_it_begins"):
        village.heads.create(
            name="Sutrisno", since=date(2019, 1, 1), until=date(2019, 1, 1)
        )


def test_village_has_one_health_centre() -> None:
    load_regency(HERE)

    with pytest.raises(IntegrityError, match="village_has_one_health_centre"):
        ServedVillage.objects.create(
            village_id="35.10.09.2003", centre_id="pkm-3510092001"
        )


def test_a_region_without_its_parent_is_refused_by_name() -> None:
    with pytest.raises(BadTable, match=r"35\.10\.09"):
        save_regions([RegionRow("35.10.09.2003", "Genteng Kulon")])

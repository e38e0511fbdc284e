"""``smartkampung import`` and ``export``: what operators type and what they are told."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from smartkampung.aid.bulk import load_defaults
from smartkampung.aid.models import Enrolment
from smartkampung.audit.models import Access
from smartkampung.cli import exports, imports
from smartkampung.residents.models import FamilyDecile, Import, Person
from tests.cast import HERE, places
from tests.workbooks import (
    FAMILY,
    SITI,
    SITI_NIK,
    SLAMET,
    sheets,
    text,
    workbook,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places() -> None:
    places()


def run(*words: object, app: Any = imports.app) -> tuple[int, str, str]:
    """Run a command; return the exit code, what it answered and what it complained."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, " ".join(result.stderr.split())


def told(*words: object) -> tuple[int, dict[str, Any]]:
    """Run an import with --json; return the exit code and the summary."""
    code, out, _ = run(*words, "--json")
    return code, json.loads(out)


@pytest.fixture
def village_file(tmp_path: Path) -> Path:
    file = tmp_path / "penduduk.xlsx"
    file.write_bytes(workbook(*FAMILY))
    return file


def test_a_preview_changes_nothing_and_says_how_to_go_on(village_file: Path) -> None:
    code, out, _ = run("opensid", village_file, "--village", HERE)
    assert code == 0
    assert "new: 3" in out
    assert "--apply" in out
    assert not Person.objects.exists()


def test_apply_writes_it_down_and_says_how_to_undo_it(village_file: Path) -> None:
    code, out, _ = run("opensid", village_file, "--village", "3510092003", "--apply")
    number = Import.objects.get().pk
    assert code == 0
    assert f"import undo {number}" in out
    assert Person.objects.count() == 3

    code, out, _ = run("undo", number)
    assert (code, Person.objects.count()) == (0, 0)


def test_the_summary_as_json(village_file: Path) -> None:
    run("opensid", village_file, "--village", HERE, "--apply")
    village_file.write_bytes(
        workbook(
            SITI | {"pekerjaan_id": 88},
            SLAMET | {"nik": 3510091204850003},
            FAMILY[2],
            SLAMET | {"tanggallahir": "1986-04-12"},
        )
    )
    code, summary = told("opensid", village_file, "--village", HERE)
    counts = {
        name: summary[name]
        for name in ("new", "changed", "unchanged", "rejected", "review")
    }
    assert code == 3
    assert counts == {
        "new": 0,
        "changed": 1,
        "unchanged": 1,
        "rejected": 1,
        "review": 1,
    }
    (cell,) = summary["rejections"]
    assert (cell["sheet"], cell["cell"], cell["column"]) == (
        "Data Penduduk",
        "G3",
        "nik",
    )
    assert "3510091204850003" not in json.dumps(summary)
    (row,) = summary["changes"]
    assert row["changes"] == [{"field": "occupation", "old": "2", "new": "88"}]


def test_rejected_cells_are_told_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(text(SITI | {"nik": "351009510790001"}, SLAMET, delimiter=";"))
    code, out, err = run("opensid", file, "--village", HERE)
    assert code == 3
    assert "G2" in err
    assert "351009510790001" not in err
    assert "new: 1" in out


def test_rejected_rows_are_written_as_a_workbook(tmp_path: Path) -> None:
    file, wrong = tmp_path / "a.xlsx", tmp_path / "wrong.xlsx"
    file.write_bytes(workbook(SITI | {"sex": "?"}, SLAMET))
    assert run("opensid", file, "--village", HERE, "--rejections", wrong)[0] == 3
    code, summary = told("opensid", wrong, "--village", HERE)
    assert (code, summary["rejected"]) == (3, 1)


@pytest.mark.parametrize(
    ("village", "reason"),
    [
        ("", "village_needed"),
        ("35.10.09.9999", "no_such_village"),
        ("35.10.09", "no_such_village"),
        ("x", "no_such_village"),
    ],
)
def test_the_village_must_be_named(
    village_file: Path, village: str, reason: str
) -> None:
    code, summary = told("opensid", village_file, "--village", village)
    assert (code, summary["unusable"]) == (2, reason)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"nama;hobi\n"])
def test_an_unusable_file_ends_with_a_sentence(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(data)
    code, out, err = run("opensid", file, "--village", HERE)
    assert (code, out) == (2, "")
    assert len(err) > 20


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    code, _, err = run("opensid", tmp_path / "nowhere.xlsx", "--village", HERE)
    assert code == 2
    assert "nowhere.xlsx" in err


def test_there_is_nothing_to_undo() -> None:
    assert run("undo", 17)[0] == 2


def test_undone_twice(village_file: Path) -> None:
    run("opensid", village_file, "--village", HERE, "--apply")
    number = Import.objects.get().pk
    run("undo", number)
    assert run("undo", number)[0] == 1


def test_opendk_and_our_csv_name_their_villages(tmp_path: Path) -> None:
    opendk = {
        "desa_id": HERE,
        "nomor_nik": SITI_NIK,
        "nomor_kk": "0",
        "nama": "A",
        "jenis_kelamin": "P",
    }
    file = tmp_path / "sync.xlsx"
    file.write_bytes(workbook(opendk, headers=list(opendk)))
    assert told("opendk", file, "--apply")[1]["new"] == 1
    ours = {"village": HERE, "nik": SITI_NIK, "kk": "0", "name": "A", "sex": "P"}
    file = tmp_path / "people.csv"
    file.write_bytes(text(ours, headers=list(ours)))
    assert told("people", file)[1]["unchanged"] == 1


def test_deciles(village_file: Path, tmp_path: Path) -> None:
    run("opensid", village_file, "--village", HERE, "--apply")
    file = tmp_path / "dtsen.xlsx"
    file.write_bytes(
        sheets(("DTSEN", [["No.KK", "NIK", "desil"], [str(SITI["no_kk"]), "", "3"]]))
    )
    words = ("desil", file, "--source", "DTSEN 2026", "--as-of", "2026-10-01")
    assert told(*words, "--apply")[1]["new"] == 1
    assert told(*words)[1]["unchanged"] == 1
    row = FamilyDecile.objects.get()
    assert (row.decile, row.source, row.on.isoformat()) == (
        3,
        "DTSEN 2026",
        "2026-10-01",
    )


def test_recipients(village_file: Path, tmp_path: Path) -> None:
    load_defaults()
    run("opensid", village_file, "--village", HERE, "--apply")
    program: list[list[Any]] = [["Nama Program", "Sembako"], ["Sasaran Program", 2]]
    peserta: list[list[Any]] = [
        ["Peserta", "No. Peserta", "NIK", "Nama"],
        [SITI["no_kk"], "", SITI_NIK, "SITI"],
    ]
    file = tmp_path / "bpnt.xlsx"
    file.write_bytes(sheets(("Program", program), ("Peserta", peserta)))
    code, summary = told("recipients", file, "--village", HERE)
    assert (code, summary["unusable"]) == (2, "programme_unknown")
    code, summary = told("recipients", file, "--programme", "bpnt", "--apply")
    assert (code, summary["new"]) == (0, 1)
    assert Enrolment.objects.get().programme_id == "bpnt"
    assert run("undo", summary["import"])[0] == 0
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("name", ["keluar.xlsx", "keluar.csv"])
def test_an_export_comes_back_unchanged(
    village_file: Path, tmp_path: Path, name: str
) -> None:
    run("opensid", village_file, "--village", HERE, "--apply")
    file = tmp_path / name
    code, out, _ = run("opensid", "--village", HERE, file, app=exports.app)
    assert code == 0
    assert "3 people" in " ".join(out.split())
    assert file.stat().st_mode & 0o077 == 0
    assert told("opensid", file, "--village", HERE)[1]["unchanged"] == 3
    assert Access.objects.filter(purpose="export", revealed=True).count() == 3


def test_our_csv_comes_back_unchanged(village_file: Path, tmp_path: Path) -> None:
    run("opensid", village_file, "--village", HERE, "--apply")
    file = tmp_path / "keluar.csv"
    assert run("people", "--village", HERE, file, app=exports.app)[0] == 0
    assert told("people", file)[1]["unchanged"] == 3


@pytest.mark.parametrize(
    ("form", "name", "village"),
    [
        ("opensid", "x.ods", HERE),
        ("people", "x.xlsx", HERE),
        ("opensid", "x.xlsx", "35.10.09.9999"),
        ("opensid", "no/such/folder/x.xlsx", HERE),
    ],
)
def test_what_cannot_be_exported(
    tmp_path: Path, form: str, name: str, village: str
) -> None:
    code, _, err = run(form, "--village", village, tmp_path / name, app=exports.app)
    assert code == 2
    assert err

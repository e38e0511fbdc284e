"""What a file means for the registry: new, changed, unchanged; never erased."""

from typing import Any

import pytest

from smartkampung.regions.models import Region
from smartkampung.residents.imports.reading.records import Format
from smartkampung.residents.models import Family, Person, PersonDetail
from tests.cast import HERE, NEXT_DOOR, RT_HERE
from tests.importing import bring, counts, registry
from tests.workbooks import (
    BAYU,
    FAMILY,
    SITI,
    SITI_NIK,
    SLAMET,
    sheets,
    text,
    workbook,
)

pytestmark = pytest.mark.django_db


def siti() -> Person:
    return Person.objects.get(name__startswith="SITI")


def test_a_first_import_adds_the_family_to_its_rt() -> None:
    assert counts(workbook(*FAMILY)) == {"new": 3}

    card = Family.objects.get()
    assert (card.region_code, card.address, card.dusun) == (
        RT_HERE,
        "Jl. Melati 4",
        "KRAJAN",
    )
    assert card.kk is not None
    assert card.kk.open() == SITI["no_kk"]
    person = siti()
    assert person.nik is not None
    assert (person.nik.open(), person.nik_flags, person.family) == (SITI_NIK, 0, card)


def test_the_same_file_again_changes_nothing() -> None:
    bring(workbook(*FAMILY))
    before = registry()

    assert counts(workbook(*FAMILY)) == {"unchanged": 3}
    assert registry() == before


def test_a_preview_writes_nothing() -> None:
    assert counts(workbook(*FAMILY), apply=False) == {"new": 3}
    assert registry() == [[], [], []]


def test_a_change_is_told_as_old_and_new() -> None:
    bring(workbook(*FAMILY))
    done = bring(workbook(SLAMET, SITI | {"pekerjaan_id": 88}, BAYU))

    (row,) = done.changes
    (change,) = row.as_dict()["changes"]
    assert change == {"field": "occupation", "old": "2", "new": "88"}
    assert siti().occupation == 88


@pytest.mark.parametrize(
    "changes",
    [
        {"pekerjaan_id": ""},
        {"alamat": "", "dusun": "-", "rw": "-", "rt": "-"},
        {"nama": "Siti  aminah"},
        {"tanggallahir": ""},
        {"nama_ibu": "sulastri"},
        {"status_dasar": ""},
        {"no_kk": "0"},
    ],
    ids=str,
)
def test_what_a_file_leaves_empty_or_only_spells_otherwise_changes_nothing(
    changes: dict[str, Any],
) -> None:
    bring(workbook(*FAMILY))
    before = registry()

    assert counts(workbook(SLAMET, SITI | changes, BAYU)) == {"unchanged": 3}
    assert registry() == before


def test_who_is_missing_from_the_file_stays() -> None:
    bring(workbook(*FAMILY))
    assert counts(workbook(SLAMET)) == {"unchanged": 1}
    assert Person.objects.count() == 3


def test_a_death_in_the_file_is_a_change_of_status() -> None:
    bring(workbook(*FAMILY))
    assert counts(workbook(SITI | {"status_dasar": "MATI"})) == {"changed": 1}
    assert siti().status == "dead"


def test_a_birth_date_that_was_unknown_is_learnt_and_the_flags_with_it() -> None:
    bring(workbook(SITI | {"tanggallahir": ""}))
    assert counts(workbook(SITI | {"tanggallahir": "1990-07-12"})) == {"changed": 1}
    assert siti().nik_flags == 2


def test_a_move_inside_the_village_makes_the_rt_that_was_missing() -> None:
    bring(workbook(*FAMILY))
    assert counts(workbook(SITI | {"rw": "9", "rt": "4"})) == {"changed": 1}

    assert siti().region_code == f"{HERE}.009.004"
    names = dict(
        Region.objects.filter(code__contains=".009").values_list("code", "name")
    )
    assert names == {f"{HERE}.009": "RW 009", f"{HERE}.009.004": "RT 004"}


def test_only_the_head_speaks_for_the_card() -> None:
    bring(workbook(*FAMILY))
    assert counts(workbook(SITI | {"alamat": "Jl. Lain"})) == {"unchanged": 1}
    assert counts(workbook(SLAMET | {"alamat": "Jl. Baru"})) == {"changed": 1}
    assert Family.objects.get().address == "Jl. Baru"


def test_a_new_card_takes_the_word_of_its_head_wherever_they_stand() -> None:
    rows = (SITI | {"rt": "1"}, SLAMET | {"rt": "7"}, BAYU | {"rt": "1"})
    bring(workbook(*rows))

    assert Family.objects.get().region_code == RT_HERE
    assert counts(workbook(*rows)) == {"unchanged": 3}


def test_somebody_who_leaves_the_card_gets_a_new_one_and_the_others_stay() -> None:
    bring(workbook(*FAMILY))
    assert counts(workbook(SITI | {"no_kk": "3510091501100099"})) == {"changed": 1}

    assert Family.objects.count() == 2
    assert siti().family.kk.open() == "3510091501100099"
    assert Person.objects.get(name="SLAMET RIYADI").family != siti().family


def test_a_card_issued_anew_for_all_stays_the_same_family() -> None:
    bring(workbook(*FAMILY))
    before = Family.objects.get()
    renewed = [row | {"no_kk": "3510091501100099"} for row in FAMILY]

    assert counts(workbook(*renewed)) == {"changed": 1, "unchanged": 2}
    card = Family.objects.get()
    assert (card.pk, card.kk.open()) == (before.pk, "3510091501100099")
    assert counts(workbook(*renewed)) == {"unchanged": 3}


def test_somebody_who_joins_a_card_that_is_known() -> None:
    bring(workbook(SLAMET, SITI | {"no_kk": "3510091501100099"}))
    assert counts(workbook(SITI)) == {"changed": 1}
    assert siti().family.members.count() == 2


def test_people_without_any_card_stand_on_one_of_their_own() -> None:
    rows = (SITI | {"no_kk": "0"}, SLAMET | {"no_kk": ""})
    assert counts(workbook(*rows)) == {"new": 2}
    assert Family.objects.count() == 2
    assert counts(workbook(*rows)) == {"unchanged": 2}


def test_a_card_with_a_temporary_number_keeps_its_family_together() -> None:
    rows = [row | {"no_kk": "0351009200300001"} for row in FAMILY]
    bring(workbook(*rows))

    assert Family.objects.get().temporary_id == "0351009200300001"
    assert counts(workbook(*rows)) == {"unchanged": 3}


def test_people_without_nik_are_known_again_by_their_temporary_id() -> None:
    row = BAYU | {"nik": "0351009200300012"}
    bring(workbook(row))
    assert counts(workbook(row | {"nama": "BAYU PRATAMA PUTRA"})) == {"changed": 1}
    assert Person.objects.get().temporary_id == "0351009200300012"


def test_a_temporary_id_is_learnt_for_somebody_known_by_name() -> None:
    bring(workbook(BAYU))
    assert counts(workbook(BAYU | {"nik": "0351009200300012"})) == {"changed": 1}
    assert Person.objects.get().temporary_id == "0351009200300012"


def test_twins_of_one_name_on_two_cards_are_two_people() -> None:
    rows = (BAYU, BAYU | {"no_kk": "3510091501100099"})
    assert counts(workbook(*rows)) == {"new": 2}
    assert counts(workbook(*rows)) == {"unchanged": 2}


def test_what_is_only_kept_comes_and_changes_and_goes() -> None:
    bring(workbook(SITI | {"suku": "OSING", "pekerjaan_id": "TUKANG PIJAT"}))
    detail = PersonDetail.objects.get()
    assert "OSING" in detail.box.open()

    later = workbook(SITI | {"suku": "JAWA", "pekerjaan_id": 88})
    done = bring(later)
    told = {
        change.field: (change.old, change.new)
        for change in done.changes[0].finding.changes
    }
    assert told == {
        "occupation": (None, 88),
        "suku": ("OSING", "JAWA"),
        "pekerjaan_id": ("TUKANG PIJAT", ""),
    }
    assert counts(later) == {"unchanged": 1}


def test_the_second_of_two_equal_rows_is_rejected_with_the_row_of_the_first() -> None:
    done = bring(workbook(SITI, SLAMET, SITI))
    (cell,) = done.rejections.issues()
    assert (cell.issue.cell, cell.issue.fault, cell.issue.details) == (
        "G4",
        "repeated_row",
        {"before": 2},
    )
    assert Person.objects.count() == 2


def test_the_second_of_two_equal_rows_without_nik_is_rejected() -> None:
    done = bring(workbook(BAYU, BAYU))
    assert [cell.issue.fault for cell in done.rejections.issues()] == ["repeated_row"]
    assert Person.objects.count() == 1


def test_rows_of_other_villages_are_rejected() -> None:
    rows = [
        {"village": code, "kk": "0", "nik": "0", "name": name, "sex": "L"}
        for code, name in ((HERE, "A"), (NEXT_DOOR, "B"), ("35.10.99.2001", "C"))
    ]
    data = text(*rows, headers=list(rows[0]))
    done = bring(data, kind=Format.PEOPLE)
    faults = [(c.issue.cell, c.issue.fault) for c in done.rejections.issues()]
    assert faults == [("A3", "village_outside"), ("A4", "village_outside")]


def test_a_regency_file_puts_everybody_into_their_village() -> None:
    rows = [
        {
            "village": code,
            "rw": "1",
            "rt": "1",
            "kk": "0",
            "nik": "0",
            "name": name,
            "sex": "L",
        }
        for code, name in ((HERE, "A"), ("3510092004", "B"), ("", "C"), ("x", "D"))
    ]
    done = bring(text(*rows, headers=list(rows[0])), kind=Format.PEOPLE, scope="35.10")
    assert set(Person.objects.values_list("name", "region_code")) == {
        ("A", f"{HERE}.001.001"),
        ("B", f"{NEXT_DOOR}.001.001"),
    }
    assert [c.issue.fault for c in done.rejections.issues()] == ["village_unknown"] * 2


def test_many_batches_are_judged_like_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Families that a file scatters over batches still become one card."""
    rows = [
        SITI
        | {
            "nama": f"WARGA {number % 50} {number}",
            "nik": f"35100951079{number:05}",
            "no_kk": f"35100915011{number % 3000:05}",
            "kk_level": 1 if number >= 6000 else 4,
            "alamat": f"Jl. {number}",
        }
        for number in range(1, 9001)
    ]
    data = text(*rows)
    assert counts(data) == {"new": 9000}
    assert Family.objects.count() == 3000
    assert counts(data) == {"unchanged": 9000}
    assert Family.objects.filter(address="Jl. 6000").count() == 1


def test_rejected_rows_as_a_workbook_are_rejected_again_until_corrected() -> None:
    done = bring(workbook(SITI | {"nik": 3510095107900001}, SLAMET, SLAMET))
    again = done.rejections.as_workbook()

    told = bring(again, apply=False)
    assert [c.issue.fault for c in told.rejections.issues()] == ["lost_digits"]
    assert told.summary.as_counts()["unchanged"] == 1  # the repeated row stands alone
    assert told.summary.columns["unknown"] == []


def test_a_workbook_of_two_sheets_of_people() -> None:
    headers = ["nama", "nik", "no_kk", "sex"]
    data = sheets(
        ("RW 1", [headers, ["A", "0", "0", "L"]]),
        ("RW 2", [headers, ["B", "0", "0", "P"]]),
    )
    assert counts(data) == {"new": 2}

"""Lists of recipients put people onto programmes; red lights keep them off."""

from typing import Any

import pytest

from smartkampung.aid.bulk import load_defaults
from smartkampung.aid.imports import undo_recipients
from smartkampung.aid.models import Enrolment
from smartkampung.residents.imports import work
from smartkampung.residents.imports.bringing import Done
from smartkampung.residents.imports.reading.records import Format, Unusable
from smartkampung.residents.models import Family, Person
from tests.cast import NEXT_DOOR
from tests.importing import AT, bring, counts
from tests.workbooks import FAMILY, SITI, SITI_NIK, SLAMET, sheets, workbook

pytestmark = pytest.mark.django_db
KK = str(SITI["no_kk"])


@pytest.fixture(autouse=True)
def _village() -> None:
    load_defaults()
    bring(workbook(*FAMILY))


def book(
    *recipients: list[Any], programme: str = "BPNT / Kartu Sembako", target: int = 2
) -> bytes:
    program: list[list[Any]] = [
        ["id", "7"],
        ["Nama Program", programme],
        ["Sasaran Program", target],
        ["Rentang Waktu (Awal)", "2026-01-01"],
        ["Rentang Waktu (Akhir)", "2026-12-31"],
    ]
    people: list[list[Any]] = [["Peserta", "No. Peserta", "NIK", "Nama"], *recipients]
    return sheets(("Program", program), ("Peserta", people))


def brought(data: bytes, **options: Any) -> Done:
    return bring(data, kind=Format.RECIPIENTS, **options)


def faults(done: Done) -> list[str]:
    return [cell.issue.fault for cell in done.rejections.issues()]


def test_a_family_is_put_on_the_list_for_the_time_that_the_workbook_says() -> None:
    done = brought(book([KK, "", SITI_NIK, "SITI"]), source="Kemensos 2026")
    row = Enrolment.objects.get()
    assert done.summary.as_counts()["new"] == 1
    assert (row.programme_id, row.family, row.person) == (
        "bpnt",
        Family.objects.get(),
        None,
    )
    assert (row.since.isoformat(), str(row.until)) == ("2026-01-01", "2027-01-01")
    assert row.source == "Kemensos 2026"


def test_a_person_is_put_on_the_list_of_a_programme_for_people() -> None:
    brought(book([SITI_NIK, "", "", ""], programme="prakerja", target=1))
    assert Enrolment.objects.get().person == Person.objects.get(name="SITI AMINAH")


def test_a_nik_finds_the_family_for_a_programme_for_families() -> None:
    brought(book([SITI_NIK, "", "", ""], programme="bpnt", target=1))
    row = Enrolment.objects.get()
    assert (row.family, row.person) == (Family.objects.get(), None)


def test_the_same_list_again_changes_nothing() -> None:
    data = book([KK, "", "", ""])
    brought(data)
    assert counts(data, kind=Format.RECIPIENTS) == {"unchanged": 1}


def test_a_red_light_keeps_a_family_off_the_list() -> None:
    brought(book([KK, "", "", ""], programme="pkh"))
    done = brought(book([KK, "", "", ""], programme="bst"))
    (cell,) = done.rejections.issues()
    assert cell.issue.fault == "aid_blocked"
    assert "PKH" in cell.as_dict()["message"]
    assert Enrolment.objects.count() == 1


def test_who_stands_twice_on_the_list_is_put_on_it_once() -> None:
    data = book([SITI_NIK], [SLAMET["nik"]], programme="bpnt", target=1)
    assert faults(brought(data)) == ["repeated_row"]
    assert Enrolment.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "options", "fault"),
    [
        (["3510091501100099"], {}, "not_registered"),
        (["3510095107900099"], {"target": 1}, "not_registered"),
        ([KK], {"programme": "prakerja"}, "numbers_empty"),
    ],
)
def test_who_cannot_be_found_is_rejected(
    row: list[Any], options: dict[str, Any], fault: str
) -> None:
    assert faults(brought(book(row, **options))) == [fault]


def test_the_dead_and_those_from_elsewhere_are_rejected() -> None:
    bring(workbook(SITI | {"status_dasar": 2}))
    dead = book([SITI_NIK], programme="prakerja", target=1)
    assert faults(brought(dead)) == ["not_living"]
    assert faults(brought(book([KK]), scope=NEXT_DOOR)) == ["not_in_area"]


def test_a_programme_that_is_not_ours_is_refused_with_those_that_are() -> None:
    with pytest.raises(Unusable) as refused:
        brought(book([KK], programme="Beras Raskin"))
    assert "bpnt" in refused.value.details["known"]
    assert brought(book([KK], programme="Raskin"), programme="bpnt").imported


def test_undo_takes_them_off_again_unless_they_were_paid() -> None:
    bring(workbook(SLAMET | {"nik": "3510091204850009", "no_kk": "3510091501100099"}))
    done = brought(book([KK], ["3510091501100099"]))
    paid = Enrolment.objects.get(family__members__name="SITI AMINAH")
    Enrolment.objects.filter(pk=paid.pk).update(last_paid_on=AT.date())

    assert done.imported is not None
    imported = work.undo_import(
        import_id=done.imported.pk, by="x", at=AT, undoers=[undo_recipients]
    )
    assert imported.kept == [
        {"kind": "enrolment", "id": paid.pk, "why": "changed_since"}
    ]
    assert Enrolment.objects.get() == paid

"""Welfare lists put a decile on families, with the list and its date."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from smartkampung.residents.imports.reading.records import Format
from smartkampung.residents.models import Family, FamilyDecile, ImportReview
from tests.cast import HERE, NEXT_DOOR
from tests.importing import bring, counts, undo
from tests.workbooks import FAMILY, SITI, SITI_NIK, SLAMET, sheets, workbook

pytestmark = pytest.mark.django_db
KK = str(SITI["no_kk"])
OTHER_KK = "3510091501100099"


@pytest.fixture(autouse=True)
def _village() -> None:
    bring(workbook(*FAMILY))


def listed(*rows: list[Any]) -> bytes:
    table: list[list[Any]] = [["No.KK", "NIK", "desil"], *rows]
    return sheets(("DTSEN", table))


def outcome(*rows: list[Any], **options: str) -> dict[str, int]:
    return counts(listed(*rows), kind=Format.DECILE, **options)


@pytest.mark.parametrize(
    "row",
    [[KK, "", 3], ["", SITI_NIK, 3], [KK, SITI_NIK, 3]],
    ids=["kk", "nik", "both"],
)
def test_a_family_is_found_by_its_card_or_a_nik_on_it(row: list[Any]) -> None:
    assert outcome(row, source="DTSEN 2026", as_of="2026-10-01") == {"new": 1}
    found = FamilyDecile.objects.get()
    assert (found.family, found.decile) == (Family.objects.get(), 3)
    assert (found.source, found.on) == ("DTSEN 2026", date(2026, 10, 1))


def test_the_same_list_again_changes_nothing_and_a_newer_one_does() -> None:
    outcome([KK, "", 3], as_of="2026-10-01")
    assert outcome([KK, "", 3], as_of="2026-10-01") == {"unchanged": 1}
    assert outcome([KK, "", 3]) == {"unchanged": 1}
    assert outcome([KK, "", 3], as_of="2026-11-01") == {"changed": 1}
    assert outcome([KK, "", 5]) == {"changed": 1}


def test_each_member_on_the_list_says_the_same() -> None:
    rows = [[KK, SITI_NIK, 3], [KK, SLAMET["nik"], 3]]
    assert outcome(*rows) == {"new": 2}
    assert FamilyDecile.objects.count() == 1
    assert outcome(*rows) == {"unchanged": 2}


def test_two_deciles_for_one_family_are_for_a_human() -> None:
    assert outcome([KK, SITI_NIK, 3], [KK, SLAMET["nik"], 4]) == {"new": 1, "review": 1}
    assert FamilyDecile.objects.get().decile == 3
    assert ImportReview.objects.get().kind == "numbers_disagree"


def test_a_card_and_a_nik_of_two_families_are_for_a_human() -> None:
    bring(workbook(SLAMET | {"nik": "3510091204850009", "no_kk": OTHER_KK}))
    assert outcome([OTHER_KK, SITI_NIK, 3]) == {"review": 1}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ([OTHER_KK, "", 3], "not_registered"),
        (["", "3510095107900099", 3], "not_registered"),
        ([KK, "", 11], "decile_range"),
    ],
)
def test_who_is_not_known_is_rejected(row: list[Any], fault: str) -> None:
    done = bring(listed(row), kind=Format.DECILE)
    assert [cell.issue.fault for cell in done.rejections.issues()] == [fault]


def test_families_of_another_village_are_rejected() -> None:
    done = bring(listed([KK, "", 3]), kind=Format.DECILE, scope=NEXT_DOOR)
    assert [cell.issue.fault for cell in done.rejections.issues()] == ["not_in_area"]
    assert outcome([KK, "", 3], scope=HERE) == {"new": 1}


def test_undo_takes_it_back() -> None:
    first = bring(listed([KK, "", 3]), kind=Format.DECILE)
    second = bring(listed([KK, "", 5]), kind=Format.DECILE)
    undo(second.imported)
    assert FamilyDecile.objects.get().decile == 3
    undo(first.imported)
    assert not FamilyDecile.objects.exists()


def test_family_decile_is_1_to_10() -> None:
    with (
        pytest.raises(IntegrityError, match="family_decile_is_1_to_10"),
        transaction.atomic(),
    ):
        FamilyDecile.objects.create(
            family=Family.objects.get(), decile=11, source="x", on=date(2026, 1, 1)
        )

"""Undo puts back exactly what an import changed, and names what it had to keep."""

from datetime import timedelta

import pgtrigger
import pytest

from smartkampung.audit.models import Event
from smartkampung.kernel.sealed import Sealed
from smartkampung.regions.models import Region
from smartkampung.residents.imports.refusals import CannotDo
from smartkampung.residents.imports.reviews import decide_review
from smartkampung.residents.models import (
    Family,
    Import,
    ImportReview,
    NikClaim,
    Person,
    PersonDetail,
)
from smartkampung.worklist.models import WorkItem
from tests.importing import AT, bring, counts, registry, undo
from tests.population import SARI
from tests.workbooks import BAYU, FAMILY, SITI, SLAMET, workbook

pytestmark = pytest.mark.django_db
CHANGED = (
    SLAMET | {"alamat": "Jl. Baru", "rt": "3", "suku": "OSING"},
    SITI | {"no_kk": "3510091501100099", "nama": "SITI AMINAH B"},
    BAYU | {"status_dasar": 2},
    SITI | {"nama": "ORANG BARU", "nik": "3510095107900009", "suku": "BALI"},
)


def test_everything_is_as_it_was() -> None:
    bring(workbook(*FAMILY[:2], BAYU | {"suku": "JAWA"}))
    before, regions = registry(), Region.objects.count()

    done = bring(workbook(*CHANGED))
    assert done.summary.as_counts()["changed"] == 3
    assert registry() != before
    imported = undo(done.imported)

    assert registry() == before
    assert Region.objects.count() == regions
    assert (imported.state, imported.kept, imported.undone_by) == (
        "undone",
        [],
        "cli:test",
    )
    assert Event.objects.filter(name="residents.import_undone").exists()


def test_the_file_can_be_imported_again_afterwards() -> None:
    undo(bring(workbook(*FAMILY)).imported)
    assert registry() == [[], [], []]
    assert counts(workbook(*FAMILY)) == {"new": 3}


def test_what_somebody_changed_since_is_kept_and_named() -> None:
    bring(workbook(*FAMILY))
    done = bring(workbook(*CHANGED))
    bayu = Person.objects.get(name__startswith="BAYU")
    Person.objects.filter(pk=bayu.pk).update(status=Person.Status.MISSING)

    imported = undo(done.imported)
    assert imported.kept == [{"kind": "person", "id": bayu.pk, "why": "changed_since"}]
    bayu.refresh_from_db()
    assert bayu.status == "missing"
    assert Person.objects.get(name="SITI AMINAH").family.kk.open() == SITI["no_kk"]


def test_values_sealed_anew_by_another_key_are_no_change() -> None:
    bring(workbook(SITI | {"suku": "JAWA"}))
    done = bring(workbook(SITI | {"pekerjaan_id": 88, "suku": "OSING"}))
    with pgtrigger.ignore():
        for person in Person.objects.all():
            Person.objects.update(nik=Sealed.of(person.nik.open(), "nik"))
        for detail in PersonDetail.objects.all():
            PersonDetail.objects.update(box=Sealed.of(detail.box.open(), "details"))

    assert undo(done.imported).kept == []
    assert Person.objects.get().occupation == 2
    assert "JAWA" in PersonDetail.objects.get().box.open()


def test_what_was_changed_and_changed_back_is_put_back() -> None:
    bring(workbook(*FAMILY))
    done = bring(workbook(BAYU | {"status_dasar": 2}))
    bayu = Person.objects.get(name__startswith="BAYU")
    for status in (Person.Status.MISSING, Person.Status.DEAD):
        Person.objects.filter(pk=bayu.pk).update(status=status)

    assert undo(done.imported).kept == []
    bayu.refresh_from_db()
    assert bayu.status == "living"


def test_somebody_who_is_needed_by_now_is_kept_with_their_card() -> None:
    done = bring(workbook(*FAMILY))
    slamet, siti = (Person.objects.get(name=row["nama"]) for row in (SLAMET, SITI))
    NikClaim.objects.create(
        claimant=slamet,
        holder=siti,
        nik=siti.nik,
        nik_index=siti.nik_index,
        region_code=siti.region_code,
        raised_at=AT,
    )
    kept = undo(done.imported).kept
    assert {(row["kind"], row["id"]) for row in kept} == {
        ("person", slamet.pk),
        ("person", siti.pk),
        ("family", siti.family_id),
    }
    assert set(Person.objects.all()) == {slamet, siti}


def test_a_later_import_stays_when_an_earlier_one_is_undone() -> None:
    first = bring(workbook(*FAMILY))
    bring(workbook(SITI | {"pekerjaan_id": 88}))

    kept = undo(first.imported).kept
    siti = Person.objects.get()
    assert (siti.name, siti.occupation) == ("SITI AMINAH", 88)
    assert {row["why"] for row in kept} == {"changed_since", "in_use"}


def test_undone_in_the_order_of_a_stack_nothing_is_left() -> None:
    first = bring(workbook(*FAMILY))
    second = bring(workbook(*(row for row in CHANGED if row.get("status_dasar") == 1)))
    undo(second.imported)
    assert undo(first.imported).kept == []
    assert registry() == [[], [], []]


def test_somebody_of_whom_a_life_event_tells_stays_with_their_card() -> None:
    first = bring(workbook(BAYU))
    undo(bring(workbook(BAYU | {"status_dasar": 2})).imported)
    kept = undo(first.imported).kept
    assert [(row["kind"], row["why"]) for row in kept] == [
        ("person", "in_use"),
        ("family", "in_use"),
    ]


def test_undone_in_the_wrong_order_a_card_that_is_gone_is_named() -> None:
    first = bring(workbook(SITI, SLAMET))
    second = bring(workbook(SITI | {"no_kk": "3510091501100099"}))
    undo(first.imported)
    kept = undo(second.imported).kept
    siti = Person.objects.get()
    assert kept == [
        {"kind": "person", "id": siti.pk, "why": "card_is_gone"},
        {"kind": "family", "id": siti.family_id, "why": "in_use"},
    ]


def test_a_number_that_somebody_has_by_now_is_not_given_back() -> None:
    bring(workbook(SITI))
    done = bring(workbook(SITI | {"no_kk": "3510091501100099"}))
    bring(workbook(SLAMET))

    card = Family.objects.get(members__name="SITI AMINAH")
    assert undo(done.imported).kept == [
        {"kind": "family", "id": card.pk, "why": "number_taken"}
    ]


def test_undone_twice_is_refused() -> None:
    done = bring(workbook(SITI))
    undo(done.imported)
    with pytest.raises(CannotDo) as refused:
        undo(done.imported)
    assert refused.value.bar == "already_undone"


def test_only_what_was_applied_is_undone() -> None:
    imported = Import.objects.create(
        format="opensid",
        region_code="35.10.09.2003",
        file_name="x",
        file_size=1,
        file_hash=b"x",
        received_by="sari",
        received_at=AT,
        expires_at=AT,
        state=Import.State.READY,
    )
    with pytest.raises(CannotDo) as refused:
        undo(imported)
    assert refused.value.bar == "not_applied"


def test_what_an_undone_import_asked_is_asked_by_the_next_again() -> None:
    other_birth = workbook(SITI | {"tanggallahir": "1991-07-11"})
    bring(workbook(SITI))
    undo(bring(other_birth).imported)
    assert not ImportReview.objects.exists()
    assert not WorkItem.objects.filter(closed_at=None).exists()
    assert counts(other_birth) == {"review": 1}


def test_a_decision_about_a_review_is_no_part_of_the_import() -> None:
    bring(workbook(SITI))
    done = bring(workbook(SITI | {"tanggallahir": "1991-07-11"}, SLAMET))
    decide_review(
        review=ImportReview.objects.get(),
        decision="same_person",
        reason="",
        by=SARI,
        at=AT + timedelta(hours=1),
    )
    undo(done.imported)
    siti = Person.objects.get()
    assert (siti.name, str(siti.born_on)) == ("SITI AMINAH", "1991-07-11")


def test_details_that_an_import_added_go_with_it() -> None:
    bring(workbook(SITI))
    done = bring(workbook(SITI | {"suku": "OSING"}))
    assert PersonDetail.objects.count() == 1
    undo(done.imported)
    assert PersonDetail.objects.count() == 0

"""Whole villages load at once, sealed; a NIK claimed twice waits for a human."""

import sys
import threading
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

import smartkampung.residents.bulk
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.sealed import blind_index
from smartkampung.residents.bulk import FamilyRow, Loaded, PersonRow, load_people
from smartkampung.residents.models import NIK, Family, NikClaim, Person
from smartkampung.worklist.models import WorkItem

RT = "35.10.09.2003.002.007"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
WAYAN_NIK = "3510091204850001"


def wayan(nik: str = WAYAN_NIK, **changes: Any) -> PersonRow:
    """Wayan, head of his family."""
    row = PersonRow(nik, "H. Moch. Wayan Sukarta", "L", date(1985, 4, 12), 1)
    return row._replace(**changes)


def family(*members: PersonRow, kk: str = "3510091501100001") -> FamilyRow:
    """A family card at Sari's RT."""
    return FamilyRow(kk, RT, members, phone="+6281234567890", dusun="Krajan")


@pytest.mark.django_db
def test_people_are_stored_sealed_and_found_by_their_index() -> None:
    loaded = load_people([family(wayan())], at=NOW)

    assert loaded == Loaded(families=1, people=1, contested=0)
    person = Person.objects.get(nik_index=blind_index(WAYAN_NIK, NIK))
    assert person.nik.open() == WAYAN_NIK
    assert person.name_folded == "muhamad wayan sukarta"
    assert (person.region_code, person.family.region_code) == (RT, RT)
    assert person.family.phone.masked.endswith("7890")
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text FROM residents_person p")
        assert WAYAN_NIK not in cursor.fetchone()[0]


@pytest.mark.django_db
def test_every_column_of_a_row_arrives_where_it_belongs() -> None:
    row = wayan(
        birth_place="Tabanan",
        religion=4,
        education=5,
        occupation=9,
        marital_status=2,
        blood_type=13,
        citizenship=2,
        father_name="Nyoman",
        mother_name="Luh",
        status="moved",
    )
    load_people([family(row)._replace(address="Jl. Melati 4", language="en")], at=NOW)

    person = Person.objects.get()
    stored = {name: getattr(person, name) for name in row._fields if name != "nik"}
    assert stored == {k: v for k, v in row._asdict().items() if k != "nik"}
    card = Family.objects.get()
    assert (card.address, card.dusun, card.language) == ("Jl. Melati 4", "Krajan", "en")


@pytest.mark.django_db
def test_the_history_of_a_bulk_load_is_kept() -> None:
    load_people([family(wayan())], at=NOW)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pgh_label, name FROM residents_personevent")
        assert cursor.fetchall() == [("insert", "H. Moch. Wayan Sukarta")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "flags"),
    [
        ({}, 0),
        ({"nik": "5102091204850001"}, 1),
        ({"born_on": date(1985, 4, 13)}, 2),
        ({"sex": "P"}, 4),
        ({"nik": "", "temporary_id": "0351009200300012"}, 0),
    ],
    ids=["agrees", "other region", "other birth date", "other sex", "no NIK"],
)
def test_flags_are_computed_when_the_nik_is_written(
    changes: dict[str, Any], flags: int
) -> None:
    load_people([family(wayan(**changes))], at=NOW)

    assert Person.objects.get().nik_flags == flags


@pytest.mark.django_db
def test_a_person_with_a_temporary_id_has_no_nik() -> None:
    load_people([family(wayan("", temporary_id="0351009200300012"))], at=NOW)

    person = Person.objects.get()
    assert (person.nik, person.nik_index) == (None, None)
    assert person.temporary_id == "0351009200300012"


@pytest.mark.django_db
def test_the_second_claimant_in_one_load_stands_in_quarantine() -> None:
    loaded = load_people(
        [
            family(wayan()),
            family(wayan(name="Made Sukarta"), kk="3510091501100002"),
        ],
        at=NOW,
    )

    assert loaded == Loaded(families=2, people=2, contested=1)
    claim = NikClaim.objects.get()
    assert claim.holder.name == "H. Moch. Wayan Sukarta"
    assert claim.claimant.name == "Made Sukarta"
    assert claim.claimant.nik is None
    assert claim.nik.open() == WAYAN_NIK
    assert claim.region_code == RT
    item = WorkItem.objects.get(kind="residents.nik_claim")
    assert (item.target, item.region_code) == (f"residents.nikclaim:{claim.pk}", RT)


@pytest.mark.django_db
def test_a_nik_that_is_already_here_keeps_its_holder() -> None:
    load_people([family(wayan())], at=NOW)
    loaded = load_people(
        [family(wayan(name="Made Sukarta"), kk="3510091501100002")], at=NOW
    )

    assert loaded.contested == 1
    assert Person.objects.get(nik_index=blind_index(WAYAN_NIK, NIK)).name.startswith(
        "H."
    )


@pytest.mark.django_db
def test_many_chunks_store_every_family_and_tell_how_far_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(smartkampung.residents.bulk, "FAMILIES_AT_ONCE", 2)
    rows = [
        family(wayan(f"35100912048500{i:02d}"), kk=f"35100915011000{i:02d}")
        for i in range(5)
    ]
    seen: list[Loaded] = []

    loaded = load_people(rows, at=NOW, progress=seen.append)

    assert [state.families for state in seen] == [2, 4, 5]
    assert seen[-1] == loaded
    assert Person.objects.count() == 5


@pytest.mark.django_db
def test_threads_take_their_usual_turns_again_after_a_load() -> None:
    usual = sys.getswitchinterval()
    load_people([family(wayan())], at=NOW)
    assert sys.getswitchinterval() == usual

    with pytest.raises(IntegrityError), transaction.atomic():
        load_people([family(wayan())], at=NOW)
    assert sys.getswitchinterval() == usual


@pytest.mark.django_db
def test_nothing_to_load_is_nothing_loaded() -> None:
    assert load_people([], at=NOW) == Loaded(0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_source_that_fails_leaves_only_whole_chunks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(smartkampung.residents.bulk, "FAMILIES_AT_ONCE", 1)

    def rows() -> Iterator[FamilyRow]:
        yield family(wayan())
        raise OSError("the cable was pulled")

    with pytest.raises(OSError, match="cable"):
        load_people(rows(), at=NOW)
    assert Person.objects.count() <= 1


@pytest.mark.django_db
def test_family_kk_unique() -> None:
    load_people([family(wayan())], at=NOW)

    with pytest.raises(IntegrityError, match="family_kk_unique"):
        load_people([family(wayan("3510091204850002"))], at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_loads_claiming_one_nik_at_once_leave_one_holder() -> None:
    start = threading.Barrier(2)
    results: list[Loaded] = []

    def load(kk: str) -> None:
        start.wait()
        try:
            results.append(load_people([family(wayan(), kk=kk)], at=NOW))
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=load, args=(f"351009150110000{i}",)) for i in (1, 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(loaded.contested for loaded in results) == [0, 1]
    assert Person.objects.exclude(nik=None).count() == 1
    assert NikClaim.objects.count() == 1

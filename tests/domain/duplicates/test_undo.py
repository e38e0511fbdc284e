"""A merge that was built upon is undone as far as it can be, and says what was not."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from smartkampung.duplicates.actions import CannotDecide, CannotUndo
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.actions import set_nik
from smartkampung.residents.models import Person
from smartkampung.worklist.models import WorkItem
from tests import cases
from tests.doubles import NOW, double, merge, pair_of, twice, undo
from tests.population import wayan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_an_undo_leaves_alone_what_was_changed_since_and_says_which() -> None:
    stands, other = wayan(), double(mother_name="Ni Sari", father_name="I Ketut")
    row = merge(pair_of(stands, other), stands)
    Person.objects.filter(pk=stands.pk).update(mother_name="Ni Luh Sari")
    kept = undo(row)
    assert [(change.table, change.column) for change in kept] == [
        ("residents_person", "mother_name")
    ]
    assert row.changes.get(kept=True).column == "mother_name"
    stands.refresh_from_db()
    other.refresh_from_db()
    assert (stands.mother_name, stands.father_name) == ("Ni Luh Sari", "")
    assert (other.status, other.merged_into) == ("living", None)


def test_an_undo_leaves_a_nik_that_was_corrected_since() -> None:
    _holder, stands, pair = twice()
    row = merge(pair, stands)
    stands.refresh_from_db()
    set_nik(person=stands, nik="3510091204850077", by="sari", at=NOW)
    assert [change.column for change in undo(row)] == ["nik"]


def test_what_is_new_since_the_merge_stays_with_the_record_that_stood() -> None:
    stands, _other, pair = twice()
    row = merge(pair, stands)
    act_as(Kind.JOB)
    claim = cases.claim_of(stands)
    undo(row)
    act_as(Kind.JOB)
    claim.refresh_from_db()
    assert claim.person == stands


def test_an_undone_pair_is_asked_about_again() -> None:
    stands, _other, pair = twice()
    row = merge(pair, stands)
    undo(row)
    pair.refresh_from_db()
    assert pair.decided_at is None
    assert WorkItem.objects.get(kind="duplicates.pair", closed_at=None)
    with pytest.raises(CannotUndo, match="already undone"):
        undo(row)


def test_a_merge_into_a_record_merged_since_is_undone_last_first() -> None:
    first, second, pair = twice()
    third = double("I Wayan Sudarma")
    inner = merge(pair, second)
    outer = merge(pair_of(second, third), third)
    with pytest.raises(CannotUndo, match="Undo that merge first"):
        undo(inner)
    undo(outer)
    undo(inner)
    first.refresh_from_db()
    assert first.merged_into is None


def test_other_pairs_of_the_record_rest_and_wake_again() -> None:
    stands, other, pair = twice()
    third = double("Sudarma")
    waiting = pair_of(other, third)
    row = merge(pair, stands)
    assert not WorkItem.objects.filter(closed_at=None).exists()
    with pytest.raises(CannotDecide, match="merged with another"):
        merge(waiting, third)
    undo(row)
    assert WorkItem.objects.filter(closed_at=None).count() == 2

"""Each fault is seen as soon as it is there, and gone as soon as it is mended."""

from datetime import date

import pytest

from smartkampung.quality.rules import Fault
from smartkampung.residents.models import Person
from tests.domain.quality.registry import CASES, found, home
from tests.population import NEXT_DOOR, RT_NEXT_DOOR, family, person

pytestmark = pytest.mark.django_db


def test_a_right_record_has_no_fault() -> None:
    home()
    assert found() == {}


@pytest.mark.parametrize("fault", Fault, ids=str)
def test_a_fault_is_found_and_disappears_by_itself_when_mended(fault: Fault) -> None:
    at = home()
    CASES[fault].spoil(at)
    seen = found().get(fault, 0)
    CASES[fault].mend(at)
    assert seen > 0
    assert fault not in found()


def test_the_dead_and_those_who_left_have_nothing_to_mend() -> None:
    at = home()
    CASES[Fault.NIK_MISSING].spoil(at)
    Person.objects.filter(family=at.card).update(status="moved")
    assert found() == {}


def test_when_the_head_dies_the_card_has_none() -> None:
    at = home()
    Person.objects.filter(pk=at.wayan.pk).update(status="dead")
    assert found() == {Fault.NO_HEAD: 1}


def test_a_head_recorded_in_another_village_is_a_head_all_the_same() -> None:
    at = home()
    Person.objects.filter(pk=at.wayan.pk).update(region_code=RT_NEXT_DOOR)
    assert Fault.NO_HEAD not in found()
    assert Fault.NO_HEAD not in found(NEXT_DOOR)


def test_four_families_may_share_a_phone() -> None:
    at = home()
    for _ in range(3):
        person("Tetangga", household=family(None, phone="+6281234567890"))
    assert Fault.PHONE_SHARED not in found()
    person("Tetangga", household=family(None, phone="+6281234567890"))
    assert found()[Fault.PHONE_SHARED] == 5
    assert at.card.pk


def test_families_that_share_a_phone_across_villages_are_found_in_both() -> None:
    home()
    for _ in range(4):
        far = family(None, phone="+6281234567890", region=RT_NEXT_DOOR)
        person("Jauh", household=far)
    assert found()[Fault.PHONE_SHARED] == 1
    assert found(NEXT_DOOR)[Fault.PHONE_SHARED] == 4


def test_a_fault_of_the_card_is_counted_once_and_marks_everybody_on_it() -> None:
    at = home()
    CASES[Fault.KK_MISSING].spoil(at)
    assert found() == {Fault.KK_MISSING: 1}


@pytest.mark.parametrize(
    ("born", "fault"),
    [
        pytest.param(date(1921, 11, 24), None, id="105 today"),
        pytest.param(date(1921, 11, 23), Fault.OVER_105, id="105 and a day"),
        pytest.param(date(1901, 11, 24), Fault.OVER_105, id="125 today"),
        pytest.param(date(1901, 11, 23), Fault.BORN_IMPOSSIBLE, id="125 and a day"),
        pytest.param(date(2026, 11, 24), None, id="born today"),
        pytest.param(date(2026, 11, 25), Fault.BORN_IMPOSSIBLE, id="born tomorrow"),
    ],
)
def test_the_bounds_of_a_life(born: date, fault: Fault | None) -> None:
    at = home()
    Person.objects.filter(pk=at.putu.pk).update(status="moved")
    Person.objects.filter(pk=at.wayan.pk).update(born_on=born, marital_status=1)
    assert set(found()) == ({fault} if fault else set())


def test_a_mother_who_is_younger_than_the_head_is_compared_with_him() -> None:
    at = home()
    Person.objects.filter(pk=at.putu.pk).update(relation=7, born_on=date(1990, 1, 1))
    assert found() == {Fault.OLDER_THAN_PARENT: 1}

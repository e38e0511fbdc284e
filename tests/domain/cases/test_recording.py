"""dr. Ratna records who is ill; what was known is never overwritten."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from smartkampung.audit.models import Event
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.reopening.cases.actions.recording import (
    BadCase,
    CaseKnown,
    CaseWithdrawn,
    Told,
    correct_case,
    record_case,
    report_none,
    withdraw_case,
)
from smartkampung.reopening.cases.models import Case, Heard, House, Mark
from smartkampung.reopening.cases.queries.counting import heard_days
from smartkampung.reopening.cases.queries.zones import zones_known
from tests.cast import FAR_AWAY, HERE, NEXT_DOOR, RT_HERE, places
from tests.confirmed import DAY, RATNA, case, noon
from tests.population import WAYAN_NIK, wayan

pytestmark = pytest.mark.django_db
TOLD = Told(name="Komang", place=RT_HERE, confirmed_on=DAY)


@pytest.fixture(autouse=True)
def _places() -> None:
    places()
    act_as(Kind.JOB)


def test_a_resident_is_found_by_nik_and_lives_where_the_registry_says() -> None:
    resident = wayan()
    row = case(name="Wayan", place=HERE, nik=WAYAN_NIK)
    assert row.person == resident
    assert row.region_code == RT_HERE
    assert row.house.family == resident.family


def test_who_is_no_resident_is_counted_where_they_stay() -> None:
    row = case(name="Tamu", place=HERE)
    assert (row.person, row.region_code) == (None, HERE)


def test_a_resident_of_elsewhere_is_not_looked_up() -> None:
    wayan()
    near = replace(RATNA, posts=(replace(RATNA.posts[0], regions=(NEXT_DOOR,)),))
    told = replace(TOLD, name="Wayan", place=NEXT_DOOR, nik=WAYAN_NIK)
    assert record_case(told=told, by=near, at=noon(DAY)).person is None


def test_a_nik_of_somebody_else_is_refused() -> None:
    wayan()
    with pytest.raises(BadCase) as caught:
        case(name="Sulastri", nik=WAYAN_NIK)
    assert caught.value.code == "nik"


def test_one_address_is_one_house_however_it_is_written() -> None:
    first = case(name="Komang", address="Jl. Mawar No. 5")
    second = case(name="Made", address="mawar 5")
    assert first.house == second.house


def test_one_family_card_is_one_house() -> None:
    resident = wayan()
    case(name="Wayan", nik=WAYAN_NIK, address="Mawar 5")
    House.objects.get(family=resident.family)
    other = case(name="Komang", address="Mawar 5")
    assert other.house.family == resident.family


@pytest.mark.parametrize("address", ["Dusun Krajan", "Krajan RT 003 RW 001", "sda"])
def test_a_hamlet_is_not_one_house(address: str) -> None:
    for number in range(11):
        case(name=f"Warga {'abcdefghijk'[number]}", address=address)
    twins = ("3510101505800003", "3510101505800004")
    first, second = (case(name="Siti", nik=nik, address=address) for nik in twins)
    assert first.house != second.house
    assert zones_known(DAY, known=noon(DAY)).houses[RT_HERE] == 13


def test_nobody_is_recorded_twice_in_ninety_days() -> None:
    case(name="Wayan", nik=WAYAN_NIK)
    with pytest.raises(CaseKnown):
        case(DAY + timedelta(days=89), name="Wayan", nik=WAYAN_NIK)
    case(DAY + timedelta(days=90), name="Wayan", nik=WAYAN_NIK)
    case(name="Komang", address="Mawar 5")
    with pytest.raises(CaseKnown):
        case(name="komang", address="Mawar 5", at=noon(DAY))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"confirmed_on": DAY + timedelta(days=1)}, "confirmed_on"),
        ({"confirmed_on": date(2019, 12, 31)}, "confirmed_on"),
        ({"outcome": "recovered"}, "outcome_on"),
        ({"outcome_on": DAY}, "outcome_on"),
        ({"outcome": "died", "outcome_on": DAY - timedelta(days=1)}, "outcome_on"),
        ({"outcome": "died", "outcome_on": DAY + timedelta(days=1)}, "outcome_on"),
        ({"place": FAR_AWAY}, "place"),
        ({"place": f"{HERE}.002"}, "place"),
        ({"place": f"{RT_HERE}9"}, "place"),
    ],
)
def test_what_cannot_be_is_refused_and_says_where(
    changes: dict[str, object], field: str
) -> None:
    told = Told(**{**TOLD.__dict__, **changes})
    with pytest.raises(BadCase) as caught:
        record_case(told=told, by=RATNA, at=noon(DAY))
    assert caught.value.code == field


def test_a_correction_is_a_row_of_its_own() -> None:
    first = case(address="Mawar 5")
    later = noon(DAY) + timedelta(hours=1)
    told = replace(TOLD, confirmed_on=DAY - timedelta(days=1))
    better = correct_case(
        case=first, told=told, reason="Salah tanggal", by=RATNA, at=later
    )
    first.refresh_from_db()
    assert (first.withdrawn_at, better.replaces, better.recorded_at) == (
        *(later, first),
        later,
    )
    assert Mark.objects.get(pk=first.pk).known_until == later
    with pytest.raises(CaseWithdrawn):
        withdraw_case(case=first, reason="Bukan kasus", by=RATNA, at=later)


def test_a_nik_that_is_of_another_is_taken_away() -> None:
    first = case(address="Mawar 5", nik="3510101505800003")
    told = replace(TOLD, address="Mawar 5")
    kept = correct_case(case=first, told=told, reason="Nama", by=RATNA, at=noon(DAY))
    assert kept.nik is not None
    told = replace(told, nik_unknown=True)
    none = correct_case(case=kept, told=told, reason="NIK", by=RATNA, at=noon(DAY))
    assert (none.nik, none.nik_index) == (None, None)


def test_what_is_withdrawn_counts_no_more_and_says_why() -> None:
    row = case()
    withdraw_case(case=row, reason="Salah orang", by=RATNA, at=noon(DAY))
    kept = Case.objects.get(pk=row.pk)
    assert (kept.withdrawn_by, kept.withdrawn_reason) == ("ratna", "Salah orang")
    names = list(Event.objects.order_by("at", "pk").values_list("name", flat=True))
    assert names[-2:] == ["cases.recorded", "cases.withdrawn"]
    case()  # may be recorded anew


def test_an_entry_says_that_the_village_was_heard() -> None:
    case(DAY - timedelta(days=3), at=noon(DAY))
    assert heard_days(HERE, DAY - timedelta(days=7), DAY) == [DAY - timedelta(days=3)]


def test_no_case_is_told_by_whoever_would_know() -> None:
    span = {"since": DAY - timedelta(days=6), "until": DAY + timedelta(days=1)}
    report_none(villages=[HERE, NEXT_DOOR], **span, by=RATNA, at=noon(DAY))
    report_none(villages=[HERE], **span, by=RATNA, at=noon(DAY) + timedelta(hours=1))
    assert Heard.objects.filter(at=noon(DAY)).count() == 14
    with pytest.raises(BadCase) as outside:
        report_none(villages=[FAR_AWAY], **span, by=RATNA, at=noon(DAY))
    assert outside.value.code == "villages"
    with pytest.raises(BadCase) as long:
        report_none(
            villages=[HERE],
            since=DAY - timedelta(days=31),
            until=span["until"],
            by=RATNA,
            at=noon(DAY),
        )
    assert long.value.code == "since"

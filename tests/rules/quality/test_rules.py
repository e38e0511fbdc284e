"""What a score means, and that every fault has its words."""

from datetime import date

import pytest

from smartkampung.quality.rules import (
    BITS,
    DOUBTS,
    ERRORS,
    OF_FAMILIES,
    About,
    Fault,
    Severity,
    Tally,
    about,
    score,
    severity,
    together,
    years_before,
)
from smartkampung.quality.words import FAULTS


def test_a_score_is_the_share_of_people_without_an_error() -> None:
    assert score(faultless=75, people=100) == 75


def test_where_nobody_lives_there_is_no_score() -> None:
    assert score(faultless=0, people=0) is None


def test_doubts_are_counted_apart_from_errors() -> None:
    tally = Tally(10, 8, {Fault.NIK_MISSING: 2, Fault.OVER_105: 3})
    assert (tally.errors, tally.doubts, tally.score) == (2, 3, 80)


def test_places_add_up() -> None:
    here = Tally(10, 9, {Fault.NO_HEAD: 1})
    there = Tally(5, 5, {Fault.NIK_REGION: 2})
    both = together([here, there])
    assert (both.people, both.faultless) == (15, 14)
    assert both.found[Fault.NO_HEAD] == 1
    assert both.found[Fault.NIK_REGION] == 2


def test_no_place_adds_up_to_nobody() -> None:
    assert together([]).people == 0


def test_every_fault_has_a_bit_of_its_own() -> None:
    assert sum(BITS.values()) == 2 ** len(Fault) - 1


def test_errors_and_doubts_part_the_faults() -> None:
    assert {f for f in Fault if severity(f) is Severity.DOUBT} == DOUBTS
    assert {f for f in Fault if BITS[f] & ERRORS} == set(Fault) - DOUBTS


def test_faults_of_families_are_mended_on_the_card() -> None:
    assert {f for f in Fault if about(f) is About.FAMILY} == OF_FAMILIES


def test_every_fault_has_a_name_and_says_what_to_do() -> None:
    assert set(FAULTS) == set(Fault)


@pytest.mark.parametrize(
    ("day", "years", "earlier"),
    [
        pytest.param(date(2026, 11, 24), 105, date(1921, 11, 24), id="usual"),
        pytest.param(date(2028, 2, 29), 1, date(2027, 2, 28), id="leap day"),
    ],
)
def test_years_before(day: date, years: int, earlier: date) -> None:
    assert years_before(day, years) == earlier

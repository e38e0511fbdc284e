"""Numbers: none twice, none left out, however many officers ask at once."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.db import transaction

from smartkampung.kernel.clock import WIB
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests.actions.numbers import (
    begin_series,
    enter,
    give_back,
    next_number,
    void,
)
from smartkampung.letters.requests.actions.refusals import NumberUnfit
from smartkampung.letters.requests.models import BookEntry, NumberSeries
from smartkampung.letters.requests.queries.villages import Rule
from tests.asking_letters import broken
from tests.cast import HERE, NEXT_DOOR
from tests.races import at_once

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
THREADS = 50


def letter() -> Wording:
    found = wording_for("sktm", HERE, TODAY)
    assert found
    return found


def given(village: str = HERE, on: date = TODAY) -> BookEntry:
    rule = Rule(village, office="2003")
    with transaction.atomic():
        return enter(rule, letter(), next_number(rule, letter(), on=on), on=on)


@pytest.mark.django_db(transaction=True)
def test_letter_number_once_and_without_gap_for_fifty_at_once() -> None:
    numbers = sorted(entry.number for entry in at_once(THREADS, given))
    assert numbers == list(range(1, THREADS + 1))
    assert BookEntry.objects.values("text").distinct().count() == THREADS


@transaction.atomic
def _given_and_failed() -> None:
    assert next_number(Rule(HERE), letter(), on=TODAY) == 2
    raise RuntimeError


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_fails_gives_its_number_back() -> None:
    given()
    with pytest.raises(RuntimeError):
        _given_and_failed()
    assert given().number == 2


@pytest.mark.django_db
def test_villages_and_years_count_by_themselves() -> None:
    texts = [
        given().text,
        given(NEXT_DOOR).text,
        given(on=date(2027, 1, 4)).text,
        given().text,
    ]
    assert texts == [
        "401/001/2003/XI/2026",
        "401/001/2003/XI/2026",
        "401/001/2003/I/2027",
        "401/002/2003/XI/2026",
    ]


@pytest.mark.django_db
def test_a_year_goes_on_where_the_paper_book_ended() -> None:
    assert begin_series(village_code=HERE, series="", year=2026, first=213)
    assert not begin_series(village_code=HERE, series="", year=2026, first=1)
    assert [given().number, given().number] == [213, 214]


@pytest.mark.django_db
def test_a_number_that_was_given_back_does_not_begin_a_year() -> None:
    next_number(Rule(HERE), letter(), on=TODAY)
    give_back(Rule(HERE), letter(), on=TODAY)
    assert begin_series(village_code=HERE, series="", year=2026, first=213)
    assert given().number == 213


def _written_by_hand(*, number: int, text: str = "x") -> None:
    """Write a number into the book past the action."""
    BookEntry.objects.create(
        village_code=HERE,
        series="",
        year=2026,
        number=number,
        text=text,
        kind="k",
        on=TODAY,
    )


@pytest.mark.django_db
def test_letter_number_once() -> None:
    entry = given()
    with broken("letter_number_once"):
        _written_by_hand(number=1)
    assert entry.number == 1


@pytest.mark.django_db
def test_letter_number_without_gap() -> None:
    given()
    with broken("letter_number_without_gap"):
        _written_by_hand(number=3)


@pytest.mark.django_db
def test_letter_number_stands_and_a_void_one_stays_in_the_book() -> None:
    entry = given()
    void(entry, by="darmo", why="kecamatan menolak", at=NOW)
    with broken("letter_number_stands"):
        BookEntry.objects.filter(pk=entry.pk).update(number=9)
    assert given().number == 2


@pytest.mark.django_db
def test_letter_number_text_once_however_the_village_counts() -> None:
    whole = Rule(HERE, pattern="{number}/{kind}/{year}")
    enter(whole, letter(), next_number(whole, letter(), on=TODAY), on=TODAY)
    each = replace(whole, by_kind=True)
    with pytest.raises(NumberUnfit, match="1/SKTM/2026"):
        _numbered_anew(each)
    with broken("letter_number_text_once"):
        _written_by_hand(number=2, text="1/SKTM/2026")


@transaction.atomic
def _numbered_anew(rule: Rule) -> None:
    enter(rule, letter(), next_number(rule, letter(), on=TODAY), on=TODAY)


@pytest.mark.django_db
def test_letter_number_void_is_final() -> None:
    entry = given()
    void(entry, by="darmo", why="kecamatan menolak", at=NOW)
    with broken("letter_number_void_is_final"):
        BookEntry.objects.update(voided_at=None, voided_by="", voided_why="")


@pytest.mark.django_db
def test_letter_number_kept() -> None:
    entry = given()
    with broken("Cannot delete rows from requests_bookentry"):
        entry.delete()


@pytest.mark.django_db
def test_letter_number_void_is_signed() -> None:
    entry = given()
    with broken("letter_number_void_is_signed"):
        BookEntry.objects.filter(pk=entry.pk).update(voided_at=NOW)


@pytest.mark.django_db
def test_number_series_once() -> None:
    given()
    with broken("number_series_once"):
        NumberSeries.objects.create(village_code=HERE, series="", year=2026)


@pytest.mark.django_db
def test_number_series_counts_up() -> None:
    with broken("number_series_counts_up"):
        NumberSeries.objects.create(village_code=HERE, year=2026, first=5, last=1)

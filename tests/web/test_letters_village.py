"""What a village decides about letters: numbers, hours, closed days, deputies; its book."""

import io
from datetime import datetime, timedelta
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine

from smartkampung.accounts.models import Staff
from smartkampung.audit.models import Event
from smartkampung.cli.checks import letters
from smartkampung.kernel.clock import WIB
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.requests.models import (
    ClosedDay,
    Mandate,
    NumberSeries,
    VillageRule,
)
from smartkampung.letters.requests.queries.villages import rule_of
from tests import cast
from tests.asking_letters import (
    LATER,
    checked,
    pen_of,
    secretary,
    signed,
    village_head,
    wayan_with_child,
)
from tests.cast import HERE, NEXT_DOOR
from tests.domain.letters_requests.test_cosigning import both_signed
from tests.signing import cheap_guesses as cheap_guesses
from tests.web.test_letters_staff import LIST, enter, words
from tests.web.test_letters_staff import that_morning as that_morning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]
RULE = f"{LIST}rules/{HERE}/"
MANDATES = f"{LIST}mandates/{HERE}/"
BOOK = f"{LIST}book/{HERE}/"
GIVEN: dict[str, Any] = {
    "pattern": "{class}/{number:3}/{office}/{year}",
    "office": "429.503",
    "day0": "08.00-12.00, 13.00-15.30",
    "steps_sktm": ["review"],
}


def test_holidays_that_nobody_knows_are_told_from_october_on() -> None:
    page = f"{LIST}rules/{HERE}/"
    head = enter(village_head())
    assert "which are known" in words(head.get(page))
    with time_machine.travel(datetime(2027, 10, 4, 9, 0, tzinfo=WIB)):
        told = words(enter(Staff.objects.get(username="darmo")).get(page))
        said = [*letters.holidays()]
    assert "holidays of 2028 are not known yet" in told
    assert "which are known" not in told
    assert "letters holidays FILE --year 2028" in said[0]
    assert not [*letters.holidays()]


def mandate(**changes: Any) -> dict[str, Any]:
    """Fill in a mandate for Gusti, of two weeks."""
    on = LATER.date()
    return {
        "deputy": str(secretary().pk),
        "manner": "an",
        "title": "Sekretaris Desa",
        "since": on.isoformat(),
        "last": (on + timedelta(days=13)).isoformat(),
        "reason": "Dinas luar",
        **changes,
    }


def test_the_head_sets_numbers_hours_and_steps() -> None:
    head = enter(village_head())
    page = head.get(f"{LIST}rules/", follow=True)
    assert "08.00-15.30" in page.content.decode()
    assert "Saved." in words(head.post(RULE, GIVEN, follow=True))
    rule = rule_of(HERE)
    assert rule.hours.days[0] == ((480, 720), (780, 930))
    assert rule.hours.days[1] == ()
    letter = wording_for("sktm", HERE, LATER.date())
    assert letter
    assert rule.steps_of(letter) == ("confirm", "check", "review", "sign")


def test_the_head_leaves_out_no_step_of_a_letter_of_heirs() -> None:
    head = enter(village_head())
    assert "steps_heirs" not in words(head.get(RULE)), "it has all steps there are"
    head.post(RULE, GIVEN | {"steps_sktm": [], "steps_heirs": []}, follow=True)
    letter = wording_for("heirs", HERE, LATER.date())
    assert letter
    assert "cosign" in rule_of(HERE).steps_of(letter)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"pattern": "{class}/{year}"}, "The pattern needs {number}"),
        ({"pattern": "{code}/{number}/{year}"}, "may stand in braces"),
        ({"day0": "8 sampai 12"}, "Write spans such as"),
        ({"day0": "13.00-12.00"}, "Write spans such as"),
        ({"day0": ""}, "some day is open"),
    ],
)
def test_a_rule_that_cannot_be_is_told_in_words(
    changes: dict[str, str], told: str
) -> None:
    answer = enter(village_head()).post(RULE, GIVEN | changes)
    assert answer.status_code in (409, 422)
    assert told in words(answer, answer.status_code)
    assert not VillageRule.objects.exists()


def test_the_office_closes_on_a_day_and_opens_again() -> None:
    head = enter(village_head())
    on = (LATER + timedelta(days=3)).date().isoformat()
    head.post(f"{RULE}close/", {"on": on, "name": "Bersih desa"})
    assert "Bersih desa" in words(head.get(RULE))
    past = head.post(f"{RULE}close/", {"on": "2020-01-01", "name": "Dulu"})
    assert "That day is over" in words(past, 422)
    head.post(f"{LIST}rules/closed/{ClosedDay.objects.get().pk}/")
    assert not ClosedDay.objects.exists()


def test_numbers_begin_behind_the_paper_book_once() -> None:
    head = enter(village_head())
    url = f"{RULE}begin/"
    assert head.post(url, {"first": "418"}).status_code == 302
    assert "go on from there" in words(head.post(url, {"first": "9"}), 409)
    assert "from 1 to" in words(head.post(url, {"first": "nol"}), 422)


def test_where_each_kind_counts_by_itself_one_says_which_begins() -> None:
    head = enter(village_head())
    url = f"{RULE}begin/"
    own = GIVEN | {"by_kind": "on", "pattern": "{kind}/{number}/{year}"}
    assert head.post(RULE, own).status_code == 302
    assert "Choose a letter." in words(head.post(url, {"first": "418"}), 422)
    head.post(url, {"first": "418", "series": "sktm"})
    assert NumberSeries.objects.get().series == "sktm"


def test_nobody_else_sets_the_rule_of_a_village() -> None:
    assert enter(cast.sari()).get(RULE).status_code == 403
    assert enter(village_head()).get(f"{LIST}rules/{NEXT_DOOR}/").status_code == 404


def test_a_mandate_is_given_listed_and_taken_back() -> None:
    head = enter(village_head())
    assert "The mandate is given." in words(head.post(MANDATES, mandate(), follow=True))
    row = Mandate.objects.get()
    assert row.until == LATER.date() + timedelta(days=14)
    assert "in force" in words(head.get(MANDATES))
    head.post(f"{LIST}mandates/one/{row.pk}/")
    assert "over" in words(head.get(MANDATES))


def test_a_mandate_needs_an_office_for_a_n_and_days_in_order() -> None:
    head = enter(village_head())
    given = mandate(title="", last="2026-01-01")
    page = words(head.post(MANDATES, given), 422)
    assert "Choose the office of the deputy" in page
    assert "The last day lies before the first." in page
    assert not Mandate.objects.exists()


def test_the_book_shows_numbers_and_is_searched() -> None:
    letter = signed(checked(wayan_with_child()[0]), pen_of(village_head()))
    sari = enter(Staff.objects.get(username="sari"))
    page = words(sari.get(f"{LIST}book/", follow=True))
    assert letter.entry.text in page
    assert "Wayan Sudarma" in page
    assert "Numbers given, by kind of letter" in page
    assert letter.entry.text in words(sari.get(BOOK, {"q": "sudarma"}))
    assert letter.entry.text not in words(sari.get(BOOK, {"q": "putri"}))
    assert "No line in this book" in words(sari.get(BOOK, {"year": "2025"}))


def test_the_book_goes_out_as_files_without_a_name_and_that_is_written_down() -> None:
    letter = signed(checked(wayan_with_child()[0]), pen_of(village_head()))
    sari = enter(Staff.objects.get(username="sari"))
    text = sari.get(f"{BOOK}agenda.csv").content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Number;Day;Letter;Signed by")
    assert letter.entry.text in text
    with ZipFile(io.BytesIO(sari.get(f"{BOOK}agenda.xlsx").content)) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    assert letter.entry.text in strings
    assert "Sudarma" not in text + strings
    taken = Event.objects.filter(name="letters.book_taken", by="sari")
    assert [one.detail["lines"] for one in taken.order_by("pk")] == [1, 1]
    assert sari.get(f"{BOOK}agenda.pdf").status_code == 404


def test_the_book_of_another_village_is_missing() -> None:
    budi = enter(cast.budi())
    assert budi.get(BOOK).status_code == 404
    assert budi.get(f"{BOOK}agenda.csv").status_code == 404
    with time_machine.travel(LATER):
        assert "Karangjati" in words(enter(cast.camat()).get(f"{LIST}book/"))


def test_the_kecamatan_has_a_book_of_what_it_signed() -> None:
    letter = both_signed()
    own = f"{LIST}book/{cast.KECAMATAN}/"
    with time_machine.travel(LATER):
        endang = enter(Staff.objects.get(username="endang"))
        assert "Kecamatan Lereng" in words(endang.get(f"{LIST}book/"))
        page = words(endang.get(own))
        assert "Kecamatan Lereng" in page
        assert "401/001/09/XI/2026" in page
        assert "Wayan Sudarma" in words(endang.get(own, {"q": "sudarma"}))
        assert letter.entry.text in words(endang.get(BOOK))
        sari = enter(Staff.objects.get(username="sari"))
        assert sari.get(own).status_code == 404

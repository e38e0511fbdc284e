"""What a village decides: numbers, steps, hours, closed days, mandates."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import override

from smartkampung.accounts.actor import Actor
from smartkampung.audit.models import Event
from smartkampung.kernel.clock import WIB
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.requests.actions.holidays import BadHolidays, load_holidays
from smartkampung.letters.requests.actions.mandates import give_mandate, revoke_mandate
from smartkampung.letters.requests.actions.numbers import enter, next_number
from smartkampung.letters.requests.actions.refusals import CannotRule, NotYours
from smartkampung.letters.requests.actions.villages import (
    begin_numbers,
    close_office,
    open_office,
    set_rule,
)
from smartkampung.letters.requests.models import HolidayList, VillageRule
from smartkampung.letters.requests.queries.villages import (
    Clock,
    clock_of,
    holidays,
    mandate_of,
    mandates_for,
    rule_of,
)
from smartkampung.letters.requests.rules.holidays import FILE
from smartkampung.letters.requests.rules.hours import Hours
from smartkampung.letters.requests.rules.mandates import Manner
from tests.asking_letters import MORNING, actor, village_head
from tests.cast import HERE, KECAMATAN, budi, sari

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()
RULE: dict[str, Any] = {
    "pattern": "{class}/{number:4}/{office}/{kind}/{year}",
    "by_kind": True,
    "office": "429.503.03",
    "steps": {"sktm": ["review"]},
    "hours": {0: [(480, 720)], 1: [(480, 720)]},
}


def ruled(by: Actor, **changes: Any) -> VillageRule:
    return set_rule(village_code=HERE, by=by, at=MORNING, **{**RULE, **changes})


def test_a_rule_holds_from_now_on() -> None:
    ruled(actor(village_head()))
    rule, letter = rule_of(HERE), wording_for("sktm", HERE, TODAY)
    assert letter
    assert rule.steps_of(letter) == ("confirm", "check", "review", "sign")
    assert rule.text(7, letter, on=TODAY) == "401/0007/429.503.03/SKTM/2026"
    assert rule.series("sktm") == "sktm"
    friday = datetime(2026, 11, 27, 9, 0, tzinfo=WIB)
    assert clock_of(HERE, friday).due(friday).weekday() == 0


def test_without_a_rule_the_usual_holds() -> None:
    letter = wording_for("sktm", HERE, TODAY)
    assert letter
    rule = rule_of(HERE)
    assert rule.text(7, letter, on=TODAY) == "401/007/2003/XI/2026"
    assert (rule.series("sktm"), rule.steps_of(letter)[-1]) == ("", "sign")


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        pytest.param({"pattern": "{number}"}, "{year}", id="pattern"),
        pytest.param({"office": "429.503.03/" * 3}, "63 signs", id="text"),
        pytest.param({"steps": {"sktm": ["bless"]}}, "no such step", id="steps"),
        pytest.param({"hours": {1: [(720, 480)]}}, "Hours", id="hours"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_words(
    changes: dict[str, Any], word: str
) -> None:
    by = actor(village_head())
    with override("en"), pytest.raises(CannotRule, match=word):
        ruled(by, **changes)


def test_kinds_count_otherwise_only_before_the_first_letter_of_a_year() -> None:
    head = actor(village_head())
    ruled(head, pattern="{number}/{kind}/{year}", by_kind=False)
    rule, letter = rule_of(HERE), wording_for("sktm", HERE, TODAY)
    assert letter
    with transaction.atomic():
        enter(rule, letter, next_number(rule, letter, on=TODAY), on=TODAY)
    with override("en"), pytest.raises(CannotRule, match="new year"):
        ruled(head)
    ruled(head, by_kind=False)
    in_january = datetime(2027, 1, 4, 8, 0, tzinfo=WIB)
    set_rule(village_code=HERE, by=head, at=in_january, **RULE)
    assert rule_of(HERE).by_kind


@pytest.mark.parametrize("who", [sari, budi])
def test_only_the_head_rules(who: Any) -> None:
    with pytest.raises(NotYours):
        ruled(actor(who()))


def test_the_paper_book_ends_once() -> None:
    head = actor(village_head())
    given: dict[str, Any] = {
        "village_code": HERE,
        "series": "",
        "by": head,
        "at": MORNING,
    }
    begin_numbers(first=90, **given)
    assert Event.objects.filter(name="letters.numbers_begun").exists()
    for first in (90, 0):
        with pytest.raises(CannotRule):
            begin_numbers(first=first, **given)


def test_where_each_kind_counts_by_itself_a_kind_begins() -> None:
    head = actor(village_head())
    ruled(head)
    given: dict[str, Any] = {"village_code": HERE, "by": head, "at": MORNING}
    for series in ("", "no_such_letter"):
        with pytest.raises(CannotRule):
            begin_numbers(series=series, first=90, **given)
    begin_numbers(series="sktm", first=90, **given)


def test_a_closed_day_moves_what_is_due() -> None:
    head = actor(village_head())
    closed = close_office(
        region_code=HERE, on=TODAY, name="Bersih desa", by=head, at=MORNING
    )
    assert clock_of(HERE, MORNING).due(MORNING).date() == TODAY + timedelta(days=1)
    open_office(closed=closed, by=head)
    assert clock_of(HERE, MORNING).due(MORNING).date() == TODAY
    with pytest.raises(NotYours):
        close_office(region_code=KECAMATAN, on=TODAY, name="x", by=head, at=MORNING)


def test_a_shut_office_is_due_in_two_months() -> None:
    shut = Clock(Hours({}), frozenset())
    assert shut.due(MORNING) == MORNING + timedelta(days=61)
    assert shut.minutes(MORNING, MORNING + timedelta(days=1)) == 0


def mandate(by: Actor, **changes: Any) -> Any:
    given: dict[str, Any] = {
        "village_code": HERE,
        "manner": Manner.ON_BEHALF,
        "title": "Sekretaris Desa",
        "since": TODAY,
        "until": TODAY + timedelta(days=7),
        "kinds": ["sktm"],
        "reason": "Kepala desa dinas luar",
    }
    return give_mandate(by=by, at=MORNING, **{**given, **changes})


def test_a_deputy_signs_by_mandate_until_it_ends_or_is_taken_back() -> None:
    head, deputy = actor(village_head()), sari()
    row = mandate(head, deputy=deputy)
    assert mandate_of(deputy.pk, HERE, kind="sktm", on=TODAY) == row
    assert mandate_of(deputy.pk, HERE, kind="domicile", on=TODAY) is None
    assert mandate_of(deputy.pk, HERE, kind="sktm", on=row.until) is None
    assert list(mandates_for(actor(deputy))) == [row]
    for _twice in range(2):
        revoke_mandate(mandate=row, by=head, at=MORNING)
    assert mandate_of(deputy.pk, HERE, kind="sktm", on=TODAY) is None


def test_a_mandate_needs_an_officer_of_the_village_a_title_and_days() -> None:
    head, deputy = actor(village_head()), sari()
    mandate(head, deputy=deputy)
    refused: list[dict[str, Any]] = [
        {"deputy": budi()},
        {"deputy": deputy, "title": " "},
        {"deputy": deputy, "until": TODAY},
        {"deputy": deputy, "since": date(2026, 11, 25)},
        {"deputy": deputy, "since": TODAY - timedelta(days=1)},
        {"deputy": deputy, "until": TODAY + timedelta(days=367)},
        {"deputy": deputy, "kinds": ["no_such_letter"]},
        {"deputy": deputy, "title": "Bupati"},
    ]
    for changes in refused:
        with pytest.raises(CannotRule):
            mandate(head, **changes)
    with pytest.raises(NotYours):
        mandate(actor(deputy), deputy=deputy)


def decree(*changes: tuple[str, str]) -> str:
    """Return the list of 2027 as another decree might say it."""
    lines = [line for line in FILE.read_text().splitlines() if line[:2] != "20"]
    lines += [line for line in FILE.read_text().splitlines() if line[:4] == "2027"]
    text = "\n".join(lines).replace("reckoned", "national")
    for before, after in changes:
        text = text.replace(before, after)
    return text


def test_the_list_of_a_decree_holds_in_place_of_what_ships() -> None:
    given: dict[str, Any] = {"year": 2027, "by": "cli:tono", "at": MORNING}
    before, after = date(2027, 3, 10), date(2027, 3, 16)
    assert before in holidays()
    text = decree(("2027-03-10", "2027-03-16"))
    for source in ("SKB 1/2026", "SKB 2/2026"):
        load_holidays(text=text, source=source, **given)
    assert HolidayList.objects.get().source == "SKB 2/2026"
    assert (before in holidays(), after in holidays()) == (False, True)
    assert date(2026, 8, 17) in holidays(), "other years stay"


def test_a_list_with_a_slip_is_refused_in_words() -> None:
    text = decree(("2027-08-17", "2027-08-18"))
    with override("en"), pytest.raises(BadHolidays, match="2027-08-17 is a holiday"):
        load_holidays(year=2027, text=text, source="SKB", by="cli", at=MORNING)
    assert not HolidayList.objects.exists()

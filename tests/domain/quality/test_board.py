"""The board of a place: what is counted, what is kept, who sees which numbers."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Access
from smartkampung.kernel.clock import WIB
from smartkampung.quality.actions import keep_scores, thin_out
from smartkampung.quality.models import VillageScore
from smartkampung.quality.queries import board_for, findings, findings_for
from smartkampung.quality.rules import Fault
from smartkampung.residents.models import Person
from tests import cast
from tests.domain.quality.registry import CASES, TODAY, home
from tests.population import (
    BUDI,
    ENDANG,
    HERE,
    NEXT_DOOR,
    RT_HERE,
    RT_NEXT_DOOR,
    SARI,
    actor,
    family,
    person,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=WIB)
BUPATI = actor(Role.LEADERSHIP, "35.10", username="bupati")


def counted(village: str, on: date, *, people: int = 100, faultless: int = 90) -> None:
    VillageScore.objects.create(
        village_code=village, on=on, people=people, faultless=faultless, counted_at=NOON
    )


def test_sari_sees_the_score_of_her_village_and_its_rts() -> None:
    at = home()
    CASES[Fault.NIK_MISSING].spoil(at)
    board = board_for(SARI, HERE, on=TODAY)
    assert (board.total.people, board.total.score, board.total.errors) == (2, 50, 1)
    assert board.parts[RT_HERE].errors == 1
    assert board.faults[Fault.NIK_MISSING] == 1
    assert board.counted_at is None


def test_an_error_of_the_card_counts_for_each_of_its_members() -> None:
    CASES[Fault.KK_MISSING].spoil(home())
    assert board_for(SARI, HERE, on=TODAY).total.score == 0


def test_a_doubt_does_not_lower_the_score() -> None:
    CASES[Fault.OVER_105].spoil(home())
    board = board_for(SARI, HERE, on=TODAY)
    assert (board.total.score, board.total.doubts) == (100, 1)


def test_who_is_recorded_without_an_rt_is_counted_too() -> None:
    CASES[Fault.RT_UNKNOWN].spoil(home())
    board = board_for(SARI, HERE, on=TODAY)
    assert board.parts[HERE].people == 1
    assert board.total.people == 2


def test_the_kecamatan_sees_its_villages_as_counted_last() -> None:
    cast.places()
    home()
    person("Jauh", region=RT_NEXT_DOOR)
    keep_scores(at=NOON)
    board = board_for(ENDANG, "35.10.09", on=TODAY)
    assert set(board.parts) == {HERE, NEXT_DOOR}
    assert board.parts[NEXT_DOOR].errors == 2  # no NIK, no card number


def test_nobody_sees_the_board_of_somebody_else() -> None:
    with pytest.raises(Http404):
        board_for(BUDI, HERE, on=TODAY)
    with pytest.raises(Http404):
        board_for(SARI, "35.10.09", on=TODAY)


def test_the_regency_shows_what_was_counted_last() -> None:
    cast.places()
    at = home()
    CASES[Fault.NIK_MISSING].spoil(at)
    for _ in range(8):
        person("Tanpa nomor", household=at.card, relation=9)
    keep_scores(at=NOON)
    board = board_for(BUPATI, "35.10", on=TODAY)
    assert board.counted_at == NOON
    assert board.parts["35.10.09"].people is None  # one is faultless: too few
    assert board.parts["35.10.09"].errors == 9


def test_leaders_are_not_shown_counts_of_fewer_than_five() -> None:
    at = home()
    CASES[Fault.NIK_MISSING].spoil(at)
    board = board_for(BUPATI, HERE, on=TODAY)
    assert board.faults[Fault.NIK_MISSING] is None
    assert board.total.errors is None
    assert board.total.score is None
    assert not board.may_mend


def test_who_only_looks_goes_no_deeper_than_a_village() -> None:
    home()
    assert board_for(BUPATI, HERE, on=TODAY).parts == {}
    assert board_for(SARI, HERE, on=TODAY).parts


def test_a_second_count_of_a_day_takes_the_place_of_the_first() -> None:
    cast.places()
    at = home()
    assert keep_scores(at=NOON) == 1
    CASES[Fault.NIK_MISSING].spoil(at)
    keep_scores(at=NOON)
    row = VillageScore.objects.get(village_code=HERE)
    assert (row.on, row.people, row.faultless) == (TODAY, 2, 1)
    assert row.found == {Fault.NIK_MISSING: 1}


def test_without_a_regency_nothing_is_counted() -> None:
    assert keep_scores(at=NOON) == 0


def test_the_trend_has_the_last_count_of_each_month_of_a_year() -> None:
    counted(HERE, date(2025, 10, 31))
    counted(HERE, date(2026, 9, 29), faultless=80)
    counted(HERE, date(2026, 9, 30), faultless=85)
    counted(HERE, date(2026, 11, 24), faultless=95)
    points = board_for(SARI, HERE, on=TODAY).trend
    assert [(p.on, p.tally.score) for p in points] == [
        (date(2026, 9, 30), 85),
        (date(2026, 11, 24), 95),
    ]


def test_the_trend_of_a_kecamatan_adds_its_villages_up() -> None:
    counted(HERE, date(2026, 10, 31), faultless=80)
    counted(NEXT_DOOR, date(2026, 10, 31), people=300, faultless=300)
    (point,) = board_for(ENDANG, "35.10.09", on=TODAY).trend
    assert point.tally.score == 95


def test_an_rt_shows_the_trend_of_its_village() -> None:
    counted(HERE, date(2026, 10, 31))
    board = board_for(actor(Role.RT_HEAD, RT_HERE), RT_HERE, on=TODAY)
    assert (board.trend_of, len(board.trend)) == (HERE, 1)


def test_a_village_is_compared_with_the_end_of_last_month() -> None:
    counted(HERE, TODAY)
    counted(HERE, date(2026, 10, 30), faultless=80)
    counted(HERE, date(2026, 11, 3), faultless=99)
    board = board_for(ENDANG, "35.10.09", on=TODAY)
    assert board.parts[HERE].before == 80


def test_of_months_long_past_the_last_count_is_kept() -> None:
    for day in (date(2026, 7, 1), date(2026, 7, 30), date(2026, 11, 1), TODAY):
        counted(HERE, day)
    assert thin_out(on=TODAY) == 1
    assert [row.on for row in VillageScore.objects.order_by("on")] == [
        date(2026, 7, 30),
        date(2026, 11, 1),
        TODAY,
    ]


def test_village_score_once_a_day() -> None:
    counted(HERE, TODAY)
    with (
        pytest.raises(IntegrityError, match="village_score_once_a_day"),
        transaction.atomic(),
    ):
        counted(HERE, TODAY)


def test_village_score_faultless_are_among_people() -> None:
    broken = pytest.raises(
        IntegrityError, match="village_score_faultless_are_among_people"
    )
    with broken, transaction.atomic():
        counted(HERE, TODAY, people=1, faultless=2)


def test_sari_gets_the_names_to_mend_and_the_looks_are_written_down() -> None:
    at = home()
    CASES[Fault.NIK_MISSING].spoil(at)
    page = findings_for(SARI, HERE, Fault.NIK_MISSING, on=TODAY)
    assert [row.person.name for row in page.findings] == ["I Wayan Sudarma"]
    assert Access.objects.get(purpose="quality.findings").person_id == at.wayan.pk


def test_a_fault_of_a_card_is_listed_once() -> None:
    at = home()
    CASES[Fault.KK_MISSING].spoil(at)
    page = findings_for(SARI, HERE, Fault.KK_MISSING, on=TODAY)
    assert [row.family_id for row in page.findings] == [at.card.pk]


def test_names_are_listed_for_villages_and_below_only() -> None:
    with pytest.raises(Http404):
        findings_for(ENDANG, "35.10.09", Fault.NIK_MISSING, on=TODAY)
    with pytest.raises(Http404):
        findings_for(BUPATI, HERE, Fault.NIK_MISSING, on=TODAY)


def test_pages_of_findings_neither_repeat_nor_leave_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(findings, "SHOWN", 2)
    made = {person(f"Orang {letter}", household=family(None)).pk for letter in "ABCDE"}
    seen: list[int] = []
    after: int | None = 0
    while after is not None:
        page = findings_for(SARI, HERE, Fault.NIK_MISSING, on=TODAY, after=after)
        seen += [row.person.pk for row in page.findings]
        after = page.after
    assert seen == sorted(made)
    assert Person.objects.count() == len(seen)

"""A regency of thirty villages: six become pilots, and we know what that did to them."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.http import Http404
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.models import Region
from smartkampung.regions.queries import villages_of
from smartkampung.reopening.cases.models import Heard
from smartkampung.reopening.comparison.queries import comparing
from smartkampung.reopening.comparison.queries.comparing import (
    DENSITY,
    MARKET,
    TOURISM,
    comparison_for,
)
from smartkampung.reopening.counters.models import Booking, Counter, Slot
from smartkampung.reopening.counters.rules.states import State, Way
from smartkampung.reopening.pilots.models import Answers, PhaseSpell
from tests import cast
from tests.cast import KECAMATAN, REGENCY
from tests.confirmed import noon
from tests.population import actor
from tests.signals import kadek, kadek_account

pytestmark = pytest.mark.django_db
START = date(2020, 7, 6)
ON = START + timedelta(weeks=6)
VILLAGES = [f"{KECAMATAN}.20{number}" for number in range(10, 40)]
PILOTS = VILLAGES[:6]
PEOPLE = 5_000


@pytest.fixture
def regency(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every village has 2 cases a day; pilots have 1 from their start on."""
    cast.places()
    act_as(Kind.JOB)
    Region.objects.bulk_create(
        Region(code=code, name=f"Desa {code[-2:]}", kind="desa", parent_id=KECAMATAN)
        for code in VILLAGES
    )
    days = [START - timedelta(weeks=4) + timedelta(days=n) for n in range(70)]
    Heard.objects.bulk_create(
        Heard(village_code=code, day=day, by="ratna", at=noon(day))
        for code in VILLAGES
        for day in days
    )
    cases = {
        code: {day: 1 if code in PILOTS and day >= START else 2 for day in days}
        for code in VILLAGES
    }
    people = {code: PEOPLE + 10 * at for at, code in enumerate(VILLAGES)}
    monkeypatch.setattr(comparing, "new_cases_by_village", lambda since, until: cases)
    monkeypatch.setattr(comparing, "by_village", lambda regency, on: people)


def begin(villages: Sequence[str], on: date = START) -> None:
    """Let villages be in a later phase from a day on."""
    for code in villages:
        PhaseSpell.objects.create(
            village_id=code, phase="recovery", since=on, reason="", by="t", at=noon(on)
        )


@pytest.mark.usefixtures("regency")
def test_what_the_phase_did_is_found_with_its_interval() -> None:
    begin(PILOTS)
    found = comparison_for(kadek(), on=ON)
    assert [one.pair.pilot for one in found.pairs] == PILOTS
    assert not {one.pair.beside for one in found.pairs} & set(PILOTS)
    assert found.after.mean == pytest.approx(-1.4, abs=0.05)
    assert found.after.low is not None
    assert found.after.high is not None
    assert found.after.low <= -1.4 + 0.05
    assert found.after.high < 0
    assert found.changed.mean == pytest.approx(-1.4, abs=0.05)
    assert found.weeks[-1][0] == pytest.approx(2.8, abs=0.1)
    assert found.weeks[0][0] == pytest.approx(1.4, abs=0.1)
    assert max(found.weeks) == 5, "six weeks are over"


@pytest.mark.usefixtures("regency")
def test_fewer_than_five_pairs_say_nothing() -> None:
    begin(PILOTS[:4])
    found = comparison_for(kadek(), on=ON)
    assert found.after.too_few
    assert (found.after.low, found.after.pairs) == (None, 4)


@pytest.mark.usefixtures("regency")
def test_without_pilots_there_is_nothing_to_compare() -> None:
    found = comparison_for(kadek(), on=ON)
    assert found.pairs == []
    assert found.after.mean is None


@pytest.mark.usefixtures("regency")
def test_what_is_not_known_of_every_village_matches_nobody() -> None:
    begin(PILOTS)
    found = comparison_for(kadek(), on=ON)
    assert found.left_out == [DENSITY, MARKET, TOURISM]
    assert found.variables == ["people", "urban", "cases"]
    assert found.compliance.mean is None


@pytest.mark.usefixtures("regency")
def test_villages_as_thickly_settled_stand_beside_each_other() -> None:
    """Nearer in people are others, but those live scattered."""
    begin(PILOTS)
    by = kadek()
    alike = set(VILLAGES[10:16])
    for code in cast_villages():
        dense = code in PILOTS or code in alike
        Region.objects.filter(pk=code).update(area_km2=1 if dense else 50)
    found = comparison_for(by, on=ON)
    assert found.variables == ["people", "density", "urban", "cases"]
    assert DENSITY not in found.left_out
    assert {one.pair.beside for one in found.pairs} == alike
    assert [one.variable for one in found.balance][1] == "density"
    Region.objects.filter(pk=VILLAGES[20]).update(area_km2=None)
    assert DENSITY in comparison_for(by, on=ON).left_out


def cast_villages() -> list[str]:
    """Return every village of the regency."""
    return list(villages_of(REGENCY).values_list("code", flat=True))


def test_a_village_of_which_nobody_heard_is_no_nought(
    regency: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(PILOTS)
    monkeypatch.setattr(comparing, "new_cases_by_village", lambda since, until: {})
    by = kadek()
    quiet = comparison_for(by, on=ON)
    assert quiet.after.mean == 0, "everybody said that there were none"
    late = START + timedelta(weeks=30)
    assert comparison_for(by, on=late).weeks[11] == (None, None)


@pytest.mark.usefixtures("regency")
def test_a_silent_village_stands_beside_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Silent before the start is not without cases."""
    begin(PILOTS)
    by = kadek()
    silent = f"{KECAMATAN}.2099"
    Region.objects.create(
        code=silent, name="Desa Diam", kind="desa", parent_id=KECAMATAN
    )
    people = dict.fromkeys([*VILLAGES, silent], PEOPLE)
    monkeypatch.setattr(comparing, "by_village", lambda regency, on: people)
    monkeypatch.setattr(comparing, "new_cases_by_village", lambda since, until: {})
    before = START - timedelta(weeks=4)
    for at in range(28):
        if at // 7 != 2:
            day = before + timedelta(days=at)
            Heard.objects.create(village_code=silent, day=day, by="r", at=noon(day))
    town = comparing._Town(cast.REGENCY, {PILOTS[0]: START}, ON)
    assert silent in town.others
    assert not town.was_heard(silent, START), "one week of four is silent"
    assert town.was_heard(VILLAGES[9], START)
    found = comparison_for(by, on=ON)
    assert silent not in {one.pair.beside for one in found.pairs}
    begin([silent])
    assert comparison_for(by, on=ON).unmatched == [silent]


def said(village: str, on: date, *, market: bool) -> None:
    Answers.objects.create(
        village_id=village, yes=[], market=market, tourism=False, by="t", at=noon(on)
    )


@pytest.mark.usefixtures("regency")
def test_only_what_was_said_before_a_start_is_matched_on() -> None:
    begin(PILOTS)
    for village in VILLAGES:
        said(village, START, market=True)
    by = kadek()
    assert comparison_for(by, on=ON).left_out == [DENSITY, MARKET, TOURISM], "too late"
    for village in VILLAGES:
        said(village, START - timedelta(days=1), market=False)
    assert comparison_for(by, on=ON).left_out == [DENSITY]


@pytest.mark.usefixtures("regency")
def test_who_reads_no_signals_compares_nothing() -> None:
    sari = actor(Role.VILLAGE_OFFICER, cast.HERE)
    elsewhere = actor(Role.LEADERSHIP, "35.11", username="bupati")
    for by in (sari, elsewhere):
        with pytest.raises(Http404):
            comparison_for(by, on=ON)


@pytest.mark.usefixtures("regency")
def test_the_page_says_how_alike_and_that_it_is_no_proof(client: Client) -> None:
    kadek = cast.english(cast.sign_in(client, kadek_account()))
    assert b"No pilot to compare yet" in kadek.get("/staff/comparison/").content
    begin(PILOTS)
    html = kadek.get("/staff/comparison/").content.decode()
    assert "is no proof" in html
    assert "paired bootstrap" in html
    assert "Not used, because it is not known of every village:" in html
    assert "Desa 10" in html
    assert 'class="after"' in html


def office_in(code: str, served: int) -> None:
    """Let a village's counter serve so many on the first day of its pilot's phase."""
    morning = noon(START)
    counter = Counter.objects.create(
        region_id=code, name="Umum", services=["Surat"], by="t", at=morning
    )
    slot = Slot.objects.create(
        counter=counter,
        on=START,
        starts_at=morning,
        ends_at=morning + timedelta(hours=1),
        people=served + 1,
        share=0,
        percent=100,
        capacity=served + 1,
        kept=0,
        kept_until=morning,
    )
    Booking.objects.bulk_create(
        Booking(
            slot=slot,
            counter=counter,
            on=START,
            place=place,
            state=State.SERVED if place <= served else State.MISSED,
            service="Surat",
            way=Way.WALK_IN,
            code_hash=f"{code}/{place}".encode(),
            by="t",
            made_at=morning,
        )
        for place in range(1, served + 2)
    )


@pytest.mark.usefixtures("regency")
def test_counters_are_compared_where_both_villages_have_one() -> None:
    """Pilots serve 12 more in six weeks: 2 a week among 5,000 people are 0.4."""
    begin(PILOTS)
    by = kadek()
    before = comparison_for(by, on=ON)
    assert before.visits.mean is None
    pairs = [one.pair for one in before.pairs]
    office_in(pairs[0].pilot, 30)  # nobody counts beside it
    for pair in pairs[1:]:
        office_in(pair.pilot, 18)
        office_in(pair.beside, 6)
    found = comparison_for(by, on=ON).visits
    assert found.pairs == len(PILOTS) - 1
    assert found.mean == pytest.approx(0.4, abs=0.01)

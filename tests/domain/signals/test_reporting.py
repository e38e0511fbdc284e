"""Dinkes tells of days: a correction keeps what stood, and nobody else tells."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404
from django.utils.translation import override

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries import actor_for
from smartkampung.audit.models import Event
from smartkampung.kernel.errors import Refused, constraint_name
from smartkampung.kernel.rls import Kind as rls
from smartkampung.kernel.rls import act_as
from smartkampung.reopening.guidance.rules.kinds import Colour, Indicator
from smartkampung.reopening.signals.actions.colours import import_colours, write_colour
from smartkampung.reopening.signals.actions.province import import_province
from smartkampung.reopening.signals.actions.reporting import (
    Subject,
    report_day,
    take_back,
)
from smartkampung.reopening.signals.models import (
    DayReport,
    OfficialColour,
    ProvinceDay,
    PublishedWeek,
)
from smartkampung.reopening.signals.queries import readings, readings_over
from smartkampung.reopening.signals.queries.reports import (
    colour_on,
    latest_for,
    places_for,
    province_days,
    standing,
    versions_for,
)
from smartkampung.reopening.signals.rules.files import ColourRow, ProvinceRow
from smartkampung.reopening.signals.rules.kinds import Kind, Numbers
from tests import cast
from tests.cast import HERE, REGENCY
from tests.confirmed import DAY, case
from tests.population import family, person
from tests.signals import HOSPITAL, NOW, TODAY, hear, kadek, told, week_until

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def colour(
    which: Colour = Colour.RED,
    *,
    on: date = TODAY,
    region: str = REGENCY,
    url: str = "https://contoh.id/zona",
) -> ColourRow:
    return ColourRow(region, "Blambangan", on, which, url, "")


def test_a_day_is_told_and_read_again() -> None:
    by = kadek()
    for day in week_until(TODAY):
        told(by, Kind.TESTS, 40, 2, on=day)
    assert readings(REGENCY, TODAY)[Indicator.POSITIVITY].value == 5
    event = Event.objects.filter(name="signals.day_reported").first()
    assert event is not None
    assert event.region_code == REGENCY


def test_a_correction_keeps_what_stood_and_says_why() -> None:
    by = kadek()
    first = told(by, Kind.BEDS, 60, 30, place=HOSPITAL)
    with pytest.raises(Refused) as caught:
        told(by, Kind.BEDS, 60, 31, place=HOSPITAL)
    assert caught.value.code == "correction_needs_reason"
    second = told(by, Kind.BEDS, 60, 31, place=HOSPITAL, reason="Salah ketik")
    assert versions_for(by, first.pk) == [second, first]
    assert list(latest_for(by, Kind.BEDS)) == [second]
    assert readings(REGENCY, TODAY)[Indicator.BED_OCCUPANCY].value is not None
    with pytest.raises(Refused) as caught:
        told(by, Kind.BEDS, 60, 31, place=HOSPITAL, reason="Lagi")
    assert caught.value.code == "nothing_new"


def test_what_is_taken_back_is_missing_and_not_nought() -> None:
    by = kadek()
    row = told(by, Kind.BEDS, 60, 30, place=HOSPITAL)
    about = Subject(Kind.BEDS, REGENCY, HOSPITAL, TODAY)
    with pytest.raises(Refused):
        take_back(about=about, reason=" ", by=by, at=NOW)
    take_back(about=about, reason="Hari yang salah", by=by, at=NOW)
    found = readings(REGENCY, TODAY)[Indicator.BED_OCCUPANCY]
    assert (found.value, found.missing) == (None, "no_data")
    assert len(versions_for(by, row.pk)) == 2
    with pytest.raises(Refused) as caught:
        take_back(
            about=Subject(Kind.TESTS, REGENCY, "", TODAY), reason="-", by=by, at=NOW
        )
    assert caught.value.code == "nothing_new"


@pytest.mark.parametrize(
    ("kind", "first", "second", "on", "words"),
    [
        (Kind.TESTS, 5, 6, TODAY, "Exchange the two?"),
        (Kind.TESTS, 5, 5, TOMORROW, "not come yet"),
        (Kind.BEDS, 5, 5, TODAY, "name of the hospital"),
    ],
)
def test_what_cannot_be_is_refused(
    kind: Kind, first: int, second: int, on: date, words: str
) -> None:
    with pytest.raises(Refused) as caught, override("en"):
        told(kadek(), kind, first, second, on=on)
    assert caught.value.code == "bad_report"
    assert words in str(caught.value)
    assert not DayReport.objects.exists()


def test_a_laboratory_written_three_ways_is_one() -> None:
    by = kadek()
    for day in week_until(TODAY):
        told(by, Kind.TESTS, 100, 5, on=day, place="RSUD Contoh")
    with pytest.raises(Refused) as caught:
        told(by, Kind.TESTS, 90, 5, place=" rsud.  contoh")
    assert caught.value.code == "correction_needs_reason"
    assert places_for(by, Kind.TESTS) == ["RSUD Contoh"]
    before = readings(REGENCY, TODAY)[Indicator.POSITIVITY]
    # As it stands in rows from before names were folded.
    report(place="RSUD CONTOH", tested=50, positive=5).save()
    told_of = standing(REGENCY, until=TOMORROW)[Kind.TESTS]
    assert len(told_of) == 7
    assert sum(one.first for one in told_of) == 650, "what was told last stands"
    assert before.value == 5


def test_a_place_that_never_told_is_new_or_misspelt() -> None:
    by = kadek()
    told(by, Kind.BEDS, 60, 30, place="RSUD Contoh Utara")

    def tell(place: str, **more: Any) -> None:
        about = Subject(Kind.BEDS, REGENCY, place, TODAY)
        given: dict[str, Any] = {"numbers": Numbers(60, 30), "source": "Laporan"}
        report_day(about=about, **given, **more, by=by, at=NOW)

    with pytest.raises(Refused) as caught, override("en"):
        tell("RSUD Contoh Utra")
    assert caught.value.code == "place_is_strange"
    assert "did you mean “RSUD Contoh Utara”" in str(caught.value)
    tell("RS Bagus", new_place=True)
    assert places_for(by, Kind.BEDS) == ["RS Bagus", "RSUD Contoh Utara"]


@pytest.mark.parametrize(("first", "second"), [("", "RS Bagus"), ("RS Bagus", "")])
def test_all_laboratories_beside_one_would_count_twice(first: str, second: str) -> None:
    by = kadek()
    told(by, Kind.TESTS, 100, 5, place=first)
    with pytest.raises(Refused) as caught, override("en"):
        told(by, Kind.TESTS, 40, 2, place=second)
    assert "they would count twice" in str(caught.value)
    about = Subject(Kind.TESTS, REGENCY, first, TODAY)
    take_back(about=about, reason="Per laboratorium", by=by, at=NOW)
    told(by, Kind.TESTS, 40, 2, place=second)


def test_beds_may_be_overfull() -> None:
    told(kadek(), Kind.BEDS, 10, 13, place=HOSPITAL)
    assert readings(REGENCY, TODAY)[Indicator.BED_OCCUPANCY].value == 130


def test_nobody_else_tells() -> None:
    ratna = actor_for(cast.dr_ratna(), on=TODAY)
    sari = actor_for(cast.sari(), on=TODAY)
    for by in (ratna, sari):
        with pytest.raises(Http404):
            told(by, Kind.TESTS, 5, 1)
        with pytest.raises(Http404):
            write_colour(told=colour(), by=by, at=NOW)
    with pytest.raises(Http404):
        latest_for(sari, Kind.TESTS)
    assert list(latest_for(ratna, Kind.TESTS)) == []
    with pytest.raises(Http404):
        write_colour(told=colour(region="35.11"), by=kadek(), at=NOW)


def test_places_that_told_are_offered_again() -> None:
    by = kadek()
    told(by, Kind.BEDS, 10, 1, place=HOSPITAL)
    told(by, Kind.TESTS, 10, 1)
    assert places_for(by, Kind.BEDS) == [HOSPITAL]
    assert places_for(by, Kind.TESTS) == []
    assert versions_for(by, 0) == []


def test_rates_are_of_those_who_live_there() -> None:
    cast.places()
    act_as(rls.JOB)
    house = family()
    for at in range(20):
        person(f"Warga {at}", household=house)
    for name in ("Komang", "Made", "Putu"):
        case(name=name)
    silent = readings(HERE, DAY)
    assert silent[Indicator.CASES_WEEKLY].missing == "not_heard"
    hear(DAY, days=7, villages=[HERE])
    assert readings(REGENCY, DAY)[Indicator.CASES_WEEKLY].missing == "few_heard"
    hear(DAY, days=7, villages=[cast.FAR_AWAY])
    here = readings(HERE, DAY)
    assert here[Indicator.CASES_WEEKLY].value == 15_000
    assert here[Indicator.REPRODUCTION].missing == "too_few_cases"
    door = readings(cast.NEXT_DOOR, DAY)
    assert door[Indicator.CASES_WEEKLY].missing == "not_heard"
    assert readings(cast.OTHER_KECAMATAN, DAY)[Indicator.CASES_WEEKLY].missing == (
        "no_population"
    )
    hear(DAY, days=7)
    assert readings(REGENCY, DAY)[Indicator.CASES_WEEKLY].value == 15_000
    assert readings(REGENCY, DAY - timedelta(days=1))[
        Indicator.CASES_WEEKLY
    ].missing == ("no_register")


def test_many_days_are_read_as_one_by_one() -> None:
    cast.places()
    act_as(rls.JOB)
    family_of_one = family()
    person("Warga", household=family_of_one)
    case(name="Komang")
    until = DAY + timedelta(days=3)
    many = readings_over(HERE, since=DAY, until=until)
    assert many == {
        day: readings(HERE, day) for day in (DAY + timedelta(days=n) for n in range(3))
    }


def test_an_official_colour_has_its_source_and_its_history() -> None:
    by = kadek()
    write_colour(told=colour(), by=by, at=NOW)
    with pytest.raises(Refused) as caught:
        write_colour(told=colour(), by=by, at=NOW)
    assert caught.value.code == "nothing_new"
    with pytest.raises(Refused) as caught:
        write_colour(told=colour(Colour.ORANGE), by=by, at=NOW)
    assert caught.value.code == "correction_needs_reason"
    write_colour(told=colour(Colour.ORANGE), reason="Koran salah", by=by, at=NOW)
    found = colour_on(REGENCY, TOMORROW)
    assert found is not None
    assert (found.colour, found.version) == (Colour.ORANGE, 2)
    assert colour_on(REGENCY, TODAY - timedelta(days=1)) is None


@pytest.mark.parametrize("bad", [colour(on=TOMORROW), colour(url="koran")])
def test_a_colour_without_a_source_or_of_tomorrow_is_refused(bad: ColourRow) -> None:
    with pytest.raises(Refused) as caught:
        write_colour(told=bad, by=kadek(), at=NOW)
    assert caught.value.code == "bad_colour"


def test_a_file_of_colours_twice_is_once_and_a_correction_stays() -> None:
    by: Actor = kadek()
    rows = [colour(), colour(region="35.11"), colour(on=TOMORROW)]
    assert import_colours(rows=rows, by="cli:test", at=NOW) == 2
    write_colour(told=colour(Colour.ORANGE), reason="Koran salah", by=by, at=NOW)
    assert import_colours(rows=rows, by="cli:test", at=NOW) == 0
    found = colour_on(REGENCY, TODAY)
    assert found is not None
    assert found.colour == Colour.ORANGE


def test_a_file_of_the_province_twice_is_once_and_a_change_is_a_version() -> None:
    row = ProvinceRow(TODAY, 5, None, 0, 56, "A")
    assert import_province(rows=[row], by="cli:test", at=NOW) == 1
    assert import_province(rows=[row], by="cli:test", at=NOW) == 0
    changed = ProvinceRow(TODAY, 6, None, 0, 57, "A")
    assert import_province(rows=[changed], by="cli:test", at=NOW) == 1
    assert [(one.cases, one.version) for one in province_days()] == [(6, 2)]


def broken(name: str, row: Any) -> None:
    """Break a promise with a row."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        row.save(force_insert=True)
    assert constraint_name(caught.value) == name


def report(**fields: Any) -> DayReport:
    base = {"kind": "tests", "region": REGENCY, "on": TODAY, "source": "x"}
    numbers = {"tested": 5, "positive": 1}
    return DayReport(**{**base, **numbers, "by": "kadek", "at": NOW, **fields})


def official(**fields: Any) -> OfficialColour:
    base = {"region": REGENCY, "name": "x", "on": TODAY, "colour": "red"}
    told_by = {"source_url": "https://contoh.id", "by": "kadek", "at": NOW}
    return OfficialColour(**{**base, **told_by, **fields})


def test_day_report_once() -> None:
    report().save()
    broken("day_report_once", report())


def test_day_report_fills_its_kind() -> None:
    broken("day_report_fills_its_kind", report(kind="beds"))
    broken("day_report_fills_its_kind", report(beds=3))
    broken("day_report_fills_its_kind", report(tested=None, positive=None))
    report(tested=None, positive=None, version=2, reason="back").save()


def test_day_report_positive_were_tested() -> None:
    broken("day_report_positive_were_tested", report(positive=6))


def test_day_report_says_why() -> None:
    broken("day_report_says_why", report(version=2))


def test_official_colour_once() -> None:
    official().save()
    broken("official_colour_once", official())


def test_official_colour_has_a_source() -> None:
    broken("official_colour_has_a_source", official(source_url=""))


def test_official_colour_says_why() -> None:
    broken("official_colour_says_why", official(version=2))


def test_province_day_once() -> None:
    ProvinceDay(on=TODAY, source="A", by="x", at=NOW).save()
    broken("province_day_once", ProvinceDay(on=TODAY, source="A", by="x", at=NOW))


def test_published_week_begins_on_monday() -> None:
    row = PublishedWeek(week=TOMORROW, region=REGENCY, at=NOW)
    broken("published_week_begins_on_monday", row)


def test_published_week_once() -> None:
    PublishedWeek(week=TODAY, region=REGENCY, at=NOW).save()
    broken("published_week_once", PublishedWeek(week=TODAY, region=REGENCY, at=NOW))


def test_published_week_untold_has_no_count() -> None:
    row = PublishedWeek(week=TODAY, region=REGENCY, told=False, cases=0, at=NOW)
    broken("published_week_untold_has_no_count", row)


def kept(row: Any) -> None:
    """Fail to change or delete a row."""
    row.save(force_insert=True)
    rows = type(row).objects.filter(pk=row.pk)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        rows.update(at=NOW)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        rows.delete()


def test_day_report_append_only() -> None:
    kept(report())


def test_official_colour_append_only() -> None:
    kept(official())


def test_province_day_append_only() -> None:
    kept(ProvinceDay(on=TODAY, source="A", by="x", at=NOW))


def test_published_week_append_only() -> None:
    kept(PublishedWeek(week=TODAY, region=REGENCY, at=NOW))

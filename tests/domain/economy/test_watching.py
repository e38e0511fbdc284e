"""When lodging falls the office is told once, with a clock; and once when it is back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.audit.models import Event
from smartkampung.kernel.errors import constraint_name
from smartkampung.recovery.economy.actions.settings import (
    BeginsTooEarly,
    CannotHold,
    write_setting,
)
from smartkampung.recovery.economy.actions.watching import (
    SeenAlready,
    acknowledge,
    watch,
)
from smartkampung.recovery.economy.models import Alert, Figure, Setting
from smartkampung.recovery.economy.queries.curves import curves
from smartkampung.recovery.economy.queries.settings import (
    baseline_on,
    in_force,
    settings_for,
    thresholds_of,
)
from smartkampung.recovery.economy.rules.comparing import Said
from smartkampung.recovery.economy.rules.falling import Thresholds
from smartkampung.recovery.economy.rules.kinds import Measure
from smartkampung.worklist.models import WorkItem
from tests.economy import (
    IN_2019,
    IN_2020,
    MAY_2020,
    NOW,
    bupati,
    entered,
    month_of,
    office,
    year_of,
)

pytestmark = pytest.mark.django_db
Kind = Setting.Kind
DECREE = "SK Kepala Dinas 5/2021 (contoh)"


def told() -> list[tuple[str, str, date]]:
    """Return what was told so far of each curve."""
    rows = Alert.objects.filter(curve="hotel").order_by("number")
    return [(row.curve, row.turn, row.month) for row in rows]


def test_a_fall_is_told_once_with_a_clock() -> None:
    by = office()
    entered(year_of(2019, IN_2019), by)
    entered(year_of(2020, IN_2020[:3]), by)  # March 2020: 400 of 640
    assert told() == []
    entered(year_of(2020, IN_2020[:4]), by)  # April: 90 of 660
    april = date(2020, 4, 1)
    assert told() == [("hotel", "fell", april)]
    entered(year_of(2020, IN_2020[:6]), by)
    assert watch(at=NOW) == []
    assert told() == [("hotel", "fell", april)]
    alert = Alert.objects.get(curve="hotel")
    assert alert.index == Decimal("13.6")
    work = WorkItem.objects.get(target=f"economy.alert:{alert.pk}")
    assert work.permission == "recovery.economy_enter"
    assert work.due_at == NOW + timedelta(days=7)


def test_a_recovery_is_told_once_and_a_new_fall_again() -> None:
    by = office()
    entered(year_of(2019, IN_2019), by)
    entered(year_of(2020, (*IN_2020[:6], 700)), by)  # July: 700 of 900 is between
    assert len(told()) == 1
    entered(year_of(2020, (*IN_2020[:6], 700, 720)), by)  # August: 720 of 760
    entered(year_of(2020, (*IN_2020[:6], 700, 720, 300)), by)  # September: of 640
    assert [(turn, month.month) for _curve, turn, month in told()] == [
        ("fell", 4),
        ("recovered", 8),
        ("fell", 9),
    ]


def test_a_month_that_runs_is_no_fall_and_no_recovery() -> None:
    by = office()
    entered(year_of(2019, [600] * 12) + year_of(2020, [600] * 12), by)
    entered(year_of(2021, [30]), by)  # on 20 January: money of the first weeks
    assert told() == []
    first = NOW.replace(month=2, day=1)
    assert [row.month for row in watch(at=first) if row.curve == "hotel"] == [
        date(2021, 1, 1)
    ], "the night after the month ends"


def test_a_fall_that_a_correction_takes_back_is_told_as_that() -> None:
    by = office()
    entered(year_of(2019, IN_2019), by)
    entered(month_of({"hotel": 65_000_000}), by)
    entered(month_of({"hotel": 650_000_000}), by, reason="Satu nol kurang")
    assert [turn for _curve, turn, _month in told()] == ["fell", "undone"]


@pytest.mark.closes("economy.alert")
def test_somebody_takes_note_and_nobody_twice() -> None:
    by = office()
    entered(year_of(2019, IN_2019), by)
    entered(month_of({"hotel": 65_000_000}), by)
    alert = Alert.objects.get(curve="hotel")
    with pytest.raises(Http404):
        acknowledge(alert=alert, note="", by=bupati(), at=NOW)
    acknowledge(alert=alert, note=" Keringanan pajak dibahas ", by=by, at=NOW)
    alert.refresh_from_db()
    assert (alert.seen_by, alert.note) == ("lestari", "Keringanan pajak dibahas")
    closed = WorkItem.objects.get(target=f"economy.alert:{alert.pk}")
    assert closed.closed_by == "lestari"
    assert Event.objects.filter(name="economy.alert_seen", by="lestari").exists()
    with pytest.raises(SeenAlready):
        acknowledge(alert=alert, note="", by=by, at=NOW)


def an_alert(**values: object) -> str | None:
    """Write an alert past every action; return which promise it breaks."""
    row = {
        "curve": "hotel",
        "number": 1,
        "turn": "fell",
        "month": MAY_2020,
        "setting": in_force(Kind.THRESHOLDS, NOW.date()),
        "at": NOW,
    }
    try:
        with transaction.atomic():
            Alert.objects.create(**row | values)
    except IntegrityError as error:
        return constraint_name(error)
    return None


def test_economy_alert_once(monkeypatch: pytest.MonkeyPatch) -> None:
    by = office()
    entered(year_of(2019, IN_2019), by)
    assert an_alert() is None
    assert an_alert() == "economy_alert_once"
    # A second look that has not seen the alert of the first tells nothing, quietly.
    nothing = Alert.objects.none()
    with monkeypatch.context() as blind:
        blind.setattr(Alert.objects, "order_by", lambda *_: nothing)
        entered(month_of({"hotel": 65_000_000}), by)
    assert len(told()) == 1


def test_economy_alert_seen_is_signed() -> None:
    assert an_alert(seen_by="lestari") == "economy_alert_seen_is_signed"
    assert an_alert(seen_at=NOW) == "economy_alert_seen_is_signed"


def test_the_curve_of_everything_sums_its_parts_and_leaves_gaps() -> None:
    by = office()
    entered(
        year_of(2019, (10, 10, 10), item="Pulau Merah", measure=Measure.DOMESTIC)
        + year_of(2019, (1, 1), item="Pulau Merah", measure=Measure.FOREIGN)
        + year_of(2020, (6, 0, 5), item="Pulau Merah", measure=Measure.DOMESTIC)
        + year_of(2020, (5, 0), item="Pulau Merah", measure=Measure.FOREIGN),
        by,
    )
    drawn = curves(baseline=2019)["visits"]
    january, february = drawn.points[-2:]
    assert (january.value, january.index) == (Decimal(11_000_000), Said(100.0))
    assert (february.value, february.index) == (Decimal(0), Said(0.0))
    assert drawn.last == february, "of March foreign visitors are not told yet"


def compare_with(year: int, since: date, by: Actor) -> None:
    """Set the baseline year."""
    write_setting(
        kind=Kind.BASELINE,
        body={"year": year},
        since=since,
        reference=DECREE,
        by=by,
        at=NOW,
    )


def test_the_baseline_of_a_day_holds() -> None:
    by = office()
    assert baseline_on(NOW.date()) == 2019
    tomorrow = NOW.date() + timedelta(days=1)
    compare_with(2018, tomorrow, by)
    assert (baseline_on(NOW.date()), baseline_on(tomorrow)) == (2019, 2018)
    assert baseline_on(date(2010, 1, 1)) == 2019, "the first stands before its time"
    latest, first = settings_for(by, Kind.BASELINE)
    assert (latest.by, latest.reference, first.by) == ("lestari", DECREE, "seed")
    with pytest.raises(BeginsTooEarly):
        compare_with(2018, MAY_2020, by)
    for year in (1999, 2022):
        with pytest.raises(CannotHold):
            compare_with(year, tomorrow, by)


def test_thresholds_that_change_are_looked_at_at_once() -> None:
    by = office()
    entered(year_of(2019, IN_2019), by)
    entered(month_of({"hotel": 455_000_000}), by)  # 70 percent
    assert told() == []
    write_setting(
        kind=Kind.THRESHOLDS,
        body={"falls_below": 75, "recovers_above": 95},
        since=NOW.date(),
        reference=DECREE,
        by=by,
        at=NOW,
    )
    assert [turn for _curve, turn, _month in told()] == ["fell"]
    now = in_force(Kind.THRESHOLDS, NOW.date())
    assert thresholds_of(now) == Thresholds(75, 95)
    with pytest.raises(CannotHold):
        write_setting(
            kind=Kind.THRESHOLDS,
            body={"falls_below": 95, "recovers_above": 90},
            since=NOW.date(),
            reference=DECREE,
            by=by,
            at=NOW,
        )


def test_economy_setting_append_only() -> None:
    row = in_force(Kind.THRESHOLDS, NOW.date())
    assert thresholds_of(row) == Thresholds(60, 90), "what the program begins with"
    for change in (row.save, row.delete):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            change()


def test_a_look_without_a_regency_tells_and_opens_no_work() -> None:
    for year, value in ((2019, 100), (2020, 10)):
        Figure.objects.create(
            measure="realised",
            item="hotel",
            month=date(year, 5, 1),
            value=value,
            source="test",
            by="test",
            at=NOW,
        )
    assert {alert.curve for alert in watch(at=NOW)} == {"hotel", "pad"}
    assert not WorkItem.objects.exists()


def test_a_curve_without_any_base_is_never_down() -> None:
    entered(year_of(2020, IN_2020), office())
    assert not Alert.objects.exists()
    assert curves(baseline=2019)["hotel"].last is None

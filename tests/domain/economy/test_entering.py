"""Lestari enters figures; what stood before is kept, with who, when and why."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import Http404

from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Event
from smartkampung.kernel.errors import constraint_name
from smartkampung.recovery.economy import bulk
from smartkampung.recovery.economy.actions.entering import (
    BadFigure,
    ChangedMeanwhile,
    NeedsReason,
    NothingNew,
    write_down,
)
from smartkampung.recovery.economy.bulk import Given, items_as_known
from smartkampung.recovery.economy.models import Figure
from smartkampung.recovery.economy.queries.curves import revenue_sums
from smartkampung.recovery.economy.queries.figures import figures_for, versions_for
from smartkampung.recovery.economy.rules.kinds import TAX, TOTAL, Kind, Measure
from tests import cast
from tests.economy import (
    IN_2020,
    MAY_2020,
    NOW,
    SOURCE,
    bupati,
    entered,
    month_of,
    office,
    year_of,
)

pytestmark = pytest.mark.django_db


def broken(**values: object) -> str | None:
    """Write a figure past every action; return which promise it breaks."""
    row: dict[str, object] = {
        "measure": "realised",
        "item": "hotel",
        "month": MAY_2020,
        "value": Decimal(5),
        "source": SOURCE,
        "by": "test",
        "at": NOW,
    }
    try:
        with transaction.atomic():
            Figure.objects.create(**row | values)
    except IntegrityError as error:
        return constraint_name(error)
    return None


def test_economy_figure_once() -> None:
    assert broken() is None
    assert broken() == "economy_figure_once"
    assert broken(version=2, reason="salah ketik") is None
    assert broken(measure="target") is None


def test_economy_figure_of_a_month() -> None:
    assert broken(month=date(2020, 5, 2)) == "economy_figure_of_a_month"


def test_economy_figure_not_negative() -> None:
    assert broken(measure="target", value=-1) == "economy_figure_not_negative"
    assert broken(measure="foreign", value=-1) == "economy_figure_not_negative"
    assert broken(value=-1) is None, "money may be paid back"


def test_economy_figure_whole() -> None:
    assert broken(measure="opened", value=Decimal("0.5")) == "economy_figure_whole"
    assert broken(measure="opened", value=Decimal(5)) is None
    assert broken(value=Decimal("0.5")) is None


def test_economy_figure_says_why() -> None:
    assert broken(version=2) == "economy_figure_says_why"
    assert broken(value=None) == "economy_figure_says_why"
    assert broken(version=2, value=None, reason="bukan milik kita") is None


def test_economy_figure_append_only() -> None:
    broken()
    row: Model = Figure.objects.get()
    for change in (row.save, row.delete):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            change()
    assert Figure.objects.get().value == 5


def test_a_year_is_entered_and_read_by_the_bupati() -> None:
    found = entered(year_of(2020, IN_2020), office())
    assert len(found.new) == 12
    line = figures_for(bupati(), Kind.REVENUE).line(Measure.REALISED, "hotel")
    assert line.values[MAY_2020] == 65_000_000
    assert not line.made_up
    event = Event.objects.get(name="economy.figures_written")
    assert event.detail == {"written": 12, "corrected": 0}
    assert event.by == "lestari"


def test_a_correction_keeps_what_stood() -> None:
    by = office()
    entered(month_of({"hotel": 65}), by)
    with pytest.raises(NeedsReason):
        entered(month_of({"hotel": 66}), by, reason="  ")
    entered(month_of({"hotel": 66}), by, reason="Setoran terlambat dicatat")
    standing, before = versions_for(by, Kind.REVENUE, "hotel", MAY_2020)
    assert (standing.version, standing.by) == (2, "lestari")
    assert (standing.value, before.value) == (Decimal(66), Decimal(65))
    assert standing.reason == "Setoran terlambat dicatat"
    assert (before.version, before.at) == (1, NOW)
    line = figures_for(by, Kind.REVENUE).line(Measure.REALISED, "hotel")
    assert line.values == {MAY_2020: 66}


def test_a_figure_that_is_taken_back_is_a_gap() -> None:
    by = office()
    entered(month_of({"hotel": 65}), by)
    nothing = [Given(Measure.REALISED, "hotel", MAY_2020, None)]
    entered(nothing, by, reason="Milik bulan lain")
    assert figures_for(by, Kind.REVENUE).months() == []
    with pytest.raises(NothingNew):
        entered(nothing, by, reason="lagi")


def test_the_same_figures_twice_change_nothing() -> None:
    by = office()
    entered(month_of({"hotel": 65, "levies": 7}), by)
    with pytest.raises(NothingNew):
        entered(month_of({"hotel": 65, "levies": 7}), by)
    found = entered(month_of({"hotel": 65, "levies": 8}), by, reason="koreksi")
    assert (len(found.new), len(found.changed), found.same) == (0, 1, 1)
    assert Figure.objects.count() == 3


@pytest.mark.parametrize(
    ("measure", "month", "value"),
    [
        (Measure.TARGET, MAY_2020, "-1"),
        (Measure.DOMESTIC, MAY_2020, "-1"),
        (Measure.OPENED, MAY_2020, "1.5"),
        (Measure.REALISED, date(2021, 2, 1), "5"),
    ],
)
def test_what_cannot_be_is_refused(measure: Measure, month: date, value: str) -> None:
    with pytest.raises(BadFigure):
        entered([Given(measure, "hotel", month, Decimal(value))], office())
    assert not Figure.objects.exists()


def test_of_two_who_write_at_once_the_second_is_told() -> None:
    given = month_of({"hotel": 65})
    found = bulk.sort(given)
    write_down(found, source=SOURCE, reason="", by="lestari", at=NOW)
    with pytest.raises(ChangedMeanwhile):
        write_down(found, source=SOURCE, reason="", by="agus", at=NOW)


def test_who_only_reads_enters_nothing_and_other_regencies_find_nothing() -> None:
    with pytest.raises(Http404):
        entered(month_of({"hotel": 65}), bupati())
    account = cast.staff("raka", Role.ECONOMIC_OFFICE, cast.OTHER_KECAMATAN)
    elsewhere = actor_for(account, on=NOW.date())
    with pytest.raises(Http404):
        figures_for(elsewhere, Kind.REVENUE)
    with pytest.raises(Http404):
        entered(month_of({"hotel": 65}), elsewhere)


def test_told_totals_stand_beside_the_sum_of_their_parts() -> None:
    by = office()
    entered(month_of({"hotel": 10, "restaurant": 20, "levies": 5, "total": 36}), by)
    entered(month_of({"hotel": 11}, date(2020, 6, 1)), by)
    found = revenue_sums(figures_for(by, Kind.REVENUE), Measure.REALISED)
    assert found[MAY_2020][TAX].value == 30
    assert found[MAY_2020][TOTAL].difference == 1
    assert found[date(2020, 6, 1)][TOTAL].missing == (TAX, "levies")


def test_a_name_is_written_as_it_stands_already() -> None:
    assert items_as_known(["Pulau Merah"], "pulau merah") == "Pulau Merah"
    assert items_as_known(["Pulau Merah"], "Djawatan") == "Djawatan"

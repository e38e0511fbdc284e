"""Figures for tests: Lestari keeps them, the bupati reads them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import WIB
from smartkampung.recovery.economy.actions.entering import enter_figures
from smartkampung.recovery.economy.bulk import Given, Sorted
from smartkampung.recovery.economy.models import Alert, FigureFile, Setting
from smartkampung.recovery.economy.queries.settings import in_force
from smartkampung.recovery.economy.rules.kinds import Measure
from tests import cast
from tests.cast import REGENCY

NOW = datetime(2021, 1, 20, 9, 0, tzinfo=WIB)
SOURCE = "Bapenda, laporan bulanan"
# Hotel tax in millions: 2019 as it was, 2020 with a fall from March on.
IN_2019 = (600, 580, 640, 660, 650, 820, 900, 760, 640, 620, 600, 930)
IN_2020 = (610, 590, 400, 90, 65, 120, 240, 300, 280, 330, 310, 420)
MAY_2020 = date(2020, 5, 1)


def office_account() -> Staff:
    """Make the account of the economic office."""
    return cast.staff("lestari", Role.ECONOMIC_OFFICE, REGENCY, name="Lestari Ayu")


def office() -> Actor:
    """Make whoever enters figures."""
    return actor_for(office_account(), on=NOW.date())


def bupati() -> Actor:
    """Make whoever only reads them."""
    account = cast.staff("bupati", Role.LEADERSHIP, REGENCY, name="Siti Rahayu")
    return actor_for(account, on=NOW.date())


def year_of(
    year: int,
    values: Sequence[int],
    *,
    item: str = "hotel",
    measure: Measure = Measure.REALISED,
    times: int = 1_000_000,
) -> list[Given]:
    """Return the figures of the first months of a year."""
    return [
        Given(measure, item, date(year, month, 1), Decimal(value * times))
        for month, value in enumerate(values, 1)
    ]


def month_of(
    values: Mapping[str, int],
    month: date = MAY_2020,
    measure: Measure = Measure.REALISED,
) -> list[Given]:
    """Return figures of several items in a month."""
    return [
        Given(measure, item, month, Decimal(value)) for item, value in values.items()
    ]


def entered(
    given: Sequence[Given], by: Actor, *, reason: str = "", at: datetime = NOW
) -> Sorted:
    """Enter figures."""
    return enter_figures(given=given, source=SOURCE, reason=reason, by=by, at=at)


def an_alert(**values: Any) -> Alert:
    """Make an alert as a look at the curves leaves it."""
    row = {
        "curve": "hotel",
        "number": 1,
        "turn": "fell",
        "month": MAY_2020,
        "index": Decimal("10.0"),
        "setting": in_force(Setting.Kind.THRESHOLDS, NOW.date()),
        "at": NOW,
    }
    return Alert.objects.create(**row | values)


def a_file(**values: Any) -> FigureFile:
    """Make a file that was read and waits."""
    row = {
        "kind": "revenue",
        "state": "ready",
        "name": "pad.csv",
        "rows": [["realised", "hotel", "2020-05-01", "65000000.00"]],
        "brought_by": "lestari",
        "brought_at": NOW,
    }
    return FigureFile.objects.create(**row | values)


def words(answer: Any, status: int = 200) -> str:
    """Return what people read on a page."""
    assert answer.status_code == status
    html = answer.content.decode()
    assert len(html) < 100_000
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())

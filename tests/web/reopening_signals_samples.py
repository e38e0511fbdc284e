"""Sample arguments of signals and comparison (``tests/web/samples.py`` says how)."""

from datetime import datetime

from smartkampung.kernel.clock import WIB
from smartkampung.reopening.signals.models import DayReport
from tests.cast import REGENCY
from tests.web.sampling import Sample

# Signals are the regency's, and so is who enters them. Who works in any part of it
# reads all of them; for who works in another regency there are none.
BOUND = Sample(bound=True)
READ = Sample(may_be_missing=True)
_days = iter(range(1, 100))
AT = datetime(2020, 7, 13, 9, tzinfo=WIB)


def a_report() -> DayReport:
    """Make a report of a day that none of the scene is about yet."""
    return DayReport.objects.create(
        kind="tests",
        region=REGENCY,
        place=f"Laboratorium {next(_days)}",
        on=AT.date(),
        tested=10,
        positive=1,
        source="Laporan",
        by="kadek",
        at=AT,
    )


SIGNALS: dict[str, Sample] = {
    "signals:here": READ,
    "signals:province": READ,
    "signals:colours": READ,
    "signals:reports": Sample(lambda _: {"kind": "tests"}, may_be_missing=True),
    "signals:report": Sample(lambda _: {"pk": a_report().pk}, may_be_missing=True),
    "signals:enter": Sample(lambda _: {"kind": "tests"}, bound=True),
    "signals:take_back": Sample(lambda _: {"pk": a_report().pk}, bound=True),
    "signals:add_colour": BOUND,
    "comparison:here": READ,
}

"""Sample arguments of signals and comparison (``tests/web/samples.py`` says how)."""

from datetime import datetime

from smartkampung.kernel.clock import WIB
from smartkampung.reopening.signals.models import DayFile, DayReport
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


def a_file() -> DayFile:
    """Make a file of reports that waits for somebody to look at it."""
    return DayFile.objects.create(
        kind="tests",
        region=REGENCY,
        state=DayFile.State.READY,
        name="tes.csv",
        rows=[["", "2020-07-12", 10, 1, "tes.csv"]],
        brought_by="kadek",
        brought_at=AT,
    )


FILE = Sample(lambda _: {"pk": a_file().pk}, bound=True)
SIGNALS: dict[str, Sample] = {
    "signals:here": READ,
    "signals:province": READ,
    "signals:colours": READ,
    "signals:reports": Sample(lambda _: {"kind": "tests"}, may_be_missing=True),
    "signals:report": Sample(lambda _: {"pk": a_report().pk}, may_be_missing=True),
    "signals:enter": Sample(lambda _: {"kind": "tests"}, bound=True),
    "signals:take_back": Sample(lambda _: {"pk": a_report().pk}, bound=True),
    "signals:add_colour": BOUND,
    "signals:files": Sample(lambda _: {"kind": "tests"}, bound=True),
    "signals:template": Sample(lambda _: {"kind": "tests", "form": "csv"}, bound=True),
    "signals:file": FILE,
    "signals:take": FILE,
    "signals:leave": FILE,
    "comparison:here": READ,
}

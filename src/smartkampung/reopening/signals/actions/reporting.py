"""Write down what is told of a day; a correction keeps what stood, and says why."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.reopening.signals.models import DayReport
from smartkampung.reopening.signals.queries.here import must_enter
from smartkampung.reopening.signals.queries.reports import spelled
from smartkampung.reopening.signals.rules.kinds import (
    COLUMNS,
    NUMBERS,
    Kind,
    Numbers,
    faults,
)
from smartkampung.reopening.signals.rules.places import fold_place
from smartkampung.reopening.signals.words import FAULTS


class BadReport(Refused):
    """Numbers that cannot be: more positive than tested, a day to come."""

    code = "bad_report"


class NeedsReason(Refused):
    """Something stands there already, and nothing says why it changes."""

    code = "correction_needs_reason"


class NothingNew(Refused):
    """It stands so already."""

    code = "nothing_new"


class ToldMeanwhile(Refused):
    """Somebody else told of the same day at the same moment."""

    code = "told_meanwhile"


@dataclass(frozen=True)
class Subject:
    """What a report is about: a kind, a region, a place in it, a day."""

    kind: Kind
    region: str
    place: str
    on: date


def report_day(
    *,
    about: Subject,
    numbers: Numbers,
    source: str,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> DayReport:
    """Write the numbers of a day down.

    Raises BadReport, NeedsReason, NothingNew or ToldMeanwhile.
    """
    must_enter(by, about.region)
    about = _as_written_before(about)
    future = about.on > day(at)
    for fault in faults(about.kind, numbers, place=about.place, future=future):
        raise BadReport(FAULTS[fault])
    pair = COLUMNS[about.kind]
    told = dict(zip(pair, (numbers.first, numbers.second), strict=True))
    return _write(about, told, source=source, reason=reason, by=by, at=at)


def _as_written_before(about: Subject) -> Subject:
    """Return the same with its place spelled as it was first."""
    known = spelled(about.kind, about.region)
    return replace(about, place=known.get(fold_place(about.place), about.place))


def take_back(*, about: Subject, reason: str, by: Actor, at: datetime) -> DayReport:
    """Take a report back that should never have stood there; it stays readable.

    Raises NeedsReason, NothingNew or ToldMeanwhile.
    """
    must_enter(by, about.region)
    return _write(about, {}, source=by.username, reason=reason, by=by, at=at)


def _write(
    about: Subject,
    told: dict[str, int],
    *,
    source: str,
    reason: str,
    by: Actor,
    at: datetime,
) -> DayReport:
    before = _about(about).order_by("version").last()
    full = {name: told.get(name) for name in NUMBERS}
    if before is None and not told:
        raise NothingNew(_("Nothing stands there that could be taken back."))
    if before is not None:
        if all(getattr(before, name) == value for name, value in full.items()):
            raise NothingNew(_("These numbers stand there already."))
        if not reason.strip():
            raise NeedsReason(
                _("A report of this day stands there. Say why it changes.")
            )
    meanwhile = ToldMeanwhile(
        _("Somebody told of this day a moment ago. Look at it first.")
    )
    with atomic_or_refuse({"day_report_once": meanwhile}):
        row = DayReport.objects.create(
            kind=about.kind,
            region=about.region,
            place=about.place,
            on=about.on,
            version=before.version + 1 if before else 1,
            source=source.strip(),
            reason=reason.strip() if before else "",
            by=by.username,
            at=at,
            **full,
        )
        record(
            "signals.day_reported",
            target=row,
            by=by.username,
            region_code=about.region,
            kind=about.kind.value,
            version=row.version,
        )
    return row


def _about(about: Subject) -> QuerySet[DayReport]:
    return DayReport.objects.filter(
        kind=about.kind, region=about.region, place=about.place, on=about.on
    )

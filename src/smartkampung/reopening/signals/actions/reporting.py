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
from smartkampung.reopening.signals.queries.reports import days_told, spelled
from smartkampung.reopening.signals.rules.kinds import (
    COLUMNS,
    NUMBERS,
    Fault,
    Kind,
    Numbers,
    faults,
)
from smartkampung.reopening.signals.rules.places import fold_place, is_strange, meant
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


class StrangePlace(Refused):
    """No place of that name ever told: it is new, or misspelt."""

    code = "place_is_strange"


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
    new_place: bool = False,
    by: Actor,
    at: datetime,
) -> DayReport:
    """Write the numbers of a day down. ``new_place`` says that it never told before.

    Raises BadReport, StrangePlace, NeedsReason, NothingNew or ToldMeanwhile.
    """
    must_enter(by, about.region)
    known = spelled(about.kind, about.region)
    if not new_place and is_strange(about.place, known):
        raise strange([(about.place, meant(about.place, known))])
    about = replace(about, place=known.get(fold_place(about.place), about.place))
    future = about.on > day(at)
    for fault in faults(about.kind, numbers, place=about.place, future=future):
        raise BadReport(FAULTS[fault])
    together, single = days_told(about.kind, about.region)
    if about.on in (together if about.place else single):
        raise BadReport(FAULTS[Fault.MIXED])
    pair = COLUMNS[about.kind]
    told = dict(zip(pair, (numbers.first, numbers.second), strict=True))
    return _write(about, told, source=source, reason=reason, by=by, at=at)


def strange(places: list[tuple[str, str]]) -> StrangePlace:
    """Return the question about places that never told, each with what may be meant."""
    asked = [
        _("“%(place)s” (did you mean “%(meant)s”?)") % {"place": one, "meant": near}
        if near
        else f"“{one}”"
        for one, near in places
    ]
    text = _(
        "Never told of before: %(places)s. Correct the name, or say that it is new."
    )
    return StrangePlace(text % {"places": ", ".join(asked)})


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

"""What holds in a village: numbers, hours, closed days, steps, mandates."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import WIB, day
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests.models import (
    ClosedDay,
    HolidayList,
    Mandate,
    VillageRule,
)
from smartkampung.letters.requests.rules.holidays import national, year_missing
from smartkampung.letters.requests.rules.hours import (
    PROMISED_MINUTES,
    USUAL,
    Hours,
    NeverOpen,
    due_after,
    minutes_between,
)
from smartkampung.letters.requests.rules.mandates import Given, covering
from smartkampung.letters.requests.rules.numbering import USUAL as USUAL_PATTERN
from smartkampung.letters.requests.rules.numbering import Numbered, series_of, written
from smartkampung.letters.requests.rules.steps import ORDER
from smartkampung.regions.codes import within

AHEAD = timedelta(days=61)


@dataclass(frozen=True)
class Rule:
    """How a village handles letters: its own rule, or the usual one."""

    village_code: str
    pattern: str = USUAL_PATTERN
    by_kind: bool = False
    office: str = ""
    steps: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hours: Hours = USUAL

    def steps_of(self, wording: Wording) -> tuple[str, ...]:
        """Return the steps of a kind here: its own, and what the village adds.

        To leave one out is a wording, which a second person one level up confirms.
        """
        more = self.steps.get(wording.kind.code, ())
        wanted = {step.value for step in wording.kind.steps} | set(more)
        return tuple(step.value for step in ORDER if step in wanted)

    def series(self, kind: str) -> str:
        """Return in which series a kind is counted."""
        return series_of(kind, by_kind=self.by_kind)

    def text(self, number: int, wording: Wording, *, on: date) -> str:
        """Return a number as letters here bear it."""
        kind = wording.kind
        return written(
            self.pattern, Numbered(number, kind.series, kind.code, self.office, on)
        )


@dataclass(frozen=True)
class Clock:
    """Office hours and closed days around some time: what minutes count."""

    hours: Hours
    closed: frozenset[date]

    def due(self, start: datetime) -> datetime:
        """Return when fifteen open minutes have passed; of a shut office in two months."""
        begun = start.astimezone(WIB)
        try:
            return due_after(begun, PROMISED_MINUTES, self.hours, self.closed)
        except NeverOpen:
            return start + AHEAD

    def minutes(self, start: datetime, end: datetime) -> int:
        """Return how many open minutes lie between."""
        begun, ended = start.astimezone(WIB), end.astimezone(WIB)
        return minutes_between(begun, ended, self.hours, self.closed)


def rule_of(village_code: str) -> Rule:
    """Return how a village handles letters."""
    row = VillageRule.objects.filter(village=village_code).first()
    # Without a name of its own, a village is called by the end of its code.
    office = village_code.rpartition(".")[2]
    if row is None:
        return Rule(village_code, office=office)
    return Rule(
        village_code,
        row.pattern,
        row.by_kind,
        row.office or office,
        {kind: tuple(steps) for kind, steps in row.steps.items()},
        hours_read(row.hours) if row.hours else USUAL,
    )


def hours_read(kept: dict[str, list[list[int]]]) -> Hours:
    """Return hours as they are kept: weekday to pairs of minutes."""
    return Hours(
        {
            int(day): tuple((since, until) for since, until in spans)
            for day, spans in kept.items()
        }
    )


def clock_of(village_code: str, around: datetime) -> Clock:
    """Return which minutes count in a village, from a moment for two months."""
    return Clock(
        rule_of(village_code).hours,
        closed_days(village_code, day(around), day(around + AHEAD)),
    )


def closed_days(village_code: str, since: date, until: date) -> frozenset[date]:
    """Return public holidays and the own closed days of a village and above it."""
    segments = village_code.split(".")
    around = [".".join(segments[:depth]) for depth in range(2, len(segments) + 1)]
    own = ClosedDay.objects.filter(region__in=around, on__gte=since, on__lte=until)
    return holidays() | frozenset(own.values_list("on", flat=True))


def holidays() -> frozenset[date]:
    """Return the public holidays: of loaded lists, and else of the file that ships."""
    loaded = dict(HolidayList.objects.values_list("year", "days"))
    shipped = {on for on in national() if on.year not in loaded}
    days = {date.fromisoformat(one["on"]) for list_ in loaded.values() for one in list_}
    return frozenset(shipped | days)


def year_without_holidays(on: date) -> int | None:
    """Return a year of which no holidays are known: this one, or soon the next.

    Letters are then promised for days on which nobody works.
    """
    return year_missing({day.year for day in holidays()}, on)


def mandates_for(actor: Actor) -> QuerySet[Mandate]:
    """Return the mandates of the villages whose rules the actor sees, newest first."""
    regions = actor.regions_where(Permission.LETTER_VIEW)
    rows = Mandate.objects.filter(within("village__code", regions))
    return rows.select_related("deputy", "given_by", "village").order_by("-since", "pk")


def deputies_by_mandate(village_code: str, *, kind: str, on: date) -> set[int]:
    """Return the officers who may sign a kind of letter by mandate on a day."""
    rows = in_force(Mandate.objects.filter(village=village_code), on=on)
    return {row.deputy_id for row in rows if covering([_given(row)], kind=kind, on=on)}


def mandates_held(actor: Actor, *, on: date) -> list[Mandate]:
    """Return the mandates by which somebody signs on a day."""
    if not actor.may(Permission.LETTER_DEPUTISE):
        return []
    return list(in_force(Mandate.objects.filter(deputy=actor.staff_id), on=on))


def signs(actor: Actor, *, on: date) -> bool:
    """Say whether somebody signs letters on a day, as head or by mandate."""
    return actor.may(Permission.LETTER_SIGN) or bool(mandates_held(actor, on=on))


def covered_by(mandates: Iterable[Mandate]) -> Q:
    """Return the filter of requests that may be signed by some mandates."""
    found = Q(pk__in=[])
    for row in mandates:
        of_village = Q(village_code=row.village_id)
        found |= of_village & Q(kind__in=row.kinds) if row.kinds else of_village
    return found


def in_force(rows: QuerySet[Mandate], *, on: date) -> QuerySet[Mandate]:
    """Return the mandates among some that hold on a day."""
    return rows.filter(revoked_at=None, since__lte=on, until__gt=on).order_by("since")


def _given(row: Mandate) -> Given:
    return Given(row.pk, tuple(row.kinds), row.since, row.until)


def mandate_of(
    staff_id: int, village_code: str, *, kind: str, on: date
) -> Mandate | None:
    """Return the mandate by which somebody may sign a kind of letter on a day."""
    own = Mandate.objects.filter(deputy=staff_id, village=village_code)
    rows = list(in_force(own, on=on))
    found = covering(map(_given, rows), kind=kind, on=on)
    return next((row for row in rows if found and row.pk == found.id), None)

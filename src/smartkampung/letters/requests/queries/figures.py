"""How fast letters come: counts and medians of an area, by kind, village and day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Aggregate, CharField, Count, FloatField, Q, QuerySet
from django.db.models.functions import Cast, TruncDate

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import WIB, day, start_of_day
from smartkampung.kernel.rls import as_job
from smartkampung.letters.requests.models import Letter, LetterRequest
from smartkampung.letters.requests.rules.steps import OPEN, State
from smartkampung.regions.codes import reached, spread

TREND_DAYS = 30
# A median of very few says whose letter it was.
FEWEST = 5
PUBLIC_DAYS = 90


class Median(Aggregate):
    """The middle value; nothing of no rows."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class Line:
    """One kind, village or day."""

    key: str
    asked: int
    issued: int
    median: int | None


@dataclass(frozen=True)
class Figures:
    """What happened in an area on a day, and over the last thirty."""

    asked: int
    issued: int
    waiting: int
    returned: int
    overdue: int
    median: int | None
    by_kind: list[Line]
    by_village: list[Line]
    trend: list[Line]


def figures(actor: Actor, *, area: str, at: datetime) -> Figures:
    """Return the figures of an area as far as the actor's places reach.

    Kinds, villages and days are those of thirty days; counts are of today.
    """
    regions = actor.regions_where(Permission.LETTER_FIGURES)
    mine = reached("region_code", regions) & spread("region_code", area)
    asked, letters = LetterRequest.objects.filter(mine), Letter.objects.filter(mine)
    today = start_of_day(day(at))
    since = start_of_day(day(at) - timedelta(days=TREND_DAYS - 1))
    open_ = asked.filter(state__in=OPEN)
    waits = open_.exclude(state=State.RETURNED)
    issued = letters.filter(issued_at__gte=today, issued_at__lte=at)
    lately = asked.filter(asked_at__gte=since, asked_at__lte=at)
    done = letters.filter(issued_at__gte=since, issued_at__lte=at)
    return Figures(
        asked=asked.filter(asked_at__gte=today, asked_at__lte=at).count(),
        issued=issued.count(),
        waiting=waits.count(),
        returned=open_.filter(state=State.RETURNED).count(),
        overdue=waits.filter(due_at__lt=at).count(),
        median=_whole(issued.aggregate(m=Median("minutes"))["m"]),
        by_kind=_lines(lately, done, "kind"),
        by_village=_lines(lately, done, "village_code"),
        trend=_trend(lately, done, since.date()),
    )


def _lines(
    asked: QuerySet[LetterRequest], done: QuerySet[Letter], key: str
) -> list[Line]:
    counts = dict(asked.values_list(key).annotate(n=Count("pk")).order_by(key))
    came = {
        name: (n, median)
        for name, n, median in done.values_list(key)
        .annotate(n=Count("pk"), m=Median("minutes"))
        .order_by(key)
    }
    return [
        Line(name, counts.get(name, 0), *_of(came.get(name)))
        for name in sorted({*counts, *came})
    ]


def _trend(
    asked: QuerySet[LetterRequest], done: QuerySet[Letter], since: date
) -> list[Line]:
    by_day = asked.annotate(on=_day_of("asked_at"))
    came_by_day = done.annotate(on=_day_of("issued_at"))
    lines = {line.key: line for line in _lines(by_day, came_by_day, "on")}
    days = [(since + timedelta(days=n)).isoformat() for n in range(TREND_DAYS)]
    return [lines.get(on, Line(on, 0, 0, None)) for on in days]


def _day_of(moment: str) -> Cast:
    return Cast(TruncDate(moment, tzinfo=WIB), CharField())


def _of(found: tuple[int, float | None] | None) -> tuple[int, int | None]:
    return (found[0], _whole(found[1])) if found else (0, None)


def _whole(median: float | None) -> int | None:
    return None if median is None else round(median)


def public_medians(village_code: str, *, at: datetime) -> dict[str, int]:
    """Return the usual minutes of each kind in a village, for anybody to read.

    Of ninety days; a kind with fewer than five letters is left out.
    """
    with as_job():
        rows = Letter.objects.filter(
            village_code=village_code,
            issued_at__gte=at - timedelta(days=PUBLIC_DAYS),
            issued_at__lte=at,
        )
        counted = rows.values_list("kind").annotate(
            m=Median("minutes"), n=Count("pk", filter=Q(minutes__isnull=False))
        )
        return {kind: round(m) for kind, m, n in counted if n >= FEWEST}

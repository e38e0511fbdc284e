"""One village in one screen, put together from what every service knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.covers import (
    Colleague,
    described,
    heads_in,
    serving_in,
)
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import Enrolment
from smartkampung.aid.queries.claims import claims_for
from smartkampung.aid.queries.conflicts import running
from smartkampung.frontline.today.rules import ELDER
from smartkampung.isolation.figures.queries.areas import area_for
from smartkampung.isolation.figures.queries.houses import houses_today
from smartkampung.isolation.figures.queries.people import at_home
from smartkampung.kernel.clock import WIB, start_of_day
from smartkampung.kernel.language import either
from smartkampung.recovery.affected.queries.records import affected_for
from smartkampung.regions.codes import level, reached, spread
from smartkampung.reopening.counters.models import Booking
from smartkampung.reopening.counters.queries.offices import counters_for
from smartkampung.reopening.places.queries.register import certified, places_for
from smartkampung.reopening.places.rules.standing import State as Registered
from smartkampung.residents.models import Person
from smartkampung.residents.queries.people import residents_for
from smartkampung.worklist.models import WorkItem

KIND = Permission.KINDNESS_VIEW
DAYS = 14


@dataclass(frozen=True)
class People:
    """Who lives here."""

    all: int
    families: int
    women: int
    children: int
    elders: int


@dataclass(frozen=True)
class Isolation:
    """Who isolates here, and where there is room."""

    in_houses: int
    at_home: int
    free: int


@dataclass(frozen=True)
class Reopening:
    """Places under protocol, and who comes to the counters today."""

    places: int
    certified: int
    booked: int
    served: int


@dataclass(frozen=True)
class Village:
    """All of a village on a day."""

    people: People
    recipients: list[tuple[str, int]]
    claims: Mapping[str, int]
    isolation: Isolation
    affected: Mapping[str, int]
    reopening: Reopening
    done: Mapping[date, int]
    staff: list[Colleague]
    heads: list[Colleague]


def villages_of_head(actor: Actor) -> tuple[str, ...]:
    """Return the villages that the actor works over as a whole."""
    return tuple(c for c in actor.regions_where(KIND) if level(c) == "village")


def village_for(actor: Actor, code: str, *, at: datetime) -> Village:
    """Return a village; 404 for one that is not the actor's as a whole."""
    if code not in villages_of_head(actor):
        raise Http404
    on = at.date()
    return Village(
        people=_people(actor, code, on),
        recipients=_recipients(code, on),
        claims=_claims(actor, code),
        isolation=_isolation(actor, code, on),
        affected=_affected(actor, code),
        reopening=_reopening(actor, code, on),
        done=_done(code, on),
        staff=described(serving_in(code, on=on), on=on),
        heads=described(heads_in(code, on=on), on=on),
    )


def _people(actor: Actor, code: str, on: date) -> People:
    rows = residents_for(actor, permission=KIND).filter(
        spread("region_code", code), status=Person.Status.LIVING, merged_into=None
    )
    found = rows.aggregate(
        all=Count("pk"),
        families=Count("family_id", distinct=True),
        women=Count("pk", filter=Q(sex="P")),
        children=Count("pk", filter=Q(born_on__gt=_years_before(on, 18))),
        elders=Count("pk", filter=Q(born_on__lte=_years_before(on, ELDER))),
    )
    return People(**found)


def _recipients(code: str, on: date) -> list[tuple[str, int]]:
    rows = (
        Enrolment.objects.filter(running(on), spread("family__region_code", code))
        .values_list("programme__name", "programme__name_en")
        .annotate(n=Count("family_id", distinct=True))
        .order_by("-n", "programme__name")
    )
    return [(either(name, name_en), number) for name, name_en, number in rows]


def _claims(actor: Actor, code: str) -> Mapping[str, int]:
    rows = claims_for(actor, KIND).filter(spread("region_code", code), closed_at=None)
    counted = rows.order_by().values("state").annotate(n=Count("pk"))
    return dict(counted.values_list("state", "n"))


def _isolation(actor: Actor, code: str, on: date) -> Isolation:
    area = area_for(actor, code)
    houses = houses_today(area, on)
    return Isolation(
        in_houses=sum(house.taken for house in houses),
        at_home=sum(at_home(area).values()),
        free=sum(house.free for house in houses),
    )


def _affected(actor: Actor, code: str) -> Mapping[str, int]:
    rows = affected_for(actor, KIND).filter(reached("region_code", [code]))
    counted = rows.order_by().values("state").annotate(n=Count("pk"))
    return dict(counted.values_list("state", "n"))


def _reopening(actor: Actor, code: str, on: date) -> Reopening:
    registered = places_for(actor, Permission.PLACE_VIEW).filter(
        spread("region_code", code), state=Registered.REGISTERED
    )
    counters = counters_for(actor).filter(spread("region__code", code))
    rows = Booking.objects.filter(slot__counter__in=counters.values("pk"), slot__on=on)
    found = rows.aggregate(
        booked=Count("pk", filter=~Q(state="cancelled")),
        served=Count("pk", filter=Q(state="served")),
    )
    return Reopening(
        places=registered.count(),
        certified=certified(on, village=code).count(),
        **found,
    )


def _done(code: str, on: date) -> Mapping[date, int]:
    """Return how much work was closed here on each of the last days, oldest first."""
    days = [on - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    rows = (
        WorkItem.objects.filter(
            spread("region_code", code), closed_at__gte=start_of_day(days[0])
        )
        .values_list(TruncDate("closed_at", tzinfo=WIB))
        .annotate(n=Count("pk"))
        .order_by()
    )
    counted = dict(rows)
    return {day: counted.get(day, 0) for day in days}


def _years_before(on: date, years: int) -> date:
    leap = (on.month, on.day) == (2, 29)
    return on.replace(year=on.year - years, day=28 if leap else on.day)

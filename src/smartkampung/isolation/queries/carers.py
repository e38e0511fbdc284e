"""Who of a Puskesmas looks after whom."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.holding import holding
from smartkampung.accounts.roles import Permission, Role
from smartkampung.isolation.models import Carer, Entrusting, Stay
from smartkampung.isolation.rules.states import LIVE_STAYS
from smartkampung.regions.codes import within


@dataclass(frozen=True)
class Officer:
    """One officer of a team, and how many people are entrusted to them."""

    pk: int
    name: str
    people: int


def team_of(centre: str, *, on: date) -> dict[int, str]:
    """Return the officers of a Puskesmas on a day, by name."""
    rows = holding(on).filter(
        role=Role.PUSKESMAS_OFFICER, health_centre=centre, staff__is_active=True
    )
    named = rows.order_by("staff__full_name", "staff_id")
    return dict(named.values_list("staff_id", "staff__full_name"))


def officers_of(actor: Actor, centre: str, *, on: date) -> list[Officer]:
    """Return the officers of a Puskesmas, each with how many of its people they have."""
    rows = Carer.objects.filter(stay__in=_cared_for(actor, centre))
    counts: dict[int, int] = {}
    for officer in rows.values_list("officer_id", flat=True):
        counts[officer] = counts.get(officer, 0) + 1
    team = team_of(centre, on=on)
    return [Officer(pk, name, counts.get(pk, 0)) for pk, name in team.items()]


def entrusted_to(actor: Actor, centre: str, officer: int) -> list[Stay]:
    """Return who of a Puskesmas is entrusted to an officer, by place and name."""
    rows = _cared_for(actor, centre).filter(carer__officer=officer)
    return list(rows.order_by("reservation__region_code", "name", "pk"))


def without_officer(actor: Actor, centre: str) -> list[Stay]:
    """Return who of a Puskesmas is in isolation and entrusted to nobody for good."""
    rows = _cared_for(actor, centre).filter(carer=None)
    return list(rows.order_by("reservation__region_code", "name", "pk"))


def household_of(stay: Stay) -> list[Stay]:
    """Return who of a party is expected or present: one officer sees them together."""
    rows = Stay.objects.filter(
        reservation=stay.reservation_id, state__in=LIVE_STAYS
    ).order_by("pk")
    return list(rows)


def carer_of(stay: Stay) -> Carer | None:
    """Return to whom somebody is entrusted, if to anybody."""
    return Carer.objects.select_related("officer").filter(stay=stay).first()


def hand_overs_of(stay: Stay) -> list[Entrusting]:
    """Return to whom somebody was entrusted so far, the latest first."""
    rows = Entrusting.objects.filter(stay=stay).select_related("officer")
    return list(rows.order_by("-at", "-pk"))


def _cared_for(actor: Actor, centre: str) -> QuerySet[Stay]:
    inside = within(
        "reservation__region_code", actor.regions_where(Permission.MONITORING_RECORD)
    )
    return Stay.objects.filter(
        inside, reservation__centre=centre, state="present"
    ).select_related("reservation__house")

"""The door to parties that are expected or came: by area, or by the code they show."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.intake.rules import read_code
from smartkampung.isolation.arrival.models import Passage
from smartkampung.isolation.arrival.queries.gate import code_of
from smartkampung.isolation.arrival.rules.coming import SHOWN_AHEAD
from smartkampung.isolation.models import Bed, BedUse, Reservation, Stay
from smartkampung.isolation.rules.states import ReservationState, StayState
from smartkampung.kernel import clock
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import blind_indexes
from smartkampung.regions.codes import within

LONGEST_ID = 11  # a code has 12 letters
GONE = (StayState.CANCELLED, StayState.NO_SHOW)


def parties_for(actor: Actor, permission: Permission) -> QuerySet[Reservation]:
    """Return the parties that go to the actor's regions, with their people."""
    here = within("region_code", actor.regions_where(permission))
    return _whole(Reservation.objects.filter(here))


def party_for(actor: Actor, party_id: int, permission: Permission) -> Reservation:
    """Return one party of the actor's regions; 404 for everybody else's."""
    return get_object_or_404(parties_for(actor, permission), pk=party_id)


def shown_to(actor: Actor, key: str) -> Reservation:
    """Return the party of a code, wherever it goes, or of a row here; else 404.

    Whoever shows a code may be let through: a checkpoint sends people everywhere. Who
    is expected at the actor's checkpoint about today is opened without it.
    """
    if key.isdecimal() and len(key) <= LONGEST_ID:
        known = code_of(actor, int(key), today=clock.today())
        at_the_gate = _opened(actor, known) if known else None
        return at_the_gate or party_for(actor, int(key), Permission.ARRIVAL_RECORD)
    found = by_code(actor, key)
    if found is None:
        raise Http404
    return found


def by_code(actor: Actor, typed: str) -> Reservation | None:
    """Return the party whose code was typed or scanned; None when it opens nothing."""
    code = read_code(typed)
    if code is None:
        return None
    for known in blind_indexes(code, "tracking"):
        row = _opened(actor, known)
        if row is not None:
            return row
    return None


def _opened(actor: Actor, known: bytes) -> Reservation | None:
    """Return the party of a hash; the transaction reaches it from here on."""
    act_as(
        Kind.STAFF,
        scope=actor.regions_where(Permission.ARRIVAL_RECORD),
        officer=actor.staff_id,
        tracking=known,
        health=actor.regions_where(Permission.ISOLATION_HEALTH_VIEW),
    )
    return _whole(Reservation.objects.filter(code_hash=known)).first()


def expected_for(
    actor: Actor, permission: Permission, *, today: date, name: str = ""
) -> QuerySet[Reservation]:
    """Return who has not come yet, or only in part, and is expected within a week.

    ``name``: only parties in which somebody is called so.
    """
    rows = parties_for(actor, permission).filter(
        arrives_on__lte=today + SHOWN_AHEAD,
        state__in=[ReservationState.BOOKED, ReservationState.ARRIVED],
        stays__state=StayState.EXPECTED,
    )
    if name:
        rows = rows.filter(stays__name__icontains=name)
    return rows.distinct().order_by("arrives_on", "pk")


def arrived_for(
    actor: Actor, permission: Permission, *, today: date
) -> QuerySet[Reservation]:
    """Return the parties that were let in today."""
    rows = parties_for(actor, permission).filter(
        state=ReservationState.ARRIVED, arrives_on=today
    )
    return rows.exclude(stays__state=StayState.EXPECTED).order_by("pk")


def people_of(party: Reservation) -> list[Stay]:
    """Return the people of a party who come or came, in the order of booking."""
    return [stay for stay in party.stays.all() if stay.state not in GONE]


def expected_of(party: Reservation) -> list[Stay]:
    """Return the people of a party who have not come yet."""
    return [stay for stay in party.stays.all() if stay.state == StayState.EXPECTED]


def through_of(people: Iterable[Stay]) -> set[int]:
    """Return who of them passed a checkpoint, by number, in one query."""
    rows = Passage.objects.filter(stay__in=[stay.pk for stay in people])
    return set(rows.values_list("stay", flat=True))


def bed_of(stay: Stay) -> Bed | None:
    """Return the bed that somebody has now or will have; the latest of several."""
    uses = [use for use in stay.beds.all() if use.live]
    return uses[-1].bed if uses else None


def _whole(rows: QuerySet[Reservation]) -> QuerySet[Reservation]:
    uses = BedUse.objects.select_related("bed__room").order_by("during")
    stays = Stay.objects.order_by("pk").prefetch_related(Prefetch("beds", uses))
    return rows.select_related("house", "centre").prefetch_related(
        Prefetch("stays", stays)
    )

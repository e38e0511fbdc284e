"""The door of a checkpoint to who is expected to come through it, around today."""

from datetime import date, timedelta

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.arrival.rules.entries import entries_of
from smartkampung.isolation.models import Reservation
from smartkampung.isolation.rules.states import ReservationState, StayState
from smartkampung.kernel.rls import at_gate

# Who is a day early or late still comes through without being looked for.
AROUND = (-1, 0, 1)
EXPECTED = (ReservationState.BOOKED, ReservationState.ARRIVED)


def coming_through(
    actor: Actor, *, today: date, name: str = "", most: int
) -> list[Reservation]:
    """Return the parties that are to come through the actor's checkpoint about today.

    With their people. Wherever in the regency they go; of some name if one is given.
    """
    entries, days = _entries(actor), _days(today)
    if not entries:
        return []
    with at_gate(_keys(actor, today)):
        rows = Reservation.objects.filter(
            entry_point__in=entries,
            arrives_on__in=days,
            state__in=EXPECTED,
            stays__state=StayState.EXPECTED,
        )
        if name:
            rows = rows.filter(stays__name__icontains=name)
        rows = rows.select_related("house").prefetch_related("stays").distinct()
        return list(rows.order_by("arrives_on", "pk")[:most])


def code_of(actor: Actor, party_id: int, *, today: date) -> bytes | None:
    """Return by which hash a party at the actor's checkpoint is opened, if it is there."""
    entries = _entries(actor)
    if not entries:
        return None
    with at_gate(_keys(actor, today)):
        rows = Reservation.objects.filter(
            pk=party_id, entry_point__in=entries, arrives_on__in=_days(today)
        )
        found = rows.values_list("code_hash", flat=True).first()
    return bytes(found) if found is not None else None


def _entries(actor: Actor) -> tuple[str, ...]:
    # Asked of the posts themselves: what this opens, no other policy closes.
    return entries_of(
        region
        for post in actor.posts
        if Permission.GATE_VIEW in post.permissions
        for region in post.regions
    )


def _days(today: date) -> tuple[date, ...]:
    return tuple(today + timedelta(days=step) for step in AROUND)


def _keys(actor: Actor, today: date) -> list[str]:
    return [
        f"{entry}:{on.isoformat()}" for entry in _entries(actor) for on in _days(today)
    ]

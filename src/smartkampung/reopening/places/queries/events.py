"""Reads of events: what stands against one, who decides, which one a code opens."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.intake.queries import Followed, case_by_code
from smartkampung.kernel.clock import day
from smartkampung.regions.codes import ancestor, village_of, within
from smartkampung.reopening.guidance.queries import in_force
from smartkampung.reopening.guidance.rules.kinds import Kind, Setting
from smartkampung.reopening.pilots.queries.regime import Regime, regime_on
from smartkampung.reopening.places.models import Event
from smartkampung.reopening.places.queries.protocols import event_rules_on
from smartkampung.reopening.places.rules.events import (
    Allowed,
    Around,
    Bar,
    State,
    allowed,
    bars,
    head_decides,
)

CASE_KIND = "places.event"
SALT = "event-letter"


@dataclass(frozen=True)
class Followup:
    """An event as its code opens it, with its public timeline."""

    event: Event
    case: Followed


def around(regime: Regime | None, on: date) -> Around | None:
    """Return what a regime says about events on its day."""
    if regime is None:
        return None
    zoned = in_force(Kind.RT_ZONE, on) is not None
    return Around(
        regime.colour,
        regime.capacity,
        regime.gathering,
        zoned,
        regime.phase.settings,
    )


def bars_on(*, kind: Setting, region_code: str, people: int, on: date) -> list[Bar]:
    """Return every reason of zone and phase, as of a day, why an event may not be."""
    return bars(
        kind=kind,
        people=people,
        around=around(regime_on(region_code, on), on),
        rules=event_rules_on(on),
    )


def against(event: Event, on: date) -> list[Bar]:
    """Return what stands on a day against an event that was allowed and is to come.

    Nothing where officers let it stand for just these reasons.
    """
    if event.state != State.APPROVED or event.on < on:
        return []
    found = bars_on(
        kind=Setting(event.kind),
        region_code=event.region_code,
        people=event.people,
        on=on,
    )
    kept = event.kept_at is not None and event.worse_why == [bar.value for bar in found]
    return [] if kept else found


def allowed_on(*, kind: Setting, region_code: str, on: date) -> Allowed:
    """Return the numbers behind the bars, as of a day."""
    return allowed(
        kind=kind,
        around=around(regime_on(region_code, on), on),
        rules=event_rules_on(on),
        today=on,
    )


def decided_at(event: Event) -> str:
    """Return the region whose officers decide: its village, or above that its kecamatan.

    By the rules of the day on which it was asked for, so that it stays with them.
    """
    rules = event_rules_on(day(event.asked_at))
    if rules is not None and head_decides(event.people, rules):
        return village_of(event.region_code)
    return ancestor(event.region_code, "kecamatan")


def events_for(actor: Actor, permission: Permission) -> QuerySet[Event]:
    """Return the events in the places where a permission holds, the soonest first."""
    regions = actor.regions_where(permission)
    return Event.objects.filter(within("region_code", regions)).order_by("on", "pk")


def event_for(actor: Actor, event_id: int, permission: Permission) -> Event:
    """Return one event; 404 outside the actor's area."""
    return get_object_or_404(events_for(actor, permission), pk=event_id)


def event_by_code(typed: str, *, at: datetime) -> Followup | None:
    """Return the event that a code opens, or None when it opens nothing now."""
    case = case_by_code(typed, at=at)
    if case is None or case.kind != CASE_KIND:
        return None
    row = Event.objects.filter(code_hash=case.code_hash).first()
    return Followup(row, case) if row else None


def mark_of(event: Event) -> str:
    """Return the mark in the QR code of its letter, which nobody else can make."""
    return Signer(salt=SALT, sep=".").sign(str(event.pk))


def event_by_mark(mark: str) -> Event | None:
    """Return the event whose letter bears a mark; nothing when it is none of ours."""
    try:
        pk = int(Signer(salt=SALT, sep=".").unsign(mark))
    except BadSignature:
        return None
    return Event.objects.filter(pk=pk).first()

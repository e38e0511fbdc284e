"""The door to what came from phones: receipts to whoever sent, records to colleagues."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.functions import Least
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Device
from smartkampung.accounts.queries.devices import end_of
from smartkampung.accounts.roles import Permission
from smartkampung.frontline.field.models import Record
from smartkampung.frontline.field.rules.arriving import WAITING, State
from smartkampung.frontline.field.rules.envelopes import Envelope, envelope_of
from smartkampung.frontline.field.rules.receipts import Receipt
from smartkampung.frontline.field.words import reworded
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.rls import as_job
from smartkampung.regions.codes import within

P = Permission
# What came from a phone after its end (``end_of``): it is looked at phone by phone.
AFTER_THE_END = Q(
    received_at__gte=Least(F("device__revoked_at"), F("device__expires_at"))
)
MOST_RECEIPTS = 200


def envelope_in(row: Record) -> Envelope:
    """Return what came, as it came."""
    return envelope_of(json.loads(row.envelope.open()))


def corrected(row: Record) -> Envelope:
    """Return what came, with the answers that were put right since."""
    envelope = envelope_in(row)
    if row.corrections is None:
        return envelope
    instead = json.loads(row.corrections.open())
    return replace(envelope, body={**(envelope.body or {}), **instead})


def own_sent_back(staff_id: int, record_id: int) -> Record:
    """Return a record of one's own that was sent back; 404 for any other."""
    with as_job():
        rows = Record.objects.select_related("staff", "device", "decided_by")
        return get_object_or_404(
            rows, pk=record_id, staff=staff_id, state=State.SENT_BACK
        )


def sent_back_to(staff_id: int) -> int:
    """Return how many of somebody's forms wait to be put right by them."""
    with as_job():
        rows = Record.objects.filter(staff=staff_id, state=State.SENT_BACK)
        return rows.count()


def sent_back_for(actor: Actor, *, health: bool) -> QuerySet[Record]:
    """Return what waits for whoever filled it in, the longest first."""
    rows = records_for(actor, health=health).filter(state=State.SENT_BACK)
    return rows.order_by("decided_at", "pk")


def receipt_of(row: Record, *, repeated: bool = False) -> Receipt:
    """Return what the phone is told about a record."""
    return Receipt(
        form_id=row.form_id,
        state=State(row.state),
        body_hash=envelope_in(row).body_hash,
        received_at=row.received_at.astimezone(WIB),
        repeated=repeated,
        code=row.code,
        words=reworded(row.words),
        errors=row.errors,
        result=row.result.open() if row.result else "",
    )


def clock_before(device: Device) -> int | None:
    """Return how far off a device's clock was when it last sent; None if it never did.

    A second photo tells no time of its device.
    """
    rows = Record.objects.filter(staff=device.staff_id, device=device, other_photo=None)
    with as_job():
        last = list(
            rows.order_by("-received_at", "-pk").values_list("clock_off_s", flat=True)[
                :1
            ]
        )
    return last[0] or 0 if last else None


def receipts_of(staff_id: int, ids: Iterable[uuid.UUID]) -> list[Receipt]:
    """Return the receipts of somebody's own records that are known."""
    with as_job():
        rows = Record.objects.filter(staff=staff_id, form_id__in=list(ids))
        return [receipt_of(row, repeated=True) for row in rows.order_by("pk")]


def records_for(actor: Actor, *, health: bool) -> QuerySet[Record]:
    """Return the records that the actor may look at as a colleague.

    What tells about health, or may, is seen by health workers of the place.
    """
    may = P.ISOLATION_HEALTH_VIEW if health else P.FIELD_REVIEW
    inside = within("region_code", actor.regions_where(may))
    rows = Record.objects.filter(inside, health=health)
    return rows.select_related("staff", "device", "first", "decided_by")


def record_for(actor: Actor, record_id: int, *, health: bool) -> Record:
    """Return one record; 404 for everybody who may not look at it."""
    return get_object_or_404(records_for(actor, health=health), pk=record_id)


def waiting_for(actor: Actor, *, health: bool) -> QuerySet[Record]:
    """Return what waits for a decision one by one, the oldest first."""
    rows = records_for(actor, health=health).filter(state__in=WAITING)
    return rows.exclude(AFTER_THE_END).order_by("received_at", "pk")


def ended_phones_for(actor: Actor, *, health: bool) -> list[Any]:
    """Return the phones whose forms came after their end and wait, the longest first."""
    rows = records_for(actor, health=health).filter(AFTER_THE_END, state__in=WAITING)
    by_phone = rows.order_by().values(
        "device__name", "staff__full_name", "device_id", "region_code"
    )
    counted = by_phone.annotate(waits=Count("pk"), first=Min("pk"))
    return list(counted.order_by("first"))


def came_after_the_end(row: Record) -> bool:
    """Say whether the phone that sent a record had been ended by then."""
    return row.received_at >= end_of(row.device)


def beside(row: Record) -> QuerySet[Record]:
    """Return what the same ended phone sent to the same place, decided or not."""
    same = {"device": row.device_id, "region_code": row.region_code}
    rows = Record.objects.filter(AFTER_THE_END, health=row.health, **same)
    return rows.select_related("staff", "device").order_by("received_at", "pk")


def decided_for(actor: Actor, *, health: bool) -> QuerySet[Record]:
    """Return what colleagues decided, the latest first."""
    rows = records_for(actor, health=health).filter(~Q(decided_at=None))
    rows = rows.exclude(state=State.SENT_BACK)
    return rows.order_by("-decided_at", "pk")


def own_records(staff_id: int, *, most: int = 50) -> list[Record]:
    """Return what somebody sent themselves, the latest first."""
    with as_job():
        rows = Record.objects.filter(staff=staff_id).order_by("-received_at", "-pk")
        return list(rows[:most])

"""What came from phones in the played village: most is recorded, some waits for somebody.

Told through the very door that phones use, each record in its own transaction. A small
regency has not everybody that is needed; then a form is left out.
"""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from smartkampung.accounts.actions.devices import enrol_device, revoke_device
from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Device, Staff
from smartkampung.accounts.queries.devices import Caller, caller_by_id
from smartkampung.accounts.roles import Role
from smartkampung.aid.models import Claim, Criterion, Programme
from smartkampung.demo.cast import NOBODYS_NIK, RT, VILLAGE
from smartkampung.demo.staff import Officers
from smartkampung.frontline.field.actions.arriving import receive
from smartkampung.isolation.models import Obligation, Stay
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.clock import day, telling
from smartkampung.kernel.rls import Kind, act_as

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


def tell_fieldwork(*, at: datetime, officers: Officers) -> None:
    """Let phones of the village send what they kept."""
    with transaction.atomic():
        act_as(Kind.JOB)
        head = _phone(officers.of(Role.VILLAGE_HEAD, VILLAGE), "Redmi 9A", at=at)
        clerk = officers.of(Role.VILLAGE_OFFICER, VILLAGE)
        office, lost = (
            _phone(clerk, name, at=at) for name in ("Samsung A12", "Oppo A5")
        )
        forms = [*_visits(at), *_claims(at), *_looks(at)]
        revoke_device(device=lost, by=clerk.username, at=at - HOUR)
    for role, form in forms:
        if role is Role.VILLAGE_HEAD:
            _send(head, form, at=at)
    _send(office, _registration(at, RT), at=at - 3 * HOUR, off=2 * HOUR)
    _send(lost, _registration(at, VILLAGE), at=at)
    for role, form in forms:
        if role is Role.PUSKESMAS_OFFICER:
            _send_as_nurse(form, at=at)


def _phone(actor: Actor, name: str, *, at: datetime) -> Device:
    """Enrol a phone last week, and let it be heard of now."""
    staff = Staff.objects.get(pk=actor.staff_id)
    made = enrol_device(staff=staff, name=name, by=actor.username, at=at - WEEK)
    Device.objects.filter(pk=made.device.pk).update(
        seen_at=at - HOUR, expires_at=F("expires_at") + WEEK
    )
    return made.device


def _send(
    device: Device, form: dict[str, Any], *, at: datetime, off: timedelta = timedelta()
) -> None:
    with telling(at):
        with transaction.atomic():
            caller = caller_by_id(device.pk, at=at)
        if caller is not None:
            _receive(caller, form, at=at, off=off)


def _receive(
    caller: Caller, form: dict[str, Any], *, at: datetime, off: timedelta
) -> None:
    receive(caller=caller, records=[form], device_time=at + off, at=at)


def _send_as_nurse(form: dict[str, Any], *, at: datetime) -> None:
    """Send a look from the phone of an officer of the Puskesmas, if there is one."""
    with transaction.atomic():
        act_as(Kind.JOB)
        nurse = Staff.objects.filter(
            assignments__role=Role.PUSKESMAS_OFFICER,
            assignments__health_centre__serves__village_id=VILLAGE,
        ).first()
        if nurse is None:
            return
        device = _phone(Actor(nurse.pk, nurse.username), "Vivo Y12", at=at)
    _send(device, form, at=at)


def _form(kind: str, target: str | None, body: dict[str, Any], *, at: datetime) -> Any:
    return {
        "id": str(uuid.uuid4()),
        "kind": kind,
        "target": target,
        "opened_at": (at - HOUR / 6).isoformat(),
        "saved_at": at.isoformat(),
        "position": None,
        "photos": [],
        "signature": None,
        "body": body,
    }


def _visits(at: datetime) -> Iterator[tuple[Role, Any]]:
    """Yield two sets of answers about one visit: the second contradicts the first."""
    stay = Stay.objects.filter(
        state=StayState.PRESENT, reservation__region_code__startswith=VILLAGE
    ).first()
    if stay is None:
        return
    body = {"found": "present", "safety": ["food"], "missing": "Tidak ada sinyal."}
    form = _form("isolation.visit", f"isolation.stay:{stay.pk}", body, at=at - 5 * HOUR)
    yield Role.VILLAGE_HEAD, form
    yield Role.VILLAGE_HEAD, {**form, "body": {**body, "found": "absent", "safety": []}}


def _claims(at: datetime) -> Iterator[tuple[Role, Any]]:
    """Yield a visit to a family that was visited meanwhile."""
    claim = (
        Claim.objects.filter(region_code__startswith=VILLAGE)
        .exclude(state=Claim.State.TO_CHECK)
        .order_by("pk")
        .first()
    )
    programme = Programme.objects.order_by("code").first()
    if claim is None or programme is None:
        return
    asked = Criterion.objects.filter(asked=True).values_list("code", flat=True)
    body = {f"q_{code}": True for code in asked} | {"recommends": False}
    yield (
        Role.VILLAGE_HEAD,
        _form("aid.field_check", f"aid.claim:{claim.pk}", body, at=at - 6 * HOUR),
    )


def _looks(at: datetime) -> Iterator[tuple[Role, Any]]:
    """Yield a look that was made yesterday and arrives today."""
    yesterday = at - 24 * HOUR
    row = (
        Obligation.objects.filter(
            due_on=day(yesterday),
            stay__state=StayState.PRESENT,
            stay__reservation__region_code__startswith=VILLAGE,
        )
        .order_by("pk")
        .first()
    )
    if row is not None:
        body = {"outcome": "seen", "state": "well", "temperature": 36.6, "spo2": 98}
        target = f"isolation.obligation:{row.pk}"
        yield (
            Role.PUSKESMAS_OFFICER,
            _form("isolation.check", target, body, at=yesterday),
        )


def _registration(at: datetime, place: str) -> Any:
    body = {
        "nik": NOBODYS_NIK,
        "name": "Sutrisno Hadi",
        "born_on": "1984-05-05",
        "region_code": place,
        "kind": "hours_cut",
        "sector": "boat",
        "happened_on": (day(at) - 40 * timedelta(days=1)).isoformat(),
        "income_before": 2_400_000,
        "income_after": 900_000,
        "dependants": 3,
        "wishes": ["work"],
    }
    return _form("affected.register", None, body, at=at - 4 * HOUR)

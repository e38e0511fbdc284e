"""A phone in the field: it keeps forms, and sends them when there is a network."""

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from smartkampung.accounts.actions.devices import enrol_device
from smartkampung.accounts.models import Device, Staff
from smartkampung.frontline.field.models import ENVELOPE, Record
from smartkampung.frontline.field.rules.arriving import State
from smartkampung.frontline.field.rules.envelopes import hash_of
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed, blind_index
from tests import cases, cast
from tests.pictures import jpeg

API = "/api/v1/field"
MINUTE = timedelta(minutes=1)
LATELY, TO_COME = -40, 900


def day_in(days: int) -> str:
    """Return a day as forms tell it, so many days from now: no year makes it wrong."""
    return (today() + timedelta(days=days)).isoformat()


@dataclass
class Phone:
    """An enrolled phone, whose clock may be off."""

    staff: Staff
    device: Device
    token: str
    off: timedelta = field(default_factory=timedelta)

    @property
    def time(self) -> datetime:
        """Return what its clock shows."""
        return now() + self.off

    def form(
        self, kind: str, target: str | None, body: dict[str, Any], **more: Any
    ) -> dict[str, Any]:
        """Fill in a form, saved a minute ago by its clock."""
        saved = (self.time - MINUTE).isoformat()
        return {
            "id": str(uuid.uuid4()),
            "kind": kind,
            "target": target,
            "opened_at": saved,
            "saved_at": saved,
            "position": None,
            "photos": [],
            "signature": None,
            "body": body,
            **more,
        }

    def call(self, method: str, path: str, content: Any = None, **headers: str) -> Any:
        """Ask the server."""
        sent = content if isinstance(content, bytes) else json.dumps(content or {})
        return Client().generic(
            method,
            f"{API}/{path}",
            sent,
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.token}", **headers},
        )

    def send(self, *forms: Any) -> list[dict[str, Any]]:
        """Send forms; return their receipts."""
        told = {"device_time": self.time.isoformat(), "records": list(forms)}
        answer = self.call("POST", "records", told)
        assert answer.status_code == 200, answer.content
        found: list[dict[str, Any]] = answer.json()["receipts"]
        return found

    def send_one(self, form: dict[str, Any]) -> dict[str, Any]:
        """Send a form; return its receipt, which is about what was sent."""
        [receipt] = self.send(form)
        assert receipt["body_hash"] == hash_of(form)
        return receipt

    def put(self, photo_id: uuid.UUID, content: bytes | None = None) -> Any:
        """Send a photo."""
        sent = jpeg().read() if content is None else content
        digest = hashlib.sha256(sent).hexdigest()
        return self.call(
            "PUT", f"photos/{photo_id}", sent, **{"X-Content-SHA256": digest}
        )


def phone_of(account: Staff, **more: Any) -> Phone:
    """Enrol a phone of somebody, two days ago."""
    at = now()
    made = enrol_device(staff=account, name="Redmi 9A", by=account.username, at=at)
    Device.objects.filter(pk=made.device.pk).update(created_at=at - timedelta(days=2))
    return Phone(account, made.device, made.token, **more)


@dataclass(frozen=True)
class Waiting:
    """A record that waits for a colleague, and one for a health worker."""

    plain: int
    health: int


def waiting(account: Staff, place: str) -> Waiting:
    """Let two forms wait for a decision at a place, of a phone that was ended."""
    phone = phone_of(account)
    ended = {"revoked_at": now() - MINUTE, "revoked_by": account.username}
    Device.objects.filter(pk=phone.device.pk).update(**ended)
    form = phone.form("aid.field_check", "aid.claim:0", {"notes": "Rumah kosong."})
    kinds = ("aid.field_check", False), ("isolation.check", True)
    plain, health = (
        a_record(phone, {**form, "kind": kind}, region_code=place, health=health)
        for kind, health in kinds
    )
    return Waiting(plain.pk, health.pk)


def a_record(phone: Phone, form: dict[str, Any] | None = None, **more: Any) -> Record:
    """Write down a record as it stands after it came, without the sending."""
    act_as(Kind.JOB)
    raw = form or {}
    values: dict[str, Any] = {
        "form_id": uuid.uuid4(),
        "device": phone.device,
        "staff": phone.staff,
        "kind": raw.get("kind", ""),
        "region_code": cast.HERE,
        "health": False,
        "mac": blind_index(hash_of(raw), ENVELOPE),
        "envelope": Sealed.of(json.dumps(raw), ENVELOPE),
        "happened_at": now(),
        "received_at": now(),
        "state": State.REVIEW,
        "code": "not_yours",
        **more,
    }
    return Record.objects.create(**values)


def visit_answers(*, recommends: bool = True) -> dict[str, Any]:
    """Return the answers of a field check."""
    answers: dict[str, Any] = {
        f"q_{code}": yes for code, yes in cases.all_answers().items()
    }
    answers["recommends"] = recommends
    return {**answers, "programme": cases.FOOD} if recommends else answers

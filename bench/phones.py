"""Phones of the field app and what they send; Django must be set up."""

import hashlib
import io
import json
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection, HTTPResponse
from random import Random
from typing import Any

from django.db import transaction
from PIL import Image

from bench.town import HOST, PORT
from smartkampung.accounts.actions.devices import PREFIX
from smartkampung.accounts.keys import key_hash, new_key
from smartkampung.accounts.models import Device
from smartkampung.accounts.queries.holding import holding
from smartkampung.accounts.roles import PERMISSIONS, Permission
from smartkampung.frontline.field.models import Record
from smartkampung.intake.models import HitCount
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import as_job

API = "/api/v1/field"
AT_ONCE = 50


@dataclass
class Line:
    """A line with a delay and a rate, reckoned and not waited for."""

    delay: float
    up: float  # bytes a second
    down: float
    spent: float = 0.0

    def carry(self, sent: int, came: int) -> None:
        """Reckon one request: there, and back."""
        self.spent += self.delay + sent / self.up + came / self.down


@dataclass
class Phone:
    """One enrolled phone; ``server`` keeps the seconds of each answer by its call."""

    token: str
    region: str = ""
    line: Line | None = None
    server: list[tuple[str, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    link: HTTPConnection | None = None

    def call(
        self, name: str, method: str, path: str, body: bytes = b"", **headers: str
    ) -> Any:
        """Ask; note how long the server took and what was wrong."""
        if self.link is None:
            self.link = HTTPConnection(HOST, PORT, timeout=60)
        sent = {"Authorization": f"Bearer {self.token}", **headers}
        begun = time.perf_counter()
        self.link.request(method, f"{API}/{path}", body, sent)
        answer: HTTPResponse = self.link.getresponse()
        content = answer.read()
        self.server.append((name, time.perf_counter() - begun))
        if self.line is not None:
            self.line.carry(len(body) + 600, len(content) + 300)
        if answer.status not in (200, 201, 304):
            self.errors.append(f"{name}: {answer.status} {content[:200]!r}")
            return {}
        return json.loads(content) if content else {}

    def caseload(self) -> dict[str, Any]:
        """Load what waits, and learn a place where people may be registered."""
        told: dict[str, Any] = self.call("caseload", "GET", "caseload")
        for question in (
            told.get("kinds", {}).get("affected.register", {}).get("fields", [])
        ):
            if question["name"] == "region_code" and question.get("choices"):
                self.region = question["choices"][0][0]
        return told

    def photo(self, content: bytes) -> str:
        """Send a photo under an id of its own."""
        name = str(uuid.uuid4())
        digest = hashlib.sha256(content).hexdigest()
        self.call(
            "photo", "PUT", f"photos/{name}", content, **{"X-Content-SHA256": digest}
        )
        return name

    def send(self, forms: list[dict[str, Any]]) -> None:
        """Send forms in batches; whatever is not recorded counts as an error."""
        for at in range(0, len(forms), AT_ONCE):
            batch = forms[at : at + AT_ONCE]
            body = {"device_time": now().isoformat(), "records": batch}
            told = self.call("records", "POST", "records", json.dumps(body).encode())
            found = told.get("receipts", [])
            bad = [one["code"] for one in found if one["state"] != "done"]
            if bad or len(found) != len(batch):
                self.errors.append(f"records: {len(found)} of {len(batch)}, {bad[:3]}")


def registration(phone: Phone, draw: Random, **more: Any) -> dict[str, Any]:
    """Return a registration of somebody made up."""
    saved = (now() - timedelta(minutes=1)).isoformat()
    day, month, year = draw.randint(1, 28), draw.randint(1, 12), draw.randint(50, 99)
    body = {
        "nik": f"351009{day:02}{month:02}{year:02}{draw.randint(1, 9999):04}",
        "name": "Warga Percobaan",
        "born_on": f"19{year}-{month:02}-{day:02}",
        "region_code": phone.region,
        "kind": "laid_off",
        "sector": "boat",
        "happened_on": (now() - timedelta(days=30)).date().isoformat(),
        "income_before": 2_000_000,
        "income_after": 0,
        "dependants": 3,
        "skills": "Menyelam dan memandu tamu.",
    }
    return {
        "id": str(uuid.UUID(int=draw.getrandbits(128), version=4)),
        "kind": "affected.register",
        "target": None,
        "opened_at": saved,
        "saved_at": saved,
        "position": {"lat": -8.2, "lon": 114.3, "accuracy": 20},
        "photos": [],
        "signature": None,
        "body": body,
        **more,
    }


def a_photo(draw: Random, side: int = 480) -> bytes:
    """Return a photo as phones send it: noise, because that does not shrink."""
    out = io.BytesIO()
    noise = Image.frombytes(
        "RGB", (side, side * 3 // 4), draw.randbytes(side * side * 9 // 4)
    )
    noise.save(out, "JPEG", quality=60)
    return out.getvalue()


def enrolled(count: int) -> list[Phone]:
    """Enrol so many phones of officers who register people, in turn."""
    HitCount.objects.all().delete()
    roles = [
        role
        for role, held in PERMISSIONS.items()
        if {Permission.FIELD_APP, Permission.AFFECTED_REGISTER} <= held
    ]
    # A kept town has a day's forms of the run before: who sent least comes first.
    with transaction.atomic(), as_job():
        sent = Counter(Record.objects.values_list("staff", flat=True))
    staff = sorted(
        holding(today())
        .filter(role__in=roles, staff__is_active=True)
        .order_by("staff")
        .values_list("staff", flat=True)
        .distinct(),
        key=lambda one: sent[one],
    )
    at = now()
    phones = []
    for number in range(count):
        phone = Phone(new_key(PREFIX))
        Device.objects.create(
            id=uuid.uuid4(),
            staff_id=staff[number % len(staff)],
            name=f"Bench {number}",
            token_hash=key_hash(phone.token),
            created_at=at - timedelta(days=1),
            seen_at=at,
            expires_at=at + timedelta(days=1),
        )
        phones.append(phone)
    return phones

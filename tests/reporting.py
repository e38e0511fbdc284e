"""What tests of reports need: Wayan's family, an open phase, a filled-in report."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from smartkampung.aid.models import ReportingPhase
from smartkampung.aid.rules.report import Reason, Told
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.residents.models import KK, NIK, PHONE, Family, Person
from tests.cast import RT_HERE, places

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=WIB)
WAYAN_NIK = "3510091708900001"
WAYAN_KK = "3510090101150002"
WAYAN_BORN = date(1990, 8, 17)
FAMILY_PHONE = "+6281234567890"
REPORTER_PHONE = "+6285711112222"
# Well shaped, and in nobody's registry.
STRANGER_NIK = "3510094505850007"


def wayan(**changes: Any) -> Person:
    """Register Wayan, head of a family at RT 007."""
    places()
    family = Family.objects.create(
        kk=Sealed.of(WAYAN_KK, KK),
        kk_index=blind_index(WAYAN_KK, KK),
        region_code=changes.get("region_code", RT_HERE),
        phone=Sealed.of(FAMILY_PHONE, PHONE),
        phone_index=blind_index(FAMILY_PHONE, PHONE),
    )
    given: dict[str, Any] = {
        "nik": Sealed.of(WAYAN_NIK, NIK),
        "nik_index": blind_index(WAYAN_NIK, NIK),
        "name": "Wayan Sudarma",
        "name_folded": "wayan sudarma",
        "sex": "L",
        "born_on": WAYAN_BORN,
        "relation": 1,
        "family": family,
        "region_code": RT_HERE,
        **changes,
    }
    return Person.objects.create(**given)


def open_phase(*, quota: int = 100, at: datetime = NOON) -> ReportingPhase:
    """Open the door for a month around a moment."""
    return ReportingPhase.objects.create(
        opens_at=at - timedelta(days=10),
        closes_at=at + timedelta(days=20),
        daily_quota_per_village=quota,
        opened_by="test",
    )


def told(**changes: Any) -> Told:
    """Return a report for Wayan, as a neighbour sends it."""
    return replace(
        Told(
            form_id=uuid.uuid4(),
            for_self=False,
            nik=WAYAN_NIK,
            kk=WAYAN_KK,
            born_on=WAYAN_BORN,
            phone=REPORTER_PHONE,
            region_code=RT_HERE,
            reason=Reason.NEVER_RECEIVED,
        ),
        **changes,
    )

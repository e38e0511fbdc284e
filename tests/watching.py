"""Wayan in the house at Sumberwangi from 4 June on, and dr. Ratna who looks after him."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Permission
from smartkampung.intake.actions.cases import code_hash
from smartkampung.intake.models import TrackedCase
from smartkampung.intake.rules import CASE_LIFE
from smartkampung.isolation.models import Check, Obligation, Reservation, Stay
from smartkampung.isolation.monitoring import bulk
from smartkampung.isolation.monitoring.actions.alerts import escalate
from smartkampung.isolation.monitoring.actions.checks import Seen, record_check
from smartkampung.isolation.monitoring.rules.checks import Outcome
from smartkampung.isolation.monitoring.rules.health import Told
from smartkampung.isolation.monitoring.rules.ladder import Trigger
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.isolating import ARRIVAL, a_house, a_reservation, a_stay, days

CAME_AT = datetime(2020, 6, 4, 10, tzinfo=WIB)
CODE = "K7QF-2M9X-TB4C"
WELL = Told(temperature=Decimal("36.6"), spo2=98)


def on_day(number: int, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment on a day of the stay, counted from 1."""
    on = ARRIVAL + timedelta(days=number - 1)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=WIB)


def rights(staff: Staff) -> Actor:
    """Return the rights of an account during the stay."""
    return actor_for(staff, on=ARRIVAL)


def see_as(actor: Actor, permission: Permission) -> None:
    """Let the rest of the transaction see what a page of this permission sees."""
    act_as(
        Kind.STAFF,
        scope=actor.regions_where(permission),
        officer=actor.staff_id,
        health=actor.regions_where(Permission.ISOLATION_HEALTH_VIEW),
    )


def present(party: Reservation | None = None, *, code: str = "", **fields: Any) -> Stay:
    """Let somebody be present, Wayan unless the fields say who."""
    act_as(Kind.JOB)
    if party is None:
        given = {"code_hash": code_hash(code)} if code else {}
        party = a_reservation(a_house(), state="arrived", **given)
    TrackedCase.objects.get_or_create(
        pk=bytes(party.code_hash),
        defaults={
            "kind": "isolation",
            "opened_at": CAME_AT,
            "expires_at": CAME_AT + CASE_LIFE,
            "region_code": party.region_code,
        },
    )
    values = {"state": "present", "bound": True, "present_at": CAME_AT}
    stay = a_stay(party, **values | fields)
    stay.refresh_from_db()
    return stay


def due(stay: Stay, *, at: datetime) -> Obligation:
    """Return the latest look that is due about somebody by then."""
    bulk.generate(at=at)
    return Obligation.objects.filter(stay=stay, opens_at__lte=at).latest(
        "due_on", "opens_at"
    )


def seen(outcome: Outcome = Outcome.SEEN, told: Told | None = WELL) -> Seen:
    """Return what came of a try."""
    return Seen(uuid.uuid4(), outcome, told if outcome == Outcome.SEEN else None)


def look(
    stay: Stay,
    by: Actor,
    *,
    at: datetime,
    outcome: Outcome = Outcome.SEEN,
    told: Told = WELL,
) -> Check:
    """Look at somebody, as the page does."""
    act_as(Kind.JOB)
    obligation = due(stay, at=at)
    return record_check(obligation=obligation, seen=seen(outcome, told), by=by, at=at)


def ratna() -> Actor:
    """Return dr. Ratna with her rights."""
    return rights(cast.dr_ratna())


@dataclass(frozen=True)
class Isolated:
    """Somebody in isolation now, what is due about them, and the code of the party."""

    code: str
    party: int
    stay: int
    look: int
    alert: int


def isolated(place: str, *, at: datetime) -> Isolated:
    """Let somebody isolate at home since an hour ago."""
    party = a_reservation(
        state="arrived",
        region_code=place,
        code_hash=code_hash(CODE),
        arrives_on=at.date(),
    )
    since = at - timedelta(hours=1)
    stay = present(party, name="Made", during=days(at.date()), present_at=since)
    left = escalate(stay, Trigger.LEFT, at=at, by="test")
    return Isolated(CODE, party.pk, stay.pk, due(stay, at=at).pk, left.pk)

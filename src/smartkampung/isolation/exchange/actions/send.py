"""Put stays in line for the other system, and send them, one in each transaction.

The bundle is made of the tables as they are at that moment and put under ids that
stay the same, so a worker that dies between the two sends it again and nothing doubles.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record, revealed_in_bulk
from smartkampung.isolation.exchange.models import Outgoing
from smartkampung.isolation.exchange.ports import (
    NotTaken,
    Receiver,
    Unavailable,
    receiver,
)
from smartkampung.isolation.exchange.queries.facts import facts_of
from smartkampung.isolation.exchange.rules.bundle import bundle
from smartkampung.isolation.models import Stay
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later

SEND, ROBOT, PURPOSE = "isolation.send_bundle", "fhir", "isolation.exchange"
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
AT_ONCE = 10_000


class NobodyToTell(Refused):
    """No other system is named, so nothing can be sent."""

    code = "nobody_to_tell"


def export(stay: Stay, *, by: str, reason: str, role: str = "") -> dict[str, Any]:
    """Return the bundle of a stay, and write down who took it out and why."""
    _write_down(stay, by=by, reason=reason, role=role)
    return bundle(facts_of(stay))


def _write_down(stay: Stay, *, by: str, reason: str, role: str = "") -> None:
    if stay.person_id is not None:
        revealed_in_bulk(
            person_ids=[stay.person_id],
            by=by,
            role=role,
            purpose=PURPOSE,
            reason=reason,
        )
    record(
        "isolation.exported",
        target=stay,
        by=by,
        region_code=stay.reservation.region_code,
        reason=reason,
    )


def send_again(stay: Stay, *, by: Actor, at: datetime) -> None:
    """Put one stay in line because somebody asks for it, and let the line move now.

    It is sent even when it says nothing new. Raises NobodyToTell.
    """
    if receiver() is None:
        raise NobodyToTell(
            _("No other system is named. The operator of this program names it.")
        )
    row, made = Outgoing.objects.get_or_create(
        stay=stay,
        state=Outgoing.State.WAITING,
        defaults={"queued_at": at, "queued_by": by.username},
    )
    if not made:
        row.queued_by, row.tries = by.username, 0
        row.save(update_fields=["queued_by", "tries"])
    record(
        "isolation.told_again",
        target=stay,
        by=by.username,
        region_code=stay.reservation.region_code,
    )
    later(SEND, once=SEND, lock=SEND)


def gather(*, at: datetime) -> int:
    """Put every stay in line that may have changed since it was sent; return how many.

    Whether it did is seen when its turn comes: what says nothing new is not sent.
    """
    if receiver() is None:
        return 0
    sent = Outgoing.objects.filter(stay=OuterRef("pk"), state=Outgoing.State.SENT)
    last = Subquery(sent.order_by("-answered_at").values("answered_at")[:1])
    rows = Stay.objects.filter(present_at__isnull=False).annotate(told_at=last)
    changed = Q(told_at=None) | Q(state="present") | Q(ended_at__gte=F("told_at"))
    fresh = rows.filter(changed).order_by("pk")[:AT_ONCE]
    found = Outgoing.objects.bulk_create(
        [Outgoing(stay=stay, queued_at=at, queued_by=ROBOT) for stay in fresh],
        ignore_conflicts=True,
    )
    if found:
        later(SEND, once=SEND, lock=SEND)
    return len(found)


@transaction.atomic
def send_next(*, at: datetime) -> bool:
    """Send what waits longest, and promise to go on; say whether it was answered."""
    other, row = receiver(), _next()
    if other is None or row is None:
        return False
    answered = _send(row, other, at)
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(row.tries - 1, 10))
    later(SEND, once=SEND, lock=SEND, at=None if answered else at + pause)
    return answered


def _next() -> Outgoing | None:
    waiting = Outgoing.objects.filter(state=Outgoing.State.WAITING)
    # Tried least first, so that one on which it chokes does not hold up the others.
    rows = waiting.select_for_update(skip_locked=True, of=("self",))
    return rows.select_related("stay").order_by("tries", "queued_at", "pk").first()


def _send(row: Outgoing, other: Receiver, at: datetime) -> bool:
    told = bundle(facts_of(row.stay))
    now_told = fingerprint(told)
    if row.queued_by == ROBOT and now_told == _last_told(row):
        row.delete()  # it says nothing new, whether it was taken or refused
        return True
    row.tries += 1
    _write_down(row.stay, by=ROBOT, reason="SATUSEHAT")
    try:
        other.put(told)
    except Unavailable as problem:
        row.trouble = problem.code
        row.save(update_fields=["tries", "trouble"])
        return False
    except NotTaken as problem:
        row.state, row.trouble = Outgoing.State.REFUSED, problem.code
    else:
        row.state, row.trouble = Outgoing.State.SENT, ""
    row.answered_at, row.fingerprint = at, now_told
    row.save()
    return True


def _last_told(row: Outgoing) -> bytes | None:
    answered = Outgoing.objects.filter(stay=row.stay_id, answered_at__isnull=False)
    last = answered.order_by("-answered_at").values_list("fingerprint", flat=True)
    found = last.first()
    return None if found is None else bytes(found)


def fingerprint(told: dict[str, Any]) -> bytes:
    """Return a hash of what was told, to see later whether it is still so."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).digest()

"""Send what was allowed, to no more families than were paid for; settle what it cost."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import F

from smartkampung.audit.actions import record
from smartkampung.frontline.voice.actions.paying import lane
from smartkampung.frontline.voice.models import (
    Allowance,
    Announcement,
    Broadcast,
    Telling,
)
from smartkampung.frontline.voice.queries.broadcasts import about, warning_behind
from smartkampung.frontline.voice.queries.counting import context_of
from smartkampung.frontline.voice.rules.broadcasting import (
    AT_ONCE,
    BY,
    DANGERS,
    WARNING_HOLDS,
    State,
    Wording,
)
from smartkampung.kernel.clock import day
from smartkampung.kernel.later import later
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.actions import send
from smartkampung.notify.queries import bill_of, queued_among, told_about
from smartkampung.residents.queries.reach import reachable
from smartkampung.residents.rules.consents import Purpose, wish

PART = 200
# Messages are tried for three days, and a night may lie before the last try.
SURELY_OVER = timedelta(days=5)
# Its parts are told one after another.
LEFT_OPEN = timedelta(hours=1)


class Hearer(NamedTuple):
    """A phone that hears it; known by its fingerprint."""

    fingerprint: str
    phone: Sealed | None
    language: str
    wish: str


def send_part(*, broadcast_id: int, after: str, at: datetime) -> None:
    """Queue the messages of the next families, and promise the rest.

    Who agreed is asked again here and when each message goes out; families that agreed
    meanwhile never make it more than were counted and paid for. Run again, nobody is
    told twice: a message is known by the phone. A withdrawn announcement stops it, but
    not that its warning is called off. Danger waits for no morning, and a warning that
    is not out after six hours never goes.
    """
    row = Broadcast.objects.select_for_update(of=("self",)).get(pk=broadcast_id)
    if row.state != State.SENDING:
        return
    # A withdrawal stops what is queued: none may be queued while it does so.
    said = Announcement.objects.select_for_update(no_key=True)
    row.announcement = said.get(pk=row.announcement_id)
    part = _hearers(row, after)
    left = _send(row, part)
    if len(part) < PART or not left:
        row.state = State.SENT
        row.save(update_fields=["state"])
        return
    later(lane(row), broadcast_id=row.pk, after=part[-1].fingerprint)


def _hearers(row: Broadcast, after: str) -> list[Hearer]:
    """Return the next phones: who agreed, or whoever got the warning called off."""
    if row.wording == Wording.CALLED_OFF:
        cause = about(warning_behind(row))
        rows = told_about(cause).filter(key__gt=f"{cause}:{after}")
        return [
            Hearer(one.key.rpartition(":")[2], one.address, one.language, one.wish)
            for one in rows[:PART]
        ]
    if row.announcement.withdrawn_at:
        return []
    families = reachable(row.region_code, Purpose.AREA_NEWS)
    if after:
        families = families.filter(phone_index__gt=bytes.fromhex(after))
    return [
        Hearer(
            bytes(one.phone_index or b"").hex(),
            one.phone,
            one.language,
            wish(Purpose.AREA_NEWS, one.pk),
        )
        for one in families[:PART]
    ]


def _send(row: Broadcast, part: Iterable[Hearer]) -> int:
    """Queue the messages of a part as far as they are paid for; return what is left."""
    keys = {f"{about(row)}:{one.fingerprint}": one for one in part}
    told = queued_among(keys)
    fresh = [(key, one) for key, one in keys.items() if key not in told]
    ends = (
        (row.decided_at or row.at) + WARNING_HOLDS if row.wording in DANGERS else None
    )
    left = max(0, row.families - bill_of(about(row)).number)
    for key, one in fresh[:left]:
        language = row.tongue or one.language
        send(
            key=key,
            to=one.phone,
            template=row.wording,
            context=context_of(
                region_code=row.region_code,
                announcement_id=row.announcement_id,
                due_on=row.due_on,
                language=language,
            ),
            language=language,
            wish=one.wish,
            by_day=row.wording not in AT_ONCE,
            about=about(row),
            expires_at=ends,
        )
    return left - len(fresh[:left])


def settle_broadcasts(*, at: datetime) -> int:
    """Give back to each month what its messages did not use; return to how many.

    Once nothing of a broadcast is under way, and at the latest after five days: then
    no message of it is tried any more.
    """
    rows = Broadcast.objects.filter(state=State.SENT, used=None).order_by("pk")
    told = Telling.objects.filter(used=None).order_by("pk")
    return sum(_settle(row, at) for row in rows.select_for_update()) + sum(
        _settle_telling(row, at) for row in told.select_for_update()
    )


def _settle_telling(row: Telling, at: datetime) -> bool:
    bill = bill_of(row.about)
    if (bill.open and at - row.at < SURELY_OVER) or at - row.at < LEFT_OPEN:
        return False
    row.used = bill.cost
    row.save(update_fields=["used"])
    back = max(0, row.cost - bill.cost)
    paid = Allowance.objects.filter(purse=row.purse, month=row.month)
    paid.update(spent=F("spent") - back)
    return True


def _settle(row: Broadcast, at: datetime) -> bool:
    bill = bill_of(about(row))
    paid_at = row.decided_at or row.at
    if bill.open and at - paid_at < SURELY_OVER:
        return False
    row.used, back = bill.cost, max(0, row.cost - bill.cost)
    row.save(update_fields=["used"])
    paid = Allowance.objects.filter(purse=row.purse, month=day(paid_at).replace(day=1))
    paid.update(spent=F("spent") - back)
    record(
        "voice.broadcast_settled",
        target=row,
        by=BY,
        region_code=row.region_code,
        used=bill.cost,
        back=back,
    )
    return True

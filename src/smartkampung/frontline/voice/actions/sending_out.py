"""Send what was allowed, to no more families than were paid for; settle what it cost."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F

from smartkampung.audit.actions import record
from smartkampung.frontline.voice.models import Allowance, Broadcast
from smartkampung.frontline.voice.queries.broadcasts import about
from smartkampung.frontline.voice.queries.counting import context_of
from smartkampung.frontline.voice.rules.broadcasting import State
from smartkampung.kernel.clock import day
from smartkampung.kernel.later import later
from smartkampung.notify.actions import send
from smartkampung.notify.queries import bill_of, queued_among
from smartkampung.residents.models import Family
from smartkampung.residents.queries.reach import reachable
from smartkampung.residents.rules.consents import Purpose, wish

AT_ONCE = 200
BY = "job"
# Messages are tried for three days, and a night may lie before the last try.
SURELY_OVER = timedelta(days=5)


def send_part(*, broadcast_id: int, after: str, at: datetime) -> None:
    """Queue the messages of the next families, and promise the rest.

    Who agreed is asked again here and when each message goes out; families that agreed
    meanwhile never make it more than were counted and paid for. Run again, nobody is
    told twice: a message is known by the phone. A withdrawn announcement stops it.
    """
    row = Broadcast.objects.select_for_update(of=("self",)).get(pk=broadcast_id)
    if row.state != State.SENDING:
        return
    families = reachable(row.region_code, Purpose.AREA_NEWS)
    if after:
        families = families.filter(phone_index__gt=bytes.fromhex(after))
    part = [] if row.announcement.withdrawn_at else list(families[:AT_ONCE])
    left = _send(row, part)
    if len(part) < AT_ONCE or not left:
        row.state = State.SENT
        row.save(update_fields=["state"])
        return
    last = bytes(part[-1].phone_index or b"").hex()
    later("voice.send_broadcast", broadcast_id=row.pk, after=last)


def _send(row: Broadcast, part: Iterable[Family]) -> int:
    """Queue the messages of a part as far as they are paid for; return what is left."""
    keys = {_key(row, family): family for family in part}
    told = queued_among(keys)
    fresh = [(key, family) for key, family in keys.items() if key not in told]
    left = max(0, row.families - bill_of(about(row)).number)
    for key, family in fresh[:left]:
        language = row.tongue or family.language
        send(
            key=key,
            to=family.phone,
            template=row.wording,
            context=context_of(
                region_code=row.region_code,
                announcement_id=row.announcement_id,
                due_on=row.due_on,
                language=language,
            ),
            language=language,
            wish=wish(Purpose.AREA_NEWS, family.pk),
            by_day=True,
            about=about(row),
        )
    return left - len(fresh[:left])


def _key(row: Broadcast, family: Family) -> str:
    return f"{about(row)}:{bytes(family.phone_index or b'').hex()}"


def settle_broadcasts(*, at: datetime) -> int:
    """Give back to each month what its broadcasts did not use; return to how many.

    Once nothing of a broadcast is under way, and at the latest after five days: then
    no message of it is tried any more.
    """
    rows = Broadcast.objects.filter(state=State.SENT, used=None).order_by("pk")
    return sum(_settle(row, at) for row in rows.select_for_update())


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

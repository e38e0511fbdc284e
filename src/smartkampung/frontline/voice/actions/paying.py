"""A broadcast is paid from the month of an area before its first message."""

from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from smartkampung.frontline.voice.actions.errors import OverTheCap
from smartkampung.frontline.voice.models import Allowance, Broadcast
from smartkampung.frontline.voice.rules.broadcasting import AT_ONCE, cap_of
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.later import later
from smartkampung.regions.codes import level

BUSY = Busy(_("Others are sending at this moment. Please press send again."))


def pay_and_send(row: Broadcast, at: datetime) -> None:
    """Promise what it costs from its month, and send it; raise OverTheCap."""
    rows = allowance(row.purse, day(at).replace(day=1))
    claim_scarce(
        locks=[Lock(Rank.QUOTA, rows)],
        take=lambda: rows.update(spent=F("spent") + row.cost),
        refusals={
            "broadcast_cost_within_cap": OverTheCap(
                _(
                    "This month's budget for messages does not pay for this. Choose a"
                    " smaller area, wait for next month, or ask the regency for more."
                )
            )
        },
        busy=BUSY,
    )
    later(lane(row), broadcast_id=row.pk, after="")


def lane(row: Broadcast) -> str:
    """Return the job that queues its messages: danger passes news by."""
    return "voice.send_warning" if row.wording in AT_ONCE else "voice.send_broadcast"


def promise_what_is_left(purse: str, cost: int, at: datetime) -> int:
    """Promise as much of a cost as the month still has; return how much that is."""
    rows = allowance(purse, day(at).replace(day=1))
    month = rows.select_for_update().get()
    promised = min(cost, month.cap - month.spent)
    rows.update(spent=F("spent") + promised)
    return promised


def allowance(code: str, month: date) -> QuerySet[Allowance]:
    """Return the allowance of an area in a month, which exists from now on."""
    Allowance.objects.bulk_create(
        [Allowance(purse=code, month=month, cap=cap_of(level(code)))],
        ignore_conflicts=True,
    )
    return Allowance.objects.filter(purse=code, month=month)

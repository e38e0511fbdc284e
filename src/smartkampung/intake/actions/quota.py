"""Take one of what a place has for a day."""

from datetime import date

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.models import DayQuota
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused


class QuotaUsedUp(Refused):
    """Today's share of the place is gone."""

    code = "quota_used_up"


def take_quota(*, scope: str, region_code: str, on: date, limit: int) -> None:
    """Take one; raise QuotaUsedUp when the place has none left that day.

    The limit of a day is fixed by whoever takes first; ``set_quota`` changes it.
    """
    DayQuota.objects.bulk_create(
        [DayQuota(scope=scope, region_code=region_code, on=on, limit=limit)],
        ignore_conflicts=True,
    )
    rows = DayQuota.objects.filter(scope=scope, region_code=region_code, on=on)
    claim_scarce(
        locks=[Lock(Rank.QUOTA, rows)],
        take=lambda: rows.update(taken=F("taken") + 1),
        refusals={
            "day_quota_within_limit": QuotaUsedUp(
                _(
                    "Today's places for your village are used up. Please come back tomorrow. Your village office still takes your report."
                )
            )
        },
        busy=Busy(
            _("Many people are sending at this moment. Please press send again.")
        ),
    )


def set_quota(*, scope: str, on: date, limit: int) -> int:
    """Change the limit of a running day everywhere; return how many places it met.

    A place that took more already keeps what it took.
    """
    rows = DayQuota.objects.filter(scope=scope, on=on)
    below = rows.filter(taken__lte=limit).update(limit=limit)
    return below + rows.filter(taken__gt=limit).update(limit=F("taken"))

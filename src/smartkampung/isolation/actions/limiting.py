"""Change how many people a place takes; what that frees goes to who waits."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.isolation.actions.intake import set_limit
from smartkampung.isolation.actions.waiting import offer_freed
from smartkampung.isolation.models import House
from smartkampung.isolation.queries.limits import limit_of_centre, limit_of_village
from smartkampung.kernel.errors import Refused
from smartkampung.regions.models import HealthCentre


class SameLimit(Refused):
    """That is the limit already."""

    code = "same_limit"


def limit_village(
    *, village: str, most: int, reason: str, by: Actor, at: datetime
) -> int:
    """Set how many people a village receives a day; return how many parties gain by it.

    Who waits is offered the beds that a higher limit opens. Raises SameLimit and Busy.
    """
    before = limit_of_village(village)
    _differs(before, most)
    row = set_limit(village=village, most=most, reason=reason, by=by.username, at=at)
    record("isolation.intake_limited", target=row, by=by.username, region_code=village)
    return _offer(at, village=village) if most > before else 0


def limit_centre(
    *, centre: HealthCentre, most: int, reason: str, by: Actor, at: datetime
) -> int:
    """Set how many a Puskesmas looks after at once; return how many parties gain by it.

    Who waits is offered the beds that a higher limit opens. Raises SameLimit and Busy.
    """
    before = limit_of_centre(centre.pk)
    _differs(before, most)
    row = set_limit(centre=centre.pk, most=most, reason=reason, by=by.username, at=at)
    record(
        "isolation.intake_limited",
        target=row,
        by=by.username,
        region_code=centre.village_id,
    )
    return _offer(at, centre=centre.pk) if most > before else 0


def _differs(before: int, most: int) -> None:
    if before == most:
        raise SameLimit(_("This is the limit already. Nothing was changed."))


def _offer(at: datetime, **place: str) -> int:
    houses = House.objects.filter(**place).order_by("pk").values_list("pk", flat=True)
    return sum(len(offer_freed(house, at=at)) for house in houses)

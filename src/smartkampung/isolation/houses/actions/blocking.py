"""Beds that nobody gets for some days: work on them, or a bed that is gone for good."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.isolation.houses.actions.errors import HouseRefused, busy, house_lock
from smartkampung.isolation.models import Bed, BedUse, House
from smartkampung.kernel.claim import Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day

TAKEN = _(
    "On some of these days somebody has one of these beds, or it is blocked already."
    " Choose other days, or move the person first."
)


def block_beds(
    *,
    house: House,
    bed_ids: Collection[int],
    since: date,
    until: date | None,
    work: str,
    by: Actor,
    at: datetime,
) -> int:
    """Take beds out of use on half-open days, all or none; return how many.

    Without an end a bed is gone for good. Raises HouseRefused.
    """
    beds = Bed.objects.filter(room__house=house, pk__in=bed_ids)
    if since < day(at) or (until is not None and until <= since):
        raise HouseRefused(_("The last day lies before the first, or in the past."))

    def take() -> int:
        found = list(beds.order_by("pk"))
        if not found:
            raise HouseRefused(_("Choose at least one bed."))
        days = (since, until)
        BedUse.objects.bulk_create(
            BedUse(bed=bed, during=days, taken=days, work=work) for bed in found
        )
        _note("isolation.beds_blocked", house, by, len(found))
        return len(found)

    return claim_scarce(
        locks=[house_lock(house), Lock(Rank.BED, beds)],
        take=take,
        refusals={"bed_taken_once": HouseRefused(TAKEN)},
        busy=busy(),
    )


def lift_block(*, use: BedUse, by: Actor, at: datetime) -> None:
    """Give a blocked bed back from today on; raise HouseRefused when it is over."""
    house = use.bed.room.house
    today = day(at)

    def take() -> None:
        row = BedUse.objects.get(pk=use.pk, stay=None)
        if not row.live or (row.during.upper is not None and row.during.upper <= today):
            raise HouseRefused(_("This block is over already."))
        if row.during.lower >= today:
            row.live = False
        else:
            row.during = row.taken = (row.during.lower, today)
        row.save(update_fields=["live", "during", "taken"])
        _note("isolation.block_lifted", house, by, 1)

    claim_scarce(
        locks=[house_lock(house), Lock(Rank.BED, Bed.objects.filter(pk=use.bed_id))],
        take=take,
        refusals={},
        busy=busy(),
    )


def _note(name: str, house: House, by: Actor, beds: int) -> None:
    record(name, target=house, by=by.username, region_code=house.place_id, beds=beds)

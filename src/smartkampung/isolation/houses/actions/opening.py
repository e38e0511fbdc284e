"""A village opens a house for some days, or until further notice, and closes it."""

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.isolation.houses.actions.errors import (
    CannotOpen,
    HouseRefused,
    busy,
    house_lock,
)
from smartkampung.isolation.houses.queries import last_inspection
from smartkampung.isolation.houses.rules import Fault, opening_faults
from smartkampung.isolation.models import Bed, BedUse, House, Opening
from smartkampung.kernel.claim import claim_scarce
from smartkampung.kernel.clock import day

OPEN_ALREADY = _("This house is open on some of these days already.")


def open_house(
    *, house: House, since: date, until: date | None, by: Actor, at: datetime
) -> Opening:
    """Open a house on half-open days; without an end until it is closed.

    Raises CannotOpen with every reason, and HouseRefused where it is open already.
    """

    def take() -> Opening:
        visit = last_inspection(house)
        found = opening_faults(
            beds=Bed.objects.filter(room__house=house).count(),
            passed=visit.passed if visit else None,
            since=since,
            until=until,
            today=day(at),
        )
        if found:
            raise CannotOpen(found)
        opening = Opening.objects.create(
            house=house, during=(since, until), by=by.username, at=at
        )
        _note("isolation.house_opened", house, by, since, until)
        return opening

    return claim_scarce(
        locks=[house_lock(house)],
        take=take,
        refusals={
            "house_open_once_a_day": HouseRefused(OPEN_ALREADY),
            "opening_follows_an_inspection": CannotOpen([Fault.FOUND_WANTING]),
        },
        busy=busy(),
    )


def close_house(*, house: House, on: date, by: Actor, at: datetime) -> None:
    """Let a house take nobody from a day on; openings planned for later are gone.

    Raises HouseRefused while somebody stays, or is to stay, on or after that day:
    they are moved first, by people who know them.
    """

    def take() -> None:
        if on < day(at):
            raise HouseRefused(_("A house is closed from today or from a later day."))
        last = _last_guest_day(house, on)
        if last is not None:
            raise HouseRefused(
                _(
                    "People stay here, or are expected, on these days. Move them first,"
                    " or close the house from %(day)s."
                )
                % {"day": last.strftime("%d-%m-%Y")}
            )
        house.openings.filter(during__startswith__gte=on).delete()
        for opening in house.openings.filter(during__contains=on):
            opening.during = (opening.during.lower, on)
            opening.save(update_fields=["during"])
        _note("isolation.house_closed", house, by, on, None)

    claim_scarce(locks=[house_lock(house)], take=take, refusals={}, busy=busy())


def _last_guest_day(house: House, on: date) -> date | None:
    """Return the day from which nobody is in the house or comes, if somebody is."""
    uses = BedUse.objects.filter(
        Q(during__endswith__gt=on) | Q(during__endswith=None),
        bed__room__house=house,
        stay__isnull=False,
        live=True,
    )
    return max((use.during.upper for use in uses), default=None)


def _note(name: str, house: House, by: Actor, since: date, until: date | None) -> None:
    record(
        name,
        target=house,
        by=by.username,
        region_code=house.place_id,
        since=since.isoformat(),
        until=until.isoformat() if until else "",
    )

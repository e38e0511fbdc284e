"""Move people between beds, keep them longer, let them go. Beds are never doubled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.intake.actions.cases import reach_step
from smartkampung.isolation.actions.claiming import (
    BedTaken,
    give_back,
    lay_in,
    with_houses,
)
from smartkampung.isolation.actions.intake import check_intake, intake_locks
from smartkampung.isolation.actions.telling import (
    RECEIVES,
    RELOCATE,
    expect_anew,
    tell_news,
)
from smartkampung.isolation.actions.waiting import serve
from smartkampung.isolation.models import Bed, BedUse, House, Reservation, Stay
from smartkampung.isolation.rules.states import (
    LIVE_STAYS,
    UNSURE,
    Need,
    ReservationState,
    StayState,
    taken_days,
)
from smartkampung.kernel.claim import Lock, Rank
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import as_job
from smartkampung.regions.codes import village_of
from smartkampung.worklist.actions import close_work, open_work

# A visit that does not count is made again, for as long as somebody is here.
VISIT_AGAIN = "isolation.visit_again"


@dataclass(frozen=True)
class Ending:
    """When, by whom and how a stay ended."""

    on: date
    at: datetime
    by: str
    state: StayState = StayState.RELEASED
    reason: str = ""


class CannotMove(Refused):
    """The stay has ended, or the bed is elsewhere."""

    code = "cannot_move"


class HouseFull(Refused):
    """The other house has no room for all of them."""

    code = "house_full"


def extend(stay: Stay, *, until: date, at: datetime, by: str) -> list[Reservation]:
    """Keep somebody until a later day, whoever has booked the bed from then on.

    Who is ill stays. A party that booked the bed gets other beds of the house, or, if
    there are none, waits in ``isolation.relocate`` work for somebody who finds them
    another house: those are returned. Raises CannotMove and Busy.
    """
    house = _house_of(stay)
    moved = with_houses(
        [house] if house else [], lambda: _extend(stay.pk, until, at, by)
    )
    stay.refresh_from_db()
    return moved


def _extend(pk: int, until: date, at: datetime, by: str) -> list[Reservation]:
    stay = _live(pk)
    if until <= stay.during.upper:
        raise CannotMove(_("The stay already lasts until that day."))
    use = _last_use(stay)
    displaced: list[Reservation] = []
    if use is not None:
        displaced = _make_way(use, until)
        use.during, use.taken = (
            (use.during.lower, until),
            taken_days(use.during.lower, until),
        )
        use.save(update_fields=["during", "taken"])
    stay.during = (stay.during.lower, until)
    stay.save(update_fields=["during"])
    region = stay.reservation.region_code
    record("isolation.extended", target=stay, by=by, region_code=region)
    return [row for row in displaced if not _settle(row, at)]


def _make_way(use: BedUse, until: date) -> list[Reservation]:
    """Take whatever comes next out of the bed; return the parties it was for."""
    coming = BedUse.objects.filter(
        bed=use.bed_id,
        live=True,
        taken__overlap=(use.taken.upper, taken_days(use.during.lower, until)[1]),
    ).exclude(pk=use.pk)
    parties = {
        row.stay.reservation_id: row.stay.reservation
        for row in coming.select_related("stay__reservation")
        if row.stay is not None
    }
    # Work on the bed waits until somebody plans it anew; a family stays together.
    BedUse.objects.filter(
        pk__in=[row.pk for row in coming if row.stay_id is None]
    ).update(live=False)
    for party in parties.values():
        give_back(party.stays.filter(state__in=LIVE_STAYS), on=party.arrives_on)
    return [parties[pk] for pk in sorted(parties)]


def _settle(row: Reservation, at: datetime) -> bool:
    """Give a party other beds of its house; else ask people to find it another."""
    stays = list(row.stays.filter(state__in=LIVE_STAYS).order_by("pk"))
    if row.house_id and lay_in(
        stays, row.house_id, since=row.arrives_on, needs=_needs(row)
    ):
        return True
    open_work(
        kind=RELOCATE,
        target=row,
        permission=RECEIVES,
        region_code=row.region_code,
        due_at=at,
        urgent=True,
    )
    record(
        "isolation.displaced", target=row, by="isolation", region_code=row.region_code
    )
    return False


def move(stay: Stay, *, bed_id: int, on: date, at: datetime, by: str) -> None:
    """Lay somebody into another bed of the same house from a day on.

    Raises BedTaken, CannotMove and Busy.
    """
    bed = Bed.objects.select_related("room").get(pk=bed_id)
    if _house_of(stay) not in (None, bed.room.house_id):
        raise CannotMove(
            _("That bed is in another house. Please move the party there.")
        )
    with_houses([bed.room.house_id], lambda: _move(stay.pk, bed, on, by))


def _move(pk: int, bed: Bed, on: date, by: str) -> None:
    stay = _live(pk)
    on = max(on, stay.during.lower)
    if BedUse.objects.filter(
        stay=stay, bed=bed, live=True, during__contains=on
    ).exists():
        return
    give_back([stay], on=on)
    BedUse.objects.create(
        stay=stay,
        bed=bed,
        during=(on, stay.during.upper),
        taken=taken_days(on, stay.during.upper),
    )
    region = stay.reservation.region_code
    record("isolation.moved", target=stay, by=by, region_code=region, bed=bed.pk)


def relocate(
    reservation: Reservation, *, house_id: int, on: date, at: datetime, by: str
) -> None:
    """Move a whole party to another house from a day on; its old beds go to who waits.

    Whoever waited for a bed is booked there. The village and the Puskesmas of the house
    must have hands for them, where those are others than before: whoever sets the
    limits may raise one first. Raises HouseFull, IntakeFull, CannotMove and Busy; then
    nothing has changed.
    """
    house = House.objects.get(pk=house_id)
    mine = Reservation.objects.filter(pk=reservation.pk)
    houses = House.objects.filter(Q(pk=house_id) | Q(pk__in=mine.values("house_id")))
    with_houses(
        houses.values("pk"),
        lambda: _relocate(mine.get(), house_id, on, at, by),
        people=[Lock(Rank.PERSON, mine)],
        quotas=intake_locks(village=house.village_id, centre=house.centre_id),
    )
    with as_job():  # it may be out of sight of who moved it
        reservation.refresh_from_db()


def _relocate(row: Reservation, house_id: int, on: date, at: datetime, by: str) -> None:
    stays = list(row.stays.filter(state__in=LIVE_STAYS).order_by("pk"))
    if not stays:
        raise CannotMove(_("Nobody of this party is expected or present any more."))
    since, house = max(on, row.arrives_on), House.objects.get(pk=house_id)
    _received(row, stays, house, since)
    give_back(stays, on=since)
    if not lay_in(stays, house_id, since=since, needs=_needs(row)):
        raise HouseFull(_("That house has no room for all of them on these days."))
    before = row.house_id
    row.house, row.region_code, row.centre_id = house, house.place_id, house.centre_id
    row.setting, row.address = "house", ""
    if row.state in UNSURE:
        row.state, row.held_until = ReservationState.BOOKED, None
        reach_step(code_hashes=[bytes(row.code_hash)], step="booked", at=at)
    row.save()
    close_work(target=row, by=by, kinds=(RELOCATE,))
    if row.state == ReservationState.BOOKED:
        expect_anew(row)
    record("isolation.relocated", target=row, by=by, region_code=row.region_code)
    tell_news(row, f"relocated.{house_id}.{since}")
    if before:
        serve(before, at=at)


def _received(row: Reservation, stays: list[Stay], house: House, since: date) -> None:
    """Raise IntakeFull where a party is too many for those who receive it anew."""
    old = (village_of(row.region_code), row.centre_id)
    if row.state != ReservationState.WAITING and old == (
        house.village_id,
        house.centre_id,
    ):
        return
    # Out of the count of the Puskesmas while it is counted.
    Reservation.objects.filter(pk=row.pk).update(centre=None)
    check_intake(
        village=house.village_id,
        centre=house.centre_id,
        people=len(stays),
        since=since,
        until=max(stay.during.upper for stay in stays),
    )


def free_from(stay: Stay, ending: Ending) -> None:
    """End a stay on a day; the bed is free after its cleaning, for who waits first.

    The reservation ends with its last stay. Raises CannotMove and Busy.
    """
    house = _house_of(stay)
    with_houses([house] if house else [], lambda: _free_from(stay.pk, ending))
    stay.refresh_from_db()


def _free_from(pk: int, ending: Ending) -> None:
    stay = _live(pk)
    house = _house_of(stay)
    give_back([stay], on=ending.on)
    if ending.on > stay.during.lower:
        stay.during = DateRange(stay.during.lower, ending.on)
    stay.state, stay.ended_at, stay.reason = ending.state, ending.at, ending.reason
    stay.save(update_fields=["during", "state", "ended_at", "reason"])
    close_work(target=stay, by=ending.by, kinds=(VISIT_AGAIN,))
    row = stay.reservation
    record(
        f"isolation.{ending.state.value}",
        target=stay,
        by=ending.by,
        region_code=row.region_code,
    )
    if not row.stays.filter(state__in=LIVE_STAYS).exists():
        row.state, row.ended_at = ReservationState.ENDED, ending.at
        row.save(update_fields=["state", "ended_at"])
        close_work(target=row, by=ending.by)
        reach_step(code_hashes=[bytes(row.code_hash)], step="ended", at=ending.at)
    if house:
        serve(house, at=ending.at)


def _live(pk: int) -> Stay:
    stay = Stay.objects.select_for_update(no_key=True).get(pk=pk)
    if stay.state not in LIVE_STAYS:
        raise CannotMove(_("This stay has ended."))
    return stay


def _uses(stay: Stay) -> QuerySet[BedUse]:
    return BedUse.objects.filter(stay=stay, live=True).order_by("-during__startswith")


def _last_use(stay: Stay) -> BedUse | None:
    return _uses(stay).first()


def _house_of(stay: Stay) -> int | None:
    found: Iterable[int] = _uses(stay).values_list("bed__room__house_id", flat=True)[:1]
    return next(iter(found), None)


def _needs(row: Reservation) -> frozenset[Need]:
    return frozenset(Need(need) for need in row.needs)


__all__ = [
    "BedTaken",
    "CannotMove",
    "Ending",
    "HouseFull",
    "extend",
    "free_from",
    "move",
    "relocate",
]

"""What is told of a stay, gathered from the tables. Opens numbers: for actions only."""

from smartkampung.isolation.exchange.rules.facts import (
    Centre,
    Class,
    Facts,
    House,
    InBed,
    Look,
    Person,
    Reading,
)
from smartkampung.isolation.models import BedUse, Classing, Obligation, Stay
from smartkampung.isolation.monitoring.models import Reading as Measured
from smartkampung.isolation.monitoring.rules.checks import Outcome, Slot, follows
from smartkampung.isolation.rules.states import Setting
from smartkampung.kernel.clock import WIB, day, now


def facts_of(stay: Stay) -> Facts:
    """Return everything that is told of a stay, by the tables as they are now."""
    party = stay.reservation
    centre = party.centre
    return Facts(
        key=str(stay.pk),
        state=stay.state,
        person=_person(stay),
        centre=Centre(centre.pk, centre.name) if centre else Centre("", "–"),
        house=_house(stay),
        at_home=party.setting == Setting.HOME,
        since=stay.during.lower,
        until=stay.during.upper,
        came_at=stay.present_at.astimezone(WIB) if stay.present_at else None,
        ended_at=stay.ended_at.astimezone(WIB) if stay.ended_at else None,
        beds=tuple(_beds(stay)),
        readings=tuple(_readings(stay)),
        classes=tuple(_classes(stay)),
        looks=tuple(_looks(stay)),
    )


def _person(stay: Stay) -> Person:
    passport = stay.document if stay.document_kind == "passport" else None
    return Person(
        name=stay.name,
        sex=stay.sex,
        born_on=stay.born_on,
        nik=stay.nik.open() if stay.nik else "",
        passport=passport.open() if passport else "",
    )


def _house(stay: Stay) -> House:
    house = stay.reservation.house
    if house is None:
        return House(f"home-{stay.reservation_id}", "Rumah", stay.reservation.address)
    return House(str(house.pk), house.name, house.address, house.lat, house.lng)


def _beds(stay: Stay) -> list[InBed]:
    rows = BedUse.objects.filter(stay=stay, live=True).select_related("bed__room")
    return [
        InBed(
            room=str(use.bed.room_id),
            room_name=use.bed.room.name,
            bed=str(use.bed_id),
            bed_name=use.bed.name,
            since=use.during.lower,
            until=use.during.upper,
        )
        for use in rows.order_by("during")
    ]


def _readings(stay: Stay) -> list[Reading]:
    rows = Measured.objects.filter(stay=stay).order_by("at")
    return [
        Reading(str(row.pk), row.at.astimezone(WIB), row.temperature, row.spo2)
        for row in rows
    ]


def _classes(stay: Stay) -> list[Class]:
    rows = Classing.objects.filter(stay=stay).order_by("at", "pk")
    return [Class(str(row.pk), row.code, row.code, day(row.at)) for row in rows]


def _looks(stay: Stay) -> list[Look]:
    at = now()
    rows = Obligation.objects.filter(stay=stay).prefetch_related("checks")
    return [
        Look(
            key=str(row.pk),
            day_index=row.day_index,
            opens_at=row.opens_at.astimezone(WIB),
            closes_at=row.closes_at.astimezone(WIB),
            done=_done(row) or (None if row.closes_at > at else False),
        )
        for row in rows.order_by("opens_at", "slot")
    ]


def _done(row: Obligation) -> bool:
    return any(follows(Slot(row.slot), Outcome(c.outcome)) for c in row.checks.all())

"""Whom work about isolation is about, to those who do the work."""

from collections.abc import Iterable
from dataclasses import dataclass

from smartkampung.isolation.models import Escalation, Stay
from smartkampung.isolation.rules.states import StayState

PARTY, ALERT, ONE = "isolation.reservation", "isolation.escalation", "isolation.stay"
GONE = (StayState.CANCELLED, StayState.NO_SHOW)


@dataclass(frozen=True)
class Worded:
    """The first name, how many more there are, and who the registry knows of them."""

    name: str
    others: int
    known: tuple[int, ...]


def people_of(targets: Iterable[str]) -> dict[str, Worded]:
    """Return whom each target is about; those that are not about people are left out."""
    ids: dict[str, list[int]] = {PARTY: [], ALERT: [], ONE: []}
    for target in targets:
        kind, _colon, number = target.partition(":")
        if kind in ids and number.isdecimal():
            ids[kind].append(int(number))
    found: dict[str, list[Stay]] = {}
    if ids[PARTY]:
        rows = Stay.objects.filter(reservation__in=ids[PARTY]).exclude(state__in=GONE)
        for stay in rows.order_by("pk"):
            found.setdefault(f"{PARTY}:{stay.reservation_id}", []).append(stay)
    if ids[ALERT]:
        alerts = Escalation.objects.filter(pk__in=ids[ALERT]).select_related("stay")
        found |= {f"{ALERT}:{row.pk}": [row.stay] for row in alerts}
    if ids[ONE]:
        stays = Stay.objects.filter(pk__in=ids[ONE])
        found |= {f"{ONE}:{stay.pk}": [stay] for stay in stays}
    return {target: _worded(stays) for target, stays in found.items()}


def _worded(stays: list[Stay]) -> Worded:
    known = tuple(stay.person_id for stay in stays if stay.person_id)
    return Worded(stays[0].name, len(stays) - 1, known)

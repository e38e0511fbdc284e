"""Whom a health worker gave the class of a confirmed case, for the register of cases."""

from smartkampung.isolation.models import Classing
from smartkampung.isolation.monitoring.rules.ends import Group
from smartkampung.isolation.protocol.queries import classes_on
from smartkampung.kernel.clock import day


def classing_of(classing_id: int) -> Classing:
    """Return one class that was given, with the person and where they stay."""
    rows = Classing.objects.select_related("stay__reservation", "stay__person", "by")
    return rows.get(pk=classing_id)


def is_proven(given: Classing) -> bool:
    """Say whether a class is that of a confirmed case, by the list of its day."""
    groups = {one.code: one.group for one in classes_on(day(given.at))}
    return groups.get(given.code) is Group.PROVEN


def is_taken_back(given: Classing) -> bool:
    """Say whether the last class of a stay is none of a confirmed case, after one was."""
    *before, last = Classing.objects.filter(stay=given.stay_id).order_by("pk")
    return not is_proven(last) and any(map(is_proven, before))

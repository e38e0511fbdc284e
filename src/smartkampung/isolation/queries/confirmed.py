"""Whom a health worker gave the class of a confirmed case, for the register of cases."""

from smartkampung.isolation.models import Classing


def classing_of(classing_id: int) -> Classing:
    """Return one class that was given, with the person and where they stay."""
    rows = Classing.objects.select_related("stay__reservation", "stay__person", "by")
    return rows.get(pk=classing_id)

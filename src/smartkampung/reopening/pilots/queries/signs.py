"""Signatures before a phase: which of them count."""

from datetime import datetime

from django.db.models import QuerySet

from smartkampung.reopening.pilots.models import Pilot, SignOff
from smartkampung.reopening.pilots.rules.gates import still_holds


def standing(pilot: Pilot) -> QuerySet[SignOff]:
    """Return the signatures that neither moved the village nor fell."""
    return SignOff.objects.filter(pilot=pilot, moved_on=None, fell_on=None)


def holds(row: SignOff, version: int, at: datetime) -> bool:
    """Say whether a signature counts at a moment, for a version of the gates."""
    signed_for = row.evaluation.get("guidance")
    return still_holds(signed_for, row.at, version=version, at=at)


def signs_that_hold(
    pilot: Pilot, to: str, version: int, at: datetime
) -> dict[str, SignOff]:
    """Return the signatures before a phase that count, by office."""
    return {
        row.role: row
        for row in standing(pilot).filter(to=to)
        if holds(row, version, at)
    }

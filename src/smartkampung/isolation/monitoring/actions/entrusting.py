"""Entrust people in isolation to an officer, and hand them over to the next."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record_all
from smartkampung.isolation.models import Carer, Entrusting, Stay
from smartkampung.isolation.queries.carers import team_of
from smartkampung.isolation.rules.states import LIVE_STAYS
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused

BUSY = _("Somebody else is writing about these people. Please try again in a moment.")


class NotOfTheTeam(Refused):
    """This officer does not belong to the Puskesmas that looks after these people."""

    code = "not_of_the_team"


class NobodyChosen(Refused):
    """Nobody is in isolation any more of whom that was said."""

    code = "nobody_chosen"


def entrust(
    *, stays: Sequence[int], officer: int, note: str, by: Actor, at: datetime
) -> int:
    """Entrust people to an officer of their Puskesmas; return how many.

    From the next look on the officer owes it, and on the list of today they are the
    officer's at once. Raises NobodyChosen and NotOfTheTeam; then nothing has changed.
    """
    locked = Stay.objects.filter(pk__in=list(stays), state__in=LIVE_STAYS)

    def take() -> int:
        rows = list(locked.select_related("reservation").order_by("pk"))
        if not rows:
            raise NobodyChosen(_("Choose at least one person who is in isolation."))
        for centre in {row.reservation.centre_id for row in rows}:
            if officer not in team_of(centre or "", on=day(at)):
                raise NotOfTheTeam(
                    _("This officer is not of the Puskesmas of these people.")
                )
        for row in rows:
            Carer.objects.update_or_create(
                stay=row,
                defaults={"officer_id": officer, "since": at, "by": by.username},
            )
        _remember(rows, officer, note, by, at)
        return len(rows)

    locks = [Lock(Rank.PERSON, locked)]
    return claim_scarce(locks=locks, take=take, refusals={}, busy=Busy(BUSY))


def _remember(
    rows: Sequence[Stay], officer: int, note: str, by: Actor, at: datetime
) -> None:
    Entrusting.objects.bulk_create(
        Entrusting(stay=row, officer_id=officer, note=note, by=by.username, at=at)
        for row in rows
    )
    record_all(
        "isolation.entrusted",
        targets=[(row, row.reservation.region_code) for row in rows],
        by=by.username,
        officer=officer,
    )

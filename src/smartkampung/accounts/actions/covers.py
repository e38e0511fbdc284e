"""Going away while a colleague stands in who said yes, and coming back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actions.staff import may_touch
from smartkampung.accounts.actor import Actor
from smartkampung.accounts.labels import COVER_HINDRANCES
from smartkampung.accounts.models import Cover, Staff
from smartkampung.accounts.queries.covers import covers_with, pair_of, still_serving
from smartkampung.accounts.rules import CoverHindrance, cover_hindrances
from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused, atomic_or_refuse


class CoverNotPossible(Refused):
    """One or several rules stand against it; the message lists all of them."""

    code = "cover_not_possible"

    def __init__(self, reasons: Sequence[CoverHindrance]) -> None:
        super().__init__(" ".join(str(COVER_HINDRANCES[reason]) for reason in reasons))
        self.reasons = list(reasons)


class AskedNoMore(Refused):
    """Whoever asked took it back, or the days are over."""

    code = "asked_no_more"


class AwayAlready(Refused):
    """Somebody stands in for this person at that time."""

    code = "away_already"


def let_stand_in(
    *, absent: Staff, stand_in: Staff, since: date, until: date, by: str, at: datetime
) -> Cover:
    """Ask a colleague to stand in, from a day until (not with) another.

    Nothing is lent before they agree. Raises CoverNotPossible with every reason, or AwayAlready.
    """
    taken = AwayAlready(
        _("A colleague stands in at that time already. End that first.")
    )
    with transaction.atomic():
        # Two people who lend to each other at once queue here, and the second sees.
        keys = sorted({absent.pk, stand_in.pk})
        list(Staff.objects.select_for_update(no_key=True).filter(pk__in=keys))
        pair = pair_of(absent, stand_in, since=since, until=until)
        if reasons := cover_hindrances(pair, since=since, until=until, today=at.date()):
            raise CoverNotPossible(reasons)
        with atomic_or_refuse({"cover_one_at_a_time": taken}):
            row = Cover.objects.create(
                absent=absent,
                stand_in=stand_in,
                since=since,
                until=until,
                made_by=by,
                made_at=at,
                agreed_at=None,
            )
        record(
            "accounts.cover_asked",
            target=absent,
            by=by,
            stand_in=stand_in.username,
            since=since.isoformat(),
            until=until.isoformat(),
        )
    return row


def agree_to_stand_in(*, cover: Cover, by: Actor, at: datetime) -> None:
    """Say yes to standing in: from now on, and in those days, the offices are lent.

    What is lent is read at each request, so it begins and ends by itself. Raises
    AskedNoMore, also for who asked: the yes is the colleague's.
    """
    open_still = Cover.objects.filter(
        pk=cover.pk, stand_in=by.staff_id, ended_at=None, until__gt=at.date()
    )
    if not open_still.exists():
        raise AskedNoMore(_("Nobody asks for this any more. Nothing was changed."))
    if open_still.filter(agreed_at=None).update(agreed_at=at):
        record(
            "accounts.cover_begun",
            target=cover.absent,
            by=by.username,
            stand_in=by.username,
            since=cover.since.isoformat(),
            until=cover.until.isoformat(),
        )


def end_cover_for(*, cover: Cover, staff: Staff, by: Actor, at: datetime) -> None:
    """End an absence as the administrator of one side of it (``staff``).

    Raises NotAllowed for one's own account, and for who also serves elsewhere.
    """
    may_touch(staff, by=by, on=at.date())
    end_cover(cover=cover, by=by.username, at=at)


def end_covers_of(staff: Staff, *, by: str, at: datetime) -> None:
    """End every absence, of either side, of who has no office now or to come."""
    if still_serving(staff, on=at.date()):
        return
    for cover in covers_with(staff, on=at.date()):
        end_cover(cover=cover, by=by, at=at)


def end_cover(*, cover: Cover, by: str, at: datetime) -> None:
    """Take the offices back at once; one that has ended stays as it is."""
    changed = Cover.objects.filter(pk=cover.pk, ended_at=None)
    if changed.update(ended_at=at, ended_by=by):
        record(
            "accounts.cover_ended",
            target=cover.absent,
            by=by,
            stand_in=cover.stand_in.username,
        )

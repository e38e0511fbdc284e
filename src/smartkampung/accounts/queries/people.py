"""Names and offices of colleagues, for pages that say who did something."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models.functions import Coalesce

from smartkampung.accounts.models import Assignment, Cover, Staff
from smartkampung.accounts.roles import STANDING_IN, role_named
from smartkampung.kernel.clock import day


class Held(NamedTuple):
    """A role in which an account did something at a moment."""

    username: str
    role: str
    at: datetime


def full_names(usernames: Iterable[str]) -> dict[str, str]:
    """Return the full names of accounts by username; unknown ones are left out."""
    rows = Staff.objects.filter(username__in=set(usernames))
    return dict(rows.values_list("username", "full_name"))


def usernames_of(ids: Iterable[int | None]) -> list[str]:
    """Return the usernames of accounts by number; no number is nobody."""
    rows = Staff.objects.filter(pk__in={one for one in ids if one is not None})
    return list(rows.values_list("username", flat=True))


def places_held(moments: Iterable[Held]) -> dict[Held, str]:
    """Return the place of the office that each moment speaks of; unknown left out.

    The latest office of that role which the account held by then, or whoever it stood
    in for.
    """
    wanted = list(moments)
    holders = _holders(wanted)
    rows = (
        Assignment.objects.filter(
            staff__username__in=set(holders.values()),
            role__in={role_named(moment.role) for moment in wanted},
        )
        .annotate(place=Coalesce("region__name", "health_centre__name"))
        .order_by("since", "pk")
        .values_list("staff__username", "role", "since", "place")
    )
    found: dict[Held, str] = {}
    for username, role, since, place in rows:
        for moment in wanted:
            held = (holders.get(moment), role_named(moment.role))
            if held == (username, role) and since <= day(moment.at):
                found[moment] = place
    return found


def _holders(moments: list[Held]) -> dict[Held, str]:
    """Return whose office each moment speaks of: one's own, or who was away."""
    lent = [moment for moment in moments if moment.role.endswith(STANDING_IN)]
    found = {moment: moment.username for moment in moments if moment not in lent}
    if not lent:
        return found
    rows = Cover.objects.filter(stand_in__username__in={one.username for one in lent})
    rows = rows.exclude(agreed_at=None)
    away = rows.values_list("stand_in__username", "since", "until", "absent__username")
    for username, since, until, absent in away:
        for moment in lent:
            if moment.username == username and since <= day(moment.at) < until:
                found[moment] = absent
    return found

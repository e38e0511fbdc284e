"""Names and offices of colleagues, for pages that say who did something."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models.functions import Coalesce

from smartkampung.accounts.models import Assignment, Staff
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


def places_held(moments: Iterable[Held]) -> dict[Held, str]:
    """Return the place of the office that each moment speaks of; unknown left out.

    The latest office of that role which the account held by then.
    """
    wanted = list(moments)
    rows = (
        Assignment.objects.filter(
            staff__username__in={moment.username for moment in wanted},
            role__in={moment.role for moment in wanted},
        )
        .annotate(place=Coalesce("region__name", "health_centre__name"))
        .order_by("since", "pk")
        .values_list("staff__username", "role", "since", "place")
    )
    found: dict[Held, str] = {}
    for username, role, since, place in rows:
        for moment in wanted:
            if moment[:2] == (username, role) and since <= day(moment.at):
                found[moment] = place
    return found

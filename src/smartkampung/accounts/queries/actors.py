"""Reads of accounts; ``actor_for`` turns a signed-in account into its rights."""

from datetime import date

from django.db.models import Q

from smartkampung.accounts.actor import Actor, Post
from smartkampung.accounts.models import Assignment, Staff
from smartkampung.accounts.roles import Role


def actor_for(staff: Staff, *, on: date) -> Actor:
    """Return the rights that an account holds on a day, read anew each time."""
    rows = (
        Assignment.objects.filter(staff=staff, since__lte=on, revoked_at=None)
        .filter(Q(until=None) | Q(until__gt=on))
        .order_by("pk")
        .values_list("pk", "role", "region_id", "health_centre__serves__village_id")
    )
    places: dict[tuple[int, str], list[str]] = {}
    for key, role, region, village in rows:
        places.setdefault((key, role), []).extend(filter(None, [region or village]))
    posts = tuple(
        Post(Role(role), tuple(regions)) for (_, role), regions in places.items()
    )
    return Actor(staff.pk, staff.username, posts)

"""Turning an account into its rights."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from smartkampung.accounts.actor import Actor, Post
from smartkampung.accounts.models import Assignment, Staff
from smartkampung.accounts.roles import Role


def actor_for(staff: Staff, *, on: date) -> Actor:
    """Return the rights that an account holds on a day.

    An account that came with its session brings the rights of this very request;
    any other is asked of the database.
    """
    posts = staff.posts_read
    if posts is None:
        posts = posts_from(
            Assignment.objects.filter(staff=staff, since__lte=on, revoked_at=None)
            .filter(Q(until=None) | Q(until__gt=on))
            .order_by("pk")
            .values_list("pk", "role", "region_id", "health_centre__serves__village_id")
        )
    return Actor(staff.pk, staff.username, posts)


def acting_still(staff_id: int, *, on: date) -> Actor:
    """Return the rights of whoever ordered a work that goes on by itself.

    None at all once the account is closed: the work looks at them before each part.
    """
    staff = Staff.objects.get(pk=staff_id)
    if not staff.is_active:
        return Actor(staff.pk, staff.username)
    return actor_for(staff, on=on)


def posts_from(rows: Iterable[Iterable[str | int | None]]) -> tuple[Post, ...]:
    """Group rows of (assignment, role, place or nothing ...) into posts."""
    places: dict[tuple[int, str], list[str]] = {}
    for key, role, *codes in rows:
        found = [str(code) for code in codes if code]
        places.setdefault((int(key or 0), str(role)), []).extend(found)
    return tuple(
        Post(Role(role), tuple(regions)) for (_, role), regions in places.items()
    )


def language_of(username: str) -> str:
    """Return the language that an account reads; Indonesian for none (a command)."""
    rows = Staff.objects.filter(username=username).values_list("language", flat=True)
    return rows.first() or "id"

"""Turning an account into its rights."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from django.db.models import Q

from smartkampung.accounts.actor import Actor, Post
from smartkampung.accounts.models import Cover, Staff
from smartkampung.accounts.queries.holding import holding
from smartkampung.accounts.roles import Role
from smartkampung.accounts.rules import may_be_lent

NOTHING: Mapping[int, str] = MappingProxyType({})


def actor_for(staff: Staff, *, on: date) -> Actor:
    """Return the rights that an account holds on a day.

    An account that came with its session brings the rights of this very request;
    any other is asked of the database. The offices of whoever it stands in for that
    day come with it; what those stand in for does not.
    """
    posts = staff.posts_read
    if posts is None:
        posts = _posts_of(staff, on)
    return Actor(staff.pk, staff.username, posts)


def acting_still(staff_id: int, *, on: date) -> Actor:
    """Return the rights of whoever ordered a work that goes on by itself.

    None at all once the account is closed: the work looks at them before each part.
    """
    staff = Staff.objects.get(pk=staff_id)
    if not staff.is_active:
        return Actor(staff.pk, staff.username)
    return actor_for(staff, on=on)


def posts_from(
    rows: Iterable[Iterable[str | int | None]], *, lent: Mapping[int, str] = NOTHING
) -> tuple[Post, ...]:
    """Group rows of (assignment, role, place or nothing ...) into posts.

    ``lent`` says whose office an assignment is, where it is not one's own. What
    ``may_be_lent`` refuses that day is left out.
    """
    places: dict[tuple[int, str], list[str]] = {}
    for key, role, *codes in rows:
        found = [str(code) for code in codes if code]
        places.setdefault((int(key or 0), str(role)), []).extend(found)
    posts = [
        Post(Role(role), tuple(sorted(regions)), lent.get(key, ""))
        for (key, role), regions in places.items()
    ]
    held: dict[str, frozenset[Role]] = {"": frozenset()}
    for post in posts:
        roles = held.get(post.instead_of, frozenset())
        held[post.instead_of] = roles | {post.role}
    return tuple(
        post
        for post in posts
        if not post.instead_of or may_be_lent(held[post.instead_of], held[""])
    )


def _posts_of(staff: Staff, on: date) -> tuple[Post, ...]:
    away = Cover.objects.filter(
        stand_in=staff, ended_at=None, absent__is_active=True, since__lte=on
    ).filter(until__gt=on, agreed_at__isnull=False)
    rows = list(
        holding(on)
        .filter(Q(staff=staff) | Q(staff__in=away.values("absent")))
        .order_by("pk")
        .values_list(
            "pk",
            "role",
            "region_id",
            "health_centre__serves__village_id",
            "staff__username",
        )
    )
    rows.sort(key=lambda row: row[4] != staff.username)  # one's own come first
    lent = {row[0]: row[4] for row in rows if row[4] != staff.username}
    return posts_from((row[:4] for row in rows), lent=lent)


def language_of(username: str) -> str:
    """Return the language that an account reads; Indonesian for none (a command)."""
    rows = Staff.objects.filter(username=username).values_list("language", flat=True)
    return rows.first() or "id"

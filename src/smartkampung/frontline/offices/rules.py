"""Who ends whose term, and when. Pure: the same answer greys out and guards."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.regions.codes import inside

# Whom each of these stands above, in the places of its own office.
BELOW: dict[Role, frozenset[Role]] = {
    Role.SYSTEM_ADMIN: frozenset(Role),
    Role.KECAMATAN_OFFICER: frozenset(
        {Role.VILLAGE_HEAD, Role.VILLAGE_OFFICER, Role.RW_HEAD, Role.RT_HEAD}
    ),
    Role.VILLAGE_HEAD: frozenset({Role.VILLAGE_OFFICER, Role.RW_HEAD, Role.RT_HEAD}),
}
# What one of these asks for or signs, the next decides: two people, never one and
# somebody of their choice.
COUNTERPARTS: dict[Role, frozenset[Role]] = {
    Role.VILLAGE_OFFICER: frozenset({Role.VILLAGE_HEAD}),
    Role.VILLAGE_HEAD: frozenset({Role.VILLAGE_OFFICER, Role.KECAMATAN_OFFICER}),
    Role.KECAMATAN_OFFICER: frozenset({Role.VILLAGE_HEAD}),
}
# So the kecamatan hands over village officers, and an administrator village heads.
HANDS_OVER: dict[Role, frozenset[Role]] = {
    role: below - COUNTERPARTS.get(role, frozenset()) for role, below in BELOW.items()
}


# A slip of the year would bind an office until then.
LONGEST_AHEAD = timedelta(days=60)


class TermHindrance(StrEnum):
    """Why a term of office cannot be handed over."""

    OWN_TERM = "own_term"
    ONESELF_FOLLOWS = "oneself_follows"
    SAME_PERSON = "same_person"
    ENDED = "ended"
    DAY_IS_PAST = "day_is_past"
    TOO_FAR = "too_far"
    NOT_BEGUN = "not_begun"
    ENDS_BEFORE = "ends_before"
    FOLLOWER_CLOSED = "follower_closed"
    FOLLOWER_NEW = "follower_new"
    COUNTERPART = "counterpart"
    NO_END = "no_end"


def term_hindrances(
    *,
    by: int,
    leaver: int,
    follower: int,
    follower_open: bool,
    follower_new: bool,
    may_invite: bool,
    counterpart: bool,
    since: date,
    until: date | None,
    next_until: date | None,
    ended: bool,
    on: date,
    today: date,
) -> list[TermHindrance]:
    """Return every reason not to hand a term over: whose it is, to whom, on which day.

    ``by``, ``leaver`` and ``follower`` are accounts; nobody gives an office away that
    is their own, takes one, or gives the other half of a rule of two people to whom they
    choose (``counterpart``). An account that never held an office (``follower_new``)
    follows only by who administers accounts there. Where the term ends by itself on
    that day, somebody says until when the next one lasts (``next_until``), and it is
    never longer than the one that ends.
    """
    stands = {
        TermHindrance.OWN_TERM: by == leaver,
        TermHindrance.ONESELF_FOLLOWS: by == follower,
        TermHindrance.SAME_PERSON: leaver == follower,
        TermHindrance.ENDED: ended,
        TermHindrance.DAY_IS_PAST: on < today,
        TermHindrance.TOO_FAR: on > today + LONGEST_AHEAD,
        TermHindrance.NOT_BEGUN: today <= on <= since,
        TermHindrance.ENDS_BEFORE: until is not None and until < on,
        TermHindrance.FOLLOWER_CLOSED: not follower_open,
        TermHindrance.FOLLOWER_NEW: follower_new and not may_invite,
        TermHindrance.COUNTERPART: counterpart,
        TermHindrance.NO_END: until == on
        and (next_until is None or not on < next_until <= on + (until - since)),
    }
    return [reason for reason, holds in stands.items() if holds]


def next_end(until: date | None, asked: date | None, *, on: date) -> date | None:
    """Return when the next term ends: with the old one, unless that ends as it begins."""
    return asked if until == on else until


def holds_counterpart(by: Actor, role: Role, place: str, *, new: bool) -> bool:
    """Say whether somebody acts by the other half of an office, there or around it.

    To a ``new`` account nobody of the whole line gives one of its offices.
    """
    line = frozenset(COUNTERPARTS) if role in COUNTERPARTS else frozenset[Role]()
    others = line - {role} if new else COUNTERPARTS.get(role, frozenset())
    return any(
        inside(place, region) or inside(region, place)
        for post in by.posts
        if post.role in others
        for region in post.regions
    )


def stands_above(by: Actor, roles: Iterable[Role], place: str) -> bool:
    """Say whether somebody stands above all of these offices in a place."""
    wanted = set(roles)
    return any(
        wanted <= BELOW.get(post.role, frozenset())
        for post in by.posts
        if not post.instead_of and any(inside(place, code) for code in post.regions)
        if post.role in BELOW
    )

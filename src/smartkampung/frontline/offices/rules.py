"""Who ends whose term, and when. Pure: the same answer greys out and guards."""

from datetime import date
from enum import StrEnum

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.regions.codes import inside

# The kecamatan hands over what lies below it, the village head what lies below them.
HANDS_OVER: dict[Role, frozenset[Role]] = {
    Role.SYSTEM_ADMIN: frozenset(Role),
    Role.KECAMATAN_OFFICER: frozenset(
        {Role.VILLAGE_HEAD, Role.VILLAGE_OFFICER, Role.RW_HEAD, Role.RT_HEAD}
    ),
    Role.VILLAGE_HEAD: frozenset({Role.VILLAGE_OFFICER, Role.RW_HEAD, Role.RT_HEAD}),
}
# What one of these asks for, the other decides: two people, never one and a made-up other.
COUNTERPARTS: dict[Role, frozenset[Role]] = {
    Role.VILLAGE_OFFICER: frozenset({Role.VILLAGE_HEAD, Role.KECAMATAN_OFFICER}),
    Role.VILLAGE_HEAD: frozenset({Role.VILLAGE_OFFICER, Role.KECAMATAN_OFFICER}),
    Role.KECAMATAN_OFFICER: frozenset({Role.VILLAGE_OFFICER, Role.VILLAGE_HEAD}),
}


class TermHindrance(StrEnum):
    """Why a term of office cannot be handed over."""

    OWN_TERM = "own_term"
    ONESELF_FOLLOWS = "oneself_follows"
    SAME_PERSON = "same_person"
    ENDED = "ended"
    DAY_IS_PAST = "day_is_past"
    NOT_BEGUN = "not_begun"
    ENDS_BEFORE = "ends_before"
    FOLLOWER_CLOSED = "follower_closed"
    FOLLOWER_NEW = "follower_new"
    COUNTERPART = "counterpart"


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
    ended: bool,
    on: date,
    today: date,
) -> list[TermHindrance]:
    """Return every reason not to hand a term over: whose it is, to whom, on which day.

    ``by``, ``leaver`` and ``follower`` are accounts; nobody gives an office away that
    is their own, or takes one. An account that never held an office (``follower_new``)
    follows only by who administers accounts there, and never by who holds the other
    half of a rule of two people (``counterpart``): they could be that other person.
    """
    stands = {
        TermHindrance.OWN_TERM: by == leaver,
        TermHindrance.ONESELF_FOLLOWS: by == follower,
        TermHindrance.SAME_PERSON: leaver == follower,
        TermHindrance.ENDED: ended,
        TermHindrance.DAY_IS_PAST: on < today,
        TermHindrance.NOT_BEGUN: on <= since,
        TermHindrance.ENDS_BEFORE: until is not None and until < on,
        TermHindrance.FOLLOWER_CLOSED: not follower_open,
        TermHindrance.FOLLOWER_NEW: follower_new and not may_invite,
        TermHindrance.COUNTERPART: follower_new and counterpart,
    }
    return [reason for reason, holds in stands.items() if holds]


def holds_counterpart(by: Actor, role: Role, place: str) -> bool:
    """Say whether somebody acts by the other half of an office, there or around it."""
    others = COUNTERPARTS.get(role, frozenset())
    return any(
        inside(place, region) or inside(region, place)
        for post in by.posts
        if post.role in others
        for region in post.regions
    )

"""Who may give which office where. Pure: the same answer greys out and guards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smartkampung.accounts.roles import PERMISSIONS, Permission, Role

CENTRE = "health_centre"
# Under these names the program itself signs what it writes: nobody may sign in as one.
# What "system" wrote of guidance even holds without a second person.
NOBODYS_NAMES = frozenset(
    {"system", "job", "public", "upkeep", "gateway", "isolation", "counters"}
)
_REGENCY, _VILLAGE = frozenset({"regency"}), frozenset({"village"})
_WIDE = frozenset({"regency", "kecamatan", "village"})

LONGEST_COVER = 90  # days
# What is lent only to who sees such things by an office of their own.
_HEALTH, _FAMILIES = Permission.ISOLATION_HEALTH_VIEW, Permission.RESIDENT_VIEW
# They look at what others did, and so hold no office of those.
CHECKERS = frozenset({Role.AUDITOR, Role.INSPECTORATE})

# On which level of the tree each office stands.
LEVELS: dict[Role, frozenset[str]] = {
    Role.SYSTEM_ADMIN: _WIDE,
    Role.LEADERSHIP: _REGENCY,
    Role.DINSOS: _REGENCY,
    Role.DINKES: _REGENCY,
    Role.ECONOMIC_OFFICE: _REGENCY,
    Role.KECAMATAN_OFFICER: frozenset({"kecamatan"}),
    Role.VILLAGE_HEAD: _VILLAGE,
    Role.VILLAGE_OFFICER: _VILLAGE,
    Role.RW_HEAD: frozenset({"rw"}),
    Role.RT_HEAD: frozenset({"rt"}),
    Role.PUSKESMAS_OFFICER: frozenset({CENTRE}),
    Role.BABINSA: _VILLAGE,
    Role.BHABINKAMTIBMAS: _VILLAGE,
    Role.CHECKPOINT_OFFICER: _WIDE,
    Role.AUDITOR: frozenset({"regency", "kecamatan"}),
    Role.INSPECTORATE: frozenset({"regency", "kecamatan"}),
}


class Hindrance(StrEnum):
    """Why an office cannot be given, taken or changed."""

    OWN_ACCOUNT = "own_account"
    OUTSIDE_AREA = "outside_area"
    WRONG_LEVEL = "wrong_level"
    ENDS_TOO_EARLY = "ends_too_early"
    OVER_ALREADY = "over_already"
    SAME_PERSON = "same_person"


class CoverHindrance(StrEnum):
    """Why one colleague cannot stand in for another."""

    ONESELF = "oneself"
    ENDS_TOO_EARLY = "ends_too_early"
    OVER_ALREADY = "over_already"
    TOO_LONG = "too_long"
    NO_OFFICE = "no_office"
    NOT_A_COLLEAGUE = "not_a_colleague"
    STAND_IN_AWAY = "stand_in_away"
    STANDS_IN_ALREADY = "stands_in_already"
    INDEPENDENT = "independent"
    NOT_OF_HEALTH = "not_of_health"
    NOT_OF_RESIDENTS = "not_of_residents"


@dataclass(frozen=True)
class Pair:
    """Who is away and who would stand in, as far as rules need to know them."""

    oneself: bool
    colleagues: bool
    absent: frozenset[Role]
    stand_in: frozenset[Role]
    stand_in_away: bool
    absent_stands_in: bool


def cover_hindrances(
    pair: Pair, *, since: date, until: date, today: date
) -> list[CoverHindrance]:
    """Return every reason why this colleague cannot stand in at that time.

    Whoever checks others lends their office only to who checks with them, and takes
    no other: they would look at what they did. What health workers see stays among
    them, and families are seen only by who sees families by an own office: no soldier,
    no policeman. Rules of two people compare people, so that one who holds both offices is
    still one.
    """
    stands = {
        CoverHindrance.ONESELF: pair.oneself,
        CoverHindrance.ENDS_TOO_EARLY: until <= since,
        CoverHindrance.OVER_ALREADY: since < until <= today,
        CoverHindrance.TOO_LONG: (until - since).days > LONGEST_COVER,
        CoverHindrance.NO_OFFICE: not pair.absent,
        CoverHindrance.NOT_A_COLLEAGUE: not pair.oneself and not pair.colleagues,
        CoverHindrance.STAND_IN_AWAY: pair.stand_in_away,
        CoverHindrance.STANDS_IN_ALREADY: pair.absent_stands_in,
        CoverHindrance.INDEPENDENT: _checks_across(pair.absent, pair.stand_in),
        CoverHindrance.NOT_OF_HEALTH: _sees_more(_HEALTH, pair.absent, pair.stand_in),
        CoverHindrance.NOT_OF_RESIDENTS: _sees_more(
            _FAMILIES, pair.absent, pair.stand_in
        ),
    }
    return [reason for reason, holds in stands.items() if holds]


def may_be_lent(absent: frozenset[Role], stand_in: frozenset[Role]) -> bool:
    """Say whether the offices of one lend rights to another, as both stand that day.

    Asked at each reading: who holds no office of their own any more is lent nothing,
    and an office that came or went since must not undo what was asked at the start.
    """
    return bool(stand_in) and not (
        _checks_across(absent, stand_in)
        or _sees_more(_HEALTH, absent, stand_in)
        or _sees_more(_FAMILIES, absent, stand_in)
    )


def _checks_across(absent: frozenset[Role], stand_in: frozenset[Role]) -> bool:
    return CHECKERS & absent != CHECKERS & stand_in


def _sees_more(
    sees: Permission, absent: frozenset[Role], stand_in: frozenset[Role]
) -> bool:
    return any(sees in PERMISSIONS[role] for role in absent) and not any(
        sees in PERMISSIONS[role] for role in stand_in
    )


def grant_hindrances(
    *,
    role: Role,
    level: str,
    inside_area: bool,
    own: bool,
    since: date,
    until: date | None,
    today: date,
) -> list[Hindrance]:
    """Return every reason not to give an office."""
    reasons = account_hindrances(own=own, inside_area=inside_area)
    if level not in LEVELS[role]:
        reasons.append(Hindrance.WRONG_LEVEL)
    if until is not None and until <= since:
        reasons.append(Hindrance.ENDS_TOO_EARLY)
    elif until is not None and until <= today:
        reasons.append(Hindrance.OVER_ALREADY)
    return reasons


def account_hindrances(*, own: bool, inside_area: bool) -> list[Hindrance]:
    """Return every reason not to touch an account or an office.

    ``inside_area``: everything it holds lies where the administrator administers.
    """
    reasons = []
    if own:
        reasons.append(Hindrance.OWN_ACCOUNT)
    if not inside_area:
        reasons.append(Hindrance.OUTSIDE_AREA)
    return reasons


def reset_hindrances(
    *, asked_by: str, decided_by: str, own: bool, inside_area: bool
) -> list[Hindrance]:
    """Return every reason why this person cannot decide on a lost second factor."""
    reasons = account_hindrances(own=own, inside_area=inside_area)
    if asked_by == decided_by:
        reasons.append(Hindrance.SAME_PERSON)
    return reasons


def covered(places: Iterable[str], regions: Iterable[str]) -> bool:
    """Say whether every place lies in one of the regions."""
    roots = tuple(regions)
    return all(
        any(f"{place}.".startswith(f"{root}.") for root in roots) for place in places
    )

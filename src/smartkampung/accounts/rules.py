"""Who may give which office where. Pure: the same answer greys out and guards."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from smartkampung.accounts.roles import Role

CENTRE = "health_centre"
_REGENCY, _VILLAGE = frozenset({"regency"}), frozenset({"village"})
_WIDE = frozenset({"regency", "kecamatan", "village"})

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

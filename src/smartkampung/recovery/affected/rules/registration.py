"""What a registration holds, and what the comparison with the registry makes of it."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

VERIFY_DUE = timedelta(days=7)
MATCH_DUE = timedelta(days=3)


class Step(StrEnum):
    """The public steps, in order; equal for everybody until a human acts."""

    RECEIVED = "received"
    VILLAGE_CHECKS = "village_checks"
    DECIDED = "decided"
    CLOSED = "closed"


class Channel(StrEnum):
    """How a registration reached us."""

    WEB = "web"
    ASSISTED = "assisted"
    LIST = "list"


class Kind(StrEnum):
    """How the crisis hit somebody."""

    LAID_OFF = "laid_off"
    FURLOUGHED = "furloughed"
    HOURS_CUT = "hours_cut"
    BUSINESS_CLOSED = "business_closed"
    SALES_DOWN = "sales_down"
    RETURNED_MIGRANT = "returned_migrant"


# Somebody else can say whether these are so.
HAS_EMPLOYER = frozenset({Kind.LAID_OFF, Kind.FURLOUGHED, Kind.HOURS_CUT})


class Wish(StrEnum):
    """What would help somebody most."""

    WORK = "work"
    TRAINING = "training"
    CAPITAL = "capital"
    TOOLS = "tools"


@dataclass(frozen=True)
class Told:
    """What was told about one person. ``form_id`` is made when the form opens."""

    form_id: uuid.UUID
    nik: str
    name: str
    born_on: date | None
    phone: str
    region_code: str
    kind: Kind
    sector: str
    employer: str
    happened_on: date
    income_before: int
    income_after: int
    dependants: int
    debts: int = 0
    sales_down_percent: int | None = None
    skills: str = ""
    wishes: tuple[Wish, ...] = ()
    employer_phone: str = ""
    photo_id: uuid.UUID | None = None

    def __repr__(self) -> str:
        """Show the form only: a registration in a log must not name anybody."""
        return f"<Told {self.form_id}>"


class Found(StrEnum):
    """What is noticed about whom a registration is for; for the eyes of staff."""

    MATCHED = "matched"
    NIK_UNKNOWN = "nik_unknown"
    NAME_DIFFERS = "name_differs"
    BIRTH_DATE_DIFFERS = "birth_date_differs"
    LIVES_ELSEWHERE = "lives_elsewhere"
    DEAD = "dead"
    MOVED = "moved"
    MISSING = "missing"
    NIK_CONTESTED = "nik_contested"
    MATCHED_BY_VILLAGE = "matched_by_village"
    ALREADY_LISTED = "already_listed"


@dataclass(frozen=True)
class Registered:
    """What the registry holds about the owner of a NIK."""

    name_agrees: bool
    born_on_agrees: bool
    region_code: str
    status: str
    contested: bool


def may_be_laid_to(registered: Registered, *, region_code: str) -> bool:
    """Say whether a registration is laid to the owner of its NIK.

    The owner is living, nobody else claims the NIK, and they live in the village that
    was named, or name and birth date agree as well. Otherwise the village decides:
    whoever types a stranger's NIK must not open that stranger's record.
    """
    if registered.status != "living" or registered.contested:
        return False
    lives_there = _village(registered.region_code) == _village(region_code)
    agrees = registered.name_agrees and registered.born_on_agrees
    return agrees or (
        lives_there and (registered.name_agrees or registered.born_on_agrees)
    )


def findings(registered: Registered | None, *, region_code: str) -> list[Found]:
    """Return everything that is noticed about who the registration is for."""
    if registered is None:
        return [Found.NIK_UNKNOWN]
    away = _village(registered.region_code) != _village(region_code)
    notices = {
        Found.NAME_DIFFERS: not registered.name_agrees,
        Found.BIRTH_DATE_DIFFERS: not registered.born_on_agrees,
        Found.LIVES_ELSEWHERE: away,
        Found.DEAD: registered.status == "dead",
        Found.MOVED: registered.status == "moved",
        Found.MISSING: registered.status == "missing",
        Found.NIK_CONTESTED: registered.contested,
    }
    found = [code for code, noticed in notices.items() if noticed]
    agrees = registered.name_agrees and registered.born_on_agrees
    return [Found.MATCHED, *found] if agrees else found


def same_name(told: str, recorded: str) -> bool:
    """Say whether two folded names may be one person's: one holds the other's words."""
    one, other = set(told.split()), set(recorded.split())
    return bool(one) and bool(other) and (one <= other or other <= one)


def _village(region_code: str) -> str:
    return ".".join(region_code.split(".")[:4])

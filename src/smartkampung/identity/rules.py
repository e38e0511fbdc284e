"""When a question may be sent, when it is worth one, and what an answer means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

FRESH_FOR = timedelta(days=90)
TRIPS_AFTER = 3
SHORT_WAIT = timedelta(seconds=5)
FIRST_BREAK = timedelta(seconds=30)
LONGEST_BREAK = timedelta(minutes=15)
SPREAD = 0.2


class Field(StrEnum):
    """What is compared beside the NIK itself."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    KK = "kk"


class Purpose(StrEnum):
    """Why somebody's identity is checked; the agreement (PKS) allows these."""

    RECORD = "record"
    AID_CLAIM = "aid_claim"


class Bar(StrEnum):
    """Why a person cannot be asked about. Words: ``identity.words``."""

    OFF = "off"
    NO_NIK = "no_nik"
    NOT_LIVING = "not_living"


class Verdict(StrEnum):
    """What can be said of a person today."""

    NEVER = "never"
    WAITING = "waiting"
    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    CHANGED = "changed"
    REFUSED = "refused"


def bars_to_ask(*, on: bool, has_nik: bool, living: bool) -> list[Bar]:
    """Return everything that stands in the way of a question."""
    bars = {Bar.OFF: not on, Bar.NO_NIK: not has_nik, Bar.NOT_LIVING: not living}
    return [bar for bar, holds in bars.items() if holds]


def worth_asking(
    verdict: Verdict, *, answered_at: datetime | None, at: datetime
) -> bool:
    """Say whether a new question could tell anything: questions cost of the quota."""
    if verdict is Verdict.WAITING:
        return False
    if verdict in {Verdict.NEVER, Verdict.CHANGED, Verdict.REFUSED}:
        return True
    return answered_at is None or at - answered_at > FRESH_FOR


def verdict_of(*, found: bool, agrees: Mapping[str, bool]) -> Verdict:
    """Return what an answer says about the record that was asked about."""
    if not found:
        return Verdict.UNKNOWN
    return Verdict.AGREES if all(agrees.values()) else Verdict.DIFFERS


@dataclass(frozen=True)
class Circuit:
    """How the service has answered of late.

    Closed: questions go out. After ``TRIPS_AFTER`` failures in a row it is open: none
    goes out until ``closed_until``. Then one goes out to try (half open).
    """

    failures: int
    closed_until: datetime | None

    def state(self, at: datetime) -> str:
        """Return closed, open or half_open."""
        if self.failures < TRIPS_AFTER:
            return "closed"
        waiting = self.closed_until is not None and at < self.closed_until
        return "open" if waiting else "half_open"

    def failed(self, at: datetime, *, chance: float) -> "Circuit":
        """Return the circuit after one more failure; ``chance`` (0 to 1) spreads waits."""
        failures = self.failures + 1
        return Circuit(failures, at + break_after(failures, chance=chance))


WELL = Circuit(0, None)


def break_after(failures: int, *, chance: float) -> timedelta:
    """Return how long to wait after so many failures in a row.

    Twice as long each time up to a quarter of an hour, more or less by a fifth, so
    that many clients of one service do not come back in step.
    """
    if failures < TRIPS_AFTER:
        wait = SHORT_WAIT
    else:
        doubled: timedelta = FIRST_BREAK * 2 ** min(failures - TRIPS_AFTER, 10)
        wait = min(LONGEST_BREAK, doubled)
    spread: timedelta = wait * (1 + SPREAD * (2 * chance - 1))
    return spread


@dataclass(frozen=True)
class Spent:
    """How many questions of which day's quota are used."""

    day: date | None
    count: int

    def left(self, quota: int, *, on: date) -> int:
        """Return how many questions may still be sent that day."""
        return max(0, quota - (self.count if self.day == on else 0))

    def one_more(self, *, on: date) -> "Spent":
        """Return what is used after one more question."""
        return Spent(on, self.count + 1 if self.day == on else 1)

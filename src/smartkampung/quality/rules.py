"""What counts as a fault in the registry, how grave it is, and what a score means.

Each rule is decided from the data alone, whenever somebody looks: nothing is stored
about a finding, so it is gone the moment the data is right. How a rule reads in SQL
stands in ``queries.judging``, its words in ``words``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

OLDEST_LIKELY = 105
OLDEST_POSSIBLE = 125
YOUNGEST_MARRIED = 12
FAMILIES_A_PHONE = 4
MONTHS_SHOWN = 12
DAYS_KEPT = 62


class Severity(StrEnum):
    """An error cannot be true; a doubt may well be, and is worth a look."""

    ERROR = "error"
    DOUBT = "doubt"


class About(StrEnum):
    """What a finding is about, and so where it is mended."""

    PERSON = "person"
    FAMILY = "family"


class Fault(StrEnum):
    """Everything that is looked for. The order is the order on the board."""

    NIK_MISSING = "nik_missing"
    NIK_BIRTH_DATE = "nik_birth_date"
    NIK_SEX = "nik_sex"
    BORN_MISSING = "born_missing"
    BORN_IMPOSSIBLE = "born_impossible"
    NAME_IMPOSSIBLE = "name_impossible"
    SEX_UNKNOWN = "sex_unknown"
    RELATION_MISSING = "relation_missing"
    MARRIED_CHILD = "married_child"
    CODE_UNKNOWN = "code_unknown"
    OLDER_THAN_PARENT = "older_than_parent"
    NO_HEAD = "no_head"
    TWO_HEADS = "two_heads"
    KK_MISSING = "kk_missing"
    NIK_REGION = "nik_region"
    OVER_105 = "over_105"
    CODE_MISSING = "code_missing"
    RT_UNKNOWN = "rt_unknown"
    PHONE_SHARED = "phone_shared"


DOUBTS = frozenset(
    {
        Fault.NIK_REGION,
        Fault.OVER_105,
        Fault.CODE_MISSING,
        Fault.RT_UNKNOWN,
        Fault.PHONE_SHARED,
    }
)
OF_FAMILIES = frozenset(
    {Fault.NO_HEAD, Fault.TWO_HEADS, Fault.KK_MISSING, Fault.PHONE_SHARED}
)
BITS = {fault: 1 << place for place, fault in enumerate(Fault)}
ERRORS = sum(bit for fault, bit in BITS.items() if fault not in DOUBTS)


def severity(fault: Fault) -> Severity:
    """Say whether a fault cannot be true or may be."""
    return Severity.DOUBT if fault in DOUBTS else Severity.ERROR


def about(fault: Fault) -> About:
    """Say whether a fault is of one person or of a whole family card."""
    return About.FAMILY if fault in OF_FAMILIES else About.PERSON


def score(*, faultless: int, people: int) -> float | None:
    """Return how many in a hundred residents have a record without an error.

    An error on the family card is one of each of its members; doubts do not count.
    Nothing where nobody lives.
    """
    return 100 * faultless / people if people else None


@dataclass(frozen=True)
class Tally:
    """A count of one place: its people, those without an error, and each fault."""

    people: int
    faultless: int
    found: dict[str, int]

    @property
    def score(self) -> float | None:
        """Return the score of the place."""
        return score(faultless=self.faultless, people=self.people)

    @property
    def errors(self) -> int:
        """Return how many findings cannot be true."""
        return sum(self.found.get(fault, 0) for fault in Fault if fault not in DOUBTS)

    @property
    def doubts(self) -> int:
        """Return how many findings are worth a look."""
        return sum(self.found.get(fault, 0) for fault in DOUBTS)


def together(tallies: Iterable[Tally]) -> Tally:
    """Add up places that do not overlap."""
    rows = list(tallies)
    return Tally(
        people=sum(row.people for row in rows),
        faultless=sum(row.faultless for row in rows),
        found={fault: sum(row.found.get(fault, 0) for row in rows) for fault in Fault},
    )


def years_before(day: date, years: int) -> date:
    """Return the day so many years earlier (28 February for a leap day)."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)

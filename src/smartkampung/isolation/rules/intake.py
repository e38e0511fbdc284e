"""How many people a village and a Puskesmas can take in."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

# Defaults until somebody sets their own (``IntakeLimit``): a Puskesmas whose five
# officers each see 40 people in a morning; a village that receives 40 on one day.
MONITORED_AT_ONCE = 200
ARRIVALS_A_DAY = 40
MOST_GUESTS = 12
# Open bookings in which one name may stand before it is proved: plans change.
MOST_UNPROVEN = 3
BOOKABLE_AHEAD = timedelta(days=90)
NO_SHOW_AFTER = timedelta(days=1)
OFFER_LASTS = timedelta(hours=24)


class DateProblem(StrEnum):
    """What is wrong with a day of arrival."""

    PAST = "arrives_in_the_past"
    TOO_FAR = "arrives_too_far_ahead"


def date_problem(arrives_on: date, *, today: date) -> DateProblem | None:
    """Return why nobody can book for this day, or None."""
    if arrives_on < today:
        return DateProblem.PAST
    if arrives_on > today + BOOKABLE_AHEAD:
        return DateProblem.TOO_FAR
    return None


def is_no_show(arrives_on: date, *, today: date) -> bool:
    """Say whether people who were expected on a day are not coming any more."""
    return today > arrives_on + NO_SHOW_AFTER


def places_left(most: int, people: Iterable[int]) -> int:
    """Return how many more a limit takes, when the fullest of some days decides."""
    return max(0, most - max(people, default=0))

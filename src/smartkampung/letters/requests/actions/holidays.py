"""Load the public holidays of a year, when the decree of its ministers is there."""

from datetime import datetime

from django.db import transaction

from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused
from smartkampung.letters.requests.models import HolidayList
from smartkampung.letters.requests.rules.holidays import HolidayFaults, read_list
from smartkampung.letters.requests.words import HOLIDAY_FAULTS


class BadHolidays(Refused):
    """A list of holidays cannot be so; the message holds every reason."""

    code = "bad_holidays"


@transaction.atomic
def load_holidays(
    *, year: int, text: str, source: str, by: str, at: datetime
) -> HolidayList:
    """Let the days of a file be the holidays of a year; the latest list holds.

    ``source`` names the decree. Minutes that were counted stay. Raises BadHolidays.
    """
    try:
        days = read_list(text, year)
    except HolidayFaults as error:
        said = [str(HOLIDAY_FAULTS[fault]) % {"what": w} for fault, w in error.found]
        raise BadHolidays(" ".join(said)) from error
    row, _made = HolidayList.objects.update_or_create(
        year=year,
        defaults={
            "days": [one.kept() for one in days],
            "source": source.strip()[:200],
            "loaded_by": by,
            "loaded_at": at,
        },
    )
    record("letters.holidays_loaded", target=row, by=by, source=row.source)
    return row

"""When work is due, as one says it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smartkampung.kernel.clock import day
from smartkampung.kernel.wording import hour, long_day

HOUR = timedelta(hours=1)


class Clock(NamedTuple):
    """A clock in words, the day beside it, and how it looks."""

    words: str
    day: str
    state: str


def clock(due: datetime, at: datetime) -> Clock:
    """Return how long there is, or how late it is."""
    if due < at:
        return Clock(_late(at - due), long_day(due), "late")
    days = (day(due) - day(at)).days
    if days == 0:
        return Clock(_left(due - at), hour(due), "wait")
    if days == 1:
        return Clock(_("tomorrow"), long_day(due), "")
    words = ngettext("in %(days)d day", "in %(days)d days", days)
    return Clock(words % {"days": days}, long_day(due), "")


def _late(gone: timedelta) -> str:
    if gone.days:
        words = ngettext("%(days)d day late", "%(days)d days late", gone.days)
        return words % {"days": gone.days}
    hours = gone // HOUR
    if not hours:
        return _("late since just now")
    words = ngettext("%(hours)d hour late", "%(hours)d hours late", hours)
    return words % {"hours": hours}


def _left(left: timedelta) -> str:
    hours = left // HOUR
    if not hours:
        return _("within the hour")
    words = ngettext("%(hours)d hour left", "%(hours)d hours left", hours)
    return words % {"hours": hours}

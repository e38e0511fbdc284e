"""Words of hand-over points."""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.points.queries import Meeting
from smartkampung.aid.points.rules import Fault

FAULTS: dict[Fault, tuple[str, Promise]] = {
    Fault.ENDS_BEFORE_IT_STARTS: ("ends", _("The end is not after the beginning.")),
    Fault.NOBODY_IS_CALLED: ("areas", _("Choose at least one RT.")),
}


def place_and_hours(meeting: Meeting) -> str:
    """Return "Balai desa, 08.00–10.00 WIB", or the place alone."""
    if meeting.starts is None or meeting.ends is None:
        return meeting.place
    form = "%H.%M" if (get_language() or "id").startswith("id") else "%H:%M"
    return f"{meeting.place}, {meeting.starts:{form}}–{meeting.ends:{form}} WIB"

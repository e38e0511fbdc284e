"""How much of what phones send is taken in, so that nobody fills the desks or the disk.

What was kept is counted, not how often it was sent; who sends at the same moment may
pass by a few. A phone that was ended has little room, once and for all: nobody can end
it a second time. What it sends counts as its person's of that day, so that nobody gets
room by ending phones.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.queries.devices import Caller, end_of
from smartkampung.frontline.field.models import Photo, Record
from smartkampung.intake.actions.limits import over
from smartkampung.intake.rules import Limit
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import as_job

DAY = timedelta(days=1)
FORMS_A_DAY, FORMS_AFTER_THE_END = 1_000, 300
PHOTOS_AFTER_THE_END = 200
PHOTOS_A_DAY = Limit("field.photos", 1_000, DAY)


class TooManyForms(Refused):
    """More came than somebody can fill in; what is left stays where it is."""

    code = "too_many_forms"


class TooManyPhotos(Refused):
    """One person's phone fills the disk; tomorrow it goes on."""

    code = "too_many_photos"


def must_have_room_for_form(
    caller: Caller, *, at: datetime, by_hand: bool = False
) -> None:
    """Raise TooManyForms when no other form is taken in.

    ``by_hand``: a colleague brought it, so that an ended phone has the room of a day.
    """
    rows = Record.objects.filter(staff=caller.device.staff_id)
    if caller.active or by_hand:
        most, rows = FORMS_A_DAY, rows.filter(received_at__gt=at - DAY)
    else:
        rows = rows.filter(device=caller.device, received_at__gte=end_of(caller.device))
        most = FORMS_AFTER_THE_END
    with as_job():
        if rows.count() < most:
            return
    raise TooManyForms(
        _("Very many forms came from this phone. The others stay on it for now.")
    )


def must_have_room_for_photo(
    caller: Caller, *, at: datetime, by_hand: bool = False
) -> None:
    """Raise TooManyPhotos when no other photo is taken in; ``by_hand`` as for forms."""
    device = caller.device
    if caller.active or by_hand:
        full = over(PHOTOS_A_DAY, key=str(device.staff_id), at=at)
    else:
        rows = Photo.objects.filter(device=device, received_at__gte=end_of(device))
        full = rows.count() >= PHOTOS_AFTER_THE_END
    if full:
        raise TooManyPhotos(
            _("Very many photos came from you today. The others follow tomorrow.")
        )

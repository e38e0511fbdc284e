"""Write down who was there: sheets are added, never changed."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import short_day
from smartkampung.recovery.programmes.actions.places import with_offer
from smartkampung.recovery.programmes.actions.telling import reached
from smartkampung.recovery.programmes.models import Attendance, Offer, Seat, Sheet
from smartkampung.recovery.programmes.rules.states import OfferState, SeatState

ON_SHEET = (SeatState.ACCEPTED, SeatState.ATTENDING)


class CannotAttend(Refused):
    """Nobody can have been there, or not on that day."""

    code = "cannot_attend"


class FormReused(Refused):
    """The form was sent before with other answers."""

    code = "form_reused"


USED = _("This form was already sent with other answers. Open a new one to correct it.")


def record_sheet(
    *,
    form_id: UUID,
    offer: Offer,
    on: date,
    shown: Collection[int],
    present: Collection[int],
    by: str,
    at: datetime,
) -> Sheet:
    """Write down one day: who stood on the sheet (``shown``), who of them was there.

    The same form with the same answers is one sheet. Whoever was there for the first
    time now takes part. Raises CannotAttend, FormReused, Busy.
    """
    lines = {seat: seat in set(present) for seat in shown}
    return with_offer(
        offer.pk,
        lambda: _record(Sheet(id=form_id, offer=offer, on=on, by=by, at=at), lines),
    )


def _record(sheet: Sheet, lines: dict[int, bool]) -> Sheet:
    earlier = Sheet.objects.filter(pk=sheet.pk).first()
    if earlier is not None:
        return _same_or_refuse(earlier, sheet, lines)
    offer = Offer.objects.get(pk=sheet.offer_id)
    seats = list(Seat.objects.filter(offer=offer, pk__in=lines).order_by("pk"))
    _check(offer, sheet, seats, lines)
    sheet.save(force_insert=True)
    Attendance.objects.bulk_create(
        Attendance(sheet=sheet, seat=seat, present=lines[seat.pk]) for seat in seats
    )
    for seat in seats:
        if lines[seat.pk] and seat.state == SeatState.ACCEPTED:
            seat.state = SeatState.ATTENDING
            seat.save(update_fields=["state"])
            reached(seat, "attending", sheet.at)
    record(
        "recovery.attendance",
        target=offer,
        by=sheet.by,
        region_code=offer.region_code,
        sheet=str(sheet.pk),
        on=sheet.on.isoformat(),
        present=sum(lines.values()),
    )
    return sheet


def _same_or_refuse(earlier: Sheet, sheet: Sheet, lines: dict[int, bool]) -> Sheet:
    written = dict(earlier.lines.values_list("seat_id", "present"))
    if (earlier.offer_id, earlier.on, written) != (sheet.offer_id, sheet.on, lines):
        raise FormReused(USED)
    return earlier


def _check(
    offer: Offer, sheet: Sheet, seats: list[Seat], lines: dict[int, bool]
) -> None:
    if offer.state != OfferState.OPEN:
        raise CannotAttend(_("This offer is not running, so nobody can be there."))
    if sheet.on > day(sheet.at):
        raise CannotAttend(
            _("This day has not come yet. Choose today or an earlier day.")
        )
    if not offer.starts_on <= sheet.on <= offer.ends_on:
        raise CannotAttend(
            _("The offer runs from %(first)s to %(last)s. Choose a day of it.")
            % {"first": short_day(offer.starts_on), "last": short_day(offer.ends_on)}
        )
    if not lines:
        raise CannotAttend(_("Nobody has accepted yet, so there is nothing to write."))
    if len(seats) < len(lines) or any(seat.state not in ON_SHEET for seat in seats):
        raise CannotAttend(
            _("Somebody on this sheet takes no part any more. Open the sheet again.")
        )

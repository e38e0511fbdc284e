"""What the code in an address opens, as every page of a booking shows it."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from smartkampung.isolation.booking.queries import Followed, reservation_by_code
from smartkampung.isolation.booking.words import ENTRY_POINTS
from smartkampung.isolation.queries.waiting import place_in_order
from smartkampung.isolation.rules.states import EntryPoint, ReservationState, Setting
from smartkampung.kernel.clock import now
from smartkampung.regions.queries import places
from smartkampung.web.isolation_booking.timeline import ended_early, lines_of, tag_of

State = ReservationState
MAY_CHANGE = (State.WAITING, State.BOOKED)
MAY_CANCEL = (State.WAITING, State.HELD, State.BOOKED)


def opened_or_404(code: str) -> Followed:
    """Return the booking, or answer as for any page that does not exist."""
    found = reservation_by_code(code, at=now())
    if found is None:
        raise Http404
    return found


def told(code: str, found: Followed) -> dict[str, Any]:
    """Return what a page says to whoever holds the code: no name, no number."""
    row = found.row
    state = State(row.state)
    waits = state == State.WAITING
    colour, word = tag_of(state, ended_early=ended_early(found))
    return {
        "code": code,
        "row": row,
        "tag": {"state": colour, "text": word},
        "where": where(found),
        "people": found.people,
        "entry": ENTRY_POINTS[EntryPoint(row.entry_point)],
        "lines": lines_of(found, place_in_order=place_in_order(row) if waits else None),
        "held": state == State.HELD,
        "isolates": found.isolates,
        "let_go": found.let_go,
        "waits": waits,
        "may_change": state in MAY_CHANGE,
        "may_cancel": state in MAY_CANCEL,
        "may_confirm": found.may_confirm and state in MAY_CANCEL,
    }


def where(found: Followed) -> str:
    """Return the place in a line: a house in full, of a home the village only."""
    row = found.row
    if ended_early(found):
        return _("No place is kept here any more")
    village = places([row.region_code])[row.region_code].village
    if row.setting == Setting.HOME:
        return _("At home in %(village)s") % {"village": village}
    if row.house is None:
        return _("Not settled yet")
    parts = (row.house.name, row.house.address, village)
    return ", ".join(part for part in parts if part)

"""Where a booking is, who acts next and by when; no names, no health."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from smartkampung.isolation.booking.queries import Followed
from smartkampung.isolation.rules.states import ReservationState, Setting
from smartkampung.kernel.wording import long_day, moment

State = ReservationState
OVER = (State.CANCELLED, State.EXPIRED, State.NO_SHOW)


@dataclass(frozen=True)
class Line:
    """One line as the timeline component takes it."""

    state: str
    title: str
    when: str = ""
    note: str = ""


def ended_early(found: Followed) -> bool:
    """Say whether it has ended, and nobody of them was let go with a letter."""
    return found.row.state == State.ENDED and not found.let_go


def tag_of(state: ReservationState, *, ended_early: bool = False) -> tuple[str, str]:
    """Return the colour and the word for where a booking stands."""
    if ended_early:
        return "off", _("ended before its time")
    words = {
        State.WAITING: ("wait", _("on the waiting list")),
        State.HELD: ("wait", _("a place is offered")),
        State.BOOKED: ("ok", _("a place is booked")),
        State.ARRIVED: ("ok", _("arrived")),
        State.ENDED: ("ok", _("finished")),
        State.CANCELLED: ("off", _("cancelled")),
        State.EXPIRED: ("off", _("the offer has ended")),
        State.NO_SHOW: ("off", _("released, because nobody came")),
    }
    return words[state]


def lines_of(found: Followed, *, place_in_order: int | None) -> list[Line]:
    """Return the whole way, from the booking to the letter."""
    row = found.row
    state = State(row.state)
    if state in OVER:
        ended = moment(row.ended_at) if row.ended_at else ""
        return [_asked(found), Line("done", tag_of(state)[1].capitalize(), ended)]
    if ended_early(found):
        return [_asked(found), *_cut_short(found)]
    return [
        _asked(found),
        *_waiting(found, state, place_in_order),
        _arrival(found, state),
        _fortnight(found, state),
        _letter(found, state),
    ]


def _asked(found: Followed) -> Line:
    return Line("done", _("Booking received"), moment(found.row.made_at))


def _cut_short(found: Followed) -> list[Line]:
    """Return how it went when it ended early; why is told to the family, not here."""
    row = found.row
    came = [stay.present_at for stay in found.stays if stay.present_at]
    note = _("The Puskesmas or the village tells the family how it goes on.")
    if row.centre is not None:
        note = _("%(centre)s tells the family how it goes on.") % {
            "centre": row.centre.name
        }
    ended = moment(row.ended_at) if row.ended_at else ""
    arrived = [Line("done", _("You arrived"), long_day(min(came)))] if came else []
    return [*arrived, Line("done", _("Isolation ended before its time"), ended, note)]


def _waiting(
    found: Followed, state: ReservationState, place_in_order: int | None
) -> list[Line]:
    row = found.row
    if state == State.WAITING:
        note = _("Number %(number)d in the order of asking.") % {
            "number": place_in_order or 1
        }
        return [Line("now", _("A bed becomes free"), note=note)]
    if state == State.HELD and row.held_until:
        until = _("At the latest %(day)s") % {"day": moment(row.held_until)}
        return [Line("now", _("You take the place that is offered"), until)]
    offered = found.reached.get("offered")
    if offered:
        return [Line("done", _("A place was offered"), moment(offered))]
    return []


def _arrival(found: Followed, state: ReservationState) -> Line:
    row = found.row
    here = state in (State.ARRIVED, State.ENDED)
    step = "done" if here else "now" if state == State.BOOKED else "next"
    note = ""
    if state == State.BOOKED:
        note = _(
            "Show the code at the checkpoint. The village and the Puskesmas already "
            "expect you."
        )
    return Line(step, _("You arrive"), long_day(row.arrives_on), note)


def _fortnight(found: Followed, state: ReservationState) -> Line:
    step = {State.ARRIVED: "now", State.ENDED: "done"}.get(state, "next")
    title = _("14 days at home")
    if found.row.setting == Setting.HOUSE:
        title = _("14 days in the house")
    note = _(
        "Somebody asks every day how you are. You may also say it yourself: open this"
        " booking with its code."
    )
    return Line(step, title, note=note)


def _letter(found: Followed, state: ReservationState) -> Line:
    last = _last_day(found)
    step = "done" if state == State.ENDED else "next"
    return Line(step, _("Exit check and letter"), long_day(last) if last else "")


def _last_day(found: Followed) -> datetime | None:
    ends = [stay.during.upper for stay in found.stays if stay.during.upper]
    last: datetime | None = max(ends) - timedelta(days=1) if ends else None
    return last

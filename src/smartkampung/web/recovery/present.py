"""Turns what queries return into the plain values that templates show."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import looked
from smartkampung.kernel.clock import day
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import (
    initials,
    long_day,
    moment,
    rupiah,
    short_day,
    whole,
)
from smartkampung.recovery.programmes.rules.states import (
    Kind,
    Milestone,
    OfferState,
    Pays,
    SeatState,
    Stage,
)
from smartkampung.recovery.programmes.words import (
    KINDS,
    MILESTONES,
    OFFERS,
    PAYS,
    SEATS,
    STAGES,
)
from smartkampung.regions.queries import places

Part = dict[str, Any]
PURPOSE = "recovery.programmes"
S = SeatState


def tag_of_seat(state: str) -> Part:
    """Return the colour and the word for where somebody stands."""
    colour, text = SEATS[SeatState(state)]
    return {"state": colour, "text": text}


def tag_of_offer(state: str) -> Part:
    """Return the colour and the word for where an offer stands."""
    colour, text = OFFERS[OfferState(state)]
    return {"state": colour, "text": text}


def title_of(offer: Any) -> str:
    """Return what an offer is called in the language of the reader."""
    return either(offer.title, offer.title_en)


def text_of(offer: Any) -> str:
    """Return what people read about an offer."""
    return either(offer.text, offer.text_en)


def kind_of(offer: Any) -> str:
    """Return what kind of programme an offer is of."""
    return str(KINDS[Kind(offer.programme.kind)])


def days_of(offer: Any) -> str:
    """Return "17 Agustus 2020 - 13 September 2020"."""
    if offer.starts_on == offer.ends_on:
        return short_day(offer.starts_on)
    return f"{short_day(offer.starts_on)} – {short_day(offer.ends_on)}"


def gives(offer: Any, amount: int | None = None) -> str:
    """Return in a line what somebody gets from an offer, who comes late less of it."""
    pays = Pays(offer.pays)
    if pays == Pays.WAGE:
        return _("%(wage)s a day, for up to %(days)d days") % {
            "wage": rupiah(offer.wage),
            "days": offer.days if amount is None else amount // offer.wage,
        }
    if pays == Pays.LOAN:
        words = ngettext(
            "%(sum)s without interest, paid back in %(count)d instalment",
            "%(sum)s without interest, paid back in %(count)d monthly instalments",
            offer.loan_months,
        )
        return words % {"sum": rupiah(offer.cost_each), "count": offer.loan_months}
    if pays == Pays.GRANT:
        return _("%(sum)s, not to be paid back") % {"sum": rupiah(offer.cost_each)}
    return str(PAYS[pays])


def where(codes: Iterable[str]) -> dict[str, str]:
    """Return the words for many places, in at most one query."""
    return {
        code: place.village or place.kecamatan or _("the whole regency")
        for code, place in places(codes).items()
    }


def names_for(actor: Actor, seats: Iterable[Any]) -> dict[int, str]:
    """Return names where an officer may read them, else initials; note the look."""
    rows = list(seats)
    seen = [s for s in rows if actor.may_in(Permission.AFFECTED_VIEW, s.region_code)]
    if seen:
        looked(
            person_ids=sorted({seat.person_id for seat in seen}),
            by=actor.username,
            role=actor.role_for(Permission.AFFECTED_VIEW),
            purpose=PURPOSE,
        )
    readable = {seat.pk for seat in seen}
    return {
        seat.pk: seat.person.name if seat.pk in readable else initials(seat.person.name)
        for seat in rows
    }


def timeline(
    seat: Any, reached: dict[str, datetime], milestones: dict[str, date]
) -> list[Part]:
    """Return the way through a programme: what was, what is, what comes."""
    state = SeatState(seat.state)
    return [
        _invited(seat, state),
        *_answered(seat, state),
        *_taking_part(seat, state, reached),
        *_milestones(milestones),
        *_ended(seat, state),
    ]


def _invited(seat: Any, state: SeatState) -> Part:
    waits = state == S.INVITED
    until = _("Answer until %(day)s") % {"day": long_day(seat.answer_by)}
    return {
        "state": "now" if waits else "done",
        "title": _("Invited"),
        "when": short_day(day(seat.invited_at)),
        "note": until if waits else "",
    }


def _answered(seat: Any, state: SeatState) -> list[Part]:
    if state == S.INVITED or (state == S.CLOSED and seat.answered_at is None):
        return []
    title = {S.REFUSED: _("Said no"), S.EXPIRED: _("No answer in time")}
    moved = seat.answered_at or seat.ended_at
    return [
        {
            "state": "done",
            "title": title.get(state, _("Said yes")),
            "when": moment(moved) if moved else "",
            "note": seat.reason if state == S.REFUSED else "",
        }
    ]


def _taking_part(
    seat: Any, state: SeatState, reached: dict[str, datetime]
) -> list[Part]:
    if state in (S.REFUSED, S.EXPIRED):
        return []
    lines = []
    if "handed_over" in reached:
        lines.append(_line(_("Money handed over"), moment(reached["handed_over"])))
    began = reached.get("attending")
    if began:
        lines.append(_line(_("First day"), short_day(day(began))))
    elif state in (S.INVITED, S.ACCEPTED):
        now = "now" if state == S.ACCEPTED else "next"
        lines.append(
            {
                "state": now,
                "title": _("It begins"),
                "when": long_day(seat.offer.starts_on),
                "note": seat.offer.venue,
            }
        )
    return lines


def _line(title: str, when: str, note: str = "") -> Part:
    return {"state": "done", "title": title, "when": when, "note": note}


def _milestones(milestones: dict[str, date]) -> list[Part]:
    ordered = sorted(milestones.items(), key=lambda item: item[1])
    return [
        _line(str(MILESTONES[Milestone(what)]), short_day(on)) for what, on in ordered
    ]


def _ended(seat: Any, state: SeatState) -> list[Part]:
    ended = moment(seat.ended_at) if seat.ended_at else ""
    if state == S.FINISHED:
        return [_line(_("Finished"), ended)]
    if state == S.DROPPED:
        return [_line(_("Gave up"), ended, seat.reason)]
    if state == S.CLOSED:
        note = _("%(reason)s You come first in the next offer of this kind.")
        # A reason that somebody typed ends with a full stop or not.
        reason = seat.reason if seat.reason.endswith(".") else f"{seat.reason}."
        return [
            _line(
                _("The offer was closed before its end"),
                ended,
                note % {"reason": reason},
            )
        ]
    if state in (S.ACCEPTED, S.ATTENDING):
        return [
            {
                "state": "now" if state == S.ATTENDING else "next",
                "title": _("Until the end"),
                "when": long_day(seat.offer.ends_on),
            }
        ]
    return []


def outcome_lines(outcomes: Iterable[Any]) -> list[Part]:
    """Return what somebody earned at each stage."""
    return [
        {
            "name": STAGES[Stage(one.stage)],
            "value": f"{rupiah(one.income)} ({short_day(one.on)})"
            + (f" · {one.note}" if one.note else ""),
        }
        for one in outcomes
    ]


def why_not_paid(form: Any) -> str:
    """Return what is wrong with the form of a payment, in a sentence."""
    if "receipt" in form.errors:
        return _("Type the number of the receipt, or a note that proves it.")
    return _("Open the page again and press once more.")


def shown(numbers: Mapping[str, int | None], key: str, *, money: bool = False) -> str:
    """Return a figure; a dash where it is hidden, nothing where there is none."""
    if key not in numbers:
        return ""
    value = numbers[key]
    if value is None:
        return "–"
    return rupiah(value) if money else whole(value)

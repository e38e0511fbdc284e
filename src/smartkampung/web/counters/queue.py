"""The day at the counter: the queue, who is next, walk-ins and bookings at the desk."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.reopening.counters.actions import booking as actions
from smartkampung.reopening.counters.actions import serving
from smartkampung.reopening.counters.queries import offices
from smartkampung.reopening.counters.queries.places import next_day_of, offers
from smartkampung.reopening.counters.rules.states import OPEN, First, State, Way
from smartkampung.reopening.counters.words import FIRST
from smartkampung.web.counters.present import name_of, number_of, span, tag_of
from smartkampung.web.counters.staff_forms import BookForm, DeskForm, read_day
from smartkampung.web.counters.staff_forms import slots as choices_of
from smartkampung.web.counters.words import MARKS
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.typed import row_id

SERVE = Permission.COUNTER_SERVE
LETTERS = "letters_service:counter"


@staff_page(SERVE)
def day(request: StaffRequest, counter_id: int) -> HttpResponse:
    """Show the queue of a day in the order in which people are called."""
    return _day(request, counter_id)


@staff_page(SERVE, "POST")
def call_next(request: StaffRequest, counter_id: int) -> HttpResponse:
    """Call who is next of those who are there."""
    counter = offices.counter_for(request.actor, counter_id)
    try:
        row = serving.call_next(counter=counter, at=now(), by=request.actor.username)
    except Refused as refusal:
        if _for_letters(request):
            messages.info(request, str(refusal.message), "wait")
            return redirect(LETTERS)
        return _day(request, counter_id, refusal)
    messages.success(
        request, _("Called: %(number)s") % {"number": number_of(row)}, "ok"
    )
    return _back(request, counter_id)


@staff_page(SERVE, "POST")
def mark(request: StaffRequest, booking_id: int) -> HttpResponse:
    """Mark where somebody is: there, called, served, missed, gone."""
    row = offices.booking_for(request.actor, booking_id)
    asked = request.POST.get("state", "")
    try:
        if asked in MARKS:
            serving.mark(
                booking=row, state=State(asked), at=now(), by=request.actor.username
            )
    except Refused as refusal:
        return _day(request, row.counter_id, refusal)
    return _back(request, row.counter_id)


def _for_letters(request: StaffRequest) -> bool:
    """Say whether somebody is called from the counter for letters."""
    return request.POST.get("back") == "letters"


def _back(request: StaffRequest, counter_id: int) -> HttpResponse:
    """Lead back to where the button stood."""
    if _for_letters(request):
        return redirect(LETTERS)
    return redirect("counters_staff:day", counter_id)


@staff_page(SERVE, "GET", "HEAD", "POST")
def end(request: StaffRequest, counter_id: int) -> HttpResponse:
    """Ask whether the queue of today is to be closed, and close it."""
    counter = offices.counter_for(request.actor, counter_id)
    if request.method != "POST":
        return _end(request, counter)
    try:
        ended = serving.end_day(
            counter=counter, on=today(), at=now(), by=request.actor.username
        )
    except Refused as refusal:
        return _day(request, counter_id, refusal)
    words = _("The day is closed. Did not come: %(count)s") % {"count": ended.missed}
    if ended.left:
        left = _("Went home without being served: %(count)s") % {"count": ended.left}
        words = f"{words}. {left}"
    messages.success(request, words, "ok")
    return redirect("counters_staff:day", counter_id)


def _end(request: StaffRequest, counter: Any) -> HttpResponse:
    """Say what closing the day would write of whom."""
    rows = [row for row in offices.queue_of(counter, today()) if row.state in OPEN]
    context = {
        "counter": counter,
        "where": name_of(counter),
        "absent": [number_of(row) for row in rows if row.arrived_at is None],
        "there": [number_of(row) for row in rows if row.arrived_at is not None],
    }
    return render(request, "counters_staff/end.html", context)


@staff_page(SERVE, "GET", "POST")
def walk_in(request: StaffRequest, counter_id: int) -> HttpResponse:
    """Give somebody at the door the earliest place of today."""
    counter = offices.counter_for(request.actor, counter_id)
    form = DeskForm(request.POST or None, counter=counter)
    return _desk(request, counter, form, title=_("Somebody walks in"))


@staff_page(SERVE, "GET", "POST")
def book(request: StaffRequest, counter_id: int) -> HttpResponse:
    """Book a later time for somebody at the desk, with or without a phone."""
    counter = offices.counter_for(request.actor, counter_id)
    form = BookForm(request.POST or None, counter=counter)
    return _desk(request, counter, form, title=_("Book at the desk"))


@staff_page(SERVE)
def booking(request: StaffRequest, booking_id: int) -> HttpResponse:
    """Show one booking: who, what for, and what may be done."""
    return _booking(request, booking_id)


@staff_page(SERVE, "POST")
def phone(request: StaffRequest, booking_id: int) -> HttpResponse:
    """Show the phone of a booking, to call; who looked is written down."""
    row = offices.booking_for(request.actor, booking_id)
    number = serving.read_phone(booking=row, by=request.actor.username)
    return _booking(request, booking_id, phone=number or _("No phone is known."))


@staff_page(SERVE, "POST")
def move(request: StaffRequest, booking_id: int) -> HttpResponse:
    """Move a booking to another time, as agreed with the person."""
    row = offices.booking_for(request.actor, booking_id)
    slot = row_id(request.POST.get("slot", "")) or 0
    try:
        actions.move(booking=row, slot_id=slot, at=now(), by=request.actor.username)
    except Refused as refusal:
        return _booking(request, booking_id, refusal)
    messages.success(request, _("The time is changed."), "ok")
    return redirect("counters_staff:booking", booking_id)


@staff_page(SERVE, "POST")
def cancel(request: StaffRequest, booking_id: int) -> HttpResponse:
    """Cancel a booking, as agreed with the person."""
    row = offices.booking_for(request.actor, booking_id)
    try:
        actions.cancel(booking=row, at=now(), by=request.actor.username)
    except Refused as refusal:
        return _booking(request, booking_id, refusal)
    return redirect("counters_staff:booking", booking_id)


@staff_page(SERVE)
def over(request: StaffRequest, slot_id: int) -> HttpResponse:
    """Show a time with more people than it may take now: whom to call."""
    slot = offices.slot_for(request.actor, slot_id)
    found = offices.filled(slot)
    context = {
        "counter": slot.counter,
        "where": name_of(slot.counter),
        "on": slot.on,
        "span": span(slot.starts_at, slot.ends_at),
        "places": found.places,
        "rows": [_row(row) for row in found.bookings],
    }
    return render(request, "counters_staff/over.html", context)


def _row(row: Any) -> dict[str, Any]:
    state = State(row.state)
    return {
        "pk": row.pk,
        "number": number_of(row),
        "name": row.name,
        "service": row.service,
        "first": FIRST[First(row.first)] if row.first else "",
        "way": row.way,
        "tag": tag_of(row),
        "marks": [(to.value, MARKS[to]) for to in MARKS if to in NEXT.get(state, ())],
    }


NEXT: dict[State, tuple[State, ...]] = {
    State.BOOKED: (State.ARRIVED, State.MISSED),
    State.ARRIVED: (State.CALLED, State.LEFT),
    State.CALLED: (State.SERVED, State.ARRIVED, State.MISSED),
    State.MISSED: (State.ARRIVED,),
}


def _day(
    request: StaffRequest, counter_id: int, refusal: Refused | None = None
) -> HttpResponse:
    counter = offices.counter_for(request.actor, counter_id)
    on = read_day(request.GET.get("on", ""), today())
    rows = offices.queue_of(counter, on)
    slots = offices.day_of(counter, on)
    slots_of_day = [_slot(one) for one in slots]
    context = {
        "counter": counter,
        "where": name_of(counter),
        "on": on,
        "is_today": on == today(),
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1),
        "rows": [_row(row) for row in rows],
        "slots": slots_of_day,
        "nearest": None if slots_of_day else next_day_of(counter, on),
        "goes_on": _goes_on(rows, slots),
        "too_full": any(one["over"] for one in slots_of_day),
        "counts": _counts(rows),
        "letters": request.actor.may(Permission.LETTER_SERVE),
        "may_manage": request.actor.may_in(
            Permission.COUNTER_MANAGE, counter.region_id
        ),
        "refusal": refusal.message if refusal else "",
    }
    status = 409 if refusal else 200
    return render(request, "counters_staff/day.html", context, status=status)


def _goes_on(rows: Iterable[Any], slots: Iterable[offices.Filled]) -> bool:
    """Say whether somebody waits or a time is left: else nobody is called any more."""
    waits = any(row.state in OPEN for row in rows)
    return waits or any(one.slot.ends_at > now() for one in slots)


def _slot(one: offices.Filled) -> dict[str, Any]:
    return {
        "pk": one.slot.pk,
        "span": span(one.slot.starts_at, one.slot.ends_at),
        "held": one.places.held,
        "capacity": one.places.capacity,
        "over": one.places.over,
        "percent": one.slot.percent,
    }


def _counts(rows: list[Any]) -> dict[str, int]:
    return {
        "booked": sum(row.state in OPEN for row in rows),
        "waiting": sum(row.state == State.ARRIVED for row in rows),
        "served": sum(row.state == State.SERVED for row in rows),
        "missed": sum(row.state == State.MISSED for row in rows),
    }


def _desk(
    request: StaffRequest, counter: Any, form: DeskForm, *, title: str
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = _made(request, counter, form)
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                words = _("Booked. Code to take along: %(code)s") % {"code": made.code}
                messages.success(request, words, "ok")
                return redirect("counters_staff:booking", made.booking_id)
    context = {
        "counter": counter,
        "where": name_of(counter),
        "form": form,
        "title": title,
    }
    return render(request, "counters_staff/desk.html", context, status=status)


def _made(request: StaffRequest, counter: Any, form: DeskForm) -> actions.Booked:
    clean, by = form.cleaned_data, request.actor.username
    if not isinstance(form, BookForm):
        return serving.walk_in(
            counter=counter,
            service=clean["service"],
            name=clean["name"],
            first=form.comes_first,
            key=clean["key"].hex,
            at=now(),
            by=by,
        )
    wish = actions.Wish(
        slot_id=int(clean["slot"]),
        service=clean["service"],
        name=clean["name"],
        phone=clean["phone"],
        first=form.comes_first,
    )
    return actions.book(wish, key=clean["key"].hex, at=now(), by=by, way=Way.DESK)


def _booking(
    request: StaffRequest,
    booking_id: int,
    refusal: Refused | None = None,
    *,
    phone: str = "",
) -> HttpResponse:
    row = offices.booking_for(request.actor, booking_id)
    may_change = row.state == State.BOOKED and row.slot.starts_at > now()
    found = (
        offers(row.counter_id, first=bool(row.first), at=now(), but=row.pk)
        if may_change
        else []
    )
    context = {
        "row": _row(row),
        "counter": row.counter,
        "where": name_of(row.counter),
        "on": row.on,
        "span": span(row.slot.starts_at, row.slot.ends_at),
        "slot_id": row.slot_id,
        "has_phone": row.phone is not None,
        "phone": phone,
        "may_change": may_change,
        "slots": choices_of(found),
        "refusal": refusal.message if refusal else "",
    }
    status = 409 if refusal else 200
    return render(request, "counters_staff/booking.html", context, status=status)

"""The page that the code of a booking opens: when, which number, move, cancel."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from smartkampung.documents.qr import qr_svg
from smartkampung.kernel.clock import day, now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import long_day
from smartkampung.reopening.counters.actions import booking as actions
from smartkampung.reopening.counters.queries.followed import (
    booking_by_code,
    counter_on_the_wall,
    wall_of,
)
from smartkampung.reopening.counters.queries.offices import day_of
from smartkampung.reopening.counters.queries.places import next_day_of, offers
from smartkampung.reopening.counters.rules.states import State
from smartkampung.web.counters.forms import times
from smartkampung.web.counters.present import (
    name_of,
    number_of,
    office_of,
    span,
    tag_of,
)
from smartkampung.web.counters.views import OPENED, OPENED_BY_ALL
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.typed import row_id


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def booking(request: HttpRequest, code: str) -> HttpResponse:
    """Show a booking to whoever holds its code: no name, no phone."""
    return _page(request, code)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Ask whether the place is given back, then give it back."""
    row = _found(code)
    if request.method != "POST":
        if not _may_change(row, now()):
            return redirect("counters:booking", code)
        return render(request, "counters/cancel.html", _told(code, row))
    try:
        actions.cancel(booking=row, at=now())
    except Refused as refusal:
        return _page(request, code, refusal)
    messages.success(
        request, _("The booking is cancelled. Somebody else can come."), "ok"
    )
    return redirect("counters:booking", code)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Choose another day, then a time; the old time stands until then."""
    row = _found(code)
    at = now()
    if not _may_change(row, at):
        return redirect("counters:booking", code)
    if request.method != "POST":
        return _moving(request, code, row)
    slot = row_id(request.POST.get("slot", ""))
    if slot is None:
        return _moving(request, code, row, _("Choose a time from the list."), 422)
    try:
        actions.move(booking=row, slot_id=slot, at=at)
    except Refused as refusal:
        return _moving(request, code, row, str(refusal.message), 409)
    messages.success(request, _("The time is changed."), "ok")
    return redirect("counters:booking", code)


@public_page()
def wall(request: HttpRequest, counter_id: int) -> HttpResponse:
    """Show the numbers of today on a television: who is called, who waits; no name."""
    counter = counter_on_the_wall(counter_id)
    if counter is None:
        raise Http404
    at = now()
    found = wall_of(counter, day(at))
    closed = not any(one.places.capacity for one in day_of(counter, day(at)))
    context = {
        "closed": closed,
        "next_day": next_day_of(counter, day(at)) if closed else None,
        "today": day(at),
        "office": office_of(counter),
        "counter": counter,
        "called": [number_of(row) for row in found.called],
        "waiting": [number_of(row) for row in found.waiting],
        "at": at,
    }
    return render(request, "counters/wall.html", context)


def _found(code: str) -> Any:
    row = booking_by_code(code, at=now())
    if row is None:
        raise Http404
    return row


def _may_change(row: Any, at: datetime) -> bool:
    return bool(row.state == State.BOOKED and row.slot.starts_at > at)


def _told(code: str, row: Any) -> dict[str, Any]:
    at = now()
    link = f"{settings.SITE_URL}{reverse('counters:booking', args=[code])}"
    return {
        "code": code,
        "number": number_of(row),
        "tag": tag_of(row),
        "where": name_of(row.counter),
        "service": row.service,
        "on": row.on,
        "span": span(row.slot.starts_at, row.slot.ends_at),
        "may_change": _may_change(row, at),
        "waits": row.state == State.ARRIVED,
        "called": row.state == State.CALLED,
        "missed": row.state == State.MISSED,
        "served": row.state == State.SERVED,
        "called_off": row.called_off,
        "cancelled": row.state == State.CANCELLED and not row.called_off,
        "first": bool(row.first),
        "wall": reverse("counters:wall", args=[row.counter_id]),
        "link": link,
        "qr": qr_svg(link),
    }


def _page(
    request: HttpRequest, code: str, refusal: Refused | None = None
) -> HttpResponse:
    context = _told(code, _found(code))
    context["refusal"] = refusal.message if refusal else ""
    status = 409 if refusal else 200
    return render(request, "counters/booking.html", context, status=status)


def _moving(
    request: HttpRequest, code: str, row: Any, problem: str = "", status: int = 200
) -> HttpResponse:
    found = offers(row.counter_id, first=bool(row.first), at=now(), but=row.pk)
    asked = request.GET.get("on", "")
    days = {one.on: long_day(one.on) for one in found if one.free}
    context = _told(code, row) | {
        "problem": problem,
        "days": [(on.isoformat(), words) for on, words in days.items()],
        "asked": asked,
        "asked_words": next(
            (w for on, w in days.items() if on.isoformat() == asked), ""
        ),
        "times": times([one for one in found if one.on.isoformat() == asked]),
        "as_of": now(),
    }
    return render(request, "counters/move.html", context, status=status)

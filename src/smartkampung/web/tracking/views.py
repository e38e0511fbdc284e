"""Pages that a tracking code opens."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from smartkampung.aid.rules.report import Step
from smartkampung.documents.qr import qr_svg
from smartkampung.intake.queries import case_by_code
from smartkampung.intake.rules import Limit
from smartkampung.isolation.booking.queries import reservation_by_code
from smartkampung.kernel.clock import now
from smartkampung.reopening.counters.queries.followed import booking_by_code
from smartkampung.web.code_door import Door, at_the_door
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.tracking.family import ahead_for_family
from smartkampung.web.tracking.followed import followed_or_404
from smartkampung.web.tracking.forms import CodeForm
from smartkampung.web.tracking.paper import link_to, slip_document
from smartkampung.web.tracking.timeline import timeline_of

OPENED = Limit("tracking.opened", 300, timedelta(minutes=10))
OPENED_BY_ALL = Limit("tracking.opened_by_all", 24_000, timedelta(minutes=1))
# Cases of other kinds stand on pages of their own; a text names this door for all.
ELSEWHERE = {
    "affected.registration": "affected:follow",
    "letters.request": "letters_ask:follow",
    "places.event": "protocols:follow_event",
    "places.place": "protocols:mine",
    "places.complaint": "protocols:complaint",
    "recovery": "recovery:case",
}
DOOR = Door(
    title=_("Follow a report"),
    form=CodeForm,
    opens=lambda code: case_by_code(code, at=now()),
    leads_to="tracking:case",
    button=_("Show my report"),
    hint=_("No code left? The village office can look your report up with your KTP."),
)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def find(request: HttpRequest) -> HttpResponse:
    """Ask for a code; a code that opens something leads there."""
    return at_the_door(request, DOOR)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Show where a report is; to the family that proved itself, what truly comes next.

    The code of a booking, or of another kind of case, leads on to its own page: people
    keep one kind of code.
    """
    if reservation_by_code(code, at=now()) is not None:
        return redirect("stay:case", code)
    if booking_by_code(code, at=now()) is not None:
        return redirect("counters:booking", code)
    found = case_by_code(code, at=now())
    if found and found.kind in ELSEWHERE:
        return redirect(ELSEWHERE[found.kind], code)
    followed = followed_or_404(code)
    context = {
        "code": code,
        "timeline": timeline_of(followed, at=now()),
        "due_on": followed.due_on,
        "ahead": ahead_for_family(request, followed, at=now()),
        "handed_over": Step.HANDED_OVER in followed.reached,
    }
    return render(request, "tracking/case.html", context)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a reporter takes home: the code, its link and QR, what comes next."""
    followed = followed_or_404(code)
    link = link_to(code)
    context = {
        "code": code,
        "link": link,
        "qr": qr_svg(link),
        "sent_at": followed.opened_at,
        "due_on": followed.due_on,
        "timeline": timeline_of(followed, at=now()),
    }
    return render(request, "tracking/slip.html", context)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def slip_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Return the slip as a PDF to keep or to print."""
    content = slip_document(code, followed_or_404(code), at=now())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="slip.pdf"'
    return response

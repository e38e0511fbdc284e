"""Tell of a share that was taken, without a name; follow the answer with a code."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from smartkampung.aid.complaints.actions import complain
from smartkampung.aid.complaints.queries import by_code
from smartkampung.aid.complaints.rules import Kind
from smartkampung.aid.complaints.words import KINDS
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.web.aid_complaints.forms import (
    ComplaintCodeForm,
    ComplaintForm,
    fresh_form,
)
from smartkampung.web.aid_staff import present
from smartkampung.web.code_door import Door, at_the_door
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page

OPENED = Limit("complaint.opened", 120, timedelta(minutes=10))
OPENED_BY_ALL = Limit("complaint.opened_by_all", 6_000, timedelta(minutes=1))
SENT = Limit("complaint.sent", 20, timedelta(minutes=10))
SENT_BY_ALL = Limit("complaint.sent_by_all", 600, timedelta(minutes=1))
DOOR = Door(
    title=_("Follow a complaint"),
    form=ComplaintCodeForm,
    opens=by_code,
    leads_to="complaint:follow",
    back=("complaint:form", _("Somebody took a share of aid")),
)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def form(request: HttpRequest) -> HttpResponse:
    """Show the form."""
    return _form(request, fresh_form())


@limited(address=SENT, everybody=SENT_BY_ALL)
@never_cache
@public_page("POST")
def send(request: HttpRequest) -> HttpResponse:
    """Take the complaint in, and lead to its page."""
    filled = ComplaintForm(request.POST)
    if not filled.is_valid():
        return _form(request, filled, status=422)
    try:
        code = complain(told=filled.told(), at=now())
    except Refused as refusal:
        filled.add_error(None, str(refusal.message))
        return _form(request, filled, status=409)
    return redirect("complaint:follow", code)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def find(request: HttpRequest) -> HttpResponse:
    """Ask for a code; one that opens something leads there."""
    return at_the_door(request, DOOR)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Show by when a complaint is answered, or the answer; not what was told."""
    row = by_code(code)
    if row is None:
        raise Http404
    programme = row.programme
    context = {
        "code": code,
        "row": row,
        "kind": KINDS[Kind(row.kind)],
        "place": present.where([row.region_code])[row.region_code],
        "programme": either(programme.name, programme.name_en) if programme else "",
        "late": row.answered_at is None and row.due_at < now(),
    }
    return render(request, "aid_complaints/follow.html", context)


def _form(
    request: HttpRequest, filled: ComplaintForm, *, status: int = 200
) -> HttpResponse:
    return render(request, "aid_complaints/form.html", {"form": filled}, status=status)

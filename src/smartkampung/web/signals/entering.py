"""Write down the two numbers of a day."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.reopening.signals.actions.reporting import Subject, report_day
from smartkampung.reopening.signals.queries.here import regency_for
from smartkampung.reopening.signals.queries.reports import places_for
from smartkampung.reopening.signals.rules.kinds import Kind
from smartkampung.reopening.signals.words import KINDS
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.signals.forms import ReportForm

# Where a refusal that asks for something is shown.
ASKED = {"correction_needs_reason": "reason", "place_is_strange": "new_place"}
ENTER = Permission.SIGNAL_ENTER


def kind_of(text: str) -> Kind:
    """Return the kind that an address names; 404 for what is none."""
    if text not in list(Kind):
        raise Http404
    return Kind(text)


@staff_page(ENTER, "GET", "HEAD", "POST")
def enter(request: StaffRequest, kind: str) -> HttpResponse:
    """Enter the numbers of one place on one day."""
    region, known = regency_for(request.actor, ENTER), kind_of(kind)
    if request.method != "POST":
        first = {name: request.GET.get(name, "") for name in ("on", "place")}
        initial = {
            "on": today(),
            **{name: text for name, text in first.items() if text},
        }
        return _page(request, ReportForm(kind=known, today=today(), initial=initial))
    form = ReportForm(request.POST, kind=known, today=today())
    if not form.is_valid():
        return _page(request, form, status=422)
    told = form.cleaned_data
    try:
        report_day(
            about=Subject(known, region, told.get("place", "").strip(), told["on"]),
            numbers=form.numbers,
            source=told["source"],
            reason=told["reason"],
            new_place=told["new_place"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(ASKED.get(refusal.code), str(refusal.message))
        return _page(request, form, status=409)
    messages.success(request, _("Written down, in your name."), "ok")
    return redirect("signals:reports", known.value)


def _page(
    request: StaffRequest, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    if not form.doubtful:
        del form.fields["sure"]
    if not form.data.get("new_place") and "new_place" not in form.errors:
        del form.fields["new_place"]
    context = {
        "form": form,
        "kind": form.kind.value,
        "title": KINDS[form.kind],
        "places": places_for(request.actor, form.kind),
    }
    return render(request, "signals/enter.html", context, status=status)

"""Official colours of the regency: what officials said, with its source; never ours."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.regions.queries import names
from smartkampung.reopening.guidance.rules.kinds import Colour
from smartkampung.reopening.signals.actions.colours import write_colour
from smartkampung.reopening.signals.queries.here import regency_for
from smartkampung.reopening.signals.queries.reports import colours_of
from smartkampung.reopening.signals.words import COLOURS
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.signals.forms import ColourForm

LISTED = 60
STATES = {
    Colour.GREEN: "ok",
    Colour.YELLOW: "wait",
    Colour.ORANGE: "wait",
    Colour.RED: "late",
}


@staff_page(Permission.SIGNAL_VIEW)
def colours(request: StaffRequest) -> HttpResponse:
    """List official colours; who enters signals can add one."""
    region = regency_for(request.actor)
    return _page(request, region, ColourForm(initial={"on": today()}))


@staff_page(Permission.SIGNAL_ENTER, "POST")
def add(request: StaffRequest) -> HttpResponse:
    """Write an official colour down."""
    region = regency_for(request.actor, Permission.SIGNAL_ENTER)
    form = ColourForm(request.POST)
    if not form.is_valid():
        return _page(request, region, form, status=422)
    try:
        write_colour(
            told=form.told(region, names([region]).get(region, region)),
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        needs = refusal.code == "correction_needs_reason"
        form.add_error("reason" if needs else None, str(refusal.message))
        return _page(request, region, form, status=409)
    messages.success(request, _("Written down, in your name."), "ok")
    return redirect("signals:colours")


def _page(
    request: StaffRequest, region: str, form: ColourForm, *, status: int = 200
) -> HttpResponse:
    rows = colours_of(region)[:LISTED]
    context = {
        "form": form,
        "name": names([region]).get(region, region),
        "rows": [
            {
                "row": row,
                "colour": COLOURS[row.colour],
                "state": STATES[Colour(row.colour)],
            }
            for row in rows
        ],
        "may_enter": request.actor.may(Permission.SIGNAL_ENTER),
    }
    return render(request, "signals/colours.html", context, status=status)

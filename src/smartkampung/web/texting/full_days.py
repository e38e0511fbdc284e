"""A day whose answers to texts were used up: what happened, and that somebody looked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.frontline.texting.actions.full_day import have_looked
from smartkampung.frontline.texting.queries.full_days import full_day_for, texts_of
from smartkampung.kernel.wording import long_day, moment, whole
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(Permission.JOBS_VIEW, "GET", "POST")
def full_day(request: StaffRequest, pk: int) -> HttpResponse:
    """Show how many wrote on that day, and take down that somebody looked into it."""
    row = full_day_for(request.actor, pk)
    if request.method == "POST":
        first = have_looked(full_day=row, by=request.actor.username)
        said = _("It is written down that you looked into it.")
        messages.success(request, said if first else _("A colleague did before."), "ok")
        return redirect("staff_home")
    counted = texts_of(row)
    context = {
        "row": row,
        "day": long_day(row.on),
        "since": moment(row.since),
        "most": whole(row.most),
        "numbers": [
            (whole(counted.texts), _("texts came in that day")),
            (whole(counted.unanswered), _("of them without an answer")),
            (whole(counted.phones), _("phones wrote")),
            (whole(counted.most_of_one), _("texts came from one phone, at most")),
        ],
    }
    return render(request, "texting/full_day.html", context)

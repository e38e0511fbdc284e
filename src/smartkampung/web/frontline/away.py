"""Going away while a colleague stands in."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.actions.covers import (
    agree_to_stand_in,
    end_cover,
    let_stand_in,
)
from smartkampung.accounts.queries import Staff
from smartkampung.accounts.queries.covers import (
    covers_of,
    described,
    own_cover,
    past_covers_of,
    who_could_stand_in_for,
)
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.web.accounts.fresh import fresh
from smartkampung.web.frontline.forms import AwayForm
from smartkampung.web.frontline.giving import BOTH
from smartkampung.web.frontline.telling import tell_somebody
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(Permission.DESK, *BOTH)
@fresh
def away(request: StaffRequest) -> HttpResponse:
    """Show who stands in for whom, and ask somebody to stand in."""
    me = cast(Staff, request.user)
    colleagues = who_could_stand_in_for(me, on=today())
    people = described(colleagues, on=today())
    form = AwayForm(request.POST or None, people=people, today=today())
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        stand_in = colleagues.get(username=form.cleaned_data["stand_in"])
        try:
            row = let_stand_in(
                absent=me,
                stand_in=stand_in,
                since=form.cleaned_data["since"],
                until=form.until,
                by=request.actor.username,
                at=now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            status = 409
        else:
            tell_somebody(
                [stand_in.pk],
                template="staff_stand_in",
                about=f"offices.cover:{row.pk}",
                page=reverse("frontline:away"),
                by=request.actor,
            )
            said = _("%(name)s is asked. Your work stays yours until they say yes.")
            messages.success(request, said % {"name": stand_in.full_name})
            return redirect("frontline:away")
    context = {
        "form": form,
        "people": people,
        "covers": covers_of(request.actor, on=today()),
        "past": past_covers_of(request.actor, on=today()),
    }
    return render(request, "frontline/away.html", context, status=status)


@staff_page(Permission.DESK, "POST")
def agree(request: StaffRequest, cover_id: int) -> HttpResponse:
    """Say yes to standing in for a colleague."""
    cover = own_cover(request.actor, cover_id)
    try:
        agree_to_stand_in(cover=cover, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        said = _("You stand in for %(name)s in that time.")
        messages.success(request, said % {"name": cover.absent.full_name})
    return redirect("frontline:away")


@staff_page(Permission.DESK, "POST")
def come_back(request: StaffRequest, cover_id: int) -> HttpResponse:
    """End an absence before its last day, from either side."""
    cover = own_cover(request.actor, cover_id)
    end_cover(cover=cover, by=request.actor.username, at=now())
    messages.success(request, _("It is ended; this holds at once."))
    return redirect("frontline:away")

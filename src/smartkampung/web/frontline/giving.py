"""Giving one item of work to a colleague, and giving it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.frontline.offices.actions.delegating import delegate, take_back
from smartkampung.frontline.offices.queries.given import (
    is_given,
    item_for,
    may_receive,
    may_take_back,
    receivers_for,
)
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_staff.kinds import label_of, url_of
from smartkampung.web.aid_staff.present import where
from smartkampung.web.frontline.clocks import clock
from smartkampung.web.frontline.forms import ColleagueForm
from smartkampung.web.pages import StaffRequest, staff_page

BOTH = ("GET", "HEAD", "POST")


@staff_page(Permission.DESK, *BOTH)
def give(request: StaffRequest, item_id: int) -> HttpResponse:
    """Choose who does this item."""
    actor = request.actor
    row = item_for(actor, item_id)
    people = receivers_for(actor, row, on=today())
    form = ColleagueForm(request.POST or None, people=people)
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        chosen = may_receive(actor, row, on=today()).get(
            username=form.cleaned_data["to"]
        )
        try:
            delegate(item=row, to=chosen, by=actor, at=now())
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            status = 409
        else:
            given = _("%(name)s has this on their list now.")
            messages.success(request, given % {"name": chosen.full_name})
            return redirect("staff_home")
    held = is_given(row, at=now())
    may_take = held and may_take_back(actor, row, on=today())
    names = full_names({row.given_to, row.given_by})
    context = {
        "form": form,
        "people": people,
        "item": row,
        "title": label_of(row.kind),
        "url": url_of(row.kind, row.target),
        "place": where([row.region_code])[row.region_code],
        "clock": clock(row.due_at, now()),
        "given_to": names.get(row.given_to, "") if held else "",
        "given_by": names.get(row.given_by, ""),
        "may_take": may_take,
        "may_give": may_take or not held,
    }
    return render(request, "frontline/give.html", context, status=status)


@staff_page(Permission.DESK, "POST")
def give_back(request: StaffRequest, item_id: int) -> HttpResponse:
    """Give an item back to everybody who may do it."""
    row = item_for(request.actor, item_id)
    try:
        take_back(item=row, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("frontline:give", row.pk)
    messages.success(request, _("It is on the list of everybody who may do it again."))
    return redirect("staff_home")

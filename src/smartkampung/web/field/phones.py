"""What a phone sent after it was ended: a colleague decides about all of it at once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from smartkampung.accounts.queries.devices import end_of
from smartkampung.accounts.roles import Permission as P
from smartkampung.frontline.field.actions.reviewing import set_aside_all
from smartkampung.frontline.field.queries.records import (
    beside,
    came_after_the_end,
    record_for,
)
from smartkampung.frontline.field.rules.arriving import WAITING
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_staff.present import where
from smartkampung.web.field.review import FORM, worded
from smartkampung.web.free_text import no_card_number
from smartkampung.web.pages import StaffRequest, staff_page

A_PAGE = 50


class AsideForm(forms.Form):
    """Why what a phone sent does not count, and which of it."""

    note = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Who did the work reads it."),
        max_length=300,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write why it does not count.")},
    )


@staff_page(P.FIELD_REVIEW, *FORM)
def phone(request: StaffRequest, record_id: int) -> HttpResponse:
    """Show what an ended phone sent, and set it aside, one by one or all."""
    return _phone(request, record_id, health=False)


@staff_page(P.ISOLATION_HEALTH_VIEW, *FORM)
def health_phone(request: StaffRequest, record_id: int) -> HttpResponse:
    """Show what an ended phone sent and tells about health; set it aside."""
    return _phone(request, record_id, health=True)


def _phone(request: StaffRequest, record_id: int, *, health: bool) -> HttpResponse:
    row = record_for(request.actor, record_id, health=health)
    if not came_after_the_end(row):
        raise Http404
    if request.method != "POST":
        return _page(request, row, AsideForm())
    form = AsideForm(request.POST)
    rows = beside(row).filter(state__in=WAITING)
    if "all" not in request.POST:
        ticked = [one for one in request.POST.getlist("form") if one.isdecimal()]
        rows = rows.filter(pk__in=ticked[:A_PAGE])
        if form.is_valid() and not rows:
            form.add_error(None, _("Tick the forms that do not count."))
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        note, by = form.cleaned_data["note"], request.actor
        count = set_aside_all(rows=rows, note=note, by=by, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, form, status=409)
    words = ngettext(
        "%(count)d form is set aside.", "%(count)d forms are set aside.", count
    )
    messages.success(request, words % {"count": count}, "ok")
    return redirect("field:health_reviews" if health else "field:reviews")


def _page(
    request: StaffRequest, row: Any, form: AsideForm, *, status: int = 200
) -> HttpResponse:
    waiting = beside(row).filter(state__in=WAITING)
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "device": row.device,
        "person": row.staff,
        "ended_at": end_of(row.device),
        "place": where([row.region_code])[row.region_code],
        "own": row.staff_id == request.actor.staff_id,
        "page": page,
        "rows": [worded(one) for one in page],
        "form": form,
        "one": "field:review_health" if row.health else "field:review",
        "list": "field:health_reviews" if row.health else "field:reviews",
    }
    return render(request, "field/phone.html", context, status=status)

"""Who signs in place of the head, from a day until a day."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import short_day
from smartkampung.letters.catalogue.queries import kinds_offered
from smartkampung.letters.requests.actions.mandates import give_mandate, revoke_mandate
from smartkampung.letters.requests.words import MANNERS
from smartkampung.letters.service import queries
from smartkampung.regions.queries import names
from smartkampung.web.letters_staff.present import title_of
from smartkampung.web.letters_staff.ruleforms import MandateForm
from smartkampung.web.pages import StaffRequest, staff_page

RULES = Permission.LETTER_RULES


@staff_page(RULES)
def mandates(request: StaffRequest) -> HttpResponse:
    """Lead to the village of the reader."""
    codes = queries.villages_ruled(request.actor)
    if not codes:
        raise Http404
    return redirect("letters_staff:mandates_of", codes[0])


@staff_page(RULES, "GET", "HEAD", "POST")
def mandates_of(request: StaffRequest, code: str) -> HttpResponse:
    """List the mandates of a village; give one."""
    village = queries.ruled(request.actor, code)
    form = _form(village, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, village, form)
    if not form.is_valid():
        return _page(request, village, form, status=422)
    told = form.told()
    try:
        give_mandate(
            village_code=village,
            deputy=queries.deputy(told.pop("staff_id")),
            by=request.actor,
            at=now(),
            **told,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, village, form, status=409)
    messages.success(request, _("The mandate is given."), "ok")
    return redirect("letters_staff:mandates_of", village)


@staff_page(RULES, "POST")
def take_back(request: StaffRequest, mandate_id: int) -> HttpResponse:
    """Take a mandate back at once."""
    row = queries.mandate_for(request.actor, mandate_id)
    revoke_mandate(mandate=row, by=request.actor, at=now())
    messages.success(request, _("The mandate is taken back."), "ok")
    return redirect("letters_staff:mandates_of", row.village_id)


def _form(village: str, data: Any = None) -> MandateForm:
    on = today()
    return MandateForm(
        data,
        deputies=queries.deputies(village, on=on),
        kinds=kinds_offered(village, on),
    )


def _page(
    request: StaffRequest, village: str, form: MandateForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "code": village,
        "name": names([village]).get(village, village),
        "form": form,
        "items": [_item(row) for row in queries.mandates_of(request.actor, village)],
    }
    return render(request, "letters_staff/mandates.html", context, status=status)


def _item(row: Any) -> dict[str, Any]:
    on = today()
    over = row.revoked_at is not None or row.until <= on
    coming = not over and row.since > on
    state, text = ("off", _("over")) if over else ("ok", _("in force"))
    if coming:
        state, text = "wait", _("from later on")
    return {
        "row": row,
        "name": row.deputy.full_name,
        "manner": MANNERS[row.manner],
        "since": short_day(row.since),
        "last": short_day(row.until - timedelta(days=1)),
        "kinds": ", ".join(title_of(kind) for kind in row.kinds) or _("all letters"),
        "tag": {"state": state, "text": text},
        "ends": not over,
    }

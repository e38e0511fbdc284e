"""What a family without a phone agrees to, written down by the village office."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.residents import queries
from smartkampung.residents.actions.consents import change_consent
from smartkampung.residents.rules.consents import Purpose
from smartkampung.web.my_data.consents import ConsentForm, rows_of
from smartkampung.web.pages import StaffRequest, staff_page

PRINT = Permission.STATEMENT_PRINT


@staff_page(PRINT, "GET", "HEAD", "POST")
def consents(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what the family agrees to; write down what it says at the desk."""
    row = queries.person_for(
        request.actor, pk, purpose="resident.consents", permission=PRINT
    )
    if request.method != "POST":
        return _page(request, row)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Press one of the buttons below."))
        return _page(request, row, status=422)
    try:
        change_consent(
            family_id=row.family_id,
            purpose=Purpose(form.cleaned_data["purpose"]),
            given=form.cleaned_data["given"] == "yes",
            by=request.actor.username,
            at=now(),
        )
    except Refused as refusal:
        messages.info(request, str(refusal.message))
        return _page(request, row, status=409)
    messages.success(request, _("Written down. It holds from this moment."))
    return redirect("people:consents", row.pk)


def _page(
    request: StaffRequest, row: queries.Person, *, status: int = 200
) -> HttpResponse:
    context = {"row": row, "rows": rows_of(row.family_id)}
    return render(request, "people/consents.html", context, status=status)

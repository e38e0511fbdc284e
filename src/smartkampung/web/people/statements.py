"""The printed statement for a resident who comes to the village office.

For families without a phone on record this is the way to the own data.
"""

from django.http import HttpResponse
from django.shortcuts import render

from smartkampung.accounts.labels import office_words
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.regions.codes import ancestor
from smartkampung.regions.queries import names
from smartkampung.residents import queries
from smartkampung.residents.actions.copies import open_statement
from smartkampung.web.my_data.paper import statement as on_paper
from smartkampung.web.my_data.record import gather
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people.forms import StatementForm

PRINT = Permission.STATEMENT_PRINT


@staff_page(PRINT, "GET", "HEAD", "POST")
def statement(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask who is at the desk and why; print everything for that person."""
    row = queries.person_for(
        request.actor, pk, purpose="resident.page", permission=PRINT
    )
    form = StatementForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, row, form, status=422 if form.is_bound else 200)
    reason = form.cleaned_data["reason"]
    try:
        copy = open_statement(person=row, reason=reason, by=request.actor)
    except Refused as refusal:
        form.add_error("reason", str(refusal.message))
        return _page(request, row, form, status=422)
    content = on_paper(gather(copy, at=now()), printed_by=_office(request, row))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="statement.pdf"'
    return response


def _office(request: StaffRequest, row: queries.Person) -> str:
    role = office_words(request.actor.role_for(PRINT))
    code = ancestor(row.region_code, "village")
    return f"{role}, {names([code]).get(code, code)}"


def _page(
    request: StaffRequest,
    row: queries.Person,
    form: StatementForm,
    *,
    status: int,
) -> HttpResponse:
    context = {"row": row, "form": form, "phone": row.family.phone is not None}
    return render(request, "people/statement.html", context, status=status)

"""Find people: by NIK, or by name, birth and place. Nothing typed enters an address."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import today
from smartkampung.residents import queries
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people import areas, present
from smartkampung.web.people.benefits import benefits_card
from smartkampung.web.people.forms import NikForm, SearchForm
from smartkampung.web.typed import row_id

FIND = Permission.RESIDENT_FIND


@staff_page(FIND)
def find(request: StaffRequest) -> HttpResponse:
    """Show the two ways to find somebody."""
    search = SearchForm(regions=areas.choices(request.actor))
    waiting = queries.open_nik_claims(request.actor).count()
    context = {"nik_form": NikForm(), "form": search, "waiting": waiting}
    return render(request, "people/find.html", context)


@staff_page(FIND, "POST")
def by_nik(request: StaffRequest) -> HttpResponse:
    """Show whose NIK this is, and at once what the family already gets."""
    form = NikForm(request.POST)
    context: dict[str, Any] = {"form": form}
    if not form.is_valid():
        return render(request, "people/by_nik.html", context, status=422)
    person = queries.find_by_nik(request.actor, form.cleaned_data["nik"])
    context |= {"form": NikForm(), "asked": True}
    if person is not None:
        context |= {"line": present.lines([person])[0]}
        context |= benefits_card(request.actor, person.family_id, person, on=today())
    return render(request, "people/by_nik.html", context)


@staff_page(FIND, "POST")
def by_name(request: StaffRequest) -> HttpResponse:
    """Show who fits, the nearest spelling first."""
    form = SearchForm(request.POST, regions=areas.choices(request.actor))
    if not form.is_valid():
        return render(request, "people/by_name.html", {"form": form}, status=422)
    page = row_id(request.POST.get("page", "")) or 1
    found = queries.search(request.actor, form.wanted(), page=page)
    context = {"form": form, "found": found, "lines": present.lines(found.people)}
    return render(request, "people/by_name.html", context)

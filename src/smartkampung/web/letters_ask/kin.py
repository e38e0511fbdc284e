"""Who died lived alone on their card: somebody of another card asks, with an officer."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from smartkampung.kernel.clock import day, now
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.catalogue.rules.kinds import Subject
from smartkampung.letters.requests.queries.household import (
    Household,
    household_for,
    kin_household_for,
)
from smartkampung.letters.requests.queries.requests import PURPOSE
from smartkampung.residents.queries import Person, find_by_nik
from smartkampung.web.letters_ask.assist import ASK, asking
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people.forms import NikForm


@never_cache
@staff_page(ASK, "GET", "HEAD", "POST")
def asker(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """Find who asks about somebody who died, and stands on another card."""
    household = household_for(request.actor, pk)
    wording = wording_for(kind, household.village, day(now()))
    if wording is None or Subject.DECEASED not in wording.kind.who.subjects:
        raise Http404
    form = NikForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = find_by_nik(request.actor, form.cleaned_data["nik"], purpose=PURPOSE)
        wrong = _cannot_ask(found, household)
        if found and not wrong:
            return redirect("letters_assist:ask_kin", pk, kind, found.pk)
        form.add_error("nik", str(wrong))
    context = {
        "person": household.applicant,
        "letter": wording.kind.title.of((get_language() or "id")[:2]),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "letters_assist/asker.html", context, status=status)


def _cannot_ask(found: Any, household: Household) -> Any:
    """Return why somebody cannot ask about who died; nothing where they can."""
    if found is None or found.merged_into_id:
        return _(
            "Nobody for whom you may ask has this NIK. The village office may ask for"
            " everybody who lives in the village."
        )
    if found.pk == household.applicant.pk:
        return _("This is the NIK of who died. Type that of who asks.")
    if found.status != Person.Status.LIVING:
        return _("In the registry this person is not alive here. Somebody else asks.")
    return ""


@never_cache
@staff_page(ASK, "GET", "HEAD", "POST")
def ask_kin(request: StaffRequest, pk: int, kind: str, asker: int) -> HttpResponse:
    """Ask for who stands on another card than whom the letter is about, who died."""
    return asking(request, kin_household_for(request.actor, pk, asker), kind)

"""Who died lived alone on their card: somebody of another card asks, with an officer."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import day, now
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.catalogue.rules.kinds import Subject
from smartkampung.letters.requests.actions.about import closed_to_kin
from smartkampung.letters.requests.queries.household import (
    Household,
    grown_ups_beside,
    household_for,
    kin_household_for,
)
from smartkampung.letters.requests.queries.requests import PURPOSE, on_own_card
from smartkampung.letters.requests.words import OWN_KIN
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
    letter = wording.kind.title.of((get_language() or "id")[:2])
    context = {"person": household.applicant, "letter": letter}
    closed = closed_to_kin(household.applicant, on=day(now()))
    if closed:
        context |= {
            "closed": closed,
            "kind": kind,
            **_instead(request.actor, household),
        }
        return render(request, "letters_assist/not_kin.html", context)
    form = NikForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = find_by_nik(request.actor, form.cleaned_data["nik"], purpose=PURPOSE)
        wrong = _cannot_ask(request.actor, found, household)
        if found and not wrong:
            return redirect("letters_assist:ask_kin", pk, kind, found.pk)
        form.add_error("nik", str(wrong))
    context["form"] = form
    status = 422 if form.errors else 200
    return render(request, "letters_assist/asker.html", context, status=status)


def _instead(actor: Actor, household: Household) -> dict[str, Any]:
    """Return who asks, or what comes first, where nobody of another card may ask."""
    grown = grown_ups_beside(household.applicant, on=day(now()))
    return {
        "grown": [one for one in grown if actor.may_in(ASK, one.region_code)],
        "may_record": household.applicant.status == Person.Status.LIVING
        and actor.may_in(Permission.LIFE_EVENT_RECORD, household.place),
    }


def _cannot_ask(actor: Actor, found: Any, household: Household) -> Any:
    """Return why somebody cannot ask about who died; nothing where they can."""
    known = found is not None and not found.merged_into_id
    if not known and actor.may_in(ASK, household.village):
        return _(
            "Nobody who lives in this village has this NIK, and from another village"
            " nobody can ask. A relative who lives here asks, and gives them the letter."
        )
    if not known:
        return _(
            "Nobody for whom you may ask has this NIK. The village office may ask for"
            " everybody who lives in the village."
        )
    if found.pk == household.applicant.pk:
        return _("This is the NIK of who died. Type that of who asks.")
    if found.status != Person.Status.LIVING:
        return _("In the registry this person is not alive here. Somebody else asks.")
    if on_own_card(actor, found, household.applicant):
        return OWN_KIN
    return ""


@never_cache
@staff_page(ASK, "GET", "HEAD", "POST")
def ask_kin(request: StaffRequest, pk: int, kind: str, asker: int) -> HttpResponse:
    """Ask for who stands on another card than whom the letter is about, who died."""
    household = kin_household_for(request.actor, pk, asker)
    dead = household.about
    if dead and closed_to_kin(dead, on=day(now()), asker_id=asker):
        return redirect("letters_assist:asker", pk, kind)
    return asking(request, household, kind)

"""What the family agrees to, and the button that takes it back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.residents.actions.consents import change_consent
from smartkampung.residents.queries.consents import consents_of
from smartkampung.residents.rules.consents import Purpose
from smartkampung.residents.subject import FAMILY
from smartkampung.web.my_data.words import CONSENTS
from smartkampung.web.pages import ResidentRequest, resident_page


class ConsentForm(forms.Form):
    """One purpose, and yes or no; both come from a button."""

    purpose = forms.ChoiceField(choices=[(each.value, each.value) for each in Purpose])
    given = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


@resident_page("GET", "HEAD", "POST")
def consents(request: ResidentRequest) -> HttpResponse:
    """Show every optional use of the family's data; take a consent back, or give it."""
    if request.method != "POST":
        return _page(request)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Press one of the buttons below."))
        return _page(request, status=422)
    try:
        change_consent(
            family_id=request.subject.family_id,
            purpose=Purpose(form.cleaned_data["purpose"]),
            given=form.cleaned_data["given"] == "yes",
            by=FAMILY,
            at=now(),
        )
    except Refused as refusal:
        messages.info(request, str(refusal.message))
        return _page(request, status=409)
    messages.success(request, _("Written down. It holds from this moment."))
    return redirect("my_data:consents")


def _page(request: ResidentRequest, *, status: int = 200) -> HttpResponse:
    context = {"rows": rows_of(request.subject.family_id)}
    return render(request, "my_data/consents.html", context, status=status)


def rows_of(family_id: int) -> list[dict[str, Any]]:
    """Return every purpose in words, with the family's latest word on it."""
    return [
        {"consent": consent, "words": CONSENTS[consent.purpose]}
        for consent in consents_of(family_id)
    ]

"""Keys for programs: make one, see it once, revoke it."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actions.tokens import issue_token, revoke_token
from smartkampung.accounts.queries.tokens import (
    offices_of,
    own_office,
    own_token,
    tokens_of,
)
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.web.accounts.fresh import fresh
from smartkampung.web.pages import OwnStaffRequest, staff_page

LIVES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("a year"))]


class TokenForm(forms.Form):
    """What a new token is for, whose office it acts in, and how long it lives."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("So that you know it again: tablet of the village office."),
    )
    office = forms.TypedChoiceField(
        label=_("It acts as"), coerce=int, widget=forms.RadioSelect
    )
    days = forms.TypedChoiceField(
        label=_("It works for"), choices=LIVES, coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, offices: list[tuple[int, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["office"]).choices = offices


@staff_page(Permission.DESK, "GET", "HEAD", "POST")
@fresh
def tokens(request: OwnStaffRequest) -> HttpResponse:
    """List my tokens and make a new one."""
    offices = [
        (office.id, f"{office.role}, {office.place}")
        for office in offices_of(request.user, on=today())
    ]
    form = TokenForm(request.POST or None, offices=offices)
    if form.is_valid():
        text = issue_token(
            assignment=own_office(
                request.user, form.cleaned_data["office"], on=today()
            ),
            name=form.cleaned_data["name"],
            lives=timedelta(days=form.cleaned_data["days"]),
            by=request.user.username,
            at=now(),
        )
        return render(request, "accounts/token_made.html", {"token": text})
    context = {"form": form, "tokens": tokens_of(request.user, at=now())}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/tokens.html", context, status=status)


@staff_page(Permission.DESK, "POST")
def revoke(request: OwnStaffRequest, pk: int) -> HttpResponse:
    """Make one of my tokens worthless."""
    token = own_token(request.user, pk)
    revoke_token(token=token, by=request.user.username, at=now())
    messages.success(request, say("The token no longer works."))
    return redirect("tokens")

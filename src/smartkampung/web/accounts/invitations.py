"""Inviting staff, and following the link."""

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from smartkampung.accounts.actions.invitations import (
    accept_invitation,
    invite_again,
    invite_staff,
)
from smartkampung.accounts.queries.administration import account_for
from smartkampung.accounts.queries.invitations import invitation_for
from smartkampung.accounts.roles import Permission, Role
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.web.accounts.admin import FORM, office_page
from smartkampung.web.accounts.adminforms import InviteForm, PasswordForm
from smartkampung.web.accounts.fresh import fresh
from smartkampung.web.pages import StaffRequest, public_page, staff_page


@staff_page(Permission.STAFF_MANAGE, *FORM)
@fresh
def invite(request: StaffRequest) -> HttpResponse:
    """Make an account with its first office and show its one-time link."""
    form = InviteForm(request.POST or None, actor=request.actor, today=today())
    if form.wants_search or not form.is_valid():
        return office_page(request, form, {})
    given = {key: form.cleaned_data[key] for key in INVITED}
    try:
        staff, link = invite_staff(
            **given, role=Role(form.cleaned_data["role"]), by=request.actor, at=now()
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return office_page(request, form, {}, status=409)
    return render(request, "accounts/invited.html", {"staff": staff, "link": link})


INVITED = (
    "username",
    "full_name",
    "email",
    "language",
    "kk",
    "place",
    "since",
    "until",
)


@staff_page(Permission.STAFF_MANAGE, "POST")
@fresh
def again(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a new one-time link, for instance for a forgotten password."""
    staff = account_for(request.actor, pk)
    try:
        link = invite_again(staff=staff, by=request.actor, at=now())
    except Refused as refusal:
        context = {"staff": staff, "refusal": refusal.message}
        return render(request, "accounts/invited.html", context, status=409)
    return render(request, "accounts/invited.html", {"staff": staff, "link": link})


@never_cache
@public_page(*FORM)
def follow(request: HttpRequest, text: str) -> HttpResponseBase:
    """Let the invited person choose a password, then lead to the second step."""
    invitation = invitation_for(text, at=now())
    if invitation is None:
        return render(request, "accounts/invitation_over.html", status=404)
    form = PasswordForm(request.POST or None, staff=invitation.staff)
    if not form.is_valid():
        context = {"form": form, "staff": invitation.staff}
        status = 422 if form.is_bound else 200
        return render(request, "accounts/invitation.html", context, status=status)
    try:
        staff = accept_invitation(
            invitation=invitation, password=form.cleaned_data["password"], at=now()
        )
    except Refused:
        return render(request, "accounts/invitation_over.html", status=404)
    if request.user.is_authenticated:  # a shared computer: somebody else is signed in
        return redirect("account_logout")
    answer: HttpResponseBase = perform_login(
        request, staff, redirect_url=reverse("mfa_index")
    )
    return answer

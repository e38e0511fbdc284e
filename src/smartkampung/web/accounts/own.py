"""What people do with their own account: second factors and sessions.

The ceremonies are allauth's; what follows from them is ours.
"""

from allauth.account import views as account
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.actions.factors import note_factor
from smartkampung.accounts.actions.sessions import end_everywhere, end_session
from smartkampung.accounts.adapters import SECOND_FACTOR
from smartkampung.accounts.queries.devices import devices_of
from smartkampung.accounts.queries.factors import keys_of
from smartkampung.accounts.queries.sessions import own_session, sessions_of
from smartkampung.accounts.sessions import hashed
from smartkampung.kernel.clock import now
from smartkampung.web.pages import OwnRequest, own_page

BOTH = ("GET", "HEAD", "POST")


@own_page(*BOTH, before_factor=True)
def activate_app(request: OwnRequest) -> HttpResponseBase:
    """Set up an authenticator app."""
    return _after(request, totp.activate_totp(request), "app_added")


@own_page(*BOTH)
def remove_app(request: OwnRequest) -> HttpResponseBase:
    """Take the authenticator app off, unless it is the only second factor."""
    return _after(request, totp.deactivate_totp(request), "app_removed")


@own_page(*BOTH, before_factor=True)
def add_passkey(request: OwnRequest) -> HttpResponseBase:
    """Add a passkey."""
    return _after(request, passkeys.add_webauthn(request), "passkey_added")


@own_page(*BOTH)
def remove_passkey(request: OwnRequest, pk: int) -> HttpResponseBase:
    """Take a passkey off, unless it is the only second factor."""
    if request.method == "POST" and keys_of(request.user.pk) < 2:
        messages.error(
            request, _("This is your only second step. Set up another one first.")
        )
        return redirect("mfa_list_webauthn")
    return _after(request, passkeys.remove_webauthn(request, pk=pk), "passkey_removed")


@own_page(*BOTH)
def new_password(request: OwnRequest) -> HttpResponseBase:
    """Change the password; who has none gets one by an invitation only."""
    if not request.user.has_usable_password():
        messages.error(
            request,
            _(
                "Your account has no password. Ask your administrator for an invitation."
            ),
        )
        return redirect("mfa_index")
    answer: HttpResponseBase = account.password_change(request)
    return answer


@own_page()
def sessions(request: OwnRequest) -> HttpResponse:
    """Show where I am signed in."""
    current = hashed(request.session.session_key or "")
    return render(
        request,
        "accounts/sessions.html",
        {
            "sessions": sessions_of(request.user, at=now(), current=current),
            "phones": devices_of(request.user, at=now()),
        },
    )


@own_page("POST")
def end_one(request: OwnRequest, pk: int) -> HttpResponse:
    """Sign one browser of mine out."""
    session = own_session(request.user, pk)
    end_session(session=session, by=request.user.username)
    messages.success(request, _("That device is signed out."))
    return redirect("own_sessions")


@own_page("POST")
def end_others(request: OwnRequest) -> HttpResponse:
    """Sign every other browser of mine out, and my phones for field work."""
    staff, keep = request.user, request.session.session_key or ""
    end_everywhere(staff=staff, keep=keep, by=staff.username, at=now())
    messages.success(request, _("All other devices are signed out."))
    return redirect("own_sessions")


def _after(
    request: OwnRequest, answer: HttpResponseBase, change: str
) -> HttpResponseBase:
    """Follow up on a ceremony that succeeded, which is when it sends one on."""
    onward = {
        reverse(name)
        for name in ("mfa_index", "mfa_view_recovery_codes", "mfa_list_webauthn")
    }
    done = request.method == "POST" and answer.status_code == 302
    if done and answer["Location"] in onward:
        request.session[SECOND_FACTOR] = True
        note_factor(
            staff=request.user,
            change=change,
            keep=request.session.session_key or "",
            by=request.user.username,
        )
    return answer

"""How allauth behaves here: no sign-up, sealed secrets, one answer to every failure."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actions.sessions import change_password
from smartkampung.accounts.queries.factors import keys_of
from smartkampung.kernel.clock import now
from smartkampung.kernel.sealed import Sealed

SECOND_FACTOR = "second_factor"
WRONG = _(
    "The username or the password is not right. Check both and try again;"
    " capital letters count in the password."
)


class AccountAdapter(DefaultAccountAdapter):
    """Staff come by invitation; their session remembers a proven second factor."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "too_many_login_attempts": _(
            "That was wrong too often. Wait five minutes, then try again."
        ),
        "rate_limited": _("That was too often. Wait five minutes, then try again."),
        "enter_current_password": _("That is not your present password."),
        "incorrect_password": _("That password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave counting wrong passwords to axes, which says when to come back."""

    def login(self, request: HttpRequest, user: Any) -> None:
        """Start the session, and note whether a second factor was shown.

        Who has just signed in need not prove it again for the next few minutes.
        """
        super().login(request, user)
        reauthenticate_by_password(request)
        request.session[SECOND_FACTOR] = any(
            record["method"] == "mfa"
            for record in get_authentication_records(request, user)
        )

    def set_password(self, user: Any, password: str) -> None:
        """Change the password; wherever else the account is open, it no longer is."""
        change_password(
            staff=user,
            password=password,
            keep=self.request.session.session_key or "",
            by=user.username,
            at=now(),
        )

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Answer as for a wrong password: a closed account is nobody's business."""
        messages.error(request, str(WRONG))
        return redirect("account_login")


class MfaAdapter(DefaultMFAAdapter):
    """Keeps secrets of second factors sealed, so that no dump opens an account."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "That code is not right. Codes change every 30 seconds and work once:"
            " wait for the next one."
        ),
        "cannot_delete_authenticator": _(
            "This is your only second step. Set up another one first."
        ),
    }

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Keep the last second factor: without one, nothing is open."""
        return keys_of(authenticator.user_id) > 1

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the regency's program, not its host, when a device asks."""
        return {
            **super().get_public_key_credential_rp_entity(),
            "name": "Smart Kampung",
        }

    def encrypt(self, text: str) -> str:
        """Seal before storing."""
        return Sealed.of(text, "mfa").box.hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Open for checking a code."""
        return Sealed(bytes.fromhex(encrypted_text), "mfa").open()

"""How allauth behaves here: no sign-up, sealed secrets, one answer to every failure."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.sealed import Sealed

SECOND_FACTOR = "second_factor"
WRONG = _(
    "The username or the password is not right. Check both and try again;"
    " capital letters count in the password."
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Staff come by invitation; their session remembers a proven second factor."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Start the session, and note whether a second factor was shown."""
        super().login(request, user)
        request.session[SECOND_FACTOR] = any(
            record["method"] == "mfa"
            for record in get_authentication_records(request, user)
        )

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Answer as for a wrong password: a closed account is nobody's business."""
        messages.error(request, str(WRONG))
        return redirect("account_login")

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Ask again for the password, except while the first factor is being set up."""
        return bool(self.request.session.get(SECOND_FACTOR))


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps secrets of second factors sealed, so that no dump opens an account."""

    def encrypt(self, text: str) -> str:
        """Seal before storing."""
        return Sealed.of(text, "mfa").box.hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Open for checking a code."""
        return Sealed(bytes.fromhex(encrypted_text), "mfa").open()

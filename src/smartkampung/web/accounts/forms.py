"""Forms of sign-in and second factors, in our words."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

PASSWORD_HELP = _("At least 12 characters. A sentence you can remember is best.")
CODE_HELP = _("Six digits from the app on your phone. A recovery code works, too.")
OTHER_PASSKEY = _(
    "That passkey does not open this account. Choose another one, or sign in with "
    "username and password."
)
CODE_LIVES = 120
Words = Any


def _say(field: forms.Field, label: Words, help_text: Words = "") -> None:
    """Give a field our words; placeholders vanish as one types, so we have none."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


def _code(field: forms.Field) -> None:
    _say(field, _("Code"), CODE_HELP)
    field.widget.attrs.update({"class": "code short", "autofocus": True})


class SignInForm(LoginForm):
    """Username and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], _("Username"))
        _say(self.fields["password"], _("Password"))
        self.fields["login"].widget.attrs.update(
            {"autocapitalize": "none", "spellcheck": "false"}
        )


class AgainForm(ReauthenticateForm):
    """The password once more before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], _("Password"))


class NewPasswordForm(ChangePasswordForm):
    """The present password and twice the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], _("Present password"))
        _say(self.fields["password1"], _("New password"), PASSWORD_HELP)
        _say(self.fields["password2"], _("New password, once more"))


class _OneUse(BaseAuthenticateForm):
    """A code works once, for as long as clocks that differ could still take it.

    allauth remembers a spent code for 30 seconds, but accepts it for 90.
    """

    user: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if not cache.add(f"code:{self.user.pk}:{code}", "spent", CODE_LIVES):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_OneUse, AuthenticateForm):
    """The second factor at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"])


class CodeAgainForm(_OneUse, ReauthenticateByCodeForm):
    """A code once more before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"])


class ActivateAppForm(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"])
        self.fields["code"].help_text = _("The six digits that the app shows now.")


class _OwnWords(AuthenticateWebAuthnForm):
    """A passkey that does not fit is no wrong code: say what to do instead."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except forms.ValidationError as error:
            raise forms.ValidationError(OTHER_PASSKEY, code=error.code) from error


class PasskeyForm(_OwnWords):
    """A passkey as the second step."""


class PasskeyAloneForm(_OwnWords, LoginWebAuthnForm):
    """A passkey instead of username and password."""


class PasskeyAgainForm(_OwnWords, ReauthenticateWebAuthnForm):
    """A passkey once more before something sensitive."""


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey of this device or of a security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self.fields["name"],
            _("Name of this passkey"),
            _("So that you can tell it apart later: my phone, office computer."),
        )
        self.fields["name"].max_length = 60
        _say(
            self.fields["passwordless"],
            _("Let me sign in with this passkey alone, without a password"),
        )
        self.fields["passwordless"].initial = True

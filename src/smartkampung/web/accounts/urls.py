"""Addresses of the account pages. Of allauth, only what we use is opened."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from smartkampung.web.accounts import invitations
from smartkampung.web.accounts import own as mine
from smartkampung.web.accounts import phone as my_phone
from smartkampung.web.pages import own_page, public_page

both = ("GET", "HEAD", "POST")
entrance = public_page(*both)
setting_up = own_page(*both, before_factor=True)
own = own_page(*both)
shown = own_page()

urlpatterns = [
    path("login/", entrance(account.login), name="account_login"),
    path("logout/", entrance(account.logout), name="account_logout"),
    path("invitation/<str:text>/", invitations.follow, name="invitation"),
    path("2fa/authenticate/", entrance(mfa.authenticate), name="mfa_authenticate"),
    path(
        "2fa/passkeys/login/",
        entrance(passkeys.login_webauthn),
        name="mfa_login_webauthn",
    ),
    path(
        "reauthenticate/",
        setting_up(account.reauthenticate),
        name="account_reauthenticate",
    ),
    path(
        "password/change/",
        mine.new_password,
        name="account_change_password",
    ),
    path("2fa/", own_page(before_factor=True)(mfa.index), name="mfa_index"),
    path("2fa/reauthenticate/", own(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", mine.activate_app, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", mine.remove_app, name="mfa_deactivate_totp"),
    path(
        "2fa/recovery-codes/",
        shown(codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/generate/",
        own(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("2fa/passkeys/", shown(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/passkeys/add/", mine.add_passkey, name="mfa_add_webauthn"),
    path(
        "2fa/passkeys/reauthenticate/",
        own(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "2fa/passkeys/<int:pk>/remove/",
        mine.remove_passkey,
        name="mfa_remove_webauthn",
    ),
    path("phone/", my_phone.phone, name="own_phone"),
    path("phone/code/", my_phone.prove, name="own_phone_prove"),
    path("phone/wish/", my_phone.wish, name="own_phone_wish"),
    path("sessions/", mine.sessions, name="own_sessions"),
    path("sessions/end-others/", mine.end_others, name="end_other_sessions"),
    path("sessions/<int:pk>/end/", mine.end_one, name="end_session"),
]

"""Addresses of the administration of accounts."""

from django.urls import path

from smartkampung.web.accounts import admin, invitations
from smartkampung.web.field.devices import revoke_theirs

urlpatterns = [
    path("", admin.accounts, name="accounts"),
    path("invite/", invitations.invite, name="invite"),
    path("<int:pk>/", admin.account, name="account"),
    path("<int:pk>/office/", admin.add_office, name="add_office"),
    path("<int:pk>/disable/", admin.disable, name="disable_account"),
    path("<int:pk>/enable/", admin.enable, name="enable_account"),
    path("<int:pk>/invite/", invitations.again, name="invite_again"),
    path("<int:pk>/reset/", admin.ask_reset, name="ask_reset"),
    path(
        "<int:pk>/devices/<uuid:device_id>/revoke/",
        revoke_theirs,
        name="revoke_their_device",
    ),
    path("<int:pk>/covers/<int:cover_id>/end/", admin.stop_cover, name="stop_cover"),
    path("offices/<int:pk>/take/", admin.take_office, name="take_office"),
    path("resets/<int:pk>/decide/", admin.decide_reset, name="decide_reset"),
]

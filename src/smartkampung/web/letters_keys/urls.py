"""Addresses of certificates."""

from django.urls import path

from smartkampung.web.letters_keys import pages

app_name = "letters_keys"
urlpatterns = [
    path("", pages.own, name="own"),
    path("ask/", pages.ask, name="ask"),
    path("take-back/", pages.take_back, name="take_back"),
    path("make/", pages.make, name="make"),
    path("ends/<int:certificate_id>/", pages.ends, name="ends"),
    path("revoke/", pages.revoke, name="revoke"),
    path("waiting/", pages.waiting, name="waiting"),
    path("waiting/<int:request_id>/", pages.answer, name="answer"),
    path("held/<int:certificate_id>/", pages.end, name="end"),
]

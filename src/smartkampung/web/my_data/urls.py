"""Addresses of "my data". No number or name of a person is in any."""

from django.urls import path

from smartkampung.web.aid_cycles import letters
from smartkampung.web.my_data import consents, copies, corrections, door, pages

app_name = "my_data"
urlpatterns = [
    path("", door.door, name="door"),
    path("code/", door.code, name="code"),
    path("code/again/", door.again, name="again"),
    path("sign-out/", door.sign_out, name="sign_out"),
    path("home/", pages.home, name="home"),
    path("looks/", pages.looks, name="looks"),
    path("consents/", consents.consents, name="consents"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<int:pk>/<slug:field>/", corrections.correct, name="correct"),
    path("lists/<int:proposal_id>/letter.pdf", letters.own, name="list_letter"),
    path("copy/", copies.copy, name="copy"),
    path("copy/json/", copies.as_json, name="copy_json"),
    path("copy/pdf/", copies.as_pdf, name="copy_pdf"),
]

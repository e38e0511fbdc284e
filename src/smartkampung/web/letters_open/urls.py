"""Addresses of proving a letter."""

from django.urls import path

from smartkampung.web.letters_open import downloads, pages

app_name = "letters_open"
urlpatterns = [
    path("", pages.door, name="door"),
    path("file/", pages.file, name="file"),
    path("keys/", downloads.keys, name="keys"),
    path("revoked/", downloads.revoked, name="revoked"),
    path("crl/", downloads.first_crl, name="first_crl"),
    path("crl/<int:number>/", downloads.crl, name="crl"),
    path("<str:typed>/", pages.letter, name="letter"),
    path("<str:typed>/holder/", pages.holder, name="holder"),
]

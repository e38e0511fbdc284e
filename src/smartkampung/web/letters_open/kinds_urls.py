"""Addresses of the letters there are."""

from django.urls import path

from smartkampung.web.letters_open import kinds

app_name = "letters_kinds"
urlpatterns = [
    path("", kinds.kinds, name="kinds"),
    path("<slug:code>/", kinds.one_kind, name="kind"),
    path("<slug:code>/sample/", kinds.sample, name="sample"),
]

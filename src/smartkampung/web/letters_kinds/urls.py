"""Addresses of wordings and village rules."""

from django.urls import path

from smartkampung.web.letters_kinds import reading, writing

app_name = "letters_templates"
urlpatterns = [
    path("", reading.wordings, name="wordings"),
    path("begin/", reading.begin, name="begin"),
    path("<int:version>/confirm/", writing.confirm, name="confirm"),
    path("<slug:kind>/", reading.one_kind, name="kind"),
    path("<slug:kind>/compare/", reading.compare, name="compare"),
    path("<slug:kind>/write/", writing.write, name="write"),
]

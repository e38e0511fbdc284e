"""Addresses of guidance, for everybody."""

from django.urls import path

from smartkampung.web.guidance import reading

app_name = "guidance"
urlpatterns = [
    path("", reading.guidance, name="guidance"),
    path("<slug:kind>/", reading.one_kind, name="kind"),
    path("<slug:kind>/compare/", reading.compare, name="compare"),
]

"""Addresses: pilots beside matched villages."""

from django.urls import path

from smartkampung.web.comparison import pages

app_name = "comparison"
urlpatterns = [path("", pages.here, name="here")]

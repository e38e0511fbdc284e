"""Addresses: cases by week, for everybody."""

from django.urls import path

from smartkampung.web.signals import public

app_name = "signals_open"
urlpatterns = [path("", public.weeks, name="weeks")]

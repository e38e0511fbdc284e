"""Addresses of thanks and months, for staff."""

from django.urls import URLPattern

app_name = "recognition"
urlpatterns: list[URLPattern] = []

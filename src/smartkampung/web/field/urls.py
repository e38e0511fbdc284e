"""Addresses of the field app."""

from django.urls import URLPattern

app_name = "field"
urlpatterns: list[URLPattern] = []

"""Addresses of the letters there are."""

from django.urls import URLPattern

app_name = "letters_kinds"
urlpatterns: list[URLPattern] = []

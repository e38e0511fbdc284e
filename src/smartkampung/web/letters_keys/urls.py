"""Addresses of certificates."""

from django.urls import URLPattern

app_name = "letters_keys"
urlpatterns: list[URLPattern] = []

"""Addresses of asking for a letter."""

from django.urls import URLPattern

app_name = "letters_ask"
urlpatterns: list[URLPattern] = []

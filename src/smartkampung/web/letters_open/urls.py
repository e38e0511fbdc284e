"""Addresses of proving a letter."""

from django.urls import URLPattern

app_name = "letters_open"
urlpatterns: list[URLPattern] = []

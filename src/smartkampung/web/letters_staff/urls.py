"""Addresses of the work on letters."""

from django.urls import URLPattern

app_name = "letters_staff"
urlpatterns: list[URLPattern] = []

"""Addresses of wordings and village rules."""

from django.urls import URLPattern

app_name = "letters_templates"
urlpatterns: list[URLPattern] = []

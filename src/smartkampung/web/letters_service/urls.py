"""Addresses of the counter and the boards."""

from django.urls import URLPattern

app_name = "letters_service"
urlpatterns: list[URLPattern] = []

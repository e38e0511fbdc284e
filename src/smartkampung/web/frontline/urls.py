"""Addresses of the desk of the front line."""

from django.urls import URLPattern

app_name = "frontline"
urlpatterns: list[URLPattern] = []

"""Addresses of messages that people sent."""

from django.urls import URLPattern

app_name = "texting"
urlpatterns: list[URLPattern] = []

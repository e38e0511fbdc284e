"""Addresses of thanks, for residents."""

from django.urls import URLPattern

app_name = "recognition_public"
urlpatterns: list[URLPattern] = []

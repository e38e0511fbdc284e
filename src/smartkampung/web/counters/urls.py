"""Addresses: slots for public services."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

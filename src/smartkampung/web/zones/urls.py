"""Addresses: cases, and zones of every RT."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

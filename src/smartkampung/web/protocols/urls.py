"""Addresses: places and events under protocol."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses: guidance: read, compare, write and confirm versions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

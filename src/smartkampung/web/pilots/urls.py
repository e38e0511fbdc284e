"""Addresses: pilots, phases, gates and the way back."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

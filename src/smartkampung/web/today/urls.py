"""Addresses: what applies in my village today."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

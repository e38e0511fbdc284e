"""Addresses: pilots beside matched villages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

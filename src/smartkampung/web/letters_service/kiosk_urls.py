"""Addresses of the kiosk and of the three faces."""

from django.urls import URLPattern

app_name = "letters_kiosk"
urlpatterns: list[URLPattern] = []

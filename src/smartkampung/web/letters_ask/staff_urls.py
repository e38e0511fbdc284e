"""Addresses of asking on behalf of somebody."""

from django.urls import URLPattern

app_name = "letters_assist"
urlpatterns: list[URLPattern] = []

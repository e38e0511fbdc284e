"""Addresses of what is told to residents."""

from django.urls import URLPattern

app_name = "news_public"
urlpatterns: list[URLPattern] = []

"""Addresses of the pages about places."""

from django.urls import path

from smartkampung.web.regions import views

urlpatterns = [
    path("", views.regions, name="regions"),
    path("<str:code>/", views.place, name="region"),
]

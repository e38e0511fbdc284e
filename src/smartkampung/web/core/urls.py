"""Addresses of the frame."""

from django.urls import path

from smartkampung.web.core import gallery, home, language

urlpatterns = [
    path("", home.home, name="home"),
    path("language/", language.language, name="language"),
    path("gallery/", gallery.gallery, name="gallery"),
]

"""Django registration of the places package."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.reopening.places"
    label = "places"

"""Django registration of the aid package."""

from django.apps import AppConfig


class AidConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.aid"
    label = "aid"

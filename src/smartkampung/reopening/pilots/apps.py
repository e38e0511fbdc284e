"""Django registration of the pilots package."""

from django.apps import AppConfig


class PilotsConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.reopening.pilots"
    label = "pilots"

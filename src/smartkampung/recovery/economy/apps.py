"""Django registration of the economy package."""

from django.apps import AppConfig


class EconomyConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.recovery.economy"
    label = "economy"

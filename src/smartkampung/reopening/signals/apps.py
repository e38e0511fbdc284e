"""Django registration of the signals package."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.reopening.signals"
    label = "signals"

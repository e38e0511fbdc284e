"""Django registration of the programmes package."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.recovery.programmes"
    label = "recovery"

"""Django registration of the intake package."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.intake"
    label = "intake"

"""Django registration of the targeting package."""

from django.apps import AppConfig


class TargetingConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.recovery.targeting"
    label = "targeting"

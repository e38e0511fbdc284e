"""Django registration of the affected package."""

from django.apps import AppConfig


class AffectedConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.recovery.affected"
    label = "affected"
